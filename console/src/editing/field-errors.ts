import { useEffect, useState } from 'react';

/** What is wrong, by the path of the field. */
export type FieldErrors = Record<string, string>;

export const fieldId = (path: string): string => `field-${path}`;

/** Goes to a field; to the part of the form that it is in when it has no place of its own. */
export function focusField(path: string): void {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const element = document.getElementById(fieldId(at));
    if (element === null) continue;
    element.focus();
    element.scrollIntoView({ block: 'center' });
    return;
  }
}

/** The errors of a form. When an attempt to save finds some, the first of them gets the focus. */
export function useFieldErrors() {
  const [{ errors, attempt }, setState] = useState({ errors: {} as FieldErrors, attempt: 0 });
  useEffect(() => {
    const [first] = Object.keys(errors);
    if (first !== undefined) focusField(first);
    // Not when one of several errors goes: the person is in another field then.
  }, [attempt]);
  return {
    errors,
    show: (found: FieldErrors) => setState((before) => ({ errors: found, attempt: before.attempt + 1 })),
    /** Somebody is at work on these fields: what was wrong with them may be right by now. */
    forget: (fields: string[]) =>
      setState((before) => ({
        ...before,
        errors: Object.fromEntries(
          Object.entries(before.errors).filter(([path]) => !fields.includes(path.split('.')[0]!)),
        ),
      })),
  };
}
