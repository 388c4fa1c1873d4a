package api

import (
	"fmt"
	"strings"
	"testing"
)

// threads are the clarifications of an answer, the latest first.
func threads(r reply) (list []map[string]any) {
	for _, x := range r.JSON()["clarifications"].([]any) {
		list = append(list, x.(map[string]any))
	}
	return list
}

// What the secretariat asks about a submission is answered in a thread by whoever
// leads, in time or late; what was submitted stays as it is, and those whom an
// interest keeps from judging see none of it.
func TestClarificationsAreAskedAndAnswered(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.submitted(call, "QM")
	for _, x := range []string{"max XD donors", "rita QM countries-of-origin", "paul ILO un-system"} {
		var name, org, constituency string
		fmt.Sscan(x, &name, &org, &constituency)
		kind := "state"
		if org == "ILO" {
			kind = "un"
		}
		s.person(name, "member", org, kind)
		s.seat(org, constituency)
	}
	s.person("una", "member", "XE", "state") // of no seat
	s.person("eve", "applicant", "ILO", "un")
	s.person("ed", "applicant", "PMU-QM", "un")
	s.person("aud", "auditor", "UNBOA", "un")
	s.ask("ed", "POST", p+"/team-joining", "", "200") // an editor
	before := s.ask("sec", "GET", p, "", "200")
	all := p + "/clarifications"
	say := func(text string) string { return fmt.Sprintf(`{"language":"en","text":%q}`, text) }

	// The secretariat alone asks, about a place that the form has, and says something.
	s.ask("max", "POST", all, say("Who recruits?"), "403 not-permitted")
	s.ask("applicant-qm", "POST", all, say("Who recruits?"), "403 not-permitted")
	s.ask("sec", "POST", all, `{"language":"en","text":" ","field":"/colour"}`, "422 no-such-field")
	s.ask("sec", "POST", all, `{"language":"tlh","text":"Who recruits?"}`, "422 unknown-value")
	s.ask("sec", "POST", all, say("Who recruits?"), "428 idempotency-key-required", key(""))
	r := s.ask("sec", "POST", all, `{"language":"en","text":"Who recruits?","field":"/summary"}`, "200", key("one"))
	s.ask("sec", "POST", all, `{"language":"en","text":"Who recruits?","field":"/summary"}`, "200", key("one"))
	if got := threads(r); len(got) != 1 || got[0]["version"] != 1.0 || got[0]["section"] != "basics" || got[0]["state"] != "open" || got[0]["overdue"] != false ||
		got[0]["due"] != "2026-03-07T23:00:00Z" && !strings.HasPrefix(fmt.Sprint(got[0]["due"]), "2026-") {
		t.Fatalf("asked: %s", r.raw)
	}
	thread := all + "/" + fmt.Sprint(threads(r)[0]["id"])

	// The applicant's side is told, has it as a task, and reads no screener's name.
	s.waitsOn("applicant-qm", "clarification.answer "+before.at("ref"))
	s.waitsOn("ed", "clarification.answer "+before.at("ref"))
	s.waitsOn("sec", "proposal.screen "+before.at("ref"))
	if told := s.ask("applicant-qm", "GET", "/notices", "", "200"); !strings.Contains(string(told.raw), `"clarification-asked"`) {
		t.Errorf("told: %s", told.raw)
	}
	mine := s.ask("applicant-qm", "GET", all, "", "200")
	if x := threads(mine)[0]; x["entries"].([]any)[0].(map[string]any)["by"] != "" || fmt.Sprint(x["may"]) != "[clarification.draft clarification.answer]" {
		t.Errorf("the applicant sees %s", mine.raw)
	}
	// Those who may not judge see nothing, those of the body who may do; others none of it.
	for who, want := range map[string]string{"max": "200", "sec": "200", "aud": "200", "focal-qm": "200", "rita": "404 not-found", "paul": "404 not-found",
		"una": "404 not-found", "eve": "404 not-found", "": "401 sign-in-first"} {
		s.ask(who, "GET", all, "", want)
	}

	// Any writer drafts, on what was read; the lead answers.
	s.ask("eve", "PUT", thread+"/draft", say("Us."), "404 not-found", ifMatch(`"1"`))
	s.ask("sec", "PUT", thread+"/draft", say("Us."), "403 not-permitted", ifMatch(`"1"`))
	s.ask("ed", "PUT", thread+"/draft", say("Licensed agencies."), "428 say-which-version")
	draft := s.ask("ed", "PUT", thread+"/draft", say("Licensed agencies."), "200", ifMatch(`"1"`))
	s.ask("applicant-qm", "PUT", thread+"/draft", say("Others."), "412 changed-since", ifMatch(`"1"`))
	if got := threads(s.ask("applicant-qm", "GET", all, "", "200"))[0]["draft"].(map[string]any); got["text"] != "Licensed agencies." || got["by"] != "ed" || draft.tag() != `"2"` {
		t.Errorf("draft: %v", got)
	}
	if x := threads(s.ask("sec", "GET", all, "", "200"))[0]; x["draft"] != nil {
		t.Errorf("the secretariat reads a draft: %v", x)
	}
	s.ask("ed", "POST", thread+"/answers", say("Licensed agencies."), "403 not-your-part")
	s.ask("applicant-qm", "POST", thread+"/answers", say(""), "422 required")
	s.ask("sec", "POST", thread+"/questions", say("And who pays?"), "409 clarification-waits")
	r = s.ask("applicant-qm", "POST", thread+"/answers", say("Licensed agencies."), "200")
	if x := threads(r)[0]; x["state"] != "answered" || x["entries"].([]any)[1].(map[string]any)["late"] != false {
		t.Errorf("answered: %s", r.raw)
	}
	s.ask("applicant-qm", "POST", thread+"/answers", say("And others."), "409 clarification-not-waiting")
	s.ask("sec", "POST", thread+"/withdrawal", say("Not needed."), "409 clarification-not-waiting")
	s.waitsOn("applicant-qm")
	if told := s.ask("sec", "GET", "/notices", "", "200"); !strings.Contains(string(told.raw), `"clarification-answered"`) {
		t.Errorf("told: %s", told.raw)
	}

	// The next question is overdue when its days are over; a late answer is taken, and says so.
	s.ask("sec", "POST", thread+"/questions", say("And who pays?"), "200")
	s.days(7)
	if x := threads(s.ask("max", "GET", all, "", "200"))[0]; x["overdue"] != true {
		t.Errorf("not overdue: %v", x)
	}
	r = s.ask("applicant-qm", "POST", thread+"/answers", say("The employers."), "200")
	if x := threads(r)[0]["entries"].([]any); len(x) != 4 || x[3].(map[string]any)["late"] != true {
		t.Errorf("late: %s", r.raw)
	}

	// Nothing of what was submitted has changed.
	after := s.ask("sec", "GET", p, "", "200")
	if after.tag() != before.tag() || after.at("submission", "hash") != before.at("submission", "hash") || after.at("updated_at") != before.at("updated_at") {
		t.Errorf("a clarification changed the proposal: %s", after.raw)
	}

	// A question is taken back with a reason; what is given back for mending lets the open ones lapse.
	r = s.ask("sec", "POST", all, say("Is it so?"), "200")
	second := all + "/" + fmt.Sprint(threads(r)[0]["id"])
	s.ask("sec", "POST", second+"/withdrawal", say(""), "422 required")
	s.ask("sec", "POST", second+"/withdrawal", say("The annex says it."), "200")
	r = s.ask("sec", "POST", all, say("And this?"), "200")
	third := all + "/" + fmt.Sprint(threads(r)[0]["id"])
	s.ask("sec", "POST", p+"/screening", finding("returned", "Mend it.", map[string]any{}), "200")
	s.ask("applicant-qm", "POST", third+"/answers", say("Yes."), "409 clarification-not-waiting")
	s.ask("sec", "POST", all, say("More?"), "409 wrong-stage")
	if x := threads(s.ask("applicant-qm", "GET", all, "", "200")); x[0]["state"] != "lapsed" || x[1]["state"] != "withdrawn" || x[2]["state"] != "answered" {
		t.Errorf("%v", x)
	}
	for _, table := range []string{"clarifications", "clarification_entries", "clarification_wishes"} {
		if err := s.DB.Exec(`DELETE FROM ` + table).Error; err == nil && table != "clarification_wishes" {
			t.Errorf("%s can be emptied", table)
		}
	}
}

