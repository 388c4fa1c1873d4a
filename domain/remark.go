package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

// Remark is what somebody asks about a question in writing, or answers. None is ever
// changed, and none stops the clock.
type Remark struct {
	N            int
	Answers      int // the remark that it answers; 0 where it asks
	Language     string
	Text         string
	Organisation uuid.UUID
	Code         string
	Role         Role
	Person       uuid.UUID
	By           string // who that is
	At           time.Time
}

// Remark adds to the thread of a question in writing that is not settled: a seat of the
// roll that is not recused asks, whoever presides and the secretariat too; all may answer.
func (i Item) Remark(by Actor, said []Remark, answers int, language, text string, now time.Time) (Remark, error) {
	if err := i.remarkable(by); err != nil {
		return Remark{}, err
	}
	found := append(spoken(language, "/language"), written(text, "/text", longestReason)...)
	if answers != 0 && !slices.ContainsFunc(said, func(r Remark) bool { return r.N == answers && r.Answers == 0 }) {
		found = append(found, ErrUnknownWord.With("given", answers).At("/answers"))
	}
	return Remark{N: len(said) + 1, Answers: answers, Language: language, Text: text, Organisation: by.Hat.Organisation, Code: by.Hat.Code,
		Role: by.Hat.Role, Person: by.Person, At: now}, problem.Join(found)
}

func (i Item) remarkable(by Actor) error {
	if !i.InWriting() || i.State != QuestionListed && i.State != QuestionOpen {
		return ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	}
	if kind, hidden := i.Hidden(by); hidden {
		return ErrRecused.With("reason", string(kind))
	}
	if by.Hat.Role == Secretariat {
		return nil
	}
	if by.Hat.Role == Member && by.Hat.Capacity == Adviser {
		return ErrAdviser
	}
	n := slices.IndexFunc(i.Roll, func(r RollSeat) bool { return r.standsFor(by) })
	if n < 0 {
		return ErrNoSeat.With("organisation", by.Hat.Code)
	}
	if r := i.Roll[n]; r.Recused {
		return ErrRecused.With("reason", r.Reason)
	}
	return nil
}
