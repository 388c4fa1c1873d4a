package domain

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// Refusals about who is asked to assess.
var (
	ErrNothingToShare = problem.New(problem.Conflict, "nothing-to-share-out") // every proposal has its assessors
	ErrAskedToAssess  = problem.New(problem.Conflict, "seat-asked-already")
	ErrSeatMayNot     = problem.New(problem.Conflict, "seat-may-not-assess") // a stake of its organisation's, of the facts or on record
	ErrAssessDue      = problem.New(problem.Invalid, "assessment-due-too-soon")
	ErrAskingOver     = problem.New(problem.Conflict, "asking-is-over") // taken back, or its score is in
)

// furthestAssessment is how many days ahead a day may be set. No rule of the fund.
const furthestAssessment = 366

// Assignment asks a seat to assess a proposal. It asks the seat, not a person:
// whoever represents it assesses. It gives no right that the seat has not, and
// takes none from another (issue 5, item 6).
type Assignment struct {
	ID       uuid.UUID
	Proposal uuid.UUID
	Seat     uuid.UUID
	SeatName string
	Due      time.Time // the instant before which it is in time
	Reason   string    // where a person chose the seat
	Person   uuid.UUID
	At       time.Time
	Ended    *AssignmentEnd
}

// AssignmentEnd takes it back, with the reason.
type AssignmentEnd struct {
	Reason string
	Person uuid.UUID
	At     time.Time
}

// AssignmentState is how it stands.
type AssignmentState string

const (
	AssessmentWaits AssignmentState = "waiting"
	AssessmentIn    AssignmentState = "in"
	AssessmentOff   AssignmentState = "taken-back"
	AssessmentKept  AssignmentState = "kept-out" // a stake has come to light since
)

// ToAssess is a proposal that is to be assessed, with those who were asked and those
// whose score counts.
type ToAssess struct {
	Proposal Proposal
	Rules    charter.Charter // that it is judged by
	Asked    []Assignment
	Scored   []uuid.UUID // seats
	Declared map[uuid.UUID][]charter.InterestKind
	Bound    []uuid.UUID // persons with an interest of their own in it
}

// Assessor is a seat beside one proposal.
type Assessor struct {
	Sitting
	Kept  []charter.InterestKind // what keeps it from assessing
	Leads []int                  // objectives of the proposal on which its organisation leads: suggested, and no more
}

