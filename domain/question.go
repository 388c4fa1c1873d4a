package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var (
	ErrProcedure     = problem.New(problem.Invalid, "procedure-not-allowed")
	ErrInWriting     = problem.New(problem.Invalid, "not-in-a-meeting")
	ErrNotDecidable  = problem.New(problem.Conflict, "proposal-not-decidable")
	ErrGrantAmount   = problem.New(problem.Invalid, "grant-above-the-request")
	ErrGrantShares   = problem.New(problem.Invalid, "shares-do-not-add-up")
	ErrGrantStranger = problem.New(problem.Invalid, "not-a-participating-organisation")
	ErrGrantEarmark  = problem.New(problem.Invalid, "earmark-does-not-fit")
	ErrQuestionStage = problem.New(problem.Conflict, "question-stage")
	ErrNotPresiding  = problem.New(problem.Denied, "not-presiding")
	ErrQuorum        = problem.New(problem.Conflict, "quorum-not-met")
)

// longestDecision bounds what a decision says: some twenty pages.
const longestDecision = 40_000

// byVote is short for the charter's word.
const byVote = charter.ByVote

// QuestionState is how far a question is. It leaves "listed" and "open" once.
type QuestionState string

const (
	QuestionListed    QuestionState = "listed"
	QuestionOpen      QuestionState = "open" // put to the body: the roll is frozen
	QuestionAdopted   QuestionState = "adopted"
	QuestionFailed    QuestionState = "not-adopted"
	QuestionWithdrawn QuestionState = "withdrawn"
)

// Question is an item of a meeting's agenda, on which the body is to decide.
type Question struct {
	ID              uuid.UUID
	Meeting         uuid.UUID
	Number          int // its place on the agenda
	Kind            charter.DecisionKind
	Procedure       charter.Procedure
	Title           string
	Text            string // what is decided, in its one authoritative language
	Language        string
	Proposal        uuid.UUID // of a grant, else none
	ProposalVersion int
	Amount          ledger.Money // zero where there is no proposal
	Shares          []GrantShare
	Earmark         string // draw on this one only; "" as the charter orders
	State           QuestionState
	CharterVersion  int
	Version         int
	OpenedAt        *time.Time
	ClosedAt        *time.Time
}

// GrantShare is a participating organisation's part of a grant.
type GrantShare struct {
	Organisation uuid.UUID
	Code         string
	Amount       ledger.Money
}

// GrantCase is what the body needs to know of a proposal.
type GrantCase struct {
	ID           uuid.UUID
	Ref          string
	Title        string
	Stage        Stage
	Area         string
	Organisation uuid.UUID   // who applies
	States       []uuid.UUID // whose programme it is, and who endorsed it
	Submission   int
	Amount       ledger.Money // requested
	Shares       []GrantShare
	ContentHash  []byte // of the submission
}

// List puts a question on the agenda of a meeting that is not over.
func (m Meeting) List(c charter.Charter, q Question, g *GrantCase) (Question, error) {
	if m.State == MeetingClosed {
		return Question{}, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	}
	if err := askable(c, q); err != nil {
		return Question{}, err
	}
	q.ID, q.Meeting, q.State, q.CharterVersion, q.Version = uuid.New(), m.ID, QuestionListed, c.Version, 1
	if q.Kind != charter.Grant {
		q.Proposal, q.ProposalVersion, q.Amount, q.Shares, q.Earmark = uuid.Nil, 0, ledger.Zero(c.Fund.Currency.Value.Currency), nil, ""
		return q, nil
	}
	if g == nil {
		return Question{}, ErrRequired.At("/proposal")
	}
	return q.grant(c, *g)
}

func askable(c charter.Charter, q Question) error {
	allowed := c.Body.Procedures(q.Kind)
	switch {
	case len(allowed) == 0:
		return ErrUnknownWord.With("given", clipped(string(q.Kind))).At("/kind")
	case !slices.Contains(allowed, q.Procedure):
		names := make([]string, len(allowed))
		for i, p := range allowed {
			names[i] = string(p)
		}
		return ErrProcedure.With("given", clipped(string(q.Procedure)), "kind", string(q.Kind), "allowed", strings.Join(names, ", ")).At("/procedure")
	case q.Procedure == charter.ByNoObjection:
		return ErrInWriting.At("/procedure")
	case strings.TrimSpace(q.Text) == "":
		return ErrRequired.At("/text")
	case len([]rune(q.Text)) > longestDecision:
		return ErrTooLong.With("limit", longestDecision).At("/text")
	case !slices.Contains(charter.Languages, q.Language):
		return ErrUnknownWord.With("given", clipped(q.Language)).At("/language")
	}
	return titled(q.Title)
}

