package store

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// yearlyTask is that a seat is asked to comment on a year.
func yearlyTask(year int, since time.Time) domain.Task {
	return domain.Task{Subject: "yearly-review", ID: strconv.Itoa(year), Ref: strconv.Itoa(year), Since: since}
}

// yearlyFigures draws up what is counted of a year, until its end or now.
func (t *tx) yearlyFigures(y domain.YearlyReview) (r domain.YearlyRecord, err error) {
	last := y.LastDay(t.today())
	from, until := t.charter.Begins(time.Date(y.Year, 1, 1, 0, 0, 0, 0, time.UTC)), t.charter.Begins(last.AddDate(0, 0, 1))
	r = domain.YearlyRecord{Format: domain.YearlyFormat, Year: y.Year, AsOf: day(last), CharterVersion: t.charter.Version, Comments: []domain.YearlyComment{}}
	meetings, err := t.meetingsOf(from, until)
	if err != nil {
		return r, err
	}
	r.Meetings, r.Attendance = len(meetings), domain.Attended(meetings)
	if r.Decisions, err = t.decisionsOf(from, until); err != nil {
		return r, err
	}
	grants, entries, err := t.grantsOf(from, until, last)
	if err != nil {
		return r, err
	}
	r.Periods, r.Grants = domain.Periods(t.charter, grants), domain.GrantsBalance(t.charter, entries)
	if r.Items, err = t.itemsOf(from, until); err != nil {
		return r, err
	}
	sitting, err := t.sitting(last)
	if err != nil {
		return r, err
	}
	holders := make([]uuid.UUID, len(sitting))
	for n, s := range sitting {
		holders[n] = s.Organisation
	}
	groups, err := t.groupsOn(holders, last)
	if err != nil {
		return r, err
	}
	r.Seats = domain.SeatsBalance(sitting, groups)
	before, err := t.flows(time.Date(y.Year-1, 12, 31, 0, 0, 0, 0, time.UTC))
	if err != nil {
		return r, err
	}
	flows, err := t.flows(last)
	if err != nil {
		return r, err
	}
	r.Money = domain.MoneyOfYear(t.currency(), before, flows)
	r.Committee, err = t.committeeOf(y, last)
	return r, err
}

// meetingsOf are the meetings opened in a time, with who held the seats on their day and
// who was there for each.
func (t *tx) meetingsOf(from, until time.Time) (list []domain.MeetingYear, err error) {
	meetings, err := t.meetings(`opened_at >= ? AND opened_at < ? ORDER BY opened_at, id`, from, until)
	if err != nil {
		return nil, err
	}
	for _, m := range meetings {
		y := domain.MeetingYear{There: map[uuid.UUID][]domain.Capacity{}}
		if y.Sitting, err = t.sitting(t.charter.Day(*m.OpenedAt)); err != nil {
			return nil, err
		}
		if err := t.each(`SELECT seat, capacity FROM presences WHERE meeting = ?`, func(scan func(...any) error) error {
			var seat uuid.UUID
			var capacity domain.Capacity
			err := scan(&seat, &capacity)
			y.There[seat] = append(y.There[seat], capacity)
			return err
		}, m.ID); err != nil {
			return nil, err
		}
		list = append(list, y)
	}
	return list, nil
}

func (t *tx) decisionsOf(from, until time.Time) ([]domain.YearlyDecisions, error) {
	list := []domain.YearlyDecisions{}
	return list, t.each(`SELECT kind, procedure, count(*) FROM decisions WHERE adopted_at >= ? AND adopted_at < ? GROUP BY kind, procedure ORDER BY kind, procedure`, func(scan func(...any) error) error {
		var d domain.YearlyDecisions
		err := scan(&d.Kind, &d.Procedure, &d.N)
		list = append(list, d)
		return err
	}, from, until)
}

