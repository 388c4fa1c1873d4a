import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { client } from "../api/client";
import { faultsOf, Refused, sentence } from "../api/problem";
import { fund } from "../shell/fund";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { FileDrop } from "../ui/FileUpload/FileDrop";
import { size } from "../ui/FileUpload/size";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import styles from "./Attachments.module.css";
import type { Attachment } from "./attach";
import { attachmentsKey, useAttachments } from "./data";
import { forget, type Sending, send, stop, useSending } from "./sending";

/** Beside the names that the rules give their types, the endings that people know them by. */
const endings: Record<string, string[]> = { jpeg: ["jpg", "jpeg"], text: ["txt", "csv"] };
const endingsOf = (types: string[]) => types.flatMap((x) => endings[x] ?? [x]);

export type AttachmentsProps = {
  /** "proposal", "call": what takes attachments (see the store's holders), and its id. */
  kind: string;
  subject: string;
  /** Those that this version was submitted with, in place of those that stand now. */
  version?: number | undefined;
  /** A heading of its own, where the page has none for it. */
  heading?: boolean;
  /** What the list is called where there are several on a page. */
  label?: string;
};

/**
 * What is attached to something: saved by whoever sees it, added and taken away by those who may. What is on its
 * way tells how far it is, and until when it must have come.
 */
export function AttachmentList({ kind, subject, version, heading = false, label }: AttachmentsProps) {
  const { t } = useWords();
  const queries = useQueryClient();
  const list = useAttachments({ kind, subject }, version);
  const sending = useSending({ kind, subject });
  const [said, say] = useState("");
  const [faults, setFaults] = useState<Record<string, string>>({});
  const place = useRef<HTMLElement>(null);
  if (list.error && !list.data) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  const { items, limits, may } = list.data;
  const again = () => queries.invalidateQueries({ queryKey: attachmentsKey({ kind, subject }) });
  const start = (file: File) =>
    void send({ kind, subject }, list.data, file, again, (a) => say(t("attachment.is-attached", { name: a.name })));
  const remove = async (a: Attachment) => {
    setFaults(({ [a.id]: _, ...rest }) => rest);
    try {
      await client.POST("/attachments/{id}/removal", { params: { path: { id: a.id } } });
      say(t("attachment.is-removed", { name: a.name }));
      place.current?.focus(); // the button that had it is gone
    } catch (e) {
      setFaults((all) => ({
        ...all,
        [a.id]: e instanceof Refused ? faultsOf(e.problem).map(sentence).join(" ") : t("attachment.not-removed", { name: a.name }),
      }));
    }
    for (const s of sending) if (s.attachment === a.id) forget(s.file);
    await again();
  };
  const drop = (s: Sending) => {
    const a = items.find((x) => x.id === s.attachment);
    if (a?.may.includes("attachment.remove")) void remove(a);
    else forget(s.file);
  };
  const adds = may.includes("attachment.attach");
  const awaits = items.some((a) => a.may.includes("attachment.send"));
  const resting = items.filter((a) => !sending.some((s) => s.attachment === a.id && a.state !== "arrived"));
  return (
    <section ref={place} tabIndex={-1} className={styles.attachments} aria-label={label ?? t("attachment.title")}>
      {heading && <h2>{t("attachment.title")}</h2>}
      {items.length === 0 && sending.length === 0 && !adds && <p className={styles.quiet}>{t("attachment.none")}</p>}
      {resting.length + sending.length > 0 && (
        <ul className={styles.files}>
          {resting.map((a) => (
            <Row key={a.id} a={a} fault={faults[a.id]} remove={() => void remove(a)} />
          ))}
          {sending.map((s) => (
            <SendingRow key={`${s.file.name} ${s.file.size}`} s={s} again={() => start(s.file)} remove={() => drop(s)} />
          ))}
        </ul>
      )}
      <p role="status" className="unseen">
        {said}
      </p>
      {adds && items.length > 0 && (
        <p className={styles.quiet}>
          {t("attachment.room", {
            count: items.length,
            most: limits.count,
            size: size(items.reduce((sum, a) => sum + a.size, 0)),
            total: size(limits.total),
          })}
        </p>
      )}
      {adds && kind === "proposal" && limits.minutes > 0 && (
        <p className={styles.quiet}>{t("attachment.grace", { count: limits.minutes })}</p>
      )}
      {(adds || awaits) && (
        <FileDrop
          id={kind === "clarification" ? `attachments-${subject}` : "attachments"} // a page may have several threads
          label={t(adds ? "attachment.add" : "attachment.go-on-with")}
          hint={adds ? t("attachment.hint", { types: endingsOf(limits.types).join(", ").toUpperCase() }) : t("attachment.go-on-hint")}
          accept={endingsOf(limits.types)
            .map((x) => `.${x}`)
            .join(",")}
          largest={limits.bytes}
          take={(files) => files.forEach(start)}
          multiple
        />
      )}
    </section>
  );
}

