package store

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"startupfund/domain"
)

const organisationColumns = `SELECT o.id, o.code, o.name, o.short_name, o.kind, coalesce(o.iso3166, ''), coalesce(o.m49, ''), coalesce(o.iati_ref, ''), o.version, ` + mergedInto + `
	FROM organisations o `

func scanOrganisation(row interface{ Scan(...any) error }) (o domain.Organisation, err error) {
	var into uuid.NullUUID
	err = row.Scan(&o.ID, &o.Code, &o.Name, &o.ShortName, &o.Kind, &o.ISO3166, &o.M49, &o.IATIRef, &o.Version, &into)
	o.MergedInto = into.UUID
	return o, missing(err)
}

func (t *tx) organisation(id uuid.UUID, lock string) (domain.Organisation, error) {
	list := make([]domain.Organisation, 1)
	var err error
	if list[0], err = scanOrganisation(t.Raw(organisationColumns+`WHERE o.id = ? `+lock, id).Row()); err != nil {
		return list[0], err
	}
	err = t.withAliases(list)
	return list[0], err
}

// organisationAt is the organisation that a request names at field; one that does not exist is
// refused there.
func (t *tx) organisationAt(id uuid.UUID, lock, field string) (domain.Organisation, error) {
	o, err := t.organisation(id, lock)
	if errors.Is(missing(err), domain.ErrMissing) {
		err = domain.ErrUnknownWord.With("given", id.String()).At(field)
	}
	return o, err
}

// OrganisationByCode is the one of a code.
func (s *Store) OrganisationByCode(ctx context.Context, by domain.Actor, code string) (domain.Organisation, error) {
	return read(ctx, s, by, func(t *tx) (domain.Organisation, error) {
		return scanOrganisation(t.Raw(organisationColumns+`WHERE o.code = ?`, code).Row())
	})
}

var organisationsListed = listing{
	from: "organisations o", id: "o.code",
	said:   `concat_ws(' ', o.code, o.name, o.short_name, (SELECT string_agg(a.text, ' ') FROM organisation_aliases a WHERE a.organisation = o.id AND a.ended_at IS NULL))`,
	fields: map[string]string{"kind": "o.kind IN ?"},
	orders: map[string]column{"code": {"o.code", "text"}, "name": {"folded(o.name)", "text"}, "kind": {"o.kind", "text"}},
	first:  "code",
}

// Organisations lists them page by page. What is looked for is found under any of their
// names.
func (s *Store) Organisations(ctx context.Context, by domain.Actor, f ListAsk) (Page[domain.Organisation], error) {
	return read(ctx, s, by, func(t *tx) (Page[domain.Organisation], error) {
		p, err := t.page(organisationsListed, f)
		if err != nil {
			return Page[domain.Organisation]{}, err
		}
		list, err := t.organisations(`o.code IN ?`, p.Items)
		return laid(p, list, func(o domain.Organisation) string { return o.Code }), err
	})
}

// AddOrganisation makes one known to the fund.
func (s *Store) AddOrganisation(ctx context.Context, by Ask, o domain.Organisation) (domain.Organisation, error) {
	return act(ctx, s, by, "organisation.create", func(t *tx) (domain.Organisation, error) {
		o, err := o.Check()
		if err != nil {
			return o, err
		}
		if o, err = t.addOrganisation(o); err != nil {
			return o, err
		}
		t.on("organisation", o.ID)
		t.changed("code", o.Code)
		t.changed("kind", o.Kind)
		return o, nil
	})
}

