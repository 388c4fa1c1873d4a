package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// nextMeeting is another, with everybody in the room once it is open.
func (s *story) nextMeeting(day string) (meeting string) {
	s.t.Helper()
	return "/meetings/" + s.ask("sec", "POST", "/meetings", fmt.Sprintf(`{"title": "The next one", "starts_at": "%sT09:00:00Z"}`, day), "201").at("id")
}

func (s *story) opensWithAll(meeting string, members []string) {
	s.t.Helper()
	s.ask("chair", "POST", meeting+"/opening", "", "200")
	for _, name := range members {
		s.ask(name, "POST", meeting+"/presences", `{}`, "201")
	}
}

// What was declared or suggested about a proposal holds in the next item about it, whatever
// became of the first, until it is set aside there; then the proposal is in sight again, and
// in the items after it too.
func TestADeclaredInterestIsDrawnIntoTheNextItem(t *testing.T) {
	s, meeting := bodyOf13(t)
	members := s.members()
	s.pot("unearmarked", "2000000.00")
	call := s.openCall()
	p, other := s.noted(call, "QZ", "ILO 600000.00"), s.noted(call, "QY", "ILO 300000.00")
	first := s.listed(meeting, grantOf(p, ""))
	s.ask("donors-1", "POST", first+"/interests", `{"kind": "personal", "note": "A sister runs it."}`, "201")
	s.ask("sec", "POST", first+"/suggestions", `{"organisation": "NETWORK-3", "kind": "own-organisation", "note": "Its branch."}`, "201")
	s.ask("sec", "POST", first+"/withdrawal", `{"reason": ""}`, "200")

	again, beside := s.listed(meeting, grantOf(p, "")), s.listed(meeting, grantOf(other, ""))
	if got := strings.Join(s.recusedOn(again), " "); got != "donors-1 network-3" {
		t.Errorf("recused from the next item: %q", got)
	}
	if got := s.recusedOn(beside); len(got) > 0 {
		t.Errorf("recused from another matter: %v", got)
	}
	raw := string(s.ask("sec", "GET", again, "", "200").raw)
	if strings.Count(raw, `"drawn_from":"M-2026-01/1"`) != 2 {
		t.Errorf("on record of the next item: %s", raw)
	}
	if r := s.ask("donors-1", "GET", again, "", "200"); r.at("hidden") != "personal" || strings.Contains(string(r.raw), `"text"`) {
		t.Errorf("donors-1 reads %s", r.raw)
	}
	s.ask("donors-1", "GET", "/proposals/"+p, "", "404 not-found")

	// What is said in one item while another is listed is said in both.
	twin := s.listed(meeting, grantOf(p, ""))
	s.ask("donors-2", "POST", twin+"/interests", `{"kind": "personal", "note": "A brother."}`, "201")
	if got := s.recusedOn(again); !slices.Contains(got, "donors-2") {
		t.Errorf("recused after a word in the item beside it: %v", got)
	}
	if got := s.recusedOn(beside); len(got) > 0 {
		t.Errorf("recused from another matter: %v", got)
	}

	// Set aside where it was drawn into: she is in the room of that item, and has the proposal in sight.
	s.ask("sec", "POST", twin+"/withdrawal", `{"reason": ""}`, "200")
	s.ask("chair", "POST", again+"/dismissals", dismissal("DONORS-1", "personal", "She left it in May."), "201")
	if got := s.recusedOn(again); slices.Contains(got, "donors-1") {
		t.Errorf("recused though set aside: %v", got)
	}
	s.ask("chair", "POST", again+"/opening", "", "200")
	s.ask("donors-1", "POST", again+"/positions", `{"position": "agree"}`, "201")
	s.ask("donors-2", "POST", again+"/positions", `{"position": "agree"}`, "403 recused")
	s.ask("chair", "POST", again+"/withdrawal", `{"reason": "The paper is not ripe."}`, "200")
	s.ask("chair", "POST", meeting+"/closing", unsettled("", [2]string{beside, "Not reached."}), "200")

	// And once set aside it is not drawn again; what was not, is.
	next := s.nextMeeting("2026-03-09")
	third := s.listed(next, grantOf(p, ""))
	if got := s.recusedOn(third); slices.Contains(got, "donors-1") || !slices.Contains(got, "donors-2") {
		t.Errorf("recused from the third: %v", got)
	}
	s.ask("donors-1", "POST", third+"/interests", `{"kind": "personal", "note": "Again."}`, "201")
	if got := s.recusedOn(third); !slices.Contains(got, "donors-1") {
		t.Errorf("recused after declaring anew: %v", got)
	}
	s.opensWithAll(next, members)
	s.ask("chair", "POST", third+"/opening", "", "200")
	s.ask("donors-3", "POST", third+"/positions", `{"position": "agree"}`, "201")
	s.verified(s.ask("chair", "POST", third+"/decision", `{}`, "201").at("number"))
}

// An item that goes up the ladder and comes back takes along who was recused from it.
func TestADeclaredInterestClimbsTheLadder(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, strings.Replace(policyVote, `"vote"`, `"consensus"`, 1))
	s.ask("donors-1", "POST", q+"/interests", `{"kind": "personal", "note": "I wrote it."}`, "201")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-2", "POST", q+"/positions", objects, "201")
	s.ask("chair", "POST", q+"/ladder", `{"text": "The Principals meet."}`, "200")
	s.ask("chair", "POST", meeting+"/closing", "", "200")
	next := s.nextMeeting("2026-03-09")
	back := "/questions/" + s.ask("chair", "POST", q+"/return", fmt.Sprintf(`{"meeting": %q, "title": "A paper", "text": "Half of it.", "reason": "Worked out."}`, strings.TrimPrefix(next, "/meetings/")), "201").at("id")
	if got := strings.Join(s.recusedOn(back), " "); got != "donors-1" {
		t.Errorf("recused from what came back: %q", got)
	}
	if r := s.ask("donors-1", "GET", back, "", "200"); r.at("hidden") != "personal" || strings.Contains(string(r.raw), `"text"`) {
		t.Errorf("donors-1 reads %s", r.raw)
	}
}
