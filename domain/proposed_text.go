package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

var (
	// ErrTextSame refuses to propose the text that stands.
	ErrTextSame = problem.New(problem.Invalid, "text-unchanged")
	// ErrTextAnswered refuses a second answer to a proposed text.
	ErrTextAnswered = problem.New(problem.Conflict, "text-answered")
	// ErrTextPending refuses to close a question while a proposed text has no answer.
	ErrTextPending = problem.New(problem.Conflict, "text-not-answered")
	// ErrTextInSilence refuses to change the text under a silence that was asked for another.
	ErrTextInSilence = problem.New(problem.Conflict, "text-in-silence")
	// ErrSumNotSaid refuses to take a text for an item that money goes with, unless it is said
	// that the sum stays as it was listed. It names the sum.
	ErrSumNotSaid = problem.New(problem.Invalid, "sum-not-said")
	// ErrTextMoved refuses a position on a text that is no longer the question's.
	ErrTextMoved = problem.New(problem.Conflict, "text-has-changed")
)

// ProposedText is another text that a seat of the roll proposes for a question, in the
// question's language. It stands for ever, and so does its answer.
type ProposedText struct {
	N      int // the question's first, second, …
	Seat   uuid.UUID
	Name   string // the seat's
	Code   string // the organisation's that held it
	Text   string
	Reason string
	Terms  TextTerms // the money and conditions that it names; the zero ones where it is words alone
	Person uuid.UUID // who wrote it down
	At     time.Time
	Answer *TextAnswer // nil until whoever presides has given one
}

// TextAnswer is what whoever presides says to a proposed text.
type TextAnswer struct {
	Accepted bool
	Version  int    // that the question's text becomes; 0 where it is not taken
	Reason   string // why not; may be empty where it is taken
	Person   uuid.UUID
	At       time.Time
}

// ProposeText gives another text: of by's own seat (named, where there are several), or
// of any named where the secretariat writes down what was said in the room. Nobody need
// be there to give one's own; a seat whose text another writes down must be. Where money
// goes with the item the text may name another sum, at or below the request.
func (i Item) ProposeText(by Actor, seat uuid.UUID, text, reason string, terms TextTerms, now time.Time) (ProposedText, error) {
	if i.State != QuestionListed && i.State != QuestionOpen {
		return ProposedText{}, ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	}
	r, err := i.proposer(by, seat)
	nobodys := by.Hat.Role == Secretariat && seat == uuid.Nil
	if err != nil && !nobodys {
		return ProposedText{}, err
	}
	found := append(written(text, "/text", longestDecision), written(reason, "/reason", longestReason)...)
	if nobodys {
		found = append(found, ErrRequired.At("/seat"))
	}
	if text == i.Text && !terms.any() {
		found = append(found, ErrTextSame.At("/text"))
	}
	if err := problem.Join(found); err != nil {
		return ProposedText{}, err
	}
	if terms, err = i.retermed(terms); err != nil {
		return ProposedText{}, err
	}
	if err := i.stranded(terms); err != nil {
		return ProposedText{}, err
	}
	return ProposedText{N: len(i.Texts) + 1, Seat: r.Seat, Name: r.Name, Code: r.Code, Text: text, Reason: reason, Terms: terms, Person: by.Person, At: i.notBefore(now)}, nil
}

// proposer finds the seat of the roll that by may propose a text for.
func (i Item) proposer(by Actor, seat uuid.UUID) (RollSeat, error) {
	for _, r := range i.Roll {
		if by.Hat.Role != Secretariat && !r.standsFor(by) || r.Seat != seat && (seat != uuid.Nil || by.Hat.Role == Secretariat) {
			continue
		}
		err := i.silenced(by, r)
		if err == nil && by.Hat.Role == Secretariat && !i.InWriting() && !i.inRoom(r) {
			err = ErrNotPresent.With("seat", r.Name)
		}
		return r, err
	}
	return RollSeat{}, ErrNoSeat.With("organisation", by.Hat.Code)
}

