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

// QuestionState is how far a question is. It leaves "listed", "open" and "unresolved" once.
type QuestionState string

const (
	QuestionListed    QuestionState = "listed"
	QuestionOpen      QuestionState = "open" // put to the body: the roll is frozen
	QuestionAdopted   QuestionState = "adopted"
	QuestionFailed    QuestionState = "not-adopted"
	QuestionWithdrawn QuestionState = "withdrawn"
	QuestionVoided    QuestionState = "voided" // the proposal says something else now: listed anew, or not at all

	QuestionUnresolved QuestionState = "unresolved" // without consensus: in the ladder
	QuestionReturned   QuestionState = "returned"   // out of the ladder, back to the body: another follows it
	QuestionUndecided  QuestionState = "undecided"  // out of the ladder, and left
)

// Question is what the body is to decide: an item of a meeting's agenda, or circulated in
// writing, where it has no meeting.
type Question struct {
	ID              uuid.UUID
	Meeting         uuid.UUID // Nil in writing
	Number          int       // its place on the agenda, or among those in writing of its year
	Written         string    // "W-2026-03": what it is called in writing; else ""
	Kind            charter.DecisionKind
	Procedure       charter.Procedure
	Title           string
	Text            string    // what is decided, in its one authoritative language, as it stands
	TextVersion     int       // 1 as listed; each text that is taken in its place is the next
	ListedText      string    // as it was listed
	ListedTerms     TextTerms // what was listed with it, where a text was taken since that names others
	Language        string
	Proposal        uuid.UUID // of a grant, or of what the pipeline takes in; else none
	ProposalVersion int
	Change          uuid.UUID    // request for a change of a programme, of a revision; else none
	Waives          uuid.UUID    // condition that the body is to do without, of a revision; else none
	Rules           uuid.UUID    // draft of a new version of the charter, of one that amends it; else none
	Amount          ledger.Money // zero where no money goes with it
	Shares          []GrantShare
	Earmark         string           // draw on this one only; "" as the charter orders
	Move            *PipelineMove    // what it does to the pipeline; nil where nothing
	Conditions      []ConditionTerms // of what it grants or changes
	Late            bool             // listed after the day that the charter gives for items and papers
	ProposedItem    uuid.UUID        // that a member asked for and it comes of; else none
	Follows         uuid.UUID        // question without consensus that it takes back to the body; else none
	State           QuestionState
	CharterVersion  int
	Version         int
	CirculatedAt    *time.Time // of one in writing
	OpenedAt        *time.Time
	EndsAt          *time.Time // of its silence, which ends before that instant
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
	Phase        Phase
	Stages       int         // of its call: 2 where a document follows the concept note
	Organisation uuid.UUID   // who applies
	States       []uuid.UUID // whose programme it is, and who endorsed it
	Submission   int
	AssessedFrom int          // a question about this version or a later one is about what the newest says
	Amount       ledger.Money // requested
	Shares       []GrantShare
	Prepared     ledger.Money // given to write its document; without a currency where nothing was
	ContentHash  []byte       // of the submission
	InLadder     uuid.UUID    // question about it that is without consensus; else none
	Waiting      string       // what people call a question about it that waits for capitals; else ""
	LadderItem   string       // what people call that one
}

// List puts a question on the agenda of a meeting that is not over, about the matter
// that it names.
func (m Meeting) List(c charter.Charter, q Question, about Matter) (Question, error) {
	if q.InWriting() && c.Body.Allows(q.Kind, q.Procedure) {
		return Question{}, ErrInWriting.At("/procedure")
	}
	return m.asks(c, q, about)
}

// asks makes the question that is listed or, without a meeting, circulated.
func (m Meeting) asks(c charter.Charter, q Question, about Matter) (Question, error) {
	q, err := m.list(c, q, about)
	if err != nil {
		return Question{}, err
	}
	switch {
	case q.Waives != uuid.Nil:
		return q.conditioned(true, about.Waiver.Of.Shares)
	case q.Change != uuid.Nil:
		return q.conditioned(true, about.Change.Programme.Shares)
	}
	return q.conditioned(q.Kind == charter.Grant, q.Shares)
}

