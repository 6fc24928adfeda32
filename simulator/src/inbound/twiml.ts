export interface Reply {
  body: string;
  mediaUrls: string[];
}

/** An answer that Twilio cannot read; the code is that of the alert. */
export class AnswerError extends Error {
  readonly code: 12100 | 12300;

  constructor(code: 12100 | 12300, message: string) {
    super(message);
    this.code = code;
  }
}

const MESSAGE = /<(Message|Sms)\b[^>]*?(?:\/>|>([\s\S]*?)<\/\1>)/g;
const MEDIA = /<Media\b[^>]*>([\s\S]*?)<\/Media>/g;
const BODY = /<Body\b[^>]*>([\s\S]*?)<\/Body>/;

/** The replies to the customer in a webhook's answer. https://www.twilio.com/docs/messaging/twiml#twilios-request-to-your-application */
export function repliesOf(contentType: string, text: string): Reply[] {
  if (!text.trim()) return [];
  switch (contentType.split(';')[0]!.trim().toLowerCase()) {
    case 'text/plain':
      return [{ body: text, mediaUrls: [] }];
    case 'text/xml':
    case 'application/xml':
    case 'text/html':
      return repliesInTwiml(text);
    default:
      throw new AnswerError(12300, `Content-Type ${contentType || 'missing'}`);
  }
}

function repliesInTwiml(text: string): Reply[] {
  const document = text.replace(/<!--[\s\S]*?-->/g, '');
  if (!/^\s*(<\?xml[^>]*\?>)?\s*<Response\b[^>]*?(\/>|>[\s\S]*<\/Response>)\s*$/.test(document)) {
    throw new AnswerError(12100, 'its root is not one <Response>');
  }
  return [...document.matchAll(MESSAGE)].map(([, , inner = '']) => {
    const mediaUrls = [...inner.matchAll(MEDIA)].map(([, url]) => plain(url!));
    return { body: plain(BODY.exec(inner)?.[1] ?? inner.replace(MEDIA, '')), mediaUrls };
  });
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const plain = (xml: string) =>
  xml
    .trim()
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, raw: string) => raw.replaceAll('&', '&amp;'))
    .replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
      if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
      const code = name[1]!.toLowerCase() === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
