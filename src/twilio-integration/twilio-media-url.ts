const SHAPE = new RegExp(
  '^/2010-04-01/Accounts/(AC[0-9a-f]{32})/Messages/[SM]M[0-9a-f]{32}/Media/ME[0-9a-f]{32}$',
  'i',
);
/** `api` with an optional edge and region. https://www.twilio.com/docs/global-infrastructure/understanding-edge-locations */
const API_HOST = /^api(\.[a-z0-9-]+){0,2}\.twilio\.com$/;
const CDN_HOST = /(^|\.)(twilio\.com|twiliocdn\.com)$/;
const OLD_CDN_HOST = 's3-external-1.amazonaws.com';
const OLD_CDN_FOLDER = '/media.twiliocdn.com/';

/**
 * The URLs from which media may be fetched: those of Twilio, or of the one origin that TWILIO_API_BASE_URL names. No other
 * server is ever contacted for media, whatever a webhook or a redirect says.
 */
export class TwilioMediaUrls {
  private readonly onlyOrigin: string | null;

  constructor(apiBaseUrl: string | undefined) {
    this.onlyOrigin = apiBaseUrl === undefined ? null : new URL(apiBaseUrl).origin;
  }

  /** The URL of media of this Twilio account at Twilio's API, which alone receives the credentials; null for any other. */
  parseOwn(url: string, accountSid: string): URL | null {
    const parsed = parsePlain(url);
    if (parsed === null || parsed.search !== '') return null;
    const [, owner] = SHAPE.exec(parsed.pathname) ?? [];
    if (owner?.toLowerCase() !== accountSid.toLowerCase()) return null;
    return this.isAt(parsed, (host) => API_HOST.test(host)) ? parsed : null;
  }

  /** The target of a redirect if Twilio may redirect to it; null for any other. */
  parseRedirect(location: string, base: URL): URL | null {
    const parsed = parsePlain(location, base);
    if (parsed === null) return null;
    const isOldCdn = (host: string): boolean => host === OLD_CDN_HOST && parsed.pathname.startsWith(OLD_CDN_FOLDER);
    return this.isAt(parsed, (host) => CDN_HOST.test(host) || isOldCdn(host)) ? parsed : null;
  }

  private isAt(url: URL, isTwilioHost: (host: string) => boolean): boolean {
    if (this.onlyOrigin !== null) return url.origin === this.onlyOrigin;
    return url.protocol === 'https:' && url.port === '' && isTwilioHost(url.hostname);
  }
}

function parsePlain(url: string, base?: URL): URL | null {
  const parsed = URL.parse(url, base);
  return parsed === null || parsed.username !== '' || parsed.password !== '' ? null : parsed;
}
