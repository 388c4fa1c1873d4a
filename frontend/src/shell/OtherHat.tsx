import { Link } from "wouter";
import { Button } from "../ui/Button/Button";
import { useWords } from "../words/i18n";
import styles from "./OtherHat.module.css";
import { PageHead } from "./PageHead";
import { type Role, useSession } from "./session";
import { useHatName, useWear } from "./wear";

/** A page that the hat that is worn does not open: who may, which of my hats would do, and the way to my tasks. */
export default function OtherHat({ roles }: { roles: readonly Role[] }) {
  const { t, language } = useWords();
  const { data: session } = useSession();
  const wear = useWear();
  const hatName = useHatName();
  const worn = session?.hat;
  const mine = session?.hats.filter((h) => roles.includes(h.role) && h.membership !== worn?.membership) ?? [];
  const open = new Intl.ListFormat(language, { type: "disjunction" }).format(roles.map((r) => t(`role.${r}`)));
  return (
    <>
      <PageHead
        title={t(!worn && mine.length > 0 ? "hat.choose" : "hat.title")}
        lead={worn ? t("hat.lead", { role: t(`role.${worn.role}`), roles: open }) : t("hat.lead-none", { roles: open })}
      />
      {mine.length === 0 && session && session.hats.length > 1 && <p>{t("hat.none-of-mine")}</p>}
      <div className={styles.ways}>
        {mine.map((h) => (
          <Button key={h.membership} tone="main" onClick={() => void wear(h.membership)}>
            {t("hat.as", { hat: hatName(h) })}
          </Button>
        ))}
        <Link href="/">{t("nav.tasks")}</Link>
      </div>
    </>
  );
}
