package api

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/store"
)

type questionRequest struct {
	Kind       charter.DecisionKind    `json:"kind"`
	Procedure  charter.Procedure       `json:"procedure"`
	Title      string                  `json:"title"`
	Text       string                  `json:"text"`
	Language   string                  `json:"language"`
	Proposal   *uuid.UUID              `json:"proposal"`
	Change     *uuid.UUID              `json:"change"`
	Amount     *money                  `json:"amount"`
	Shares     []grantShareRequest     `json:"shares"`
	Earmark    string                  `json:"earmark"`
	Waives     *uuid.UUID              `json:"waives"`
	Rules      *uuid.UUID              `json:"rules"`
	Conditions []conditionTermsRequest `json:"conditions"`
	Pipeline   *pipelineMoveRequest    `json:"pipeline"`
	Item       *uuid.UUID              `json:"proposed_item"` // that it comes of
}

type grantShareRequest struct {
	Organisation uuid.UUID `json:"organisation"`
	Amount       money     `json:"amount"`
}

func (in questionRequest) question() (q domain.Question, err error) {
	q = domain.Question{Kind: in.Kind, Procedure: in.Procedure, Title: in.Title, Text: in.Text, Language: in.Language, Earmark: in.Earmark}
	if in.Proposal != nil {
		q.Proposal = *in.Proposal
	}
	if in.Change != nil {
		q.Change = *in.Change
	}
	if in.Waives != nil {
		q.Waives = *in.Waives
	}
	if in.Rules != nil {
		q.Rules = *in.Rules
	}
	if in.Item != nil {
		q.ProposedItem = *in.Item
	}
	if q.Conditions, err = termsAsked(in.Conditions); err != nil {
		return q, err
	}
	if in.Amount != nil {
		if q.Amount, err = in.Amount.at("/amount"); err != nil {
			return q, err
		}
	}
	if q.Move, err = in.Pipeline.move(); err != nil {
		return q, err
	}
	for n, x := range in.Shares {
		m, err := x.Amount.at(fmt.Sprintf("/shares/%d/amount", n))
		if err != nil {
			return q, err
		}
		q.Shares = append(q.Shares, domain.GrantShare{Organisation: x.Organisation, Amount: m})
	}
	return q, nil
}

// questionView is a question as one caller sees it. To those whose interest
// takes it out of their sight, Hidden says why, and the rest is left out.
type questionView struct {
	ID             uuid.UUID            `json:"id"`
	Meeting        *uuid.UUID           `json:"meeting,omitempty"`
	InWriting      *inWritingView       `json:"in_writing,omitempty"`
	Item           int                  `json:"item"`
	Kind           string               `json:"kind"`
	Procedure      string               `json:"procedure"`
	Title          string               `json:"title"`
	State          string               `json:"state"`
	CharterVersion int                  `json:"charter_version"`
	Hidden         string               `json:"hidden,omitempty"`
	Text           string               `json:"text,omitempty"`
	TextVersion    int                  `json:"text_version,omitempty"`
	ListedText     string               `json:"listed_text,omitempty"`
	Texts          []proposedTextView   `json:"texts,omitempty"`
	Language       string               `json:"language,omitempty"`
	ProposedItem   *uuid.UUID           `json:"proposed_item,omitempty"`
	Proposal       *uuid.UUID           `json:"proposal,omitempty"`
	ProposalRef    string               `json:"proposal_ref,omitempty"`
	Submission     int                  `json:"submission,omitempty"`
	Change         *changeBrief         `json:"change,omitempty"`
	Waives         *waiverBrief         `json:"waives,omitempty"`
	Rules          *rulesDraftBrief     `json:"rules,omitempty"`
	Conditions     []conditionTermsView `json:"conditions,omitempty"`
	Amount         *ledger.Money        `json:"amount,omitempty"`
	Shares         []grantShareView     `json:"shares,omitempty"`
	Earmark        string               `json:"earmark,omitempty"`
	Pipeline       *pipelineMoveView    `json:"pipeline,omitempty"`
	OpenedAt       *time.Time           `json:"opened_at,omitempty"`
	ClosedAt       *time.Time           `json:"closed_at,omitempty"`
	Interests      []interestView       `json:"interests,omitempty"`
	Positions      []positionView       `json:"positions,omitempty"`
	Unanswered     []noAnswerView       `json:"unanswered,omitempty"`
	Election       *electionView        `json:"election,omitempty"` // of who presides over it
	Withdrawal     *withdrawalView      `json:"withdrawal,omitempty"`
	Voided         *voidedView          `json:"voided,omitempty"`
	Ladder         *ladderView          `json:"ladder,omitempty"`
	Follows        *followingView       `json:"follows,omitempty"`
	FollowedBy     *followingView       `json:"followed_by,omitempty"`
	Referendum     *referendumView      `json:"referendum,omitempty"`
	Mandates       []mandateView        `json:"mandates,omitempty"`
	May            []string             `json:"may"`
}

