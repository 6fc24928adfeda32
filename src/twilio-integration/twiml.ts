/** https://www.twilio.com/docs/messaging/twiml: nothing to answer. Any other content type would reach the customer or fail. */
export const TWIML_CONTENT_TYPE = 'text/xml; charset=utf-8';
export const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

// https://www.w3.org/TR/xml/#NT-Char: nothing else may stand in XML.
const NO_XML_CHARACTERS = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * An empty answer that says why in a comment: Twilio's Debugger shows it to the admin, the customer never sees it.
 * @param reason may hold what a stranger wrote; it cannot end the comment
 */
export const refusalTwiml = (reason: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response><!-- ${toComment(reason)} --></Response>`;

const toComment = (text: string): string => text.replace(NO_XML_CHARACTERS, '\u{FFFD}').replace(/-(?=-)/g, '- ');