// grantsOf are the grants decided in a time: the way of each from its submission, and
// what each is of.
func (t *tx) grantsOf(from, until, on time.Time) (grants []domain.GrantYear, entries []domain.PortfolioEntry, err error) {
	var states []uuid.UUID
	err = t.each(`SELECT d.number, d.adopted_at, q.opened_at, d.amount, p.area, p.state, to_json(coalesce(p.other_states, '{}')),
			(SELECT min(v.at) FROM proposal_versions v WHERE v.proposal = p.id AND v.content::jsonb->>'phase' IS DISTINCT FROM 'document' AND w.document),
			(SELECT min(v.at) FROM proposal_versions v WHERE v.proposal = p.id AND (v.content::jsonb->>'phase' IS NOT DISTINCT FROM 'document') = w.document),
			(SELECT min(s.at) FROM screenings s JOIN proposal_versions v ON v.proposal = s.proposal AND v.n = s.n WHERE s.proposal = p.id AND s.outcome = 'eligible'
				AND (v.content::jsonb->>'phase' IS NOT DISTINCT FROM 'document') = w.document)
		FROM decisions d JOIN questions q ON q.id = d.question JOIN proposals p ON p.id = d.proposal
		JOIN proposal_versions x ON x.proposal = d.proposal AND x.n = d.proposal_version, LATERAL (SELECT x.content::jsonb->>'phase' IS NOT DISTINCT FROM 'document' AS document) w
		WHERE d.kind = 'grant' AND d.adopted_at >= ? AND d.adopted_at < ? ORDER BY d.adopted_at, d.number`, func(scan func(...any) error) error {
		var g domain.GrantYear
		var e domain.PortfolioEntry
		var noted, handed, eligible *time.Time
		var amount decimal.Decimal
		var state uuid.NullUUID
		var others []byte
		if err := scan(&g.Decision, &g.Adopted, &g.Put, &amount, &e.Area, &state, &others, &noted, &handed, &eligible); err != nil {
			return err
		}
		if err := json.Unmarshal(others, &e.States); err != nil {
			return err
		}
		if state.Valid {
			e.States = append([]uuid.UUID{state.UUID}, e.States...)
		}
		g.Noted, g.Handed, g.Eligible = orOpen(noted), orOpen(handed), orOpen(eligible)
		e.Ref, e.Amount = g.Decision, ledger.New(amount, t.currency())
		states, grants, entries = append(states, e.States...), append(grants, g), append(entries, e)
		return nil
	}, from, until)
	if err != nil {
		return nil, nil, err
	}
	groups, err := t.groupsOn(states, on)
	for i := range entries {
		entries[i].Groups = groups
	}
	return grants, entries, err
}

// groupsOn are the groups in which organisations were on a day.
func (t *tx) groupsOn(organisations []uuid.UUID, on time.Time) (map[uuid.UUID][]charter.Group, error) {
	groups := map[uuid.UUID][]charter.Group{}
	if len(organisations) == 0 {
		return groups, nil
	}
	terms, err := t.groupTerms(`organisation IN ? AND term @> ?::date`, organisations, day(on))
	for _, g := range terms {
		groups[g.Organisation] = append(groups[g.Organisation], g.Group)
	}
	return groups, err
}

// itemsOf are the questions put to the body that were closed in a time.
func (t *tx) itemsOf(from, until time.Time) ([]domain.YearlyItem, error) {
	closed, err := t.questions(`q.opened_at IS NOT NULL AND q.closed_at >= ? AND q.closed_at < ? ORDER BY q.closed_at, q.id`, from, until)
	if err != nil {
		return nil, err
	}
	list := []domain.YearlyItem{}
	for _, q := range closed {
		i, err := t.item(q.ID, false)
		if err != nil {
			return nil, err
		}
		list = append(list, i.Reviewed())
	}
	return list, nil
}

// committeeOf is the Executive Committee's membership over a year.
func (t *tx) committeeOf(y domain.YearlyReview, until time.Time) (domain.CommitteeYear, error) {
	list, err := t.committee(y.Charter, `true`)
	if err != nil {
		return domain.CommitteeYear{}, err
	}
	codes, err := pairs[uuid.UUID, string](t.Raw(`SELECT id, code FROM organisations`).Rows())
	return y.Changes(list, codes, until), err
}