// An assessor asks through the secretariat, and nobody of the applicant's side learns
// who, or what was not passed on.
func TestAssessorsAskThroughTheSecretariat(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.eligible(call, "QM")
	ref := s.ask("sec", "GET", p, "", "200").at("ref")
	for _, org := range []string{"XD", "XE", "QM"} {
		s.person("member-"+strings.ToLower(org), "member", org, "state")
		s.seat(org, "donors")
	}
	all, wishes := p+"/clarifications", p+"/clarification-wishes"
	say := func(text string) string { return fmt.Sprintf(`{"language":"fr","text":%q}`, text) }
	s.ask("member-qm", "POST", wishes, say("Et nous ?"), "404 not-found")
	s.ask("applicant-qm", "POST", wishes, say("Et nous ?"), "403 not-permitted")
	s.ask("member-xd", "POST", wishes, say(""), "422 required")
	s.ask("member-xd", "POST", wishes, say("Qui recrute ?"), "200")
	r := s.ask("member-xd", "POST", wishes, say("Combien de couleurs ?"), "200")
	s.waitsOn("sec", "clarification.pass "+ref)
	wish := func(i int) string { return fmt.Sprint(r.JSON()["wishes"].([]any)[i].(map[string]any)["id"]) }
	if got := s.ask("member-xe", "GET", all, "", "200"); got.at("wishes") != "[]" {
		t.Errorf("another seat reads a wish: %s", got.raw)
	}
	if got := s.ask("applicant-qm", "GET", all, "", "200"); got.at("wishes") != "[]" || got.at("clarifications") != "[]" {
		t.Errorf("the applicant reads a wish: %s", got.raw)
	}
	refusal := wishes + "/" + wish(0) + "/refusal"
	s.ask("member-xd", "POST", refusal, `{"reason":"No."}`, "403 not-permitted")
	s.ask("sec", "POST", refusal, `{"reason":""}`, "422 required")
	s.ask("sec", "POST", refusal, `{"reason":"The colours do not matter."}`, "200")
	s.ask("sec", "POST", refusal, `{"reason":"Again."}`, "409 wish-settled")
	s.ask("sec", "POST", all, fmt.Sprintf(`{"language":"en","text":"How many colours?","wish":%q}`, wish(0)), "409 wish-settled")
	got := s.ask("sec", "POST", all, fmt.Sprintf(`{"language":"en","text":"Who recruits?","wish":%q}`, wish(1)), "200")
	s.ask("sec", "POST", all, fmt.Sprintf(`{"language":"en","text":"Who recruits?","wish":%q}`, wish(1)), "409 wish-settled")
	s.waitsOn("sec")
	s.ask("applicant-qm", "POST", all+"/"+fmt.Sprint(threads(got)[0]["id"])+"/answers", say("Des agences."), "200")
	for _, kind := range []string{"clarification-refused", "clarification-answered"} {
		if told := s.ask("member-xd", "GET", "/notices", "", "200"); !strings.Contains(string(told.raw), kind) {
			t.Errorf("not told of %s: %s", kind, told.raw)
		}
	}
	seen := s.ask("applicant-qm", "GET", all, "", "200")
	if x := threads(seen)[0]; x["for_assessors"] != true || strings.Contains(string(seen.raw), "XD") || strings.Contains(string(seen.raw), "couleurs") {
		t.Errorf("the applicant reads %s", seen.raw)
	}
	if x := s.ask("member-xd", "GET", all, "", "200").JSON()["wishes"].([]any); len(x) != 2 || x[1].(map[string]any)["passed"] != true {
		t.Errorf("wishes: %v", x)
	}
}

