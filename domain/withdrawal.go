package domain

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

// Withdrawal is who took a question back from the body, and why. It stands for ever.
type Withdrawal struct {
	Reason string // "" of one that was never put, where none was given
	Person uuid.UUID
	By     string // the person's name
	At     time.Time
}

// Withdraw takes a listed question off the agenda, or ends an open one undecided, with the
// reason: like every other end of what the body was asked.
func (i Item) Withdraw(by Actor, reason string, now time.Time) (Question, Withdrawal, error) {
	if err := i.withdrawable(by); err != nil {
		return i.Question, Withdrawal{}, err
	}
	asked := bounded
	if i.State == QuestionOpen {
		asked = written
	}
	if err := problem.Join(asked(reason, "/reason", longestReason)); err != nil {
		return i.Question, Withdrawal{}, err
	}
	q, at := i.Question, i.notBefore(now)
	q.State, q.ClosedAt = QuestionWithdrawn, &at
	return q, Withdrawal{Reason: strings.TrimSpace(reason), Person: by.Person, At: at}, nil
}

// withdrawable refuses whoever may not take the item back. One that is listed, the secretariat
// may, which listed it, and the Chair unless it was handed over. Once it is put it is the
// body's: whoever presides over it alone takes it back, in a meeting or in writing, so that
// nobody ends a vote or a silence over the body's head whose positions they would rather not
// have; the secretariat only where nobody presides, since it would stay open for ever. Nobody
// does from whom an interest hides it.
func (i Item) withdrawable(by Actor) error {
	if i.State != QuestionListed && i.State != QuestionOpen {
		return ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	}
	if kind, hidden := i.Hidden(by); hidden {
		return ErrRecused.With("reason", string(kind))
	}
	presides := i.presidedBy(by) == nil
	switch {
	case presides,
		i.State == QuestionListed && by.Hat.Role == Secretariat,
		i.State == QuestionListed && by.Hat.Role == Coordinator && !i.handedOver(),
		i.State == QuestionOpen && by.Hat.Role == Secretariat && i.unpresided():
		return nil
	}
	return ErrNotPresiding.With("item", i.called())
}

// unpresided tells whether there is nobody whom the charter lets preside over the item.
func (i Item) unpresided() bool {
	if i.InWriting() {
		_, presides := i.chairInWriting()
		return !presides
	}
	return i.Presiding() == uuid.Nil
}
