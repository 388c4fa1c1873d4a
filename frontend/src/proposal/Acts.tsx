import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { faultsByField, type Problem, Refused, Unreached } from "../api/problem";
import { useTyped } from "../draft/useTyped";
import { Amount } from "../money/Amount";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import styles from "./Proposal.module.css";
import { type Proposal, proposalKey } from "./proposal";

/** The State's word, where it may be given now. */
export function Endorsing({ p }: { p: Proposal }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  if (!p.may.includes("proposal.endorse")) return null;
  return (
    <div className={styles.buttons}>
      <Button tone="main" onClick={() => setOpen(true)}>
        {t("endorse.open", { state: p.state?.name ?? "" })}
      </Button>
      {open && <Endorse p={p} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** The way out, after all else. */
export function Withdrawing({ p }: { p: Proposal }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  if (!p.may.includes("proposal.withdraw")) return null;
  return (
    <section className={styles.stack}>
      <h2>{t("withdraw.open")}</h2>
      <p>{p.submission ? t("withdraw.lead-submitted") : t("withdraw.lead")}</p>
      <div className={styles.buttons}>
        <Button onClick={() => setOpen(true)}>{t("withdraw.open")}</Button>
      </div>
      {open && <Withdraw p={p} onClose={() => setOpen(false)} />}
    </section>
  );
}

/** Does an act once and shows what came of it, or why it did not. */
function useAct(p: Proposal, done: string, onClose: () => void) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const act = async (asked: () => Promise<{ data?: unknown }>) => {
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await asked();
      queries.setQueryData(proposalKey(p.id), data);
      for (const key of ["tasks", "proposals", "notices"]) void queries.invalidateQueries({ queryKey: [key] });
      void queries.invalidateQueries({ queryKey: ["proposal", p.id, "lacks"] });
      toast(done);
      onClose();
    } catch (e) {
      if (e instanceof Refused) {
        setProblem(e.problem);
        // Somebody changed it meanwhile: what is read must be what is endorsed.
        if (e.status === 412) void queries.invalidateQueries({ queryKey: proposalKey(p.id) });
      } else if (e instanceof Unreached) setProblem({ type: "", code: "no-line", title: t("shell.no-line"), status: 0 });
      else throw e;
    } finally {
      setBusy(false);
    }
  };
  return { act, busy, problem };
}

function Endorse({ p, onClose }: { p: Proposal; onClose: () => void }) {
  const { t } = useWords();
  // The version that was read when the question was opened: a change in between refuses the endorsement.
  const [version] = useState(p.version);
  const [note, setNote] = useTyped(`endorse/${p.id}`, "");
  const { act, busy, problem } = useAct(p, t("endorse.done", { ref: p.ref }), () => {
    setNote("");
    onClose();
  });
  const changed = problem?.status === 412;
  return (
    <Dialog
      title={t("endorse.open", { state: p.state?.name ?? "" })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{changed ? t("endorse.read-again") : t("dialog.cancel")}</Button>
          {!changed && (
            <Button
              tone="main"
              busy={busy}
              onClick={() =>
                void act(() =>
                  client.POST("/proposals/{id}/endorsement", {
                    params: { path: { id: p.id }, header: { "If-Match": `"${version}"` } },
                    body: { note },
                  }),
                )
              }
            >
              {t("endorse.do")}
            </Button>
          )}
        </>
      }
    >
      <ErrorSummary problem={problem} />
      <p className={styles.prose}>
        <b>
          <bdi dir="auto">{p.title || p.ref}</bdi>
        </b>
        {" · "}
        <Amount value={p.amount.amount} currency={p.amount.currency} />
      </p>
      <p>{t("endorse.lead")}</p>
      <TextField
        id="note"
        label={t("endorse.note")}
        hint={t("endorse.note-hint")}
        optional
        rows={3}
        value={note}
        error={faultsByField(problem).note}
        onChange={(e) => setNote(e.target.value)}
      />
    </Dialog>
  );
}

function Withdraw({ p, onClose }: { p: Proposal; onClose: () => void }) {
  const { t } = useWords();
  const { act, busy, problem } = useAct(p, t("withdraw.done", { ref: p.ref }), onClose);
  return (
    <Dialog
      title={t("withdraw.title", { ref: p.ref })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button
            tone="danger"
            busy={busy}
            onClick={() => void act(() => client.POST("/proposals/{id}/withdrawal", { params: { path: { id: p.id } } }))}
          >
            {t("withdraw.do")}
          </Button>
        </>
      }
    >
      <ErrorSummary problem={problem} />
      <p>{p.submission ? t("withdraw.lead-submitted") : t("withdraw.lead")}</p>
    </Dialog>
  );
}
