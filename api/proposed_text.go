package api

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// proposedTextView is another text that a seat proposes, with what became of it.
type proposedTextView struct {
	N            int                   `json:"n"`
	Seat         uuid.UUID             `json:"seat"`
	Organisation string                `json:"organisation"`
	Text         string                `json:"text"`
	Reason       string                `json:"reason"`
	Amount       *ledger.Money         `json:"amount,omitempty"` // that goes with it; none: the sum stays
	Shares       []grantShareView      `json:"shares,omitempty"`
	Conditions   *[]conditionTermsView `json:"conditions,omitempty"` // none: those that stand
	At           time.Time             `json:"at"`
	Answer       *textAnswerView       `json:"answer,omitempty"`
}

type textAnswerView struct {
	Accepted bool      `json:"accepted"`
	Version  int       `json:"version,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	At       time.Time `json:"at"`
}

func textsOf(list []domain.ProposedText) []proposedTextView {
	var views []proposedTextView
	for _, x := range list {
		v := proposedTextView{N: x.N, Seat: x.Seat, Organisation: x.Code, Text: x.Text, Reason: x.Reason, At: x.At.UTC()}
		if x.Terms.Sums() {
			v.Amount, v.Shares = x.Terms.Amount, sharesOf(x.Terms.Shares)
		}
		if x.Terms.Conditioned {
			list := append([]conditionTermsView{}, termsOf(x.Terms.Conditions)...)
			v.Conditions = &list
		}
		if a := x.Answer; a != nil {
			v.Answer = &textAnswerView{a.Accepted, a.Version, a.Reason, a.At.UTC()}
		}
		views = append(views, v)
	}
	return views
}

type textRequest struct {
	Text   string     `json:"text"`
	Reason string     `json:"reason"`
	Seat   *uuid.UUID `json:"seat"` // the secretariat's: whose text it writes down

	Amount     *money                   `json:"amount"`
	Shares     []grantShareRequest      `json:"shares"`
	Conditions *[]conditionTermsRequest `json:"conditions"` // none: those that stand
}

func (in textRequest) terms() (t domain.TextTerms, err error) {
	var conditions []conditionTermsRequest
	if in.Conditions != nil {
		t.Conditioned, conditions = true, *in.Conditions
	}
	q, err := questionRequest{Amount: in.Amount, Shares: in.Shares, Conditions: conditions}.question()
	if in.Amount != nil {
		t.Amount = &q.Amount
	}
	t.Shares, t.Conditions = q.Shares, q.Conditions
	return t, err
}

// proposeText keeps another text for a question.
func (s *Server) proposeText(a *asked) (answer, error) {
	id, in, err := onto[textRequest](a)
	if err != nil {
		return answer{}, err
	}
	var seat uuid.UUID
	if in.Seat != nil {
		seat = *in.Seat
	}
	terms, err := in.terms()
	if err != nil {
		return answer{}, err
	}
	i, err := s.Store.ProposeText(a, a.ask, id, seat, in.Text, in.Reason, terms)
	if err != nil {
		return answer{}, err
	}
	return made("/questions/"+id.String(), s.itemView(a.by, i), i.Version)
}

type textAnswerRequest struct {
	Accepted bool   `json:"accepted"`
	Reason   string `json:"reason"`
	Stays    bool   `json:"sum_stays"` // the money that goes with the item, whatever the text says
}

// answerText takes a proposed text, or does not.
func (s *Server) answerText(a *asked) (answer, error) {
	n, err := strconv.Atoi(a.Param("n"))
	if err != nil {
		return answer{}, domain.ErrMissing
	}
	id, in, err := onto[textAnswerRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.ladderAnswer(a)(s.Store.AnswerText(a, a.ask, id, n, in.Accepted, in.Stays, in.Reason))
}
