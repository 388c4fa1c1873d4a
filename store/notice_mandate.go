package store

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// factOfMandate is what is told of a mandate that a question touches: which item and whose
// mandate it is. What it says is read on the item.
func (t *tx) factOfMandate(f fact, question uuid.UUID) (fact, error) {
	f, err := t.factOf(f, question, "")
	if err != nil {
		return f, err
	}
	code, _ := t.changes["mandate"].(string)
	f.params["organisation"] = code
	if t.changes["settled"] == true {
		f.params["settled"] = "yes"
	}
	return f, t.Raw(`SELECT id FROM organisations WHERE code = ?`, code).Row().Scan(&f.recipient)
}

// presiding keeps of some listeners those who preside over the item.
func (f fact) presiding(all []listener) (list []listener) {
	for _, l := range all {
		if f.item != nil && f.item.PresidedBy(domain.Actor{Person: l.person, Hat: l.hat}) {
			list = append(list, l)
		}
	}
	return list
}

// unheeded are the items with a mandate that is not settled, one task each, for as long as
// they are before the body or came to a decision.
func (t *tx) unheeded() (list []domain.Task, err error) {
	open, err := t.questions(`q.state NOT IN ('withdrawn', 'voided', 'returned') AND EXISTS (SELECT FROM mandates m WHERE m.question = q.id
		AND NOT EXISTS (SELECT FROM mandate_settlements s WHERE s.question = m.question AND s.n = m.n AND s.settled)) ORDER BY q.opened_at NULLS LAST, q.id LIMIT ?`, mostTasks)
	if err != nil {
		return nil, err
	}
	for _, q := range open {
		i, err := t.item(q.ID, false)
		if err != nil {
			return nil, err
		}
		if _, hidden := i.Hidden(t.by); hidden {
			continue
		}
		var since time.Time
		for _, m := range i.Mandates {
			if !m.Settled() && (since.IsZero() || m.At.Before(since)) {
				since = m.At
			}
		}
		task := domain.Task{Subject: "question", ID: q.ID.String(), Ref: i.Ref(), Title: q.Title, Language: q.Language, Since: since}
		for _, w := range task.Waits(t.by.Hat.Role, i.May(t.by)) {
			if w.Kind == "mandate.settle" {
				list = append(list, w)
			}
		}
	}
	return list, nil
}
