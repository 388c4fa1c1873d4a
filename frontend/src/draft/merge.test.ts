import { expect, it } from "vitest";
import { merge } from "./merge";

const base = { title: "T", answers: { risks: [{ risk: "r" }], strategy: "s" } as Record<string, unknown> };

it("two people in different sections do not collide", () => {
  const mine = { ...base, answers: { ...base.answers, strategy: "mine" } };
  const theirs = { title: "Theirs", answers: { risks: [{ risk: "r" }, { risk: "two" }], strategy: "s" } };
  const m = merge(base, mine, theirs);
  expect(m.clash).toBe(false);
  expect(m.mine).toEqual({ title: "Theirs", answers: { risks: [{ risk: "r" }, { risk: "two" }], strategy: "mine" } });
  expect(m.theirs).toEqual(m.mine);
});

it("one answer that both changed is shown as both wrote it, and nothing else is", () => {
  const mine = { title: "Mine", answers: { ...base.answers, strategy: "mine" } };
  const theirs = { title: "T", answers: { ...base.answers, strategy: "theirs" } };
  const m = merge(base, mine, theirs);
  expect(m.clash).toBe(true);
  expect(m.mine).toEqual(mine);
  expect(m.theirs).toEqual({ title: "Mine", answers: { ...base.answers, strategy: "theirs" } });
});

it("what was taken out stays out, and nothing written is no change", () => {
  const mine = { title: "T", answers: { risks: base.answers.risks } as Record<string, unknown> };
  const theirs = { title: "T", answers: { ...base.answers, note: "n" } };
  expect(merge(base, mine, theirs).mine).toEqual({ title: "T", answers: { risks: base.answers.risks, note: "n" } });
  expect(merge(base, { ...base, answers: { ...base.answers, empty: "" } }, base).clash).toBe(false);
});
