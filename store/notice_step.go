package store

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// factOfInterest is what is told of an interest in a question to those whose it is: which
// item, and nothing of what it says.
func (t *tx) factOfInterest(f fact, question uuid.UUID) (fact, error) {
	i, err := t.item(question, false)
	if err != nil {
		return f, err
	}
	f.params = map[string]string{"ref": i.Ref(), "title": ""}
	return f, t.Raw(`SELECT id FROM organisations WHERE code = ?`, t.changes["organisation"]).Row().Scan(&f.recipient)
}

// rescoring keeps of some listeners those whose organisations scored a proposal or are
// asked to, as far as they have it in sight.
func (t *tx) rescoring(proposal uuid.UUID, all []listener) (list []listener, err error) {
	p, err := only(t.proposals(`p.id = ?`, proposal))
	if err != nil {
		return nil, err
	}
	rules, err := t.charterOf(p.CharterVersion)
	if err != nil {
		return nil, err
	}
	var asked []uuid.UUID
	if err := t.Raw(`SELECT organisation FROM scores WHERE proposal = ? AND version >= ? UNION SELECT h.organisation FROM assignments a JOIN seat_terms h ON h.seat = a.seat AND h.term @> ?::date
		WHERE a.proposal = ? AND NOT EXISTS (SELECT FROM assignment_endings e WHERE e.assignment = a.id)`, p.ID, p.AssessedFrom, t.today(), p.ID).Scan(&asked).Error; err != nil {
		return nil, err
	}
	for _, l := range all {
		if !slices.Contains(asked, l.hat.Organisation) {
			continue
		}
		declared, err := t.declared(p.ID, l.hat.Organisation, l.person)
		if err != nil {
			return nil, err
		}
		if !p.Hides(domain.Actor{Person: l.person, Hat: l.hat}, rules, declared) {
			list = append(list, l)
		}
	}
	return list, nil
}

// unscoredAgain are the proposals with an open second round that by's organisation scored
// in the first, and not yet in the second.
func (t *tx) unscoredAgain() ([]domain.Task, error) {
	list, err := t.proposals(`p.stage = 'eligible' AND EXISTS (SELECT FROM score_rounds r WHERE r.proposal = p.id AND r.version >= `+assessedFrom+` AND r.version <= p.submission)
		AND EXISTS (SELECT FROM scores s WHERE s.proposal = p.id AND s.version >= `+assessedFrom+` AND s.organisation = ?)
		AND NOT EXISTS (SELECT FROM scores s WHERE s.proposal = p.id AND s.version >= `+assessedFrom+` AND s.organisation = ? AND s.round = 2) ORDER BY p.ref LIMIT ?`,
		t.by.Hat.Organisation, t.by.Hat.Organisation, mostTasks)
	if err != nil {
		return nil, err
	}
	rounds := map[string]domain.ScoreRound{}
	for _, p := range list {
		all, err := t.rounds(p.ID)
		if err != nil {
			return nil, err
		}
		if r := p.Second(all); r != nil {
			rounds[p.ID.String()] = *r
		}
	}
	tasks, err := t.waits(list, func(f ProposalFile) time.Time { return rounds[f.ID.String()].At })
	for n := range tasks {
		tasks[n].Kind, tasks[n].Due = domain.ScoreAgain, rounds[tasks[n].ID].Due
	}
	return tasks, err
}

// unsteered are the questions in writing that wait for whoever presides to put them, and
// those without consensus that wait for the next step.
func (t *tx) unsteered() (list []domain.Task, err error) {
	waiting, err := t.questions(`q.meeting IS NULL AND q.state = 'listed' OR q.state = 'unresolved' ORDER BY coalesce(q.closed_at, q.circulated_at), q.id LIMIT ?`, mostTasks)
	if err != nil {
		return nil, err
	}
	for _, q := range waiting {
		i, err := t.item(q.ID, false)
		if err != nil {
			return nil, err
		}
		if _, hidden := i.Hidden(t.by); hidden {
			continue
		}
		since := q.ClosedAt
		if since == nil {
			since = q.CirculatedAt
		}
		if n := len(i.Rungs); n > 0 {
			since = &i.Rungs[n-1].At
		}
		task := domain.Task{Subject: "question", ID: q.ID.String(), Ref: i.Ref(), Title: q.Title, Language: q.Language, Since: *since}
		list = append(list, task.Waits(t.by.Hat.Role, i.May(t.by))...)
	}
	return list, nil
}
