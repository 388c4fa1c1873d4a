package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// mostTasks bounds each kind of what is looked through: whoever has more waiting
// comes back for the rest.
const mostTasks = 200

// opensSoon is how long before its time a meeting is the Chair's to open.
const opensSoon = 24 * time.Hour

// Tasks lists what waits on the hat that by wears now. SQL finds what could; the
// domain's rules, those of `may`, say what does.
func (s *Store) Tasks(ctx context.Context, by domain.Actor) ([]domain.Task, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.Task, error) {
		var list []domain.Task
		for _, look := range map[domain.Role][]func() ([]domain.Task, error){
			domain.Applicant:     {t.unfinished, t.inquired, t.unreported, t.unfulfilled, t.unfollowed, t.unasked},
			domain.PUNO:          {t.unfulfilled, t.unfollowed, t.unasked, t.unsent, t.unstated},
			domain.FocalPoint:    {t.unfinished},
			domain.Secretariat:   {t.unanswered, t.unscreened, t.unchecked, t.unwished, t.unheard, t.unrequested, t.unread, t.unstarted, t.unsettled, t.unconfirmed, t.unminuted, t.unansweredItems, t.unrecorded, t.unasked, t.unheeded},
			domain.Expert:        {t.unadvised},
			domain.Member:        {t.unscored, t.undecided, t.unreferred, t.unasked, t.uncommented, t.unscoredAgain, t.unsteered},
			domain.Coordinator:   {t.unheard, t.unopened, t.undecided, t.unreferred, t.unsent, t.unasked, t.uncommented, t.unsteered, t.unheeded},
			domain.AgentPreparer: {t.unsent, t.unmatched, t.untaken},
			domain.AgentReleaser: {t.unsent, t.untaken},
		}[by.Hat.Role] {
			found, err := look()
			if err != nil {
				return nil, err
			}
			list = append(list, found...)
		}
		domain.InOrder(list)
		return list, nil
	})
}

// waits lists what of some proposals waits on by.
func (t *tx) waits(proposals []domain.Proposal, since func(ProposalFile) time.Time) (list []domain.Task, err error) {
	for _, p := range proposals {
		f, err := t.proposalFile(p)
		if err != nil {
			return nil, err
		}
		task := domain.Task{Subject: "proposal", ID: p.ID.String(), Ref: p.Ref, Title: p.Title, Language: p.Language, Since: since(f)}
		if p.Entering() {
			call, err := t.call(p.Call, "")
			if err != nil {
				return nil, err
			}
			task.Due = &call.ClosesAt
		}
		if f.Due != nil {
			task.Due = f.Due
		}
		may := slices.DeleteFunc(f.May, func(act string) bool { return act == "point.mend" }) // each point is a task of its own
		list = append(list, task.Waits(t.by.Hat.Role, may)...)
	}
	return list, nil
}

// unfinished are the drafts in open calls, and what was given back, of the
// organisation that applies, the team, or a state that endorses.
func (t *tx) unfinished() ([]domain.Task, error) {
	within, args := reach(t.by)
	list, err := t.proposals(within+` AND (p.stage = 'returned' OR p.stage = 'draft' AND (p.submission > 0 OR c.opens_at <= ? AND c.closes_at > ?)) ORDER BY c.closes_at, p.ref LIMIT ?`,
		append(args, t.now, t.now, mostTasks)...)
	if err != nil {
		return nil, err
	}
	var tasks []domain.Task
	for _, p := range list {
		points, err := t.unmended(p)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, points...)
	}
	finish, err := t.waits(list, func(f ProposalFile) time.Time {
		if f.Stage == domain.Returned && f.Screening != nil {
			return f.Screening.At
		}
		return f.CreatedAt
	})
	return append(tasks, finish...), err
}

// unmended are the points of the last return that by may tick off and nobody has,
// each a task that leads to its place.
func (t *tx) unmended(p domain.Proposal) (list []domain.Task, err error) {
	if p.Stage != domain.Returned {
		return nil, nil
	}
	last, err := t.finding(p.ID)
	if err != nil || last == nil {
		return nil, err
	}
	rules, err := t.charterOf(p.CharterVersion)
	if err != nil {
		return nil, err
	}
	back, err := t.givenBack(p.ID)
	if err != nil {
		return nil, err
	}
	due := p.Due(domain.Case{Charter: rules, Returned: back})
	may := p.MayScreening(t.by, last, t.charter, t.now)
	for _, x := range last.Points {
		if x.Mended {
			continue
		}
		task := domain.Task{Subject: "point", ID: p.ID.String() + "/" + x.Place(), Ref: p.Ref, Title: x.Todo, Since: last.At, Due: due}
		list = append(list, task.Waits(t.by.Hat.Role, may)...)
	}
	return list, nil
}

