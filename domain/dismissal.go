package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// Refusals about an interest that is to be set aside, or suggested.
var (
	ErrNotDismissing = problem.New(problem.Denied, "not-yours-to-dismiss")
	ErrOwnInterest   = problem.New(problem.Denied, "own-interest-stays")           // nobody dismisses one of their own
	ErrDismissed     = problem.New(problem.Conflict, "interest-dismissed-already") // once, with one reason
	ErrOfRecord      = problem.New(problem.Conflict, "interest-of-the-record")     // who worked on a proposal has
)

// Dismissal sets an interest in an item aside. Both stay on record; the interest has no
// effect from then on.
type Dismissal struct {
	Reason string
	Person uuid.UUID
	By     string // the person's name
	At     time.Time
}

// stands tells whether an interest has its effect.
func (x Interest) stands() bool { return x.Dismissed == nil }

// aside tells whether an interest that the facts show was set aside on this item:
// it is on record as often as it was dismissed.
func (i Item) aside(shown Interest) bool {
	found := false
	for _, x := range i.Interests {
		if x.alike(shown) {
			if x.stands() {
				return false
			}
			found = true
		}
	}
	return found
}

// Dismiss sets an organisation's interest of a kind aside, for a reason that stays. Ours
// are the organisations that the person behind the act has any hat of: rules of two people
// compare persons. Once the roll is frozen nothing is set aside.
func (i Item) Dismiss(by Actor, ours []uuid.UUID, organisation string, kind charter.InterestKind, reason string, now time.Time) (Interest, error) {
	if err := i.dismisses(by); err != nil {
		return Interest{}, err
	}
	var found *Interest
	for n, x := range i.Interests {
		if x.Code == organisation && x.Kind == kind && (found == nil || !found.stands()) {
			found = &i.Interests[n]
		}
	}
	if found == nil {
		return Interest{}, ErrUnknownWord.With("given", clipped(string(kind))).At("/kind")
	}
	if err := i.dismissible(by, *found); err != nil {
		return Interest{}, err
	}
	if i.Kin.Among(ours, found.Organisation) {
		return Interest{}, ErrOwnInterest.With("kind", string(kind))
	}
	if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
		return Interest{}, err
	}
	x := *found
	x.Dismissed = &Dismissal{Reason: strings.TrimSpace(reason), Person: by.Person, At: now}
	return x, nil
}

// dismisses refuses whoever the charter does not let set an interest in this item aside:
// while it is listed, the secretariat, or who presides; before anybody presides, the Chair
// whom no interest keeps from it.
func (i Item) dismisses(by Actor) error {
	if i.State != QuestionListed {
		return ErrQuestionStage.With("item", i.Number, "state", string(i.State))
	}
	if kind, hidden := i.Hidden(by); hidden {
		return ErrRecused.With("reason", string(kind))
	}
	may := i.Charter.Interests.DismissedBy.Value
	if by.Hat.Role == Secretariat && slices.Contains(may, charter.DismissedBySecretariat) {
		return nil
	}
	if slices.Contains(may, charter.DismissedByPresider) && (i.presidedBy(by) == nil || i.chairsAlone(by)) {
		return nil
	}
	return ErrNotDismissing.With("item", i.Number)
}

// chairsAlone tells whether by holds the chair, nobody presides yet, and no interest would
// have the item handed over.
func (i Item) chairsAlone(by Actor) bool {
	least := i.Charter.Interests.Chair.HandsOverFrom.Value
	return i.Session.Presiding == uuid.Nil && by.Hat.Role == Coordinator &&
		slices.ContainsFunc(i.Roll, func(r RollSeat) bool { return r.standsFor(by) && !r.Effect.Includes(least) })
}

// dismissible refuses an interest that cannot be set aside, or not by this person.
func (i Item) dismissible(by Actor, x Interest) error {
	mine := func(p Presence) bool { return p.Person == by.Person && i.Kin.Same(p.Organisation, x.Organisation) }
	switch {
	case !x.stands():
		return ErrDismissed.With("kind", string(x.Kind))
	case x.Kind == charter.WorkedOn:
		return ErrOfRecord.With("kind", string(x.Kind))
	case i.Kin.Same(x.Organisation, by.Hat.Organisation), x.Person != uuid.Nil && x.Person == by.Person && x.Source != InterestSuggested, slices.ContainsFunc(i.Room, mine):
		return ErrOwnInterest.With("kind", string(x.Kind))
	}
	return nil
}

// MayInterest lists what by can do to one interest in the item now.
func (i Item) MayInterest(by Actor, x Interest) []string {
	if i.dismisses(by) != nil || i.dismissible(by, x) != nil {
		return nil
	}
	return []string{"interest.dismiss"}
}

// Suggest puts an interest on record that the secretariat knows of and nobody has
// declared: it stands until it is dismissed.
func (i Item) Suggest(by Actor, organisation string, kind charter.InterestKind, note string, now time.Time) (Interest, error) {
	if err := i.suggestable(by); err != nil {
		return Interest{}, err
	}
	seat := slices.IndexFunc(i.Roll, func(r RollSeat) bool { return r.Code == organisation })
	var wrong []problem.Problem
	if seat < 0 {
		wrong = append(wrong, ErrUnknownWord.With("given", clipped(organisation)).At("/organisation"))
	}
	if !i.Charter.Interests.Known(kind) {
		wrong = append(wrong, ErrUnknownWord.With("given", clipped(string(kind))).At("/kind"))
	}
	if err := problem.Join(append(wrong, written(note, "/note", longestReason)...)); err != nil {
		return Interest{}, err
	}
	r := i.Roll[seat]
	if slices.ContainsFunc(i.Interests, func(x Interest) bool { return x.Organisation == r.Organisation && x.Kind == kind }) {
		return Interest{}, ErrDeclared.With("kind", string(kind)) // what was set aside is not suggested again
	}
	return Interest{ID: uuid.New(), Organisation: r.Organisation, Code: r.Code, Kind: kind, Effect: effectOn(i.Charter, r.role(), kind), Source: InterestSuggested,
		Note: strings.TrimSpace(note), Person: by.Person, At: now}, nil
}

func (i Item) suggestable(by Actor) error {
	if i.State != QuestionListed {
		return ErrQuestionStage.With("item", i.Number, "state", string(i.State))
	}
	if kind, hidden := i.Hidden(by); hidden {
		return ErrRecused.With("reason", string(kind))
	}
	if by.Hat.Role != Secretariat {
		return ErrForbidden
	}
	return nil
}
