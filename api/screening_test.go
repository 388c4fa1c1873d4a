package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"startupfund/domain/charter"
)

// checks marks every item of the shipped checklist as met, but for those said:
// "endorsed not-met".
func checks(but ...string) map[string]any {
	all := map[string]any{}
	for _, i := range charter.MustDefault().Screening.Checklist {
		all[i.Key] = map[string]string{"mark": "met"}
	}
	for _, b := range but {
		key, mark, _ := strings.Cut(b, " ")
		all[key] = map[string]string{"mark": mark, "remark": "As the annex shows."}
	}
	return all
}

func finding(outcome, reason string, checks map[string]any, points ...string) string {
	var list []any
	for _, p := range points {
		field, todo, _ := strings.Cut(p, " ")
		key := "section"
		if strings.HasPrefix(field, "/") {
			key = "field"
		}
		list = append(list, map[string]string{key: field, "todo": todo})
	}
	return text(map[string]any{"version": 1, "outcome": outcome, "reason": reason, "checks": checks, "points": append([]any{}, list...)})
}

// allMet finds the version eligible that was read: the whole list is met.
func allMet(version int) string { return on(version, finding("eligible", "", checks())) }

// on is a finding about another version than the first.
func on(version int, finding string) string {
	return strings.Replace(finding, `"version":1`, fmt.Sprintf(`"version":%d`, version), 1)
}

// Screening goes by the list; what is given back names each point at its place, is
// ticked off by the applicant, and comes back once as the charter has it.
func TestPointsToMendAreTickedOffBeforeItComesBack(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.submitted(call, "QM")
	s.person("eve", "applicant", "ILO", "un")
	s.person("max", "member", "XD", "state")
	screen := p + "/screening"

	// What is found on is what was read.
	s.ask("sec", "POST", screen, allMet(2), "409 another-version-by-now")
	unread := map[string]any{"outcome": "eligible", "reason": "", "checks": checks()}
	if r := s.ask("sec", "POST", screen, text(unread), "422 required"); r.at("field") != "/version" {
		t.Errorf("a finding on nothing that was read: %s", r.raw)
	}
	// Eligible is nothing of which the list was not looked at; what is given back may be.
	s.ask("sec", "POST", screen, `{"version":1,"outcome":"eligible","reason":""}`, "422 required")

	// The list is whole, known, and agrees with the outcome.
	short := checks()
	delete(short, "papers")
	s.ask("sec", "POST", screen, finding("eligible", "", short), "422 required")
	s.ask("sec", "POST", screen, finding("eligible", "", checks("colour met")), "422 unknown-value")
	s.ask("sec", "POST", screen, finding("eligible", "", checks("endorsed perhaps")), "422 unknown-value")
	s.ask("sec", "POST", screen, finding("eligible", "", checks("endorsed not-met")), "409 knocked-out")
	bare := checks()
	bare["budget"] = map[string]string{"mark": "not-met"}
	if r := s.ask("sec", "POST", screen, finding("eligible", "", bare), "422 required"); !strings.Contains(string(r.raw), "/checks/budget/remark") {
		t.Errorf("a remark is asked for elsewhere: %s", r.raw)
	}
	// A point has a place that the form has, and says what to do; of a return alone.
	s.ask("sec", "POST", screen, finding("eligible", "", checks(), "/summary Say who recruits."), "422 points-belong-to-a-return")
	s.ask("sec", "POST", screen, finding("returned", "", nil, "/colour Paint it."), "422 no-such-field")
	s.ask("sec", "POST", screen, finding("returned", "", nil, "colour Paint it."), "422 no-such-field")
	s.ask("sec", "POST", screen, finding("returned", "", nil, "/summary  "), "422 required")
	s.ask("sec", "POST", screen, finding("returned", "", nil), "422 required")
	s.ask("max", "POST", screen, finding("returned", "", nil, "/summary Say who recruits."), "403 not-permitted")
	s.ask("sec", "POST", screen, finding("returned", "", checks("budget not-met"), "/summary Say who recruits.", "/shares/0/amount Explain the share."), "200")

	// The applicant sees each point; so does a member, but not how far mending is.
	r := s.ask("applicant-qm", "GET", p+"/screenings", "", "200")
	points := r.JSON()["findings"].([]any)[0].(map[string]any)["points"].([]any)
	if len(points) != 2 || r.at("rounds", "used") != "1" || r.at("rounds", "allowed") != "1" || r.at("may") != "[point.mend]" {
		t.Fatalf("returned: %s", r.raw)
	}
	if by := r.JSON()["findings"].([]any)[0].(map[string]any)["by"]; by != "" {
		t.Errorf("the applicant reads who screened: %v", by)
	}
	s.ask("eve", "GET", p+"/screenings", "", "404 not-found")
	s.ask("", "GET", p+"/screenings", "", "401 sign-in-first")
	note := s.note("QM")
	note["summary"] = "Workers are recruited fairly, by licensed agencies."
	saved := s.ask("applicant-qm", "PUT", p, text(note), "200", ifMatch(s.ask("applicant-qm", "GET", p, "", "200").tag()))
	s.ask("focal-qm", "POST", p+"/endorsement", `{}`, "200", ifMatch(saved.tag()))
	lacks := s.ask("applicant-qm", "GET", p+"/lacks", "", "200")
	if got := lacks.at("lacks"); strings.Count(got, "point-not-mended") != 2 || !strings.Contains(got, "/summary") || !strings.Contains(got, "Say who recruits.") {
		t.Errorf("what lacks: %s", lacks.raw)
	}
	s.ask("applicant-qm", "POST", p+"/submission", "", "409 point-not-mended")
	ref := s.ask("applicant-qm", "GET", p, "", "200").at("ref")
	s.waitsOn("applicant-qm", "point.mend "+ref, "point.mend "+ref, "proposal.finish "+ref)
	s.waitsOn("sec")
	if tasks := s.ask("applicant-qm", "GET", "/tasks", "", "200"); !strings.Contains(string(tasks.raw), "/basics?check#summary") {
		t.Errorf("a point does not lead to its field: %s", tasks.raw)
	}
	mend := func(i int) string { return fmt.Sprintf("%s/points/%v/mending", p, points[i].(map[string]any)["id"]) }
	s.ask("eve", "POST", mend(0), `{"mended":true}`, "404 not-found")
	s.ask("sec", "POST", mend(0), `{"mended":true}`, "403 not-permitted")
	s.ask("applicant-qm", "POST", p+"/points/"+s.ids["max"].String()+"/mending", `{"mended":true}`, "404 not-found")
	s.ask("applicant-qm", "POST", mend(0), `{"mended":true,"note":"By licensed agencies."}`, "200")
	s.ask("applicant-qm", "POST", mend(1), `{"mended":true}`, "200")
	s.ask("applicant-qm", "POST", mend(1), `{"mended":false}`, "200")
	s.ask("applicant-qm", "POST", p+"/submission", "", "409 point-not-mended")
	s.ask("applicant-qm", "POST", mend(1), `{"mended":true}`, "200")
	if seen := s.ask("max", "GET", p+"/screenings", "", "200"); strings.Contains(string(seen.raw), "licensed") {
		t.Errorf("a member sees the mending: %s", seen.raw)
	}
	s.ask("applicant-qm", "POST", p+"/submission", "", "201")
	s.ask("applicant-qm", "POST", mend(1), `{"mended":false}`, "409 wrong-stage")

	// One round is all there is; then it is one thing or the other.
	s.ask("sec", "POST", screen, on(2, finding("returned", "Once more.", nil)), "409 no-round-left")
	s.ask("sec", "POST", screen, on(2, finding("eligible", "", checks("budget not-applicable"))), "200")
}

