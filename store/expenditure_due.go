package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// DueExpenditure is a year's expenditure that an organisation owes, or that waits for the agent.
type DueExpenditure struct {
	domain.ReportDue
	Programme    ProgrammeFile
	Organisation uuid.UUID
	Code         string        // the organisation's
	Waiting      *time.Time    // since when a certified statement waits; nil where one is owed
	Returned     bool          // the last one was sent back
	Total        *ledger.Money // of what waits
	Reminded     *time.Time
	LateDays     int // today, of what is owed
}

// DueExpenditures lists what organisations owe and what waits for the agent, of all programmes
// within reach: the longest overdue first.
func (s *Store) DueExpenditures(ctx context.Context, by domain.Actor) ([]DueExpenditure, error) {
	return read(ctx, s, by, func(t *tx) ([]DueExpenditure, error) {
		list, err := t.dueExpenditures(by.Reaches, `true`)
		if err != nil || len(list) == 0 {
			return nil, err
		}
		reminded, err := t.reminded()
		for i, d := range list {
			if at, there := reminded[d.Programme.ID.String()+" "+d.Key]; there && d.Waiting == nil {
				list[i].Reminded = &at
			}
		}
		return list, err
	})
}

// everyOne is the reach of whoever looks at all organisations.
func everyOne(...uuid.UUID) bool { return true }

// dueExpenditures are those of the organisations looked at whose programmes meet a condition on j.
func (t *tx) dueExpenditures(of func(...uuid.UUID) bool, condition string, args ...any) (list []DueExpenditure, err error) {
	files, err := t.programmes(`j.state NOT IN ('past', 'financially-closed') AND EXISTS (SELECT FROM transfer_requests r WHERE r.programme = j.id AND r.released_at IS NOT NULL) AND `+condition, args...)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	for _, f := range files {
		for _, share := range f.Shares {
			if !of(share.Organisation) {
				continue
			}
			g, err := t.expenditureCase(domain.ProgrammeCase{Programme: f.Programme}, share.Organisation)
			if err != nil {
				return nil, err
			}
			list = append(list, t.dueOf(f, g)...)
		}
	}
	slices.SortStableFunc(list, func(a, b DueExpenditure) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Programme.Code, b.Programme.Code), cmp.Compare(a.Code, b.Code))
	})
	return list, nil
}

func (t *tx) dueOf(f ProgrammeFile, g domain.ExpenditureCase) (list []DueExpenditure) {
	line := DueExpenditure{Programme: f, Organisation: g.Organisation, Code: g.Code}
	for _, d := range g.Owed(t.today()) {
		x := line
		x.ReportDue, x.LateDays = d, d.Late(t.today())
		for _, e := range g.Statements {
			if e.Year == d.From.Year() && e.Certified {
				x.Returned = g.State(e) == domain.ExpenditureReturned
			}
		}
		list = append(list, x)
	}
	for _, e := range g.Statements {
		if g.State(e) == domain.ExpenditureWaiting {
			x, total := line, e.Total(t.currency())
			x.ReportDue, x.Waiting, x.Total = g.DueIn(e.Year), &e.At, &total
			list = append(list, x)
		}
	}
	return list
}

// unstated are the years of which by's organisation owes its certified expenditure.
func (t *tx) unstated() (list []domain.Task, err error) {
	own := func(of ...uuid.UUID) bool { return slices.Contains(of, t.by.Hat.Organisation) }
	due, err := t.dueExpenditures(own, `EXISTS (SELECT FROM programme_shares x WHERE x.programme = j.id AND x.organisation = ?)`, t.by.Hat.Organisation)
	for _, d := range due {
		if d.Waiting == nil {
			ends := t.charter.Begins(d.Due.AddDate(0, 0, 1))
			task := domain.Task{Subject: "expenditure", ID: d.Programme.ID.String(), Ref: d.Programme.Code + ", " + d.From.Format("2006"), Title: d.Programme.Title,
				Due: &ends, Since: t.charter.Begins(d.To.AddDate(0, 0, 1))}
			list = append(list, task.Waits(t.by.Hat.Role, []string{"expenditure.report"})...)
		}
	}
	return list, err
}

// untaken are the certified statements that the agent has not looked at.
func (t *tx) untaken() (list []domain.Task, err error) {
	due, err := t.dueExpenditures(everyOne, `EXISTS (SELECT FROM expenditure_statements e WHERE e.programme = j.id AND e.certified
		AND NOT EXISTS (SELECT FROM expenditure_findings x WHERE x.statement = e.id))`)
	for _, d := range due {
		if d.Waiting != nil {
			called, err := t.shortFor(t.by.Person, d.Code)
			if err != nil {
				return nil, err
			}
			task := domain.Task{Subject: "expenditure", ID: d.Programme.ID.String(), Ref: strings.Join([]string{d.Programme.Code, called, d.From.Format("2006")}, ", "),
				Title: d.Programme.Title, Since: *d.Waiting}
			list = append(list, task.Waits(t.by.Hat.Role, []string{"expenditure.find"})...)
		}
	}
	return list, err
}

// RemindExpenditure tells organisations of each year's expenditure that is due in as many days
// as the charter says, or is overdue; the agent of those overdue. However often it runs, it
// tells once a day.
func (s *Store) RemindExpenditure(ctx context.Context) error {
	due, err := read(ctx, s, domain.Actor{}, func(t *tx) (due []DueExpenditure, err error) {
		all, err := t.dueExpenditures(everyOne, `true`)
		if err != nil {
			return nil, err
		}
		for _, d := range all {
			rules, err := t.charterOf(d.Programme.CharterVersion)
			if err != nil {
				return nil, err
			}
			if d.Waiting == nil && d.RemindOn(t.today(), rules.Reporting) {
				due = append(due, d)
			}
		}
		return due, nil
	})
	for _, d := range due {
		err = s.remindOnce(ctx, "expenditure.remind", "programme", d.Programme.ID, func(t *tx) (bool, error) {
			t.tellsOf(d.ReportDue)
			t.changed("organisation", d.Code)
			t.changed("year", d.From.Year())
			t.changed("state", domain.StageExpenditureDue)
			if d.Due.Before(t.today()) {
				t.changed("state", domain.StageExpenditureOverdue)
			}
			return t.reminds(d.Programme.ID, d.ReportDue)
		})
		if err != nil {
			return err
		}
	}
	return err
}

// factOfExpenditure is what is told of a programme's expenditure: whose, and of which year.
func (t *tx) factOfExpenditure(f fact) (fact, error) {
	f, err := t.factOfProgramme(f)
	if err != nil {
		return f, err
	}
	code, _ := t.changes["organisation"].(string)
	year, _ := t.changes["year"].(int)
	f.kind, f.stage, f.params["organisation"], f.params["year"] = "expenditure", f.params["state"], code, strconv.Itoa(year)
	return f, t.Raw(`SELECT id FROM organisations WHERE code = ?`, code).Row().Scan(&f.recipient)
}
