package domain

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
)

// What has more in common with the item comes first, the newest of equals; one organisation
// that takes part in both is enough, and no area is not the same area.
func TestPrecedentsAreOrderedByWhatTheyShare(t *testing.T) {
	state, other, applies, carries := uuid.New(), uuid.New(), uuid.New(), uuid.New()
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	past := []Precedent{
		{Number: "2026-001", AdoptedAt: day(1), Area: "area-1", States: []uuid.UUID{state}, Organisations: []uuid.UUID{carries}},
		{Number: "2026-002", AdoptedAt: day(2), Area: "area-2", States: []uuid.UUID{other}, Organisations: []uuid.UUID{applies}},
		{Number: "2026-003", AdoptedAt: day(3), Area: "area-2", States: []uuid.UUID{other, state}, Organisations: []uuid.UUID{uuid.New(), carries}},
		{Number: "2026-004", AdoptedAt: day(4)},
		{Number: "2026-005", AdoptedAt: day(5), Area: "area-2"},
		{Number: "2026-006", AdoptedAt: day(6), Area: "area-2"},
	}
	i := Item{Case: &GrantCase{Area: "area-2", States: []uuid.UUID{state}, Organisation: applies, Shares: []GrantShare{{Organisation: applies}, {Organisation: carries}}}}
	got := []string{}
	for _, p := range i.Precedents(past) {
		got = append(got, p.Number)
	}
	if want := []string{"2026-003", "2026-002", "2026-001", "2026-006", "2026-005"}; !slices.Equal(got, want) {
		t.Errorf("in the order %v, not %v", got, want)
	}
	if like := i.Precedents(past)[0].Like; !slices.Equal(like, []Likeness{SameState, SameOrganisation, SameArea}) {
		t.Errorf("the first shares %v", like)
	}
	revision := Item{Change: &ChangeCase{}}
	revision.Change.Kind = "suspension"
	if p := revision.Precedents([]Precedent{{Number: "a", Change: "resumption", AdoptedAt: day(2)}, {Number: "b", Change: "suspension", AdoptedAt: day(1)}}); p[0].Number != "b" {
		t.Errorf("a suspension is like %s", p[0].Number)
	}
	if past[0].Like != nil {
		t.Error("what was handed in was changed")
	}
}