// Assessors are the seats that decide, by name, as they stand to the proposal.
func (e ToAssess) Assessors(sitting []Sitting) (list []Assessor) {
	for _, s := range sitting {
		if s.Chair() && !e.Rules.Body.Chair.Decides.Value {
			continue
		}
		list = append(list, Assessor{s, e.kept(s.Organisation, sitting), e.Proposal.leading(append([]string{s.Code}, s.Called...), e.Rules)})
	}
	slices.SortFunc(list, func(a, b Assessor) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// kept is what keeps an organisation's seats from assessing.
func (e ToAssess) kept(organisation uuid.UUID, sitting []Sitting) []charter.InterestKind {
	kinds := append(e.Proposal.Recusals(organisation, e.Rules), Seating{Declared: e.Declared[organisation]}.Recusals(e.Rules)...)
	if e.Proposal.Hands.found(organisation, sitting) {
		kinds = append(kinds, charter.WorkedOn)
	}
	if e.bound(organisation, sitting) {
		kinds = append(kinds, charter.Personal)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// State is how an assignment of the entry stands.
func (e ToAssess) State(a Assignment, sitting []Sitting) AssignmentState {
	kept := func(s Sitting) bool { return s.ID == a.Seat && len(e.kept(s.Organisation, sitting)) > 0 }
	switch {
	case slices.Contains(e.Scored, a.Seat):
		return AssessmentIn
	case a.Ended != nil:
		return AssessmentOff
	case slices.ContainsFunc(sitting, kept):
		return AssessmentKept
	}
	return AssessmentWaits
}

// taken are the seats that need not be asked any more: those whose score is in, and
// those that are asked and may assess.
func (e ToAssess) taken(sitting []Sitting) []uuid.UUID {
	seats := slices.Clone(e.Scored)
	for _, a := range e.Asked {
		if e.State(a, sitting) == AssessmentWaits && !slices.Contains(seats, a.Seat) {
			seats = append(seats, a.Seat)
		}
	}
	return seats
}

// Lacking is how many assessors the entry has yet to be given.
func (e ToAssess) Lacking(sitting []Sitting) int {
	if e.Proposal.in(Eligible) != nil {
		return 0
	}
	return max(0, e.Rules.Scoring.Asked()-len(e.taken(sitting)))
}

// Sharing is who is to assess what.
type Sharing struct {
	Given []Shared
	Short []Shortage
}

// Shared asks one more seat.
type Shared struct {
	Proposal Proposal
	Assessor Assessor
}

// Shortage is a proposal for which too few seats are left.
type Shortage struct {
	Proposal Proposal
	Lacking  int
}

// ShareOut gives each entry the assessors that it lacks. What counts, each before
// the next: as many are asked as can be; nobody is asked who has a stake; the work
// is shared evenly (the squares of what each seat has, those asked and scored
// before counted, sum to the least); a proposal's assessors are of different
// constituencies; an organisation that leads on an objective of the proposal
// assesses it. It is the cheapest flow through a network of them, and so the best
// there is; where two are as good, names decide.
func ShareOut(entries []ToAssess, sitting []Sitting) Sharing {
	units := 1
	for _, e := range entries {
		units += e.Lacking(sitting)
	}
	lead := int64(1)
	spread := int64(units) * lead
	even := int64(units) * int64(len(sitting)+1) * spread
	g := &mincost{}
	source, sink := g.node(), g.node()
	seats := evenly(g, entries, sitting, sink, units, even)

	type laid struct {
		arc int
		Shared
	}
	var all []laid
	for _, e := range entries {
		need := e.Lacking(sitting)
		if need == 0 {
			continue
		}
		assessors, taken := e.Assessors(sitting), e.taken(sitting)
		proposal := g.node()
		g.lay(source, proposal, need, 0)
		of := map[string]int{}
		for _, a := range assessors {
			group, known := of[a.Constituency]
			if !known {
				group = g.node()
				of[a.Constituency] = group
				has := int64(0)
				for _, b := range assessors {
					if b.Constituency == a.Constituency && slices.Contains(taken, b.ID) {
						has++
					}
				}
				for i := range int64(need) {
					g.lay(proposal, group, 1, (has+i)*spread)
				}
			}
			if len(a.Kept) > 0 || slices.Contains(taken, a.ID) {
				continue
			}
			cost := lead
			if len(a.Leads) > 0 {
				cost = 0
			}
			all = append(all, laid{g.lay(group, seats[a.ID], 1, cost), Shared{e.Proposal, a}})
		}
	}
	g.flow(source, sink)
	var out Sharing
	for _, l := range all {
		if g.sent(l.arc) {
			out.Given = append(out.Given, l.Shared)
		}
	}
	for _, e := range entries {
		got := 0
		for _, x := range out.Given {
			if x.Proposal.ID == e.Proposal.ID {
				got++
			}
		}
		if lacks := e.Lacking(sitting) - got; lacks > 0 {
			out.Short = append(out.Short, Shortage{e.Proposal, lacks})
		}
	}
	return out
}

// evenly lays the arcs that make each more proposal of a seat dearer than the one
// before, so that the work is shared: the n-th costs the difference of two squares.
func evenly(g *mincost, entries []ToAssess, sitting []Sitting, sink, units int, even int64) map[uuid.UUID]int {
	has := Load(entries, sitting)
	seats := map[uuid.UUID]int{}
	for _, s := range sitting {
		seats[s.ID] = g.node()
		for n := has[s.ID]; n < has[s.ID]+min(units, len(entries)); n++ {
			g.lay(seats[s.ID], sink, 1, int64(2*n+1)*even)
		}
	}
	return seats
}

// Load is how many of the entries each seat has assessed or is asked to.
func Load(entries []ToAssess, sitting []Sitting) map[uuid.UUID]int {
	has := map[uuid.UUID]int{}
	for _, e := range entries {
		for _, seat := range e.taken(sitting) {
			has[seat]++
		}
	}
	return has
}

// ShareOut asks seats to assess a call's proposals, by the end of a day that leaves
// them the charter's days.
func (c Call) ShareOut(by Actor, entries []ToAssess, sitting []Sitting, due time.Time, ch charter.Charter, at time.Time) ([]Assignment, Sharing, error) {
	if by.Hat.Role != Secretariat {
		return nil, Sharing{}, ErrForbidden
	}
	ends, found := assessmentDue(due, ch, at)
	if err := problem.Join(found); err != nil {
		return nil, Sharing{}, err
	}
	out := ShareOut(entries, sitting)
	if len(out.Given) == 0 {
		return nil, out, ErrNothingToShare.With("ref", c.Ref, "short", len(out.Short))
	}
	list := make([]Assignment, len(out.Given))
	for i, x := range out.Given {
		list[i] = Assignment{ID: uuid.New(), Proposal: x.Proposal.ID, Seat: x.Assessor.ID, SeatName: x.Assessor.Name, Due: ends, Person: by.Person, At: at}
	}
	return list, out, nil
}

// MayShareOut lists what somebody may do about who assesses a call's proposals.
func (c Call) MayShareOut(by Actor) []string {
	if by.Hat.Role != Secretariat {
		return nil
	}
	return []string{"assessment.share", "assessment.ask", "assessment.take-back"}
}

// AssessmentDue is the first day on which an assessment that is asked for at an
// instant can be due.
func AssessmentDue(c charter.Charter, at time.Time) time.Time {
	return c.Day(at).AddDate(0, 0, c.Scoring.AssessmentDays.Value)
}

func assessmentDue(due time.Time, c charter.Charter, at time.Time) (time.Time, []problem.Problem) {
	least := AssessmentDue(c, at)
	if due.Before(least) || due.After(c.Day(at).AddDate(0, 0, furthestAssessment)) {
		return time.Time{}, []problem.Problem{ErrAssessDue.With("least", least.Format(time.DateOnly), "days", c.Scoring.AssessmentDays.Value).At("/due")}
	}
	return c.Begins(due.AddDate(0, 0, 1)), nil
}

// Ask asks one seat more, that a person chose, and says why.
func (e ToAssess) Ask(by Actor, seat uuid.UUID, sitting []Sitting, due time.Time, reason string, at time.Time) (Assignment, error) {
	if by.Hat.Role != Secretariat {
		return Assignment{}, ErrForbidden
	}
	if err := e.Proposal.in(Eligible); err != nil {
		return Assignment{}, err
	}
	assessors := e.Assessors(sitting)
	i := slices.IndexFunc(assessors, func(a Assessor) bool { return a.ID == seat })
	found := written(reason, "/reason", longestReason)
	switch {
	case i < 0:
		found = append(found, ErrUnknownWord.With("given", seat.String()).At("/seat"))
	case len(assessors[i].Kept) > 0:
		found = append(found, ErrSeatMayNot.With("seat", assessors[i].Name, "reason", string(assessors[i].Kept[0])).At("/seat"))
	case slices.Contains(e.taken(sitting), seat):
		found = append(found, ErrAskedToAssess.With("seat", assessors[i].Name, "ref", e.Proposal.Ref).At("/seat"))
	}
	ends, wrong := assessmentDue(due, e.Rules, at)
	if err := problem.Join(append(found, wrong...)); err != nil {
		return Assignment{}, err
	}
	return Assignment{ID: uuid.New(), Proposal: e.Proposal.ID, Seat: seat, SeatName: assessors[i].Name, Due: ends, Reason: strings.TrimSpace(reason), Person: by.Person, At: at}, nil
}

// TakeBack ends an assignment whose score is not in.
func (e ToAssess) TakeBack(by Actor, a Assignment, reason string, at time.Time) (AssignmentEnd, error) {
	switch {
	case by.Hat.Role != Secretariat:
		return AssignmentEnd{}, ErrForbidden
	case a.Ended != nil || slices.Contains(e.Scored, a.Seat):
		return AssignmentEnd{}, ErrAskingOver.With("seat", a.SeatName, "ref", e.Proposal.Ref)
	}
	if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
		return AssignmentEnd{}, err
	}
	return AssignmentEnd{strings.TrimSpace(reason), by.Person, at}, nil
}
