/** What a sentence tells of: with its code, enough to tell it in another language. */
export type Params = Record<string, string | number>;

/** What is found, by the code of its sentence, and what that tells of. */
export interface Finding<Reason extends string = string> {
  reason: Reason;
  params: Params;
}

/** Puts values in place of `{{name}}`. What is put in is not looked at again; a place without a value stays. */
export const fillIn = (sentence: string, params: Params): string =>
  sentence.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => {
    return Object.hasOwn(params, name) ? params[name]!.toLocaleString('en') : place;
  });
