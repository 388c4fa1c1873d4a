/** Nothing written is nothing, in whatever shape it stands. */
const nothing = (v: unknown) => v === undefined || v === null || v === "" || (Array.isArray(v) && v.length === 0);

const isPlain = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null && !Array.isArray(v);

/** Whether two values say the same; the order of an object's keys says nothing. */
export function same(a: unknown, b: unknown): boolean {
  if (nothing(a) && nothing(b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((v, i) => same(v, b[i]));
  if (isPlain(a) && isPlain(b)) return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((k) => same(a[k], b[k]));
  return a === b;
}

export type Merged<T> = { mine: T; theirs: T; clash: boolean };

/**
 * What two people made of one text, field by field and, within answers, answer by answer: where one of them
 * changed nothing the other's holds on both sides; where both changed the same, both stay, and it is a clash.
 */
export function merge<T extends object>(base: T, mine: T, theirs: T, depth = 1): Merged<T> {
  const out = { mine: {} as Record<string, unknown>, theirs: {} as Record<string, unknown>, clash: false };
  const [b, m, t] = [base, mine, theirs] as Record<string, unknown>[] as [
    Record<string, unknown>,
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  for (const key of new Set([...Object.keys(m), ...Object.keys(t)])) {
    const put = (ours: unknown, others: unknown) => {
      if (ours !== undefined) out.mine[key] = ours;
      if (others !== undefined) out.theirs[key] = others;
    };
    if (same(m[key], t[key]) || same(b[key], t[key])) put(m[key], m[key]);
    else if (same(b[key], m[key])) put(t[key], t[key]);
    else if (depth > 0 && isPlain(m[key]) && isPlain(t[key])) {
      const below = merge((b[key] ?? {}) as object, m[key], t[key], depth - 1);
      put(below.mine, below.theirs);
      out.clash ||= below.clash;
    } else {
      put(m[key], t[key]);
      out.clash = true;
    }
  }
  return out as unknown as Merged<T>;
}
