// Reads the PO files of src/words: for the build, for the test and for `npm run words`.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileMessage } from "@lingui/message-utils/compileMessage";

export const root = fileURLToPath(new URL("../src/", import.meta.url));

/** Those of the United Nations; English first, against which the others are held. */
export const languages = ["en", "fr", "es", "ar", "ru", "zh"];

/**
 * The messages of a PO file, id → translation. Identifiers are explicit, t("task.done"), so that neither a macro
 * nor a build step stands between a page and its words.
 */
export function parse(text) {
  const out = {};
  const string = /"((?:[^"\\]|\\.)*)"/g;
  for (const [, id, translation] of text.matchAll(/^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)msgstr ((?:"(?:[^"\\]|\\.)*"\s*)+)/gm)) {
    const [key, value] = [id, translation].map((part) => [...part.matchAll(string)].map((m) => JSON.parse(`"${m[1]}"`)).join(""));
    if (key !== "") out[key] = value;
  }
  return out;
}

/** Sentences in the pieces that src/words/sentence.ts fills in. One that does not parse, or is no plural, stops the build. */
export function compiled(ids, file = "") {
  const messages = Object.entries(ids).map(([id, sentence]) => {
    const pieces = compileMessage(sentence);
    // Lingui gives back whole what it cannot parse, and says so on the console only.
    if (pieces.length === 1 && pieces[0] === sentence && /[{}]/.test(sentence))
      throw new Error(`${file}: ${id}: this sentence does not parse`);
    if (/\{\w+, *(?!plural,(?! *offset))\w/.test(sentence))
      throw new Error(`${file}: ${id}: only a plural without an offset is spoken here`);
    return [id, pieces];
  });
  return Object.fromEntries(messages);
}

/** The same as a module that a browser loads: sentences are parsed here, not there. */
export const compile = (text, file) =>
  `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(compiled(parse(text), file)))});`;

/** Every file: { language, area, ids }, ids by their translation. */
export function catalogues() {
  const out = [];
  for (const language of languages) {
    for (const file of readdirSync(`${root}words/${language}`)) {
      if (!file.endsWith(".po")) continue;
      out.push({ language, area: file.slice(0, -3), ids: parse(readFileSync(`${root}words/${language}/${file}`, "utf8")) });
    }
  }
  return out;
}

/** The ids that the code asks for, and the beginnings of those it puts together, t(`tag.${state}`). */
export function used() {
  const ids = new Set();
  const beginnings = new Set();
  const quoted = new Set(); // t(late ? "task.late" : "task.due"), and sentences chosen elsewhere
  for (const file of readdirSync(root, { recursive: true })) {
    if (!/\.tsx?$/.test(file) || /\.test\.|schema\.d\.ts/.test(file)) continue;
    const text = readFileSync(root + file, "utf8");
    for (const m of text.matchAll(/\b(?:t|say|words)\(\s*(?:"([^"]+)"|`([^`$]*)(\$)?)/g)) {
      if (m[1]) ids.add(m[1]);
      else if (m[3]) beginnings.add(m[2]);
      else ids.add(m[2]);
    }
    for (const m of text.matchAll(/"([a-z][\w-]*(?:\.[\w-]+)+)"/g)) quoted.add(m[1]);
    for (const m of text.matchAll(/\bwords?: "([a-z][\w-]*(?:\.[\w-]+)+)"/g)) ids.add(m[1]);
  }
  return { ids, beginnings, quoted };
}

/** What is wrong with the words, a line each; none when all is well. */
export function faults() {
  const files = catalogues();
  const { ids, beginnings, quoted } = used();
  const areas = [...new Set(files.map((f) => f.area))];
  const out = [];
  const declared = new Map();
  for (const area of areas) {
    const all = new Set(files.filter((f) => f.area === area).flatMap((f) => Object.keys(f.ids)));
    for (const id of all) {
      if (declared.has(id)) out.push(`${id} stands in ${declared.get(id)} and in ${area}`);
      declared.set(id, area);
    }
    for (const language of languages) {
      const file = files.find((f) => f.area === area && f.language === language);
      for (const id of all) if (!file?.ids[id]?.trim()) out.push(`${language}/${area}.po: ${id} is missing or empty`);
    }
    for (const id of all) {
      const names = files.filter((f) => f.area === area).map((f) => [f.language, placeholders(f.ids[id] ?? "")]);
      for (const [language, set] of names)
        if (set !== names[0][1]) out.push(`${language}/${area}.po: ${id} has {${set}}, English {${names[0][1]}}`);
    }
  }
  for (const id of ids) if (!declared.has(id)) out.push(`${id} is used and declared nowhere`);
  for (const start of beginnings)
    if (![...declared.keys()].some((id) => id.startsWith(start))) out.push(`${start}… is used and declared nowhere`);
  for (const [id, area] of declared) {
    if (!ids.has(id) && !quoted.has(id) && ![...beginnings].some((b) => b !== "" && id.startsWith(b)))
      out.push(`${area}: ${id} is used nowhere`);
  }
  return out;
}

function placeholders(text) {
  return [...new Set([...text.matchAll(/\{(\w+)\s*[,}]/g)].map((m) => m[1]))].sort().join(", ");
}
