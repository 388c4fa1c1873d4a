import { lazy, Suspense } from "react";
import { Link, useLocation, useParams, useSearchParams } from "wouter";
import { useOrganisations } from "../api/organisations";
import { Attachments } from "../attachment/lazy";
import NotFound from "../shell/NotFound";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { Choice } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { AsFile } from "./AsFile";
import styles from "./Proposal.module.css";
import { contentOf, useForm, useProposal, useRules, useVersion } from "./proposal";
import { Reading } from "./Reading";

const Behalf = lazy(() => import("../screening/Behalf"));

/** A version as it was submitted, by itself or against another, word by word. */
export default function VersionPage() {
  const { t } = useWords();
  const { id, n } = useParams<{ id: string; n: string }>();
  const [search] = useSearchParams();
  const [, go] = useLocation();
  const number = /^\d{1,6}$/.test(n) ? Number(n) : 0;
  const proposal = useProposal(id);
  const rules = useRules(proposal.data?.charter_version);
  const orgs = useOrganisations();
  const version = useVersion(id, number);
  const asked = search.get("with") ?? "";
  const other = useVersion(id, /^\d{1,6}$/.test(asked) ? Number(asked) : undefined);
  const form = useForm(version.data?.phase, version.data?.form);
  const failed = proposal.error ?? version.error;
  if (number === 0) return <NotFound />;
  if (failed) return <Trouble error={failed} again={() => void version.refetch()} />;
  if (!proposal.data || !version.data || !orgs.data) return <Waiting />;
  const p = proposal.data;
  const last = p.submission?.n ?? 0;
  const mended = p.may.includes("proposal.save") || (p.stage === "returned" && p.may.includes("proposal.endorse"));
  // The older is struck out, the newer underlined: against today's text, this version is the older.
  const now = asked === "now" && mended;
  const newer = now ? contentOf(p) : other.data && Number(asked) > number ? other.data : version.data;
  const older = now || (other.data && Number(asked) > number) ? version.data : other.data;
  return (
    <>
      <PageHead
        title={t("version.title", { ref: p.ref, n: number })}
        lead={<bdi dir="auto">{version.data.title}</bdi>}
        crumbs={
          <>
            <Link href="/proposals">{t("nav.proposals")}</Link> / <Link href={`/proposals/${p.id}`}>{p.ref}</Link>
          </>
        }
        actions={
          <>
            <AsFile id={id} version={number} />
            <Button tone="quiet" onClick={() => print()}>
              {t("proposal.print")}
            </Button>
          </>
        }
      />
      {p.submission?.n === number && p.submission.on_behalf && (
        <Suspense>
          <Behalf p={p} />
        </Suspense>
      )}
      {(last > 1 || mended) && (
        <div className={styles.filter}>
          <Choice
            id="with"
            label={t("version.with")}
            value={now ? "now" : other.data ? asked : ""}
            onChange={(e) => go(`/proposals/${id}/versions/${n}${e.target.value ? `?with=${e.target.value}` : ""}`, { replace: true })}
          >
            <option value="">{t("version.alone")}</option>
            {Array.from({ length: last }, (_, i) => i + 1)
              .filter((i) => i !== number)
              .map((i) => (
                <option key={i} value={i}>
                  {t("proposal.version", { n: i })}
                </option>
              ))}
            {mended && <option value="now">{t("version.now")}</option>}
          </Choice>
        </div>
      )}
      <Reading
        content={newer}
        before={older}
        compared={
          now
            ? { id, newer: undefined, older: number }
            : other.data
              ? { id, newer: Math.max(number, Number(asked)), older: Math.min(number, Number(asked)) }
              : undefined
        }
        form={form.data}
        rules={rules.data}
        organisations={orgs.data}
      />
      <Suspense fallback={<Waiting />}>
        <div className={styles.sheet}>
          <Attachments kind="proposal" subject={id} version={number} heading />
        </div>
      </Suspense>
    </>
  );
}
