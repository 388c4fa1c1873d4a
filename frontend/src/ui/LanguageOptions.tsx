import { languages } from "../words/i18n";

/** The six languages as the options of a list, each by its own name. */
export const LanguageOptions = () =>
  Object.entries(languages).map(([code, own]) => (
    <option key={code} value={code} lang={code}>
      {own}
    </option>
  ));
