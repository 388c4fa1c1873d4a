import { useOrganisations } from "../api/organisations";
import { Attachments } from "../attachment/lazy";
import { useWords } from "../words/i18n";
import styles from "./Proposal.module.css";
import { contentOf, type Proposal, useForm, useRules, useVersion } from "./proposal";
import { Reading } from "./Reading";

/** What it says, and what changed since the version before or since the endorsement. */
export function Said({ p }: { p: Proposal }) {
  const { t } = useWords();
  const rules = useRules(p.charter_version);
  const orgs = useOrganisations();
  const n = p.submission?.n;
  const since = p.endorsement && !p.endorsed && p.endorsement.hash === p.submission?.hash ? n : undefined;
  const before = useVersion(p.id, since);
  const form = useForm(p.phase, p.form);
  return (
    <section className={styles.stack}>
      {p.endorsement && !p.endorsed && p.may.includes("proposal.endorse") && (
        <p className={styles.banner}>{before.data ? t("endorse.changed-shown") : t("endorse.changed")}</p>
      )}
      <Reading content={contentOf(p)} before={before.data} form={form.data} rules={rules.data} organisations={orgs.data ?? namedOf(p)} />
      <div className={styles.sheet}>
        <Attachments kind="proposal" subject={p.id} heading />
      </div>
    </section>
  );
}

/** Those whom the proposal itself names, until all are known. */
const namedOf = (p: Proposal) => [p.state, p.organisation, ...p.shares.map((s) => s.organisation)].filter((o) => o !== null);
