package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

func init() { promises["a_kind_of_change_is_asked_once_at_a_time"] = domain.ErrAskedAlready }

// ChangeFile is a request for a change of a programme, as its page shows it.
type ChangeFile struct {
	domain.ChangeRequest
	Code, Title string    // the programme's
	By          string    // who asked, by name
	For         string    // code of the organisation they asked for
	Agenda      *Agendum  // where the body deals with it, or did
	Decision    string    // number, where it was adopted
	SettledAt   time.Time // zero while it is asked
	Listed      bool      // a question about it waits or is open
	Moved       []domain.Moved
	May         []string
}

// Agendum is an item of a meeting by the words people know it by.
type Agendum struct {
	Question uuid.UUID
	Meeting  uuid.UUID
	Ref      string // "M-2026-02/3"
	State    domain.QuestionState
}

// AskChange asks for a change of a programme.
func (s *Store) AskChange(ctx context.Context, by Ask, programme uuid.UUID, x domain.ChangeRequest) (ChangeFile, error) {
	return act(ctx, s, by, "change.ask", func(t *tx) (ChangeFile, error) {
		g, err := t.programmeCase(programme, true)
		if err != nil {
			return ChangeFile{}, err
		}
		if !g.Sees(t.by) {
			return ChangeFile{}, domain.ErrMissing
		}
		if x, err = g.Ask(t.by, t.charter, x, t.now, t.today()); err != nil {
			return ChangeFile{}, err
		}
		if err := t.Raw(`SELECT coalesce(max(n), 0) + 1 FROM change_requests WHERE programme = ?`, programme).Row().Scan(&x.N); err != nil {
			return ChangeFile{}, err
		}
		x.Ref = fmt.Sprintf("%s/R%d", g.Code, x.N)
		t.on("change-request", x.ID)
		t.changed("programme", g.Code)
		t.changed("kind", string(x.Kind))
		t.changed("late", x.Late)
		if err := t.insertChange(x); err != nil {
			return ChangeFile{}, err
		}
		return t.changeFile(x.ID, g)
	})
}

// WithdrawChange takes a request back.
func (s *Store) WithdrawChange(ctx context.Context, by Ask, id uuid.UUID, version int) (ChangeFile, error) {
	return s.onChange(ctx, by, "change.withdraw", id, version, func(t *tx, f ChangeFile, g domain.ProgrammeCase) (domain.ChangeRequest, error) {
		return f.Withdraw(g, t.by, f.Listed)
	})
}

// RecordChange does what a request asks that needs no decision of the body.
func (s *Store) RecordChange(ctx context.Context, by Ask, id uuid.UUID, version int) (ChangeFile, error) {
	return s.onChange(ctx, by, "change.record", id, version, func(t *tx, f ChangeFile, g domain.ProgrammeCase) (domain.ChangeRequest, error) {
		x, err := f.Record(g, t.by)
		if err != nil {
			return x, err
		}
		return x, t.doChange(f.ChangeRequest, g, uuid.Nil, "change-request:"+x.ID.String(), nil)
	})
}

func (s *Store) onChange(ctx context.Context, by Ask, name string, id uuid.UUID, version int,
	do func(*tx, ChangeFile, domain.ProgrammeCase) (domain.ChangeRequest, error)) (ChangeFile, error) {
	return act(ctx, s, by, name, func(t *tx) (ChangeFile, error) {
		t.on("change-request", id)
		g, err := t.caseOfChange(id, true)
		if err != nil {
			return ChangeFile{}, err
		}
		f, err := t.changeFile(id, g)
		if err != nil {
			return ChangeFile{}, err
		}
		if f.Version != version {
			return ChangeFile{}, domain.ErrStale
		}
		x, err := do(t, f, g)
		if err != nil {
			return ChangeFile{}, err
		}
		if err := t.saveChange(x); err != nil {
			return ChangeFile{}, err
		}
		if g, err = t.programmeCase(g.ID, false); err != nil {
			return ChangeFile{}, err
		}
		return t.changeFile(id, g)
	})
}

// Changes lists what was asked for of a programme, the newest first.
func (s *Store) Changes(ctx context.Context, by domain.Actor, programme uuid.UUID) ([]ChangeFile, error) {
	return read(ctx, s, by, func(t *tx) ([]ChangeFile, error) {
		g, err := t.programmeCase(programme, false)
		if err != nil {
			return nil, err
		}
		if !g.Sees(t.by) {
			return nil, domain.ErrMissing
		}
		return t.changesOf(g, `x.programme = ? ORDER BY x.n DESC`, programme)
	})
}

