export const entityTag = (sha256: string): string => `"${sha256}"`;

/** Whether a client has these bytes already. @param ifNoneMatch `*`, or a list of entity tags (RFC 9110, 13.1.2) */
export const isKnown = (ifNoneMatch: string | undefined, sha256: string): boolean =>
  (ifNoneMatch ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === entityTag(sha256));
