import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link, useLocation } from "wouter";
import { client } from "../api/client";
import { fieldId } from "../api/problem";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import type { Saving } from "../draft/useDraft";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { CallReading } from "./CallReading";
import { type Call, callKey, stepOf } from "./call";

const Discarding = lazy(async () => ({ default: (await import("./Discarding")).Discarding }));

/** What is still missing, the call as everybody will read it, and the act that makes it theirs. */
export function Announcing({ call: c, saving, flush }: { call: Call; saving: Saving; flush: () => Promise<void> }) {
  const { t, language } = useWords();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const toast = useToast();
  const [discarding, setDiscarding] = useState(false);
  const lacks = useQuery({
    queryKey: [...callKey(c.id), "lacks", language, c.version],
    queryFn: async () => (await client.GET("/calls/{id}/lacks", { params: { path: { id: c.id } } })).data!.lacks,
  });
  const announce = useAct(
    async (key: string, version: number) =>
      client.POST("/calls/{id}/announcement", {
        params: { path: { id: c.id }, header: { "Idempotency-Key": key, "If-Match": `"${version}"` } },
      }),
    async () => {
      toast(t("callpage.announced"));
      await queries.invalidateQueries({ queryKey: ["calls"] });
      go(`/office/calls/${c.id}`);
    },
  );
  if (lacks.error) return <Trouble error={lacks.error} again={() => void lacks.refetch()} />;
  if (!lacks.data) return <Waiting />;
  return (
    <>
      <ErrorSummary problem={announce.problem} names={{}} />
      {lacks.data.length > 0 ? (
        <section className={styles.note}>
          <h2>{t("callpage.missing")}</h2>
          <ul>
            {lacks.data.map((f) => (
              <li key={`${f.field}${f.code}`}>
                <Link href={`/office/calls/${c.id}/write/${stepOf(f.field)}${f.field ? `#${fieldId(f.field)}` : ""}`}>
                  {t(`callpage.step.${stepOf(f.field)}`)}
                </Link>
                {": "}
                {f.title} {f.detail}
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <section className={styles.card}>
          <h2>{t("callpage.ready")}</h2>
          <p>{t("callpage.ready-lead")}</p>
          <div className={styles.acts}>
            <Button
              tone="main"
              busy={announce.busy}
              disabled={saving.state === "typing" || saving.state === "kept"}
              onClick={() => void flush().then(() => announce.run(c.version))}
            >
              {t("callpage.announce")}
            </Button>
          </div>
        </section>
      )}
      <h2>{t("callpage.preview")}</h2>
      <h3 lang={c.language} dir="auto">
        {c.title}
      </h3>
      <CallReading call={c} />
      {c.may.includes("call.discard") && (
        <section className={styles.card}>
          <h2>{t("callpage.discard")}</h2>
          <p>{t("callpage.discard-lead")}</p>
          <div className={styles.acts}>
            <Button tone="danger" onClick={() => void flush().then(() => setDiscarding(true))}>
              {t("callpage.discard")}
            </Button>
          </div>
        </section>
      )}
      {discarding && (
        <Suspense>
          <Discarding
            call={c}
            onClose={() => setDiscarding(false)}
            then={async () => {
              go("/office/calls");
              toast(t("callpage.discarded"));
              await queries.invalidateQueries({ queryKey: ["calls"], exact: true });
            }}
          />
        </Suspense>
      )}
    </>
  );
}
