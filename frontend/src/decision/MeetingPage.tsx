import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { useAct } from "../api/useAct";
import { MinutesLink } from "../minutes/lazy";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { type Meeting, named, useInterestName, useMeeting, useQuestion, useRules } from "./data";
import styles from "./decision.module.css";
import { seldom, useLive } from "./live";
import { toneOf } from "./sentences";

const Steering = lazy(() => import("./Steering"));
const Asked = lazy(() => import("./Asked"));
const Attending = lazy(() => import("./Attending"));
const Designee = lazy(() => import("./Designee"));
const Ending = lazy(() => import("./Ending"));
const Ended = lazy(() => import("./Ended"));
const CarriedFrom = lazy(() => import("./CarriedFrom"));
const Whereabouts = lazy(() => import("./Whereabouts"));

type Room = Meeting["room"];

/** One meeting: what is under way, the agenda with its conflicts, and who is in the room. It looks again by itself. */
export default function MeetingPage({ params }: { params: { id: string } }) {
  const { t } = useWords();
  const meeting = useMeeting(params.id, seldom);
  const open = meeting.data?.state === "open";
  const live = useLive(params.id, open);
  if (meeting.error && !meeting.data) return <Trouble error={meeting.error} again={() => void meeting.refetch()} />;
  const m = meeting.data;
  if (!m) return <Waiting />;
  const now = m.agenda.find((item) => item.id === m.present) ?? m.agenda.find((item) => item.state === "open");
  return (
    <>
      <PageHead
        title={m.title}
        crumbs={
          <>
            <Link href="/meetings">{t("meetings.title")}</Link> / <bdi>{m.ref}</bdi>
          </>
        }
        lead={<DateTime value={m.starts_at} zone={fund.zone} />}
        actions={<Tag tone={m.state === "open" ? "good" : toneOf(m.state)}>{t(`meeting.state.${m.state}`)}</Tag>}
      />
      <div className={styles.two}>
        <div className={styles.stack}>
          <Suspense>
            <Whereabouts meeting={m} />
          </Suspense>
          <Acts meeting={m} />
          {m.state === "planned" && (m.presiding || m.may.includes("meeting.designate")) && (
            <Suspense>
              <Designee meeting={m} />
            </Suspense>
          )}
          {m.state === "closed" && (
            <Suspense>
              <MinutesLink meeting={m.id} />
            </Suspense>
          )}
          {(m.called_off || m.carried.length > 0) && (
            <Suspense>
              <Ended meeting={m} />
            </Suspense>
          )}
          <Now meeting={m} item={now} />
          {open && !live && <p className={styles.quiet}>{t("live.not")}</p>}
          <section className={styles.stack}>
            <div className={styles.acts}>
              <h2>{t("meeting.agenda")}</h2>
              {m.may.includes("question.list") && <Link href={`/meetings/${m.id}/questions/new`}>{t("meeting.list")}</Link>}
            </div>
            {m.agenda.length === 0 ? (
              <p className={styles.card}>{t(m.may.includes("question.list") ? "meeting.agenda-empty-list" : "meeting.agenda-empty")}</p>
            ) : (
              <ol className={styles.list}>
                {m.agenda.map((item) => (
                  <AgendaItem key={item.id} item={item} meeting={m} />
                ))}
              </ol>
            )}
          </section>
          <Suspense>
            <Asked meeting={m} />
          </Suspense>
        </div>
        <div className={styles.stack}>
          <RoomCard meeting={m} />
          <Suspense>
            <Attending meeting={m} />
          </Suspense>
        </div>
      </div>
    </>
  );
}

/** What is under way, before all. */
function Now({ meeting: m, item }: { meeting: Meeting; item: Meeting["agenda"][number] | undefined }) {
  const { t } = useWords();
  return (
    <section className={`${styles.card} ${item ? styles.now : ""}`} aria-live="polite">
      <h2>{t("meeting.now")}</h2>
      {item ? (
        <>
          <p className={styles.sentence} dir="auto">
            {item.title ? t("meeting.item", { number: item.item, title: item.title }) : t("decide.item", { number: item.item })}
          </p>
          <Apart id={item.id} />
          <Lead id={item.id} />
        </>
      ) : (
        <p>{t(`meeting.nothing-${m.state}`)}</p>
      )}
    </section>
  );
}

function Lead({ id }: { id: string }) {
  const { t } = useWords();
  const role = useSession().data?.hat?.role;
  const may = useQuestion(id, seldom).data?.may ?? [];
  return (
    <p className={styles.acts}>
      <Link href={`/questions/${id}`} className={styles.link}>
        {t(may.includes("position.take") && role !== "secretariat" ? "meeting.take" : "meeting.follow")}
      </Link>
    </p>
  );
}

