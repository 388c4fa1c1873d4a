package api

import (
	"fmt"
	"strings"
	"testing"
)

// aScan is a signed paper as a file, and scan its hash.
const aScan = "%PDF-1.7\n% signed and sealed\n%%EOF\n"

var scan = hashOf(aScan)

// A regional programme has several owner states, and each one's word for exactly
// this content: by its focal point here, or on a signed paper that another person of
// the secretariat has checked against the content it names.
func TestEveryOwnerStateEndorsesHereOrOnPaper(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("ana", "applicant", "IOM", "un")
	s.person("eve", "applicant", "ILO", "un")
	s.person("sue", "secretariat", "IOM-FMU", "un")
	s.person("fara", "focal-point", "QM", "state")
	s.person("finn", "focal-point", "QN", "state")
	s.person("foe", "focal-point", "QP", "state")
	s.person("max", "member", "XD", "state")
	note := s.note("QM")
	note["scope"], note["other_states"] = "regional", []any{s.org("QN", "state"), s.org("QO", "state")}
	r := s.ask("ana", "POST", call+"/proposals", text(note), "201")
	p := "/proposals/" + r.at("id")

	// How far it reaches says how many states own it, each a state and once.
	lacking := func(scope string, others ...any) string {
		note["scope"], note["other_states"] = scope, others
		r = s.ask("ana", "PUT", p, text(note), "200", ifMatch(r.tag()))
		return string(s.ask("ana", "GET", p+"/lacks", "", "200").raw)
	}
	for code, raw := range map[string]string{
		"national-has-one-owner-state": lacking("national", s.orgs["QN"]),
		"too-few-owner-states":         lacking("global", s.orgs["QN"]),
		"state-named-twice":            lacking("regional", s.orgs["QN"], s.orgs["QN"]),
		"not-a-state":                  lacking("regional", s.orgs["QN"], s.orgs["ILO"]),
	} {
		if !strings.Contains(raw, `"`+code+`"`) {
			t.Errorf("%s is not said: %s", code, raw)
		}
	}
	if raw := lacking("regional", s.orgs["QN"], s.orgs["QO"]); strings.Contains(raw, "state-named") || strings.Contains(raw, "owner-states") {
		t.Errorf("three states: %s", raw)
	}
	standing := func(who string) string {
		var all []string
		for _, x := range s.ask(who, "GET", p+"/endorsements", "", "200").JSON()["states"].([]any) {
			m := x.(map[string]any)
			all = append(all, fmt.Sprint(m["state"].(map[string]any)["code"], " ", m["endorsed"], " ", m["endorsement"] != nil))
		}
		return strings.Join(all, ", ")
	}

	// Each owner state's focal point sees it and endorses; no other's.
	if got := standing("finn"); got != "QM false false, QN false false, QO false false" {
		t.Errorf("nobody yet: %s", got)
	}
	s.ask("foe", "GET", p+"/endorsements", "", "404 not-found")
	s.ask("foe", "POST", p+"/endorsement", `{}`, "404 not-found", ifMatch(r.tag()))
	s.ask("eve", "GET", p+"/endorsements", "", "404 not-found")
	s.ask("fara", "POST", p+"/endorsement", `{}`, "200", ifMatch(r.tag()))
	r = s.ask("finn", "POST", p+"/endorsement", `{"note":"NV 3"}`, "200", ifMatch(s.ask("finn", "GET", p, "", "200").tag()))
	s.ask("finn", "POST", p+"/endorsement", `{}`, "409 already-endorsed", ifMatch(r.tag()))
	s.ask("ana", "POST", p+"/submission", "", "409 not-endorsed") // QO has not

	// QO has nobody who signs in: its signed paper is brought, and checked by another.
	hash := s.ask("ana", "GET", p+"/endorsements", "", "200").at("hash")
	paper := func(kind, state, hash, day, document string) string {
		return fmt.Sprintf(`{"kind":"%s","state":"%s","content_hash":"%s","signer":"A. Minister","title":"Minister","body":"Ministry of Labour","signed_on":"%s","reference":"NV 7/2026","document_hash":"%s"}`,
			kind, s.orgs[state], hash, day, document)
	}
	upload := p + "/papers"
	s.ask("fara", "POST", upload, paper("endorsement", "QO", hash, "2026-03-01", scan), "403 not-permitted")
	s.ask("eve", "POST", upload, paper("endorsement", "QO", hash, "2026-03-01", scan), "404 not-found")
	s.ask("ana", "POST", upload, paper("endorsement", "QP", hash, "2026-03-01", scan), "422 not-an-owner-state")
	s.ask("ana", "POST", upload, paper("letter", "QO", hash, "2026-03-01", scan), "422 unknown-value")
	s.ask("ana", "POST", upload, paper("endorsement", "QO", hash, "2026-03-03", scan), "422 signed-on-a-day-to-come")
	s.ask("ana", "POST", upload, paper("endorsement", "QO", hash, "2026-03-01", "a file"), "422 not-a-hash")
	s.ask("ana", "POST", upload, paper("endorsement", "QO", scan, "2026-03-01", scan), "409 paper-of-other-content")
	s.ask("ana", "POST", upload, paper("endorsement", "QO", hash, "2026-03-01", scan), "200")
	s.ask("ana", "GET", "/papers", "", "403 not-permitted")
	waiting := s.ask("sue", "GET", "/papers", "", "200").List()
	if len(waiting) != 1 || waiting[0]["content_hash"] != hash || fmt.Sprint(waiting[0]["may"]) != "[paper.check]" {
		t.Fatalf("waiting: %v", waiting)
	}
	// Its scan is the file of the hash that was given, from who brought it; nothing is accepted before it is here.
	of := func(p any) string { return fmt.Sprintf("/papers/%v", p) }
	s.ask("sue", "POST", of(waiting[0]["id"])+"/check", `{"accepted":true}`, "409 scan-not-here")
	s.names("ana", of(waiting[0]["id"]), "letter.pdf", aScan+" ", "409 file-other-than-named")
	s.names("fara", of(waiting[0]["id"]), "letter.pdf", aScan, "403 not-permitted")
	s.names("eve", of(waiting[0]["id"]), "letter.pdf", aScan, "404 not-found")
	s.names("sue", of(waiting[0]["id"]), "letter.pdf", aScan, "404 not-found")
	file := s.attaches("ana", of(waiting[0]["id"]), "letter.pdf", aScan, "200")
	for who, want := range map[string]string{"sue": "200", "fara": "200", "foe": "404 not-found", "eve": "404 not-found", "max": "404 not-found"} {
		s.ask(who, "GET", file+"/content", "", want)
	}
	check := func(p any) string { return fmt.Sprintf("/papers/%v/check", p) }
	if got := s.ask("sue", "GET", "/tasks", "", "200").at("tasks"); !strings.Contains(got, "paper.check") || !strings.Contains(got, "NV 7/2026") {
		t.Errorf("the task to check it: %s", got)
	}
	s.ask("sue", "POST", check(waiting[0]["id"]), `{"accepted":false}`, "422 required")
	s.ask("sue", "POST", check(waiting[0]["id"]), `{"accepted":false,"reason":"The seal is missing."}`, "200")
	s.ask("sue", "POST", check(waiting[0]["id"]), `{"accepted":true}`, "409 paper-checked-already")
	s.wasTold("ana", "paper-refused")
	if got := standing("ana"); !strings.HasSuffix(got, "QO false false") {
		t.Errorf("refused, and yet: %s", got)
	}
	s.ask("ana", "POST", upload, paper("endorsement", "QO", hash, "2026-03-01", scan), "200")
	second := s.ask("sue", "GET", "/papers", "", "200").List()[0]["id"]
	s.attaches("ana", of(second), "letter.pdf", aScan, "200")
	s.ask("sue", "POST", check(second), `{"accepted":true}`, "200")
	s.wasTold("ana", "paper-accepted", "paper-refused")
	all := s.ask("ana", "GET", p+"/endorsements", "", "200")
	if got := standing("ana"); got != "QM true true, QN true true, QO true true" || !strings.Contains(all.at("papers"), "The seal is missing.") {
		t.Errorf("all three: %s", all.raw)
	}

	// What is changed afterwards is not endorsed; what was is kept, to compare with.
	note["title"] = "Another title"
	r = s.ask("ana", "PUT", p, text(note), "200", ifMatch(s.ask("ana", "GET", p, "", "200").tag()))
	if got := standing("ana"); got != "QM false true, QN false true, QO false true" || r.at("endorsed") != "false" {
		t.Errorf("changed: %s", got)
	}
	first := s.ask("fara", "GET", p+"/endorsements", "", "200").JSON()["states"].([]any)[0].(map[string]any)["endorsement"].(map[string]any)["id"].(string)
	if was := s.ask("fara", "GET", p+"/endorsements/"+first+"/content", "", "200"); was.at("title") != "Safe recruitment in QM" {
		t.Errorf("endorsed was: %s", was.raw)
	}
	s.ask("foe", "GET", p+"/endorsements/"+first+"/content", "", "404 not-found")
	note["title"] = "Safe recruitment in QM"
	s.ask("ana", "PUT", p, text(note), "200", ifMatch(r.tag()))
	s.ask("ana", "POST", p+"/submission", "", "201")
	s.ask("ana", "POST", upload, paper("sign-off", "QO", hash, "2026-03-01", scan), "409 wrong-stage")
	s.ask("max", "GET", p+"/endorsements", "", "200")
}