func (m Meeting) list(c charter.Charter, q Question, about Matter) (Question, error) {
	g := about.Case
	if m.Over() {
		return Question{}, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	}
	if err := askable(c, q); err != nil {
		return Question{}, err
	}
	q.ID, q.Meeting, q.State, q.CharterVersion, q.Version = uuid.New(), m.ID, QuestionListed, c.Version, 1
	q.TextVersion, q.ListedText = 1, q.Text
	if g != nil {
		if err := g.held(q.Follows); err != nil {
			return Question{}, err
		}
	}
	if q.Kind == charter.Pipeline && g != nil {
		if err := g.decidable(q.Kind); err != nil {
			return Question{}, err
		}
	}
	var err error
	if q.Move, err = q.moves(c); err != nil {
		return Question{}, err
	}
	if q.Kind == charter.Amendment {
		return q.amends(c, about.Amendment)
	}
	q.Rules = uuid.Nil
	if q.Kind == charter.Revision && about.Change != nil {
		return q.change(c, *about.Change)
	}
	if q.Kind == charter.Revision && about.Waiver != nil {
		return q.waives(c, *about.Waiver)
	}
	q.Change, q.Waives = uuid.Nil, uuid.Nil
	if q.Kind == charter.Pipeline && g != nil {
		q.Proposal, q.ProposalVersion = g.ID, g.Submission
		return q.prepares(c, *g)
	}
	if q.Kind != charter.Grant {
		q.Proposal, q.ProposalVersion = uuid.Nil, 0
		return q.moneyless(c)
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
	if err := g.decidable(q.Kind); err != nil {
		return Question{}, err
	}
	most, shares := g.left()
	if q.Amount.Currency == "" {
		q.Amount = most
	}
	switch {
	case q.Amount.Currency != g.Amount.Currency:
		return Question{}, ledger.ErrOtherMoney.With("currency", string(q.Amount.Currency), "books", string(g.Amount.Currency)).At("/amount")
	case !q.Amount.IsPositive():
		return Question{}, ledger.ErrNotPositive.With("amount", q.Amount).At("/amount")
	case q.Amount.Cmp(most) > 0:
		return Question{}, ErrGrantAmount.With("asked", q.Amount, "requested", most).At("/amount")
	case q.Earmark != "" && (q.Earmark != g.Area || c.Allocation.Earmark.Value == charter.NoEarmarks):
		return Question{}, ErrGrantEarmark.With("earmark", clipped(q.Earmark), "area", g.Area).At("/earmark")
	}
	if len(q.Shares) == 0 {
		q.Shares = shares
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
func (g GrantCase) decidable(kind charter.DecisionKind) error {
	switch {
	case g.Stage != Eligible:
		return ErrNotDecidable.With("proposal", g.Ref, "stage", string(g.Stage)).At("/proposal")
	case kind == charter.Grant && g.Stages == 2 && g.Phase != Document:
		return ErrNoDocument.With("proposal", g.Ref).At("/proposal")
	}
	return nil
}

// selects tells whether a decision of this kind about the proposal takes its
// concept note on: what is written next is the joint programme document.
func (g GrantCase) selects(kind charter.DecisionKind) bool {
	return kind == charter.Pipeline && g.Stages == 2 && g.Phase == Concept
}

// ErrMoneyless refuses an amount of a question whose kind gives no money.
var ErrMoneyless = problem.New(problem.Invalid, "question-takes-no-money")

// moneyless is the question without money. What names money, though nothing would be
// given by it, is refused where it stands, not left out in silence.
func (q Question) moneyless(c charter.Charter) (Question, error) {
	refused, at := ErrMoneyless.With("kind", string(q.Kind)), ""
	switch {
	case !q.Amount.IsZero():
		at = "/amount"
	case len(q.Shares) > 0:
		at = "/shares"
	case q.Earmark != "":
		at = "/earmark"
	}
	if at != "" {
		return Question{}, refused.At(at)
	}
	q.Amount = ledger.Zero(c.Fund.Currency.Value.Currency)
	return q, nil
}
