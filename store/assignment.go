package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

func init() { promises["assignment_endings_pkey"] = domain.ErrAskingOver }

// AssessorsFile is who is asked to assess a call's proposals, and who would be next.
type AssessorsFile struct {
	Call     domain.Call
	Rules    charter.Charter // of the call
	Least    time.Time       // the first day that what is asked for now can be due
	Seats    []domain.Sitting
	Now      time.Time
	Load     map[uuid.UUID]int // by seat: assessed, or asked for
	Habits   map[uuid.UUID]domain.Habit
	Entries  []AssessedEntry // by ref
	Proposed domain.Sharing  // what sharing out would add; to who may share out
	May      []string
}

// AssessedEntry is one of the proposals that the reader has in sight.
type AssessedEntry struct {
	domain.ToAssess
	Assessors []domain.Assessor
	States    map[uuid.UUID]domain.AssignmentState // by assignment
	Lacking   int
}

// Assessors shows who is asked to assess the proposals of a call that are before the body.
func (s *Store) Assessors(ctx context.Context, by domain.Actor, call uuid.UUID) (AssessorsFile, error) {
	return read(ctx, s, by, func(t *tx) (AssessorsFile, error) { return t.assessorsFile(call) })
}

func (t *tx) assessorsFile(call uuid.UUID) (f AssessorsFile, err error) {
	if f.Call, err = t.call(call, ""); err != nil {
		return f, err
	}
	if f.Rules, err = t.judgedUnder(f.Call); err != nil {
		return f, err
	}
	entries, sitting, err := t.toAssess(`p.call = ? AND p.stage = 'eligible' ORDER BY p.ref LIMIT ?`, call, mostAssessed)
	if err != nil {
		return f, err
	}
	f.Now, f.Seats, f.Load, f.Least = t.now, sitting, domain.Load(entries, sitting), domain.AssessmentDue(f.Rules, t.now)
	if f.May = f.Call.MayShareOut(t.by); len(f.May) > 0 {
		f.Proposed = domain.ShareOut(entries, sitting)
	}
	for _, e := range entries {
		_, seen, err := t.seenScores(e.Proposal, e.Rules, nil)
		if err != nil {
			return f, err
		}
		if !seen {
			continue
		}
		entry := AssessedEntry{e, e.Assessors(sitting), map[uuid.UUID]domain.AssignmentState{}, e.Lacking(sitting)}
		for _, a := range e.Asked {
			entry.States[a.ID] = e.State(a, sitting)
		}
		f.Entries = append(f.Entries, entry)
	}
	f.Habits, err = t.habits(f.Call, f.Rules)
	return f, err
}

// seenScores are as many of the scores of a proposal as the actor sees; seen is false
// where it is out of the actor's sight that there are any.
func (t *tx) seenScores(p domain.Proposal, rules charter.Charter, all []domain.Score) (list []domain.Score, seen bool, err error) {
	seats, err := t.seatings(t.by.Hat, p.ID)
	if err != nil {
		return nil, false, err
	}
	list, _, err = p.ScoresFor(t.by, seats, all, rules)
	if errors.Is(err, domain.ErrMissing) {
		return nil, false, nil
	}
	return list, err == nil, err
}

// habits are how each seat scored the proposals of a call that the actor has in sight.
func (t *tx) habits(call domain.Call, rules charter.Charter) (map[uuid.UUID]domain.Habit, error) {
	scored, err := t.proposals(`p.call = ? AND EXISTS (SELECT FROM scores s WHERE s.proposal = p.id) ORDER BY p.ref LIMIT ?`, call.ID, mostAssessed)
	if err != nil {
		return nil, err
	}
	var assessed []domain.Assessment
	for _, p := range scored {
		all, err := t.scores(p, rules)
		if err != nil {
			return nil, err
		}
		counted, _ := p.Counted(all)
		list, seen, err := t.seenScores(p, rules, counted)
		if err != nil {
			return nil, err
		}
		if seen {
			assessed = append(assessed, domain.Assess(list, call.Sheet(rules)))
		}
	}
	return domain.Habits(assessed, rules.Scoring), nil
}

// judgedUnder are those that a call's entries are judged by: in force when it was announced.
func (t *tx) judgedUnder(c domain.Call) (charter.Charter, error) {
	if c.CharterVersion == 0 {
		return t.charter, nil
	}
	return t.charterOf(c.CharterVersion)
}

// ShareOut asks seats to assess what lacks assessors in a call, by the end of a day.
func (s *Store) ShareOut(ctx context.Context, by Ask, call uuid.UUID, due time.Time) (AssessorsFile, error) {
	return act(ctx, s, by, "assessment.share", func(t *tx) (AssessorsFile, error) {
		t.on("call", call)
		c, err := t.call(call, "FOR UPDATE OF c") // one sharing out after another
		if err != nil {
			return AssessorsFile{}, err
		}
		entries, sitting, err := t.toAssess(`p.call = ? AND p.stage = 'eligible' ORDER BY p.ref LIMIT ?`, call, mostAssessed)
		if err != nil {
			return AssessorsFile{}, err
		}
		rules, err := t.judgedUnder(c)
		if err != nil {
			return AssessorsFile{}, err
		}
		list, out, err := c.ShareOut(t.by, entries, sitting, due, rules, t.now)
		if err != nil {
			return AssessorsFile{}, err
		}
		for _, a := range list {
			if err := t.keepAssignment(a); err != nil {
				return AssessorsFile{}, err
			}
		}
		t.changed("asked", len(list))
		t.changed("short", len(out.Short))
		return t.assessorsFile(call)
	})
}

