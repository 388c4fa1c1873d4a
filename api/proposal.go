package api

import (
	"fmt"
	"strconv"

	"startupfund/domain"
	"startupfund/store"
)

// beginRequest is what a proposal is begun with: answers to the call's questions
// of eligibility and, where one has it already, what it says.
type beginRequest struct {
	contentRequest
	Eligibility map[string]bool `json:"eligibility"`
}

// createProposal begins a draft in a call.
func (s *Server) createProposal(a *asked) (answer, error) {
	call, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	in, err := body[beginRequest](a)
	if err != nil {
		return answer{}, err
	}
	c, err := in.content()
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.CreateProposal(a, a.ask, call, in.Eligibility, c)
	if err != nil {
		return answer{}, err
	}
	return made("/proposals/"+f.ID.String(), s.proposalView(a, f), f.Version)
}

// saveProposal replaces what a draft says.
func (s *Server) saveProposal(a *asked) (answer, error) {
	id, version, in, err := change[contentRequest](a)
	if err != nil {
		return answer{}, err
	}
	c, err := in.content()
	if err != nil {
		return answer{}, err
	}
	return s.shownProposal(a)(s.Store.SaveProposal(a, a.ask, id, version, c))
}

// shownProposal answers with what an act made of a proposal.
func (s *Server) shownProposal(a *asked) func(store.ProposalFile, error) (answer, error) {
	return func(f store.ProposalFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		return versioned(s.proposalView(a, f), f.Version)
	}
}

func (s *Server) proposal(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownProposal(a)(s.Store.Proposal(a, a.by, id))
}

// proposalLacks says everything that stands in the way of a submission, each at
// its field, without one being tried.
func (s *Server) proposalLacks(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	l, err := s.Store.Lacks(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	words, v := s.Words.in(languageOf(a.Context)), lacksView{[]lackView{}, []sectionView{}}
	for _, p := range l.Lacks {
		section := ""
		if l.Form != nil {
			section = l.Form.SectionOf(p.Field)
		}
		v.Lacks = append(v.Lacks, lackView{words.item(p), section})
	}
	for _, st := range l.Sections {
		v.Sections = append(v.Sections, sectionView{st.Section, st.Missing, st.Begun})
	}
	return shown(v)
}

type lacksView struct {
	Lacks    []lackView    `json:"lacks"`
	Sections []sectionView `json:"sections"`
}

// lackView says in which section of the form its field stands, "" in none.
type lackView struct {
	problemItem
	Section string `json:"section"`
}

type sectionView struct {
	Section string `json:"section"`
	Missing int    `json:"missing"`
	Begun   bool   `json:"begun"`
}

type endorsementRequest struct {
	Note string `json:"note"`
}

// endorseProposal gives the state's word for the version that If-Match names.
func (s *Server) endorseProposal(a *asked) (answer, error) {
	id, version, in, err := change[endorsementRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownProposal(a)(s.Store.EndorseProposal(a, a.ask, id, version, in.Note))
}

// submitProposal hands the draft in and answers with the receipt.
func (s *Server) submitProposal(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	v, err := s.Store.SubmitProposal(a, a.ask, id)
	if err != nil {
		return answer{}, err
	}
	return made(fmt.Sprintf("/proposals/%s/versions/%d", id, v.N), viewOfSubmission(v), 0)
}

// proposalVersion gives the very bytes that were hashed: their SHA-256 is the
// receipt's.
func (s *Server) proposalVersion(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	n, err := strconv.Atoi(a.Param("n"))
	if err != nil || n < 1 || n > 1_000_000 {
		return answer{}, domain.ErrMissing
	}
	v, err := s.Store.Submission(a, a.by, id, n)
	if err != nil {
		return answer{}, err
	}
	return answer{status: 200, raw: v.Content, media: "application/json"}, nil
}

func (s *Server) withdrawProposal(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownProposal(a)(s.Store.WithdrawProposal(a, a.ask, id))
}

type decliningRequest struct {
	Decision string `json:"decision"`
	Reason   string `json:"reason"`
}

// declineProposal records that the body did not take a proposal up.
func (s *Server) declineProposal(a *asked) (answer, error) {
	id, in, err := onto[decliningRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownProposal(a)(s.Store.DeclineProposal(a, a.ask, id, in.Decision, in.Reason))
}
