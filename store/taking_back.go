package store

import (
	"errors"

	"startupfund/domain"
	"startupfund/domain/charter"
)

func init() { promises["charters_taken_back_pkey"] = domain.ErrRulesTakenBack }

// beginTakingBack begins a draft that takes a version back before its day.
func (t *tx) beginTakingBack(newest charter.Charter, as domain.RulesDraft) (domain.RulesDraft, error) {
	var there bool
	if err := t.Raw(`SELECT EXISTS (SELECT FROM charters WHERE version = ?)`, as.TakesBack).Row().Scan(&there); err != nil {
		return as, err
	}
	if !there {
		return as, domain.ErrUnknownWord.With("given", as.TakesBack).At("/takes_back")
	}
	of, err := t.charterOf(as.TakesBack)
	if err != nil {
		return as, err
	}
	back, err := t.takingBack(of)
	if err != nil {
		return as, err
	}
	return domain.Amendment{From: of, Newest: newest, Today: t.today(), Back: back}.BeginTakingBack(t.by, as, t.now)
}

// takingBack is what follows from taking a version back.
func (t *tx) takingBack(of charter.Charter) (*domain.TakingBack, error) {
	r, err := t.rota()
	if err != nil {
		return nil, err
	}
	ahead, err := t.nominations(`state IN ('nominated', 'chosen')`)
	if err != nil {
		return nil, err
	}
	return r.Without(of, r.Charters, ahead), nil
}

// takeBack keeps that the body took a version back. Who is to sit was looked at before the
// seats were held still, so it is looked at again.
func (t *tx) takeBack(a adoption) error {
	if err := t.lockRotation(); err != nil {
		return err
	}
	again, err := t.amendment(a.Amendment.ID, a.Question.ID, true)
	if err != nil {
		return err
	}
	if err := again.Decidable(); err != nil {
		return err
	}
	d, _, _, err := again.Adopted(a.decision, t.now)
	if err != nil {
		return err
	}
	t.changed("charter_taken_back", d.TakesBack)
	return errors.Join(t.Exec(`INSERT INTO charters_taken_back (version, decision, at) VALUES (?, ?, ?)`, d.TakesBack, a.decision.ID, t.now).Error, t.saveRules(d))
}

var _ = ask(
	Question{"taken-back-before-its-day", "a version of the rules was taken back once it was in force", `
		SELECT c.version::text FROM charters_taken_back b JOIN charters c USING (version) WHERE (b.at AT TIME ZONE c.time_zone)::date >= c.effective_from`},
	Question{"taken-back-as-decided", "a version of the rules is taken back without its draft being adopted, or the other way round", `
		SELECT r.ref FROM rules_drafts r WHERE r.takes_back IS NOT NULL AND r.state = 'adopted'
			AND NOT EXISTS (SELECT FROM charters_taken_back b JOIN decisions d ON d.id = b.decision JOIN questions q ON q.id = d.question WHERE q.rules = r.id AND b.version = r.takes_back)
		UNION SELECT b.version::text FROM charters_taken_back b
			WHERE NOT EXISTS (SELECT FROM decisions d JOIN questions q ON q.id = d.question JOIN rules_drafts r ON r.id = q.rules WHERE d.id = b.decision AND r.takes_back = b.version)`},
)
