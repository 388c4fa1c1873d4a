package store

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// OrganisationFile is an organisation with what makes its names readable: which
// others are its other names now, and which acts made and undid that.
type OrganisationFile struct {
	domain.Organisation
	Into   *domain.Organisation  // the one it was merged into
	Merged []domain.Organisation // those merged into it
	Merges []MergeRecord         // of either side, the latest first
	Uses   Uses
}

// Uses count what bears an organisation's name.
type Uses struct {
	People     int // who hold a role of it today
	Proposals  int // that it submits
	Shares     int // proposals of others in which it has a share
	Programmes int // in which it has a share of a grant
}

func (t *tx) uses(id uuid.UUID) (u Uses, err error) {
	err = t.Raw(`SELECT (SELECT count(DISTINCT person) FROM memberships WHERE organisation = ? AND term @> ?::date),
		(SELECT count(*) FROM proposals WHERE organisation = ?),
		(SELECT count(*) FROM proposals WHERE organisation <> ? AND shares @> jsonb_build_array(jsonb_build_object('organisation', ?::text))),
		(SELECT count(*) FROM programme_shares WHERE organisation = ?)`, id, t.today(), id, id, id.String(), id).
		Row().Scan(&u.People, &u.Proposals, &u.Shares, &u.Programmes)
	return u, err
}

// MergeRecord is a merge as it stands on record, and its undoing where there is one.
type MergeRecord struct {
	domain.Merge
	By     string // who said so
	Undone *Undoing
}

// Undoing is a later act that took a merge back.
type Undoing struct {
	Reason, By string
	At         time.Time
}

const mergedInto = `(SELECT x.survivor FROM merged_organisations x WHERE x.merged = o.id)`

// withAliases fills in the other names of organisations.
func (t *tx) withAliases(list []domain.Organisation) error {
	at := make(map[uuid.UUID]int, len(list))
	ids := make([]uuid.UUID, len(list))
	for i, o := range list {
		at[o.ID], ids[i] = i, o.ID
	}
	if len(ids) == 0 {
		return nil
	}
	rows, err := t.Raw(`SELECT id, organisation, text, kind, language FROM organisation_aliases WHERE organisation IN ? AND ended_at IS NULL
		ORDER BY kind, text, language`, ids).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a domain.Alias
		if err := rows.Scan(&a.ID, &a.Organisation, &a.Text, &a.Kind, &a.Language); err != nil {
			return err
		}
		o := &list[at[a.Organisation]]
		o.Aliases = append(o.Aliases, a)
	}
	return rows.Err()
}

// everyOrganisation is all there are, by code, with their other names: a few
// hundred, searched and compared here.
func (t *tx) everyOrganisation() ([]domain.Organisation, error) {
	return t.organisations(`true ORDER BY o.code`)
}

