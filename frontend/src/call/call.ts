import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";
import type { Tone } from "../ui/Tag/Tag";

type Schemas = components["schemas"];
export type Call = Schemas["Call"];
export type Enquiry = Schemas["Enquiry"];
export type Draft = Required<Omit<Schemas["NewCall"], "ceiling" | "state_ceiling">> & Pick<Schemas["NewCall"], "ceiling" | "state_ceiling">;
export type Criterion = Schemas["EligibilityQuestion"];
export type Language = Schemas["Language"];

export const languages: Language[] = ["en", "fr", "es", "ar", "ru", "zh"];

/** How a call's state is coloured wherever it stands. */
export const callTones: Record<Call["state"], Tone> = { open: "good", planned: "link", closed: "plain", draft: "warn" };

/** A language's name in the reader's. */
export const languageName = (of: string, language: string) => new Intl.DisplayNames([language], { type: "language" }).of(of) ?? of;

/** A text in the reader's language, or else in the one it was written in, and which it is. */
export function inLanguage(text: Record<string, string> | undefined, language: string, original: string) {
  const lang = text?.[language] ? language : original;
  return { lang, text: text?.[lang] ?? "" };
}

export const callKey = (id: string) => ["calls", id];

/** One call as the reader's language has it: another language is another answer. */
export const useCallFile = (id: string, language: string) =>
  useQuery({
    queryKey: [...callKey(id), language],
    queryFn: async () => (await client.GET("/calls/{id}", { params: { path: { id } } })).data!,
  });

export const enquiriesKey = (id: string) => ["calls", id, "enquiries"];

/** The questions about a call that the reader may see. */
export const useEnquiries = (id: string) =>
  useQuery({
    queryKey: enquiriesKey(id),
    queryFn: async () => {
      const all: Enquiry[] = [];
      for (;;) {
        const query = all.length > 0 ? { after: String(all.at(-1)!.n), limit: 200 } : { limit: 200 };
        const some = (await client.GET("/calls/{id}/enquiries", { params: { path: { id }, query } })).data!;
        all.push(...some);
        if (some.length < 200) return all;
      }
    },
  });

/** What the draft of a call says, as it is saved. */
export function draftOf(c: Call): Draft {
  return {
    ...c.words,
    opens_at: c.opens_at ?? "",
    closes_at: c.closes_at ?? "",
    questions_until: c.questions_until ?? "",
    areas: c.areas,
    languages: c.languages,
    late_entries: c.late_entries,
    score_total: c.score_total,
    ceiling: c.ceiling,
    area_ceilings: c.area_ceilings,
    state_entries: c.state_entries,
    state_ceiling: c.state_ceiling,
    stages: c.stages,
    concept_form: c.concept_form,
    document_form: c.document_form,
  };
}

export const steps = ["words", "translations", "time", "limits", "eligibility", "check"] as const;
export type Step = (typeof steps)[number];

/** The step on whose page a field is. */
export function stepOf(field: string | undefined): Step {
  switch (field?.split("/")[1]) {
    case "opens_at":
    case "closes_at":
    case "questions_until":
    case "late_entries":
    case "score_total":
      return "time";
    case "translations":
      return "translations";
    case "eligibility":
      return "eligibility";
    case "title":
    case "text":
    case "language":
      return "words";
    default:
      return "limits";
  }
}
