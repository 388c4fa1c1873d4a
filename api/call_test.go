package api

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	forms "startupfund/domain/form"
)

// callDraft is what a call's draft says, with what comes after its areas.
func callDraft(opens, closes, rest string) string {
	return fmt.Sprintf(`{"language":"en","title":"First call","text":"Joint programmes.","opens_at":%q,"closes_at":%q%s}`, opens, closes, rest)
}

func TestACallIsDraftedAnnouncedAndExtended(t *testing.T) {
	s := newStory(t)
	s.person("sec", "secretariat", "IOM-FMU", "un")
	s.person("ana", "applicant", "IOM", "un")
	s.person("mem", "member", "ILO", "un")
	good := callDraft("2026-03-09T00:00:00Z", "2026-04-01T12:00:00+02:00", `,"areas":["area-2","area-5"],"ceiling":{"amount":"2000000.00","currency":"USD"}`)
	ceiling := func(m string) string {
		return callDraft("2026-03-09T00:00:00Z", "2026-04-01T10:00:00Z", `,"areas":["area-2"],"ceiling":`+m)
	}
	rest := func(more string) string {
		return callDraft("2026-03-09T00:00:00Z", "2026-04-01T10:00:00Z", `,"areas":["area-2"]`+more)
	}
	for body, want := range map[string]string{ // what could not be kept
		callDraft("2026-03-09", "2026-04-01T10:00:00Z", `,"areas":["area-2"]`): "422 bad-instant",
		rest(`,"areas":[]`): "422 member-given-twice",
		callDraft("2026-03-09T00:00:00Z", "2026-04-01T10:00:00Z", `,"areas":["area-2","area-2"]`):                                   "422 unknown-value",
		ceiling(`{"amount":"1.00","currency":"USD"}`):                                                                               "422 amount-below-minimum",
		ceiling(`{"amount":"200000.00","currency":"EUR"}`):                                                                          "409 other-currency",
		ceiling(`{"amount":"9000000.00","currency":"USD"},"ref":""`):                                                                "422 unknown-member",
		rest(`,"languages":["en","de"]`):                                                                                            "422 unknown-value",
		rest(`,"late_entries":"flagged"`):                                                                                           "422 late-entries-refused",
		rest(`,"stages":3`):                                                                                                         "422 unknown-value",
		rest(`,"area_ceilings":{"area-5":{"amount":"200000.00","currency":"USD"}}`):                                                 "422 unknown-value",
		rest(`,"state_entries":-1`):                                                                                                 "422 too-many-entries",
		rest(`,"translations":[{"language":"en","title":"a","text":"b","by":"person"}]`):                                            "422 translated-twice",
		rest(`,"translations":[{"language":"fr","title":"a","text":"b","by":"parrot"}]`):                                            "422 unknown-value",
		rest(`,"eligibility":[{"key":"UPPER","question":{"en":"?"},"why":{"en":"No."},"qualifies":true}]`):                          "422 unknown-value",
		rest(`,"eligibility":[{"key":"a","question":{"de":"?"},"why":{},"qualifies":true}]`):                                        "422 unknown-value",
		rest(fmt.Sprintf(`,"eligibility":[{"key":"a","question":{"en":%q},"why":{},"qualifies":true}]`, strings.Repeat("q", 1001))): "422 too-long",
	} {
		s.ask("sec", "POST", "/calls", body, want)
	}
	s.ask("ana", "POST", "/calls", good, "403 not-permitted")

	// A draft may say nothing yet; it is the secretariat's alone.
	r := s.ask("sec", "POST", "/calls", `{}`, "201")
	p := "/calls/" + r.at("id")
	if r.at("ref") != "CALL-2026-01" || r.at("state") != "draft" || r.at("opens_at") != "<nil>" || r.at("may") != "[call.save call.discard]" ||
		r.at("languages") != "[en fr es ar ru zh]" || r.at("late_entries") != "refused" ||
		r.at("stages") != "1" || r.at("concept_form") != "0" || r.at("document_form") != fmt.Sprint(forms.Newest("document")) {
		t.Errorf("drafted: %s", r.raw)
	}
	for _, who := range []string{"ana", "mem", ""} {
		s.ask(who, "GET", p, "", "404 not-found")
		if list := s.ask(who, "GET", "/calls", "", "200"); len(list.List()) != 0 {
			t.Errorf("%s sees a draft in the list: %s", who, list.raw)
		}
		s.ask(who, "GET", p+"/enquiries", "", "404 not-found")
	}
	s.ask("ana", "POST", p+"/proposals", `{}`, "404 not-found")
	s.ask("ana", "POST", p+"/enquiries", `{"language":"en","text":"When?"}`, "404 not-found")
	s.ask("ana", "PUT", p, good, "403 not-permitted", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/extension", `{"closes_at":"2026-04-08T10:00:00Z","reason":"x"}`, "409 call-not-announced", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/corrections", `{"language":"en","title":"a","text":"b","translations":[],"eligibility":[],"reason":"c"}`, "409 call-not-announced", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/announcement", "", "422 required", ifMatch(r.tag()))
	lacks := s.ask("sec", "GET", p+"/lacks", "", "200")
	for _, field := range []string{"/title", "/text", "/opens_at", "/closes_at", "/areas"} {
		if !strings.Contains(string(lacks.raw), fmt.Sprintf("%q", field)) {
			t.Errorf("nothing is said to be missing at %s: %s", field, lacks.raw)
		}
	}
	s.ask("sec", "PUT", p, good, "428 say-which-version")
	backwards := s.ask("sec", "PUT", p, callDraft("2026-03-09T00:00:00Z", "2026-03-09T00:00:00Z", `,"areas":["area-2"]`), "200", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/announcement", "", "422 call-closes-before-it-opens", ifMatch(backwards.tag()))
	past := s.ask("sec", "PUT", p, callDraft("2026-01-09T00:00:00Z", "2026-02-09T00:00:00Z", `,"areas":["area-2"]`), "200", ifMatch(backwards.tag()))
	s.ask("sec", "POST", p+"/announcement", "", "422 call-would-be-over", ifMatch(past.tag()))
	asks := s.ask("sec", "PUT", p, strings.TrimSuffix(good, "}")+`,"questions_until":"2026-04-02T10:00:00Z"}`, "200", ifMatch(past.tag()))
	s.ask("sec", "POST", p+"/announcement", "", "422 questions-end-outside-call", ifMatch(asks.tag()))
	s.ask("sec", "PUT", p, good, "412 changed-since", ifMatch(past.tag()))
	r = s.ask("sec", "PUT", p, good, "200", ifMatch(asks.tag()))
	if r.at("may") != "[call.save call.discard call.announce]" {
		t.Errorf("may: %s", r.raw)
	}
	s.ask("ana", "POST", p+"/announcement", "", "403 not-permitted", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/announcement", "", "412 changed-since", ifMatch(asks.tag()))
	r = s.ask("sec", "POST", p+"/announcement", "", "200", ifMatch(r.tag()))
	if r.at("closes_at") != "2026-04-01T10:00:00Z" || r.at("state") != "planned" || r.at("may") != "[call.extend call.correct]" || r.at("scoring_sheet") != "1" {
		t.Errorf("announced: %s", r.raw)
	}
	s.ask("sec", "POST", p+"/announcement", "", "409 call-announced", ifMatch(r.tag()))
	s.ask("sec", "PUT", p, good, "409 call-announced", ifMatch(r.tag()))
	for _, set := range []string{"ceiling = 5", "opens_at = opens_at + interval '1 day'", "closes_at = closes_at - interval '1 second'", "state_entries = 1",
		"charter_version = 2", "announced_at = NULL", `eligibility = '[{"key":"a","qualifies":true}]'`, "languages = '{en}'"} {
		if err := s.DB.Exec(`UPDATE calls SET ` + set).Error; err == nil || !strings.Contains(err.Error(), "keeps its conditions") {
			t.Errorf("the database lets an announced call be changed: %s: %v", set, err)
		}
	}

	s.ask("ana", "POST", p+"/proposals", `{}`, "409 call-not-open")
	s.days(7)
	if seen := s.ask("", "GET", p, "", "200"); seen.at("state") != "open" || seen.at("may") != "[]" {
		t.Errorf("the public sees: %s", seen.raw)
	}
	s.ask("ana", "POST", p+"/proposals", `{}`, "201")

	later := `{"closes_at":"2026-04-08T10:00:00Z","reason":"Two countries asked for a week."}`
	s.ask("ana", "POST", p+"/extension", later, "403 not-permitted", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/extension", later, "428 say-which-version")
	s.ask("sec", "POST", p+"/extension", later, "412 changed-since", ifMatch(`"99"`))
	s.ask("sec", "POST", p+"/extension", `{"closes_at":"2026-04-01T10:00:00Z","reason":""}`, "422 extension-not-later", ifMatch(r.tag()))
	r = s.ask("sec", "POST", p+"/extension", later, "200", ifMatch(r.tag()))
	if seen := s.ask("", "GET", p, "", "200"); seen.at("closes_at") != "2026-04-08T10:00:00Z" || !strings.Contains(seen.at("extensions"), "Two countries") {
		t.Errorf("extended: %s", seen.raw)
	}
	if told := s.ask("ana", "GET", "/notices", "", "200"); !strings.Contains(string(told.raw), "call-extended") || !strings.Contains(string(told.raw), "8 April 2026") {
		t.Errorf("who has a draft is not told of the extension: %s", told.raw)
	}
	closes, _ := time.Parse(time.RFC3339, "2026-04-08T10:00:00Z")
	s.Clock.Set(closes)
	s.ask("sec", "POST", p+"/extension", `{"closes_at":"2026-04-09T10:00:00Z","reason":"Again."}`, "409 call-closed", ifMatch(r.tag()))
	s.ask("sec", "GET", "/calls/6b1b36cb-0000-4000-8000-000000000000", "", "404 not-found")

	s.announced(s.ask("sec", "POST", "/calls", strings.ReplaceAll(good, "2026-04-01", "2026-05-01"), "201"))
	page := s.ask("", "GET", "/calls?limit=1", "", "200")
	if l := page.header.Get("Link"); len(page.List()) != 1 || l != `</api/v1/calls?after=CALL-2026-01&limit=1>; rel="next"` {
		t.Errorf("the first page: %s %s", l, page.raw)
	}
	if rest := s.ask("", "GET", "/calls?after=CALL-2026-01", "", "200"); len(rest.List()) != 1 || rest.header.Get("Link") != "" {
		t.Errorf("the last page: %s", rest.raw)
	}
}

const translated = `,"areas":["area-2"],"translations":[{"language":"ar","title":"الدعوة","text":"برامج.","by":"machine"},{"language":"fr","title":"Appel","text":"Programmes.","by":"person"}]`

// A reader gets the call in her own language where there is one, and is told which
// it is and who translated it; its words may be corrected, its conditions not.
func TestACallSpeaksTheReadersLanguageAndIsCorrectedInSight(t *testing.T) {
	s := newStory(t)
	s.person("sec", "secretariat", "IOM-FMU", "un")
	s.person("ana", "applicant", "IOM", "un")
	s.person("zoe", "applicant", "ILO", "un")
	p := s.announced(s.ask("sec", "POST", "/calls", callDraft("2026-03-02T09:00:00Z", "2026-04-01T10:00:00Z", translated+
		`,"eligibility":[{"question":{"en":"Signed?","fr":"Signé ?"},"why":{"en":"Sign first."},"qualifies":true}]`), "201"))
	for accept, want := range map[string]string{"fr-CH, en;q=0.5": "fr person Appel", "ar": "ar machine الدعوة", "ru": "en <nil> First call", "": "en <nil> First call"} {
		seen := s.ask("", "GET", p, "", "200", header("Accept-Language", accept))
		if got := seen.at("language") + " " + seen.at("translation") + " " + seen.at("title"); got != want {
			t.Errorf("a reader of %q gets %s", accept, got)
		}
	}
	s.ask("ana", "POST", p+"/proposals", `{"eligibility":{"q1":true}}`, "201")

	words := func(title, rest string) string {
		return fmt.Sprintf(`{"language":"en","title":%q,"text":"Joint programmes.","translations":[],
			"eligibility":[{"key":"q1","question":{"en":"Signed?","fr":"Signé ?"},"why":{"en":"Sign first."},"qualifies":true}]%s}`, title, rest)
	}
	r := s.ask("sec", "GET", p, "", "200")
	s.ask("ana", "POST", p+"/corrections", words("First call, mended", `,"reason":"A slip."`), "403 not-permitted", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/corrections", words("First call, mended", `,"reason":""`), "422 required", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/corrections", words("", `,"reason":"A slip."`), "422 required", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/corrections", strings.Replace(words("x", `,"reason":"A slip."`), `"qualifies":true`, `"qualifies":false`, 1), "409 call-announced", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/corrections", strings.Replace(words("x", `,"reason":"A slip."`), `"language":"en"`, `"language":"fr"`, 1), "409 call-announced", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/corrections", words("First call, mended", `,"reason":"A slip."`), "428 say-which-version")
	r = s.ask("sec", "POST", p+"/corrections", words("First call, mended", `,"reason":"A slip."`), "200", ifMatch(r.tag()))
	s.ask("sec", "POST", p+"/corrections", words("First call, mended", `,"reason":"Again."`), "422 nothing-changed", ifMatch(r.tag()))
	seen := s.ask("", "GET", p, "", "200")
	if seen.at("title") != "First call, mended" || !strings.Contains(string(seen.raw), `"reason":"A slip."`) || !strings.Contains(string(seen.raw), `"title":"First call"`) {
		t.Errorf("corrected: %s", seen.raw)
	}
	for who, told := range map[string]bool{"ana": true, "zoe": false} {
		if got := s.ask(who, "GET", "/notices", "", "200"); strings.Contains(string(got.raw), "call-corrected") != told {
			t.Errorf("%s has a draft: %t, and is told: %s", who, told, got.raw)
		}
	}
}

// Who does not qualify is told why before anything is written; the answers stay.
func TestEligibilityIsAskedFirst(t *testing.T) {
	s := newStory(t)
	s.person("sec", "secretariat", "IOM-FMU", "un")
	s.person("ana", "applicant", "IOM", "un")
	s.person("foc", "focal-point", "QM", "state")
	p := s.announced(s.ask("sec", "POST", "/calls", callDraft("2026-03-02T09:00:00Z", "2026-04-01T10:00:00Z", `,"areas":["area-2"],"eligibility":[
		{"key":"mou","question":{"en":"Signed the MOU?"},"why":{"en":"Money goes to signers.","fr":"L'argent va aux signataires."},"qualifies":true},
		{"key":"paid","question":{"en":"Paid already?"},"why":{"en":"Nothing is paid twice."},"qualifies":false}]`), "201"))
	s.ask("ana", "POST", p+"/proposals", `{}`, "422 required")
	s.ask("ana", "POST", p+"/proposals", `{"eligibility":{"mou":true,"paid":false,"other":true}}`, "422 unknown-value")
	s.ask("ana", "PUT", "/session/language", `{"language":"fr"}`, "200")
	no := s.ask("ana", "POST", p+"/proposals", `{"eligibility":{"mou":false,"paid":true}}`, "409 not-eligible-for-call")
	if !strings.Contains(string(no.raw), "L'argent va aux signataires.") || !strings.Contains(string(no.raw), "Nothing is paid twice.") ||
		!strings.Contains(string(no.raw), "/eligibility/paid") {
		t.Errorf("not told why: %s", no.raw)
	}
	if list := s.ask("ana", "GET", "/proposals", "", "200"); len(list.List()) != 0 {
		t.Errorf("something was begun: %s", list.raw)
	}
	r := s.ask("ana", "POST", p+"/proposals", `{"eligibility":{"mou":true,"paid":false}}`, "201")
	want := `[map[answer:true key:mou language:en question:Signed the MOU?] map[answer:false key:paid language:en question:Paid already?]]`
	if r.at("eligibility") != want {
		t.Errorf("answers: %s", r.at("eligibility"))
	}
	s.ask("ana", "PUT", "/proposals/"+r.at("id"), `{"eligibility":{"mou":true}}`, "422 unknown-member", ifMatch(r.tag()))
}

func TestQuestionsOfApplicantsAreAnsweredToAll(t *testing.T) {
	s := newStory(t)
	s.person("sec", "secretariat", "IOM-FMU", "un")
	s.person("ana", "applicant", "IOM", "un")
	s.person("zoe", "applicant", "ILO", "un")
	s.person("foc", "focal-point", "QM", "state")
	s.person("mem", "member", "IOM", "un")
	body := callDraft("2026-03-09T09:00:00Z", "2026-04-01T10:00:00Z", `,"areas":["area-2"],"questions_until":"2026-03-20T12:00:00Z"`)
	p := s.announced(s.ask("sec", "POST", "/calls", body, "201"))
	deaf := s.announced(s.ask("sec", "POST", "/calls", strings.Replace(body, `,"questions_until":"2026-03-20T12:00:00Z"`, "", 1), "201"))

	q := `{"language":"fr","text":"Les salaires comptent-ils ?"}`
	s.ask("mem", "POST", p+"/enquiries", q, "403 not-permitted")
	s.ask("sec", "POST", p+"/enquiries", q, "403 not-permitted")
	s.ask("ana", "POST", deaf+"/enquiries", q, "409 call-takes-no-questions")
	s.ask("ana", "POST", p+"/enquiries", `{"language":"de","text":"?"}`, "422 unknown-value")
	s.ask("ana", "POST", p+"/enquiries", `{"language":"en","text":"  "}`, "422 required")
	first := s.ask("ana", "POST", p+"/enquiries", q, "201")
	s.ask("foc", "POST", p+"/enquiries", `{"language":"en","text":"May two states share?"}`, "201")
	if first.at("n") != "1" || first.at("own") != "true" || first.at("asker", "code") != "IOM" {
		t.Errorf("asked: %s", first.raw)
	}
	for who, n := range map[string]int{"ana": 1, "foc": 1, "zoe": 0, "mem": 0, "": 0, "sec": 2} {
		if got := s.ask(who, "GET", p+"/enquiries", "", "200"); len(got.List()) != n {
			t.Errorf("%s reads %d: %s", who, n, got.raw)
		}
	}
	if task := s.ask("sec", "GET", "/tasks", "", "200"); !strings.Contains(string(task.raw), "call.answer") {
		t.Errorf("it waits on nobody: %s", task.raw)
	}
	a := "/enquiries/" + first.at("id") + "/answers"
	s.ask("ana", "POST", a, `{"language":"fr","text":"Oui."}`, "403 not-permitted", ifMatch(first.tag()))
	s.ask("sec", "POST", a, `{"language":"fr","text":"Oui."}`, "428 say-which-version")
	s.ask("sec", "POST", a, `{"language":"fr","text":""}`, "422 required", ifMatch(first.tag()))
	answered := s.ask("sec", "POST", a, `{"language":"fr","text":"Oui."}`, "200", ifMatch(first.tag()))
	s.ask("sec", "POST", a, `{"language":"fr","text":"Non."}`, "412 changed-since", ifMatch(first.tag()))
	s.ask("sec", "POST", a, `{"language":"fr","text":"Non."}`, "422 required", ifMatch(answered.tag())) // without a reason
	s.ask("sec", "POST", a, `{"language":"fr","text":"Oui.","reason":"x"}`, "422 nothing-changed", ifMatch(answered.tag()))
	s.ask("sec", "POST", a, `{"language":"fr","text":"Oui, en partie.","reason":"Trop court."}`, "200", ifMatch(answered.tag()))
	for _, who := range []string{"zoe", "mem", ""} {
		got := s.ask(who, "GET", p+"/enquiries", "", "200")
		if len(got.List()) != 1 || strings.Contains(string(got.raw), "IOM") || !strings.Contains(string(got.raw), "Trop court.") || !strings.Contains(string(got.raw), `"asker":null`) {
			t.Errorf("%s reads: %s", who, got.raw)
		}
	}
	for who, told := range map[string]bool{"ana": true, "zoe": false} {
		if got := s.ask(who, "GET", "/notices", "", "200"); strings.Contains(string(got.raw), "enquiry-answered") != told {
			t.Errorf("%s is told: %t, %s", who, told, got.raw)
		}
	}
	until, _ := time.Parse(time.RFC3339, "2026-03-20T12:00:00Z")
	s.Clock.Set(until.Add(-time.Microsecond))
	s.ask("ana", "POST", p+"/enquiries", q, "201")
	s.Clock.Set(until)
	s.ask("ana", "POST", p+"/enquiries", q, "409 questions-are-over")
	if may := s.ask("ana", "GET", p, "", "200").at("may"); may != "[proposal.create]" {
		t.Errorf("may: %s", may)
	}
}

// What a state may hand in is counted when it is handed in, not when it is written;
// what is taken back or turned away no longer counts.
func TestAStateKeepsToItsEntries(t *testing.T) {
	s := newStory(t)
	s.person("sec", "secretariat", "IOM-FMU", "un")
	call := s.announced(s.ask("sec", "POST", "/calls", callDraft("2026-03-02T09:00:00Z", "2026-04-01T10:00:00Z",
		`,"areas":["area-2"],"stages":2,"concept_form":1,"languages":["en"],"state_entries":1,"ceiling":{"amount":"1000000.00","currency":"USD"},
		"area_ceilings":{"area-2":{"amount":"500000.00","currency":"USD"}}`), "201"))
	ready := func(who, state string, shares ...string) string {
		if _, ok := s.people[who]; !ok {
			s.person(who, "applicant", "ORG-"+who, "un")
			s.person("focal-"+who, "focal-point", state, "state")
		}
		r := s.ask(who, "POST", call+"/proposals", text(s.note(state, shares...)), "201")
		s.ask("focal-"+who, "POST", "/proposals/"+r.at("id")+"/endorsement", `{"note":""}`, "200", ifMatch(r.tag()))
		return "/proposals/" + r.at("id")
	}
	over := ready("ana", "QM", "IOM 500000.01")
	s.ask("ana", "POST", over+"/submission", "", "422 amount-above-maximum")
	if b := s.ask("ana", "GET", over+"/budget", "", "200"); b.at("ceiling", "amount")+" "+b.at("ceiling_of")+" "+b.at("remainder", "amount") != "500000.00 area -0.01" {
		t.Errorf("another ceiling is in sight than is judged by: %s", b.raw)
	}
	first, second := ready("ana", "QM", "IOM 400000.00"), ready("zoe", "QM", "ILO 300000.00")
	s.ask("ana", "POST", first+"/submission", "", "201")
	s.ask("zoe", "POST", second+"/submission", "", "409 state-has-its-entries")
	if lacks := s.ask("zoe", "GET", second+"/lacks", "", "200"); !strings.Contains(string(lacks.raw), "state-has-its-entries") {
		t.Errorf("not said in time: %s", lacks.raw)
	}
	s.ask("ana", "POST", first+"/withdrawal", "", "200")
	s.ask("zoe", "POST", second+"/submission", "", "201")
	other := ready("eve", "QN", "ILO 300000.00")
	s.ask("eve", "POST", other+"/submission", "", "201")
	french := s.note("QO", "ILO 300000.00")
	french["language"] = "fr"
	s.person("fay", "applicant", "UNDP", "un")
	r := s.ask("fay", "POST", call+"/proposals", text(french), "201")
	if lacks := s.ask("fay", "GET", "/proposals/"+r.at("id")+"/lacks", "", "200"); !strings.Contains(string(lacks.raw), `"/language"`) {
		t.Errorf("a language that the call does not take: %s", lacks.raw)
	}
}

// Two of one state at the same instant: one is in, one is refused.
func TestTheLastPlaceOfAStateIsGivenOnce(t *testing.T) {
	s := newStory(t)
	s.person("sec", "secretariat", "IOM-FMU", "un")
	call := s.announced(s.ask("sec", "POST", "/calls", callDraft("2026-03-02T09:00:00Z", "2026-04-01T10:00:00Z",
		`,"areas":["area-2"],"stages":2,"concept_form":1,"state_ceiling":{"amount":"1500000.00","currency":"USD"}`), "201"))
	var paths []string
	for i := range 4 {
		who := fmt.Sprintf("a%d", i)
		s.person(who, "applicant", "ORG-"+who, "un")
		if i == 0 {
			s.person("focal", "focal-point", "QM", "state")
		}
		r := s.ask(who, "POST", call+"/proposals", text(s.note("QM", "IOM 1000000.00")), "201")
		s.ask("focal", "POST", "/proposals/"+r.at("id")+"/endorsement", `{"note":""}`, "200", ifMatch(r.tag()))
		paths = append(paths, "/proposals/"+r.at("id"))
	}
	got := make(chan int, len(paths))
	s.Gate(t, `LOCK TABLE proposal_versions IN EXCLUSIVE MODE`, len(paths), func() { // may be read, not written
		var all sync.WaitGroup
		for i, path := range paths {
			all.Go(func() { got <- s.send(fmt.Sprintf("a%d", i), "POST", path+"/submission", "").status })
		}
		all.Wait()
	})
	in := map[int]int{}
	for range paths {
		in[<-got]++
	}
	if in[201] != 1 || in[422] != 3 {
		t.Errorf("answers: %v", in)
	}
}

// A draft is given up with a reason, and is nobody's from then on; what was announced
// is not.
func TestADraftOfACallIsDiscarded(t *testing.T) {
	s := newStory(t)
	s.person("ana", "applicant", "IOM", "un")
	s.person("cora", "coordinator", "IOM", "un")
	s.person("sec", "secretariat", "IOM-FMU", "un")
	r := s.ask("sec", "POST", "/calls", `{"language":"en","title":"Given up"}`, "201")
	draft := "/calls/" + r.at("id")
	s.ask("ana", "POST", draft+"/discarding", `{"reason":"x"}`, "403 not-permitted", ifMatch(r.tag()))
	s.ask("cora", "POST", draft+"/discarding", `{"reason":"x"}`, "403 not-permitted", ifMatch(r.tag()))
	s.ask("sec", "POST", draft+"/discarding", `{"reason":"x"}`, "428 say-which-version")
	s.ask("sec", "POST", draft+"/discarding", `{"reason":" "}`, "422 required", ifMatch(r.tag()))
	if may := r.at("may"); !strings.Contains(may, "call.discard") {
		t.Errorf("may: %s", may)
	}
	s.ask("sec", "POST", draft+"/discarding", `{"reason":"Joined with another call."}`, "204", ifMatch(r.tag()))
	s.ask("sec", "GET", draft, "", "404 not-found")
	s.ask("sec", "POST", draft+"/announcement", "", "404 not-found", ifMatch(r.tag()))
	s.ask("sec", "POST", draft+"/discarding", `{"reason":"x"}`, "404 not-found", ifMatch(r.tag()))
	for _, c := range s.ask("sec", "GET", "/calls", "", "200").List() {
		if c["title"] == "Given up" {
			t.Errorf("still listed: %v", c)
		}
	}
	open := s.ask("sec", "GET", s.openCall(), "", "200")
	s.ask("sec", "POST", "/calls/"+open.at("id")+"/discarding", `{"reason":"x"}`, "409 call-announced", ifMatch(open.tag()))
	if may := open.at("may"); strings.Contains(may, "call.discard") {
		t.Errorf("may: %s", may)
	}
}
