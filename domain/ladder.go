package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	// ErrNothingBlocks refuses to end a question without consensus while nobody objects to it.
	ErrNothingBlocks = problem.New(problem.Conflict, "no-standing-objection")
	// ErrNotInLadder refuses an act of the ladder on a question that is not in it.
	ErrNotInLadder = problem.New(problem.Conflict, "not-in-the-ladder")
	// ErrLastRung refuses a rung after the charter's last.
	ErrLastRung = problem.New(problem.Conflict, "last-rung")
	// ErrInLadder refuses a second question about what one without consensus is about. It names the item.
	ErrInLadder = problem.New(problem.Conflict, "in-the-ladder")
)

// Rung is one recorded step of the ladder that a question without consensus goes up:
// body.without_consensus of the charter it runs under. None is ever changed.
type Rung struct {
	N      int // 1 is the charter's first step
	Key    string
	Text   string // what is done on it, or has come of the one before
	Person uuid.UUID
	At     time.Time
}

// LadderEnding is how a question left the ladder.
type LadderEnding struct {
	As     QuestionState // returned or undecided
	Reason string        // what was worked out; why it is left; what the last rung answered
	Person uuid.UUID
	At     time.Time
}

// Unresolve ends an open question to which an objection stands, or whose new text somebody
// who was against the one before has not been heard on, or one in writing whose
// silence is over and that nobody may speak to any more: there is no consensus. Roll and positions stay, the meeting may go on, and the first rung of
// the ladder is recorded at once, where the charter has any.
func (i Item) Unresolve(by Actor, text string, now time.Time) (Question, []Rung, error) {
	switch {
	case i.State != QuestionOpen && i.State != QuestionUnconfirmed:
		return i.Question, nil, ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	case i.settledBy(by) != nil:
		return i.Question, nil, i.settledBy(by)
	}
	switch a := i.Arithmetic(); {
	case i.InWriting() && !i.SilenceOver(now):
		return i.Question, nil, ErrSilenceRuns.With("item", i.called(), "ends", *i.EndsAt)
	case i.InWriting() && a.Outcome.withoutAccord():
	case a.Outcome == NoQuorum:
		return i.Question, nil, a.quorum()
	case a.Outcome != Blocked && (a.Outcome != Silent || a.Unheard == 0):
		return i.Question, nil, ErrNothingBlocks.With("item", i.called())
	}
	if err := problem.Join(written(text, "/text", longestReason)); err != nil {
		return i.Question, nil, err
	}
	q, at := i.Question, i.notBefore(now)
	q.State = QuestionUnresolved
	if i.State == QuestionOpen { // else closed when it was announced
		q.ClosedAt = &at
	}
	var first []Rung
	if steps := i.Charter.Body.WithoutConsensus; len(steps) > 0 {
		first = append(first, Rung{N: 1, Key: steps[0].Key, Text: text, Person: by.Person, At: at})
	}
	return q, first, nil
}

// withoutAccord tells whether a question in writing that is over has come to nothing:
// nobody can lift an objection, get instructions or break a silence any more.
func (o Outcome) withoutAccord() bool {
	return o == Blocked || o == Waiting || o == Silent || o == NobodyYet
}

// Climb records the rung after the last one.
func (i Item) Climb(by Actor, text string, now time.Time) (Rung, error) {
	if err := i.inLadder(by); err != nil {
		return Rung{}, err
	}
	next, ok := i.nextRung()
	if !ok {
		return Rung{}, ErrLastRung.With("item", i.called())
	}
	if err := problem.Join(written(text, "/text", longestReason)); err != nil {
		return Rung{}, err
	}
	return Rung{N: len(i.Rungs) + 1, Key: next.Key, Text: text, Person: by.Person, At: i.afterRungs(now)}, nil
}

// nextRung is the charter's step that has not been recorded yet.
func (i Item) nextRung() (charter.Step, bool) {
	steps := i.Charter.Body.WithoutConsensus
	if len(i.Rungs) >= len(steps) {
		return charter.Step{}, false
	}
	return steps[len(i.Rungs)], true
}

// LeaveUndecided ends the ladder, from any rung, without a decision: what the question is
// about may be put to the body another time, or not at all.
func (i Item) LeaveUndecided(by Actor, reason string, now time.Time) (Question, LadderEnding, error) {
	return i.endLadder(by, QuestionUndecided, reason, now)
}

