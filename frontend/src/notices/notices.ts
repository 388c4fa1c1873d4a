import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";

export type Notice = components["schemas"]["Notice"];
export type MailChoice = components["schemas"]["MailChoice"];

const size = 20;

/** One page of what one was told, the latest first, and the `after` of the page that follows. */
export const useNotices = (after: string | undefined) =>
  useQuery({
    queryKey: ["notices", after ?? ""],
    queryFn: async () => {
      const { data, response } = await client.GET("/notices", { params: { query: { after, limit: size } } });
      const next = /<[^>]*\?([^>]*)>; rel="next"/.exec(response.headers.get("Link") ?? "")?.[1];
      return { ...data!, next: new URLSearchParams(next ?? "").get("after") };
    },
  });

/** Where the pages have what a notice is about; nowhere for what has no page. */
export function placeOf({ subject }: Notice): string | undefined {
  const places: Record<string, string> = {
    proposal: "/proposals/",
    question: "/questions/",
    decision: "/decisions/",
    meeting: "/meetings/",
    "yearly-review": "/reviews/",
    "transfer-request": "/transfers/",
    programme: "/programmes/",
    clarification: "/proposals/",
    advice: "/advice/",
    advised: "/screening/",
  };
  if (subject.kind === "report") return `/programmes/${encodeURIComponent(subject.id)}/reports`;
  if (subject.kind === "expenditure") return `/programmes/${encodeURIComponent(subject.id)}/expenditures`;
  if (subject.kind === "minutes") return `/meetings/${encodeURIComponent(subject.id)}/minutes`;
  if (subject.kind === "body") return "/charter/start";
  const place = places[subject.kind];
  return place && place + encodeURIComponent(subject.id);
}