func (t *tx) organisations(condition string, args ...any) ([]domain.Organisation, error) {
	rows, err := t.Raw(organisationColumns+`WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Organisation
	for rows.Next() {
		o, err := scanOrganisation(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	return list, t.withAliases(list)
}

// Organisation is one, with what it is also called. One that was merged is still
// itself, and says into which.
func (s *Store) Organisation(ctx context.Context, by domain.Actor, id uuid.UUID) (OrganisationFile, error) {
	return read(ctx, s, by, func(t *tx) (OrganisationFile, error) { return t.organisationFile(id) })
}

func (t *tx) organisationFile(id uuid.UUID) (f OrganisationFile, err error) {
	if f.Organisation, err = t.organisation(id, ""); err != nil {
		return f, err
	}
	if f.MergedInto != uuid.Nil {
		into, err := t.organisation(f.MergedInto, "")
		if err != nil {
			return f, err
		}
		f.Into = &into
	}
	if f.Merged, err = t.organisations(`o.id IN (SELECT merged FROM merged_organisations WHERE survivor = ?) ORDER BY o.code`, id); err != nil {
		return f, err
	}
	if f.Uses, err = t.uses(id); err != nil {
		return f, err
	}
	f.Merges, err = t.merges(id)
	return f, err
}

func (t *tx) merges(organisation uuid.UUID) ([]MergeRecord, error) {
	rows, err := t.Raw(`SELECT m.id, m.merged, m.survivor, m.reason, m.person, m.at, p.name, u.reason, up.name, u.at FROM organisation_merges m
		JOIN persons p ON p.id = m.person LEFT JOIN organisation_merge_undoings u ON u.merge = m.id LEFT JOIN persons up ON up.id = u.person
		WHERE ? IN (m.merged, m.survivor) ORDER BY m.at DESC, m.id`, organisation).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []MergeRecord
	for rows.Next() {
		var m MergeRecord
		var reason, who *string
		var at *time.Time
		if err := rows.Scan(&m.ID, &m.Merged, &m.Into, &m.Reason, &m.Person, &m.At, &m.By, &reason, &who, &at); err != nil {
			return nil, err
		}
		if reason != nil {
			m.Undone = &Undoing{*reason, *who, *at}
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

// AddAlias gives an organisation another name.
func (s *Store) AddAlias(ctx context.Context, by Ask, id uuid.UUID, text string, kind domain.AliasKind, language string) (OrganisationFile, error) {
	return act(ctx, s, by, "organisation.alias", func(t *tx) (OrganisationFile, error) {
		t.on("organisation", id)
		o, err := t.organisation(id, lockOrganisation)
		if err != nil {
			return OrganisationFile{}, err
		}
		a, err := o.Alias(uuid.New(), text, kind, language)
		if err != nil {
			return OrganisationFile{}, err
		}
		t.changed("alias", map[string]string{"text": a.Text, "kind": string(a.Kind), "language": a.Language})
		if err := t.addAliases(a); err != nil {
			return OrganisationFile{}, err
		}
		return t.organisationFile(id)
	})
}

func (t *tx) addAliases(list ...domain.Alias) error {
	for _, a := range list {
		if err := t.Exec(`INSERT INTO organisation_aliases (id, organisation, text, kind, language, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			a.ID, a.Organisation, a.Text, string(a.Kind), a.Language, orNull(t.by.Person), t.now).Error; err != nil {
			return err
		}
	}
	return nil
}

// EndAlias takes another name away again: it stays on record as one that was given.
func (s *Store) EndAlias(ctx context.Context, by Ask, alias uuid.UUID) (OrganisationFile, error) {
	return act(ctx, s, by, "organisation.alias", func(t *tx) (OrganisationFile, error) {
		var id uuid.UUID
		var text string
		if err := t.Raw(`SELECT organisation, text FROM organisation_aliases WHERE id = ?`, alias).Row().Scan(&id, &text); err != nil {
			return OrganisationFile{}, missing(err)
		}
		t.on("organisation", id)
		done := t.Exec(`UPDATE organisation_aliases SET ended_at = ? WHERE id = ? AND ended_at IS NULL`, t.now, alias)
		if done.Error != nil {
			return OrganisationFile{}, done.Error
		}
		if done.RowsAffected == 0 {
			return OrganisationFile{}, domain.ErrAliasEnded.With("given", text)
		}
		t.changed("alias-ended", text)
		return t.organisationFile(id)
	})
}

// MergeOrganisation makes one another name of another, on a person's word.
func (s *Store) MergeOrganisation(ctx context.Context, by Ask, id, into uuid.UUID, reason string) (OrganisationFile, error) {
	return act(ctx, s, by, "organisation.merge", func(t *tx) (OrganisationFile, error) {
		t.on("organisation", id)
		one, other, err := t.pair(id, into)
		if err != nil {
			return OrganisationFile{}, err
		}
		m, err := one.MergeInto(other, t.by, reason, t.now)
		if err != nil {
			return OrganisationFile{}, err
		}
		t.changed("into", other.Code)
		t.changed("reason", m.Reason)
		if err := t.Exec(`INSERT INTO organisation_merges (id, merged, survivor, reason, person, at) VALUES (?, ?, ?, ?, ?, ?)`,
			uuid.New(), m.Merged, m.Into, m.Reason, m.Person, m.At).Error; err != nil {
			return OrganisationFile{}, err
		}
		if err := t.foundSince(); err != nil {
			return OrganisationFile{}, err
		}
		return t.organisationFile(id)
	})
}

