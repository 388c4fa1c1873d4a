package api

import (
	"fmt"
	"strings"
	"testing"
)

// redrafting is a draft that sets rules: pairs of path and JSON.
func redrafting(from string, pairs ...string) string {
	edits := []string{}
	for i := 0; i < len(pairs); i += 2 {
		edits = append(edits, fmt.Sprintf(`{"path":%q,"do":"set","value":%s,"source":"known","reason":"The body wants it so."}`, pairs[i], pairs[i+1]))
	}
	if from != "null" {
		from = `"` + from + `"`
	}
	return fmt.Sprintf(`{"title":"Longer terms","language":"en","note":"","effective_from":%s,"edits":[%s]}`, from, strings.Join(edits, ","))
}

func amendOf(draft string) string {
	return fmt.Sprintf(`{"kind":"charter","procedure":"consensus","title":"New rules","text":"The body adopts them.","language":"en","rules":%q}`, draft)
}

// drafted begins a draft and gives its address and id.
func (s *story) drafted(body string) (path, id, tag string) {
	s.t.Helper()
	d := s.ask("sec", "POST", "/charter/drafts", body, "201")
	return "/charter/drafts/" + d.at("id"), d.at("id"), d.tag()
}

// A new version goes from a draft to the rules in force: who may, when, and what is
// told of it on the way.
func TestANewVersionOfTheRulesIsDraftedDecidedAndInForce(t *testing.T) {
	s, meeting := bodyOf13(t)
	for who, want := range map[string]string{"": "401 sign-in-first", "donors-1": "403 not-permitted", "chair": "403 not-permitted", "aud": "403 not-permitted"} {
		s.ask(who, "POST", "/charter/drafts", redrafting("null"), want)
	}
	s.ask("sec", "POST", "/charter/drafts", `{"title":" ","language":"tlh","note":"","effective_from":null,"edits":[]}`, "422 required")
	s.ask("sec", "POST", "/charter/drafts", redrafting("null", "/terms/years", "1"), "422 charter-invalid")
	d, id, tag := s.drafted(redrafting("null"))
	if r := s.ask("sec", "GET", d, "", "200"); !strings.Contains(string(r.raw), "rules-draft-empty") {
		t.Errorf("an empty draft lacks nothing: %s", r.raw)
	}

	// Kept as it goes, broken or not; nobody overwrites another's words.
	s.ask("sec", "PUT", d, redrafting("null", "/terms/months", `"x"`), "428 say-which-version")
	r := s.ask("sec", "PUT", d, redrafting("2026-02-01", "/terms/months", `"x"`, "/body/record_days", "999"), "200", ifMatch(tag))
	for _, want := range []string{`"field":"/terms/months"`, `"field":"/effective_from"`, "A whole number in figures", "rules-not-in-the-past"} {
		if !strings.Contains(string(r.raw), want) {
			t.Errorf("what is broken is not told (%s): %s", want, r.raw)
		}
	}
	s.ask("sec", "PUT", d, redrafting("null", "/terms/months", "24"), "412 changed-since", ifMatch(tag))
	if part := s.ask("sec", "GET", d+"/parts/terms", "", "200"); !strings.Contains(string(part.raw), `"path":"/terms/months","called":"Length of a term, in months","names":[],"kind":"number","among":[],"words":[],"value":"x"`) {
		t.Errorf("the part as drafted: %s", part.raw)
	}
	s.ask("sec", "GET", d+"/parts/nothing", "", "404 not-found")
	s.ask("sec", "POST", meeting+"/questions", amendOf(id), "409 rules-not-in-the-past")
	r = s.ask("sec", "PUT", d, redrafting("2026-04-01", "/terms/months", "24", "/body/consensus/silent_join", "false"), "200", ifMatch(r.tag()))
	if len(r.JSON()["lacks"].([]any)) != 0 || len(r.JSON()["differences"].([]any)) != 2 {
		t.Errorf("a whole draft: %s", r.raw)
	}

	// It is nobody's of the body until it is before it; an item of this kind needs one.
	s.ask("donors-1", "GET", d, "", "404 not-found")
	if list := s.ask("donors-1", "GET", "/charter/drafts", "", "200").List(); len(list) != 0 {
		t.Errorf("a member sees %v", list)
	}
	s.ask("aud", "GET", d, "", "200")
	s.ask("sec", "POST", meeting+"/questions", strings.Replace(amendOf(id), `,"rules":"`+id+`"`, "", 1), "422 required")
	q := s.listed(meeting, amendOf(id))
	s.ask("sec", "POST", meeting+"/questions", amendOf(id), "409 rules-draft-on-an-agenda")
	s.ask("donors-1", "GET", d, "", "200")
	if r := s.ask("donors-1", "GET", q, "", "200"); !strings.Contains(string(r.raw), `"ref":"RULES-2026-001"`) {
		t.Errorf("the item does not name its draft: %s", r.raw)
	}
	s.ask("sec", "PUT", d, redrafting("null"), "409 rules-draft-on-an-agenda", ifMatch(r.tag()))
	s.ask("sec", "POST", d+"/withdrawal", "", "409 rules-draft-on-an-agenda", ifMatch(r.tag()))

	// Adopted, kept, and in force from its day and no earlier.
	before := s.ask("", "GET", "/charter", "", "200")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("stakeholders-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	r = s.ask("donors-1", "GET", d, "", "200")
	if r.at("state") != "adopted" || r.at("became") != "2" || r.at("decision") != number {
		t.Errorf("once adopted: %s", r.raw)
	}
	s.ask("sec", "PUT", d, redrafting("null"), "409 rules-draft-settled", ifMatch(r.tag()))
	if now := s.ask("", "GET", "/charter", "", "200"); string(now.raw) != string(before.raw) {
		t.Error("the new rules are in force before their day")
	}
	if v := s.ask("", "GET", "/charter?on=2026-04-01", "", "200"); v.at("version") != "2" || v.at("adopted_by") != number {
		t.Errorf("on its day: %s", v.raw)
	}
	if v := s.ask("", "GET", "/charter?on=2026-03-31", "", "200"); v.at("version") != "1" {
		t.Errorf("on the day before: %s", v.raw)
	}
	versions := s.ask("", "GET", "/charter/versions", "", "200").List()
	if len(versions) != 2 || versions[1]["decision"] != number || versions[0]["in_force"] != true || versions[1]["in_force"] != false {
		t.Errorf("the versions: %v", versions)
	}
	compared := s.ask("", "GET", "/charter/comparison?from=1&to=2", "", "200").List()
	if len(compared) != 2 || compared[0]["path"] != "/terms/months" || compared[0]["was"].(map[string]any)["text"] != "12" || compared[0]["is"].(map[string]any)["text"] != "24" {
		t.Errorf("compared: %v", compared)
	}
	s.ask("", "GET", "/charter/comparison?from=1&to=9", "", "404 not-found")
	for _, rule := range s.ask("", "GET", "/charter/rules?version=2", "", "200").List() {
		since := fmt.Sprint(rule["since"].(map[string]any)["version"])
		if changed := rule["path"] == "/terms/months" || rule["path"] == "/body/consensus/silent_join"; changed != (since == "2") {
			t.Errorf("%s is so since version %s", rule["path"], since)
		}
	}

	// A question listed before keeps its rules after their day; one listed after has the new.
	old := s.listed(meeting, strings.Replace(policyVote, "vote", "consensus", 1))
	s.days(31)
	if v := s.ask("", "GET", "/charter", "", "200"); v.at("version") != "2" {
		t.Errorf("after its day: %s", v.raw)
	}
	fresh := s.listed(meeting, strings.Replace(policyVote, "vote", "consensus", 1))
	for path, want := range map[string]string{old: "1", fresh: "2"} {
		if r := s.ask("sec", "GET", path, "", "200"); r.at("charter_version") != want {
			t.Errorf("%s runs under %s, not %s", path, r.at("charter_version"), want)
		}
	}
	// Under version 2 silence does not join: the same body that says nothing adopts the one and not the other.
	for _, path := range []string{old, fresh} {
		s.ask("chair", "POST", path+"/opening", "", "200")
		s.ask("stakeholders-1", "POST", path+"/positions", `{"position": "agree"}`, "201")
	}
	s.ask("chair", "POST", old+"/decision", `{}`, "201")
	s.ask("chair", "POST", fresh+"/decision", `{}`, "409 some-have-not-spoken")
}

// Two drafts at once: the second is superseded by the first, compared with it, and
// moved by choices that somebody makes.
func TestADraftMovesToRulesAdoptedSince(t *testing.T) {
	s, meeting := bodyOf13(t)
	_, first, _ := s.drafted(redrafting("null", "/terms/months", "24", "/terms/cooling_off", "6"))
	d, second, tag := s.drafted(redrafting("null", "/terms/months", "36", "/body/record_days", "5"))
	s.ask("sec", "POST", d+"/rebasing", `{"keep":[],"take":[]}`, "409 rules-draft-current", ifMatch(tag))
	listed := s.listed(meeting, amendOf(second))
	s.adopt(meeting, amendOf(first))
	if v := s.ask("", "GET", "/charter", "", "200"); v.at("version") != "2" {
		t.Fatalf("in force on the day of the decision: %s", v.raw)
	}
	s.ask("chair", "POST", listed+"/opening", "", "409 rules-draft-superseded")
	s.ask("sec", "POST", d+"/rebasing", `{"keep":["/terms/months"],"take":[]}`, "409 rules-draft-on-an-agenda", ifMatch(tag))
	s.ask("sec", "POST", listed+"/withdrawal", `{"reason":"It is not ripe."}`, "200")
	s.ask("sec", "POST", meeting+"/questions", amendOf(second), "409 rules-draft-superseded")
	r := s.ask("sec", "GET", d, "", "200")
	rebasing := r.JSON()["rebasing"].(map[string]any)
	if clashes := rebasing["clashes"].([]any); len(clashes) != 1 || clashes[0].(map[string]any)["now"].(map[string]any)["text"] != "24" {
		t.Errorf("clashes: %v", rebasing)
	}
	if moved := rebasing["moved"].([]any); len(moved) != 1 {
		t.Errorf("moved: %v", moved)
	}
	s.ask("donors-1", "POST", d+"/rebasing", `{"keep":["/terms/months"],"take":[]}`, "403 not-permitted", ifMatch(tag))
	s.ask("sec", "POST", d+"/rebasing", `{"keep":[],"take":[]}`, "422 rules-draft-clash-open", ifMatch(tag))
	s.ask("sec", "POST", d+"/rebasing", `{"keep":["/terms/months"],"take":["/terms/months"]}`, "422 rules-draft-clash-open", ifMatch(tag))
	r = s.ask("sec", "POST", d+"/rebasing", `{"keep":["/terms/months"],"take":[]}`, "200", ifMatch(tag))
	if r.at("base") != "2" || len(r.JSON()["differences"].([]any)) != 2 || r.at("rebasing") != "<nil>" {
		t.Errorf("once moved: %s", r.raw)
	}
	s.adopt(meeting, amendOf(second))
	compared := s.ask("", "GET", "/charter/comparison?from=1&to=3", "", "200").List()
	if len(compared) != 3 {
		t.Errorf("from the first to the third: %v", compared)
	}

	// A draft that is given up stays readable, and cannot be put.
	d, third, tag := s.drafted(redrafting("null", "/terms/months", "11"))
	s.ask("donors-1", "POST", d+"/withdrawal", "", "403 not-permitted", ifMatch(tag))
	s.ask("sec", "POST", d+"/withdrawal", "", "200", ifMatch(tag))
	s.ask("sec", "POST", meeting+"/questions", amendOf(third), "409 rules-draft-settled")
	if r := s.ask("sec", "GET", d, "", "200"); r.at("state") != "withdrawn" || len(r.JSON()["differences"].([]any)) != 1 {
		t.Errorf("withdrawn: %s", r.raw)
	}
}
