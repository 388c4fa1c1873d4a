import type { Arithmetic, Question, Rules } from "./data";

/** What is said of an item: the id of its sentence, chosen by facts that the server counted. */
export type Sentence = { id: string; values?: Record<string, unknown> };

/** What happens if nobody says anything more, in one sentence. */
export function ifNobodySpeaks(q: Question, n: Arithmetic, rules: Rules): Sentence {
  if (q.state === "listed") return { id: n.quorum.met ? "silence.listed" : "silence.listed-no-quorum" };
  switch (n.outcome) {
    case "adopted":
      if (n.procedure === "vote") return { id: "silence.vote-carried" };
      return { id: rules.silent_join ? "silence.joins" : "silence.adopted" };
    case "unconfirmed":
      return { id: "silence.unconfirmed", values: { count: n.positions?.unconfirmed ?? 0 } };
    case "waiting":
      return { id: "silence.waiting", values: { count: n.positions?.waits ?? 0 } };
    case "blocked":
      return { id: "silence.blocked", values: { count: n.positions?.blocks ?? 0 } };
    case "silent":
      if (n.positions?.unheard) return { id: "silence.unheard", values: { count: n.positions.unheard } };
      return { id: "silence.silent", values: { count: n.positions?.silent ?? 0 } };
    case "no-quorum":
      return { id: "silence.no-quorum" };
    case "tied":
      return { id: "silence.tied" };
    case "nobody-yet":
      return { id: "silence.nobody-yet" };
    case "not-adopted":
      return { id: "silence.vote-fallen" };
  }
  return { id: "silence.unknown" };
}

/** What adoption takes. */
export function adoptionTakes(n: Arithmetic): Sentence {
  if (n.procedure === "vote") {
    const m = n.majority;
    if (!m) return { id: "takes.vote" };
    return m.at_most > m.needed
      ? { id: "takes.majority-at-most", values: { needed: m.needed, base: m.base, most: m.at_most } }
      : { id: "takes.majority", values: { needed: m.needed, base: m.base } };
  }
  return { id: n.procedure === "no-objection" ? "takes.no-objection" : "takes.consensus" };
}

/** What one more leaving does to the quorum; `of` are the constituencies that cannot spare one. */
export function ifOneLeaves(n: Arithmetic): { id: string; of: string[] } | null {
  if (!n.quorum.applies || !n.quorum.met) return null;
  const of = n.quorum.constituencies.filter((k) => k.present > 0 && !k.if_one_left).map((k) => k.key);
  const spares = n.quorum.constituencies.some((k) => k.present > 0 && k.if_one_left);
  if (of.length === 0) return { id: "leaves.holds", of };
  return { id: spares ? "leaves.breaks-of" : "leaves.breaks", of };
}

/** What a position does to the item: of two that count alike the charter's key tells which it is. */
export function effectOf(position: { key: string; effect: string }, procedure: string): string {
  if (position.key === "ad-referendum" && position.effect === "joins") return "ad-referendum";
  return position.effect === "blocks" && procedure !== "vote" ? "objects" : position.effect;
}

/** In which tone an outcome or state is shown. */
export function toneOf(state: string): "good" | "warn" | "bad" | "link" | "plain" {
  if (state === "adopted") return "good";
  if (state === "open") return "link";
  if (state === "not-adopted" || state === "blocked") return "bad";
  if (state === "withdrawn" || state === "listed" || state === "planned" || state === "closed") return "plain";
  return "warn";
}
