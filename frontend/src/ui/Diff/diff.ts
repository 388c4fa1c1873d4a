export type Piece = { kind: "same" | "gone" | "new"; text: string };

/** Above this many words a side, the middle is compared as one piece: the table would not fit. */
const most = 2000;

/** Words with the space after them; where a script writes no spaces, its single characters. */
function split(text: string, language: string): string[] {
  const words = [...new Intl.Segmenter(language, { granularity: "word" }).segment(text)].map((s) => s.segment);
  return words.reduce<string[]>((out, word) => {
    if (out.length > 0 && /^\s+$/.test(word)) out[out.length - 1] += word;
    else out.push(word);
    return out;
  }, []);
}

/** What changed from one text to another, word by word. */
export function diff(from: string, to: string, language = "en"): Piece[] {
  const a = split(from, language);
  const b = split(to, language);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const x = a.slice(start, a.length - end);
  const y = b.slice(start, b.length - end);
  const out: Piece[] = [];
  const add = (kind: Piece["kind"], text: string) => {
    const last = out.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text !== "") out.push({ kind, text });
  };
  add("same", a.slice(0, start).join(""));
  if (x.length > most || y.length > most) {
    add("gone", x.join(""));
    add("new", y.join(""));
  } else {
    // The longest common run of words, by the usual table.
    const width = y.length + 1;
    const length = new Uint16Array((x.length + 1) * width);
    for (let i = x.length - 1; i >= 0; i--)
      for (let j = y.length - 1; j >= 0; j--)
        length[i * width + j] =
          x[i] === y[j] ? length[(i + 1) * width + j + 1]! + 1 : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!);
    let i = 0;
    let j = 0;
    while (i < x.length || j < y.length) {
      if (i < x.length && j < y.length && x[i] === y[j]) {
        add("same", x[i]!);
        i++;
        j++;
      } else if (j >= y.length || (i < x.length && length[(i + 1) * width + j]! >= length[i * width + j + 1]!)) {
        add("gone", x[i++]!);
      } else {
        add("new", y[j++]!);
      }
    }
  }
  add("same", a.slice(a.length - end).join(""));
  return out;
}
