package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

// assessorsView is who is asked to assess a call's proposals, and who would be next.
type assessorsView struct {
	Call      uuid.UUID           `json:"call"`
	Ref       string              `json:"ref"`
	Asked     int                 `json:"asked"` // seats for each proposal
	Days      int                 `json:"days"`
	TooFew    int                 `json:"too_few"` // scores from which a mean is said
	Least     string              `json:"least"`   // the first day that it can be due
	Seats     []assessorView      `json:"seats"`
	Proposals []assessedEntryView `json:"proposals"`
	Proposed  []nextAssessorView  `json:"proposed"` // what sharing out would ask
	Short     int                 `json:"short"`    // assessors for whom no seat is left
	May       []string            `json:"may"`
}

type assessorView struct {
	ID           uuid.UUID `json:"id"`
	Name         string    `json:"name"`
	Constituency string    `json:"constituency"`
	Organisation namedView `json:"organisation"`
	Load         int       `json:"load"` // proposals of the call assessed, or asked for
	habitView
}

// habitView is how a seat's totals lie on the call; empty where they are too few to say.
type habitView struct {
	Scores int    `json:"scores"`
	Mean   string `json:"mean"`
	Lowest string `json:"lowest"`
	Most   string `json:"highest"`
}

func viewOfHabit(h domain.Habit) habitView {
	if !h.Said {
		return habitView{Scores: h.Scores}
	}
	return habitView{h.Scores, h.Mean.StringFixed(2), h.Least.StringFixed(2), h.Most.StringFixed(2)}
}

type assessedEntryView struct {
	Proposal uuid.UUID        `json:"proposal"`
	Ref      string           `json:"ref"`
	Title    string           `json:"title"`
	Language string           `json:"language"`
	Lacking  int              `json:"lacking"`
	Scored   int              `json:"scored"` // scores that count
	Asked    []assignmentView `json:"asked"`
	Seats    []besideView     `json:"seats"`
}

type assignmentView struct {
	ID     uuid.UUID              `json:"id"`
	Seat   uuid.UUID              `json:"seat"`
	Name   string                 `json:"name"`
	Due    time.Time              `json:"due"`
	Late   bool                   `json:"late"`
	State  domain.AssignmentState `json:"state"`
	Reason string                 `json:"reason"` // for which it was chosen by hand, or taken back
	At     time.Time              `json:"at"`
}

// besideView is how a seat stands to a proposal: what keeps it from assessing it, and
// on which objectives it leads.
type besideView struct {
	Seat  uuid.UUID              `json:"seat"`
	Kept  []charter.InterestKind `json:"kept"`
	Leads []int                  `json:"leads"`
}

type nextAssessorView struct {
	Proposal uuid.UUID `json:"proposal"`
	Seat     uuid.UUID `json:"seat"`
}

func (s *Server) shownAssessors(a *asked) func(store.AssessorsFile, error) (answer, error) {
	return func(f store.AssessorsFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		v := assessorsView{Call: f.Call.ID, Ref: f.Call.Ref, Asked: f.Rules.Scoring.Asked(), Days: f.Rules.Scoring.AssessmentDays.Value, TooFew: f.Rules.Scoring.TooFew.Value, Least: f.Least.Format(time.DateOnly),
			Seats: []assessorView{}, Proposals: []assessedEntryView{}, Proposed: []nextAssessorView{}, May: s.may(a.by, f.May)}
		for _, x := range f.Seats {
			if !x.Chair() || f.Rules.Body.Chair.Decides.Value {
				v.Seats = append(v.Seats, assessorView{x.ID, x.Name, x.Constituency, namedView{x.Organisation.String(), x.Code, x.Holder}, f.Load[x.ID], viewOfHabit(f.Habits[x.ID])})
			}
		}
		for _, e := range f.Entries {
			v.Proposals = append(v.Proposals, viewOfEntry(e, f.Now))
			for _, x := range f.Proposed.Given {
				if x.Proposal.ID == e.Proposal.ID {
					v.Proposed = append(v.Proposed, nextAssessorView{x.Proposal.ID, x.Assessor.ID})
				}
			}
		}
		for _, x := range f.Proposed.Short {
			v.Short += x.Lacking
		}
		return shown(v)
	}
}

func viewOfEntry(e store.AssessedEntry, now time.Time) assessedEntryView {
	p := e.Proposal
	v := assessedEntryView{p.ID, p.Ref, p.Title, p.Language, e.Lacking, len(e.Scored), []assignmentView{}, []besideView{}}
	for _, x := range e.Asked {
		state, reason := e.States[x.ID], x.Reason
		if x.Ended != nil {
			reason = x.Ended.Reason
		}
		v.Asked = append(v.Asked, assignmentView{x.ID, x.Seat, x.SeatName, x.Due.UTC(), state == domain.AssessmentWaits && !now.Before(x.Due), state, reason, x.At.UTC()})
	}
	for _, x := range e.Assessors {
		if len(x.Kept) > 0 || len(x.Leads) > 0 {
			v.Seats = append(v.Seats, besideView{x.ID, append([]charter.InterestKind{}, x.Kept...), append([]int{}, x.Leads...)})
		}
	}
	return v
}

// assessors shows who is asked to assess a call's proposals.
func (s *Server) assessors(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownAssessors(a)(s.Store.Assessors(a, a.by, id))
}

type sharingRequest struct {
	Due string `json:"due"`
}

// shareOut asks seats to assess what lacks assessors.
func (s *Server) shareOut(a *asked) (answer, error) {
	id, in, err := onto[sharingRequest](a)
	if err != nil {
		return answer{}, err
	}
	due, err := dayAt(in.Due, "/due")
	if err != nil {
		return answer{}, err
	}
	return s.shownAssessors(a)(s.Store.ShareOut(a, a.ask, id, due))
}

type assessorRequest struct {
	Seat   uuid.UUID `json:"seat"`
	Due    string    `json:"due"`
	Reason string    `json:"reason"`
}

// askAssessor asks one seat more, chosen by hand.
func (s *Server) askAssessor(a *asked) (answer, error) {
	id, in, err := onto[assessorRequest](a)
	if err != nil {
		return answer{}, err
	}
	due, err := dayAt(in.Due, "/due")
	if err != nil {
		return answer{}, err
	}
	return s.shownAssessors(a)(s.Store.AskAssessor(a, a.ask, id, in.Seat, due, in.Reason))
}

// takeBackAssignment asks a seat no more.
func (s *Server) takeBackAssignment(a *asked) (answer, error) {
	id, in, err := onto[reasonRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownAssessors(a)(s.Store.TakeBackAssignment(a, a.ask, id, in.Reason))
}
