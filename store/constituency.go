package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"startupfund/domain"
)

func (t *tx) belongings(condition string, args ...any) (list []domain.Belonging, err error) {
	rows, err := t.Raw(`SELECT id, organisation, constituency, kind, lower(term), upper(term) - 1, note, left_note FROM belongings
		WHERE `+condition+` ORDER BY constituency, lower(term), id`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var b domain.Belonging
		var until *time.Time
		if err := rows.Scan(&b.ID, &b.Organisation, &b.Constituency, &b.Kind, &b.From, &until, &b.Note, &b.LeftNote); err != nil {
			return nil, err
		}
		b.Until = orOpen(until)
		list = append(list, b)
	}
	return list, rows.Err()
}

func (t *tx) groupTerms(condition string, args ...any) (list []domain.GroupTerm, err error) {
	rows, err := t.Raw(`SELECT id, organisation, grouping, lower(term), upper(term) - 1, note FROM group_terms
		WHERE `+condition+` ORDER BY lower(term) NULLS FIRST, grouping, id`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var g domain.GroupTerm
		var from, until *time.Time
		if err := rows.Scan(&g.ID, &g.Organisation, &g.Group, &from, &until, &g.Note); err != nil {
			return nil, err
		}
		g.From, g.Until = orOpen(from), orOpen(until)
		list = append(list, g)
	}
	return list, rows.Err()
}

func (t *tx) addGroups(list ...domain.GroupTerm) error { return addGroups(t.DB, list...) }

func addGroups(db *gorm.DB, list ...domain.GroupTerm) error {
	for _, g := range list {
		if err := db.Exec(`INSERT INTO group_terms (id, organisation, grouping, term, note) VALUES (?, ?, ?, daterange(?::date, ?::date, '[]'), ?)`,
			g.ID, g.Organisation, string(g.Group), lastDay(g.From), lastDay(g.Until), g.Note).Error; err != nil {
			return err
		}
	}
	return nil
}

// knownGroups writes down the groups of those states of which none were: who came
// before there was the reference list.
func (s *Store) knownGroups(ctx context.Context) error {
	return s.db.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		rows, err := db.Raw(`SELECT id, iso3166 FROM organisations o WHERE kind = 'state' AND iso3166 IS NOT NULL
			AND NOT EXISTS (SELECT FROM group_terms g WHERE g.organisation = o.id) FOR NO KEY UPDATE`).Rows()
		if err != nil {
			return err
		}
		defer rows.Close()
		var list []domain.GroupTerm
		for rows.Next() {
			o := domain.Organisation{Kind: domain.State}
			if err := rows.Scan(&o.ID, &o.ISO3166); err != nil {
				return err
			}
			list = append(list, o.KnownGroups()...)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		return addGroups(db, list...)
	})
}

// Members are an organisation's days in a constituency, and its groups where it is
// a state.
type Members struct {
	domain.Belonging
	Code, Name string
	Groups     []domain.GroupTerm
}

// Constituencies lists who belongs to them on a day, today where it is zero; or who
// ever did.
func (s *Store) Constituencies(ctx context.Context, by domain.Actor, on time.Time, ever bool) ([]Members, error) {
	return read(ctx, s, by, func(t *tx) ([]Members, error) {
		if on.IsZero() {
			on = t.today()
		}
		list, err := t.belongings(`? OR term @> ?::date`, ever, day(on))
		if err != nil {
			return nil, err
		}
		groups, err := t.groupTerms(`? OR term @> ?::date`, ever, day(on))
		if err != nil {
			return nil, err
		}
		of := map[uuid.UUID][]domain.GroupTerm{}
		for _, g := range groups {
			of[g.Organisation] = append(of[g.Organisation], g)
		}
		members, err := t.membersOf(list)
		for i := range members {
			members[i].Groups = of[members[i].Organisation]
		}
		return members, err
	})
}

