package api

import (
	"fmt"
	"strings"
	"testing"
)

// conditioned is a programme of IOM (600,000, convening) and ILO (400,000) whose grant
// was adopted on conditions: one before any money, one before a later tranche, one
// with a day, and one that holds nothing.
func (s *story) conditioned(meeting string) (jp string, conditions func() []map[string]any) {
	s.t.Helper()
	s.joint(meeting) // its people
	s.pot("unearmarked", "900000.00")
	code := s.adopt(meeting, grantOf(s.noted(s.openCall(), "QX", "IOM 600000.00", "ILO 300000.00"), fmt.Sprintf(`,"conditions":[
		{"text":"The host agreement is signed.","due":"first-transfer","blocking":true},
		{"text":"ILO files its child protection policy.","organisation":%q,"due":"later-transfer","blocking":true},
		{"text":"A baseline survey is made.","due":"day","due_on":"2026-06-30","blocking":true},
		{"text":"The logo is shown.","due":"day","due_on":"2026-04-30","blocking":false}]`, s.org("ILO", "un")))).at("programme")
	for _, p := range s.ask("", "GET", "/programmes", "", "200").List() {
		if p["code"] == code {
			jp = "/programmes/" + p["id"].(string)
		}
	}
	return jp, func() []map[string]any {
		s.t.Helper()
		return s.ask("sec", "GET", jp+"/conditions", "", "200").List()
	}
}

func claimed(text string) string { return fmt.Sprintf(`{"text":%q,"language":"en"}`, text) }

func wordOn(outcome, text string) string {
	return fmt.Sprintf(`{"outcome":%q,"text":%q,"language":"en"}`, outcome, text)
}

// fulfil takes a condition from its claim to its confirmation.
func (s *story) fulfil(who string, condition map[string]any) {
	s.t.Helper()
	path := "/conditions/" + condition["id"].(string)
	r := s.ask(who, "POST", path+"/claim", claimed("It is done."), "200", ifMatch(fmt.Sprintf(`"%v"`, condition["version"])))
	s.ask("sec", "POST", path+"/finding", wordOn("confirmed", ""), "200", ifMatch(r.tag()))
}

func TestAGrantIsMadeOnConditions(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "900000.00")
	proposal := s.noted(s.openCall(), "QX", "IOM 600000.00", "ILO 300000.00")
	for _, c := range []struct{ conditions, want string }{
		{`{"text":" ","due":"day","blocking":true}`, "422 required"},
		{`{"text":"x","due":"some-day","blocking":true}`, "422 unknown-value"},
		{`{"text":"x","due":"","blocking":true}`, "422 required"},
		{fmt.Sprintf(`{"text":"x","due":"first-transfer","blocking":true,"organisation":%q}`, s.org("UNDP", "un")), "422 not-a-participating-organisation"},
		{strings.TrimSuffix(strings.Repeat(`{"text":"x","due":"first-transfer","blocking":true},`, 31), ","), "422 too-many-entries"},
	} {
		s.ask("sec", "POST", meeting+"/questions", grantOf(proposal, `,"conditions":[`+c.conditions+`]`), c.want)
	}
	s.ask("sec", "POST", meeting+"/questions", strings.Replace(policyVote, "}", `,"conditions":[{"text":"x","due":"first-transfer","blocking":true}]}`, 1), "422 conditions-without-programme")
	q := s.listed(meeting, grantOf(proposal, `,"conditions":[{"text":"The host agreement is signed.","due":"first-transfer","due_on":"2026-05-01","blocking":true}]`))
	if v := s.ask("donors-1", "GET", q, "", "200"); !strings.Contains(string(v.raw), `"conditions":[{"text":"The host agreement is signed.","organisation":"","due":"first-transfer","due_on":null,"blocking":true}]`) {
		t.Errorf("the item reads %s", v.raw)
	}
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("stakeholders-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	if r := s.ask("aud", "GET", "/decisions/"+number, "", "200"); !strings.Contains(r.at("record"), `"conditions":[{"blocking":true,"due":"first-transfer"`) {
		t.Errorf("the record is %s", r.at("record"))
	}
}

