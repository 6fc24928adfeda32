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

/** The errors of a form; when some come up, the first of them gets the focus. */
export function useFieldErrors() {
  const [errors, setErrors] = useState<FieldErrors>({});
  useEffect(() => {
    const [first] = Object.keys(errors);
    if (first !== undefined) focusField(first);
  }, [errors]);
  return { errors, setErrors };
}
