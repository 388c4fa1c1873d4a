import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../../api/client";
import { useAct } from "../../api/useAct";
import { Button } from "../../ui/Button/Button";
import { Dialog } from "../../ui/Dialog/Dialog";
import { ErrorSummary } from "../../ui/ErrorSummary/ErrorSummary";
import { Choice } from "../../ui/Field/Field";
import { useToast } from "../../ui/Toast/Toast";
import { useWords } from "../../words/i18n";
import styles from "../Proposal.module.css";
import { lacksKey, type Proposal, proposalKey } from "../proposal";

type CopyingProps = { p: Proposal; section: string; flush: () => Promise<void>; onCopied: () => void };

/** A section as it stood in an earlier proposal of one's own organisation. */
export function Copying(props: CopyingProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.buttons}>
      <Button tone="quiet" onClick={() => void props.flush().then(() => setOpen(true))}>
        {t("copy.open")}
      </Button>
      {open && <Choosing {...props} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Choosing({ p, section, onCopied, onClose }: CopyingProps & { onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [from, setFrom] = useState("");
  const earlier = useQuery({
    queryKey: ["proposals", "to copy from"],
    queryFn: async () => (await client.GET("/proposals", { params: { query: { limit: 200 } } })).data ?? [],
  });
  const others = (earlier.data ?? []).filter((o) => o.id !== p.id && o.organisation.id === p.organisation.id);
  const copy = useAct(
    async () =>
      (
        await client.POST("/proposals/{id}/copying", {
          params: { path: { id: p.id }, header: { "If-Match": `"${p.version}"` } },
          body: { from, sections: [section] },
        })
      ).data as Proposal,
    (saved) => {
      queries.setQueryData(proposalKey(p.id), saved);
      void queries.invalidateQueries({ queryKey: lacksKey(p.id) });
      toast(t("copy.done"));
      onClose();
      onCopied();
    },
  );
  return (
    <Dialog
      title={t("copy.open")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button tone="main" busy={copy.busy} disabled={from === ""} onClick={() => void copy.run()}>
            {t("copy.do")}
          </Button>
        </>
      }
    >
      <ErrorSummary problem={copy.problem} />
      {earlier.data && others.length === 0 ? (
        <p>{t("copy.none")}</p>
      ) : (
        <>
          <p>{t("copy.lead")}</p>
          <Choice id="from" label={t("copy.from")} value={from} onChange={(e) => setFrom(e.target.value)}>
            <option value="">{t("field.choose")}</option>
            {others.map((o) => (
              <option key={o.id} value={o.id}>
                {`${o.ref} ${o.title}`}
              </option>
            ))}
          </Choice>
        </>
      )}
    </Dialog>
  );
}