func TestABlockingConditionHoldsTransfers(t *testing.T) {
	s, meeting := bodyOf13(t)
	jp, conditions := s.conditioned(meeting)
	s.mou("IOM")
	s.mou("ILO")
	ask := func(org, amount, want string) reply {
		t.Helper()
		return s.ask("sec", "POST", jp+"/transfer-requests", fmt.Sprintf(`{"organisation":%q,"amount":%s}`, s.org(org, "un"), usd(amount)), want)
	}
	r := ask("IOM", "100000.00", "409 condition-open")
	if !strings.Contains(string(r.raw), "/C1") || strings.Contains(string(r.raw), "/C2") || !strings.Contains(string(r.raw), "The host agreement is signed.") {
		t.Errorf("refused with %s", r.raw)
	}

	// Who has to fulfil it says so; the secretariat confirms; the wrong people do neither.
	c := conditions()
	if len(c) != 4 || c[0]["state"] != "open" || c[0]["organisation"] != "IOM" || c[1]["organisation"] != "ILO" {
		t.Fatalf("the conditions are %v", c)
	}
	if open := s.ask("", "GET", "/conditions", "", "200").List(); len(open) != 4 || open[0]["title"] == "" {
		t.Errorf("open are %v", open)
	}
	first, ilo := "/conditions/"+c[0]["id"].(string), "/conditions/"+c[1]["id"].(string)
	s.person("vera", "applicant", "PMU-QM", "un") // applies elsewhere
	for _, x := range []struct{ who, path, body, tag, want string }{
		{"", first, claimed("Signed."), `"1"`, "401 sign-in-first"},
		{"sec", first, claimed("Signed."), `"1"`, "403 not-permitted"},
		{"pia", first, claimed("Signed."), `"1"`, "403 not-permitted"},
		{"vera", first, claimed("Signed."), `"1"`, "403 condition-of-others"},
		{"olga", first, claimed("Signed."), `"1"`, "403 condition-of-others"}, // ILO takes part, and IOM convenes
		{"otto", ilo, claimed("Filed."), `"1"`, "403 condition-of-others"},
		{"otto", first, claimed("Signed."), "", "428 say-which-version"},
		{"otto", first, claimed("Signed."), `"7"`, "412 changed-since"},
		{"otto", first, claimed(" "), `"1"`, "422 required"},
	} {
		tag := ifMatch(x.tag)
		if x.tag == "" {
			s.ask(x.who, "POST", x.path+"/claim", x.body, x.want)
			continue
		}
		s.ask(x.who, "POST", x.path+"/claim", x.body, x.want, tag)
	}
	s.ask("sec", "POST", first+"/finding", wordOn("confirmed", ""), "409 condition-state", ifMatch(`"1"`))
	for who, want := range map[string]bool{"otto": true, "olga": false, "applicant-qx": true, "sec": false} {
		if got := strings.Contains(string(s.ask(who, "GET", "/tasks", "", "200").raw), `"ref":"`+c[0]["ref"].(string)+`"`); got != want {
			t.Errorf("%s has to fulfil C1: %t", who, got)
		}
	}
	x := s.ask("otto", "POST", first+"/claim", claimed("It was signed on Monday."), "200", ifMatch(`"1"`))
	s.ask("otto", "POST", first+"/claim", claimed("Again."), "409 condition-state", ifMatch(x.tag()))
	if w := s.ask("sec", "GET", "/tasks", "", "200"); !strings.Contains(string(w.raw), `"condition.find"`) {
		t.Errorf("the secretariat's tasks are %s", w.raw)
	}
	ask("IOM", "100000.00", "409 condition-open") // what is only said is open
	s.ask("otto", "POST", first+"/finding", wordOn("confirmed", ""), "403 not-permitted", ifMatch(x.tag()))
	s.person("sue", "secretariat", "IOM", "un")
	s.workedOn(jp, "sue", "")
	for who, want := range map[string]bool{"sue": false, "sec": true} {
		if got := strings.Contains(string(s.ask(who, "GET", jp+"/conditions", "", "200").raw), "condition.find"); got != want {
			t.Errorf("finding is offered to %s: %t", who, got)
		}
	}
	s.ask("sue", "POST", first+"/finding", wordOn("confirmed", ""), "403 worked-on-it", ifMatch(x.tag()))
	s.ask("sec", "POST", first+"/finding", wordOn("perhaps", ""), "422 unknown-value", ifMatch(x.tag()))
	s.ask("sec", "POST", first+"/finding", wordOn("returned", ""), "422 required", ifMatch(x.tag()))
	x = s.ask("sec", "POST", first+"/finding", wordOn("returned", "The annex is missing."), "200", ifMatch(x.tag()))
	if p := s.ask("", "GET", jp+"/conditions", "", "200"); strings.Contains(string(p.raw), "annex") || !strings.Contains(string(p.raw), "host agreement") {
		t.Errorf("everybody reads %s", p.raw)
	}
	if p := s.ask("otto", "GET", jp+"/conditions", "", "200"); !strings.Contains(string(p.raw), "annex") {
		t.Errorf("who has to fulfil it reads %s", p.raw)
	}
	x = s.ask("applicant-qx", "POST", first+"/claim", claimed("With its annex."), "200", ifMatch(x.tag()))
	x = s.ask("sec", "POST", first+"/finding", wordOn("confirmed", "Seen."), "200", ifMatch(x.tag()))
	if x.at("state") != "fulfilled" || len(x.JSON()["steps"].([]any)) != 4 {
		t.Errorf("fulfilled as %s", x.raw)
	}

	// The first tranche of each goes; a second waits for what is due before it.
	s.paid(jp, "ILO", "100000.00")
	s.paid(jp, "IOM", "100000.00")
	if r := ask("ILO", "100000.00", "409 condition-open"); !strings.Contains(string(r.raw), "/C2") || strings.Contains(string(r.raw), "/C1") {
		t.Errorf("refused with %s", r.raw)
	}
	s.fulfil("olga", conditions()[1])

	// One with a day holds from the day after; a request made before waits at the signature.
	s.Clock.Add(s.until("2026-06-30"))
	r = ask("ILO", "100000.00", "201")
	s.Clock.Add(s.until("2026-07-01"))
	path := "/transfer-requests/" + r.at("id")
	if v := s.ask("chair", "GET", path, "", "200"); v.at("held") == "" || !strings.Contains(v.at("missing"), "condition-open") || strings.Contains(v.at("may"), "transfer.sign") {
		t.Errorf("held, it reads %s", v.raw)
	}
	s.ask("chair", "POST", path+"/signature", "", "409 condition-open", ifMatch(r.tag()))
	if c := conditions(); c[2]["overdue"] != true || c[3]["overdue"] != true {
		t.Errorf("overdue: %v", c)
	}
	s.fulfil("otto", conditions()[2])
	s.ask("chair", "POST", path+"/signature", "", "200", ifMatch(r.tag()))
	// What holds nothing stays open and overdue, and money moves.
	if c := conditions(); c[3]["state"] != "open" {
		t.Errorf("open: %v", c[3])
	}
}

