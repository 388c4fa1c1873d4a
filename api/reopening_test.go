package api

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// What is mended after it was scored or put before the body is scored and put anew.
func TestAMaterialChangeVoidsWhatWasSaid(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "5000000.00")
	call := s.openCall()
	p := s.noted(call, "QZ")
	path := "/proposals/" + p
	again := func(change string) {
		t.Helper()
		note := s.note("QZ")
		note["title"], note["summary"] = "Safe recruitment in QZ"+change, "Workers are recruited fairly."
		r := s.ask("applicant-qz", "GET", path, "", "200")
		r = s.ask("applicant-qz", "PUT", path, text(note), "200", ifMatch(r.tag()))
		if r.at("endorsed") != "true" {
			s.ask("focal-qz", "POST", path+"/endorsement", `{}`, "200", ifMatch(r.tag()))
		}
		s.ask("applicant-qz", "POST", path+"/submission", "", "201")
		n, err := strconv.Atoi(s.ask("sec", "GET", path, "", "200").at("submission", "n"))
		if err != nil {
			t.Fatal(err)
		}
		s.ask("sec", "POST", path+"/screening", allMet(n), "200")
	}
	reason := `{"reason":"The budget has moved since the concept note."}`
	s.ask("donors-1", "POST", path+"/scores", points(3), "201")
	open, listed := s.listed(meeting, grantOf(p, "")), s.listed(meeting, grantOf(p, ""))
	s.ask("chair", "POST", open+"/opening", "", "200")
	s.ask("stakeholders-1", "POST", open+"/positions", `{"position": "agree"}`, "201")

	// Nobody but the secretariat, and not without a reason.
	for who, want := range map[string]string{"applicant-qz": "403 not-permitted", "focal-qz": "403 not-permitted", "donors-1": "403 not-permitted", "chair": "403 not-permitted", "": "401 sign-in-first"} {
		s.ask(who, "POST", path+"/reopening", reason, want)
	}
	s.ask("sec", "POST", path+"/reopening", `{"reason":" "}`, "422 required")
	s.ask("sec", "POST", "/proposals/6b1b36cb-0000-4000-8000-000000000000/reopening", reason, "404 not-found")
	if !s.offered("sec", path, "proposal.reopen") {
		t.Error("reopening is not offered")
	}
	if r := s.ask("sec", "POST", path+"/reopening", reason, "200"); r.at("stage") != "returned" || r.at("reopening", "version") != "1" {
		t.Errorf("given back: %s", r.raw)
	}
	s.ask("sec", "POST", path+"/reopening", reason, "409 wrong-stage")

	// While it is being mended nothing goes on.
	s.ask("donors-1", "POST", path+"/scores", points(4), "409 wrong-stage")
	s.ask("chair", "POST", listed+"/opening", "", "409 proposal-not-decidable")
	s.ask("chair", "POST", open+"/decision", `{}`, "409 proposal-not-decidable")
	s.ask("sec", "POST", meeting+"/questions", grantOf(p, ""), "409 proposal-not-decidable")

	// The same again: everything still counts, and it says so.
	again("")
	r := s.ask("donors-1", "GET", path, "", "200")
	if r.at("change", "material") != "false" || r.at("change", "assessed_from") != "1" || r.at("submission", "n") != "2" {
		t.Errorf("nothing changed: %s", r.raw)
	}
	sheet := s.ask("donors-1", "GET", path+"/scores", "", "200")
	if sheet.at("version") != "2" || sheet.at("from") != "1" || len(sheet.JSON()["scores"].([]any)) != 1 || sheet.JSON()["earlier"] != nil {
		t.Errorf("a score is still of this content: %s", sheet.raw)
	}
	if q := s.ask("sec", "GET", listed, "", "200"); q.at("state") != "listed" {
		t.Errorf("the question: %s", q.raw)
	}

	// Another title: the score is kept about version 2's elder and asked for anew, the questions are void.
	s.ask("sec", "POST", path+"/reopening", reason, "200")
	again(" and beyond")
	r = s.ask("applicant-qz", "GET", path, "", "200")
	if r.at("change", "material") != "true" || r.at("change", "assessed_from") != "3" || fmt.Sprint(r.JSON()["change"].(map[string]any)["changed"]) != "[title]" || r.at("reopening", "version") != "2" {
		t.Errorf("a title changed: %s", r.raw)
	}
	sheet = s.ask("donors-1", "GET", path+"/scores", "", "200")
	if !strings.Contains(string(sheet.raw), `"scores":[],"total":null`) || len(sheet.JSON()["earlier"].([]any)) != 1 {
		t.Errorf("the score is of another content: %s", sheet.raw)
	}
	if tasks := s.ask("donors-1", "GET", "/tasks", "", "200"); !strings.Contains(string(tasks.raw), `"kind":"proposal.score"`) {
		t.Errorf("scoring waits on nobody: %s", tasks.raw)
	}
	for _, q := range []string{open, listed} {
		r := s.ask("sec", "GET", q, "", "200")
		if r.at("state") != "voided" || r.at("voided", "version") != "3" || !strings.Contains(r.at("voided", "reason"), "budget has moved") {
			t.Errorf("the question: %s", r.raw)
		}
	}
	s.ask("chair", "POST", listed+"/opening", "", "409 question-stage")
	s.ask("chair", "POST", open+"/decision", `{}`, "409 question-stage")
	s.ask("sec", "POST", listed+"/withdrawal", `{"reason":"It is not ripe."}`, "409 question-stage")
	// She who has version 2 before her judges nothing that she has not read; who may not score is told so first.
	s.ask("donors-1", "POST", path+"/scores", points(5, 2), "409 another-version-by-now")
	for _, who := range []string{"sec", "applicant-qz", "chair"} {
		s.ask(who, "POST", path+"/scores", points(5, 2), "403 not-permitted")
	}
	if now := s.ask("donors-1", "GET", path+"/scores", "", "200"); string(now.raw) != string(sheet.raw) {
		t.Errorf("a score of what was not read: %s", now.raw)
	}
	s.ask("donors-1", "POST", path+"/scores", points(5, 3), "201", key("anew"))
	if sheet = s.ask("donors-1", "GET", path+"/scores", "", "200"); sheet.at("total") != "100.0000" || len(sheet.JSON()["earlier"].([]any)) != 1 {
		t.Errorf("scored anew: %s", sheet.raw)
	}

	// Listed anew and adopted, it is changed by a revision.
	q := s.listed(meeting, grantOf(p, ""))
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("stakeholders-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "201")
	s.ask("sec", "POST", path+"/reopening", reason, "409 change-needs-a-revision")
	if s.offered("sec", path, "proposal.reopen") {
		t.Error("reopening is offered after a decision")
	}
}
