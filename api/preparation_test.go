package api

import (
	"fmt"
	"strings"
	"testing"
)

// noted is an eligible concept note of a call in two stages, its people, and the
// question that selects it with so much to prepare its document.
func noted(t *testing.T) (s *story, meeting, path string, selects func(amount string) string) {
	s, meeting = bodyOf13(t)
	s.pot("unearmarked", "2000000.00")
	call := s.twoStages()
	s.person("ana", "applicant", "PMU-QM", "un")
	s.person("foc", "focal-point", "QM", "state")
	note := s.note("QM", "ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")
	note["answers"] = answersOf(t, conceptAnswers)
	r := s.ask("ana", "POST", call+"/proposals", text(note), "201")
	path = "/proposals/" + r.at("id")
	s.ask("foc", "POST", path+"/endorsement", `{"note":"NV 1"}`, "200", ifMatch(r.tag()))
	s.ask("ana", "POST", path+"/submission", "", "201")
	s.ask("sec", "POST", path+"/screening", allMet(1), "200")
	return s, meeting, path, func(amount string) string {
		return `{"kind": "pipeline", "procedure": "consensus", "title": "Selection", "text": "The body selects it, and pays for its document.", "language": "en", "proposal": "` +
			strings.TrimPrefix(path, "/proposals/") + `", "amount": ` + amount + `}`
	}
}

// A selected concept note is given money to write its document with: as much as the
// charter allows, to whoever convenes, allocated and paid as any other's, taken off
// the grant.
func TestPreparationMoneyIsTakenOffTheGrant(t *testing.T) {
	s, meeting, path, selects := noted(t)
	s.ask("sec", "POST", meeting+"/questions", selects(usd("10000.01")), "422 preparation-above-the-ceiling")
	s.ask("sec", "POST", meeting+"/questions", selects(`{"amount":"10.00","currency":"EUR"}`), "409 other-currency")
	s.ask("ana", "POST", meeting+"/questions", selects(usd("9000.00")), "403 not-permitted")
	s.adopted(meeting, selects(usd("9000.00")))
	ref := s.ask("ana", "GET", path, "", "200").at("ref")
	prep := fmt.Sprintf("fund:allocated:PREP-%s:ILO", ref)
	if got := s.held(prep); got != "9000.00" {
		t.Errorf("to prepare it %s is allocated", got)
	}
	if got := s.held("fund:available:unearmarked"); got != "1991000.00" {
		t.Errorf("%s is left", got)
	}
	list := s.ask("", "GET", "/programmes", "", "200").List()
	if len(list) != 1 || list[0]["preparation"] != true || list[0]["code"] != "PREP-"+ref {
		t.Fatalf("the programmes are %v", list)
	}
	p := "/programmes/" + list[0]["id"].(string)
	decision := s.ask("", "GET", "/decisions", "", "200").List()[0]
	if fmt.Sprint(decision["amount"]) != "map[amount:9000.00 currency:USD]" || decision["programme"] != "PREP-"+ref {
		t.Errorf("the decision says %v", decision)
	}
	for _, lang := range languages {
		if body := string(s.page("/"+lang+"/programmes/PREP-"+ref, lang).raw); !strings.Contains(body, "/decisions/") {
			t.Errorf("the page in %s does not name its decision", lang)
		}
	}

	// It is no programme: it neither starts nor changes, and reports nothing.
	s.ask("sec", "POST", p+"/start", `{"starts_on":null,"ends_on":null}`, "409 only-a-preparation", ifMatch(s.ask("sec", "GET", p, "", "200").tag()))
	s.ask("sec", "POST", p+"/change-requests", `{"kind":"suspension","reason":"Wait.","language":"en"}`, "409 only-a-preparation")

	// Some of it is paid; the rest waits, and none is paid twice.
	s.person("pia", "agent-preparer", "MPTFO", "agent")
	s.ask("pia", "POST", "/mous", fmt.Sprintf(`{"organisation":%q,"ref":"MOU-1","from":"2020-01-01"}`, s.orgs["ILO"]), "201")
	s.ask("sec", "POST", p+"/transfer-requests", fmt.Sprintf(`{"organisation":%q,"amount":%s,"purpose":"Writing"}`, s.orgs["ILO"], usd("9000.01")), "409 above-allocation")
	asked := s.ask("sec", "POST", p+"/transfer-requests", fmt.Sprintf(`{"organisation":%q,"amount":%s,"purpose":"Writing"}`, s.orgs["ILO"], usd("5000.00")), "201")

	// The grant is what was requested, without it.
	id := strings.TrimPrefix(path, "/proposals/")
	note := s.note("QM", "ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")
	note["answers"] = s.documentAnswers("QM", "ILO", "UNHCR", "UNWOMEN")
	note["budget"] = s.budgetOf("ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")
	r := s.ask("ana", "PUT", path, text(note), "200", ifMatch(s.ask("ana", "GET", path, "", "200").tag()))
	s.ask("foc", "POST", path+"/endorsement", `{"note":"NV 2"}`, "200", ifMatch(r.tag()))
	s.ask("ana", "POST", path+"/submission", "", "201")
	s.ask("sec", "POST", path+"/screening", allMet(2), "200")
	s.ask("sec", "POST", meeting+"/questions", grantOf(id, `, "amount": `+usd("1200000.00")), "422 grant-above-the-request")
	s.ask("sec", "POST", meeting+"/questions", selects(usd("1000.00")), "409 in-the-pipeline-already")
	s.adopted(meeting, grantOf(id, ""))
	if got := s.held("fund:allocated:JP-2026-001:ILO"); got != "691000.00" {
		t.Errorf("ILO's part of the grant is %s", got)
	}
	if got := s.ask("", "GET", p, "", "200").at("state"); got != "operationally-closed" {
		t.Errorf("its preparation is %s", got)
	}
	s.ask("sec", "POST", p+"/financial-closure", `{"statements":{},"reason":""}`, "409 payments-under-way")
	s.ask("sec", "POST", "/transfer-requests/"+asked.at("id")+"/withdrawal", "", "200", ifMatch(asked.tag()))
	s.ask("sec", "POST", p+"/financial-closure", `{"statements":{},"reason":""}`, "200") // what was not asked for comes back
	if got := s.held(prep); got != "0.00" {
		t.Errorf("after its books are closed %s stands allocated", got)
	}
}

// What is withdrawn or declined gives its preparation money back.
func TestPreparationMoneyComesBack(t *testing.T) {
	s, meeting, path, selects := noted(t)
	s.adopted(meeting, selects(usd("10000.00")))
	ref := s.ask("ana", "GET", path, "", "200").at("ref")
	s.ask("ana", "POST", path+"/withdrawal", "", "200")
	if got := s.held("fund:allocated:PREP-" + ref + ":ILO"); got != "0.00" {
		t.Errorf("of what is withdrawn %s stands allocated", got)
	}
	if got := s.held("fund:available:unearmarked"); got != "2000000.00" {
		t.Errorf("%s is available again", got)
	}
	if got := s.ask("", "GET", "/programmes", "", "200").List()[0]["state"]; got != "cancelled" {
		t.Errorf("its preparation is %v", got)
	}
}