// grant fits the question to its proposal: eligible, its newest submission, no
// more than was asked, shared among those who take part, from money that the
// proposal's area may use.
func (q Question) grant(c charter.Charter, g GrantCase) (Question, error) {
	q.Proposal, q.ProposalVersion = g.ID, g.Submission
	if err := g.decidable(); err != nil {
		return Question{}, err
	}
	if q.Amount.Currency == "" {
		q.Amount = g.Amount
	}
	switch {
	case q.Amount.Currency != g.Amount.Currency:
		return Question{}, ledger.ErrOtherMoney.With("currency", string(q.Amount.Currency), "books", string(g.Amount.Currency)).At("/amount")
	case !q.Amount.IsPositive():
		return Question{}, ledger.ErrNotPositive.With("amount", q.Amount).At("/amount")
	case q.Amount.Cmp(g.Amount) > 0:
		return Question{}, ErrGrantAmount.With("asked", q.Amount, "requested", g.Amount).At("/amount")
	case q.Earmark != "" && (q.Earmark != g.Area || c.Allocation.Earmark.Value == charter.NoEarmarks):
		return Question{}, ErrGrantEarmark.With("earmark", clipped(q.Earmark), "area", g.Area).At("/earmark")
	}
	if len(q.Shares) == 0 {
		q.Shares = slices.Clone(g.Shares)
	}
	return q, q.sharesFit(g)
}

func (q Question) sharesFit(g GrantCase) error {
	sum, seen := ledger.Zero(q.Amount.Currency), map[uuid.UUID]bool{}
	for _, s := range q.Shares {
		takesPart := slices.ContainsFunc(g.Shares, func(o GrantShare) bool { return o.Organisation == s.Organisation })
		switch {
		case !takesPart || seen[s.Organisation]:
			return ErrGrantStranger.With("organisation", s.Code).At("/shares")
		case s.Amount.Currency != q.Amount.Currency:
			return ledger.ErrOtherMoney.With("currency", string(s.Amount.Currency), "books", string(q.Amount.Currency)).At("/shares")
		case !s.Amount.IsPositive():
			return ledger.ErrNotPositive.With("amount", s.Amount).At("/shares")
		}
		seen[s.Organisation], sum = true, sum.Add(s.Amount)
	}
	if !sum.Equal(q.Amount) {
		return ErrGrantShares.With("sum", sum, "amount", q.Amount).At("/shares")
	}
	return nil
}

// decidable refuses a proposal that is not, or no longer, before the body.
func (g GrantCase) decidable() error {
	if g.Stage != Eligible {
		return ErrNotDecidable.With("proposal", g.Ref, "stage", string(g.Stage)).At("/proposal")
	}
	return nil
}

// Item is a question with all that the rules look at when it is dealt with.
type Item struct {
	Question
	Charter   charter.Charter // the version that the question runs under
	Session   Meeting
	Case      *GrantCase // of a grant
	Interests []Interest
	Roll      []RollSeat // frozen once the question is put; before that, as it would be now
	Room      []Presence // those in the room: now, or when the question closed
	Positions []Position // oldest first
}

// Put opens the question: from now on positions are taken, by the roll as it
// stands.
func (i Item) Put(by Actor, now time.Time) (Question, error) {
	switch {
	case i.Session.State != MeetingOpen:
		return i.Question, ErrMeetingStage.With("meeting", i.Session.Ref, "state", string(i.Session.State))
	case i.State != QuestionListed:
		return i.Question, ErrQuestionStage.With("item", i.Number, "state", string(i.State))
	}
	if err := i.presidedBy(by); err != nil {
		return i.Question, err
	}
	if i.Case != nil {
		if err := i.Case.decidable(); err != nil {
			return i.Question, err
		}
		if i.Case.Submission != i.ProposalVersion {
			return i.Question, ErrNotDecidable.With("proposal", i.Case.Ref, "stage", string(i.Case.Stage))
		}
	}
	if err := i.Arithmetic().quorum(); err != nil {
		return i.Question, err
	}
	q, at := i.Question, i.notBefore(now)
	q.State, q.OpenedAt = QuestionOpen, &at
	return q, nil
}

// notBefore is now, or the last thing that happened to the item where that is
// later: an act has its time from before it waited for another.
func (i Item) notBefore(now time.Time) time.Time {
	later := func(t time.Time) {
		if t.After(now) {
			now = t
		}
	}
	for _, p := range i.Positions {
		later(p.At)
	}
	for _, p := range i.Room {
		later(p.JoinedAt)
	}
	if i.OpenedAt != nil {
		later(*i.OpenedAt)
	}
	return now
}

