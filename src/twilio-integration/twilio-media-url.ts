const SHAPE = new RegExp(
  '^/2010-04-01/Accounts/(AC[0-9a-f]{32})/Messages/[SM]M[0-9a-f]{32}/Media/ME[0-9a-f]{32}$',
  'i',
);
/** `api`, an edge and a region. https://www.twilio.com/docs/global-infrastructure/understanding-edge-locations */
const API_HOST = /^api(\.[a-z0-9-]+){0,2}\.twilio\.com$/;
const CDN_HOST = /(^|\.)(twilio\.com|twiliocdn\.com)$/;
const OLD_CDN_HOST = 's3-external-1.amazonaws.com';
const OLD_CDN_FOLDER = '/media.twiliocdn.com/';

/**
 * Where the Twilio of this service is: on the Internet, or at the one origin that TWILIO_API_BASE_URL names.
 * Nothing else is ever contacted for media, whatever a webhook or a redirect says.
 */
export class TwilioMediaUrls {
  private readonly onlyOrigin: string | null;

  constructor(apiBaseUrl: string | undefined) {
    this.onlyOrigin = apiBaseUrl === undefined ? null : new URL(apiBaseUrl).origin;
  }

  /** Media of this very Twilio account, at Twilio's API: the one place that gets its credentials. */
  parseOwn(url: string, accountSid: string): URL | null {
    const parsed = parsePlain(url);
    if (parsed === null || parsed.search !== '') return null;
    const [, owner] = SHAPE.exec(parsed.pathname) ?? [];
    if (owner?.toLowerCase() !== accountSid.toLowerCase()) return null;
    return this.isAt(parsed, (host) => API_HOST.test(host)) ? parsed : null;
  }

  /** Where Twilio may lead to from there. */
  parseRedirect(location: string, base: URL): URL | null {
    const parsed = parsePlain(location, base);
    if (parsed === null) return null;
    const isOldCdn = (host: string): boolean => host === OLD_CDN_HOST && parsed.pathname.startsWith(OLD_CDN_FOLDER);
    return this.isAt(parsed, (host) => CDN_HOST.test(host) || isOldCdn(host)) ? parsed : null;
  }

  private isAt(url: URL, isTwilios: (host: string) => boolean): boolean {
    if (this.onlyOrigin !== null) return url.origin === this.onlyOrigin;
    return url.protocol === 'https:' && url.port === '' && isTwilios(url.hostname);
  }
}

function parsePlain(url: string, base?: URL): URL | null {
  const parsed = URL.parse(url, base);
  return parsed === null || parsed.username !== '' || parsed.password !== '' ? null : parsed;
}
