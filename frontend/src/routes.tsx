import type { ComponentType } from "react";
import type { Role } from "./shell/session";

/** One page: where it is, what brings it, the words it needs, and whose menu it stands in. */
export type Place = {
  /** wouter's pattern under /app: "/proposals/:id". */
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Areas of src/words beside "common". */
  areas?: string[];
  /** In the menu of these roles; of all where none is named. */
  nav?: { words: string; roles?: Role[] };
  /** Of these roles alone, where what it reads is open to others too and would not tell. */
  only?: Role[];
  /** For whoever is at the door: nobody need be signed in. */
  open?: true;
};

/** A page that is told what stands in its address. */
const page = <P,>(load: () => Promise<{ default: ComponentType<{ params: P }> }>) => load as unknown as Place["load"];
/** The two of the administrative agent. */
const agent: Role[] = ["agent-preparer", "agent-releaser"];

/** Every page, in the order of api/routes.go. A new screen is one line here. */
export const places: Place[] = [
  { path: "/", load: () => import("./tasks/TasksPage"), areas: ["form", "tasks"], nav: { words: "nav.tasks" } },
  { path: "/notices", load: () => import("./notices/NoticesPage"), areas: ["form", "notices"], nav: { words: "nav.notices" } },
  // What is assessed, and screened
  {
    path: "/assessments",
    load: () => import("./assessment/AssessmentsPage"),
    areas: ["form", "reading", "assessment"],
    nav: { words: "nav.assess", roles: ["member"] },
  },
  { path: "/assessments/:id", load: page(() => import("./assessment/AssessmentPage")), areas: ["form", "reading", "assessment"] },
  {
    path: "/advice",
    load: () => import("./review/AdviceListPage"),
    areas: ["review"],
    nav: { words: "nav.advice", roles: ["expert"] },
  },
  { path: "/advice/:id", load: page(() => import("./review/AdvicePage")), areas: ["form", "reading", "review"] },
  { path: "/dossiers/:id", load: page(() => import("./assessment/DossierPage")), areas: ["form", "reading"] },
  {
    path: "/screening",
    only: ["secretariat", "coordinator", "auditor"],
    load: () => import("./secretariat/ScreeningsPage"),
    areas: ["form", "reading", "secretariat"],
    nav: { words: "nav.screening", roles: ["secretariat"] },
  },
  { path: "/screening/:id", load: page(() => import("./secretariat/ScreeningPage")), areas: ["form", "reading", "secretariat"] },
  { path: "/papers", load: () => import("./team/PapersPage"), areas: ["form", "team"] },
  { path: "/focal-points", load: () => import("./team/FocalPointsPage"), areas: ["form", "team"] },
  {
    path: "/office/proposals",
    load: () => import("./list/RegisterPage"),
    areas: ["form", "list", "rows"],
    nav: { words: "nav.proposals", roles: ["secretariat", "coordinator"] },
  },
  {
    path: "/office/calls",
    load: () => import("./secretariat/CallsPage"),
    areas: ["form", "secretariat"],
    nav: { words: "nav.calls", roles: ["secretariat"] },
  },
  { path: "/office/calls/new", load: () => import("./secretariat/NewCallPage"), areas: ["form", "secretariat", "call"] },
  { path: "/office/calls/:id", load: page(() => import("./secretariat/CallPage")), areas: ["form", "secretariat", "call"] },
  {
    path: "/office/calls/:id/assessors",
    only: ["secretariat", "coordinator", "auditor"],
    load: page(() => import("./assessment/AssessorsPage")),
    areas: ["form", "assessors"],
  },
  { path: "/office/calls/:id/write/:step", load: page(() => import("./call/WriteCallPage")), areas: ["form", "secretariat", "call"] },
  // The decision body
  {
    path: "/meetings",
    load: () => import("./decision/MeetingsPage"),
    areas: ["form", "decision", "rows", "agenda"],
    nav: { words: "nav.meetings", roles: ["member", "coordinator", "secretariat", "auditor"] },
  },
  { path: "/meetings/new", load: () => import("./decision/PlanMeetingPage"), areas: ["form", "decision", "agenda"] },
  { path: "/meetings/:id", load: page(() => import("./decision/MeetingPage")), areas: ["form", "decision", "agenda"] },
  { path: "/portfolio", load: () => import("./portfolio/PortfolioPage"), areas: ["form", "portfolio"] },
  { path: "/meetings/:id/minutes", load: page(() => import("./minutes/MinutesPage")), areas: ["form", "decision", "minutes"] },
  { path: "/office/pipeline", load: () => import("./pipeline/PipelinePage"), areas: ["form", "pipeline"] },
  {
    path: "/meetings/:id/questions/new",
    load: page(() => import("./decision/NewQuestionPage")),
    areas: ["form", "decision", "life", "agenda"],
  },
  { path: "/in-writing", load: () => import("./writing/WritingPage"), areas: ["form", "decision", "writing"] },
  { path: "/in-writing/new", load: page(() => import("./decision/NewQuestionPage")), areas: ["form", "decision", "life", "writing"] },
  {
    path: "/questions/:id",
    load: page(() => import("./decision/QuestionPage")),
    areas: ["form", "decision", "before", "interest", "written"],
  },
  {
    path: "/decisions",
    load: () => import("./decision/DecisionsPage"),
    areas: ["form", "decision", "rows"],
    nav: { words: "nav.decisions" },
  },
  { path: "/reviews", load: () => import("./yearly/ReviewsPage"), areas: ["form", "decision", "yearly"] },
  { path: "/reviews/:year", load: page(() => import("./yearly/ReviewPage")), areas: ["form", "decision", "yearly"] },
  { path: "/follow-ups", load: () => import("./minutes/FollowUpsPage"), areas: ["form", "decision", "minutes"] },
  { path: "/decisions/:number", load: page(() => import("./decision/DecisionPage")), areas: ["form", "decision"] },
  {
    path: "/interests",
    only: ["member", "coordinator", "secretariat", "auditor"],
    load: () => import("./interest/StandingPage"),
    areas: ["form", "decision", "interest"],
  },
  { path: "/charter/*?", load: () => import("./rules/RulesPages"), areas: ["form", "rules", "ahead", "before", "interest"] },
  // Transfers, requested and signed
  {
    path: "/office/programmes",
    load: () => import("./secretariat/ProgrammesPage"),
    areas: ["form", "secretariat", "life", "rows"],
    nav: { words: "nav.programmes", roles: ["secretariat"] },
  },
  { path: "/office/programmes/:id", load: page(() => import("./secretariat/ProgrammePage")), areas: ["form", "secretariat", "decision"] },
  // What programmes report
  { path: "/office/reports", load: () => import("./report/DueReportsPage"), areas: ["report"] },
  { path: "/programmes/:id/reports", load: () => import("./report/ReportsPage"), areas: ["form", "report"] },
  { path: "/programmes/:id/reports/:key", load: () => import("./report/ReportPage"), areas: ["form", "report"] },
  {
    path: "/programmes",
    load: () => import("./programme/ProgrammesPage"),
    areas: ["form", "life", "rows"],
    nav: { words: "nav.programmes", roles: ["applicant", "organisation", "member", "coordinator", "auditor"] },
  },
  { path: "/expenditures", load: () => import("./expenditure/DuePage"), areas: ["expenditure"] },
  { path: "/programmes/:id/expenditures", load: page(() => import("./expenditure/ExpenditurePage")), areas: ["form", "expenditure"] },
  { path: "/programmes/:id", load: page(() => import("./programme/ProgrammePage")), areas: ["form", "life"] },
  {
    path: "/signatures",
    load: () => import("./secretariat/SignaturesPage"),
    areas: ["form", "secretariat", "decision"],
    nav: { words: "nav.signatures", roles: ["coordinator"] },
  },
  { path: "/signatures/:id", load: page(() => import("./secretariat/SignaturePage")), areas: ["form", "secretariat", "decision"] },
  // Calls, and what is proposed in them
  {
    path: "/calls",
    load: () => import("./proposal/CallsPage"),
    areas: ["form", "proposal"],
    nav: { words: "nav.calls", roles: ["applicant", "focal-point"] },
  },
  { path: "/calls/:id", load: () => import("./proposal/CallPage"), areas: ["form", "proposal", "call"] },
  {
    path: "/proposals",
    load: () => import("./list/RegisterPage"),
    areas: ["form", "list", "rows"],
    nav: { words: "nav.proposals", roles: ["applicant", "focal-point", "auditor"] },
  },
  { path: "/proposals/:id", load: () => import("./proposal/ProposalPage"), areas: ["form", "proposal"] },
  { path: "/proposals/:id/team", load: () => import("./team/TeamPage"), areas: ["form", "team"] },
  { path: "/proposals/:id/endorsements", load: () => import("./team/EndorsementsPage"), areas: ["form", "proposal", "team"] },
  { path: "/proposals/:id/receipt", load: () => import("./proposal/ReceiptPage"), areas: ["form", "proposal"] },
  { path: "/proposals/:id/versions/:n", load: () => import("./proposal/VersionPage"), areas: ["form", "proposal"] },
  { path: "/proposals/:id/:task", load: () => import("./proposal/TaskPage"), areas: ["form", "proposal"] },
  // The money: the agent's, and what of it the secretariat, the auditor, an organisation and a contributor see
  {
    path: "/agreements",
    load: () => import("./money-office/AgreementsPage"),
    areas: ["form", "office"],
    nav: { words: "nav.contributions", roles: [...agent, "secretariat", "coordinator", "auditor", "contributor"] },
  },
  { path: "/agreements/new", load: () => import("./money-office/NewAgreementPage"), areas: ["form", "office", "exchange"] },
  { path: "/agreements/:id", load: () => import("./money-office/AgreementPage"), areas: ["form", "office", "exchange"] },
  { path: "/agreements/:id/deposit", load: () => import("./money-office/NewDepositPage"), areas: ["form", "office", "exchange"] },
  { path: "/rates", load: () => import("./money-office/RatesPage"), areas: ["form", "rates"] },
  { path: "/contributions", load: () => import("./money-office/ContributionsPage"), areas: ["form", "office"] },
  {
    path: "/transfers",
    load: () => import("./money-office/TransfersPage"),
    areas: ["form", "office"],
    nav: { words: "nav.transfers", roles: [...agent, "secretariat", "coordinator", "auditor", "organisation"] },
  },
  { path: "/transfers/:id", load: () => import("./money-office/TransferPage"), areas: ["form", "office"] },
  { path: "/transfers/:id/step", load: () => import("./money-office/TransferStepPage"), areas: ["form", "office"] },
  { path: "/mous", load: () => import("./money-office/MousPage"), areas: ["form", "office"] },
  {
    path: "/reconcile",
    load: () => import("./money-office/ReconcilePage"),
    areas: ["form", "office", "reconcile", "booking"],
    nav: { words: "nav.reconcile", roles: [...agent, "auditor"] },
  },
  { path: "/statements/:id", load: () => import("./money-office/ReconcilePage"), areas: ["form", "office", "reconcile", "booking"] },
  {
    path: "/proof",
    load: () => import("./money-office/ProofPage"),
    areas: ["form", "office"],
    nav: { words: "nav.proof", roles: [...agent, "auditor", "coordinator"] },
  },
  {
    path: "/funding-status",
    load: () => import("./money-office/FundingStatusPage"),
    areas: ["form", "office"],
    nav: { words: "nav.funding", roles: [...agent, "secretariat", "auditor", "contributor", "organisation"] },
  },
  { path: "/funding-status/:code", load: () => import("./money-office/FigurePage"), areas: ["form", "office"] },
  { path: "/vouchers/:id", load: () => import("./money-office/VoucherPage"), areas: ["form", "office"] },
  // People, organisations, seats; and an empty fund, which nobody can sign in to yet
  {
    path: "/people",
    load: () => import("./administration/PeoplePage"),
    areas: ["form", "admin", "rows"],
    nav: { words: "nav.people", roles: ["administrator", "auditor"] },
  },
  { path: "/people/:id", load: () => import("./administration/PersonPage"), areas: ["form", "admin"] },
  {
    path: "/organisations",
    load: () => import("./administration/OrganisationsPage"),
    areas: ["form", "admin", "organisation", "rows"],
    nav: { words: "nav.organisations", roles: ["administrator"] },
  },
  { path: "/organisations/:id", load: () => import("./team/OrganisationPage"), areas: ["form", "organisation", "seats"] },
  {
    path: "/seats",
    load: () => import("./administration/SeatsPage"),
    areas: ["form", "admin", "seats"],
    nav: { words: "nav.seats", roles: ["administrator", "auditor"] },
  },
  {
    path: "/rotation",
    load: () => import("./administration/RotationPage"),
    areas: ["form", "rules", "seats"],
    nav: { words: "nav.seats", roles: ["member", "coordinator", "secretariat"] },
  },
  { path: "/constituencies", load: () => import("./seats/ConstituenciesPage"), areas: ["form", "seats"] },
  { path: "/setup", load: () => import("./setup/SetupPage"), areas: ["form", "setup"], open: true },
  // Every component in every state: in development and under the browser tests, never in the program.
  ...(import.meta.env.MODE === "production" ? [] : [{ path: "/components", load: () => import("./gallery/Gallery"), areas: ["form"] }]),
];
