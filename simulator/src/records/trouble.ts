interface Times {
  times: number;
}

interface Refusal extends Times {
  status: number;
  /** The `Retry-After` header of a 429. */
  retryAfterSeconds?: number;
}

/** What happens to the next `times` requests that send a message. */
export interface SendTrouble {
  /** The connection breaks, and no message is created. */
  dropped: Times | null;
  /** The request is refused with an HTTP status, and no message is created. */
  refused: Refusal | null;
  /** The message is created and goes out, but the connection breaks before the answer. */
  lostAnswers: Times | null;
  /** The message is created and goes out, but the answer is a 5xx. */
  createdThen5xx: Refusal | null;
}

/** What happens to a text between phone and webhook. */
export interface TextTrouble {
  /** How often it is delivered. */
  times: number;
  /** All deliveries happen at the same time. */
  together: boolean;
  delayMs: number;
  wrongSignature: boolean;
  /** The text is never delivered; it is only in the Messages list. */
  lost: boolean;
  /** The phone's next text overtakes it. */
  outOfOrder: boolean;
  /** Twilio gives up waiting for the answer to the first delivery, and delivers again. */
  timedOut: boolean;
}

export interface TroubleSettings {
  /** Applies to every text that has no trouble of its own. */
  texts: TextTrouble;
  /** Applies to the next `times` requests to the REST API whose path contains `path`. */
  rest: (Refusal & { path?: string })[];
  /** The delay before each answer of the REST API. */
  slowMs: number;
  send: SendTrouble;
  /** The next `times` requests that send a message are refused with this code. */
  sendErrors: { code: number; times: number } | null;
  callbacks: {
    double: boolean;
    shuffle: boolean;
    missing: boolean;
    /** There is a callback for `sending` too. */
    sending: boolean;
    /** The delay between a change of status and its callback. */
    delayMs: number;
  };
  /** Every message sent while this is set ends with this status and code. */
  deliveryFails: { code: number; status: 'undelivered' | 'failed' } | null;
}

export const noTextTrouble = (): TextTrouble => ({
  times: 1,
  together: false,
  delayMs: 0,
  wrongSignature: false,
  lost: false,
  outOfOrder: false,
  timedOut: false,
});

/** A phone with bad reception: its texts arrive late and twice, and no reply reaches it. */
export const BAD_NETWORK = {
  phoneNumber: '+15005550190',
  texts: { ...noTextTrouble(), times: 2, delayMs: 2_000 },
  deliveryFails: { code: 30003, status: 'undelivered' },
} as const;

export const noSendTrouble = (): SendTrouble => ({
  dropped: null,
  refused: null,
  lostAnswers: null,
  createdThen5xx: null,
});

export const noCallbackTrouble = (): TroubleSettings['callbacks'] => ({
  double: false,
  shuffle: false,
  missing: false,
  sending: false,
  delayMs: 0,
});

const noTrouble = (): TroubleSettings => ({
  texts: noTextTrouble(),
  rest: [],
  slowMs: 0,
  send: noSendTrouble(),
  sendErrors: null,
  callbacks: noCallbackTrouble(),
  deliveryFails: null,
});

/** What goes wrong on request, so that a test or a person can see how the service copes. */
export class Trouble {
  #settings = noTrouble();
  onChange: () => void = () => {};

  get settings(): Readonly<TroubleSettings> {
    return this.#settings;
  }

  set(settings: Partial<TroubleSettings>) {
    this.#settings = { ...noTrouble(), ...settings };
    this.onChange();
  }

  textsOf(phone: string): Readonly<TextTrouble> {
    return phone === BAD_NETWORK.phoneNumber ? BAD_NETWORK.texts : this.#settings.texts;
  }

  deliveryFailsAt(phone: string): Readonly<TroubleSettings['deliveryFails']> {
    return phone === BAD_NETWORK.phoneNumber ? BAD_NETWORK.deliveryFails : this.#settings.deliveryFails;
  }

  takeRest(path: string): Refusal | undefined {
    return this.#take(this.#settings.rest.find((one) => one.times > 0 && path.includes(one.path ?? '')));
  }

  takeSend<Kind extends keyof SendTrouble>(kind: Kind): SendTrouble[Kind] {
    return this.#take(this.#settings.send[kind]) ? this.#settings.send[kind] : null;
  }

  takeSendError(): number | undefined {
    return this.#take(this.#settings.sendErrors)?.code;
  }

  /** Uses it once. @returns undefined if none are left */
  #take<One extends Times>(one: One | null | undefined): One | undefined {
    if (!one || one.times <= 0) return undefined;
    one.times--;
    this.onChange();
    return one;
  }
}
