import { lazy, Suspense, useState } from "react";
import { useMayBegin, useRules } from "../decision/data";
import { ButtonLink } from "../money-office/parts";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { useWords } from "../words/i18n";
import { useProposals } from "./lists";
import { ProposalsTable } from "./ProposalsTable";

const Submitting = lazy(() => import("../screening/Submitting"));

/** What was submitted and has no finding yet. */
export default function ScreeningsPage() {
  const { t } = useWords();
  const rules = useRules().data;
  const papers = useMayBegin("paper.check");
  const focal = useMayBegin("focal-point.read");
  const behalf = useMayBegin("proposal.submit-for");
  const [submitting, setSubmitting] = useState(false);
  const list = useProposals({ stage: ["submitted"] });
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  const rows = list.data?.rows ?? [];
  return (
    <>
      <PageHead
        title={t("screening.title")}
        lead={t("screening.lead")}
        actions={
          <>
            {behalf && <Button onClick={() => setSubmitting(true)}>{t("screening.behalf")}</Button>}
            {papers && <ButtonLink href="/papers">{t("screening.papers")}</ButtonLink>}
            {focal && <ButtonLink href="/focal-points">{t("screening.focal")}</ButtonLink>}
          </>
        }
      />
      {submitting && (
        <Suspense>
          <Submitting onClose={() => setSubmitting(false)} />
        </Suspense>
      )}
      {list.isPending ? (
        <Waiting />
      ) : (
        <ProposalsTable
          caption={t("screening.title")}
          rows={rows}
          empty={t("screening.empty")}
          currency={rules?.currency ?? ""}
          path={(p) => `/screening/${p.id}`}
          more={list.more}
        />
      )}
    </>
  );
}
