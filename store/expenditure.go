package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// ExpenditureFile is one statement of expenditure as somebody sees it.
type ExpenditureFile struct {
	domain.ExpenditureStatement
	State domain.ExpenditureState
	Flags []domain.Flag
	May   []string
}

// ExpenditurePart is what one organisation states of a programme, and what it is held against.
type ExpenditurePart struct {
	Case       domain.ExpenditureCase
	Statements []ExpenditureFile // newest first
	Owed       []domain.ReportDue
	Paid       domain.PaidPart
	Next       domain.Tranche // that a payment asked for today would be of
	May        []string
}

// Expenditures lists a programme's parts, by organisation: all, or an organisation's own.
func (s *Store) Expenditures(ctx context.Context, by domain.Actor, programme uuid.UUID) ([]ExpenditurePart, error) {
	return read(ctx, s, by, func(t *tx) (list []ExpenditurePart, err error) {
		g, err := t.programmeCase(programme, false)
		if err != nil {
			return nil, err
		}
		for _, share := range g.Programme.Shares {
			if !by.Reaches(share.Organisation) {
				continue
			}
			part, err := t.expenditurePart(g, share.Organisation)
			if err != nil {
				return nil, err
			}
			list = append(list, part)
		}
		if len(list) == 0 {
			return nil, domain.ErrMissing
		}
		return list, nil
	})
}