// unanswered are the calls with questions that nobody has answered.
func (t *tx) unanswered() ([]domain.Task, error) {
	return t.waiting("call", "enquiry.answer", `SELECT c.id, c.ref, c.title, min(e.at) FROM calls c JOIN enquiries e ON e.call = c.id
		WHERE NOT EXISTS (SELECT FROM enquiry_answers a WHERE a.enquiry = e.id) GROUP BY c.id ORDER BY min(e.at) LIMIT ?`)
}

// unscreened are the submissions without a finding.
func (t *tx) unscreened() ([]domain.Task, error) {
	list, err := t.proposals(`p.stage = 'submitted' ORDER BY p.submitted_at, p.ref LIMIT ?`, mostTasks)
	if err != nil {
		return nil, err
	}
	return t.waits(list, func(f ProposalFile) time.Time { return *f.SubmittedAt })
}

// unchecked are the signed papers and the states' notes whose scan is here, and which
// another than by brought.
func (t *tx) unchecked() (list []domain.Task, err error) {
	papers, err := t.papers(`c.paper IS NULL AND scan.here IS NOT NULL ORDER BY x.at, x.id LIMIT ?`, mostTasks)
	if err != nil {
		return nil, err
	}
	for _, x := range papers {
		task := domain.Task{Subject: "paper", ID: x.ID.String(), Ref: x.Ref, Title: x.Reference, Since: x.At}
		list = append(list, task.Waits(t.by.Hat.Role, x.May)...)
	}
	notes, err := t.notes(`c.note IS NULL AND NOT counts.yes AND scan.here IS NOT NULL ORDER BY a.at, a.id LIMIT ?`, mostTasks)
	if err != nil {
		return nil, err
	}
	for _, x := range notes {
		task := domain.Task{Subject: "accreditation", ID: x.ID.String(), Ref: x.StateCode, Title: x.Reference, Since: x.At}
		list = append(list, task.Waits(t.by.Hat.Role, x.May)...)
	}
	return list, nil
}

// unscored are the eligible proposals that by's organisation has not scored for
// its seat: those that the seat is asked to assess, and those that no seat is asked to.
// What it has a stake in, the rules leave out.
func (t *tx) unscored() ([]domain.Task, error) {
	asked := `EXISTS (SELECT FROM assignments a LEFT JOIN seat_terms h ON h.seat = a.seat AND h.term @> ?::date
		WHERE a.proposal = p.id AND NOT EXISTS (SELECT FROM assignment_endings e WHERE e.assignment = a.id)`
	list, err := t.proposals(`p.stage = 'eligible' AND NOT EXISTS (SELECT FROM scores s WHERE s.proposal = p.id AND s.version >= `+assessedFrom+`
		AND s.organisation = ?) AND (`+asked+` AND h.organisation = ?) OR NOT `+asked+`)) ORDER BY p.ref LIMIT ?`,
		t.by.Hat.Organisation, t.today(), t.by.Hat.Organisation, t.today(), mostTasks)
	if err != nil {
		return nil, err
	}
	due := map[string]*time.Time{}
	for _, p := range list {
		if due[p.ID.String()], err = t.assessedBy(p.ID); err != nil {
			return nil, err
		}
	}
	tasks, err := t.waits(list, func(f ProposalFile) time.Time {
		if f.Screening != nil {
			return f.Screening.At
		}
		return f.UpdatedAt
	})
	for i := range tasks {
		tasks[i].Due = due[tasks[i].ID]
	}
	return tasks, err
}

// undecided are the open questions on which by's seat has not spoken, and those
// that by presides over. What an interest hides waits on nobody.
func (t *tx) undecided() (list []domain.Task, err error) {
	open, err := t.questions(`q.state = 'open' ORDER BY q.opened_at, q.id LIMIT ?`, mostTasks)
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
		may := i.May(t.by)
		if i.Spoken(t.by) || i.SilenceOver(t.now) {
			may = slices.DeleteFunc(may, func(act string) bool { return act == "position.take" })
		}
		if !i.InWriting() { // whoever presides there is at work on it
			may = slices.DeleteFunc(may, func(act string) bool { return act == "question.unresolve" })
		}
		task := domain.Task{Subject: "question", ID: q.ID.String(), Ref: i.Ref(), Title: q.Title, Language: q.Language, Since: *q.OpenedAt, Now: !i.InWriting(), Due: i.EndsAt}
		list = append(list, task.Waits(t.by.Hat.Role, may)...)
	}
	return list, nil
}