// Admit lets an organisation belong to a constituency.
func (s *Store) Admit(ctx context.Context, by Ask, b domain.Belonging) (domain.Belonging, error) {
	return act(ctx, s, by, "constituency.admit", func(t *tx) (domain.Belonging, error) {
		o, err := t.organisationAt(b.Organisation, lockOrganisation, "/organisation")
		if err != nil {
			return b, err
		}
		if b, err = b.Check(t.charter, o); err != nil {
			return b, err
		}
		b.ID = uuid.New()
		t.on("belonging", b.ID)
		t.changed("organisation", o.Code)
		t.changed("constituency", b.Constituency)
		t.changed("from", day(b.From))
		return b, t.Exec(`INSERT INTO belongings (id, organisation, constituency, kind, term, note, person, at) VALUES (?, ?, ?, ?, daterange(?::date, ?::date, '[]'), ?, ?, ?)`,
			b.ID, b.Organisation, b.Constituency, b.Kind, day(b.From), lastDay(b.Until), b.Note, orNull(t.by.Person), t.now).Error
	})
}

// LeaveConstituency sets the last day on which an organisation belongs there.
func (s *Store) LeaveConstituency(ctx context.Context, by Ask, id uuid.UUID, on time.Time, note string) (domain.Belonging, error) {
	return act(ctx, s, by, "constituency.release", func(t *tx) (domain.Belonging, error) {
		t.on("belonging", id)
		if err := t.lockRotation(); err != nil {
			return domain.Belonging{}, err
		}
		b, err := only(t.belongings(`id = ?`, id))
		if err != nil {
			return b, err
		}
		seats, err := t.allSeats()
		if err != nil {
			return b, err
		}
		terms, err := t.seatTerms(`organisation = ?`, b.Organisation)
		if err != nil {
			return b, err
		}
		if b, err = b.Leave(on, note, terms, seats); err != nil {
			return b, err
		}
		t.changed("until", day(b.Until))
		return b, t.Exec(`UPDATE belongings SET term = daterange(lower(term), ?::date, '[]'), left_note = ? WHERE id = ?`, day(b.Until), note, b.ID).Error
	})
}

// GroupsOf are the groups in which an organisation was, is and will be.
func (s *Store) GroupsOf(ctx context.Context, by domain.Actor, organisation uuid.UUID) ([]domain.GroupTerm, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.GroupTerm, error) {
		if _, err := t.organisation(organisation, ""); err != nil {
			return nil, err
		}
		return t.groupTerms(`organisation = ?`, organisation)
	})
}

// JoinGroup says that a state is in a group of the United Nations.
func (s *Store) JoinGroup(ctx context.Context, by Ask, g domain.GroupTerm) (domain.GroupTerm, error) {
	return act(ctx, s, by, "organisation.group", func(t *tx) (domain.GroupTerm, error) {
		t.on("organisation", g.Organisation)
		o, err := t.organisation(g.Organisation, lockOrganisation)
		if err != nil {
			return g, err
		}
		has, err := t.groupTerms(`organisation = ?`, o.ID)
		if err != nil {
			return g, err
		}
		if g, err = g.Join(o, has); err != nil {
			return g, err
		}
		g.ID = uuid.New()
		t.changed("group", g.Group)
		t.changed("from", day(g.From))
		return g, t.addGroups(g)
	})
}

// LeaveGroup sets the last day on which a state is in a group.
func (s *Store) LeaveGroup(ctx context.Context, by Ask, id uuid.UUID, on time.Time, note string) (domain.GroupTerm, error) {
	return act(ctx, s, by, "organisation.group", func(t *tx) (domain.GroupTerm, error) {
		g, err := only(t.groupTerms(`id = ?`, id))
		if err != nil {
			return g, err
		}
		t.on("organisation", g.Organisation)
		if _, err := t.organisation(g.Organisation, lockOrganisation); err != nil {
			return g, err
		}
		if g, err = g.End(on, note); err != nil {
			return g, err
		}
		t.changed("group", g.Group)
		t.changed("until", day(g.Until))
		return g, t.Exec(`UPDATE group_terms SET term = daterange(lower(term), ?::date, '[]'), ended_note = ? WHERE id = ?`, day(g.Until), note, g.ID).Error
	})
}
