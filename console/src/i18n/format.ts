import { useTranslation } from 'react-i18next';
import { formatsOf } from './formats.ts';

/** Dates, numbers and names of languages in the language of the console. */
export const useFormat = () => formatsOf(useTranslation().i18n.language);