// withdrawalView is who took a question back, and why.
type withdrawalView struct {
	Reason string    `json:"reason,omitempty"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// voidedView is why a question is void: what the proposal says otherwise, and why it
// was given back.
type voidedView struct {
	Version int       `json:"version"`
	Changed []string  `json:"changed"`
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
}

type grantShareView struct {
	Organisation uuid.UUID    `json:"organisation"`
	Code         string       `json:"code"`
	Amount       ledger.Money `json:"amount"`
}

type interestView struct {
	Organisation string `json:"organisation"`
	Kind         string `json:"kind"`
	Effect       string `json:"effect"`
	Source       string `json:"source"`
	Note         string `json:"note,omitempty"`
	DrawnFrom    string `json:"drawn_from,omitempty"`

	Dismissed *dismissalView `json:"dismissed,omitempty"`
	May       []string       `json:"may"`
}

type positionView struct {
	Seat       uuid.UUID `json:"seat"`
	N          int       `json:"n"`
	Text       int       `json:"text_version"`
	Position   string    `json:"position"`
	Reason     string    `json:"reason,omitempty"`
	Person     uuid.UUID `json:"person"`
	RecordedBy uuid.UUID `json:"recorded_by"`
	At         time.Time `json:"at"`
	Late       bool      `json:"late,omitempty"` // after the end of the silence: kept, and not counted
}

func sharesOf(list []domain.GrantShare) []grantShareView {
	var views []grantShareView
	for _, x := range list {
		views = append(views, grantShareView{x.Organisation, x.Code, x.Amount})
	}
	return views
}

func interestOf(x domain.Interest) interestView {
	v := interestView{Organisation: x.Code, Kind: string(x.Kind), Effect: string(x.Effect), Source: x.Source, Note: x.Note, DrawnFrom: x.DrawnOf, May: []string{}}
	if d := x.Dismissed; d != nil {
		v.Dismissed = &dismissalView{d.Reason, d.By, d.At.UTC()}
	}
	return v
}

func positionOf(p domain.Position) positionView {
	return positionView{p.Seat, p.N, p.Text, p.Key, p.Reason, p.Person, p.RecordedBy, p.At, false}
}

func headOf(q domain.Question) questionView {
	v := questionView{ID: q.ID, Item: q.Number, Kind: string(q.Kind), Procedure: string(q.Procedure), Title: q.Title,
		State: string(q.State), CharterVersion: q.CharterVersion, May: []string{}}
	if q.InWriting() {
		v.InWriting = &inWritingView{Ref: q.Written}
	} else {
		v.Meeting = &q.Meeting
	}
	return v
}

func bodyOf(q domain.Question) questionView {
	v := headOf(q)
	v.Text, v.Language, v.Submission, v.Earmark, v.OpenedAt, v.ClosedAt = q.Text, q.Language, q.ProposalVersion, q.Earmark, q.OpenedAt, q.ClosedAt
	if v.TextVersion = q.TextVersion; q.TextVersion > 1 {
		v.ListedText = q.ListedText
	}
	if q.ProposedItem != uuid.Nil {
		v.ProposedItem = &q.ProposedItem
	}
	if q.Proposal != uuid.Nil {
		v.Proposal = &q.Proposal
	}
	if q.Proposal != uuid.Nil || q.Amount.IsPositive() {
		v.Amount, v.Shares = &q.Amount, sharesOf(q.Shares)
	}
	v.Pipeline, v.Conditions = moveOf(q), termsOf(q.Conditions)
	return v
}

// changeBrief is what is asked of a programme, as its item of the agenda shows it.
type changeBrief struct {
	ID        uuid.UUID `json:"id"`
	Ref       string    `json:"ref"`
	Kind      string    `json:"kind"`
	Programme partyView `json:"programme"`
	Title     string    `json:"title"`
	Reason    string    `json:"reason"`
	Language  string    `json:"language"`
	Late      bool      `json:"late"`
	Ends      *string   `json:"ends"`    // the programme, as things are
	EndsOn    *string   `json:"ends_on"` // as is asked for
	Before    *planView `json:"before,omitempty"`
	After     *planView `json:"after,omitempty"`

	Drift []driftView `json:"drift,omitempty"`
}

func changeBriefOf(x *domain.ChangeCase) *changeBrief {
	return &changeBrief{x.ID, x.Ref, string(x.Kind), partyView{x.Programme.ID, x.Programme.Code}, x.Programme.Title, x.Reason, x.Language, x.Late,
		dayText(x.Programme.EndsOn), dayText(x.EndsOn), planOf(x.Before), planOf(x.After), driftOf(x.Drift, x.Programme.Codes)}
}

func (s *Server) itemView(by domain.Actor, i domain.Item) questionView {
	if kind, hidden := i.Hidden(by); hidden {
		v := headOf(i.Question)
		if v.Hidden = string(kind); i.Unnamed(by) {
			v.Title = ""
		}
		for _, x := range i.Interests {
			if x.Organisation == by.Hat.Organisation {
				v.Interests = append(v.Interests, interestOf(x))
			}
		}
		return v
	}
	v := bodyOf(i.Question)
	if i.InWriting() {
		v.InWriting = inWritingOf(i)
	}
	if i.Case != nil {
		v.ProposalRef = i.Case.Ref
	}
	if i.Change != nil {
		v.Change = changeBriefOf(i.Change)
	}
	if w := i.Waiver; w != nil {
		v.Waives = &waiverBrief{w.ID, w.Ref(), partyView{w.Programme, w.ProgrammeCode}, w.Of.Title, w.Text, w.Language}
	}
	if i.Amendment != nil {
		brief := s.rulesBrief(by, *i.Amendment)
		v.Rules = &brief
	}
	reads := i.Reads(by)
	for _, x := range i.Interests {
		if reads || x.Organisation == by.Hat.Organisation && (by.Hat.Role == domain.Member || by.Hat.Role == domain.Coordinator) {
			v.Interests = append(v.Interests, s.interestIn(by, i, x))
		}
	}
	if reads {
		for _, p := range i.Positions {
			said := positionOf(p)
			said.Late = i.Late(p)
			v.Positions = append(v.Positions, said)
		}
		v.Unanswered = noAnswersOf(i.NoAnswers)
		v.Election = electionOf(i.Election())
		v.Texts, v.Mandates = textsOf(i.Texts), mandatesOf(i.Mandates)
	}
	if x := i.Withdrawal; x != nil {
		v.Withdrawal = &withdrawalView{x.Reason, x.By, x.At.UTC()}
	}
	if x := i.Voiding; x != nil {
		v.Voided = &voidedView{x.N, x.Changed, x.Reason, x.At.UTC()}
	}
	v.Ladder, v.Follows, v.FollowedBy = ladderOf(i), followingOf(i.Followed), followingOf(i.NextItem)
	v.Referendum = referendumOf(by, i)
	v.May = s.may(by, i.May(by))
	return v
}

// question shows one as far as the caller may see it.
func (s *Server) question(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	i, err := s.Store.Item(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.itemView(a.by, i), i.Version)
}

// listQuestion puts a question on a meeting's agenda.
func (s *Server) listQuestion(a *asked) (answer, error) {
	meeting, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	in, err := body[questionRequest](a)
	if err != nil {
		return answer{}, err
	}
	q, err := in.question()
	if err != nil {
		return answer{}, err
	}
	if q, err = s.Store.ListQuestion(a, a.ask, meeting, q); err != nil {
		return answer{}, err
	}
	return made("/questions/"+q.ID.String(), bodyOf(q), q.Version)
}

// putQuestion opens it and freezes the roll.
func (s *Server) putQuestion(a *asked) (answer, error) { return s.onQuestion(a, s.Store.PutQuestion) }

// withdrawQuestion takes it off the agenda.
func (s *Server) withdrawQuestion(a *asked) (answer, error) {
	in, err := body[struct {
		Reason string `json:"reason"`
	}](a)
	if err != nil {
		return answer{}, err
	}
	return s.onQuestion(a, func(ctx context.Context, by store.Ask, id uuid.UUID) (domain.Question, error) {
		return s.Store.WithdrawQuestion(ctx, by, id, in.Reason)
	})
}

func (s *Server) onQuestion(a *asked, do func(ctx context.Context, by store.Ask, id uuid.UUID) (domain.Question, error)) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	q, err := do(a, a.ask, id)
	if err != nil {
		return answer{}, err
	}
	return versioned(bodyOf(q), q.Version)
}

type interestRequest struct {
	Kind charter.InterestKind `json:"kind"`
	Note string               `json:"note"`
}

// declareInterest puts a stake of the caller's own organisation on record.
func (s *Server) declareInterest(a *asked) (answer, error) {
	id, in, err := onto[interestRequest](a)
	if err != nil {
		return answer{}, err
	}
	x, err := s.Store.DeclareInterest(a, a.ask, id, in.Kind, in.Note)
	if err != nil {
		return answer{}, err
	}
	return made("/questions/"+id.String(), interestOf(x), 0)
}

type positionRequest struct {
	Position string     `json:"position"`
	Reason   string     `json:"reason"`
	Seat     *uuid.UUID `json:"seat"`         // the secretariat's: whose position it records
	Text     int        `json:"text_version"` // that it is taken on; 0 is the one that stands
}

// takePosition keeps what a seat says.
func (s *Server) takePosition(a *asked) (answer, error) {
	id, in, err := onto[positionRequest](a)
	if err != nil {
		return answer{}, err
	}
	var seat uuid.UUID
	if in.Seat != nil {
		seat = *in.Seat
	}
	p, err := s.Store.TakePosition(a, a.ask, id, seat, in.Text, in.Position, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return made("/questions/"+id.String(), positionOf(p), 0)
}