// Withdraw takes the question off the agenda, or ends it undecided.
func (i Item) Withdraw(by Actor, now time.Time) (Question, error) {
	if err := i.withdrawable(by); err != nil {
		return i.Question, err
	}
	q, at := i.Question, i.notBefore(now)
	q.State, q.ClosedAt = QuestionWithdrawn, &at
	return q, nil
}

// withdrawable keeps an item from being taken away by whom an interest takes it
// away from: the secretariat may, and the Chair, unless out of its sight or
// handed over.
func (i Item) withdrawable(by Actor) error {
	if i.State != QuestionListed && i.State != QuestionOpen {
		return ErrQuestionStage.With("item", i.Number, "state", string(i.State))
	}
	if kind, hidden := i.Hidden(by); hidden {
		return ErrRecused.With("reason", string(kind))
	}
	if by.Hat.Role != Secretariat && i.handedOver() && i.presidedBy(by) != nil {
		return ErrNotPresiding.With("item", i.Number)
	}
	return nil
}

// Arithmetic counts the item as it stands.
func (i Item) Arithmetic() Arithmetic {
	present := map[uuid.UUID]bool{}
	for _, r := range i.Roll {
		present[r.Seat] = slices.ContainsFunc(i.Room, func(p Presence) bool { return p.Seat == r.Seat && p.Organisation == r.Organisation })
	}
	return Count(i.Charter, i.Procedure, i.Roll, present, i.Positions)
}

// Presiding is the person who chairs this item: whoever presides over the
// meeting, unless an interest takes the item out of those hands (Interests.Chair
// of the charter); then whom the charter names. Nobody, where it names none
// present.
func (i Item) Presiding() uuid.UUID {
	if !i.handedOver() {
		return i.Session.Presiding
	}
	var first RollSeat
	var person uuid.UUID
	for _, r := range i.Roll {
		if r.Chair || r.Recused {
			continue
		}
		for _, p := range i.Room {
			if p.Seat != r.Seat || p.Organisation != r.Organisation {
				continue
			}
			if i.Charter.Interests.Chair.Presides.Value != charter.LongestServing {
				if p.Person == i.Session.Presiding { // designated, or elected and then named
					return p.Person
				}
				continue
			}
			earlier := r.Serving.Before(first.Serving) || r.Serving.Equal(first.Serving) && r.Name < first.Name
			if person == uuid.Nil || earlier {
				first, person = r, p.Person
			}
		}
	}
	return person
}

// handedOver tells whether an interest keeps the person who presides over the
// meeting from presiding over this item.
func (i Item) handedOver() bool {
	least := i.Charter.Interests.Chair.HandsOverFrom.Value
	for _, r := range i.Roll {
		if r.Chair {
			chaired := !slices.ContainsFunc(i.Room, func(p Presence) bool { return p.Person == i.Session.Presiding && p.Seat != r.Seat })
			if chaired && r.Effect.Includes(least) {
				return true
			}
			continue
		}
		if r.Recused && slices.ContainsFunc(i.Room, func(p Presence) bool { return p.Person == i.Session.Presiding && p.Seat == r.Seat }) {
			return true
		}
	}
	return false
}

func (i Item) presidedBy(by Actor) error {
	if p := i.Presiding(); p == uuid.Nil || p != by.Person {
		return ErrNotPresiding.With("item", i.Number)
	}
	return nil
}

// May lists what by can do to the item now, as far as its rules go.
func (i Item) May(by Actor) []string {
	var may []string
	chairs := i.presidedBy(by) == nil
	if i.declarable(by) == nil {
		may = append(may, "interest.declare")
	}
	if i.withdrawable(by) == nil {
		may = append(may, "question.withdraw")
	}
	if _, err := i.Put(by, i.Session.StartsAt); err == nil {
		may = append(may, "question.open")
	}
	if i.State == QuestionOpen {
		if i.heard(by) {
			may = append(may, "position.take")
		}
		if chairs {
			may = append(may, "decision.announce")
		}
	}
	return may
}

// heard tells whether by may take a position, or, as the secretariat, write one
// down for anybody present.
func (i Item) heard(by Actor) bool {
	return slices.ContainsFunc(i.Roll, func(r RollSeat) bool {
		said := slices.ContainsFunc(i.Positions, func(p Position) bool { return p.Seat == r.Seat })
		_, _, err := i.speaker(by, r.Seat)
		return err == nil && (!said || i.changeable())
	})
}
