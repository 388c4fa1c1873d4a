import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useTyped, useTypedForm } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { ActForm } from "./ActForm";
import type { Meeting } from "./data";
import styles from "./decision.module.css";
import { within } from "./within";

type ProposedItem = Meeting["items"][number];

/** What members ask the agenda to have, and what became of it. */
export default function Asked({ meeting: m }: { meeting: Meeting }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [writing, setWriting] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const again = async () => {
    setWriting(false);
    opener.current?.focus(); // the form that had it is gone
    await Promise.all([["meeting", m.id], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
  const proposes = m.may.includes("item.propose");
  if (m.items.length === 0 && !proposes) return null;
  return (
    <section className={`${styles.card} ${styles.stack}`} aria-labelledby="asked">
      <h2 id="asked">{t("asked.title")}</h2>
      {m.items.length === 0 && <p className={styles.quiet}>{t("asked.none")}</p>}
      {m.items.length > 0 && (
        <ul className={styles.rows}>
          {m.items.map((x) => (
            <Item key={x.id} meeting={m} item={x} done={again} />
          ))}
        </ul>
      )}
      {proposes && (
        <div className={styles.acts}>
          <Button ref={opener} aria-expanded={writing} onClick={() => setWriting(!writing)}>
            {t("asked.propose")}
          </Button>
        </div>
      )}
      {proposes && writing && <Proposing meeting={m} done={again} leave={again} />}
    </section>
  );
}

function Item({ meeting: m, item: x, done }: { meeting: Meeting; item: ProposedItem; done: () => Promise<void> }) {
  const { t } = useWords();
  const { name } = useNames();
  const said = x.answer;
  return (
    <li className={styles.tight}>
      <p className={styles.row}>
        <span>
          <span className={styles.who} lang={x.language} dir="auto">
            {x.title}
          </span>
          <span className={styles.quiet}>
            <bdi>{name(x.organisation)}</bdi> · <DateTime value={x.at} zone={fund.zone} />
          </span>
        </span>
        {x.late && <Tag tone="warn">{t("due.late")}</Tag>}
        <Tag tone={!said ? "warn" : said.taken ? "good" : "plain"}>
          {t(!said ? "asked.waits" : said.taken ? "asked.taken" : "asked.declined")}
        </Tag>
      </p>
      <p lang={x.language} dir="auto">
        {x.reason}
      </p>
      {x.text && (
        <details className={styles.more}>
          <summary>{t("asked.text")}</summary>
          <p className={styles.text} lang={x.language} dir="auto">
            {x.text}
          </p>
        </details>
      )}
      {said?.note && (
        <p>
          {t("asked.answer")} <bdi>{said.note}</bdi>
        </p>
      )}
      {said?.taken && m.may.includes("question.list") && !m.agenda.some((q) => q.proposed_item === x.id) && (
        <Link href={`/meetings/${m.id}/questions/new?item=${x.id}`}>{t("asked.list")}</Link>
      )}
      {x.may.includes("item.answer") && <Answering meeting={m} item={x} done={done} />}
    </li>
  );
}

/** The secretariat takes the item on, or says why not. */
function Answering({ meeting: m, item: x, done }: { meeting: Meeting; item: ProposedItem; done: () => Promise<void> }) {
  const { t } = useWords();
  const form = `asked-${x.id}`;
  const [note, setNote, sent] = useTyped(`asked/${x.id}`, "");
  const act = within(
    useAct(
      async (key: string, taken: boolean) =>
        client.POST("/meetings/{id}/items/{item}/answer", {
          params: { path: { id: m.id, item: x.id }, header: { "Idempotency-Key": key } },
          body: { taken, note: note.trim() },
        }),
      async () => {
        await sent();
        await done();
      },
    ),
    form,
  );
  return (
    <ActForm
      plain
      act={act}
      names={{ [`${form}-note`]: t("asked.note") }}
      button={t("asked.decline")}
      tone="plain"
      send={() => void act.run(false)}
    >
      <TextField
        id={`${form}-note`}
        rows={2}
        label={t("asked.note")}
        hint={t("asked.note-hint")}
        error={faultsByField(act.problem)[`${form}-note`]}
        value={note}
        onChange={(e) => setNote(e.target.value)}
      />
      <div className={styles.acts}>
        <Button tone="main" busy={act.busy} onClick={() => void act.run(true)}>
          {t("asked.take")}
        </Button>
      </div>
    </ActForm>
  );
}

function Proposing({ meeting: m, done, leave }: { meeting: Meeting; done: () => Promise<void>; leave: () => void }) {
  const { t, language } = useWords();
  const [v, set, sent] = useTypedForm(`asked/${m.id}/new`, { title: "", text: "", reason: "", language: language as string });
  const act = within(
    useAct(
      async (key: string) =>
        client.POST("/meetings/{id}/items", { params: { path: { id: m.id }, header: { "Idempotency-Key": key } }, body: v }),
      async () => {
        await sent();
        await done();
      },
    ),
    "asked",
  );
  const wrong = faultsByField(act.problem);
  return (
    <ActForm
      plain
      act={act}
      names={{
        "asked-title": t("asked.name"),
        "asked-language": t("asked.language"),
        "asked-text": t("asked.text"),
        "asked-reason": t("asked.reason"),
      }}
      button={t("asked.send")}
      send={() => void act.run()}
      leave={leave}
    >
      <Field
        id="asked-title"
        label={t("asked.name")}
        error={wrong["asked-title"]}
        value={v.title}
        onChange={(e) => set({ title: e.target.value })}
      />
      <Choice
        id="asked-language"
        label={t("asked.language")}
        error={wrong["asked-language"]}
        value={v.language}
        onChange={(e) => set({ language: e.target.value })}
      >
        <LanguageOptions />
      </Choice>
      <TextField
        id="asked-text"
        rows={4}
        lang={v.language}
        label={t("asked.text")}
        hint={t("asked.text-hint")}
        error={wrong["asked-text"]}
        value={v.text}
        onChange={(e) => set({ text: e.target.value })}
      />
      <TextField
        id="asked-reason"
        rows={2}
        lang={v.language}
        label={t("asked.reason")}
        error={wrong["asked-reason"]}
        value={v.reason}
        onChange={(e) => set({ reason: e.target.value })}
      />
    </ActForm>
  );
}
