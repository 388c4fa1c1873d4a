// How every page of the app and every public page is opened: by whom, and where one of its kind is found.
// A page that is new needs its line here: routes.spec.ts says which is missing.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import type { Answer, Ask } from "./example";
import { begun, openCall } from "./given";

const source = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");

/** The patterns of src/routes.tsx, in its order; the components' page is no part of the program. */
export const places = [...source("../src/routes.tsx").matchAll(/\bpath: "([^"]+)"/g)].map((m) => m[1]!).filter((p) => p !== "/components");

/** The public addresses after the language, as api/public.go, api/signin.go and api/forms.go have them. */
export const publicPlaces = [
  ...[...source("../../api/public.go").matchAll(/^\t\t\{"([^"]*)", "[^"]+", s\./gm)].map((m) => m[1]!),
  "sign-in",
  ...[...source("../../api/forms.go").matchAll(/^\t\t\{"([^"]+)", "[^"]+", "site\./gm)].map((m) => m[1]!),
];

/** Who opens a page, and at which addresses; where none is said, the pattern itself is one. */
export type Opening = { as: string; role?: string; at?: (ask: Ask, page: Page) => Promise<string | string[]> };

// The people of the example, by the beginnings of their addresses.
const administrator = "ingrid";
const chair = "beatriz";
const secretary = "amara";
const agent = "rohan";
const applicant = "lucia";
const member = "astrid";
const recused = "abla";
const focal = "mamadou";

const first = (list: Answer[]) => list[0].id as string;
const having = (list: Answer[], key: string, value: string) => list.find((x) => x[key] === value).id as string;
/** One of a list, put where the pattern has its :id. */
const one =
  (as: string, list: string, address: string, pick: (list: Answer[]) => string = first) =>
  async (ask: Ask) =>
    address.replace(/:(id|year)/, pick(await ask(as, "GET", list)));

const proposals = (stage: string) => `/proposals?stage=${stage}&limit=5`;
const questions = async (ask: Ask, as: string) => {
  const meetings = await ask(as, "GET", "/meetings");
  const agendas = await Promise.all(
    ["open", "closed"].map((state) => ask(as, "GET", `/meetings/${having(meetings, "state", state)}`).then((m) => m.agenda)),
  );
  // One of each state that there is.
  return [...new Map(agendas.flat().map((q: Answer) => [`${q.state} ${q.procedure}`, `/questions/${q.id}`])).values()];
};

export const openings: Record<string, Opening | Opening[]> = {
  "/": [{ as: applicant }, { as: secretary }],
  "/notices": [{ as: applicant }, { as: secretary }],
  "/portfolio": [{ as: member }, { as: secretary }],
  "/assessments": { as: member },
  "/assessments/:id": { as: member, at: one(member, "/assessments", "/assessments/:id", (l) => l[0].id ?? l[0].proposal.id) },
  "/advice": { as: "milena" },
  "/advice/:id": {
    as: "milena",
    at: async (ask: Ask) => {
      const waiting = await ask(secretary, "GET", proposals("submitted"));
      for (const p of waiting) {
        const { bodies, requests } = await ask(secretary, "GET", `/proposals/${p.id}/advice`);
        if (requests.length > 0) break;
        const wfp = bodies.find((b: Answer) => b.experts.length > 0);
        if (!wfp || wfp.stakes.length > 0) continue;
        await ask(secretary, "POST", `/proposals/${p.id}/advice`, {
          organisation: wfp.organisation.id,
          language: "en",
          text: "Is it sound?",
        });
        break;
      }
      return `/advice/${first(await ask("milena", "GET", "/advice-requests"))}`;
    },
  },
  "/dossiers/:id": { as: member, at: one(member, proposals("eligible"), "/dossiers/:id") },
  "/screening": { as: secretary },
  "/screening/:id": {
    as: secretary,
    at: async (ask: Ask) => [
      await one(secretary, proposals("submitted"), "/screening/:id")(ask),
      await one(secretary, proposals("ineligible"), "/screening/:id")(ask),
    ],
  },
  "/papers": { as: secretary },
  "/focal-points": { as: secretary },
  "/office/proposals": { as: secretary },
  "/office/calls": { as: secretary },
  "/office/calls/new": { as: secretary },
  "/office/calls/:id/assessors": {
    as: secretary,
    at: one(secretary, "/calls", "/office/calls/:id/assessors", (l) => having(l, "state", "closed")),
  },
  "/office/calls/:id": { as: secretary, at: one(secretary, "/calls", "/office/calls/:id", (l) => having(l, "state", "open")) },
  "/office/calls/:id/write/:step": {
    as: secretary,
    at: async (ask: Ask) => {
      const calls = await ask(secretary, "GET", "/calls");
      const draft =
        calls.find((c: Answer) => c.state === "draft") ??
        (await ask(secretary, "POST", "/calls", { title: "A call being written", language: "en", areas: calls[0].areas }));
      return `/office/calls/${draft.id}/write/words`;
    },
  },
  "/meetings": { as: member },
  "/meetings/new": { as: secretary },
  "/meetings/:id": [
    { as: member, at: one(member, "/meetings", "/meetings/:id", (l) => having(l, "state", "closed")) },
    { as: secretary, at: one(secretary, "/meetings", "/meetings/:id", (l) => having(l, "state", "open")) },
  ],
  "/meetings/:id/questions/new": {
    as: secretary,
    at: one(secretary, "/meetings", "/meetings/:id/questions/new", (l) => having(l, "state", "open")),
  },
  "/meetings/:id/minutes": { as: secretary, at: one(secretary, "/meetings", "/meetings/:id/minutes", (l) => having(l, "state", "closed")) },
  "/office/pipeline": { as: secretary },
  "/in-writing": { as: member },
  "/in-writing/new": { as: secretary },
  "/questions/:id": [
    { as: recused, at: (ask: Ask) => questions(ask, recused) },
    { as: chair, at: async (ask: Ask) => (await questions(ask, chair)).slice(0, 1) },
  ],
  "/decisions": { as: member },
  "/decisions/:number": { as: member, at: async (ask: Ask) => `/decisions/${(await ask(member, "GET", "/decisions"))[0].number}` },
  "/reviews": { as: member },
  "/reviews/:year": [
    { as: member, at: one(member, "/body/reviews", "/reviews/:year", (l) => l[0].year) },
    { as: secretary, at: one(secretary, "/body/reviews", "/reviews/:year", (l) => l[1].year) },
  ],
  "/follow-ups": { as: secretary },
  "/office/programmes": { as: secretary },
  "/office/programmes/:id": { as: secretary, at: one(secretary, "/programmes", "/office/programmes/:id") },
  "/office/reports": { as: secretary },
  "/programmes/:id/reports": {
    as: secretary,
    at: one(secretary, "/programmes", "/programmes/:id/reports", (l) => l.find((p) => p.decision).id),
  },
  "/programmes/:id/reports/:key": { as: "ana.lucia", at: async (ask: Ask) => `/programmes/${await begun(ask)}/reports/final` },
  "/expenditures": { as: "rohan" },
  "/programmes/:id/expenditures": {
    as: secretary,
    at: one(secretary, "/programmes", "/programmes/:id/expenditures", (l) => l.find((p) => p.decision).id),
  },
  "/programmes": { as: applicant },
  "/programmes/:id": { as: secretary, at: one(secretary, "/programmes", "/programmes/:id") },
  "/signatures": { as: chair },
  "/signatures/:id": { as: chair, at: one(chair, "/transfer-requests", "/signatures/:id") },
  "/calls": { as: applicant },
  "/calls/:id": { as: applicant, at: one(applicant, "/calls", "/calls/:id") },
  "/proposals": { as: applicant },
  "/proposals/:id": [
    { as: applicant, at: one(applicant, proposals("draft"), "/proposals/:id") },
    { as: applicant, at: one(applicant, proposals("returned"), "/proposals/:id") },
    { as: focal, at: one(focal, "/proposals", "/proposals/:id") },
  ],
  "/proposals/:id/team": { as: applicant, at: one(applicant, proposals("draft"), "/proposals/:id/team") },
  "/proposals/:id/endorsements": [
    { as: applicant, at: one(applicant, proposals("draft"), "/proposals/:id/endorsements") },
    { as: focal, at: one(focal, "/proposals", "/proposals/:id/endorsements") },
  ],
  "/proposals/:id/receipt": { as: applicant, at: one(applicant, proposals("returned"), "/proposals/:id/receipt") },
  "/proposals/:id/versions/:n": { as: applicant, at: one(applicant, proposals("returned"), "/proposals/:id/versions/1?with=now") },
  "/proposals/:id/:task": {
    as: applicant,
    at: async (ask: Ask, page: Page) => {
      const draft = await one(applicant, proposals("draft"), "/proposals/:id")(ask);
      await page.goto(`/app${draft}`);
      const tasks = page.locator(`main a[href^="/app${draft}/"]`);
      await tasks.first().waitFor();
      return [...new Set(await tasks.evaluateAll((all) => all.map((a) => a.getAttribute("href")!.replace("/app", ""))))];
    },
  },
  "/agreements": { as: agent },
  "/agreements/new": { as: agent },
  "/agreements/:id": { as: agent, at: one(agent, "/agreements", "/agreements/:id") },
  "/agreements/:id/deposit": { as: agent, at: one(agent, "/agreements", "/agreements/:id/deposit") },
  "/contributions": { as: agent },
  "/transfers": { as: agent },
  "/transfers/:id": { as: agent, at: one(agent, "/transfer-requests", "/transfers/:id", (l) => having(l, "stage", "sent")) },
  "/transfers/:id/step": [
    { as: agent, at: one(agent, "/transfer-requests", "/transfers/:id/step", (l) => having(l, "stage", "sent")) },
    {
      as: "nadia",
      role: "agent-releaser",
      at: one("nadia", "/transfer-requests", "/transfers/:id/step", (l) => having(l, "stage", "prepared")),
    },
  ],
  "/rates": { as: agent },
  "/mous": { as: agent },
  "/reconcile": { as: agent },
  "/statements/:id": { as: agent, at: one(agent, "/bank-statements", "/statements/:id") },
  "/proof": { as: agent },
  "/funding-status": { as: agent },
  "/funding-status/:code": { as: agent, at: async () => "/funding-status/transfers" },
  "/vouchers/:id": { as: agent, at: async (ask: Ask) => `/vouchers/${await aVoucher(ask)}` },
  "/people": { as: administrator },
  "/people/:id": { as: administrator, at: one(administrator, "/people", "/people/:id") },
  "/organisations": { as: administrator },
  "/organisations/:id": { as: administrator, at: one(administrator, "/organisations", "/organisations/:id") },
  "/seats": { as: administrator },
  "/rotation": { as: secretary },
  "/constituencies": { as: secretary },
  "/interests": [{ as: member }, { as: secretary }],
  "/charter/*?": [
    { as: member, at: async () => ["/charter", "/charter/versions", "/charter/start"] },
    {
      as: secretary,
      at: async (ask: Ask) => {
        const drafts = await ask(secretary, "GET", "/charter/drafts");
        const empty = { title: "Longer terms", language: "en", note: "", effective_from: null, edits: [] };
        const { id } = drafts[0] ?? (await ask(secretary, "POST", "/charter/drafts", empty));
        return [`/charter/drafts/${id}`, `/charter/drafts/${id}/terms`];
      },
    },
  ],
  "/setup": { as: administrator },
};

const aVoucher = async (ask: Ask) => {
  const { vouchers } = await ask(agent, "GET", "/statement/transfers/vouchers");
  return vouchers[0].voucher ?? vouchers[0].id;
};

/** The same of the public pages. */
export const publicOpenings: Record<string, (ask: Ask) => Promise<string> | string> = {
  "": () => "",
  statement: () => "statement",
  "statement/:code": () => "statement/transfers",
  "vouchers/:id": async (ask) => `vouchers/${await aVoucher(ask)}`,
  contributions: () => "contributions",
  body: () => "body",
  decisions: () => "decisions",
  "decisions/:number": async (ask) => `decisions/${(await ask(agent, "GET", "/decisions"))[0].number}`,
  minutes: () => "minutes",
  "minutes/:number": async (ask) => `minutes/${(await ask(agent, "GET", "/minutes"))[0]?.number ?? ""}`,
  programmes: () => "programmes",
  "programmes/:code": () => "programmes/JP-2026-001",
  pipeline: () => "pipeline",
  "pipeline/editions/:n": () => "pipeline/editions/1",
  calls: () => "calls",
  "calls/:ref": async (ask) => `calls/${openCall(await ask(secretary, "GET", "/calls")).ref}`,
  charter: () => "charter",
  "charter/versions": () => "charter/versions",
  "charter/:part": () => "charter/proposals",
  privacy: () => "privacy",
  "sign-in": () => "sign-in",
  "forgotten-password": () => "forgotten-password",
  password: () => "password?token=none",
  "sign-out": () => "sign-out",
};

/** The pages by who opens them. */
export function byPerson(): (Opening & { pattern: string })[][] {
  const people = new Map<string, (Opening & { pattern: string })[]>();
  for (const [pattern, how] of Object.entries(openings))
    for (const opening of [how].flat()) {
      const who = `${opening.as} ${opening.role ?? ""}`;
      people.set(who, [...(people.get(who) ?? []), { ...opening, pattern }]);
    }
  return [...people.values()].flatMap((theirs) =>
    Array.from({ length: Math.ceil(theirs.length / few) }, (_, n) => theirs.slice(n * few, (n + 1) * few)),
  );
}

/** So many pages are one test: who opens most of them has several. */
const few = 8;
