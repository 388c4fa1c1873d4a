package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// Item is a question with all that the rules look at when it is dealt with.
type Item struct {
	Question
	Charter    charter.Charter // the version that the question runs under
	Session    Meeting
	Case       *GrantCase  // where it is about a proposal, or about a programme that comes of one
	Change     *ChangeCase // where it is about a request for a change of a programme
	Waiver     *WaiverCase // where it is about doing without a condition
	Amendment  *Amendment  // where it is about a new version of the rules
	Kin        Kin         // which organisations are one by now
	Hands      Hands       // of the proposal that it is about, or that its programme comes of
	Interests  []Interest
	Roll       []RollSeat   // frozen once the question is put; before that, as it would be now
	Sits       []uuid.UUID  // organisations that hold a seat today
	Room       []Presence   // those in the room, without Hands: now, or when the question closed; nobody in writing
	Attending  []Attendance // whoever was at the meeting without a seat: recorded, and counted nowhere
	Positions  []Position   // oldest first
	Namings    []Naming     // of who is to preside over it, where those present elect; the first first
	NoAnswers  []NoAnswer   // of a roll call, the first first
	Texts      []ProposedText
	Voiding    *Voiding    // of a question that is void
	Came       bool        // whether the person who presides over the meeting has come into its room for a seat other than the Chair's, still there or gone
	Withdrawal *Withdrawal // why it was taken back, where that was said
	Rungs      []Rung      // of the ladder, where it ended without consensus
	Ending     *LadderEnding
	Followed   *Followed          // the question without consensus that this one follows
	NextItem   *Followed          // the question that follows this one
	Extensions []SilenceExtension // of a silence, the first first
	Mandates   []Mandate          // of entities that it touches: counted nowhere
	Referendum *Referendum        // where somebody joined ad referendum, once it is announced
	Now        time.Time          // when it was looked at: what may be done of it now goes by that
	Standing   []StandingInterest // that hold today; of an item that is listed
}

// Put opens the question: from now on positions are taken, by the roll as it
// stands.
func (i Item) Put(by Actor, now time.Time) (Question, error) {
	if i.InWriting() {
		return i.putInWriting(by, now)
	}
	switch {
	case i.Session.State != MeetingOpen:
		return i.Question, ErrMeetingStage.With("meeting", i.Session.Ref, "state", string(i.Session.State))
	case i.State != QuestionListed:
		return i.Question, ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	}
	if err := i.presidedBy(by); err != nil {
		return i.Question, err
	}
	if err := i.decidable(); err != nil {
		return i.Question, err
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
	for _, x := range i.Interests {
		if later(x.At); x.Dismissed != nil {
			later(x.Dismissed.At)
		}
	}
	for _, x := range i.Texts {
		if later(x.At); x.Answer != nil {
			later(x.Answer.At)
		}
	}
	if i.OpenedAt != nil {
		later(*i.OpenedAt)
	}
	if i.Referendum != nil {
		later(i.Referendum.At)
		for _, x := range i.Referendum.Given {
			later(x.At)
		}
	}
	return now
}

// Arithmetic counts the item as it stands. In writing everybody on the roll is asked, and
// so nobody is absent; what came after the end does not count, nor what was said of a
// text before, but that silence is no consent of whoever was against it.
func (i Item) Arithmetic() Arithmetic {
	present := map[uuid.UUID]bool{}
	for _, r := range i.Roll {
		present[r.Seat] = i.InWriting() || i.inRoom(r)
	}
	return Count(i.Charter, i.Procedure, i.Roll, present, i.unanswered(), i.weighed())
}

// Presiding is the person who chairs this item: whoever presides over the
// meeting, unless an interest takes the item out of those hands (Interests.Chair
// of the charter) or that person has left the room; then whom the charter names.
// Nobody, where it names none present.
func (i Item) Presiding() uuid.UUID {
	if !i.handedOver() && !i.chairLeft() {
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
				if e := i.elected(); p.Person == e || e == uuid.Nil && p.Person == i.Session.Presiding {
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
	if i.InWriting() {
		seat, ok := i.chairInWriting()
		return !ok || !seat.Chair
	}
	least := i.Charter.Interests.Chair.HandsOverFrom.Value
	if i.Hands.Has(i.Session.Presiding) || i.personal(i.Session.Presiding).Includes(least) {
		return true
	}
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

// chairLeft tells whether the person who presides over the meeting has left its room.
// A Coordinator without a seat, where nobody holds the Chair's, has no place in the
// room to leave; a designee came into it for a seat, and has.
func (i Item) chairLeft() bool {
	presides := i.Session.Presiding
	return !i.InWriting() && presides != uuid.Nil &&
		(i.Came || slices.ContainsFunc(i.Roll, func(r RollSeat) bool { return r.Chair })) &&
		!slices.ContainsFunc(i.Room, func(p Presence) bool { return p.Person == presides })
}

// about is what people call the item by that hands are of: its proposal, else its number.
func (i Item) about() string {
	if i.Case != nil {
		return i.Case.Ref
	}
	return i.Ref()
}

func (i Item) presidedBy(by Actor) error {
	if i.InWriting() {
		return i.presidesInWriting(by)
	}
	if p := i.Presiding(); p == uuid.Nil || p != by.Person {
		return ErrNotPresiding.With("item", i.called())
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
	if slices.ContainsFunc(i.Interests, func(x Interest) bool { return i.MayInterest(by, x) != nil }) {
		may = append(may, "interest.dismiss")
	}
	if i.suggestable(by) == nil {
		may = append(may, "interest.suggest")
	}
	if i.withdrawable(by) == nil {
		may = append(may, "question.withdraw")
	}
	if _, err := i.Put(by, i.Now); err == nil {
		may = append(may, "question.open")
	}
	if i.State == QuestionOpen {
		if i.heard(by) {
			may = append(may, "position.take")
		}
		if chairs && (!i.InWriting() || i.SilenceOver(i.Now)) {
			may = append(may, "decision.announce")
		}
		if i.extendable(by, i.Now) == nil && i.ExtensionLeft() > 0 {
			may = append(may, "silence.extend")
		}
	}
	if i.remarkable(by) == nil {
		may = append(may, "question.remark")
	}
	may = append(append(may, i.mayOnTexts(by)...), i.mayOnReferendum(by)...)
	may = append(may, i.mayOnMandates(by)...)
	may = append(append(may, i.mayInRollCall(by)...), i.mayInElection(by)...)
	return append(may, i.mayInLadder(by)...)
}

// heard tells whether by may take a position, or, as the secretariat, write one
// down for anybody present.
func (i Item) heard(by Actor) bool {
	return slices.ContainsFunc(i.Roll, func(r RollSeat) bool {
		_, _, err := i.speaker(by, r.Seat)
		return err == nil && (!i.spoke(r.Seat) || i.changeable())
	})
}

// called is what a sentence calls the item: its number on the agenda or, in writing, its own.
func (i Item) called() any {
	if i.InWriting() {
		return i.Written
	}
	return i.Number
}
