import { Choice, Field } from "../ui/Field/Field";
import { useWords } from "../words/i18n";

const ways = ["in-person", "virtual", "mixed"] as const;

export type Where = { held: string; place: string; link: string };

/** Where a meeting is held: a place, a link or both. */
export function Venue({ of, wrong, change }: { of: Where; wrong: Record<string, string>; change: (part: Partial<Where>) => void }) {
  const { t } = useWords();
  return (
    <>
      <Choice id="held" label={t("venue.held")} value={of.held} error={wrong.held} onChange={(e) => change({ held: e.target.value })}>
        {ways.map((w) => (
          <option key={w} value={w}>
            {t(`venue.${w}`)}
          </option>
        ))}
      </Choice>
      {of.held !== "virtual" && (
        <Field
          id="place"
          label={t("venue.place")}
          optional
          value={of.place}
          error={wrong.place}
          onChange={(e) => change({ place: e.target.value })}
        />
      )}
      {of.held !== "in-person" && (
        <Field
          id="link"
          type="url"
          dir="ltr"
          label={t("venue.link")}
          hint={t("venue.link-hint")}
          optional
          value={of.link}
          error={wrong.link}
          onChange={(e) => change({ link: e.target.value })}
        />
      )}
    </>
  );
}

/** What is sent: nothing of what the way of meeting has not. */
export const whereOf = ({ held, place, link }: Where) => ({
  held,
  place: held === "virtual" ? "" : place,
  link: held === "in-person" ? "" : link,
});
