package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// ReportLine is one report of a programme's calendar and how far it has come, as
// somebody sees it.
type ReportLine struct {
	domain.ReportDue
	ID     uuid.UUID          // Nil while it is not begun, or not to be seen
	State  domain.ReportState // "" while it is not begun, or not to be seen
	Came   *time.Time         // its first version
	Late   int                // days by which that came late or, while none came, is late today
	Asked  bool               // the calendar has it still
	Writes bool               // it waits on the actor, to be written
}

// ReportingFile is what a programme reports, and when.
type ReportingFile struct {
	Programme ProgrammeFile
	Lines     []ReportLine
	Closing   ClosingFile
	May       []string
}

// Reporting shows a programme's calendar of reports.
func (s *Store) Reporting(ctx context.Context, by domain.Actor, programme uuid.UUID) (ReportingFile, error) {
	return read(ctx, s, by, func(t *tx) (ReportingFile, error) { return t.reportingFile(programme) })
}

func (t *tx) reportingFile(programme uuid.UUID) (out ReportingFile, err error) {
	f, g, err := t.reportCase(programme, "", false)
	if err != nil {
		return out, err
	}
	out.Programme = f
	lines, err := t.reportLines([]ProgrammeFile{f})
	if err != nil {
		return out, err
	}
	writes, sees := g.Proposal.Reporting(t.by, domain.Lead, domain.Editor) == nil, g.Proposal.SeesReports(t.by)
	for _, l := range lines[programme] {
		out.Lines = append(out.Lines, l.seen(sees, writes))
	}
	closing, err := t.closingFile(g)
	out.Closing = closing.seenBy(sees)
	out.May = out.Closing.May
	return out, err
}

// seen leaves out of a line what is not somebody's to see.
func (l ReportLine) seen(as domain.ReportState, writes bool) ReportLine {
	if as == domain.ReportAccepted && l.State != domain.ReportAccepted || as == domain.ReportSubmitted && l.State == domain.ReportDraft {
		l.ID, l.State = uuid.Nil, ""
	}
	if as == domain.ReportAccepted && l.State == "" {
		l.Came, l.Late = nil, 0
	}
	l.Writes = writes && l.Kind != domain.EvaluationReport && (l.State == "" || l.State == domain.ReportDraft || l.State == domain.ReportReturned)
	return l
}

// runs are from when to when programmes run; what was cancelled ended that day.
func (t *tx) runs(list []ProgrammeFile) (map[uuid.UUID]domain.Run, error) {
	ids := []uuid.UUID{uuid.Nil}
	all := map[uuid.UUID]domain.Run{}
	for _, p := range list {
		ids = append(ids, p.ID)
		r := domain.Run{Granted: ledger.Zero(t.currency())}
		if p.StartsOn != nil && p.EndsOn != nil && !p.Preparation { // what only prepares reports nothing
			r.Starts, r.Ends = *p.StartsOn, *p.EndsOn
		}
		for _, share := range p.Shares {
			r.Granted = r.Granted.Add(share.Amount)
		}
		all[p.ID] = r
	}
	rows, err := t.Raw(`SELECT programme, max(at) FROM programme_steps WHERE state = 'cancelled' AND programme IN ? GROUP BY programme`, ids).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id uuid.UUID
		var at time.Time
		if err := rows.Scan(&id, &at); err != nil {
			return nil, err
		}
		r, day := all[id], t.charter.Day(at)
		r.Ended = &day
		all[id] = r
	}
	return all, rows.Err()
}