// pair locks two organisations, always in one order.
func (t *tx) pair(one, other uuid.UUID) (a, b domain.Organisation, err error) {
	if err := t.Exec(`SELECT FROM organisations WHERE id IN ? ORDER BY id `+lockOrganisation, []uuid.UUID{one, other}).Error; err != nil {
		return a, b, err
	}
	if a, err = t.organisation(one, ""); err != nil {
		return a, b, err
	}
	b, err = t.organisation(other, "")
	return a, b, err
}

const lockOrganisation = `FOR NO KEY UPDATE`

// UnmergeOrganisation takes a merge back: the two are two again.
func (s *Store) UnmergeOrganisation(ctx context.Context, by Ask, id uuid.UUID, reason string) (OrganisationFile, error) {
	return act(ctx, s, by, "organisation.unmerge", func(t *tx) (OrganisationFile, error) {
		t.on("organisation", id)
		o, err := t.organisation(id, lockOrganisation)
		if err != nil {
			return OrganisationFile{}, err
		}
		if err := o.Unmerge(reason); err != nil {
			return OrganisationFile{}, err
		}
		t.changed("reason", reason)
		if err := t.Exec(`INSERT INTO organisation_merge_undoings (merge, reason, person, at)
			SELECT merge, ?, ?, ? FROM merged_organisations WHERE merged = ?`, reason, t.by.Person, t.now, id).Error; err != nil {
			return OrganisationFile{}, err
		}
		return t.organisationFile(id)
	})
}

// TellApart keeps, on a person's word, that two that look alike are two.
func (s *Store) TellApart(ctx context.Context, by Ask, id, other uuid.UUID, reason string) error {
	_, err := act(ctx, s, by, "organisation.tell-apart", func(t *tx) (uuid.UUID, error) {
		t.on("organisation", id)
		one, two, err := t.pair(id, other)
		if err != nil {
			return id, err
		}
		a, err := domain.ToldApart(one, two, reason)
		if err != nil {
			return id, err
		}
		t.changed("apart", two.Code)
		return id, t.Exec(`INSERT INTO organisations_apart (one, other, reason, person, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			a.One, a.Other, a.Reason, t.by.Person, t.now).Error
	})
	return err
}

// Duplicates pairs the organisations that may be one; or, where another is
// described that the fund may not know yet, those that it may be.
func (s *Store) Duplicates(ctx context.Context, by domain.Actor, like *domain.Organisation) ([]domain.Duplicate, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.Duplicate, error) {
		all, err := t.everyOrganisation()
		if err != nil {
			return nil, err
		}
		if like != nil {
			return domain.LikelyOf(*like, all), nil
		}
		apart, err := t.apart()
		if err != nil {
			return nil, err
		}
		return domain.LikelyDuplicates(all, func(one, other uuid.UUID) bool {
			return slices.Contains(apart, [2]uuid.UUID{one, other}) || slices.Contains(apart, [2]uuid.UUID{other, one})
		}), nil
	})
}

func (t *tx) apart() (pairs [][2]uuid.UUID, err error) {
	rows, err := t.Raw(`SELECT one, other FROM organisations_apart`).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p [2]uuid.UUID
		if err := rows.Scan(&p[0], &p[1]); err != nil {
			return nil, err
		}
		pairs = append(pairs, p)
	}
	return pairs, rows.Err()
}

var _ = ask(
	Question{"merged-once", "an organisation is merged into two at once, or into one that is merged itself when it was", `
		SELECT o.code FROM organisations o WHERE (SELECT count(*) FROM merged_organisations m WHERE m.merged = o.id) > 1
		UNION SELECT o.code FROM organisations o JOIN organisation_merges m ON m.merged = o.id JOIN organisations s ON s.id = m.survivor WHERE o.kind = 'state' OR s.kind = 'state'`},
	Question{"merges-end-somewhere", "merges lead in a circle", `
		WITH RECURSIVE way AS (SELECT merged, survivor, 1 AS steps FROM merged_organisations
			UNION ALL SELECT w.merged, m.survivor, w.steps + 1 FROM way w JOIN merged_organisations m ON m.merged = w.survivor WHERE w.steps < 100)
		SELECT DISTINCT merged::text FROM way WHERE merged = survivor OR steps = 100`},
)
