import { type ComponentType, lazy, Suspense } from "react";
import { useLocation } from "wouter";
import NotFound from "../shell/NotFound";
import { Waiting } from "../shell/Trouble";

const Rules = lazy(() => import("./RulesPage"));
const Versions = lazy(() => import("./VersionsPage"));
const Start = lazy(() => import("./StartPage"));
const Draft = lazy(() => import("./DraftPage"));
const Part = lazy(() => import("./PartPage"));

/** The pages of the rules, by what follows /charter. */
export default function RulesPages() {
  const [at] = useLocation();
  const [, , page, id, part, more] = at.split("/");
  const Plain: ComponentType | undefined = { "": Rules, versions: Versions, start: Start }[page ?? ""];
  const shown = Plain ? (
    id === undefined && <Plain />
  ) : page === "drafts" && id && more === undefined ? (
    part ? (
      <Part key={part} params={{ id, part }} />
    ) : (
      <Draft params={{ id }} />
    )
  ) : null;
  return <Suspense fallback={<Waiting />}>{shown || <NotFound />}</Suspense>;
}
