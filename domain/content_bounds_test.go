package domain

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

// What lists and searches stand on is short: a draft that is not is refused at its field, before an index has to.
func TestWhatListsStandOnIsShort(t *testing.T) {
	long := strings.Repeat("ж", longestCode+1)
	many := map[string]Mark{}
	for range maxMarkers + 1 {
		many[uuid.NewString()] = Mark{}
	}
	for _, row := range []struct {
		name string
		c    Content
		want string
	}{
		{"an area", Content{Area: long}, "/area too-long\n"},
		{"a marker", Content{Markers: map[string]Mark{long: {}}}, "/markers too-long\n"},
		{"a marker's code", Content{Markers: map[string]Mark{"gender": {Code: long}}}, "/markers too-long\n"},
		{"both", Content{Area: long, Markers: map[string]Mark{"gender": {Code: long}}}, "/area too-long\n/markers too-long\n"},
		{"many markers", Content{Markers: many}, "/markers too-many-entries\n"},
		{"many states", Content{OtherStates: make([]uuid.UUID, maxStates+1)}, "/other_states too-many-entries\n"},
		{"a title, a summary, a reason", Content{Title: strings.Repeat("ж", longestDraftTitle+1), Summary: strings.Repeat("ж", longestDraftText+1),
			Markers: map[string]Mark{"gender": {Reason: strings.Repeat("ж", longestDraftText+1)}}}, "/title too-long\n/summary too-long\n/markers too-long\n"},
		{"spaces are characters", Content{Title: strings.Repeat(" ", longestDraftTitle+1)}, "/title too-long\n"},
		{"just so much", Content{Title: strings.Repeat("ж", longestDraftTitle), Summary: strings.Repeat("ж", longestDraftText), Area: strings.Repeat("ж", longestCode), OtherStates: make([]uuid.UUID, maxStates)}, ""},
	} {
		got := ""
		if _, err := row.c.tidy(nil); err != nil {
			p := err.(problem.Problem)
			got = said(append([]problem.Problem{p}, p.Also...))
		}
		if got != row.want {
			t.Errorf("%s: %q", row.name, got)
		}
	}
}