/** Who has which interest in an item: of one that is out of sight, only why. */
function Apart({ id }: { id: string }) {
  const q = useQuestion(id, seldom).data;
  const { t } = useWords();
  const { name } = useNames();
  const kindOf = useInterestName(useRules(q?.charter_version).data);
  return (
    <>
      {q?.hidden && <p className={styles.quiet}>{t("meeting.hidden", { why: kindOf(q.hidden) })}</p>}
      {(q?.interests ?? []).length > 0 && (
        <ul className={styles.tight}>
          {q?.interests?.map((i) => (
            <li key={`${i.organisation}${i.kind}`} className={styles.quiet}>
              <bdi>{name(i.organisation)}</bdi>: {t("meeting.interest", { kind: kindOf(i.kind), effect: t(`effect.${i.effect}`) })}
              {i.note && (
                <q className={styles.said} dir="auto">
                  {i.note}
                </q>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function AgendaItem({ item, meeting }: { item: Meeting["agenda"][number]; meeting: Meeting }) {
  const q = useQuestion(item.id, seldom).data;
  const { t, language } = useWords();
  const rules = useRules(q?.charter_version).data;
  const queries = useQueryClient();
  const again = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["meeting", meeting.id] }),
      queries.invalidateQueries({ queryKey: ["question", item.id] }),
    ]);
  const put = useAct(
    async (key: string) =>
      client.POST("/questions/{id}/opening", { params: { path: { id: item.id }, header: { "Idempotency-Key": key } } }),
    again,
  );
  return (
    <li className={styles.item}>
      <span className={styles.number}>{item.item}</span>
      <div className={styles.tight}>
        <Link href={`/questions/${item.id}`} dir="auto">
          <b>{item.title || t("decide.item", { number: item.item })}</b>
        </Link>
        <p className={styles.quiet}>
          {t("meeting.how", {
            kind: named(rules?.decisions.find((d) => d.kind === item.kind)?.name, language, item.kind),
            procedure: t(`procedure.${item.procedure}`),
          })}
        </p>
        {item.carried_from && (
          <Suspense>
            <CarriedFrom from={item.carried_from} />
          </Suspense>
        )}
        {item.decision && (
          <p>
            <Link href={`/decisions/${item.decision}`}>{t("chair.decision", { number: item.decision })}</Link>
          </p>
        )}
        <Apart id={item.id} />
        {q && !q.hidden && (
          <a href={`/api/v1/questions/${item.id}/papers`} download={`${meeting.ref}-item-${item.item}.zip`}>
            {t("papers.item", { number: item.item })}
          </a>
        )}
        <ErrorSummary problem={put.problem} />
      </div>
      <div className={styles.acts}>
        {item.late && <Tag tone="warn">{t("due.late")}</Tag>}
        <Tag tone={toneOf(item.state)}>{t(`question.state.${item.state}`)}</Tag>
        {q?.may.includes("question.open") && (
          <Button tone="main" busy={put.busy} onClick={() => void put.run()}>
            {t("meeting.put")}
          </Button>
        )}
        <Suspense>
          {(meeting.may.includes("agenda.order") || meeting.may.includes("meeting.turn")) && <Steering meeting={meeting} item={item} />}
        </Suspense>
      </div>
    </li>
  );
}

/** What the chair and the secretary do to the meeting itself. */
function Acts({ meeting: m }: { meeting: Meeting }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [ending, setEnding] = useState(false);
  const again = async () => {
    await queries.invalidateQueries({ queryKey: ["meeting", m.id] });
    await queries.invalidateQueries({ queryKey: ["meetings"] });
  };
  const headers = (key: string) => ({ params: { path: { id: m.id }, header: { "Idempotency-Key": key } } });
  const open = useAct(async (key: string) => client.POST("/meetings/{id}/opening", headers(key)), again);
  const off = m.may.includes("meeting.cancel");
  if (!m.may.includes("meeting.open") && !m.may.includes("meeting.close") && !off) return null;
  return (
    <div className={styles.tight}>
      <ErrorSummary problem={open.problem} />
      <div className={styles.acts}>
        {m.may.includes("meeting.open") && (
          <Button tone="main" busy={open.busy} onClick={() => void open.run()}>
            {t("meeting.open")}
          </Button>
        )}
        {m.may.includes("meeting.close") && <Button onClick={() => setEnding(true)}>{t("meeting.close")}</Button>}
        {off && <Button onClick={() => setEnding(true)}>{t("meeting.cancel")}</Button>}
      </div>
      {ending && (
        <Suspense>
          <Ending meeting={m} off={off} leave={() => setEnding(false)} />
        </Suspense>
      )}
    </div>
  );
}

function RoomCard({ meeting: m }: { meeting: Meeting }) {
  const { t } = useWords();
  const { data: session } = useSession();
  const { name } = useNames();
  const queries = useQueryClient();
  const again = () =>
    Promise.all([queries.invalidateQueries({ queryKey: ["meeting", m.id] }), queries.invalidateQueries({ queryKey: ["question"] })]);
  const join = useAct(
    async (key: string) =>
      client.POST("/meetings/{id}/presences", { params: { path: { id: m.id }, header: { "Idempotency-Key": key } }, body: {} }),
    again,
  );
  const leave = useAct(
    async (key: string, id: string) =>
      client.POST("/presences/{id}/leaving", { params: { path: { id }, header: { "Idempotency-Key": key } } }),
    again,
  );
  const designate = useAct(
    async (key: string, person: string) =>
      client.POST("/meetings/{id}/presiding", { params: { path: { id: m.id }, header: { "Idempotency-Key": key } }, body: { person } }),
    again,
  );
  const mine = m.room.some((p) => p.person === session?.person.id);
  const seats = session?.hat?.role === "secretariat";
  return (
    <aside className={styles.card} aria-labelledby="room">
      <h2 id="room">{t("room.title")}</h2>
      <p className={styles.quiet}>{t("room.count", { count: m.room.length })}</p>
      <ErrorSummary problem={join.problem ?? leave.problem ?? designate.problem} />
      {m.may.includes("presence.join") && !mine && !seats && (
        <div className={styles.acts}>
          <Button tone="main" busy={join.busy} onClick={() => void join.run()}>
            {t("room.join")}
          </Button>
        </div>
      )}
      {m.room.length > 0 && (
        <ul className={styles.rows}>
          {m.room.map((p) => (
            <li key={p.id} className={styles.row}>
              <span>
                <span className={styles.who}>
                  <bdi>{name(p.organisation)}</bdi>
                </span>
                <span className={styles.quiet}>
                  <bdi>{p.name}</bdi>
                  {p.capacity === "alternate" && `, ${t("room.alternate")}`}
                </span>
              </span>
              <span className={styles.acts}>
                {p.person === m.presiding && <Tag tone="link">{t("room.chair")}</Tag>}
                {p.may.includes("presence.leave") && (
                  <Button
                    tone="quiet"
                    busy={leave.busy}
                    aria-label={p.person === session?.person.id ? undefined : t("room.left", { name: p.name ?? "" })}
                    onClick={() => void leave.run(p.id)}
                  >
                    {t(p.person === session?.person.id ? "room.leave" : "room.left-short")}
                  </Button>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {m.may.includes("presence.join") && seats && <SeatSomebody meeting={m.id} room={m.room} done={again} />}
      {m.may.includes("meeting.designate") && m.room.length > 1 && (
        <details className={styles.more}>
          <summary>{t("room.designate")}</summary>
          <div className={styles.tight}>
            <p className={styles.quiet}>{t("room.designate-lead")}</p>
            <Choice
              id="person"
              label={t("room.designate-who")}
              value={m.presiding ?? ""}
              onChange={(e) => void designate.run(e.target.value)}
            >
              {m.room.map((p) => (
                <option key={p.id} value={p.person}>
                  {p.name}
                </option>
              ))}
            </Choice>
          </div>
        </details>
      )}
    </aside>
  );
}

/** The secretary records who has come. */
function SeatSomebody({ meeting, room, done }: { meeting: string; room: Room; done: () => unknown }) {
  const { t } = useWords();
  const { name } = useNames();
  const [chosen, setChosen] = useState("");
  const people = useQuery({
    queryKey: ["meeting", meeting, "accredited"],
    queryFn: async () => (await client.GET("/meetings/{id}/accredited", { params: { path: { id: meeting } } })).data!,
  });
  const sit = useAct(
    async (key: string, seat: string, person: string) =>
      client.POST("/meetings/{id}/presences", {
        params: { path: { id: meeting }, header: { "Idempotency-Key": key } },
        body: { seat, person },
      }),
    async () => {
      setChosen("");
      await done();
    },
  );
  const away = (people.data ?? []).filter((p) => !room.some((r) => r.person === p.person));
  if (away.length === 0) return null;
  return (
    <form
      className={styles.tight}
      onSubmit={(e) => {
        e.preventDefault();
        const [seat, person] = chosen.split(" ");
        if (seat && person) void sit.run(seat, person);
      }}
    >
      <ErrorSummary problem={sit.problem} />
      <Choice id="seat" label={t("room.seat")} value={chosen} onChange={(e) => setChosen(e.target.value)}>
        <option value="">{t("room.seat-choose")}</option>
        {away.map((p) => (
          <option key={`${p.seat} ${p.person}`} value={`${p.seat} ${p.person}`}>
            {`${name(p.organisation)}: ${p.name}${p.capacity === "alternate" ? ` (${t("room.alternate")})` : ""}`}
          </option>
        ))}
      </Choice>
      <div className={styles.acts}>
        <Button type="submit" busy={sit.busy} disabled={chosen === ""}>
          {t("room.seat-do")}
        </Button>
      </div>
    </form>
  );
}
