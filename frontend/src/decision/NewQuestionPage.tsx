import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { Setting } from "../condition/lazy";
import { termsBody, type Written } from "../condition/terms";
import { useTypedForm } from "../draft/useTyped";
import { Amount } from "../money/Amount";
import { MoneyField } from "../money/MoneyField";
import { formatAmount, sum } from "../money/money";
import type { Moved } from "../pipeline/Moving";
import { everyProposal } from "../secretariat/lists";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useWords } from "../words/i18n";
import { named, useMeeting, useRules } from "./data";
import styles from "./decision.module.css";

// Brought for a question of the pipeline.
const moving = () => import("../pipeline/Moving");
const Moving = lazy(moving);

/** The procedure of what is decided in writing. */
const silence = "no-objection";

type Part = { amount: string | null; typed: string };

/** The secretariat puts a question on the agenda, or circulates one in writing: a grant from an eligible proposal, or what else the charter knows. */
export default function NewQuestionPage({ params }: { params: { id?: string } }) {
  const { t, language } = useWords();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const inWriting = params.id === undefined;
  const meeting = useMeeting(params.id ?? "none");
  const rules = useRules(meeting.data?.charter_version).data;
  // Of an item that a member asked for: the form opens with what they wrote.
  const of = new URLSearchParams(useSearch()).get("item");
  const item = meeting.data?.items.find((x) => x.id === of);
  const [typed, setTyped, sent] = useTypedForm(`question/${of ?? params.id ?? "in-writing"}`, {
    kind: of ? "policy" : "grant",
    procedure: "",
    title: null as string | null,
    text: null as string | null,
    written: null as string | null,
    proposal: "",
    change: "",
    parts: {} as Record<string, Part>,
    earmark: "",
    conditions: [] as Written[],
    moved: null as Moved | null,
    preparing: { amount: null, typed: "" } as Part,
  });
  const { procedure, title, proposal, change, parts, earmark, conditions, moved, preparing } = typed;
  const text = typed.text ?? item?.text ?? "";
  const written = typed.written ?? item?.language ?? language;
  const kinds = rules?.decisions.filter((d) => !inWriting || d.procedures.includes(silence)) ?? [];
  const kind = kinds.length === 0 || kinds.some((d) => d.kind === typed.kind) ? typed.kind : kinds[0]!.kind;
  const setKind = (kind: typeof typed.kind) => setTyped({ kind });
  const setProcedure = (procedure: typeof typed.procedure) => setTyped({ procedure });
  const setTitle = (title: typeof typed.title) => setTyped({ title });
  const setText = (text: typeof typed.text) => setTyped({ text });
  const setWritten = (written: typeof typed.written) => setTyped({ written });
  const setChange = (change: typeof typed.change) => setTyped({ change });
  const setEarmark = (earmark: typeof typed.earmark) => setTyped({ earmark });
  const setMoved = (moved: typeof typed.moved) => setTyped({ moved });
  const setConditions = (conditions: Written[]) => setTyped({ conditions });
  const eligible = useQuery({ queryKey: ["proposals", "eligible", "all"], queryFn: () => everyProposal("eligible") });
  const changes = useQuery({
    queryKey: ["changes"],
    queryFn: async () => (await client.GET("/change-requests")).data!.filter((x) => x.may.includes("question.list")),
    enabled: kind === "revision",
  });
  const waivable = useQuery({
    queryKey: ["conditions"],
    queryFn: async () => (await client.GET("/conditions")).data!.filter((c) => c.may.includes("question.list")),
    enabled: kind === "revision",
  });
  const drafts = useQuery({
    queryKey: ["charter", "drafts"],
    queryFn: async () => (await client.GET("/charter/drafts")).data!.filter((d) => d.may.includes("question.list")),
    enabled: kind === "charter",
  });
  const about = kind === "pipeline" && moved?.what === "proposal" ? moved.proposal : proposal;
  const chosen = useQuery({
    queryKey: ["proposal", about],
    queryFn: async () => (await client.GET("/proposals/{id}", { params: { path: { id: about } } })).data!,
    enabled: about !== "",
  }).data;
  const list = useAct(
    async (key: string, body: Record<string, unknown>) =>
      params.id === undefined
        ? client.POST("/silences", { params: { header: { "Idempotency-Key": key } }, body: body as never })
        : client.POST("/meetings/{id}/questions", {
            params: { path: { id: params.id }, header: { "Idempotency-Key": key } },
            body: body as never,
          }),
    async ({ data: made }) => {
      await sent();
      await Promise.all([["meeting", params.id], ["question"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
      go(inWriting ? `/questions/${made!.id}` : `/meetings/${params.id}`);
    },
  );
  if (meeting.error) return <Trouble error={meeting.error} again={() => void meeting.refetch()} />;
  if ((!inWriting && !meeting.data) || !rules) return <Waiting />;
  const grant = kind === "grant";
  const pipeline = kind === "pipeline";
  // A concept note that is selected may be given money to write its document with.
  const note = pipeline && about !== "" && chosen?.id === about && chosen.phase === "concept" && rules.preparation;
  const nothing: Moved = { what: "", proposal: "", entry: "", reason: "", facts: null };
  const currency = rules.currency;
  // Silence in writing is no item of a meeting, and nothing else is in writing.
  const ways = (rules.decisions.find((d) => d.kind === kind)?.procedures ?? []).filter((p) => (p === silence) === inWriting);
  const way = ways.includes(procedure) ? procedure : (ways[0] ?? "");
  const shares = (grant && chosen?.id === proposal ? chosen.shares : []).flatMap((s) =>
    s.organisation ? [{ id: s.organisation.id, name: s.organisation.name, asked: s.amount?.amount ?? "" }] : [],
  );
  const part = (s: { id: string; asked: string }): Part => parts[s.id] ?? { amount: s.asked, typed: s.asked };
  const kept = shares.filter((s) => part(s).typed.trim() !== "");
  const readable = kept.every((s) => part(s).amount);
  const total = readable ? sum(kept.map((s) => part(s).amount!)) : "";
  const asked = kind === "revision" ? changes.data?.find((x) => x.id === change) : undefined;
  const waived = kind === "revision" ? waivable.data?.find((c) => c.id === change) : undefined;
  const draft = kind === "charter" ? drafts.data?.find((d) => d.id === change) : undefined;
  const conditional = grant ? proposal !== "" : Boolean(asked || waived);
  const heading =
    title ??
    item?.title ??
    (grant
      ? (chosen?.title ?? "")
      : asked
        ? t("life.item-change", { code: asked.programme.code, kind: t(`life.kind.${asked.kind}`) })
        : waived
          ? t("life.item-waiver", { ref: waived.ref })
          : (draft?.title ?? ""));
  const wrong = faultsByField(list.problem);
  return (
    <>
      <PageHead
        title={t(inWriting ? "writing.new" : "list.title")}
        lead={inWriting ? t("writing.new-lead") : item && t("asked.from", { organisation: item.organisation })}
        crumbs={
          <>
            <Link href="/meetings">{t("meetings.title")}</Link> /{" "}
            {inWriting ? (
              <Link href="/in-writing">{t("meetings.in-writing")}</Link>
            ) : (
              <Link href={`/meetings/${params.id}`}>{meeting.data?.ref}</Link>
            )}
          </>
        }
      />
      <form
        className={styles.form}
        noValidate
        onSubmit={async (e) => {
          e.preventDefault();
          const move = pipeline && moved ? (await moving()).movedBody(moved, language, currency) : {};
          const money = (amount: string) => ({ amount, currency });
          void list.run({
            kind,
            procedure: way,
            title: heading,
            text,
            language: written,
            ...(item ? { proposed_item: item.id } : {}),
            ...move,
            ...(note && preparing?.typed.trim() ? { amount: money(preparing.amount ?? preparing.typed) } : {}),
            ...(grant && proposal
              ? {
                  proposal,
                  ...(total ? { amount: money(total) } : {}),
                  shares: kept.map((s) => ({ organisation: s.id, amount: money(part(s).amount ?? part(s).typed) })),
                  ...(earmark ? { earmark } : {}),
                }
              : {}),
            ...(kind === "charter" && change ? { rules: change } : {}),
            ...(asked ? { change } : waived ? { waives: change } : {}),
            ...(conditions.length > 0 && conditional ? { conditions: termsBody(conditions) } : {}),
          });
        }}
      >
        <ErrorSummary
          problem={list.problem}
          names={{
            kind: t("list.kind"),
            procedure: t("list.procedure"),
            title: t("list.name"),
            text: t("decide.text"),
            proposal: t("list.proposal"),
            change: t("life.list-change"),
            waives: t("life.list-change"),
            rules: t("list.rules"),
            shares: t("list.shares"),
            amount: t("list.total"),
          }}
        />
        <Choice id="kind" label={t("list.kind")} error={wrong.kind} value={kind} onChange={(e) => setKind(e.target.value)}>
          {kinds.map((d) => (
            <option key={d.kind} value={d.kind}>
              {named(d.name, language, d.kind)}
            </option>
          ))}
        </Choice>
        <Choice
          id="procedure"
          label={t("list.procedure")}
          hint={t("list.procedure-hint")}
          error={wrong.procedure}
          value={way}
          onChange={(e) => setProcedure(e.target.value)}
        >
          {ways.map((w) => (
            <option key={w} value={w}>
              {t(`procedure.${w}`)}
            </option>
          ))}
        </Choice>
        {kind === "revision" && (
          <Choice
            id="change"
            label={t("life.list-change")}
            hint={t("life.list-change-hint")}
            error={wrong.change ?? wrong.waives}
            value={change}
            onChange={(e) => setChange(e.target.value)}
          >
            <option value="">{t("list.choose")}</option>
            {changes.data?.map((x) => (
              <option key={x.id} value={x.id}>
                {`${x.ref} · ${t(`life.kind.${x.kind}`)} · ${x.title}`}
              </option>
            ))}
            {waivable.data?.map((c) => (
              <option key={c.id} value={c.id}>
                {`${t("life.item-waiver", { ref: c.ref })} · ${c.title}`}
              </option>
            ))}
          </Choice>
        )}
        {kind === "charter" && (
          <Choice
            id="rules"
            label={t("list.rules")}
            hint={t("list.rules-hint")}
            error={wrong.rules}
            value={change}
            onChange={(e) => setChange(e.target.value)}
          >
            <option value="">{t("list.choose")}</option>
            {drafts.data?.map((d) => (
              <option key={d.id} value={d.id}>
                {`${d.ref} · ${d.title}`}
              </option>
            ))}
          </Choice>
        )}
        {grant && (
          <>
            <Choice
              id="proposal"
              label={t("list.proposal")}
              hint={t(eligible.data?.length === 0 ? "list.proposal-none" : "list.proposal-hint")}
              error={wrong.proposal}
              value={proposal}
              onChange={(e) => {
                setTyped({ proposal: e.target.value, parts: {}, earmark: "" });
              }}
            >
              <option value="">{t("list.choose")}</option>
              {eligible.data?.map((p) => (
                <option key={p.id} value={p.id}>
                  {`${p.ref} · ${p.title}`}
                </option>
              ))}
            </Choice>
            {shares.length > 0 && (
              <section id="shares" className={`${styles.card} ${styles.stack}`} tabIndex={-1}>
                <h2>{t("list.shares")}</h2>
                {(wrong.shares ?? wrong.amount) && <p>{wrong.shares ?? wrong.amount}</p>}
                {shares.map((s) => (
                  <MoneyField
                    key={`${proposal} ${s.id}`}
                    id={`share-${s.id}`}
                    label={<bdi>{s.name}</bdi>}
                    value={part(s).amount}
                    currency={currency}
                    onChange={(amount, typed) => setTyped({ parts: { ...parts, [s.id]: { amount, typed } } })}
                  />
                ))}
                <p id="amount" tabIndex={-1} role="status">
                  {t("list.total")}: {total ? <Amount value={total} currency={currency} strong /> : t("list.total-none")}
                </p>
              </section>
            )}
            {chosen && (
              <Choice
                id="earmark"
                label={t("list.earmark")}
                hint={t("list.earmark-hint")}
                error={wrong.earmark}
                value={earmark}
                onChange={(e) => setEarmark(e.target.value)}
              >
                <option value="">{t("list.earmark-charter")}</option>
                <option value={chosen.area}>
                  {named(rules.proposals.areas.find((a) => a.key === chosen.area)?.name, language, chosen.area)}
                </option>
              </Choice>
            )}
          </>
        )}
        {pipeline && (
          <Suspense fallback={<Waiting />}>
            <Moving value={moved ?? nothing} change={setMoved} wrong={wrong} rules={rules} eligible={eligible.data ?? []} />
          </Suspense>
        )}
        {note && (
          <MoneyField
            key={about}
            id="amount"
            label={t("list.preparation")}
            hint={t("list.preparation-hint", { most: formatAmount(note.amount, language) })}
            error={wrong.amount}
            value={preparing?.amount ?? null}
            currency={currency}
            onChange={(amount, typed) => setTyped({ preparing: { amount, typed } })}
          />
        )}
        <Field id="title" label={t("list.name")} error={wrong.title} value={heading} onChange={(e) => setTitle(e.target.value)} />
        <Choice
          id="language"
          label={t("list.language")}
          error={wrong.language}
          value={written}
          onChange={(e) => setWritten(e.target.value)}
        >
          <LanguageOptions />
        </Choice>
        <TextField
          id="text"
          lang={written}
          label={t("decide.text")}
          hint={t("list.text-hint")}
          error={wrong.text}
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
        {conditional && (
          <Suspense fallback={<Waiting />}>
            <Setting
              value={conditions}
              change={setConditions}
              among={shares.map((s) => ({ id: s.id, name: s.name }))}
              language={written}
              wrong={wrong}
            />
          </Suspense>
        )}
        <div className={styles.acts}>
          <Button type="submit" tone="main" busy={list.busy}>
            {t(inWriting ? "writing.circulate" : "list.do")}
          </Button>
        </div>
      </form>
    </>
  );
}