// AskAssessor asks one seat more, that a person chose.
func (s *Store) AskAssessor(ctx context.Context, by Ask, proposal, seat uuid.UUID, due time.Time, reason string) (AssessorsFile, error) {
	return act(ctx, s, by, "assessment.ask", func(t *tx) (AssessorsFile, error) {
		e, sitting, err := t.oneToAssess(proposal)
		if err != nil {
			return AssessorsFile{}, err
		}
		a, err := e.Ask(t.by, seat, sitting, due, reason, t.now)
		if err != nil {
			return AssessorsFile{}, err
		}
		t.changed("proposal", proposal)
		t.changed("seat", a.SeatName)
		if err := t.keepAssignment(a); err != nil {
			return AssessorsFile{}, err
		}
		return t.assessorsFile(e.Proposal.Call)
	})
}

// TakeBackAssignment asks a seat no more, with the reason.
func (s *Store) TakeBackAssignment(ctx context.Context, by Ask, id uuid.UUID, reason string) (AssessorsFile, error) {
	return act(ctx, s, by, "assessment.take-back", func(t *tx) (none AssessorsFile, err error) {
		asked, err := only(t.assignments(`a.id = ?`, id))
		if err != nil {
			return none, err
		}
		e, _, err := t.oneToAssess(asked.Proposal)
		if err != nil {
			return none, err
		}
		end, err := e.TakeBack(t.by, asked, reason, t.now)
		if err != nil {
			return none, err
		}
		t.changed("proposal", e.Proposal.ID)
		t.changed("seat", asked.SeatName)
		err = t.Exec(`INSERT INTO assignment_endings (assignment, reason, person, at) VALUES (?, ?, ?, ?)`, id, end.Reason, end.Person, end.At).Error
		if err != nil {
			return none, err
		}
		return t.assessorsFile(e.Proposal.Call)
	})
}

// oneToAssess is a proposal by id, its call locked: what is asked of its seats is asked
// one after another.
func (t *tx) oneToAssess(proposal uuid.UUID) (domain.ToAssess, []domain.Sitting, error) {
	p, err := t.proposal(proposal, "")
	if err != nil {
		return domain.ToAssess{}, nil, err
	}
	t.on("call", p.Call)
	if _, err := t.call(p.Call, "FOR UPDATE OF c"); err != nil {
		return domain.ToAssess{}, nil, err
	}
	list, sitting, err := t.toAssess(`p.id = ?`, proposal)
	if err != nil || len(list) == 0 {
		return domain.ToAssess{}, nil, errors.Join(err, domain.ErrMissing)
	}
	return list[0], sitting, nil
}

// toAssess loads proposals with those who were asked and whose scores count, and who
// sits today.
func (t *tx) toAssess(condition string, args ...any) (list []domain.ToAssess, sitting []domain.Sitting, err error) {
	proposals, err := t.proposals(condition, args...)
	if err != nil || len(proposals) == 0 {
		return nil, nil, err
	}
	if sitting, err = t.sitting(t.today()); err != nil {
		return nil, nil, err
	}
	if err = errors.Join(t.withSpeakers(sitting), t.withNames(sitting)); err != nil {
		return nil, nil, err
	}
	ids, at := make([]uuid.UUID, len(proposals)), map[uuid.UUID]int{}
	for i, p := range proposals {
		rules, err := t.charterOf(p.CharterVersion)
		if err != nil {
			return nil, nil, err
		}
		ids[i], at[p.ID] = p.ID, i
		list = append(list, domain.ToAssess{Proposal: p, Rules: rules, Declared: map[uuid.UUID][]charter.InterestKind{}})
	}
	asked, err := t.assignments(`a.proposal IN ?`, ids)
	if err != nil {
		return nil, nil, err
	}
	for _, a := range asked {
		list[at[a.Proposal]].Asked = append(list[at[a.Proposal]].Asked, a)
	}
	kin, err := t.kin()
	if err != nil {
		return nil, nil, err
	}
	bound := func(proposal, person uuid.UUID) { list[at[proposal]].Bound = append(list[at[proposal]].Bound, person) }
	declared := func(proposal, organisation uuid.UUID, kind charter.InterestKind) {
		of := list[at[proposal]].Declared
		of[organisation] = append(of[organisation], kind)
	}
	err = t.each(`SELECT DISTINCT q.proposal, i.organisation, i.kind, CASE WHEN `+bindsNoOther+` THEN NULL ELSE i.person END FROM interests_now i JOIN questions q ON q.id = i.question
		WHERE q.proposal IN ? AND i.source <> ? ORDER BY 1, 2, 3`, func(scan func(...any) error) error {
		var proposal, organisation uuid.UUID
		var kind charter.InterestKind
		var person uuid.NullUUID
		err := scan(&proposal, &organisation, &kind, &person)
		if person.Valid {
			bound(proposal, person.UUID)
			return err
		}
		for _, one := range kin.Of(organisation) {
			declared(proposal, one, kind)
		}
		return err
	}, uuid.Nil, ids, domain.InterestFound)
	if err := errors.Join(err, t.standingIn(ids, nil, func(proposal, organisation uuid.UUID, x domain.StandingInterest) {
		if x.Kind == charter.Personal {
			bound(proposal, x.Person)
			return
		}
		declared(proposal, organisation, x.Kind)
	})); err != nil {
		return nil, nil, err
	}
	return list, sitting, t.scoredOf(ids, func(proposal, seat, organisation, person uuid.UUID) {
		if e := &list[at[proposal]]; e.Judges(organisation) && !slices.Contains(e.Bound, person) {
			e.Scored = append(e.Scored, seat)
		}
	})
}

