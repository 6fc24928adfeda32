/** The values of a sentence's placeholders. Together with the code of the sentence they suffice to translate it. */
export type Params = Record<string, string | number>;

/** A finding: the code of a sentence and the values of its placeholders. */
export interface Finding<Reason extends string = string> {
  reason: Reason;
  params: Params;
}

/** Replaces each `{{name}}` by its value. Placeholders within the values are not filled in; one without a value stays. */
export const fillIn = (sentence: string, params: Params): string =>
  sentence.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, name: string) => {
    return Object.hasOwn(params, name) ? params[name]!.toLocaleString('en') : placeholder;
  });
