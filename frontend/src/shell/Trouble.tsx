import { Component, lazy, type ReactNode, Suspense } from "react";
import { Link } from "wouter";
import { Refused, Unreached } from "../api/problem";
import { Button } from "../ui/Button/Button";
import { bringArea, say, useWords } from "../words/i18n";
import { PageHead } from "./PageHead";

// Asked for seldom, so brought then.
export const OtherHat = lazy(async () => (await Promise.all([import("./OtherHat"), bringArea("hat")]))[0]);

/** A page's own code that did not come, as the three browsers say it: the line's fault, not the page's. */
const unreached = (error: unknown) => error instanceof Unreached || (error instanceof TypeError && /\bimport/i.test(error.message));

/** Why a page cannot be shown, in the server's words where it gave some, and what to do next. */
export function Trouble({ error, again }: { error: unknown; again: () => void }) {
  const { t } = useWords();
  if (error instanceof Refused && error.problem.roles)
    return (
      <Suspense>
        <OtherHat roles={error.problem.roles} />
      </Suspense>
    );
  const [title, lead] =
    error instanceof Refused
      ? [error.problem.title, error.problem.detail]
      : unreached(error)
        ? [t("trouble.no-line"), t("trouble.no-line-lead")]
        : [t("trouble.title"), t("trouble.lead")];
  return (
    <>
      <PageHead title={title} lead={lead} />
      {error instanceof Refused && error.status < 500 ? (
        <Link href="/">{t("nav.tasks")}</Link>
      ) : (
        <Button onClick={again}>{t("trouble.again")}</Button>
      )}
    </>
  );
}

/** Catches what a page throws while it is drawn, so that the shell stays. */
export class Guard extends Component<{ children: ReactNode; place: string }, { error: unknown; place: string }> {
  override state = { error: null as unknown, place: this.props.place };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  static getDerivedStateFromProps(props: { place: string }, state: { error: unknown; place: string }) {
    return props.place === state.place ? null : { error: null, place: props.place };
  }
  override componentDidCatch(error: unknown) {
    console.error(error);
  }
  override render() {
    return this.state.error === null ? this.props.children : <Trouble error={this.state.error} again={() => location.reload()} />;
  }
}

/** Shown while a page or its figures are on their way, and only when that takes a while. */
export function Waiting() {
  return <p role="status">{say("shell.waiting")}</p>;
}