// An answer comes with the files that show it; whoever sees the thread reads them, and
// they stay with it for good.
func TestAnAnswerComesWithFiles(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.submitted(call, "QM")
	s.person("ed", "applicant", "PMU-QM", "un")
	s.person("eve", "applicant", "ILO", "un")
	s.person("max", "member", "XD", "state")
	s.seat("XD", "donors")
	s.person("rita", "member", "QM", "state")
	s.seat("QM", "countries-of-origin")
	s.ask("ed", "POST", p+"/team-joining", "", "200")
	all := p + "/clarifications"
	say := func(text string) string { return fmt.Sprintf(`{"language":"en","text":%q}`, text) }
	r := s.ask("sec", "POST", all, say("What shows it?"), "200")
	id := fmt.Sprint(threads(r)[0]["id"])
	thread, at := all+"/"+id, "/clarifications/"+id

	// The team brings files while the question waits; nobody else, and of the charter's types alone.
	s.names("sec", at, "survey.pdf", aPDF(2000), "403 not-in-the-team")
	s.names("eve", at, "survey.pdf", aPDF(2000), "404 not-found")
	program := "MZ" + strings.Repeat("x", 2000)
	exe := "/attachments/" + s.names("ed", at, "survey.pdf", program, "201").at("id")
	s.part("ed", exe, 0, program, "422 file-type-not-taken")
	s.ask("ed", "POST", exe+"/removal", "", "204")
	survey := s.attaches("ed", at, "survey.pdf", aPDF(2000), "200")
	s.ask("sec", "GET", survey, "", "404 not-found") // it is theirs until the answer is given
	s.ask("applicant-qm", "GET", survey, "", "200")
	wrong := s.attaches("ed", at, "wrong.pdf", aPDF(2001), "200")
	s.ask("applicant-qm", "POST", wrong+"/removal", "", "204")
	late := "/attachments/" + s.names("ed", at, "annex.pdf", aPDF(3000), "201").at("id")
	s.ask("applicant-qm", "POST", thread+"/answers", say("The survey."), "409 file-not-arrived")
	s.ask("ed", "POST", late+"/removal", "", "204")
	r = s.ask("applicant-qm", "POST", thread+"/answers", say("The survey."), "200")
	files := func(r reply, n int) string {
		return fmt.Sprint(threads(r)[0]["entries"].([]any)[n].(map[string]any)["files"])
	}
	if got := files(r, 1); !strings.Contains(got, "survey.pdf") || strings.Contains(got, "wrong") || strings.Contains(got, "annex") || files(r, 0) != "[]" {
		t.Errorf("answered with %s", r.raw)
	}
	for who, want := range map[string]string{"sec": "200", "max": "200", "focal-qm": "200", "ed": "200", "rita": "404 not-found", "eve": "404 not-found", "": "404 not-found"} {
		s.ask(who, "GET", survey, "", want)
		s.ask(who, "GET", survey+"/content", "", want)
	}
	s.ask("ed", "POST", survey+"/removal", "", "409 clarification-not-waiting")

	// The next answer of the thread has its own; those of the first stay with it, whatever is taken away.
	s.names("ed", at, "more.pdf", aPDF(4000), "409 clarification-not-waiting")
	s.ask("sec", "POST", thread+"/questions", say("And the year before?"), "200")
	s.attaches("ed", at, "before.pdf", aPDF(2500), "200")
	s.ask("ed", "POST", survey+"/removal", "", "204")
	r = s.ask("applicant-qm", "POST", thread+"/answers", say("That one."), "200")
	if first, second := files(r, 1), files(r, 3); !strings.Contains(first, "survey.pdf") || strings.Contains(second, "survey") || !strings.Contains(second, "before.pdf") {
		t.Errorf("answered with %s", r.raw)
	}
	s.ask("max", "GET", survey+"/content", "", "200")
	must(t, s.Store.SweepFiles(t.Context()))
	s.ask("max", "GET", survey+"/content", "", "200")
	if err := s.DB.Exec(`DELETE FROM clarification_files`).Error; err == nil {
		t.Error("an answer can lose its files")
	}
}

