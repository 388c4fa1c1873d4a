package api

import (
	"crypto/sha256"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

// One act on many: the same rules are asked for each, one after the other, each in a
// transaction of its own. What one is refused is said beside it and stops no other.

// actOutcome is what came of one of them.
type actOutcome struct {
	ID      uuid.UUID    `json:"id"`
	Done    bool         `json:"done"`
	Problem *problemView `json:"problem,omitempty"`
}

type actOutcomes struct {
	Done     int          `json:"done"`
	Refused  int          `json:"refused"`
	Outcomes []actOutcome `json:"outcomes"` // in the order that was asked
}

// each does an act on each of some, under keys of their own: asked again after the
// line broke, what was done stays done once. Field is where they stand in the body.
func (s *Server) each(a *asked, ids []uuid.UUID, field string, do func(store.Ask, uuid.UUID) error) (answer, error) {
	if err := domain.AtOnce(ids, field); err != nil {
		return answer{}, err
	}
	v := actOutcomes{Outcomes: make([]actOutcome, len(ids))}
	for i, id := range ids {
		ask := a.ask
		if ask.Key != "" {
			sum := sha256.Sum256(append(append([]byte{}, a.ask.Hash...), id[:]...))
			ask.Key, ask.Hash = ask.Key+":"+id.String(), sum[:]
		}
		v.Outcomes[i].ID = id
		if err := do(ask, id); err != nil {
			_, said := s.viewOfProblem(a.Context, err)
			v.Outcomes[i].Problem = &said
			v.Refused++
			continue
		}
		v.Outcomes[i].Done = true
		v.Done++
	}
	return shown(v)
}

type screeningsRequest struct {
	Submissions []readSubmission `json:"submissions"`
	Finding     findingRequest   `json:"finding"`
}

// readSubmission is one of those that a finding is about: what was read of it.
type readSubmission struct {
	ID      uuid.UUID `json:"id"`
	Version int       `json:"version"`
}

// screenEach records the same finding on each, with the list as it was answered for
// all of them.
func (s *Server) screenEach(a *asked) (answer, error) {
	in, err := body[screeningsRequest](a)
	if err != nil {
		return answer{}, err
	}
	ids, read := make([]uuid.UUID, len(in.Submissions)), map[uuid.UUID]int{}
	for i, x := range in.Submissions {
		ids[i], read[x.ID] = x.ID, x.Version
	}
	return s.each(a, ids, "/submissions", func(by store.Ask, id uuid.UUID) error {
		_, err := s.Store.ScreenProposal(a, by, id, in.Finding.on(read[id]))
		return err
	})
}

type reopeningsRequest struct {
	IDs    []uuid.UUID `json:"ids"`
	Reason string      `json:"reason"`
}

// reopenEach gives each back for mending, for the same reason.
func (s *Server) reopenEach(a *asked) (answer, error) {
	in, err := body[reopeningsRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.each(a, in.IDs, "/ids", func(by store.Ask, id uuid.UUID) error {
		_, err := s.Store.ReopenProposal(a, by, id, in.Reason)
		return err
	})
}

type decliningsRequest struct {
	IDs       []uuid.UUID      `json:"ids"`
	Declining decliningRequest `json:"declining"`
}

// declineEach records that the body took up none of them.
func (s *Server) declineEach(a *asked) (answer, error) {
	in, err := body[decliningsRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.each(a, in.IDs, "/ids", func(by store.Ask, id uuid.UUID) error {
		_, err := s.Store.DeclineProposal(a, by, id, in.Declining.Decision, in.Declining.Reason)
		return err
	})
}

type listingsRequest struct {
	IDs       []uuid.UUID          `json:"ids"`
	Kind      charter.DecisionKind `json:"kind"`
	Procedure charter.Procedure    `json:"procedure"`
	Text      string               `json:"text"`
	Language  string               `json:"language"`
}

// listEach puts each on a meeting's agenda, under its own title.
func (s *Server) listEach(a *asked) (answer, error) {
	meeting, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	in, err := body[listingsRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.each(a, in.IDs, "/ids", func(by store.Ask, id uuid.UUID) error {
		p, err := s.Store.Proposal(a, a.by, id)
		if err != nil {
			return err
		}
		q, err := questionRequest{Kind: in.Kind, Procedure: in.Procedure, Title: p.Title, Text: in.Text, Language: in.Language, Proposal: &id}.question()
		if err != nil {
			return err
		}
		_, err = s.Store.ListQuestion(a, by, meeting, q)
		return err
	})
}