// OpenChanges lists the requests within reach that nobody has settled, the oldest first.
func (s *Store) OpenChanges(ctx context.Context, by domain.Actor) ([]ChangeFile, error) {
	return read(ctx, s, by, func(t *tx) ([]ChangeFile, error) {
		return t.openChanges(func(g domain.ProgrammeCase) bool { return g.Sees(t.by) })
	})
}

func (t *tx) openChanges(seen func(domain.ProgrammeCase) bool) (list []ChangeFile, err error) {
	var ids []uuid.UUID
	if err := t.Raw(`SELECT id FROM change_requests WHERE state = 'asked' ORDER BY at, id LIMIT ?`, mostTasks).Scan(&ids).Error; err != nil {
		return nil, err
	}
	for _, id := range ids {
		g, err := t.programmeOf(id, false)
		if err != nil {
			return nil, err
		}
		if !seen(g) {
			continue
		}
		f, err := t.changeFile(id, g)
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}

// caseOfChange opens the programme of a request within reach, held for an act.
func (t *tx) caseOfChange(id uuid.UUID, toAct bool) (domain.ProgrammeCase, error) {
	g, err := t.programmeOf(id, toAct)
	if err == nil && !g.Sees(t.by) {
		err = domain.ErrMissing
	}
	return g, err
}

func (t *tx) programmeOf(id uuid.UUID, toAct bool) (g domain.ProgrammeCase, err error) {
	var programme uuid.UUID
	if err := t.Raw(`SELECT programme FROM change_requests WHERE id = ?`, id).Row().Scan(&programme); err != nil {
		return g, missing(err)
	}
	return t.programmeCase(programme, toAct)
}

func (t *tx) changeFile(id uuid.UUID, g domain.ProgrammeCase) (ChangeFile, error) {
	list, err := t.changesOf(g, `x.id = ?`, id)
	if err == nil && len(list) == 0 {
		err = domain.ErrMissing
	}
	return first(list), err
}

// programmeCase loads what the rules of a change look at: the programme, held for an
// act where one is under way, its plan in force, and what of its money is not yet
// asked for.
func (t *tx) programmeCase(id uuid.UUID, toAct bool) (g domain.ProgrammeCase, err error) {
	var f ProgrammeFile
	if toAct {
		f, err = t.programmeForUpdate(id)
	} else {
		var list []ProgrammeFile
		if list, err = t.programmes(`j.id = ?`, id); err == nil && len(list) == 0 {
			err = domain.ErrMissing
		}
		f = first(list)
	}
	if err != nil || f.Programme.Proposal == uuid.Nil {
		return domain.ProgrammeCase{Programme: f.Programme}, err
	}
	g = domain.ProgrammeCase{Programme: f.Programme, Plan: domain.Plan{Shares: f.Shares}, Free: map[uuid.UUID]ledger.Money{}, Codes: map[uuid.UUID]string{}}
	of, err := t.proposalsAs(func(domain.Proposal) bool { return false }, `p.id = ?`, f.Programme.Proposal)
	if err != nil {
		return g, err
	}
	g.Of = of[0]
	if err := t.plans(&g); err != nil {
		return g, err
	}
	rows, err := t.Raw(`SELECT s.organisation, o.code, coalesce((SELECT held FROM balances WHERE account = 'fund:allocated:' || p.code || ':' || o.code), 0)
			- coalesce((SELECT sum(amount) FROM transfer_requests r WHERE r.programme = p.id AND r.organisation = o.id AND r.stage IN ('requested', 'signed', 'prepared')), 0)
		FROM programme_shares s JOIN programmes p ON p.id = s.programme JOIN organisations o ON o.id = s.organisation WHERE p.id = ?`, id).Rows()
	if err != nil {
		return g, err
	}
	defer rows.Close()
	for rows.Next() {
		var organisation uuid.UUID
		var code string
		var free decimal.Decimal
		if err := rows.Scan(&organisation, &code, &free); err != nil {
			return g, err
		}
		g.Free[organisation], g.Codes[organisation] = ledger.New(free, t.currency()), code
	}
	if err := rows.Err(); err != nil {
		return g, err
	}
	rows.Close()
	open, err := t.changeRows(`x.programme = ? AND x.state = 'asked'`, id)
	for _, x := range open {
		g.Open = append(g.Open, x.ChangeRequest)
	}
	return g, err
}

// plans finds the budget in force, which is what the last change of the plan left or
// the proposal had, and the plan that the body last decided: the one in force, or where
// the secretariat has recorded revisions since, the one that the first of them changed:
// now, and before each change that is settled.
func (t *tx) plans(g *domain.ProgrammeCase) error {
	done, err := t.changeRows(`x.programme = ? AND x.state IN ('adopted', 'recorded', 'not-adopted') AND x.after IS NOT NULL ORDER BY x.settled_at, x.n`, g.ID)
	if err != nil {
		return err
	}
	g.Plan.Budget = g.Of.Budget
	var changed *domain.Plan
	g.Decided = map[uuid.UUID]domain.Plan{}
	for i, x := range done {
		if g.Decided[x.ID] = x.Before; changed != nil {
			g.Decided[x.ID] = *changed
		}
		if x.State == domain.ChangeRefused {
			continue
		}
		g.Plan.Budget = x.After.Budget
		switch {
		case x.State == domain.ChangeAdopted:
			g.FixedBy, changed = x.Decision, nil
		case changed == nil:
			changed = &done[i].Before
		}
	}
	if g.Fixed = g.Plan; changed != nil {
		g.Fixed = *changed
	}
	return nil
}

// changesOf loads requests about one programme, with what is known beside them.
func (t *tx) changesOf(g domain.ProgrammeCase, condition string, args ...any) ([]ChangeFile, error) {
	list, err := t.changeRows(condition, args...)
	if err != nil {
		return nil, err
	}
	for n := range list {
		f := &list[n]
		f.Code, f.Title = g.Code, g.Title
		if f.Agenda, f.Listed, err = t.agendumOf("change", f.ID); err != nil {
			return nil, err
		}
		for _, p := range []*domain.Plan{&f.Before, &f.After} {
			if p.Shares, err = t.coded(p.Shares); err != nil {
				return nil, err
			}
		}
		c, err := t.charterOf(f.CharterVersion)
		if err != nil {
			return nil, err
		}
		f.Moved = f.After.Budget.Since(f.Before.Budget, c).Lines
		f.Measure(g, c)
		f.May = f.ChangeRequest.May(g, t.by, f.Listed)
	}
	return list, nil
}

// agendumOf is the latest question about a request or a waiver, named by the column of
// questions that has it, and whether one is alive.
func (t *tx) agendumOf(matter string, id uuid.UUID) (*Agendum, bool, error) {
	rows, err := t.Raw(`SELECT q.id, m.id, m.ref || '/' || q.item, q.state, q.state IN ('listed', 'open') AND m.state <> 'closed'
		FROM questions q JOIN meetings m ON m.id = q.meeting WHERE q.`+matter+` = ? ORDER BY m.starts_at DESC, q.item DESC LIMIT 1`, id).Rows()
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, false, rows.Err()
	}
	var a Agendum
	var alive bool
	err = rows.Scan(&a.Question, &a.Meeting, &a.Ref, &a.State, &alive)
	return &a, alive, err
}

