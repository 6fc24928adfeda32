/** The 2010 API uses RFC 2822: `Mon, 16 Aug 2010 03:45:01 +0000`. */
export const rfc2822 = (at: number | null) => (at === null ? null : new Date(at).toUTCString().replace('GMT', '+0000'));

/** The newer APIs use ISO 8601 without milliseconds. */
export const iso8601 = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
