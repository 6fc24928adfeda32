interface Times {
  times: number;
}

interface Refusal extends Times {
  status: number;
  /** What `Retry-After` of a 429 says. */
  retryAfterSeconds?: number;
}

/** What happens to the next `times` POSTs of a message. */
export interface SendTrouble {
  /** The connection breaks; nothing was created. */
  dropped: Times | null;
  /** Refused with an HTTP status; nothing was created. */
  refused: Refusal | null;
  /** The message is created and goes out, but the connection breaks before the answer. */
  lostAnswers: Times | null;
  /** The message is created and goes out, but the answer is a 5xx. */
  createdThen5xx: Refusal | null;
}

/** What happens to a text on its way from a phone to the webhook. */
export interface TextTrouble {
  /** How often it is delivered. */
  times: number;
  /** All of these at once. */
  together: boolean;
  delayMs: number;
  wrongSignature: boolean;
  /** Never delivered: only the Messages list knows it. */
  lost: boolean;
  /** The phone's next text overtakes it. */
  outOfOrder: boolean;
  /** Twilio gives up before the answer to the first delivery comes, and delivers it again. */
  timedOut: boolean;
}

export interface TroubleSettings {
  /** Of every text that says nothing about it itself. */
  texts: TextTrouble;
  /** The next `times` answers of the REST API whose path contains `path`. */
  rest: (Refusal & { path?: string })[];
  /** How long the REST API takes to answer. */
  slowMs: number;
  send: SendTrouble;
  /** The next `times` POSTs of a message are refused with this code. */
  sendErrors: { code: number; times: number } | null;
  callbacks: {
    double: boolean;
    shuffle: boolean;
    missing: boolean;
    /** Tells of `sending` too. */
    sending: boolean;
    /** How long after the change of status a callback goes out. */
    delayMs: number;
  };
  /** Every message sent meanwhile ends so, with this code. */
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

/** A phone in a cellar: its texts come late and twice, and no reply reaches it. */
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

export const plainCallbacks = (): TroubleSettings['callbacks'] => ({
  double: false,
  shuffle: false,
  missing: false,
  sending: false,
  delayMs: 0,
});

const none = (): TroubleSettings => ({
  texts: noTextTrouble(),
  rest: [],
  slowMs: 0,
  send: noSendTrouble(),
  sendErrors: null,
  callbacks: plainCallbacks(),
  deliveryFails: null,
});

/** What goes wrong on request, so that a test or a person can see how the service takes it. */
export class Trouble {
  #settings = none();
  onChange: () => void = () => {};

  get settings(): Readonly<TroubleSettings> {
    return this.#settings;
  }

  set(settings: Partial<TroubleSettings>) {
    this.#settings = { ...none(), ...settings };
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

  /** Undefined when it has run out. */
  #take<One extends Times>(one: One | null | undefined): One | undefined {
    if (!one || one.times <= 0) return undefined;
    one.times--;
    this.onChange();
    return one;
  }
}