/** One that stands: here, on its way from elsewhere, or missing. */
function Row({ a, fault, remove }: { a: Attachment; fault: string | undefined; remove: () => void }) {
  const { t } = useWords();
  const type = a.type ? (endings[a.type]?.[0] ?? a.type).toUpperCase() : "";
  return (
    <li className={styles.file}>
      <span className={styles.name}>
        {a.state === "arrived" ? (
          <a href={`/api/v1/attachments/${a.id}/content`} download>
            <bdi>{a.name}</bdi>
          </a>
        ) : (
          <bdi>{a.name}</bdi>
        )}{" "}
        <small>
          <bdi>{type}</bdi> <bdi dir="ltr">{size(a.size)}</bdi>
        </small>
      </span>
      {a.state === "arriving" && <Tag tone="warn">{t("attachment.arriving")}</Tag>}
      {a.state === "missing" && <Tag tone="bad">{t("attachment.missing")}</Tag>}
      {a.may.includes("attachment.remove") && (
        <button type="button" className={styles.act} onClick={remove} aria-label={t("attachment.remove-named", { name: a.name })}>
          {t("attachment.remove")}
        </button>
      )}
      {a.state === "arriving" && (
        <Note>
          {t("attachment.so-far", { sent: size(a.received), size: size(a.size) })}{" "}
          {a.may.includes("attachment.send") && t("attachment.choose-again")}
        </Note>
      )}
      {a.state !== "arrived" && a.due_at && (
        <Note>
          {t(a.state === "missing" ? "attachment.was-due" : "attachment.due")} <DateTime value={a.due_at} zone={fund.zone} />
        </Note>
      )}
      {fault && <p className={styles.failed}>{fault}</p>}
    </li>
  );
}

const Note = ({ children }: { children: ReactNode }) => <p className={styles.note}>{children}</p>;

/** One that this window sends. */
function SendingRow({ s, again, remove }: { s: Sending; again: () => void; remove: () => void }) {
  const { t } = useWords();
  const { name } = s.file;
  const whole = { sent: size(s.sent), size: size(s.file.size) };
  const under = s.state !== "stopped" && s.state !== "failed";
  return (
    <li className={styles.file}>
      <span className={styles.name}>
        <bdi>{name}</bdi>{" "}
        <small>
          <bdi dir="ltr">{size(s.file.size)}</bdi>
        </small>
      </span>
      {s.state !== "failed" && (
        <progress className={styles.bar} max={s.file.size} value={s.sent} aria-label={t("upload.progress", { name })} />
      )}
      {under ? (
        <button type="button" className={styles.act} onClick={() => stop(s.file)} aria-label={t("attachment.stop", { name })}>
          {t("upload.stop")}
        </button>
      ) : (
        <>
          <Button onClick={again} aria-label={t(s.state === "stopped" ? "attachment.go-on-named" : "attachment.again-named", { name })}>
            {t(s.state === "stopped" ? "attachment.go-on" : "upload.again")}
          </Button>
          <button type="button" className={styles.act} onClick={remove} aria-label={t("attachment.remove-named", { name })}>
            {t("attachment.remove")}
          </button>
        </>
      )}
      {s.state === "failed" ? (
        <p className={styles.failed} role="alert">
          <bdi>{name}</bdi>: {s.fault}
        </p>
      ) : (
        <Note>
          {s.state === "cut" ? <strong>{t("attachment.cut")}</strong> : t(`attachment.${s.state}`)} {t("attachment.so-far", whole)}
        </Note>
      )}
    </li>
  );
}
