import { lazy, Suspense } from "react";
import Clarifications from "./Clarifications";
import type { Asked } from "./data";

const Advice = lazy(() => import("./Advice"));

/** What stands beside a submission while it is reviewed: the experts' advice, and what the applicant was asked. */
export default function Review({ p }: { p: Asked }) {
  return (
    <>
      <Suspense>
        <Advice p={p} />
      </Suspense>
      <Clarifications p={p} />
    </>
  );
}
