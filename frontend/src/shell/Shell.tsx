import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Link, useLocation } from "wouter";
import type { Place } from "../routes";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useToast } from "../ui/Toast/Toast";
import { activate, bringArea, type Language, useWords } from "../words/i18n";
import { fund, fundName } from "./fund";
import styles from "./Shell.module.css";
import { type Session, sessionQuery, setLanguage, signOut } from "./session";
import { useHatName, useWear } from "./wear";

// Asked for seldom, so brought then.
const Leaving = lazy(async () => (await Promise.all([import("./Leaving"), bringArea("form")]))[0]);

const Footnotes = lazy(() => import("./Footnotes"));

/** What stands round every page: brand, the places of the hat that is worn, language, who one is. */
export function Shell({ session, places, children }: { session: Session | undefined; places: Place[]; children: ReactNode }) {
  const { t, language } = useWords();
  const [here] = useLocation();
  const role = session?.hat?.role;
  const [open, setOpen] = useState(false);
  const shown = places.filter((p) => p.nav && (!p.nav.roles || (role && p.nav.roles.includes(role))));
  const current = shown.find((p) => `${here}/`.startsWith(`${p.path}/`));
  return (
    <>
      <a className={styles.skip} href="#content">
        {t("shell.skip")}
      </a>
      <header className={styles.top}>
        <div className={styles.bar}>
          <Link href="/" className={styles.brand}>
            <Mark />
            <span>{fundName(language)}</span>
          </Link>
          <div className={styles.who}>
            <LanguageChoice signedIn={session !== undefined} />
            {session && <Who session={session} />}
          </div>
          <nav aria-label={t("shell.nav")} className={styles.nav}>
            {/* On a phone only: its list opens below it. */}
            <button type="button" className={styles.menu} aria-expanded={open} onClick={() => setOpen(!open)}>
              {t("shell.nav")} {current && <b>{t(current.nav!.words)}</b>}
            </button>
            <ul className={styles.places}>
              {shown.map((p) => (
                <li key={p.path}>
                  <Link
                    href={p.path}
                    className={styles.place}
                    aria-current={p === current ? "page" : undefined}
                    onClick={() => setOpen(false)}
                  >
                    {t(p.nav!.words)}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        </div>
      </header>
      {fund.example && (
        <aside className={styles.example} aria-label={t("shell.example")}>
          <p>{t("shell.example")}</p>
        </aside>
      )}
      <main id="content" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <Suspense>
        <Footnotes />
      </Suspense>
      <footer className={styles.foot}>
        <p>
          <a href={`/${language}/`}>{t("shell.public")}</a>
        </p>
        {language !== "en" && <p>{t("shell.unreviewed")}</p>}
      </footer>
    </>
  );
}

function Mark() {
  return (
    <svg width="26" height="26" fill="none" stroke="#009edb" strokeWidth="2.4" aria-hidden="true" className={styles.mark}>
      <circle cx="13" cy="13" r="11.5" />
      <circle cx="13" cy="13" r="7" />
      <circle cx="13" cy="13" r="2.6" />
    </svg>
  );
}

/** The browser's own list: React Aria's would cost 36 KB. */
function LanguageChoice({ signedIn }: { signedIn: boolean }) {
  const queries = useQueryClient();
  const { t, language } = useWords();
  // What was chosen shows at once, its words a moment later.
  const [chosen, choose] = useState<Language>();
  return (
    <select
      className={styles.select}
      aria-label={t("shell.language")}
      value={chosen ?? language}
      onChange={(e) => {
        const to = e.target.value as Language;
        choose(to);
        void activate(to).finally(() => choose((now) => (now === to ? undefined : now)));
        // The page is in it already; what one's organisation is called follows. Unsaid, the next page would not be.
        if (signedIn)
          setLanguage(to).then(
            (now) => queries.setQueryData(sessionQuery.queryKey, now),
            () => {},
          );
      }}
    >
      <LanguageOptions />
    </select>
  );
}

function Who({ session }: { session: Session }) {
  const { t, language } = useWords();
  const toast = useToast();
  const wear = useWear();
  const hatName = useHatName();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const [losing, setLosing] = useState(0);
  // Signing out has the browser forget all that the fund keeps here, drafts too.
  async function leave() {
    try {
      await signOut();
    } catch {
      toast(t("shell.no-line"));
      return;
    }
    location.assign(`/${language}/sign-in`);
  }
  return (
    <div className={styles.person}>
      <p className={styles.name}>
        <bdi>{session.person.name}</bdi>
        {session.hats.length <= 1 && session.hat && <span className={styles.role}>{hatName(session.hat)}</span>}
      </p>
      {session.hats.length > 1 && (
        <select
          className={styles.select}
          aria-label={t("shell.hat-choice")}
          value={session.hat?.membership ?? ""}
          disabled={busy}
          onChange={async (e) => {
            setBusy(true);
            if (await wear(e.target.value)) go("/");
            setBusy(false);
          }}
        >
          {!session.hat && <option value="">{t("shell.no-hat")}</option>}
          {session.hats.map((h) => (
            <option key={h.membership} value={h.membership}>
              {hatName(h)}
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        className={styles.out}
        onClick={async () => {
          const drafts = await import("../draft/store").then((store) => store.unsent(session.person.id)).catch(() => []);
          if (drafts.length > 0) setLosing(drafts.length);
          else await leave();
        }}
      >
        {t("shell.sign-out")}
      </button>
      {losing > 0 && (
        <Suspense>
          <Leaving drafts={losing} onStay={() => setLosing(0)} onLeave={leave} />
        </Suspense>
      )}
    </div>
  );
}
