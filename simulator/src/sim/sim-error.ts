/** An error answer of the simulator's own API: `{ error, field?, message }`. */
export class SimError extends Error {
  readonly status: number;
  readonly error: string;
  readonly field: string | undefined;

  constructor(status: number, error: string, message: string, field?: string) {
    super(message);
    this.status = status;
    this.error = error;
    this.field = field;
  }

  toJSON() {
    const { error, field, message } = this;
    return { error, ...(field && { field }), message };
  }
}

export const invalid = (field: string, message: string) => new SimError(400, 'invalid', `${field} ${message}`, field);

export const missing = (what: string) => new SimError(404, 'not_found', `There is no ${what}.`);