func (t *tx) changeRows(condition string, args ...any) ([]ChangeFile, error) {
	rows, err := t.Raw(`SELECT x.id, x.ref, x.programme, x.n, x.kind, x.state, x.reason, x.language, x.ends_on, x.before, x.after, x.beyond, x.late, x.person,
			x.organisation, x.at, x.settled_at, x.charter_version, x.version, p.name, coalesce(o.code, ''),
			coalesce((SELECT d.number FROM decisions d JOIN questions q ON q.id = d.question WHERE q.change = x.id AND x.state = 'adopted'), '')
		FROM change_requests x JOIN persons p ON p.id = x.person LEFT JOIN organisations o ON o.id = x.organisation WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []ChangeFile
	for rows.Next() {
		var f ChangeFile
		var before, after []byte
		var organisation uuid.NullUUID
		var settled *time.Time
		if err := rows.Scan(&f.ID, &f.Ref, &f.Programme, &f.N, &f.Kind, &f.State, &f.Reason, &f.Language, &f.EndsOn, &before, &after, &f.Beyond, &f.Late, &f.Person,
			&organisation, &f.At, &settled, &f.CharterVersion, &f.Version, &f.By, &f.For, &f.Decision); err != nil {
			return nil, err
		}
		f.Organisation = organisation.UUID
		if settled != nil {
			f.SettledAt = *settled
		}
		if before != nil {
			if f.Before, err = t.planOf(before); err != nil {
				return nil, err
			}
			if f.After, err = t.planOf(after); err != nil {
				return nil, err
			}
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

// wirePlan is a plan as jsonb keeps it.
type wirePlan struct {
	Shares []wireShare `json:"shares"`
	Budget []keptCell  `json:"budget"`
}

// planOf reads a plan, without the codes of its organisations.
func (t *tx) planOf(kept []byte) (p domain.Plan, err error) {
	var w wirePlan
	if err := json.Unmarshal(kept, &w); err != nil {
		return p, err
	}
	for _, s := range w.Shares {
		m, err := ledger.Parse(s.Amount, t.currency())
		if err != nil {
			return p, err
		}
		p.Shares = append(p.Shares, domain.GrantShare{Organisation: s.Organisation, Amount: m})
	}
	for _, c := range w.Budget {
		m, err := ledger.Parse(c.Amount, t.currency())
		if err != nil {
			return p, err
		}
		p.Budget = append(p.Budget, domain.BudgetCell{Organisation: c.Organisation, Line: c.Line, Year: c.Year, Amount: m})
	}
	return p, nil
}

func packPlan(p domain.Plan) (*string, error) {
	if len(p.Shares) == 0 {
		return nil, nil
	}
	w := wirePlan{[]wireShare{}, []keptCell{}}
	for _, s := range p.Shares {
		w.Shares = append(w.Shares, wireShare{s.Organisation, s.Amount.Text()})
	}
	for _, c := range p.Budget {
		w.Budget = append(w.Budget, keptCell{c.Organisation, c.Line, c.Year, c.Amount.Text()})
	}
	kept, err := json.Marshal(w)
	text := string(kept)
	return &text, err
}

func (t *tx) insertChange(x domain.ChangeRequest) error {
	before, err := packPlan(x.Before)
	if err != nil {
		return err
	}
	after, err := packPlan(x.After)
	if err != nil {
		return err
	}
	return t.Exec(`INSERT INTO change_requests (id, programme, n, ref, kind, state, reason, language, ends_on, before, after, beyond, late, person, organisation, at, charter_version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?)`, x.ID, x.Programme, x.N, x.Ref, string(x.Kind), string(x.State), x.Reason, x.Language, x.EndsOn,
		before, after, x.Beyond, x.Late, x.Person, orNull(x.Organisation), x.At, x.CharterVersion).Error
}

func (t *tx) saveChange(x domain.ChangeRequest) error {
	t.changed("change", string(x.State))
	return t.Exec(`UPDATE change_requests SET state = ?, settled_at = ?, version = ? WHERE id = ?`, string(x.State), t.now, x.Version, x.ID).Error
}

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
	if err := t.doChange(x.ChangeRequest, x.Programme, a.decision.ID, "decision:"+a.decision.Number, a.draws); err != nil {
		return err
	}
	if err := t.impose(a.decision, x.Programme.Programme); err != nil {
		return err
	}
	return t.saveChange(x.Adopted())
}

// doChange makes a programme that is held what a request asks: its days and state,
// its shares, and its money in the books. Draws are what more money was taken from.
func (t *tx) doChange(x domain.ChangeRequest, g domain.ProgrammeCase, decision uuid.UUID, subject string, draws []domain.Draw) error {
	entry := domain.Entry{ID: uuid.New(), BookedOn: t.today(), ValueOn: t.today(), Memo: x.Ref, Subject: subject}
	var v ledger.Voucher
	switch x.Kind {
	case domain.CostExtension:
		v = domain.AllocationVoucher(entry, g.Code, draws)
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

// free takes back what asks for an ended programme's money and is not released, and
// makes available what is left of it.
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
	if err := t.Exec(`UPDATE transfer_requests SET stage = 'withdrawn', version = version + 1 WHERE programme = ? AND stage IN ('requested', 'signed', 'prepared')`, g.ID).Error; err != nil {
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
	return domain.Undrawn(draws, left), rows.Err()
}

var _ = ask(
	Question{"changes-are-decided", "a request for a change is adopted without a decision, or decided without being adopted", `
		SELECT x.ref FROM change_requests x LEFT JOIN questions q ON q.change = x.id AND q.state = 'adopted' WHERE (x.state = 'adopted') <> (q.id IS NOT NULL)`},
	Question{"cancelled-is-freed", "money stands allocated to a programme that is cancelled", `
		SELECT b.account FROM programmes p JOIN balances b ON starts_with(b.account, 'fund:allocated:' || p.code || ':') WHERE p.state = 'cancelled' AND b.held <> 0`},
)
