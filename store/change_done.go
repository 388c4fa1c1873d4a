package store

import (
	"errors"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// changeCase opens a request as a question about it needs it; question is that
// question, or none yet.
func (t *tx) changeCase(id, question uuid.UUID, toAct bool) (*domain.ChangeCase, error) {
	var programme uuid.UUID
	if err := t.Raw(`SELECT programme FROM change_requests WHERE id = ?`, id).Row().Scan(&programme); err != nil {
		if errors.Is(missing(err), domain.ErrMissing) {
			return nil, domain.ErrUnknownWord.With("given", id.String()).At("/change")
		}
		return nil, err
	}
	g, err := t.programmeCase(programme, toAct)
	if err != nil {
		return nil, err
	}
	f, err := t.changeFile(id, g)
	if err != nil {
		return nil, err
	}
	return &domain.ChangeCase{ChangeRequest: f.ChangeRequest, Programme: g, Listed: f.Listed && f.Agenda.Question != question}, nil
}

// change does what an adopted request asks.
func (t *tx) change(a adoption) error {
	x := a.Change
	a.out.Programme = x.Programme.Code
	if err := t.doChange(x.ChangeRequest, x.Programme, a.decision.ID, "decision:"+a.decision.Number, a.drawn); err != nil {
		return err
	}
	if err := t.impose(a.decision, x.Programme.Programme); err != nil {
		return err
	}
	return t.saveChange(x.Adopted())
}

// doChange makes a programme that is held what a request asks: its days and state,
// its shares, and its money in the books. Drawn is where more money comes from.
func (t *tx) doChange(x domain.ChangeRequest, g domain.ProgrammeCase, decision uuid.UUID, subject string, drawn domain.Drawn) error {
	entry := domain.Entry{ID: uuid.New(), BookedOn: t.today(), ValueOn: t.today(), Memo: x.Ref, Subject: subject}
	var v ledger.Voucher
	switch x.Kind {
	case domain.CostExtension:
		if err := t.allocateDrawn(entry, g.Programme, decision, drawn); err != nil {
			return err
		}
	case domain.BudgetRevision:
		v = domain.ReallocationVoucher(entry, g.Code, x.After.Moves(x.Before))
	case domain.Cancellation:
		if err := t.free(g.Programme, x.Ref, subject); err != nil {
			return err
		}
	}
	for _, s := range x.After.Shares {
		if err := t.Exec(`UPDATE programme_shares SET amount = ? WHERE programme = ? AND organisation = ?`, s.Amount.Text(), g.ID, s.Organisation).Error; err != nil {
			return err
		}
	}
	if len(v.Postings) > 0 {
		if err := t.post(v); err != nil {
			return err
		}
	}
	return t.stepProgramme(g.Programme, x.Done(g.Programme, decision, t.by, t.now))
}

// free takes back what asks for an ended programme's money and is not released, ends its
// waiting for more, and makes available what is left of it.
func (t *tx) free(p domain.Programme, memo, subject string) error {
	back, err := t.freed(p)
	if err != nil {
		return err
	}
	entry := domain.Entry{ID: uuid.New(), BookedOn: t.today(), ValueOn: t.today(), Memo: memo, Subject: subject}
	if v := domain.FreeingVoucher(entry, p.Code, back); len(v.Postings) > 0 {
		return t.post(v)
	}
	return nil
}

// freed withdraws what asks for a programme's money and is not released, and says
// under which earmarks what is left of it becomes available.
func (t *tx) freed(g domain.Programme) ([]domain.Draw, error) {
	if err := t.Exec(`SELECT FROM programme_shares WHERE programme = ? ORDER BY organisation FOR UPDATE`, g.ID).Error; err != nil {
		return nil, err
	}
	if err := t.giveUpAwaited(g.ID); err != nil {
		return nil, err
	}
	if err := t.Exec(`UPDATE transfer_requests SET stage = 'withdrawn', version = version + 1 WHERE programme = ? AND stage IN ('requested', 'signed', 'prepared', 'returned')`, g.ID).Error; err != nil {
		return nil, err
	}
	var accounts []ledger.Account
	for _, s := range g.Shares {
		accounts = append(accounts, domain.Allocated(g.Code, s.Code))
	}
	held, err := t.locked(accounts...)
	if err != nil {
		return nil, err
	}
	var left []domain.Draw
	for i, s := range g.Shares {
		left = append(left, domain.Draw{Organisation: s.Code, Amount: held[accounts[i]]})
	}
	rows, err := t.Raw(`SELECT substr(p.giver, length('fund:available:') + 1), p.amount FROM postings p JOIN vouchers v ON v.id = p.voucher
		WHERE p.giver LIKE 'fund:available:%' AND p.taker LIKE 'fund:allocated:' || ? || ':%' ORDER BY v.number, p.id`, g.Code).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var draws []domain.Draw
	for rows.Next() {
		var d domain.Draw
		var amount decimal.Decimal
		if err := rows.Scan(&d.Earmark, &amount); err != nil {
			return nil, err
		}
		d.Amount = ledger.New(amount, t.currency())
		draws = append(draws, d)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	back, err := pairs[string, decimal.Decimal](t.Raw(`SELECT substr(taker, length('fund:available:') + 1), sum(amount) FROM postings
		WHERE taker LIKE 'fund:available:%' AND giver LIKE 'fund:allocated:' || ? || ':%' GROUP BY 1`, g.Code).Rows())
	if err != nil {
		return nil, err
	}
	for i := len(draws) - 1; i >= 0; i-- { // what went back before is not drawn any more
		d := &draws[i]
		part := decimal.Min(back[d.Earmark], d.Amount.Amount)
		back[d.Earmark], d.Amount.Amount = back[d.Earmark].Sub(part), d.Amount.Amount.Sub(part)
	}
	return domain.Undrawn(draws, left), nil
}

var _ = ask(
	Question{"changes-are-decided", "a request for a change is adopted without a decision, or decided without being adopted", `
		SELECT x.ref FROM change_requests x LEFT JOIN questions q ON q.change = x.id AND q.state = 'adopted' WHERE (x.state = 'adopted') <> (q.id IS NOT NULL)`},
	Question{"cancelled-is-freed", "money stands allocated to a programme that is cancelled", `
		SELECT b.account FROM programmes p JOIN balances b ON starts_with(b.account, 'fund:allocated:' || p.code || ':') WHERE p.state = 'cancelled' AND b.held <> 0`},
)
