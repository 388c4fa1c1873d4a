import { lazy, Suspense } from "react";
import { useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { bringArea, useWords } from "../words/i18n";
import { Reading } from "./Reading";
import { useProposal } from "./useProposal";

// For what was declined, or can be: few come for it.
const Declining = lazy(async () => (await Promise.all([import("../secretariat/Declining"), bringArea("secretariat")]))[0]);

const Review = lazy(() => import("../review/Review"));

// For what was given back after it was found eligible, or can be.
const Reopened = lazy(() => import("../changes/Reopened"));

// For the body and its secretariat, once there is a submission to score.
const Scored = lazy(() => import("./Scored"));

/** A proposal to read, for whoever has it before them and is asked nothing of it here. */
export default function DossierPage({ params }: { params: { id: string } }) {
  const { t } = useWords();
  const proposal = useProposal(params.id);
  const rules = useRules(proposal.data?.charter_version).data;
  const role = useSession().data?.hat?.role ?? "";
  if (proposal.error) return <Trouble error={proposal.error} again={() => void proposal.refetch()} />;
  if (!proposal.data || !rules) return <Waiting />;
  return (
    <>
      <PageHead title={t("reading.ref", { ref: proposal.data.ref })} />
      <div className={styles.stack}>
        {(proposal.data.declining || proposal.data.may.includes("proposal.decline")) && (
          <Suspense>
            <Declining proposal={proposal.data} />
          </Suspense>
        )}
        {(proposal.data.reopening || proposal.data.may.includes("proposal.reopen")) && (
          <Suspense>
            <Reopened proposal={proposal.data} />
          </Suspense>
        )}
        <Reading proposal={proposal.data} rules={rules} />
        <Suspense>
          <Review p={proposal.data} />
        </Suspense>
        {["member", "coordinator", "secretariat", "auditor"].includes(role) && (
          <Suspense>
            <Scored proposal={proposal.data} rules={rules} />
          </Suspense>
        )}
      </div>
    </>
  );
}
