package store

import (
	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// prepare allocates the preparation money of a concept note that is being selected,
// to a programme of its own: it is transferred, and comes back, as any other's.
func (t *tx) prepare(a adoption) error {
	p := a.decision.Prepare(*a.Case, t.now)
	if err := t.insertProgramme(p); err != nil {
		return err
	}
	entry := domain.Entry{ID: uuid.New(), BookedOn: t.today(), ValueOn: t.today(), Memo: p.Code, Subject: "decision:" + a.decision.Number}
	a.out.Programme = p.Code
	t.changed("programme", p.Code)
	return t.allocateDrawn(entry, p, a.decision.ID, a.drawn)
}

// preparation is the programme that prepares a proposal's document, held for an act
// and not yet over; nil where there is none.
func (t *tx) preparation(proposal uuid.UUID) (*domain.Programme, error) {
	var id uuid.UUID
	if err := t.Raw(`SELECT coalesce((SELECT id FROM programmes WHERE proposal = ? AND preparation AND state IN ('approved', 'suspended')), ?)`,
		proposal, uuid.Nil).Row().Scan(&id); err != nil || id == uuid.Nil {
		return nil, err
	}
	f, err := t.programmeForUpdate(id)
	return &f.Programme, err
}

// preparedWith is what was given to prepare a proposal's document, and is not freed.
func (t *tx) preparedWith(proposal uuid.UUID) (ledger.Money, error) {
	var given decimal.Decimal
	err := t.Raw(`SELECT coalesce(sum(s.amount), 0) FROM programmes p JOIN programme_shares s ON s.programme = p.id
		WHERE p.proposal = ? AND p.preparation AND NOT EXISTS (SELECT FROM programme_steps x WHERE x.programme = p.id AND x.state = 'cancelled')`, proposal).Row().Scan(&given)
	return ledger.New(given, t.currency()), err
}

// prepared ends the preparation of what is being granted.
func (t *tx) prepared(a adoption) error {
	p, err := t.preparation(a.Case.ID)
	if err != nil || p == nil {
		return err
	}
	return t.stepProgramme(*p, p.Prepared(a.decision, t.by, t.now, t.charter.Day(p.CreatedAt), t.today()))
}

// unprepared ends the preparation of what will not be granted: what is not on its way
// is available again.
func (t *tx) unprepared(proposal uuid.UUID) error {
	p, err := t.preparation(proposal)
	if err != nil || p == nil {
		return err
	}
	if err := t.free(*p, p.Code, "programme:"+p.Code); err != nil {
		return err
	}
	return t.stepProgramme(*p, p.Step("cancel", domain.ProgrammeCancelled, uuid.Nil, "", t.by, t.now))
}

var _ = ask(
	Question{"preparations-are-of-selections", "preparation money was given by what is no selection of its proposal, to more than one organisation, or not as decided", `
		SELECT p.code FROM programmes p JOIN decisions d ON d.id = p.decision WHERE p.preparation AND (d.kind <> 'pipeline' OR d.proposal IS DISTINCT FROM p.proposal
			OR d.amount IS DISTINCT FROM (SELECT sum(amount) FROM programme_shares s WHERE s.programme = p.id) OR (SELECT count(*) FROM programme_shares s WHERE s.programme = p.id) <> 1)
		UNION ALL SELECT d.number FROM decisions d WHERE d.kind = 'pipeline' AND d.amount IS NOT NULL AND NOT EXISTS (SELECT FROM programmes p WHERE p.decision = d.id AND p.preparation)`},
	Question{"preparations-end-with-their-proposal", "what is granted, declined or withdrawn is still being prepared, or what is granted and its preparation are more than was requested", `
		SELECT p.code FROM programmes p JOIN proposals x ON x.id = p.proposal WHERE p.preparation
		AND (x.stage IN ('approved', 'declined', 'withdrawn') AND p.state IN ('approved', 'suspended')
			OR EXISTS (SELECT FROM decisions d WHERE d.proposal = x.id AND d.kind = 'grant' AND p.state <> 'cancelled'
				AND d.amount + (SELECT sum(amount) FROM programme_shares s WHERE s.programme = p.id) > x.amount))`},
)