// An appeal comes in time, once, from whoever leads; another person than the
// screener decides on it, and upheld it opens a finding anew beside the old one.
func TestAnAppealIsDecidedByAnotherPerson(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("sue", "secretariat", "IOM-FMU", "un")
	s.person("cora", "coordinator", "IOM", "un")
	s.person("eve", "applicant", "ILO", "un")
	p := s.submitted(call, "QM")
	late := s.submitted(call, "QN")
	appeal, decide := p+"/appeal", p+"/appeal-decision"
	s.ask("applicant-qm", "POST", appeal, `{"reason":"It is in area 2."}`, "409 wrong-stage")
	for _, path := range []string{p, late} {
		s.ask("sec", "POST", path+"/screening", finding("ineligible", "It is outside the call.", checks("within-the-call not-met")), "200")
	}
	s.ask("sue", "POST", decide, `{"upheld":true,"reason":"It is inside."}`, "409 no-appeal")
	s.ask("eve", "POST", appeal, `{"reason":"It is in area 2."}`, "404 not-found")
	s.ask("sec", "POST", appeal, `{"reason":"It is in area 2."}`, "403 not-permitted")
	s.ask("applicant-qm", "POST", appeal, `{"reason":" "}`, "422 required")
	if r := s.ask("applicant-qm", "POST", appeal, `{"reason":"It is in area 2."}`, "200"); r.at("may") != "[]" || r.at("appeal_until") != "2026-03-17T00:00:00Z" && r.at("appeal_until") == "<nil>" {
		t.Errorf("appealed: %s", r.raw)
	}
	s.ask("applicant-qm", "POST", appeal, `{"reason":"Again."}`, "409 appealed-already")
	ref := s.ask("sec", "GET", p, "", "200").at("ref")
	for who, waits := range map[string]bool{"sec": false, "sue": true, "cora": true} {
		got := strings.Contains(string(s.ask(who, "GET", "/tasks", "", "200").raw), `"kind":"appeal.decide"`)
		if got != waits {
			t.Errorf("the appeal on %s waits on %s: %t", ref, who, got)
		}
	}
	s.ask("sec", "POST", decide, `{"upheld":false,"reason":"It is not."}`, "403 own-finding")
	s.ask("applicant-qm", "POST", decide, `{"upheld":true,"reason":"It is."}`, "403 not-permitted")
	s.ask("sue", "POST", decide, `{"upheld":true,"reason":""}`, "422 required")
	s.ask("sue", "POST", decide, `{"upheld":true,"reason":"Area 2 is among those of the call."}`, "200")
	s.ask("cora", "POST", decide, `{"upheld":false,"reason":"No."}`, "409 appeal-decided-already")
	if r := s.ask("sue", "GET", p, "", "200"); r.at("stage") != "submitted" || r.at("screening") != "<nil>" || !slices.Contains(strings.Fields(strings.Trim(r.at("may"), "[]")), "proposal.screen") {
		t.Errorf("upheld: %s", r.raw)
	}
	s.ask("sue", "POST", p+"/screening", finding("eligible", "", checks()), "200")
	if all := s.ask("applicant-qm", "GET", p+"/screenings", "", "200").JSON()["findings"].([]any); len(all) != 2 || all[0].(map[string]any)["finding"] != 2.0 {
		t.Errorf("both findings stand: %v", all)
	}

	// Fourteen days, and not a moment more.
	s.days(15)
	s.ask("applicant-qn", "POST", late+"/appeal", `{"reason":"It is in area 2."}`, "409 appeal-too-late")
}

