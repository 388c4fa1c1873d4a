import office from "../money-office/Office.module.css";
import type { Schemas } from "../money-office/office";
import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { useWords } from "../words/i18n";

/** What became of an invitation: sent by mail, or, where the fund has no mail server, the link to hand on, shown once. */
export function Invitation({ invited }: { invited: Schemas["Invited"] }) {
  const { t } = useWords();
  const { name, email } = invited.person;
  return (
    <div role="status" className={office.rule}>
      <p>{invited.token ? t("admin.invited-link", { name }) : t("admin.invited-mail", { name, email })}</p>
      {invited.token && (
        <p>
          <code
            dir="ltr"
            className={office.account}
          >{`${location.origin}/${invited.person.language}/password?token=${invited.token}`}</code>
        </p>
      )}
      <p>
        {t("admin.invited-until")} <DateTime value={invited.expires_at} zone={fund.zone} />
      </p>
    </div>
  );
}
