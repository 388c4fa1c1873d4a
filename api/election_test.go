package api

import (
	"fmt"
	"testing"
)

// Where the rules have those present elect who presides in the conflicted Chair's place, more
// than half of the seats that take part name the same person; who it was stands.
func TestThosePresentElectWhoPresides(t *testing.T) {
	s, meeting := bodyOf13(t)
	early := s.listed(meeting, policyVote)
	s.under(meeting, "/interests/chair/presides", `"elected-for-the-item"`)
	name := func(who, item, whom, want string) reply {
		t.Helper()
		return s.ask(who, "POST", item+"/presider", fmt.Sprintf(`{"person":%q}`, s.ids[whom]), want)
	}
	s.ask("chair", "POST", early+"/interests", `{"kind":"personal","note":"A sister."}`, "201")
	name("donors-1", early, "donors-2", "409 no-election") // it runs under the rules of before

	q := s.listed(meeting, policyVote)
	name("donors-1", q, "donors-2", "409 no-election") // the Chair presides
	s.ask("chair", "POST", q+"/interests", `{"kind":"personal","note":"A sister."}`, "201")
	s.ask("donors-3", "POST", q+"/interests", `{"kind":"personal","note":"A brother."}`, "201")
	s.ask("donors-1", "POST", q+"/opening", "", "403 not-presiding") // the longest serving is not asked
	if !s.offered("donors-1", q, "chair.elect") || !s.offered("sec", q, "chair.elect") {
		t.Error("the election is not offered")
	}
	name("chair", q, "donors-2", "403 not-permitted")
	name("donors-3", q, "donors-2", "403 recused")
	name("donors-1", q, "donors-3", "409 not-present") // takes no part
	name("donors-1", q, "chair", "409 not-present")
	members := s.members()
	name("donors-1", q, "network-1", "201") // and changes its mind
	named := 0
	for _, who := range members {
		if who == "donors-3" || named == 5 {
			continue
		}
		if r := name(who, q, "donors-2", "201"); r.at("elected") != "false" {
			t.Fatalf("%s elected alone: %s", who, r.raw)
		}
		named++
	}
	s.ask("donors-2", "POST", q+"/opening", "", "403 not-presiding")
	if r := s.ask("donors-2", "GET", q, "", "200"); r.at("election", "open") != "true" || r.at("election", "needed") != "6" {
		t.Errorf("the election stands at %s", r.at("election"))
	}
	// The secretary writes one down for a seat in the room: the sixth of eleven.
	last := "stakeholders-3"
	r := s.ask("sec", "POST", q+"/presider", fmt.Sprintf(`{"person":%q,"seat":%q}`, s.ids["donors-2"], s.ids["seat "+last]), "201")
	if r.at("elected") != "true" {
		t.Fatalf("six of eleven elect nobody: %s", r.raw)
	}
	name("donors-1", q, "network-1", "409 no-election") // somebody presides
	s.ask("network-1", "POST", q+"/opening", "", "403 not-presiding")
	s.ask("donors-2", "POST", q+"/opening", "", "200")
	if r := s.ask("network-1", "GET", q, "", "200"); r.at("election", "elected") != s.ids["donors-2"].String() || r.at("election", "open") != "false" {
		t.Errorf("elected is %s", r.at("election"))
	}
	if r := s.ask("donors-3", "GET", q, "", "200"); r.JSON()["election"] != nil {
		t.Errorf("a recused member reads %s", r.at("election"))
	}

	// Who was elected and leaves, presides no more: they elect anew.
	s.leaves(meeting, "donors-2")
	s.ask("donors-2", "POST", q+"/withdrawal", `{"reason":"Enough."}`, "403 not-presiding")
	named = 0
	for _, who := range members {
		if who == "donors-3" || who == "donors-2" || named == 6 {
			continue
		}
		name(who, q, "network-1", "201")
		named++
	}
	s.ask("network-1", "POST", q+"/withdrawal", `{"reason":"The paper is not ripe."}`, "200")
}