// AnswerText takes a proposed text, which then is the question's, or does not, with a
// reason. Positions on the text before are kept and count no more: they are taken anew.
func (i Item) AnswerText(by Actor, n int, accept bool, reason string, now time.Time) (TextAnswer, error) {
	if i.State != QuestionListed && i.State != QuestionOpen {
		return TextAnswer{}, ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	}
	if err := i.presidedBy(by); err != nil {
		return TextAnswer{}, err
	}
	if n < 1 || n > len(i.Texts) {
		return TextAnswer{}, ErrMissing
	}
	x := i.Texts[n-1]
	switch {
	case x.Answer != nil:
		return TextAnswer{}, ErrTextAnswered.With("n", n)
	case accept && i.InWriting() && i.State == QuestionOpen:
		return TextAnswer{}, ErrTextInSilence.With("item", i.called())
	case accept && x.Text == i.Text && !x.Terms.any():
		return TextAnswer{}, ErrTextSame
	}
	if accept {
		terms, err := i.retermed(x.Terms)
		if err == nil {
			err = i.stranded(terms)
		}
		if err != nil {
			return TextAnswer{}, err
		}
	}
	check := written
	if accept {
		check = bounded
	}
	if err := problem.Join(check(reason, "/reason", longestReason)); err != nil {
		return TextAnswer{}, err
	}
	a := TextAnswer{Accepted: accept, Reason: reason, Person: by.Person, At: i.notBefore(now)}
	if accept {
		a.Version = i.TextVersion + 1
	}
	return a, nil
}

// SumStays refuses to take a text that names no sum unseen of the money that goes with the
// item: the sum and its shares stay as they are whatever the words say, and whoever presides
// says so.
func (i Item) SumStays(n int, accept, said bool) error {
	if accept && i.Amount.IsPositive() && !i.Texts[n-1].Terms.Sums() && !said {
		return ErrSumNotSaid.With("amount", i.Amount).At("/sum_stays")
	}
	return nil
}

// textsPending tells whether a proposed text waits for its answer.
func (i Item) textsPending() bool {
	return slices.ContainsFunc(i.Texts, func(x ProposedText) bool { return x.Answer == nil })
}

// weighed are the positions that were taken in time, those on a text before told apart:
// they count no more, and yet whoever was against that text joins this one by a word alone.
func (i Item) weighed() []Position {
	list := i.inTime()
	for n, p := range list {
		list[n].Former, list[n].Referred = p.Text != i.TextVersion, i.referred(p.Seat)
	}
	return list
}

// inRoom tells whether anybody is in the room for a seat, of the organisation that it is
// on the roll for.
func (i Item) inRoom(r RollSeat) bool {
	return slices.ContainsFunc(i.Room, func(p Presence) bool { return p.Seat == r.Seat && p.Organisation == r.Organisation })
}

// spoke tells whether a seat has a position on the text as it stands.
func (i Item) spoke(seat uuid.UUID) bool {
	return slices.ContainsFunc(i.Positions, func(p Position) bool { return p.Seat == seat && p.Text == i.TextVersion })
}

// mayOnTexts lists what by can do about the question's text.
func (i Item) mayOnTexts(by Actor) []string {
	if i.State != QuestionListed && i.State != QuestionOpen {
		return nil
	}
	var may []string
	if by.Hat.Role == Secretariat {
		if len(i.Roll) > 0 && !i.Hands.blinded(by) {
			may = append(may, "text.propose")
		}
	} else if _, err := i.proposer(by, uuid.Nil); err == nil {
		may = append(may, "text.propose")
	}
	if i.presidedBy(by) == nil && i.textsPending() {
		may = append(may, "text.answer")
	}
	return may
}

// recordTexts puts the texts that were proposed, and what became of them, into the
// decision's record, with the one that was listed by its hash.
func (i Item) recordTexts(r map[string]any) {
	r["text_version"] = i.TextVersion
	if len(i.Texts) == 0 {
		return
	}
	sum := sha256.Sum256([]byte(i.ListedText))
	list := []any{}
	for _, x := range i.Texts {
		entry := map[string]any{"n": x.N, "seat": x.Name, "organisation": x.Code, "text": x.Text, "reason": x.Reason, "person": x.Person, "at": instant(x.At)}
		x.Terms.record(entry)
		if a := x.Answer; a != nil {
			entry["accepted"], entry["answer"], entry["answered_by"], entry["answered_at"] = a.Accepted, a.Reason, a.Person, instant(a.At)
			if a.Accepted {
				entry["text_version"] = a.Version
			}
		}
		list = append(list, entry)
	}
	texts := map[string]any{"listed_sha256": hex.EncodeToString(sum[:]), "proposed": list}
	if i.ListedTerms.Sums() {
		texts["listed_amount"], texts["listed_shares"] = *i.ListedTerms.Amount, recordShares(i.ListedTerms.Shares)
	}
	if len(i.ListedTerms.Conditions) > 0 {
		texts["listed_conditions"] = recordTerms(i.ListedTerms.Conditions)
	}
	r["texts"] = texts
}
