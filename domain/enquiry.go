package domain

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

var (
	ErrNoEnquiries     = problem.New(problem.Conflict, "call-takes-no-questions")
	ErrEnquiriesOver   = problem.New(problem.Conflict, "questions-are-over")
	ErrEnquiryDeadline = problem.New(problem.Invalid, "questions-end-outside-call")
)

// Enquiry is what an applicant, or a state's focal point, asks about a call. Once
// it is answered everybody reads both; who asked stays between them and the
// secretariat.
type Enquiry struct {
	ID           uuid.UUID
	Call         uuid.UUID
	CallRef      string
	N            int // within the call
	Language     string
	Text         string
	Person       uuid.UUID
	Organisation uuid.UUID
	At           time.Time
	Answers      []EnquiryAnswer // versions of the answer, oldest first; the last one holds
}

// EnquiryAnswer is one version of the secretariat's answer.
type EnquiryAnswer struct {
	N        int
	Language string
	Text     string
	Reason   string // why it differs from the version before; "" of the first
	Person   uuid.UUID
	At       time.Time
}

// Bounds, in characters; no rules of the fund.
const (
	longestEnquiry = 4000
	longestAnswer  = 10000
)

// hears refuses a question about the call where it takes none at an instant.
func (c Call) hears(at time.Time) error {
	switch {
	case c.AnnouncedAt == nil:
		return ErrCallDraft.With("call", c.Ref)
	case c.QuestionsUntil == nil:
		return ErrNoEnquiries.With("call", c.Ref)
	case !at.Before(*c.QuestionsUntil):
		return ErrEnquiriesOver.With("until", *c.QuestionsUntil)
	}
	return nil
}

// Ask puts a question about the call, before its deadline for questions. The
// number is given when it is kept.
func (c Call) Ask(by Actor, language, text string, at time.Time) (Enquiry, error) {
	if err := c.hears(at); err != nil {
		return Enquiry{}, err
	}
	found := append(spoken(language, "/language"), written(text, "/text", longestEnquiry)...)
	if err := problem.Join(found); err != nil {
		return Enquiry{}, err
	}
	return Enquiry{Call: c.ID, CallRef: c.Ref, Language: language, Text: text, Person: by.Person, Organisation: by.Hat.Organisation, At: at}, nil
}

// Answer publishes the next version of the answer. One that takes the place of
// another says why.
func (e *Enquiry) Answer(by Actor, language, text, reason string, at time.Time) (EnquiryAnswer, error) {
	found := append(spoken(language, "/language"), written(text, "/text", longestAnswer)...)
	if n := len(e.Answers); n > 0 {
		found = append(found, written(reason, "/reason", longestReason)...)
		if last := e.Answers[n-1]; last.Text == text && last.Language == language {
			found = append(found, ErrNothingChanged.At("/text"))
		}
	} else {
		found = append(found, bounded(reason, "/reason", longestReason)...)
	}
	if err := problem.Join(found); err != nil {
		return EnquiryAnswer{}, err
	}
	a := EnquiryAnswer{N: len(e.Answers) + 1, Language: language, Text: text, Reason: reason, Person: by.Person, At: at}
	e.Answers = append(e.Answers, a)
	return a, nil
}

// Version changes with each answer.
func (e Enquiry) Version() int { return len(e.Answers) + 1 }

// Reaches refuses, as missing, a question that is not answered yet to all but the
// secretariat and those who asked it.
func (e Enquiry) Reaches(by Actor) error {
	if len(e.Answers) > 0 || by.Hat.Role == Secretariat || e.Own(by) {
		return nil
	}
	return ErrMissing
}

// Own tells whether by's organisation asked.
func (e Enquiry) Own(by Actor) bool {
	return by.Hat.Organisation != uuid.Nil && by.Hat.Organisation == e.Organisation && (by.Hat.Role == Applicant || by.Hat.Role == FocalPoint)
}

// ShowsAsker tells whether by may know who asked.
func (e Enquiry) ShowsAsker(by Actor) bool { return by.Hat.Role == Secretariat || e.Own(by) }

// May lists the acts that a person under this hat can do to the question now.
func (e Enquiry) May(by Hat) []string {
	if by.Role == Secretariat {
		return []string{"enquiry.answer"}
	}
	return nil
}
