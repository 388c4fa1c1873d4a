package store

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

func init() { promises["interest_dismissals_pkey"] = domain.ErrDismissed }

// DismissInterest sets an organisation's interest in an item aside, with the reason.
func (s *Store) DismissInterest(ctx context.Context, by Ask, question uuid.UUID, organisation string, kind charter.InterestKind, reason string) (domain.Interest, error) {
	return act(ctx, s, by, "interest.dismiss", func(t *tx) (domain.Interest, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return domain.Interest{}, err
		}
		var ours []uuid.UUID
		if err := t.Raw(`SELECT DISTINCT organisation FROM memberships WHERE person = ? AND term @> ?::date`, by.Person, t.today()).Scan(&ours).Error; err != nil {
			return domain.Interest{}, err
		}
		x, err := i.Dismiss(by.Actor, ours, organisation, kind, reason, t.now)
		if err != nil {
			return x, err
		}
		t.changed("interest", string(kind))
		t.changed("organisation", x.Code)
		if err := t.Raw(`SELECT name FROM persons WHERE id = ?`, by.Person).Row().Scan(&x.Dismissed.By); err != nil {
			return x, err
		}
		if err := t.insertInterests(question, []domain.Interest{x}); err != nil { // what the facts show may not be on record yet
			return x, err
		}
		return x, t.Exec(`INSERT INTO interest_dismissals (interest, reason, person, at) VALUES (?, ?, ?, ?)`, x.ID, x.Dismissed.Reason, by.Person, x.Dismissed.At).Error
	})
}

// SuggestInterest puts an interest of another organisation on record, as the secretariat
// knows of it.
func (s *Store) SuggestInterest(ctx context.Context, by Ask, question uuid.UUID, organisation string, kind charter.InterestKind, note string) (domain.Interest, error) {
	return act(ctx, s, by, "interest.suggest", func(t *tx) (domain.Interest, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return domain.Interest{}, err
		}
		x, err := i.Suggest(by.Actor, organisation, kind, note, t.now)
		if err != nil {
			return x, err
		}
		t.changed("interest", string(kind))
		t.changed("organisation", x.Code)
		return x, errors.Join(t.insertInterests(question, []domain.Interest{x}), t.drawAround(question))
	})
}

// withAside gives proposals the interests that every item about them has set aside.
func (t *tx) withAside(list []domain.Proposal) error {
	if len(list) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(list))
	for n, p := range list {
		ids[n] = p.ID
	}
	aside, err := t.setAside(ids)
	for n, p := range list {
		list[n].Aside = aside[p.ID]
	}
	return err
}

// setAside are the kinds of interest that every item about each of some proposals has set
// aside, by organisation. It is of the organisation's own name: of what was another before
// they were merged, it is set aside anew.
func (t *tx) setAside(proposals []uuid.UUID) (map[uuid.UUID]map[uuid.UUID][]charter.InterestKind, error) {
	aside := map[uuid.UUID]map[uuid.UUID][]charter.InterestKind{}
	err := t.each(`SELECT proposal, organisation, kind FROM interests_set_aside WHERE proposal IN ?`, func(scan func(...any) error) error {
		var proposal, organisation uuid.UUID
		var kind charter.InterestKind
		err := scan(&proposal, &organisation, &kind)
		if aside[proposal] == nil {
			aside[proposal] = map[uuid.UUID][]charter.InterestKind{}
		}
		aside[proposal][organisation] = append(aside[proposal][organisation], kind)
		return err
	}, append(proposals, uuid.Nil))
	return aside, err
}

var _ = ask(
	Question{"dismissed-in-time", "an interest was dismissed once its question had been put, or before it was on record", `
		SELECT d.interest::text FROM interest_dismissals d JOIN interests i ON i.id = d.interest JOIN questions q ON q.id = i.question
		WHERE d.at > coalesce(q.opened_at, q.closed_at) OR d.at < i.at`},
	Question{"dismissed-by-another", "an interest was dismissed by whoever had declared it, or sat for its organisation in the room", `
		SELECT d.interest::text FROM interest_dismissals d JOIN interests i ON i.id = d.interest JOIN questions q ON q.id = i.question
		WHERE i.source IN ('declared', 'standing') AND i.person = d.person
		   OR EXISTS (SELECT FROM presences p WHERE p.meeting = q.meeting AND p.person = d.person AND p.organisation = i.organisation AND p.joined_at <= d.at AND (p.left_at IS NULL OR p.left_at > d.at))`},
	Question{"one-interest-stands", "two interests of one organisation and kind stand in one item", `
		SELECT question::text FROM interests_in_effect GROUP BY question, organisation, kind,
			CASE WHEN kind = 'personal' AND source IN ('declared', 'standing') THEN person END HAVING count(*) > 1`},
	Question{"dismissed-recuse-nobody", "a seat is recused on the roll by an interest that was dismissed", `
		SELECT DISTINCT r.question::text FROM question_rolls r WHERE r.recused
		AND EXISTS (SELECT FROM interests i WHERE i.question = r.question AND i.organisation = r.organisation AND i.kind = r.reason)
		AND NOT EXISTS (SELECT FROM interests_in_effect i WHERE i.question = r.question AND i.organisation = r.organisation AND i.kind = r.reason)`},
)
