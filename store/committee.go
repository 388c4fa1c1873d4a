package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

func init() { promises["on_the_committee_once"] = domain.ErrOnCommittee }

// Committee is the Executive Committee on a day.
type Committee struct {
	On           time.Time
	Constituency string    // whose members it is by the rules of that day; "" where it is a list of its own
	Members      []Members // on that day
	Terms        []Members // all that is kept of the list of its own, the earliest first
}

// Committee tells who is of the Executive Committee on a day, today where it is zero, by
// the rules of that day.
func (s *Store) Committee(ctx context.Context, by domain.Actor, on time.Time) (Committee, error) {
	return read(ctx, s, by, func(t *tx) (Committee, error) {
		c := Committee{On: on}
		if on.IsZero() {
			c.On = t.today()
		}
		rules, err := t.charterOn(c.On)
		if errors.Is(err, charter.ErrNoneInForce) {
			return c, nil // before the fund had rules it had no committee either
		}
		if err != nil {
			return c, err
		}
		if c.Constituency = rules.Body.ExecutiveCommittee.Value; c.Constituency == charter.OwnList {
			c.Constituency = ""
		}
		of, err := t.committee(rules, `true`)
		if err != nil {
			return c, err
		}
		of = slices.DeleteFunc(of, func(b domain.Belonging) bool { return !b.On(c.On) })
		if c.Members, err = t.membersOf(of); err != nil {
			return c, err
		}
		kept, err := t.committeeTerms(`true`)
		if err != nil {
			return c, err
		}
		c.Terms, err = t.membersOf(kept)
		return c, err
	})
}

// committee are the times on the Executive Committee as a charter has it, that meet a condition.
func (t *tx) committee(c charter.Charter, condition string, args ...any) ([]domain.Belonging, error) {
	if c.Body.ExecutiveCommittee.Value == charter.OwnList {
		return t.committeeTerms(condition, args...)
	}
	return t.belongings(`constituency = ? AND `+condition, append([]any{c.Body.ExecutiveCommittee.Value}, args...)...)
}

func (t *tx) committeeTerms(condition string, args ...any) (list []domain.Belonging, err error) {
	err = t.each(`SELECT id, organisation, lower(term), upper(term) - 1, note, left_note FROM committee_terms WHERE `+condition+` ORDER BY lower(term), id`, func(scan func(...any) error) error {
		b := domain.Belonging{Constituency: charter.OwnList}
		var until *time.Time
		err := scan(&b.ID, &b.Organisation, &b.From, &until, &b.Note, &b.LeftNote)
		b.Until = orOpen(until)
		list = append(list, b)
		return err
	}, args...)
	return list, err
}

// membersOf calls those who belong somewhere by their names.
func (t *tx) membersOf(list []domain.Belonging) ([]Members, error) {
	ids := make([]uuid.UUID, len(list))
	for i, b := range list {
		ids[i] = b.Organisation
	}
	names, err := t.named(ids...)
	members := make([]Members, len(list))
	for i, b := range list {
		o := names[b.Organisation]
		members[i] = Members{Belonging: b, Code: o.Code, Name: o.Name}
	}
	return members, err
}

// JoinCommittee puts an organisation on the Executive Committee's own list.
func (s *Store) JoinCommittee(ctx context.Context, by Ask, b domain.Belonging) (domain.Belonging, error) {
	return act(ctx, s, by, "committee.admit", func(t *tx) (domain.Belonging, error) {
		o, err := t.organisationAt(b.Organisation, lockOrganisation, "/organisation")
		if err != nil {
			return b, err
		}
		if b, err = b.OnCommittee(o); err != nil {
			return b, err
		}
		b.ID = uuid.New()
		t.on("committee-term", b.ID)
		t.changed("organisation", o.Code)
		t.changed("from", day(b.From))
		return b, t.Exec(`INSERT INTO committee_terms (id, organisation, term, note, person, at) VALUES (?, ?, daterange(?::date, ?::date, '[]'), ?, ?, ?)`,
			b.ID, b.Organisation, day(b.From), lastDay(b.Until), b.Note, t.by.Person, t.now).Error
	})
}

// LeaveCommittee sets an organisation's last day on that list.
func (s *Store) LeaveCommittee(ctx context.Context, by Ask, id uuid.UUID, on time.Time, note string) (domain.Belonging, error) {
	return act(ctx, s, by, "committee.release", func(t *tx) (domain.Belonging, error) {
		t.on("committee-term", id)
		if err := t.Exec(`SELECT FROM committee_terms WHERE id = ? FOR UPDATE`, id).Error; err != nil {
			return domain.Belonging{}, err
		}
		b, err := only(t.committeeTerms(`id = ?`, id))
		if err != nil {
			return b, err
		}
		if b, err = b.LeaveCommittee(on, note); err != nil {
			return b, err
		}
		t.changed("until", day(b.Until))
		return b, t.Exec(`UPDATE committee_terms SET term = daterange(lower(term), ?::date, '[]'), left_note = ? WHERE id = ?`, day(b.Until), note, b.ID).Error
	})
}