// The secretariat brings no paper that it checks itself; a participating
// organisation confirms its part, and a changed part anew.
func TestPartsAreConfirmedAndPapersCheckedByAnother(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.submitted(call, "QM", "PMU-QM 600000.00", "ILO 400000.00")
	s.ask("sec", "POST", p+"/screening", `{"version":1,"outcome":"returned","reason":"Say who recruits."}`, "200")
	s.person("sue", "secretariat", "IOM-FMU", "un")
	s.person("eve", "applicant", "ILO", "un")
	s.person("rae", "applicant", "ILO", "un")
	hash := s.ask("sec", "GET", p+"/endorsements", "", "200").at("hash")
	s.ask("sec", "POST", p+"/papers", fmt.Sprintf(`{"kind":"sign-off","content_hash":"%s","signer":"R. Coordinator","title":"Resident Coordinator","body":"United Nations in QM","signed_on":"2026-03-01","reference":"Letter","document_hash":"%s"}`, hash, scan), "200")
	id := s.ask("sec", "GET", "/papers", "", "200").List()[0]["id"]
	s.attaches("sec", fmt.Sprintf("/papers/%v", id), "letter.pdf", aScan, "200")
	s.ask("sec", "POST", fmt.Sprintf("/papers/%v/check", id), `{"accepted":true}`, "403 own-paper")
	s.ask("sue", "POST", fmt.Sprintf("/papers/%v/check", id), `{"accepted":true}`, "200")
	if r := s.ask("applicant-qm", "GET", p+"/endorsements", "", "200"); r.at("sign_off", "signed") != "true" || r.at("sign_off", "asked") != "false" {
		t.Errorf("signed off: %s", r.raw)
	}

	confirm := p + "/confirmation"
	s.ask("eve", "POST", confirm, `{}`, "404 not-found")
	s.ask("applicant-qm", "POST", confirm, `{}`, "422 organisation-takes-no-part")
	for who, role := range map[string]string{"eve": "finance", "rae": "reader"} {
		s.ask("applicant-qm", "POST", p+"/team", fmt.Sprintf(`{"email":"%s@example.org","organisation":"%s","role":"%s"}`, who, s.orgs["ILO"], role), "201")
	}
	s.ask("rae", "POST", confirm, `{}`, "403 not-your-part")
	s.ask("eve", "POST", confirm, `{"note":"Agreed by our regional office."}`, "200")
	s.ask("eve", "POST", confirm, `{}`, "409 part-confirmed-already")
	note := s.note("QM", "PMU-QM 600000.00", "ILO 300000.00")
	s.ask("applicant-qm", "PUT", p, text(note), "200", ifMatch(s.ask("applicant-qm", "GET", p, "", "200").tag()))
	if r := s.ask("eve", "GET", p+"/endorsements", "", "200"); !strings.Contains(r.at("parts", "parts"), "confirmed:false") {
		t.Errorf("a changed part: %s", r.raw)
	}
	s.ask("eve", "POST", confirm, `{}`, "200")
}