// Return takes the question back to the body: another, with the text that was worked
// out, follows it under the rules of today, and this one is at its end.
func (i Item) Return(by Actor, title, text, reason string, now time.Time) (old, next Question, end LadderEnding, err error) {
	if old, end, err = i.endLadder(by, QuestionReturned, reason, now); err != nil {
		return old, Question{}, end, err
	}
	procedure := i.Procedure
	if others := slices.DeleteFunc(slices.Clone(i.Charter.Body.Procedures(i.Kind)), func(p charter.Procedure) bool { return p == charter.ByNoObjection }); i.InWriting() && len(others) > 0 {
		procedure = others[0] // it comes back to a meeting
	}
	next = Question{Kind: i.Kind, Procedure: procedure, Title: title, Text: text, Language: i.Language, Proposal: i.Proposal, Change: i.Question.Change,
		Waives: i.Waives, Rules: i.Rules, Amount: i.Amount, Shares: i.Shares, Earmark: i.Earmark, Conditions: i.Conditions, Move: i.Move, Follows: i.ID}
	return old, next, end, nil
}

func (i Item) endLadder(by Actor, as QuestionState, reason string, now time.Time) (Question, LadderEnding, error) {
	if err := i.inLadder(by); err != nil {
		return i.Question, LadderEnding{}, err
	}
	if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
		return i.Question, LadderEnding{}, err
	}
	q := i.Question
	q.State = as
	return q, LadderEnding{As: as, Reason: reason, Person: by.Person, At: i.afterRungs(now)}, nil
}

// inLadder refuses who does not steer it: the Coordinator, or, where an interest takes
// the item out of those hands, whoever presided when it ended without consensus.
func (i Item) inLadder(by Actor) error {
	if i.State != QuestionUnresolved {
		return ErrNotInLadder.With("item", i.called(), "state", string(i.State))
	}
	return i.steeredBy(by)
}

// steeredBy refuses who does not steer a question that its meeting is done with: by the
// rule of the ladder.
func (i Item) steeredBy(by Actor) error {
	if kind, hidden := i.Hidden(by); hidden {
		return ErrRecused.With("reason", string(kind))
	}
	if i.handedOver() {
		return i.presidedBy(by)
	}
	if by.Hat.Role != Coordinator {
		return ErrNotPresiding.With("item", i.called())
	}
	return nil
}

// afterRungs is now, or the last thing that happened in the ladder where that is later.
func (i Item) afterRungs(now time.Time) time.Time {
	if i.ClosedAt != nil && i.ClosedAt.After(now) {
		now = *i.ClosedAt
	}
	for _, r := range i.Rungs {
		if r.At.After(now) {
			now = r.At
		}
	}
	return now
}

// mayInLadder lists what by can do to a question for want of consensus.
func (i Item) mayInLadder(by Actor) []string {
	a := i.Arithmetic()
	stuck := a.Outcome == Blocked || a.Outcome == Silent && a.Unheard > 0
	if i.State == QuestionOpen && i.presidedBy(by) == nil && (stuck && !i.InWriting() || i.SilenceOver(i.Now) && a.Outcome.withoutAccord()) {
		return []string{"question.unresolve"}
	}
	if i.inLadder(by) != nil {
		return nil
	}
	may := []string{"ladder.return", "ladder.end"}
	if _, ok := i.nextRung(); ok {
		may = append(may, "ladder.climb")
	}
	return may
}

// UnderWay tells whether the question is not settled: before the body, or in the ladder.
func (q Question) UnderWay() bool {
	return slices.Contains([]QuestionState{QuestionListed, QuestionOpen, QuestionUnconfirmed, QuestionUnresolved}, q.State)
}

// held refuses a question about a proposal that another one, in the ladder, is about:
// unless it is the one that follows it.
func (g GrantCase) held(by uuid.UUID) error {
	if g.Waiting != "" {
		return ErrAwaitsCapitals.With("ref", g.Ref, "item", g.Waiting).At("/proposal")
	}
	if g.InLadder != uuid.Nil && g.InLadder != by {
		return ErrInLadder.With("ref", g.Ref, "item", g.LadderItem).At("/proposal")
	}
	return nil
}

// recordFollowed puts the ladder that led to the question into its decision's record.
func (i Item) recordFollowed(r map[string]any) {
	if i.Followed == nil {
		return
	}
	rungs := []any{}
	for _, x := range i.Followed.Rungs {
		rungs = append(rungs, map[string]any{"key": x.Key, "at": instant(x.At)})
	}
	r["follows"] = map[string]any{"item": i.Followed.Ref, "rungs": rungs}
}

// Followed is the question without consensus that another follows, as that one shows it.
type Followed struct {
	Question uuid.UUID
	Ref      string
	Rungs    []Rung
}
