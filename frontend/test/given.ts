// What others did before a journey begins, asked of the API: each journey has its own, and needs no other's.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { request } from "@playwright/test";
import type { Answer, Ask, Example } from "./example";

/** The seat's own time, some days from now: "2027-01-15T09:30". */
export const inDays = (days: number, hour = "09:30") => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T${hour}`;

/** The call of the example that is open: the first of those that are, for journeys announce others. */
export const openCall = (calls: Answer[]): Answer => calls.filter((c) => c.state === "open").sort((a, b) => (a.ref < b.ref ? -1 : 1))[0];

/** A draft of UNICEF with Soumbara, whole but for its Government's word: what it says is that of a note of the example. */
export async function drafted(ask: Ask, title: string): Promise<string> {
  const call = openCall(await ask("ana.lucia", "GET", "/calls"));
  const [like] = await ask("ana.lucia", "GET", "/proposals?stage=submitted");
  const told = await ask("ana.lucia", "GET", `/proposals/${like.id}`);
  const states = await ask("ana.lucia", "GET", "/organisations?limit=200");
  const made = await ask("ana.lucia", "POST", `/calls/${call.id}/proposals`, {
    ...contentOf(told),
    title,
    eligibility: qualifying(call),
    state: states.find((o: Answer) => o.code === "XY").id,
  });
  return made.id;
}

/** The answers with which one may begin in a call. */
export const qualifying = (call: Answer) =>
  Object.fromEntries(call.words.eligibility.map((q: { key: string; qualifies: boolean }) => [q.key, q.qualifies]));

/** The names that a draft is sent with, as the contract has them. */
const sent = (() => {
  const contract = readFileSync(fileURLToPath(new URL("../../api/openapi.yaml", import.meta.url)), "utf8");
  const shape = /^ {4}ProposalContent:\n([\s\S]*?)^ {4}\w/m.exec(contract)![1]!;
  return [...shape.matchAll(/^ {8}(\w+):/gm)].map((m) => m[1]!).filter((name) => name !== "eligibility"); // given once, when it is begun
})();

/** What a proposal says, as it is sent: organisations by their ids. */
export function contentOf(told: Answer): Answer {
  const id = (o: Answer): Answer =>
    Array.isArray(o)
      ? o.map(id)
      : o && typeof o === "object"
        ? "code" in o && "id" in o
          ? o.id
          : Object.fromEntries(Object.entries(o).map(([k, v]) => [k, id(v)]))
        : o;
  return Object.fromEntries(sent.filter((k) => told[k] !== undefined && told[k] !== null).map((k) => [k, id(told[k])]));
}

/** One that was endorsed and submitted, and waits to be screened. */
export async function submitted(ask: Ask, title: string): Promise<string> {
  const id = await drafted(ask, title);
  await ask("mamadou", "POST", `/proposals/${id}/endorsement`, { note: "NV 7/2026" });
  await ask("ana.lucia", "POST", `/proposals/${id}/submission`);
  return id;
}

/** A finding on what was handed in last: all of the list is met where it is eligible. */
export async function found(ask: Ask, id: string, outcome: string, reason = "") {
  const { submission } = await ask("amara", "GET", `/proposals/${id}`);
  const { checklist } = await ask("amara", "GET", `/proposals/${id}/screenings`);
  const checks = Object.fromEntries(checklist.map((i: Answer) => [i.key, { mark: "met" }]));
  await ask("amara", "POST", `/proposals/${id}/screening`, {
    version: submission.n,
    outcome,
    reason,
    ...(outcome === "eligible" && { checks }),
  });
}

/** One that was screened. */
export async function screened(ask: Ask, title: string, outcome: string, reason = ""): Promise<string> {
  const id = await submitted(ask, title);
  await found(ask, id, outcome, reason);
  return id;
}

/** A meeting on the calendar, with questions on its agenda. */
export async function planned(ask: Ask, title: string, ...questions: { title: string; procedure: string }[]): Promise<string> {
  const { id } = await ask("amara", "POST", "/meetings", { title, starts_at: new Date().toISOString() });
  for (const q of questions)
    await ask("amara", "POST", `/meetings/${id}/questions`, { kind: "policy", text: q.title, language: "en", ...q });
  return id;
}

/** Everybody whom a seat has accredited comes in, but for alternates. */
export async function seated(ask: Ask, meeting: string) {
  const { room } = await ask("amara", "GET", `/meetings/${meeting}`);
  for (const p of await ask("amara", "GET", `/meetings/${meeting}/accredited`))
    if (p.capacity !== "alternate" && !room.some((r: Answer) => r.seat === p.seat))
      await ask("amara", "POST", `/meetings/${meeting}/presences`, { seat: p.seat, person: p.person });
}

/** What those who decide say, in the order of their seats; the secretary writes it down. */
export async function spoken(ask: Ask, question: string, positions: string[]) {
  const { seats } = await ask("amara", "GET", `/questions/${question}/arithmetic`);
  const deciding = seats.filter((s: Answer) => s.decides && s.present && !s.recused);
  for (const [i, position] of positions.entries())
    await ask("amara", "POST", `/questions/${question}/positions`, { position, reason: "", seat: deciding[i].seat });
  return deciding.length as number;
}

/** A seat that decides objects, as the secretary writes it down. */
export async function objected(ask: Ask, id: string, reason: string) {
  const { seats } = await ask("amara", "GET", `/questions/${id}/arithmetic`);
  const { seat } = seats.find((s: Answer) => s.decides && s.present && !s.recused);
  await ask("amara", "POST", `/questions/${id}/positions`, { position: "object", reason, seat });
}

/** A question that the Chair has put in a meeting of its own: positions are awaited. */
export async function put(ask: Ask, title: string): Promise<{ id: string; meeting: string }> {
  const meeting = await planned(ask, title, { title, procedure: "consensus" });
  const [{ id }] = (await ask("amara", "GET", `/meetings/${meeting}`)).agenda;
  await ask("beatriz", "POST", `/meetings/${meeting}/opening`);
  await seated(ask, meeting);
  await ask("beatriz", "POST", `/questions/${id}/opening`);
  return { id, meeting };
}

/** A decision that the body adopted in a meeting of its own: its number. */
export async function decided(ask: Ask, title: string): Promise<string> {
  const { id, meeting } = await put(ask, title);
  await spoken(ask, id, ["agree"]);
  const { number } = await ask("beatriz", "POST", `/questions/${id}/decision`, {});
  await ask("beatriz", "POST", `/meetings/${meeting}/closing`);
  return number;
}

/** A share of a programme, of an organisation if one is named, of which so much was not asked for yet. */
export async function unasked(ask: Ask, least: number, code?: string) {
  const requests = await ask("amara", "GET", "/transfer-requests?limit=200");
  for (const p of await ask("amara", "GET", "/programmes"))
    for (const s of p.shares) {
      const asked = requests.filter(
        (r: Answer) => r.programme.id === p.id && r.organisation.id === s.organisation && r.stage !== "withdrawn",
      );
      const left = asked.reduce((sum: number, r: Answer) => sum - Number(r.amount.amount), Number(s.amount.amount));
      if (left >= least && (!code || s.code === code))
        return { programme: p.id as string, organisation: s.organisation as string, code: s.code as string };
    }
  throw new Error("all shares were asked for");
}

/** A transfer request, and its signature by the Chair. */
export async function requested(ask: Ask, amount: string, signed: boolean, code = "UNICEF"): Promise<{ id: string; ref: string }> {
  const { programme, organisation } = await unasked(ask, Number(amount), code);
  // The organisation has used enough: what a later tranche waits for is a journey of its own.
  const parts = await ask("amara", "GET", `/programmes/${programme}/expenditures`);
  const { next, granted } = parts.find((p: Answer) => p.organisation.id === organisation).tranches;
  if (next.tested && Number(next.used.amount) < Number(next.needed.amount)) {
    const nought = { amount: "0.00", currency: "USD" };
    const lines = Object.fromEntries(
      (await ask("marisol", "GET", "/charter")).rules.proposals.budget.lines.map((l: Answer) => [l.key, nought]),
    );
    await ask("marisol", "POST", `/programmes/${programme}/expenditures`, {
      ...{ year: new Date().getUTCFullYear(), certified: false, officer: "", explanation: "", language: "en", lines },
      committed: granted,
    });
  }
  const made = await ask("amara", "POST", `/programmes/${programme}/transfer-requests`, {
    organisation,
    amount: { amount, currency: "USD" },
    purpose: "Part of the second tranche",
  });
  if (signed) await ask("beatriz", "POST", `/transfer-requests/${made.id}/signature`);
  return made;
}

/** Somebody new, who may write what UNICEF's applicant may. */
export async function colleague(example: Example, name: string): Promise<string> {
  const { ask } = example;
  const email = `${name.toLowerCase().replace(/\W+/g, ".")}@example.org`;
  const { person, token } = await ask("ingrid", "POST", "/people", { name, email, language: "en" });
  const { code, organisation } = (await (await example.session("ana.lucia")).get("/api/v1/session").then((r) => r.json())).hat;
  if (code !== "UNICEF") throw new Error(`the applicant writes for ${code}`);
  const from = new Date().toISOString().slice(0, 10);
  await ask("ingrid", "POST", `/people/${person.id}/memberships`, { organisation, role: "applicant", from, note: "Regional office" });
  const password = `${crypto.randomUUID()}`;
  const door = await request.newContext({ baseURL: example.url });
  const accepted = await door.post("/api/v1/invitation", { data: { token, password } });
  if (!accepted.ok()) throw new Error(await accepted.text());
  await door.dispose();
  example.people.push({ Name: name, Email: email, Password: password, Sees: "" });
  return email;
}

/** The programme that UNICEF convenes, under way: its applicant writes the reports. */
export async function begun(ask: Ask): Promise<string> {
  for (const { id, decision } of await ask("amara", "GET", "/programmes")) {
    const p = decision && (await ask("amara", "GET", `/programmes/${id}`));
    if (p?.convener !== "UNICEF") continue;
    if (p.state === "approved") await ask("amara", "POST", `/programmes/${id}/start`, {});
    if (p.state === "approved" || p.state === "active") return id;
  }
  throw new Error("UNICEF convenes no programme");
}