// A state's note names its focal point from a day; whom they replace is over the day
// before, and what they endorsed stands.
func TestFocalPointsAreAccreditedAndReplaced(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("adam", "administrator", "MPTFO", "agent")
	s.person("ana", "applicant", "IOM", "un")
	s.person("old", "focal-point", "QM", "state")
	s.person("far", "focal-point", "QN", "state")
	s.person("sue", "secretariat", "IOM-FMU", "un")
	r := s.ask("ana", "POST", call+"/proposals", text(s.note("QM")), "201")
	p := "/proposals/" + r.at("id")
	s.ask("old", "POST", p+"/endorsement", `{}`, "200", ifMatch(r.tag()))
	former := map[string]string{}
	for _, f := range s.ask("sec", "GET", "/focal-points", "", "200").List() {
		former[f["name"].(string)] = f["id"].(string)
	}
	note := func(state any, from, reference, replaces string) string {
		return fmt.Sprintf(`{"state":"%s","email":"nora@example.org","name":"Nora","from":"%s","reference":"%s","replaces":"%s","document_hash":"%s"}`, state, from, reference, replaces, scan)
	}
	qm, notes := s.orgs["QM"], "/accreditation-notes"
	s.ask("ana", "POST", notes, note(qm, "2026-03-02", "NV 9", ""), "403 not-permitted")
	s.ask("old", "POST", notes, note(qm, "2026-03-02", "NV 9", ""), "403 not-permitted")
	s.ask("adam", "POST", notes, note(qm, "2026-03-02", "NV 9", ""), "403 not-permitted")
	s.ask("sec", "POST", notes, note(s.orgs["IOM"], "2026-03-02", "NV 9", ""), "422 not-a-state")
	s.ask("sec", "POST", notes, note(qm, "", " ", ""), "422 required")
	s.ask("sec", "POST", notes, note(qm, "2026-03-02", "NV 9", former["far"]), "422 not-a-focal-point-of-that-state")
	s.ask("sec", "POST", notes, strings.Replace(note(qm, "2026-03-02", "NV 9", ""), scan, "", 1), "422 not-a-hash")
	s.ask("sec", "POST", notes, strings.Replace(note(qm, "2026-03-02", "NV 9", ""), "nora@", "sec@", 1), "403 not-for-oneself")
	// No grant goes round the note.
	person := s.ask("adam", "POST", "/people", `{"email":"nick@example.org","name":"Nick"}`, "201").at("person", "id")
	s.ask("adam", "POST", "/people/"+person+"/memberships", fmt.Sprintf(`{"organisation":"%s","role":"focal-point","from":"2026-03-02","note":"NV 9"}`, qm), "422 accredited-by-note")

	// Recorded, it waits: nothing has changed, and there is nothing to do before its scan is here.
	made := s.ask("sec", "POST", notes, note(qm, "2026-03-02", "NV 9", former["old"]), "201")
	n := notes + "/" + made.at("id")
	if made.at("reference") != "NV 9" || made.at("replaces") != "old" || made.at("check") != "<nil>" || made.at("may") != "[]" {
		t.Errorf("recorded: %s", made.raw)
	}
	s.ask("old", "GET", p, "", "200")
	s.ask("sue", "POST", n+"/check", `{"accepted":true}`, "409 scan-not-here")
	if got := s.ask("sue", "GET", "/tasks", "", "200").at("tasks"); strings.Contains(got, "accreditation.check") {
		t.Errorf("a task without a scan: %s", got)
	}
	of := "/accreditations/" + made.at("id")
	s.names("sec", of, "note.pdf", aScan+" ", "409 file-other-than-named")
	s.names("adam", of, "note.pdf", aScan, "403 not-permitted")
	file := s.attaches("sec", of, "note.pdf", aScan, "200")
	for who, want := range map[string]string{"sue": "200", "old": "200", "far": "404 not-found", "ana": "404 not-found"} {
		s.ask(who, "GET", file+"/content", "", want)
	}

	// Another of the secretariat than who brought it has the task, compares and says so.
	for who, waits := range map[string]bool{"sue": true, "sec": false} {
		if got := s.ask(who, "GET", "/tasks", "", "200").at("tasks"); strings.Contains(got, "accreditation.check") != waits {
			t.Errorf("the task of %s: %s", who, got)
		}
	}
	s.ask("adam", "POST", n+"/check", `{"accepted":true}`, "403 not-permitted")
	s.ask("old", "POST", n+"/check", `{"accepted":true}`, "403 not-permitted")
	s.ask("sec", "POST", n+"/check", `{"accepted":true}`, "403 own-paper")
	s.ask("sue", "POST", n+"/check", `{"accepted":false,"reason":" "}`, "422 required")
	s.ask("sue", "POST", n+"/check", `{"accepted":false,"reason":"Of another ministry."}`, "200")
	s.ask("sue", "POST", n+"/check", `{"accepted":true}`, "409 paper-checked-already")
	s.names("sec", of, "note.pdf", aScan, "409 paper-checked-already")
	s.ask("old", "GET", p, "", "200")
	refused := s.ask("sec", "GET", notes, "", "200").List()
	if len(refused) != 1 || !strings.Contains(fmt.Sprint(refused[0]["check"]), "Of another ministry.") || !strings.Contains(fmt.Sprint(refused[0]["check"]), "by:sue") {
		t.Errorf("refused: %v", refused)
	}

	// The next one is accepted: its focal point can come in, and the former is over.
	made = s.ask("sec", "POST", notes, note(qm, "2026-03-02", "NV 10", former["old"]), "201")
	n = notes + "/" + made.at("id")
	twin := notes + "/" + s.ask("sec", "POST", notes, strings.ReplaceAll(strings.ReplaceAll(note(qm, "2026-03-02", "NV 11", former["old"]), "nora", "nina"), "Nora", "Nina"), "201").at("id")
	for _, x := range []string{n, twin} {
		s.attaches("sec", strings.Replace(x, "accreditation-notes", "accreditations", 1), "note.pdf", aScan, "200")
	}
	checked := s.ask("sue", "POST", n+"/check", `{"accepted":true}`, "200")
	if len(checked.at("token")) != 64 || checked.at("check", "by") != "sue" {
		t.Errorf("accepted: %s", checked.raw)
	}
	s.ask("sue", "POST", twin+"/check", `{"accepted":true}`, "409 focal-point-replaced-already")
	s.ask("sue", "POST", twin+"/check", `{"accepted":false,"reason":"NV 10 was first."}`, "200")
	s.ask("old", "GET", p, "", "403 not-permitted")
	s.ask("", "POST", "/invitation", fmt.Sprintf(`{"token":%q,"password":%q}`, checked.at("token"), goodPassword), "204")
	s.enters("nora")
	s.ask("nora", "POST", p+"/endorsement", `{}`, "409 already-endorsed", ifMatch(s.ask("nora", "GET", p, "", "200").tag()))
	s.ask("ana", "POST", p+"/submission", "", "201")
	for _, f := range s.ask("adam", "GET", "/focal-points", "", "200").List() {
		switch f["name"] {
		case "old":
			if f["until"] != "2026-03-01" {
				t.Errorf("the former: %v", f)
			}
		case "Nora":
			if f["reference"] != "NV 10" || f["replaces"] != former["old"] || !strings.Contains(fmt.Sprint(f["check"]), "by:sue") || f["scan"] == nil {
				t.Errorf("the new one: %v", f)
			}
		}
	}
}
