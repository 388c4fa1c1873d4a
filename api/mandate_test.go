package api

import (
	"slices"
	"strings"
	"testing"
)

// A Network member says that an item touches its entity's mandate; how that was settled is
// kept beside it. It is read on the item, in the record and in the minutes, and counted nowhere.
func TestAnItemTouchesAMandate(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("adviser", "member/adviser", "NETWORK-1", "un")
	p := s.noted(s.openCall(), "RECIPIENTS-1", "NETWORK-1 600000.00")
	grant := s.listed(meeting, grantOf(p, ""))
	q := s.listed(meeting, policyQuestion)
	said := `{"text": "Return counselling is ours by our statute.", "language": "en"}`
	how := func(settled, on string) string {
		return `{"settled": ` + settled + `, "parties": "The Principals of both entities", "on": "` + on + `", "text": "They share it.", "language": "en"}`
	}
	s.ask("donors-1", "POST", q+"/mandates", said, "403 no-mandate-of-the-network")
	s.ask("sec", "POST", q+"/mandates", said, "403 not-permitted")
	s.ask("adviser", "POST", q+"/mandates", said, "403 adviser-does-not-decide")
	s.ask("network-2", "POST", q+"/mandates", `{"text": " ", "language": "en"}`, "422 required")
	s.ask("network-2", "POST", q+"/mandates", `{"text": "x", "language": "de"}`, "422 unknown-value")
	r := s.ask("network-2", "POST", q+"/mandates", said, "201", key("m"))
	s.ask("network-2", "POST", q+"/mandates", said, "201", key("m"))
	if list := r.JSON()["mandates"].([]any); len(list) != 1 || list[0].(map[string]any)["settled"] != false {
		t.Errorf("%s", r.raw)
	}
	// Whose own file it is says nothing of it and reads nothing.
	s.ask("network-1", "POST", grant+"/mandates", said, "403 recused")
	s.ask("network-3", "POST", grant+"/mandates", `{"text": "Zibeline.", "language": "en"}`, "201")
	if seen := s.ask("recipients-1", "GET", grant, "", "200"); strings.Contains(string(seen.raw), "Zibeline") {
		t.Errorf("who is recused reads %s", seen.raw)
	}

	s.ask("network-2", "POST", q+"/mandates/1/settlement", how("true", "2026-03-02"), "403 not-permitted")
	s.ask("sec", "POST", q+"/mandates/2/settlement", how("true", "2026-03-02"), "404 not-found")
	today := s.Clock.Now().Format("2006-01-02")
	s.ask("sec", "POST", q+"/mandates/1/settlement", how("true", "2020-01-01"), "422 settled-on-another-day")
	s.ask("sec", "POST", q+"/mandates/1/settlement", strings.Replace(how("true", today), "They share it.", "", 1), "422 required")
	s.ask("sec", "POST", q+"/mandates/1/settlement", how("false", today), "201")
	if r = s.ask("chair", "POST", q+"/mandates/1/settlement", how("true", today), "201"); r.JSON()["mandates"].([]any)[0].(map[string]any)["settled"] != true {
		t.Errorf("%s", r.raw)
	}
	s.ask("sec", "POST", q+"/mandates/1/settlement", how("true", today), "409 mandate-settled")

	// It is adopted as it would have been without it; the record has it, and not for everybody.
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("network-2", "POST", q+"/positions", `{"position": "agree"}`, "201")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	s.ask("network-2", "POST", q+"/mandates", said, "409 question-stage")
	record := s.ask("chair", "GET", "/decisions/"+number, "", "200").at("record")
	if !strings.Contains(record, `"mandates":[{`) || !strings.Contains(record, "The Principals of both entities") {
		t.Errorf("the record is %s", record)
	}
	s.recounted(record, "adopted")
	if public := s.ask("", "GET", "/decisions/"+number, "", "200"); strings.Contains(string(public.raw), "counselling") {
		t.Errorf("the public reads %s", public.raw)
	}
	s.ask("chair", "POST", grant+"/withdrawal", `{"reason":"It is not ripe."}`, "200")
	s.ask("chair", "POST", meeting+"/closing", "", "200")
	s.ask("sec", "POST", meeting+"/minutes", `{"language": "en"}`, "200")
	if m := string(s.ask("sec", "GET", meeting+"/minutes", "", "200").raw); !strings.Contains(m, "They share it.") || !strings.Contains(m, "counselling") {
		t.Errorf("the minutes are %s", m)
	}
}

// Those who have to settle it are told of a mandate and have a task until it is settled; the
// entity is told what came of it. Whom an interest keeps out is told nothing.
func TestAMandateWaitsUntilItIsSettled(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyQuestion)
	waits := func(who string) bool { return slices.Contains(s.waits(who), "mandate.settle M-2026-01/1") }
	if waits("sec") || waits("chair") {
		t.Error("a mandate waits before it is raised")
	}
	s.ask("network-2", "POST", q+"/mandates", `{"text": "Return counselling is ours by our statute.", "language": "en"}`, "201")
	for _, who := range []string{"sec", "chair"} {
		s.wasToldOf(who, "mandate-raised")
		if !waits(who) {
			t.Errorf("nothing waits on %s: %v", who, s.waits(who))
		}
	}
	if waits("network-2") || slices.Contains(s.told("donors-1"), "mandate-raised") {
		t.Error("others are asked to settle it")
	}
	how := func(settled string) string {
		return `{"settled": ` + settled + `, "parties": "The Principals", "on": "` + s.Clock.Now().Format("2006-01-02") + `", "text": "They share it.", "language": "en"}`
	}
	s.ask("sec", "POST", q+"/mandates/1/settlement", how("false"), "201")
	s.wasToldOf("network-2", "mandate-settled")
	if !waits("chair") {
		t.Error("what was only tried waits no more")
	}
	s.ask("chair", "POST", q+"/mandates/1/settlement", how("true"), "201")
	if waits("sec") || waits("chair") {
		t.Error("what is settled still waits")
	}
	// An item of which one of them sees nothing: a designee is told, the recused are not.
	grant := s.listed(meeting, grantOf(s.noted(s.openCall(), "RECIPIENTS-1", "NETWORK-1 600000.00"), ""))
	s.ask("network-3", "POST", grant+"/mandates", `{"text": "Zibeline.", "language": "en"}`, "201")
	for _, who := range []string{"recipients-1", "network-1"} {
		if slices.Contains(s.told(who), "mandate-raised") {
			t.Errorf("%s was told", who)
		}
	}
	s.allHolds()
}
