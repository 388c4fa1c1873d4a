package store

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// ClosingFile is how a programme is brought to its end: what was found of it, and what
// its closing still needs.
type ClosingFile struct {
	Evaluation *EvaluationFile
	Statements map[uuid.UUID]string // by organisation, of closed books
	Delivered  bool                 // each output, by the latest accepted report
	May        []string
}

// CloseOperations records that a programme's activities are over. The zero day is its
// last, or today.
func (s *Store) CloseOperations(ctx context.Context, by Ask, programme uuid.UUID, on time.Time, reason string) (ReportingFile, error) {
	return s.closing(ctx, by, "programme.close-operations", programme, func(t *tx, g domain.ReportCase, f ClosingFile) error {
		step, err := g.CloseOperations(t.by, on, f.Delivered, reason, t.now, t.today())
		if err != nil {
			return err
		}
		return t.stepProgramme(g.Programme, step)
	})
}

// CloseBooks closes a programme financially, on the statements named by organisation;
// what was allocated and never asked for becomes available again.
func (s *Store) CloseBooks(ctx context.Context, by Ask, programme uuid.UUID, statements map[uuid.UUID]string, reason string) (ReportingFile, error) {
	return s.closing(ctx, by, "programme.close-books", programme, func(t *tx, g domain.ReportCase, f ClosingFile) error {
		facts, err := t.closingFacts(g)
		if err != nil {
			return err
		}
		facts.Certified = statements
		step, err := g.CloseBooks(t.by, facts, reason, t.now)
		if err != nil {
			return err
		}
		for _, share := range g.Programme.Shares {
			if ref := statements[share.Organisation]; ref != "" {
				if err := t.Exec(`INSERT INTO closing_statements (programme, organisation, reference, person, at) VALUES (?, ?, ?, ?, ?)`,
					g.Programme.ID, share.Organisation, ref, t.by.Person, t.now).Error; err != nil {
					return err
				}
			}
		}
		if err := t.free(g.Programme, g.Programme.Code, "programme:"+g.Programme.Code); err != nil {
			return err
		}
		return t.stepProgramme(g.Programme, step)
	})
}

// closing is the frame of an act that ends a programme or says what was found of it:
// the programme held still, and shown afterwards.
func (s *Store) closing(ctx context.Context, by Ask, name string, programme uuid.UUID, do func(*tx, domain.ReportCase, ClosingFile) error) (ReportingFile, error) {
	return act(ctx, s, by, name, func(t *tx) (ReportingFile, error) {
		t.on("programme", programme)
		_, g, err := t.reportCase(programme, "", true)
		if err != nil {
			return ReportingFile{}, err
		}
		f, err := t.closingFile(g)
		if err != nil {
			return ReportingFile{}, err
		}
		if err := do(t, g, f); err != nil {
			return ReportingFile{}, err
		}
		return t.reportingFile(programme)
	})
}

// closingFile is what the end of a programme needs and has.
func (t *tx) closingFile(g domain.ReportCase) (f ClosingFile, err error) {
	facts, err := t.closingFacts(g)
	if err != nil {
		return f, err
	}
	latest, err := t.reportRow(`programme = ? AND state = 'accepted' ORDER BY CASE key WHEN 'final' THEN 'z' ELSE key END DESC LIMIT 1`, g.Programme.ID)
	if err != nil {
		return f, err
	}
	f.Delivered = latest.Delivered(g.Framework)
	var e *domain.Evaluation
	if f.Evaluation, err = t.evaluation(g); err != nil {
		return f, err
	}
	if f.Evaluation != nil {
		e = &f.Evaluation.Evaluation
	}
	f.May = g.MayClose(t.by, f.Delivered, facts, e, t.now, t.today())
	f.Statements, err = pairs[uuid.UUID, string](t.Raw(`SELECT organisation, reference FROM closing_statements WHERE programme = ?`, g.Programme.ID).Rows())
	return f, err
}

// closingFacts are those that the program knows; which statements are certified is
// told by who closes the books, until expenditure is reported here.
func (t *tx) closingFacts(g domain.ReportCase) (f domain.ClosingFacts, err error) {
	_, f.FinalAsked = g.Run.Report("final", g.Charter.Reporting)
	err = t.Raw(`SELECT EXISTS (SELECT FROM reports WHERE programme = ? AND key = 'final' AND state = 'accepted'),
		(SELECT count(*) FROM transfer_requests WHERE programme = ? AND stage IN ('requested', 'signed', 'prepared', 'returned', 'released'))`, g.Programme.ID, g.Programme.ID).Row().
		Scan(&f.FinalAccepted, &f.OnTheirWay)
	return f, err
}

// factOfProgramme names reports and evaluations by their programme, for notices.
func (t *tx) factOfProgramme(f fact) (fact, error) {
	var code, title string
	var convening *uuid.UUID
	err := t.Raw(`SELECT j.code, j.title, p.organisation, p.id, (p.shares->0->>'organisation')::uuid FROM programmes j JOIN proposals p ON p.id = j.proposal
		WHERE j.id = ?::uuid`, f.subject).Row().Scan(&code, &title, &f.submitter, &f.proposal, &convening)
	if convening != nil {
		f.recipient = *convening
	}
	f.params = map[string]string{"ref": code, "title": title}
	for _, name := range []string{"report", "period", "closes", "state"} {
		if v, there := t.changes[name].(string); there {
			f.params[name] = v
		}
	}
	f.stage = f.params["state"]
	f.kind = "report" // where it is read: the programme's reports
	return f, err
}

var _ = ask(
	Question{"closed-books-hold-nothing", "money stands allocated to a programme whose books are closed, or is on its way", `
		SELECT b.account FROM programmes p JOIN balances b ON starts_with(b.account, 'fund:allocated:' || p.code || ':') WHERE p.state = 'financially-closed' AND b.held <> 0
		UNION ALL SELECT r.ref FROM programmes p JOIN transfer_requests r ON r.programme = p.id AND r.stage IN ('requested', 'signed', 'prepared', 'returned', 'released')
		WHERE p.state = 'financially-closed'`},
	Question{"closed-books-have-their-report", "a programme that began was closed financially without an accepted final report, or without each organisation's statement", `
		SELECT p.code FROM programmes p WHERE p.state = 'financially-closed' AND p.starts_on IS NOT NULL AND p.ends_on >= p.starts_on AND NOT p.preparation
		AND NOT EXISTS (SELECT FROM programme_steps s WHERE s.programme = p.id AND s.state = 'cancelled')
		AND (NOT EXISTS (SELECT FROM reports r WHERE r.programme = p.id AND r.key = 'final' AND r.state = 'accepted')
			OR EXISTS (SELECT FROM programme_shares x WHERE x.programme = p.id AND NOT EXISTS (SELECT FROM closing_statements c WHERE c.programme = p.id AND c.organisation = x.organisation)))`},
)

// seenBy leaves out what is not for whoever sees accepted reports alone.
func (f ClosingFile) seenBy(as domain.ReportState) ClosingFile {
	if as == domain.ReportAccepted && f.Evaluation != nil && !f.Evaluation.File {
		f.Evaluation = nil
	}
	f.May = slices.Clone(f.May)
	return f
}
