import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Encrypts secrets at rest with AES-256-GCM: `v1.<keyId>.<iv>.<ciphertext>.<tag>`, each part base64url. */
export class SecretBox {
  private readonly currentKeyId: string;

  /** @param keys by key id. The first one encrypts and all decrypt, so that a key can be rotated without an interruption */
  constructor(private readonly keys: ReadonlyMap<string, Buffer>) {
    const [first] = keys.keys();
    if (first === undefined) throw new Error('SecretBox needs an encryption key.');
    this.currentKeyId = first;
  }

  /** @param place where the secret is stored (`table.column:row`); it cannot be opened in any other place */
  seal(secret: string, place: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.keys.get(this.currentKeyId)!, iv).setAAD(Buffer.from(place));
    const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    const parts = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
    return ['v1', this.currentKeyId, ...parts].join('.');
  }

  /** Whether the secret is sealed with the key that encrypts now. */
  isCurrent(sealed: string): boolean {
    return sealed.startsWith(`v1.${this.currentKeyId}.`);
  }

  /** @throws SecretUnreadableError when the key is unknown, or the text was changed or moved from its place */
  open(sealed: string, place: string): string {
    const [version, keyId = '', iv = '', ciphertext = '', tag = ''] = sealed.split('.');
    const key = this.keys.get(keyId);
    if (version !== 'v1' || key === undefined) throw new SecretUnreadableError(place, `the key "${keyId}" is unknown`);
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
        .setAAD(Buffer.from(place))
        .setAuthTag(Buffer.from(tag, 'base64url'));
      return decipher.update(Buffer.from(ciphertext, 'base64url'), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw new SecretUnreadableError(place, 'it was sealed with another key, or it was changed', cause);
    }
  }
}

export class SecretUnreadableError extends Error {
  constructor(place: string, reason: string, cause?: unknown) {
    super(
      `The secret in ${place} cannot be read: ${reason}. Start the service with the encryption key that sealed it ` +
        `(ENCRYPTION_KEYS, or the file encryption-key in DATA_DIR), or connect Twilio again.`,
      { cause },
    );
  }
}
