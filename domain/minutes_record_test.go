package domain

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// Minutes say of what was set aside that it was, and of what does not count why.
func TestMinutesTellWhatDidNotCount(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	a, b := uuid.New(), uuid.New()
	i := Item{Question: Question{State: QuestionOpen, Procedure: charter.ByVote, OpenedAt: &at, TextVersion: 2},
		Roll:      []RollSeat{{Seat: a, Name: "network-1", Code: "ILO"}, {Seat: b, Name: "network-2", Code: "IOM"}},
		Interests: []Interest{{Code: "ILO", Kind: "other", Effect: charter.Abstain, Dismissed: &Dismissal{Reason: "Long over."}}, {Code: "IOM", Kind: "personal", Effect: charter.LoseSight}},
		Positions: []Position{{Seat: a, Key: "no", Text: 1, At: at}, {Seat: a, Key: "no", Text: 2, At: at}, {Seat: a, Key: "yes", Text: 2, At: at}, {Seat: b, Key: "yes", Text: 2, At: at}}}
	m := i.Minuted("")
	if m.Interests[0].Aside != "Long over." || m.Interests[1].Aside != "" {
		t.Error(m.Interests)
	}
	var uncounted []string
	for _, p := range m.Positions {
		uncounted = append(uncounted, p.Uncounted)
	}
	if want := []string{"former-text", "replaced", "", ""}; !reflect.DeepEqual(uncounted, want) {
		t.Errorf("%q", uncounted)
	}
}