// The body alone does without a condition, by a question that names it.
func TestTheBodyWaivesACondition(t *testing.T) {
	s, meeting := bodyOf13(t)
	jp, conditions := s.conditioned(meeting)
	s.mou("IOM")
	c := conditions()
	waiver := func(id any) string {
		return strings.Replace(revisionOf(fmt.Sprint(id)), `"change"`, `"waives"`, 1)
	}
	s.ask("sec", "POST", meeting+"/questions", waiver(jp[len("/programmes/"):]), "422 unknown-value")
	q := s.listed(meeting, waiver(c[0]["id"]))
	s.ask("sec", "POST", meeting+"/questions", waiver(c[0]["id"]), "409 waiver-on-an-agenda")
	if v := s.ask("donors-1", "GET", q, "", "200"); v.at("waives", "ref") != c[0]["ref"] {
		t.Errorf("the item reads %s", v.raw)
	}
	if v := conditions()[0]; v["agenda"] == nil || strings.Contains(fmt.Sprint(v["may"]), "question.list") {
		t.Errorf("on an agenda: %v", v)
	}
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("stakeholders-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	r := s.ask("chair", "POST", q+"/decision", `{}`, "201")
	if v := conditions()[0]; v["state"] != "waived" || v["waiver"] != r.at("number") {
		t.Errorf("waived: %v", v)
	}
	if r.at("programme") == "" || s.ask("", "GET", "/decisions/"+r.at("number"), "", "200").at("programme") != r.at("programme") {
		t.Errorf("the decision is %s", r.raw)
	}
	s.ask("otto", "POST", "/conditions/"+c[0]["id"].(string)+"/claim", claimed("Done."), "409 condition-state", ifMatch(`"2"`))
	s.ask("sec", "POST", meeting+"/questions", waiver(c[0]["id"]), "409 condition-state")
	s.paid(jp, "IOM", "100000.00")

	// A fulfilled one needs no waiver: a question about it that waits lapses.
	q = s.listed(meeting, waiver(c[1]["id"]))
	s.fulfil("olga", conditions()[1])
	s.ask("chair", "POST", q+"/opening", "", "409 condition-state")
}

// Files that show it come with a claim, and stand with it.
func TestAClaimBringsItsFiles(t *testing.T) {
	s, meeting := bodyOf13(t)
	_, conditions := s.conditioned(meeting)
	c := conditions()[0]
	id := c["id"].(string)
	s.names("olga", "/conditions/"+id, "agreement.pdf", aPDF(2000), "403 condition-of-others")
	a := strings.TrimPrefix(s.attaches("otto", "/conditions/"+id, "agreement.pdf", aPDF(2000), "200"), "/attachments/")
	x := s.ask("otto", "POST", "/conditions/"+id+"/claim", claimed("Signed."), "200", ifMatch(`"1"`))
	if !strings.Contains(string(x.raw), "agreement.pdf") {
		t.Errorf("claimed with %s", x.raw)
	}
	s.ask("otto", "POST", "/attachments/"+a+"/removal", "", "409 condition-state")
	s.ask("sec", "GET", "/attachments/"+a, "", "200")
	s.ask("aud", "GET", "/attachments/"+a+"/content", "", "200")
	s.ask("", "GET", "/attachments/"+a, "", "404 not-found")
}

func TestConditionsAreRemindedOf(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.conditioned(meeting)
	told := func(who, kind string) (n int) {
		for _, x := range s.ask(who, "GET", "/notices", "", "200").JSON()["notices"].([]any) {
			if x.(map[string]any)["kind"] == kind {
				n++
			}
		}
		return n
	}
	s.Clock.Add(s.until("2026-04-23")) // seven days before the logo's
	must(t, s.Store.RemindConditions(t.Context()))
	must(t, s.Store.RemindConditions(t.Context()))
	if told("otto", "condition-due") != 1 || told("olga", "condition-due") != 0 || told("applicant-qx", "condition-due") != 1 || told("sec", "condition-due") != 0 {
		t.Errorf("reminded: otto %d, olga %d, sec %d", told("otto", "condition-due"), told("olga", "condition-due"), told("sec", "condition-due"))
	}
	s.Clock.Add(s.until("2026-05-01"))
	must(t, s.Store.RemindConditions(t.Context()))
	if told("otto", "condition-overdue") != 1 || told("sec", "condition-overdue") != 1 {
		t.Errorf("overdue: otto %d, sec %d", told("otto", "condition-overdue"), told("sec", "condition-overdue"))
	}
}

// The public page of a programme says all of it that everybody may know, in six
// languages, and weighs little.
func TestAProgrammeHasItsPublicPage(t *testing.T) {
	s, meeting := bodyOf13(t)
	jp, conditions := s.conditioned(meeting)
	s.mou("IOM")
	s.fulfil("otto", conditions()[0])
	s.paid(jp, "IOM", "100000.00")
	p := s.ask("", "GET", jp, "", "200")
	for _, lang := range languages {
		got := s.page("/"+lang+"/programmes/"+p.at("code"), lang)
		body := string(got.raw)
		if got.status != 200 || len(got.raw) > 25*1024 {
			t.Errorf("in %s: %d, %d bytes\n%s", lang, got.status, len(got.raw), body)
		}
		for _, want := range []string{`<html lang="` + lang + `"`, p.at("title"), "The host agreement is signed.", "/vouchers/", "/decisions/" + p.at("decision"), p.at("code") + "/C4"} {
			if !strings.Contains(body, want) {
				t.Errorf("in %s it lacks %q", lang, want)
			}
		}
		if strings.Contains(body, "It is done.") {
			t.Errorf("in %s everybody reads a claim", lang)
		}
	}
	if body := string(s.page("/en/programmes/"+p.at("code"), "en").raw); !strings.Contains(body, "100,000.00") || !strings.Contains(body, "600,000.00") || !strings.Contains(body, "Fulfilled") {
		t.Errorf("the page reads\n%s", body)
	}
	if s.page("/en/programmes/JP-1999-001", "en").status != 404 || !strings.Contains(string(s.page("/en/programmes", "en").raw), "/en/programmes/"+p.at("code")) {
		t.Error("what is nowhere has a page, or the list does not lead there")
	}
	if body := string(s.page("/fr/decisions/"+p.at("decision"), "fr").raw); !strings.Contains(body, "The logo is shown.") {
		t.Errorf("the decision's page reads\n%s", body)
	}
	b := s.ask("", "GET", jp+"/books", "", "200")
	if !strings.Contains(string(b.raw), `"transferred":{"amount":"100000.00"`) || !strings.Contains(string(b.raw), `"what":"allocated"`) {
		t.Errorf("the books read %s", b.raw)
	}
	s.ask("", "GET", "/programmes/"+conditions()[0]["id"].(string)+"/books", "", "404 not-found")
}