func (t *tx) addOrganisation(o domain.Organisation) (domain.Organisation, error) {
	o.ID, o.Version = uuid.New(), 1
	err := t.Exec(`INSERT INTO organisations (id, code, name, short_name, kind, iso3166, m49, iati_ref, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		o.ID, o.Code, o.Name, o.ShortName, string(o.Kind), orNone(o.ISO3166), orNone(o.M49), orNone(o.IATIRef), t.now).Error
	if err != nil {
		return o, takenBy(err, o)
	}
	if err := t.addGroups(o.KnownGroups()...); err != nil {
		return o, err
	}
	o.Aliases = o.KnownNames()
	return o, t.addAliases(o.Aliases...)
}

// takenBy says which of an organisation's names another has already.
func takenBy(err error, o domain.Organisation) error {
	switch {
	case broken(err, "one_organisation_a_code"):
		return domain.ErrTaken.With("given", o.Code).At("code")
	case broken(err, "one_organisation_a_state"):
		return domain.ErrTaken.With("given", o.ISO3166).At("iso3166")
	}
	return err
}

// ChangeOrganisation sets all but the code, which is part of its accounts.
func (s *Store) ChangeOrganisation(ctx context.Context, by Ask, version int, change domain.Organisation) (domain.Organisation, error) {
	return act(ctx, s, by, "organisation.change", func(t *tx) (domain.Organisation, error) {
		t.on("organisation", change.ID)
		o, err := t.organisation(change.ID, `FOR NO KEY UPDATE`)
		if err != nil {
			return o, err
		}
		if o.Version != version {
			return o, domain.ErrStale
		}
		change.Code = o.Code
		if change, err = change.Check(); err != nil {
			return o, err
		}
		t.changed("name", []string{o.Name, change.Name})
		t.changed("kind", []domain.OrganisationKind{o.Kind, change.Kind})
		err = t.Exec(`UPDATE organisations SET name = ?, short_name = ?, kind = ?, iso3166 = ?, m49 = ?, iati_ref = ?, version = version + 1 WHERE id = ?`,
			change.Name, change.ShortName, string(change.Kind), orNone(change.ISO3166), orNone(change.M49), orNone(change.IATIRef), o.ID).Error
		if err := takenBy(err, change); err != nil {
			return o, err
		}
		return t.organisation(o.ID, "")
	})
}

// orNone keeps an absent word out of a unique column.
func orNone(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// OrganisationNames are every organisation's names by its code, in a reader's
// language: what a page shows in place of a code of the accounts. A merged one shows
// the names of the one it is.
func (s *Store) OrganisationNames(ctx context.Context, language string) (map[string]domain.Called, error) {
	return read(ctx, s, domain.Actor{}, func(t *tx) (map[string]domain.Called, error) {
		rows, err := t.Raw(`WITH RECURSIVE way AS (SELECT id AS from_id, id AS to_id FROM organisations
			UNION ALL SELECT w.from_id, m.survivor FROM way w JOIN merged_organisations m ON m.merged = w.to_id)
			SELECT f.code, `+fullIn("r.language")+`, `+shortIn("r.language")+` FROM way w JOIN organisations f ON f.id = w.from_id JOIN organisations o ON o.id = w.to_id
			CROSS JOIN (SELECT ?::text AS language) r
			WHERE NOT EXISTS (SELECT FROM merged_organisations m WHERE m.merged = w.to_id)`, language).Rows()
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		names := map[string]domain.Called{}
		for rows.Next() {
			var code string
			var n domain.Called
			if err := rows.Scan(&code, &n.Name, &n.Short); err != nil {
				return nil, err
			}
			names[code] = n
		}
		return names, rows.Err()
	})
}

// shortNames are what readers of a language call every organisation for short, by its
// id or its code.
func shortNames[K comparable](t *tx, by, language string) (map[K]string, error) {
	return pairs[K, string](t.Raw(`SELECT o.`+by+`, `+shortIn("r.language")+` FROM organisations o CROSS JOIN (SELECT ?::text AS language) r`, language).Rows())
}

// shortIn is what the organisation o is called for short by readers of a language, an
// SQL expression: its acronym there, else what it is called for short anywhere.
func shortIn(language string) string {
	return `coalesce(` + aliasIn(domain.Acronym, language) + `, nullif(o.short_name, ''), o.name)`
}

// fullIn is its name in that language where it has one, else as it stands.
func fullIn(language string) string {
	return `coalesce(` + aliasIn(domain.OtherName, language) + `, o.name)`
}

func aliasIn(kind domain.AliasKind, language string) string {
	return `(SELECT a.text FROM organisation_aliases a WHERE a.organisation = o.id AND a.kind = '` + string(kind) +
		`' AND a.language = ` + language + ` AND a.ended_at IS NULL ORDER BY a.text LIMIT 1)`
}