// Whoever owes an answer or advice that is overdue is asked for it again: on the first day
// after, and every so many by the charter, once a day; so is the secretariat told.
func TestOverdueAnswersAndAdviceAreRemindedOf(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.submitted(call, "QM")
	other := s.submitted(call, "QN")
	s.person("eve", "applicant", "ILO", "un") // works on it for a partner
	s.person("may", "applicant", "ILO", "un") // of the partner, and not on this
	s.person("una", "expert", "UNICEF", "un")
	s.person("uno", "expert", "UNICEF", "un")
	s.ask("applicant-qm", "POST", p+"/team", fmt.Sprintf(`{"email":"eve@example.org","name":"","organisation":%q,"role":"reader"}`, s.orgs["ILO"]), "201")
	say := func(text string) string { return fmt.Sprintf(`{"language":"en","text":%q}`, text) }
	r := s.ask("sec", "POST", p+"/clarifications", say("Who pays?"), "200")
	s.ask("sec", "POST", other+"/clarifications", say("Who pays?"), "200")
	thread := p + "/clarifications/" + fmt.Sprint(threads(r)[0]["id"])
	s.ask("sec", "POST", p+"/advice", fmt.Sprintf(`{"organisation":%q,"person":%q,"language":"en","text":"Is it sound?"}`, s.orgs["UNICEF"], s.ids["una"]), "200")
	count := func(who, kind string) (n int) {
		for _, x := range s.told(who) {
			if x == kind {
				n++
			}
		}
		return n
	}
	if count("eve", "clarification-asked") != 1 || count("may", "clarification-asked") != 0 {
		t.Errorf("the partner's are told %v and %v", s.told("eve"), s.told("may"))
	}
	all := func(when string, answer, advice int) {
		t.Helper()
		must(t, s.Store.RemindReview(t.Context()))
		must(t, s.Store.RemindReview(t.Context()))
		for who, kind := range map[string]string{"applicant-qm": "clarification-overdue", "eve": "clarification-overdue", "una": "advice-overdue"} {
			want := answer
			if who == "una" {
				want = advice
			}
			if got := count(who, kind); got != want {
				t.Errorf("%s: %s was reminded %d times, not %d", when, who, got, want)
			}
		}
		for _, who := range []string{"may", "uno", "focal-qm"} {
			if count(who, "clarification-overdue")+count(who, "advice-overdue") != 0 {
				t.Errorf("%s: %s was told %v", when, who, s.told(who))
			}
		}
	}
	all("at once", 0, 0)
	s.days(12)
	all("when both are overdue, though no first day", 0, 0)
	for range 14 { // one of fourteen days is a day on which it is asked for again
		s.days(1)
		must(t, s.Store.RemindReview(t.Context()))
	}
	all("in the time of the charter", 1, 1)
	if count("sec", "clarification-overdue") != 2 || count("sec", "advice-overdue") != 1 {
		t.Errorf("the secretariat was told %v", s.told("sec"))
	}
	list := s.ask("una", "GET", "/notices", "", "200").JSON()["notices"].([]any)[0].(map[string]any)["subject"].(map[string]any)
	if list["kind"] != "advice" {
		t.Errorf("an expert's reminder leads to %v", list)
	}
	s.ask("applicant-qm", "POST", thread+"/answers", say("The employers."), "200")
	one := "/advice-requests/" + fmt.Sprint(s.ask("una", "GET", "/advice-requests", "", "200").List()[0]["id"])
	s.ask("una", "POST", one+"/declining", say("No time."), "200")
	for range 28 {
		s.days(1)
		must(t, s.Store.RemindReview(t.Context()))
	}
	all("once it was answered and declined", 1, 1)
	if count("applicant-qn", "clarification-overdue") < 2 {
		t.Errorf("the one that waits is reminded of %d times", count("applicant-qn", "clarification-overdue"))
	}
}
