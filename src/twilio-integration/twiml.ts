/** https://www.twilio.com/docs/messaging/twiml. With another content type the body would be sent to the customer, or fail. */
export const TWIML_CONTENT_TYPE = 'text/xml; charset=utf-8';
export const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

// XML allows only the characters of https://www.w3.org/TR/xml/#NT-Char.
const INVALID_XML_CHARACTERS = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * An empty response with the reason in a comment, which Twilio's Debugger shows to the admin. The customer never sees it.
 * @param reason may contain text of a stranger, which cannot end the comment
 */
export const refusalTwiml = (reason: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response><!-- ${toComment(reason)} --></Response>`;

const toComment = (text: string): string => text.replace(INVALID_XML_CHARACTERS, '\u{FFFD}').replace(/-(?=-)/g, '- ');
