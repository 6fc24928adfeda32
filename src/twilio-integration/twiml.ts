/** https://www.twilio.com/docs/messaging/twiml: nothing to answer. Any other content type would reach the customer or fail. */
export const TWIML_CONTENT_TYPE = 'text/xml; charset=utf-8';
export const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** An empty answer that says why in a comment: Twilio's Debugger shows it to the admin, the customer never sees it. */
export const refusalTwiml = (reason: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response><!-- ${reason.replaceAll('--', '- -')} --></Response>`;
