import type { Organisation } from "./proposal";

/** As much of an organisation as it takes to call it by a name. */
export type Called = Pick<Organisation, "name"> & Partial<Pick<Organisation, "short_name" | "aliases">>;
const alias = (o: Called, kind: "acronym" | "name", language: string) =>
  o.aliases?.find((a) => a.kind === kind && a.language === language)?.text;

/** An organisation's name in the reader's language where it has one, else as it stands: "Organisation internationale du Travail". */
export const inFull = (o: Called, language: string) => alias(o, "name", language) ?? o.name;

/** What an organisation that takes part is called for short: "OIT", "ILO". Its code of the books is nobody's name. */
export const called = (o: Called, language: string) => alias(o, "acronym", language) ?? (o.short_name || o.name);

/** Both, for a choice: "Organisation internationale du Travail (OIT)". */
export const inBoth = (o: Called, language: string) => {
  const [full, short] = [inFull(o, language), called(o, language)];
  return full === short ? full : `${full} (${short})`;
};

/** Organisations in the order of the reader's alphabet. */
export const byName = (list: Organisation[], language: string) => {
  const words = new Intl.Collator(language);
  return [...list].sort((a, b) => words.compare(inFull(a, language), inFull(b, language)));
};
