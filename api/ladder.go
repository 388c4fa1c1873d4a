package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

// ladderView is what was recorded of a question without consensus: the charter's steps,
// each with what was done on it where it was reached, and how the ladder was left.
type ladderView struct {
	Steps []rungView        `json:"steps"`
	Ended *ladderEndingView `json:"ended,omitempty"`
}

type rungView struct {
	Key  string        `json:"key"`
	Name charter.Names `json:"name"`
	Text string        `json:"text,omitempty"`
	At   *time.Time    `json:"at,omitempty"`
}

type ladderEndingView struct {
	As     string    `json:"as"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

type followingView struct {
	Question uuid.UUID `json:"question"`
	Item     string    `json:"item"`
}

func followingOf(f *domain.Followed) *followingView {
	if f == nil {
		return nil
	}
	return &followingView{f.Question, f.Ref}
}

// ladderOf shows the ladder of a question that ended without consensus; nil of another.
func ladderOf(i domain.Item) *ladderView {
	if i.State != domain.QuestionUnresolved && len(i.Rungs) == 0 && i.Ending == nil {
		return nil
	}
	v := &ladderView{Steps: []rungView{}}
	for n, step := range i.Charter.Body.WithoutConsensus {
		r := rungView{Key: step.Key, Name: step.Name.Value}
		if n < len(i.Rungs) {
			at := i.Rungs[n].At.UTC()
			r.Text, r.At = i.Rungs[n].Text, &at
		}
		v.Steps = append(v.Steps, r)
	}
	if e := i.Ending; e != nil {
		v.Ended = &ladderEndingView{string(e.As), e.Reason, e.At.UTC()}
	}
	return v
}

type rungRequest struct {
	Text string `json:"text"`
}

// unresolve ends a question without consensus.
func (s *Server) unresolve(a *asked) (answer, error) {
	id, in, err := onto[rungRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.ladderAnswer(a)(s.Store.Unresolve(a, a.ask, id, in.Text))
}

// climbLadder records the next rung.
func (s *Server) climbLadder(a *asked) (answer, error) {
	id, in, err := onto[rungRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.ladderAnswer(a)(s.Store.ClimbLadder(a, a.ask, id, in.Text))
}

type undecidedRequest struct {
	Reason string `json:"reason"`
}

// leaveUndecided ends the ladder without a decision.
func (s *Server) leaveUndecided(a *asked) (answer, error) {
	id, in, err := onto[undecidedRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.ladderAnswer(a)(s.Store.LeaveUndecided(a, a.ask, id, in.Reason))
}

type takeBackRequest struct {
	Meeting   *uuid.UUID        `json:"meeting"` // none in writing
	Procedure charter.Procedure `json:"procedure"`
	Title     string            `json:"title"`
	Text      string            `json:"text"`
	Reason    string            `json:"reason"`
}

// takeBack puts the question to the body again, with the text that was worked out.
func (s *Server) takeBack(a *asked) (answer, error) {
	id, in, err := onto[takeBackRequest](a)
	if err != nil {
		return answer{}, err
	}
	as := store.TakenBack{Procedure: in.Procedure, Title: in.Title, Text: in.Text, Reason: in.Reason}
	if in.Meeting != nil {
		if as.Meeting = *in.Meeting; as.Meeting == uuid.Nil {
			return answer{}, domain.ErrRequired.At("/meeting")
		}
	}
	q, err := s.Store.TakeBack(a, a.ask, id, as)
	if err != nil {
		return answer{}, err
	}
	return made("/questions/"+q.ID.String(), bodyOf(q), q.Version)
}

// ladderAnswer shows an item as it stands after an act on its ladder.
func (s *Server) ladderAnswer(a *asked) func(domain.Item, error) (answer, error) {
	return func(i domain.Item, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		return versioned(s.itemView(a.by, i), i.Version)
	}
}
