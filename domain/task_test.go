package domain

import (
	"slices"
	"testing"
	"time"
)

// What a meeting waits for stands before every date, and a date before what has none.
func TestTasksInOrder(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 9, 0, 0, 0, time.UTC) }
	due := day(1)
	list := []Task{{Ref: "waits", Since: day(1)}, {Ref: "late", Due: &due}, {Ref: "before-the-meeting", Since: day(20), Now: true}, {Ref: "waits-longest", Since: day(0)}}
	InOrder(list)
	var refs []string
	for _, x := range list {
		refs = append(refs, x.Ref)
	}
	if want := []string{"before-the-meeting", "late", "waits-longest", "waits"}; !slices.Equal(refs, want) {
		t.Errorf("in order %v, not %v", refs, want)
	}
}
