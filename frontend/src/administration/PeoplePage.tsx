import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { useNames } from "../api/organisations";
import { Listing } from "../list/Listing";
import office from "../money-office/Office.module.css";
import { type Schemas, useMay } from "../money-office/office";
import { ButtonLink } from "../money-office/parts";
import { PageHead } from "../shell/PageHead";
import { useWords } from "../words/i18n";
import { PersonTag } from "./PersonTag";

const NewPerson = lazy(() => import("./NewPerson"));

/** Everybody known to the fund, with the roles they hold. */
export default function PeoplePage() {
  const { t } = useWords();
  const { short } = useNames();
  const add = useMay("person.create");
  return (
    <>
      <PageHead
        title={t("admin.people")}
        lead={t("admin.people-lead")}
        actions={
          <>
            <ButtonLink href="/organisations">{t("admin.organisations")}</ButtonLink>
            <ButtonLink href="/focal-points">{t("admin.focal")}</ButtonLink>
            <ButtonLink href="/seats">{t("admin.seats")}</ButtonLink>
          </>
        }
      />
      <div className={office.stack}>
        <Listing<Schemas["Person"]>
          path="/people"
          caption={t("admin.people")}
          id={(p) => p.id}
          first="name"
          empty={t("admin.people-lead")}
          columns={[
            {
              key: "name",
              head: t("admin.name"),
              heads: true,
              by: (p) => p.name,
              cell: (p) => (
                <Link href={`/people/${p.id}`}>
                  <bdi>{p.name}</bdi>
                </Link>
              ),
            },
            { key: "email", plain: true, head: t("admin.email"), by: (p) => p.email, cell: (p) => <bdi>{p.email}</bdi> },
            {
              key: "roles",
              plain: true,
              head: t("admin.roles"),
              cell: (p) =>
                p.memberships.map((m) => t("shell.hat", { role: t(`role.${m.role}`), organisation: short(m.code) })).join("; ") || "–",
            },
            { key: "state", plain: true, head: t("admin.state"), cell: (p) => <PersonTag person={p} /> },
          ]}
        />
        {add && (
          <Suspense fallback={null}>
            <NewPerson />
          </Suspense>
        )}
      </div>
    </>
  );
}
