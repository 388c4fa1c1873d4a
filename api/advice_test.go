package api

import (
	"fmt"
	"strings"
	"testing"
)

// Technical advice is asked of those who know, who lead on an objective first with
// the reason; it is given, declined or late, shown and never counted; and whoever
// has a stake in the proposal is neither asked nor reads it.
func TestTechnicalAdviceIsAskedAndGiven(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.submitted(call, "QM") // objectives 2 and 7; shares of IOM and ILO
	other := s.submitted(call, "QN")
	ref := s.ask("sec", "GET", p, "", "200").at("ref")
	s.person("una", "expert", "UNICEF", "un") // leads on 7
	s.person("uno", "expert", "UNICEF", "un")
	s.person("wim", "expert", "WG-3", "other") // a working group
	s.person("ida", "expert", "PMU-QM", "un")  // the submitter's own
	s.person("ilo", "expert", "ILO", "un")     // would carry it out
	s.person("max", "member", "XD", "state")   // may score
	s.person("rita", "member", "QM", "state")  // of the owner state
	s.person("aud", "auditor", "UNBOA", "un")  // reads along
	s.person("adm", "administrator", "MPTF", "un")
	s.seat("XD", "donors")
	s.seat("QM", "countries-of-origin")
	all := p + "/advice"
	asks := func(org, more string) string {
		return fmt.Sprintf(`{"organisation":%q,"language":"en","text":"Is the model sound?"%s}`, s.orgs[org], more)
	}

	// Whom could be asked: those that lead first, with why; a stake is shown.
	r := s.ask("sec", "GET", all, "", "200")
	bodies := map[string]map[string]any{}
	for i, b := range r.JSON()["bodies"].([]any) {
		x := b.(map[string]any)
		bodies[x["organisation"].(map[string]any)["code"].(string)] = x
		if i == 0 && len(x["leads"].([]any)) == 0 {
			t.Errorf("who leads does not come first: %s", r.raw)
		}
	}
	if fmt.Sprint(bodies["UNICEF"]["leads"]) != "[7]" || len(bodies["UNICEF"]["experts"].([]any)) != 2 || len(bodies["PMU-QM"]["stakes"].([]any)) == 0 || bodies["WG-3"] == nil {
		t.Fatalf("bodies: %v", bodies)
	}
	if got := s.ask("max", "GET", all, "", "200"); got.at("bodies") != "[]" || got.at("may") != "[]" {
		t.Errorf("a member could ask: %s", got.raw)
	}
	s.ask("max", "POST", all, asks("UNICEF", ""), "403 not-permitted")
	s.ask("sec", "POST", all, asks("PMU-QM", ""), "409 adviser-has-a-stake")
	s.ask("sec", "POST", all, asks("XD", ""), "409 no-expert-there")
	s.ask("sec", "POST", all, asks("UNICEF", fmt.Sprintf(`,"person":%q`, s.ids["wim"])), "409 no-expert-there")
	s.ask("sec", "POST", all, asks("UNICEF", `,"due":"2026-03-02"`), "422 advice-due-too-soon")
	s.ask("sec", "POST", all, strings.Replace(asks("UNICEF", ""), "Is the model sound?", " ", 1), "422 required")
	s.ask("una", "GET", p, "", "404 not-found") // nobody asked her yet
	r = s.ask("sec", "POST", all, asks("UNICEF", fmt.Sprintf(`,"person":%q`, s.ids["una"])), "200")
	s.ask("sec", "POST", all, asks("UNICEF", fmt.Sprintf(`,"person":%q`, s.ids["una"])), "409 advice-asked-already")
	s.ask("sec", "POST", all, asks("WG-3", ""), "200")
	if fmt.Sprint(r.JSON()["requests"].([]any)[0].(map[string]any)["objectives"]) != "[7]" {
		t.Errorf("why it was asked: %s", r.raw)
	}

	// Who is asked has a task, a notice, and the frozen version to read; nobody else has.
	s.waitsOn("una", "advice.give "+ref)
	s.waitsOn("uno")
	s.waitsOn("wim", "advice.give "+ref)
	if told := s.ask("una", "GET", "/notices", "", "200"); !strings.Contains(string(told.raw), "advice-asked") {
		t.Errorf("told: %s", told.raw)
	}
	if told := s.ask("uno", "GET", "/notices", "", "200"); strings.Contains(string(told.raw), "advice-asked") {
		t.Errorf("another is told: %s", told.raw)
	}
	s.ask("una", "GET", p, "", "200")
	s.ask("una", "GET", p+"/versions/1", "", "200")
	for _, path := range []string{p + "/clarifications", p + "/screenings", p + "/scores", p + "/advice"} {
		s.ask("una", "GET", path, "", "403 not-permitted")
	}
	s.ask("una", "GET", other, "", "404 not-found")
	s.ask("uno", "GET", p, "", "404 not-found")
	s.ask("ida", "GET", p, "", "404 not-found")
	if list := s.ask("una", "GET", "/proposals", "", "200").List(); len(list) != 0 {
		t.Errorf("an expert lists proposals: %v", list)
	}
	mine := s.ask("una", "GET", "/advice-requests", "", "200").List()
	if len(mine) != 1 || mine[0]["asker"] != "" || fmt.Sprint(mine[0]["may"]) != "[advice.give advice.decline]" {
		t.Fatalf("hers: %v", mine)
	}
	one := "/advice-requests/" + fmt.Sprint(mine[0]["id"])
	gives := `{"recommendation":"with-reservations","language":"en","text":"Sound, but for the schools."}`
	s.ask("uno", "GET", one, "", "404 not-found")
	s.ask("uno", "POST", one+"/advice", gives, "404 not-found")
	s.ask("sec", "POST", one+"/advice", gives, "403 not-permitted")
	s.ask("una", "POST", one+"/advice", strings.Replace(gives, "with-reservations", "perhaps", 1), "422 unknown-value")
	s.ask("una", "POST", one+"/advice", strings.Replace(gives, "Sound, but for the schools.", "", 1), "422 required")
	given := s.ask("una", "POST", one+"/advice", gives, "200", key("una-1"))
	if again := s.ask("una", "POST", one+"/advice", gives, "200", key("una-1")); given.at("state") != "given" || string(again.raw) != string(given.raw) {
		t.Errorf("given: %s\nasked again: %s", given.raw, again.raw)
	}
	s.ask("una", "POST", one+"/advice", gives, "409 advice-not-waiting")
	s.ask("una", "POST", one+"/declining", `{"language":"en","text":"No."}`, "409 advice-not-waiting")
	s.waitsOn("una")

	// Overdue is seen; declining has a reason.
	s.days(5)
	working := "/advice-requests/" + fmt.Sprint(s.ask("wim", "GET", "/advice-requests", "", "200").List()[0]["id"])
	if got := s.ask("wim", "GET", working, "", "200"); got.at("late") != "true" || got.at("state") != "waiting" {
		t.Errorf("overdue: %s", got.raw)
	}
	s.ask("wim", "POST", working+"/declining", `{"language":"en","text":""}`, "422 required")
	if r := s.ask("wim", "POST", working+"/declining", `{"language":"en","text":"No time."}`, "200"); r.at("state") != "declined" || r.at("may") != "[]" {
		t.Errorf("declined: %s", r.raw)
	}
	s.ask("wim", "GET", p, "", "404 not-found") // it is nobody's any more who declined
	told := s.ask("sec", "GET", "/notices", "", "200")
	for _, kind := range []string{"advice-given", "advice-declined"} {
		if !strings.Contains(string(told.raw), kind) {
			t.Errorf("not told of %s", kind)
		}
	}

	// The body reads it beside the documents, but for those with a stake; the applicant does not.
	for who, want := range map[string]string{"max": "200", "aud": "200", "rita": "404 not-found", "applicant-qm": "403 not-permitted", "focal-qm": "403 not-permitted", "": "401 sign-in-first"} {
		got := s.ask(who, "GET", all, "", want)
		if want == "200" && !strings.Contains(string(got.raw), "but for the schools") {
			t.Errorf("%s reads %s", who, got.raw)
		}
	}

	// A request is taken back; what is given back for mending lets the open one lapse.
	r = s.ask("sec", "POST", all, asks("WG-3", ""), "200")
	id := func(r reply) string { return fmt.Sprint(r.JSON()["requests"].([]any)[0].(map[string]any)["id"]) }
	r = s.ask("sec", "POST", "/advice-requests/"+id(r)+"/withdrawal", `{"language":"en","text":"Not needed."}`, "200")
	if x := r.JSON()["requests"].([]any)[0].(map[string]any); x["state"] != "withdrawn" || r.at("bodies") == "[]" {
		t.Errorf("the act answers what is so after it: %s", r.raw)
	}
	r = s.ask("sec", "POST", all, asks("WG-3", ""), "200")
	s.ask("sec", "POST", p+"/screening", finding("returned", "Mend it.", map[string]any{}), "200")
	s.ask("wim", "POST", "/advice-requests/"+id(r)+"/advice", gives, "409 advice-not-waiting")
	s.ask("wim", "GET", p, "", "404 not-found")
	s.ask("una", "GET", p, "", "404 not-found")
	s.ask("sec", "POST", all, asks("UNICEF", ""), "409 wrong-stage")
	s.waitsOn("wim")
	if x := s.ask("aud", "GET", all, "", "200").JSON()["requests"].([]any); x[0].(map[string]any)["state"] != "lapsed" || x[1].(map[string]any)["state"] != "withdrawn" {
		t.Errorf("%v", x)
	}
}