// scoredOf are the seats that have scored what each of some proposals says now, for whom and by whom.
func (t *tx) scoredOf(proposals []uuid.UUID, found func(proposal, seat, organisation, person uuid.UUID)) error {
	return t.each(`SELECT DISTINCT s.proposal, s.seat, s.organisation, s.person FROM scores s JOIN proposals p ON p.id = s.proposal
		WHERE s.proposal IN ? AND s.version BETWEEN `+assessedFrom+` AND p.submission ORDER BY 1, 2, 3, 4`, func(scan func(...any) error) error {
		var proposal, seat, organisation, person uuid.UUID
		err := scan(&proposal, &seat, &organisation, &person)
		found(proposal, seat, organisation, person)
		return err
	}, proposals)
}

// assignments loads those of a condition, the oldest first.
func (t *tx) assignments(condition string, args ...any) (list []domain.Assignment, err error) {
	err = t.each(`SELECT a.id, a.proposal, a.seat, s.name, a.due_at, a.reason, a.person, a.at, e.reason, e.person, e.at
		FROM assignments a JOIN seats s ON s.id = a.seat LEFT JOIN assignment_endings e ON e.assignment = a.id WHERE `+condition+` ORDER BY a.at, s.name`, func(scan func(...any) error) error {
		var a domain.Assignment
		var reason *string
		var person uuid.NullUUID
		var at *time.Time
		if err := scan(&a.ID, &a.Proposal, &a.Seat, &a.SeatName, &a.Due, &a.Reason, &a.Person, &a.At, &reason, &person, &at); err != nil {
			return err
		}
		if reason != nil {
			a.Ended = &domain.AssignmentEnd{Reason: *reason, Person: person.UUID, At: *at}
		}
		list = append(list, a)
		return nil
	}, args...)
	return list, err
}

// assessedBy is the instant before which a seat of the hat's organisation is asked to
// have assessed a proposal; nil where none is.
func (t *tx) assessedBy(proposal uuid.UUID) (due *time.Time, err error) {
	asked, err := t.assignments(`a.proposal = ? AND e.assignment IS NULL AND EXISTS (SELECT FROM seat_terms h WHERE h.seat = a.seat AND h.organisation = ? AND h.term @> ?::date)`,
		proposal, t.by.Hat.Organisation, t.today())
	for _, a := range asked {
		if due == nil || a.Due.Before(*due) {
			due = &a.Due
		}
	}
	return due, err
}

func (t *tx) keepAssignment(a domain.Assignment) error {
	return t.Exec(`INSERT INTO assignments (id, proposal, seat, due_at, reason, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.Proposal, a.Seat, a.Due, a.Reason, a.Person, a.At).Error
}

var _ = ask(
	Question{"who-is-asked-to-assess-may", "a seat was asked to assess what is its own organisation's, or was held by nobody that day", `
		SELECT p.ref || ' ' || s.name FROM assignments a JOIN proposals p ON p.id = a.proposal JOIN seats s ON s.id = a.seat JOIN charters c ON c.version = p.charter_version
		LEFT JOIN seat_terms h ON h.seat = a.seat AND h.term @> (a.at AT TIME ZONE c.time_zone)::date
		WHERE h.organisation IS NULL OR h.organisation = p.organisation`},
	Question{"asked-after-screening", "a seat was asked to assess a proposal that was not found eligible before", `
		SELECT p.ref FROM assignments a JOIN proposals p ON p.id = a.proposal
		WHERE NOT EXISTS (SELECT FROM screenings f WHERE f.proposal = a.proposal AND f.outcome = 'eligible' AND f.at <= a.at)`},
	Question{"taken-back-after-asking", "an assessor was taken back before being asked", `
		SELECT a.id::text FROM assignments a JOIN assignment_endings e ON e.assignment = a.id WHERE e.at < a.at`},
)