// ReportExpenditure keeps what an organisation states of its part. The programme stays locked,
// so that two statements at once are one after the other.
func (s *Store) ReportExpenditure(ctx context.Context, by Ask, programme uuid.UUID, e domain.ExpenditureStatement) (ExpenditurePart, error) {
	return act(ctx, s, by, "expenditure.report", func(t *tx) (p ExpenditurePart, err error) {
		t.on("programme", programme)
		of, err := t.programmeCase(programme, true)
		if err != nil {
			return p, err
		}
		g, err := t.expenditureCase(of, t.by.Hat.Organisation)
		if err != nil {
			return p, err
		}
		if e, err = g.Report(t.by, e, t.now, t.today()); err != nil {
			return p, err
		}
		t.changed("organisation", e.Code)
		t.changed("year", e.Year)
		t.changed("certified", e.Certified)
		t.changed("total", e.Total(t.currency()))
		t.changed("state", string(g.State(e)))
		if err := t.Exec(`INSERT INTO expenditure_statements (id, programme, organisation, year, n, certified, officer, explanation, language, currency, committed, charter_version, person, at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, e.ID, e.Programme, e.Organisation, e.Year, e.N, e.Certified, e.Officer, e.Explanation, e.Language,
			string(t.currency()), e.Committed.Text(), e.CharterVersion, e.Person, e.At).Error; err != nil {
			return p, err
		}
		for _, line := range slices.Sorted(maps.Keys(e.Lines)) {
			if err := t.Exec(`INSERT INTO expenditure_lines (statement, line, amount) VALUES (?, ?, ?)`, e.ID, line, e.Lines[line].Text()).Error; err != nil {
				return p, err
			}
		}
		return t.expenditurePart(of, e.Organisation)
	})
}

// FindExpenditure takes a certified statement into the books, or sends it back.
func (s *Store) FindExpenditure(ctx context.Context, by Ask, id uuid.UUID, accept bool, reason string) (ExpenditurePart, error) {
	return act(ctx, s, by, "expenditure.find", func(t *tx) (p ExpenditurePart, err error) {
		t.on("expenditure", id)
		var programme, organisation uuid.UUID
		if err := t.Raw(`SELECT programme, organisation FROM expenditure_statements WHERE id = ?`, id).Row().Scan(&programme, &organisation); err != nil {
			return p, missing(err)
		}
		of, err := t.programmeCase(programme, true)
		if err != nil {
			return p, err
		}
		g, err := t.expenditureCase(of, organisation)
		if err != nil {
			return p, err
		}
		e := g.Statements[slices.IndexFunc(g.Statements, func(x domain.ExpenditureStatement) bool { return x.ID == id })]
		var standing *ledger.Voucher
		if was := g.Standing(e.Year); was != nil && was.Finding.Voucher != nil {
			v, err := t.voucher(*was.Finding.Voucher)
			if err != nil {
				return p, err
			}
			standing = &v
		}
		f, posted, err := g.Find(t.by, e, accept, reason, standing, t.now, t.today())
		if err != nil {
			return p, err
		}
		if len(posted) > 0 {
			if err := t.post(posted...); err != nil {
				return p, err
			}
		}
		t.changed("accepted", accept)
		t.changed("year", e.Year)
		t.changed("organisation", e.Code)
		e.Finding = &f
		t.changed("state", string(g.State(e)))
		if err := t.Exec(`INSERT INTO expenditure_findings (statement, accepted, reason, voucher, person, at) VALUES (?, ?, ?, ?, ?, ?)`,
			id, f.Accepted, f.Reason, f.Voucher, f.Person, f.At).Error; err != nil {
			return p, err
		}
		return t.expenditurePart(of, organisation)
	})
}

func (t *tx) expenditurePart(of domain.ProgrammeCase, organisation uuid.UUID) (p ExpenditurePart, err error) {
	if p.Case, err = t.expenditureCase(of, organisation); err != nil {
		return p, err
	}
	for _, e := range p.Case.Statements {
		p.Statements = append(p.Statements, ExpenditureFile{e, p.Case.State(e), p.Case.Flags(e), p.Case.May(t.by, e)})
	}
	slices.Reverse(p.Statements)
	p.Owed = p.Case.Owed(t.today())
	if p.Paid, err = t.paidPart(of, organisation, t.charter, map[uuid.UUID]domain.ExpenditureCase{organisation: p.Case}); err != nil {
		return p, err
	}
	p.Next = p.Paid.Next(t.charter)
	if of.Programme.State.Paid() {
		p.May = append(p.May, "tranches.plan")
	}
	if p.Case.MayReport(t.by, t.today()) {
		p.May = append(p.May, "expenditure.report")
	}
	return p, nil
}

// expenditureCase loads what an organisation's statements of a programme are judged by.
func (t *tx) expenditureCase(of domain.ProgrammeCase, organisation uuid.UUID) (g domain.ExpenditureCase, err error) {
	zero := ledger.Zero(t.currency())
	g = domain.ExpenditureCase{Programme: of.Programme, Organisation: organisation, Budget: map[string]ledger.Money{}, Funded: zero}
	for _, s := range of.Programme.Shares {
		if s.Organisation == organisation {
			g.Code, g.Shares = s.Code, true
		}
	}
	if g.Charter, err = t.charterOf(of.Programme.CharterVersion); err != nil {
		return g, err
	}
	for _, c := range of.Plan.Budget {
		if c.Organisation == organisation {
			was, ok := g.Budget[c.Line]
			if !ok {
				was = zero
			}
			g.Budget[c.Line] = was.Add(c.Amount)
		}
	}
	var funded decimal.Decimal
	var first *time.Time
	err = t.Raw(`SELECT coalesce(sum(CASE WHEN p.taker = x.held THEN p.amount ELSE -p.amount END), 0), min(v.value_on) FILTER (WHERE p.taker = x.held AND v.kind = 'transfer')
		FROM (SELECT 'organisation:held:' || ?::text || ':' || ?::text AS held) x
		LEFT JOIN postings p ON p.taker = x.held AND starts_with(p.giver, 'agent:bank') OR p.giver = x.held AND starts_with(p.taker, 'agent:bank')
		LEFT JOIN vouchers v ON v.id = p.voucher`, g.Code, of.Programme.Code).Row().Scan(&funded, &first)
	if err != nil {
		return g, err
	}
	if g.Funded = ledger.New(funded, t.currency()); first != nil {
		g.FirstYear = first.Year()
	}
	g.Statements, err = t.expenditures(`e.programme = ? AND e.organisation = ?`, of.Programme.ID, organisation)
	return g, err
}

// expenditures are the statements that meet a condition on e, oldest first.
func (t *tx) expenditures(condition string, args ...any) (list []domain.ExpenditureStatement, err error) {
	err = t.each(`SELECT e.id, e.programme, e.organisation, o.code, e.year, e.n, e.certified, e.officer, e.explanation, e.language, e.committed, e.charter_version, e.person, e.at,
			f.accepted, f.reason, f.voucher, coalesce(v.number, 0), f.person, f.at, l.line, l.amount
		FROM expenditure_statements e JOIN organisations o ON o.id = e.organisation JOIN expenditure_lines l ON l.statement = e.id
		LEFT JOIN expenditure_findings f ON f.statement = e.id LEFT JOIN vouchers v ON v.id = f.voucher
		WHERE `+condition+` ORDER BY e.year, e.n, e.id`, func(scan func(...any) error) error {
		var e domain.ExpenditureStatement
		var accepted *bool
		var f domain.ExpenditureFinding
		var reason *string
		var person *uuid.UUID
		var at *time.Time
		var line string
		var amount, committed decimal.Decimal
		if err := scan(&e.ID, &e.Programme, &e.Organisation, &e.Code, &e.Year, &e.N, &e.Certified, &e.Officer, &e.Explanation, &e.Language, &committed, &e.CharterVersion, &e.Person, &e.At,
			&accepted, &reason, &f.Voucher, &f.Number, &person, &at, &line, &amount); err != nil {
			return err
		}
		if n := len(list); n == 0 || list[n-1].ID != e.ID {
			if accepted != nil {
				f.Accepted, f.Reason, f.Person, f.At = *accepted, *reason, *person, *at
				e.Finding = &f
			}
			e.Committed = ledger.New(committed, t.currency())
			e.Lines = map[string]ledger.Money{}
			list = append(list, e)
		}
		list[len(list)-1].Lines[line] = ledger.New(amount, t.currency())
		return nil
	}, args...)
	return list, err
}

var _ = ask(
	Question{"expenditure-is-booked", "a certified statement that was taken and its voucher differ, by line", `
		SELECT DISTINCT e.id::text FROM expenditure_statements e JOIN expenditure_findings f ON f.statement = e.id AND f.accepted JOIN expenditure_lines l ON l.statement = e.id
		LEFT JOIN LATERAL (SELECT sum(CASE WHEN p.taker = 'expenditure:' || o.code || ':' || j.code || ':' || l.line THEN p.amount
				WHEN p.giver = 'expenditure:' || o.code || ':' || j.code || ':' || l.line THEN -p.amount ELSE 0 END) AS booked
			FROM postings p, organisations o, programmes j WHERE p.voucher = f.voucher AND o.id = e.organisation AND j.id = e.programme) b ON true
		WHERE l.amount <> coalesce(b.booked, 0)`},
	Question{"one-expenditure-stands", "two statements of a programme, organisation and year stand in the books at once", `
		SELECT e.programme || ' ' || e.organisation || ' ' || e.year FROM expenditure_statements e JOIN expenditure_findings f ON f.statement = e.id
		WHERE f.voucher IS NOT NULL AND NOT EXISTS (SELECT FROM vouchers r WHERE r.reverses = f.voucher)
		GROUP BY e.programme, e.organisation, e.year HAVING count(*) > 1`},
	Question{"expenditure-vouchers-have-statements", "a voucher books expenditure that no organisation certified", `
		SELECT v.number::text FROM vouchers v WHERE v.kind = 'expenditure'
		AND NOT EXISTS (SELECT FROM expenditure_findings f WHERE f.voucher = v.id)`},
)