// The secretariat hands in exactly what the applicant's letter names, and it says
// so wherever the submission is seen.
func TestTheSecretariatSubmitsOnBehalfOfAnApplicant(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("ana", "applicant", "IOM", "un")
	s.person("fara", "focal-point", "QM", "state")
	s.person("max", "member", "XD", "state")
	r := s.ask("ana", "POST", call+"/proposals", text(s.note("QM")), "201")
	p, ref := "/proposals/"+r.at("id"), r.at("ref")
	hash := s.ask("ana", "GET", p+"/endorsements", "", "200").at("hash")
	letter := func(ref, hash, reason, reference string) string {
		return fmt.Sprintf(`{"proposal":%q,"content_hash":%q,"reason":%q,"reference":%q}`, ref, hash, reason, reference)
	}
	good := letter(ref, hash, "Their line was cut.", "Letter of 1 March 2026")
	s.ask("ana", "POST", "/submissions-on-behalf", good, "403 not-permitted")
	s.ask("sec", "POST", "/submissions-on-behalf", good, "428 idempotency-key-required", key(""))
	s.ask("sec", "POST", "/submissions-on-behalf", letter("P-2026-999", hash, "Cut.", "L"), "404 not-found")
	s.ask("sec", "POST", "/submissions-on-behalf", letter(ref, hash, "", ""), "422 required")
	s.ask("sec", "POST", "/submissions-on-behalf", letter(ref, "x", "Cut.", "L"), "422 not-a-hash")
	s.ask("sec", "POST", "/submissions-on-behalf", letter(ref, scan, "Cut.", "L"), "409 letter-names-other-content")
	s.ask("sec", "POST", "/submissions-on-behalf", good, "409 not-endorsed")
	s.ask("fara", "POST", p+"/endorsement", `{}`, "200", ifMatch(r.tag()))
	receipt := s.ask("sec", "POST", "/submissions-on-behalf", good, "201", key("letter"))
	if again := s.ask("sec", "POST", "/submissions-on-behalf", good, "201", key("letter")); string(again.raw) != string(receipt.raw) {
		t.Errorf("asked twice: %s", again.raw)
	}
	for _, who := range []string{"ana", "max"} {
		if got := s.ask(who, "GET", p, "", "200").JSON()["submission"].(map[string]any)["on_behalf"]; fmt.Sprint(got) != "map[document_hash: reason:Their line was cut. reference:Letter of 1 March 2026]" {
			t.Errorf("%s sees %v", who, got)
		}
	}
	if told := s.ask("ana", "GET", "/notices", "", "200"); !strings.Contains(string(told.raw), "proposal-submitted-for") || !strings.Contains(string(told.raw), receipt.at("receipt")) {
		t.Errorf("told: %s", told.raw)
	}
	s.days(40)
	other := s.ask("ana", "GET", "/proposals", "", "200").List()
	if len(other) != 1 {
		t.Errorf("%v", other)
	}
}
