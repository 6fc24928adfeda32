export interface TroubleSettings {
  /** The next `times` answers of the REST API whose path contains `path`. */
  rest: { status: number; times: number; path?: string }[];
  /** How long the REST API takes to answer. */
  slowMs: number;
  /** The next `times` POSTs of a message are refused with this code. */
  sendErrors: { code: number; times: number } | null;
  callbacks: { double: boolean; shuffle: boolean; missing: boolean };
  /** Every message sent meanwhile ends `undelivered` with this code. */
  deliveryFails: { code: number } | null;
}

const none = (): TroubleSettings => ({
  rest: [],
  slowMs: 0,
  sendErrors: null,
  callbacks: { double: false, shuffle: false, missing: false },
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

  takeRestStatus(path: string): number | undefined {
    const next = this.#settings.rest.find((one) => one.times > 0 && path.includes(one.path ?? ''));
    if (!next) return undefined;
    next.times--;
    this.onChange();
    return next.status;
  }

  takeSendError(): number | undefined {
    const { sendErrors } = this.#settings;
    if (!sendErrors || sendErrors.times <= 0) return undefined;
    sendErrors.times--;
    this.onChange();
    return sendErrors.code;
  }
}