// unopened are the meetings whose time has nearly come.
func (t *tx) unopened() (list []domain.Task, err error) {
	planned, err := t.meetings(`state = 'planned' AND starts_at <= ? ORDER BY starts_at LIMIT ?`, t.now.Add(opensSoon), mostTasks)
	if err != nil {
		return nil, err
	}
	for _, m := range planned {
		task := domain.Task{Subject: "meeting", ID: m.ID.String(), Ref: m.Ref, Title: m.Title, Due: &m.StartsAt, Since: m.StartsAt.Add(-opensSoon)}
		h, err := t.hall(m)
		if err != nil {
			return nil, err
		}
		list = append(list, task.Waits(t.by.Hat.Role, m.May(t.by, h))...)
	}
	return list, nil
}

// unsent are the transfer requests on their way; to an organisation, those it has to acknowledge.
func (t *tx) unsent() (list []domain.Task, err error) {
	condition, args := `r.stage IN ('requested', 'signed', 'prepared', 'returned', 'released')`, []any{}
	if t.by.Hat.Role == domain.PUNO {
		condition, args = `r.stage = 'sent' AND r.organisation = ?`, []any{t.by.Hat.Organisation}
	}
	files, err := t.transfers(condition, mostTasks, false, args...)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		open, err := t.open(f)
		if err != nil {
			return nil, err
		}
		since := f.Requested.At
		for _, step := range []*domain.Step{f.Signed, f.Prepared, f.Released} {
			if step != nil {
				since = step.At
			}
		}
		called, err := t.shortFor(t.by.Person, f.OrganisationCode)
		if err != nil {
			return nil, err
		}
		task := domain.Task{Subject: "transfer-request", ID: f.ID.String(), Ref: f.Ref, Title: f.ProgrammeCode + " · " + called, Since: since, Due: cmp.Or(open.Due, open.PayBy)}
		list = append(list, task.Waits(t.by.Hat.Role, open.May)...)
	}
	return list, nil
}

// unrequested are the programmes with money allocated of which nothing was asked for.
func (t *tx) unrequested() ([]domain.Task, error) {
	return t.waiting("programme", "transfer.request", `SELECT p.id, p.code, p.title, p.created_at FROM programmes p WHERE p.decision IS NOT NULL
		AND NOT EXISTS (SELECT FROM transfer_requests r WHERE r.programme = p.id AND r.stage <> 'withdrawn')
		AND EXISTS (SELECT FROM programme_shares s JOIN organisations o ON o.id = s.organisation
			JOIN balances b ON b.account = 'fund:allocated:' || p.code || ':' || o.code WHERE s.programme = p.id AND b.held > 0)
		ORDER BY p.created_at, p.code LIMIT ?`)
}

// unstarted are the programmes that were paid for, and that nobody has said began.
func (t *tx) unstarted() ([]domain.Task, error) {
	return t.waiting("programme", "programme.start", `SELECT p.id, p.code, p.title, min(r.released_at) FROM programmes p JOIN transfer_requests r ON r.programme = p.id
		WHERE p.state = 'approved' AND NOT p.preparation AND r.stage IN ('sent', 'acknowledged') GROUP BY p.id ORDER BY min(r.released_at), p.code LIMIT ?`)
}

// unsettled are the requests for changes that are on no agenda.
func (t *tx) unsettled() (list []domain.Task, err error) {
	open, err := t.openChanges(func(domain.ProgrammeCase) bool { return true }) // the secretariat sees all
	for _, x := range open {
		task := domain.Task{Subject: "programme", ID: x.Programme.String(), Ref: x.Ref, Title: x.Title, Since: x.At}
		list = append(list, task.Waits(t.by.Hat.Role, x.May)...)
	}
	return list, err
}

// unmatched are the bank statements with lines that nobody has matched or put aside.
func (t *tx) unmatched() ([]domain.Task, error) {
	return t.waiting("bank-statement", "match.make", `SELECT s.id, s.bank_ref, '', s.imported_at FROM bank_statements s WHERE EXISTS (SELECT FROM bank_lines l
		WHERE l.statement = s.id AND NOT EXISTS (SELECT FROM matched_lines x WHERE x.line = l.id)
		AND NOT EXISTS (SELECT FROM line_notes n WHERE n.line = l.id)) ORDER BY s.to_on, s.bank_ref LIMIT ?`)
}

// waiting are tasks that the facts alone tell: id, ref, title, since when.
func (t *tx) waiting(subject, act, query string) (list []domain.Task, err error) {
	rows, err := t.Raw(query, mostTasks).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		task := domain.Task{Subject: subject}
		var id uuid.UUID
		if err := rows.Scan(&id, &task.Ref, &task.Title, &task.Since); err != nil {
			return nil, err
		}
		task.ID = id.String()
		list = append(list, task.Waits(t.by.Hat.Role, []string{act})...)
	}
	return list, rows.Err()
}
