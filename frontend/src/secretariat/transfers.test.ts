import { expect, it } from "vitest";
import { askedOf, type Transfer } from "./transfers";

const request = (programme: string, organisation: string, amount: string, stage: string) =>
  ({ programme: { id: programme }, organisation: { id: organisation }, amount: { amount }, stage }) as unknown as Transfer;

it("counts what is asked for of one share, to the cent, without what was withdrawn", () => {
  const all = [
    request("p", "o", "280000.10", "sent"),
    request("p", "o", "0.20", "requested"),
    request("p", "o", "99.00", "withdrawn"),
    request("p", "x", "5.00", "requested"),
    request("q", "o", "5.00", "requested"),
  ];
  expect(askedOf("400000.00", "p", "o", all)).toEqual({ asked: "280000.30", left: "119999.70" });
});