// reportLines are the calendars of programmes with what came of each entry; what
// was begun and is no longer in the calendar stands behind it.
func (t *tx) reportLines(list []ProgrammeFile) (map[uuid.UUID][]ReportLine, error) {
	runs, err := t.runs(list)
	if err != nil {
		return nil, err
	}
	ids := []uuid.UUID{uuid.Nil}
	for _, p := range list {
		ids = append(ids, p.ID)
	}
	there := map[uuid.UUID][]ReportLine{}
	rows, err := t.Raw(`SELECT r.programme, r.key, r.id, r.state, v.at, coalesce(v.late, 0) FROM reports r
		LEFT JOIN report_versions v ON v.report = r.id AND v.n = 1 WHERE r.programme IN ?
		UNION ALL SELECT e.programme, 'evaluation', e.id, CASE WHEN x.at IS NULL THEN 'submitted' ELSE 'accepted' END, e.at, 0 FROM evaluations e
		LEFT JOIN evaluation_responses x ON x.evaluation = e.id WHERE e.programme IN ?`, ids, ids).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var programme uuid.UUID
		var l ReportLine
		if err := rows.Scan(&programme, &l.Key, &l.ID, &l.State, &l.Came, &l.Late); err != nil {
			return nil, err
		}
		there[programme] = append(there[programme], l)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	out := map[uuid.UUID][]ReportLine{}
	for _, p := range list {
		rules, err := t.charterOf(p.CharterVersion)
		if err != nil {
			return nil, err
		}
		var lines []ReportLine
		for _, d := range runs[p.ID].Reports(rules.Reporting) {
			l := ReportLine{ReportDue: d, Asked: true}
			if i := slices.IndexFunc(there[p.ID], func(x ReportLine) bool { return x.Key == d.Key }); i >= 0 {
				l = there[p.ID][i]
				l.ReportDue, l.Asked = d, true
				there[p.ID] = slices.Delete(there[p.ID], i, i+1)
			}
			if l.Came == nil || d.Kind == domain.EvaluationReport {
				came := t.today()
				if l.Came != nil {
					came = t.charter.Day(*l.Came)
				}
				l.Late = d.Late(came)
			}
			lines = append(lines, l)
		}
		for _, l := range there[p.ID] {
			l.Kind = domain.AnnualReport
			lines = append(lines, l)
		}
		out[p.ID] = lines
	}
	return out, nil
}

// DueReport is a line of the list that the secretariat watches.
type DueReport struct {
	ReportLine
	Programme ProgrammeFile
	Convening string // code of the organisation that answers for it
	Reminded  *time.Time
}

// watchedAhead is for how long before its day a report stands on the list.
const watchedAhead = 60 * 24 * time.Hour

// DueReports lists what is overdue, due soon, or waits to be read, of all
// programmes: the longest overdue first.
func (s *Store) DueReports(ctx context.Context, by domain.Actor) ([]DueReport, error) {
	return read(ctx, s, by, func(t *tx) ([]DueReport, error) {
		all, err := t.watched()
		if err != nil {
			return nil, err
		}
		today := t.today()
		all = slices.DeleteFunc(all, func(d DueReport) bool {
			return d.State == domain.ReportAccepted || d.Kind == domain.EvaluationReport && d.State == domain.ReportSubmitted || d.State != domain.ReportSubmitted && d.Due.Sub(today) > watchedAhead
		})
		slices.SortStableFunc(all, func(a, b DueReport) int {
			return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Programme.Code, b.Programme.Code))
		})
		return all, nil
	})
}

// watched are all lines that the calendars of running and ended programmes have.
func (t *tx) watched() (all []DueReport, err error) {
	list, err := t.programmes(`j.state IN ('active', 'suspended', 'cancelled', 'operationally-closed') AND j.starts_on IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	lines, err := t.reportLines(list)
	if err != nil {
		return nil, err
	}
	convening, err := t.convening()
	if err != nil {
		return nil, err
	}
	reminded, err := t.reminded()
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		for _, l := range lines[p.ID] {
			if l.Asked {
				d := DueReport{ReportLine: l, Programme: p, Convening: convening[p.ID]}
				if at, there := reminded[p.ID.String()+" "+l.Key]; there {
					d.Reminded = &at
				}
				all = append(all, d)
			}
		}
	}
	return all, nil
}

// convening are the codes of the organisations that answer for programmes: the
// first that asked for money in the proposal.
func (t *tx) convening() (map[uuid.UUID]string, error) {
	return pairs[uuid.UUID, string](t.Raw(`SELECT j.id, o.code FROM programmes j JOIN proposals p ON p.id = j.proposal
		JOIN organisations o ON o.id::text = p.shares->0->>'organisation'`).Rows())
}
