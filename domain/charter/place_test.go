package charter

import (
	"reflect"
	"testing"
)

func TestAPathLeadsThroughListsAndMembersToARule(t *testing.T) {
	for path, want := range map[string][]Place{
		"/terms/months":      {{"/terms/months", "terms.months", PlaceRule}},
		"/body/quorum/share": {{"/body/quorum/share", "body.quorum.share", PlaceRule}},
		"/body/consensus/positions/agree/effect": {
			{"/body/consensus/positions", "body.consensus.positions", PlaceList},
			{"/body/consensus/positions/agree", "body.consensus.positions", PlaceMember},
			{"/body/consensus/positions/agree/effect", "body.consensus.positions.effect", PlaceRule},
		},
		// A member that no list has yet, and what follows a rule.
		"/constituencies/new":              {{"/constituencies", "constituencies", PlaceList}, {"/constituencies/new", "constituencies", PlaceMember}},
		"/terms/months/value":              {{"/terms/months", "terms.months", PlaceRule}},
		"/effective_from":                  nil,
		"/effective_from/year":             nil,
		"/terms/years":                     nil,
		"/body/quorum":                     nil,
		"":                                 nil,
		"/constituencies/donors/nobody/is": nil,
	} {
		if got := Places(path); !reflect.DeepEqual(got, want) {
			t.Errorf("%s leads to %v, want %v", path, got, want)
		}
	}
	for _, r := range MustDefault().Stated() {
		if all := Places(r.Path); len(all) == 0 || all[len(all)-1].Is != PlaceRule || all[len(all)-1].Path != r.Path {
			t.Errorf("%s leads to %v", r.Path, all)
		}
	}
}
