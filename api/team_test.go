package api

import (
	"fmt"
	"strings"
	"testing"
)

// Several people work on one proposal, each with their part; nobody's leaving
// strands it, and who had no part sees nothing of it.
func TestATeamWorksOnAProposal(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("ana", "applicant", "IOM", "un")
	s.person("ben", "applicant", "IOM", "un")
	s.person("cleo", "applicant", "IOM", "un")
	s.person("eve", "applicant", "ILO", "un")
	s.person("zed", "applicant", "WHO", "un")
	s.person("fara", "focal-point", "QM", "state")
	s.person("aud", "auditor", "OIOS", "un")
	s.person("max", "member", "XD", "state")
	note := s.note("QM") // IOM and ILO have shares
	r := s.ask("ana", "POST", call+"/proposals", text(note), "201")
	p := "/proposals/" + r.at("id")
	of := func(who string) string { return s.ids[who].String() }
	roles := func(who string) string {
		var all []string
		for _, m := range s.ask(who, "GET", p+"/team", "", "200").JSON()["members"].([]any) {
			all = append(all, fmt.Sprint(m.(map[string]any)["name"], " ", m.(map[string]any)["role"]))
		}
		return strings.Join(all, ", ")
	}
	save := func(who, want string) {
		s.ask(who, "PUT", p, text(note), want, ifMatch(s.ask("ana", "GET", p, "", "200").tag()))
	}

	// Who began it leads it; a colleague reads, and joins to write.
	if got := roles("ana"); got != "ana lead" {
		t.Errorf("the team: %s", got)
	}
	if may := s.ask("ben", "GET", p, "", "200").at("may"); may != "[]" {
		t.Errorf("a colleague may %s", may)
	}
	save("ben", "403 not-in-the-team")
	s.ask("ben", "POST", p+"/submission", "", "403 not-in-the-team")
	s.ask("ben", "POST", p+"/withdrawal", "", "403 not-in-the-team")
	s.ask("zed", "POST", p+"/team-joining", "", "404 not-found")
	s.ask("eve", "GET", p+"/team", "", "404 not-found")
	s.ask("max", "GET", p+"/team", "", "403 not-permitted")
	s.ask("aud", "GET", p+"/team", "", "200")
	s.ask("ben", "POST", p+"/team-joining", "", "200")
	s.ask("ben", "POST", p+"/team-joining", "", "409 in-the-team-already")
	save("ben", "200")
	s.ask("ben", "POST", p+"/submission", "", "403 not-your-part")

	// By invitation: the lead's, of the submitter and of those with a share.
	invite := func(email, name, org, role string) string {
		return fmt.Sprintf(`{"email":"%s","name":"%s","organisation":"%s","role":"%s"}`, email, name, s.orgs[org], role)
	}
	s.ask("ben", "POST", p+"/team", invite("eve@example.org", "", "ILO", "finance"), "403 not-your-part")
	s.ask("ana", "POST", p+"/team", invite("eve@example.org", "", "WHO", "boss"), "422 organisation-takes-no-part")
	s.ask("ana", "POST", p+"/team", invite("eve@example.org", "", "ILO", "lead"), "422 unknown-value")
	s.ask("ana", "POST", p+"/team", invite("eve", "", "ILO", "finance"), "422 bad-email")
	s.ask("ana", "POST", p+"/team", invite("zed@example.org", "", "ILO", "finance"), "409 no-applicant-of-that-organisation")
	s.ask("ana", "POST", p+"/team", invite("new@example.org", "New", "ILO", "finance"), "409 no-applicant-of-that-organisation")
	s.ask("ana", "POST", p+"/team", invite("eve@example.org", "", "ILO", "finance"), "201")
	s.ask("ana", "POST", p+"/team", invite("eve@example.org", "", "ILO", "reader"), "409 in-the-team-already")
	s.wasTold("eve", "team-invited")
	if n := len(s.ask("eve", "GET", "/proposals", "", "200").List()); n != 1 {
		t.Errorf("the guest lists %d", n)
	}
	if n := len(s.ask("zed", "GET", "/proposals", "", "200").List()); n != 0 {
		t.Errorf("a stranger lists %d", n)
	}

	// Finance changes amounts, and no word.
	note["shares"].([]map[string]any)[1]["amount"] = map[string]string{"amount": "450000.00", "currency": "USD"}
	save("eve", "200")
	note["title"] = "Another title"
	save("eve", "403 finance-changes-money-only")
	save("ben", "200")
	s.ask("ana", "POST", p+"/team/"+of("eve")+"/role", `{"role":"reader"}`, "200")
	save("eve", "403 not-your-part")
	s.ask("ana", "POST", p+"/team/"+of("eve")+"/role", `{"role":"lead"}`, "422 unknown-value")
	s.ask("ana", "POST", p+"/team/"+of("zed")+"/role", `{"role":"reader"}`, "404 not-found")
	s.ask("eve", "POST", p+"/team/"+of("ben")+"/role", `{"role":"reader"}`, "403 not-your-part")
	s.ask("ana", "POST", p+"/team/"+of("ana")+"/role", `{"role":"reader"}`, "409 lead-hands-over-first")

	// Somebody new of one's own organisation is made known to the fund by it.
	fresh := s.ask("ana", "POST", p+"/team", invite("nia@example.org", "Nia", "IOM", "editor"), "201")
	s.ask("", "POST", "/invitation", fmt.Sprintf(`{"token":%q,"password":%q}`, fresh.at("token"), goodPassword), "204")
	if in := s.enters("nia"); in.at("hat", "role") != "applicant" {
		t.Errorf("the new one enters as %s", in.raw)
	}
	save("nia", "200")
	if again := s.ask("ana", "POST", p+"/team", invite("cleo@example.org", "", "IOM", "reader"), "201"); again.JSON()["token"] != nil {
		t.Error("the link of somebody known was told")
	}

	// The lead does not walk away; it is handed over within the submitter.
	s.ask("ana", "POST", p+"/team-leaving", "", "409 lead-hands-over-first")
	s.ask("ana", "POST", p+"/team/"+of("eve")+"/lead", "", "409 lead-is-of-the-submitter")
	s.ask("ana", "POST", p+"/team/"+of("zed")+"/lead", "", "404 not-found")
	s.ask("ben", "POST", p+"/team/"+of("ben")+"/lead", "", "403 not-your-part")
	s.ask("ana", "POST", p+"/team/"+of("ben")+"/lead", "", "200")
	s.wasTold("ben", "team-lead-given")
	s.ask("ana", "POST", p+"/withdrawal", "", "403 not-your-part")
	s.ask("ana", "POST", p+"/team-leaving", "", "204")
	s.ask("ana", "POST", p+"/team-joining", "", "200")
	s.ask("eve", "POST", p+"/team-leaving", "", "204")
	s.ask("eve", "GET", p, "", "404 not-found")

	// Taken out, one comes back by invitation; an absent lead is replaced by a
	// colleague, with a reason.
	s.ask("ben", "POST", p+"/team/"+of("cleo")+"/removal", "", "200")
	s.ask("cleo", "POST", p+"/team-joining", "", "403 removed-from-the-team")
	s.ask("cleo", "POST", p+"/team-taking-over", `{"reason":" "}`, "422 required")
	s.ask("eve", "POST", p+"/team-taking-over", `{"reason":"Why not."}`, "404 not-found")
	must(t, s.DB.Exec(`UPDATE memberships SET term = '[2020-01-01,2026-03-02)' WHERE person = ?`, s.ids["ben"]).Error)
	s.ask("cleo", "POST", p+"/team-taking-over", `{"reason":"Ben has left IOM."}`, "200")
	s.ask("cleo", "POST", p+"/team-taking-over", `{"reason":"Again."}`, "409 in-the-team-already")
	if got := roles("cleo"); !strings.HasPrefix(got, "cleo lead") || !strings.Contains(got, "ben editor") {
		t.Errorf("taken over: %s", got)
	}
	if got := s.ask("aud", "GET", p+"/team", "", "200"); !strings.Contains(got.at("entries"), "Ben has left IOM.") {
		t.Errorf("the record: %s", got.raw)
	}
	r = s.ask("cleo", "GET", p, "", "200")
	s.ask("fara", "POST", p+"/endorsement", `{}`, "200", ifMatch(r.tag()))
	s.ask("cleo", "POST", p+"/submission", "", "201")
}

// Each act on a draft asks what one does on it: a reader changes nothing, finance
// what is asked and budgeted alone.
func TestReadersAndFinanceAreRefusedWhatIsNotTheirs(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("ana", "applicant", "IOM", "un")
	s.person("rae", "applicant", "IOM", "un")
	s.person("fin", "applicant", "IOM", "un")
	note := s.note("QM")
	r := s.ask("ana", "POST", call+"/proposals", text(note), "201")
	p, from := "/proposals/"+r.at("id"), s.ask("ana", "POST", call+"/proposals", text(note), "201").at("id")
	for who, role := range map[string]string{"rae": "reader", "fin": "finance"} {
		s.ask("ana", "POST", p+"/team", fmt.Sprintf(`{"email":"%s@example.org","organisation":"%s","role":"%s"}`, who, s.orgs["IOM"], role), "201")
	}
	tag := func() string { return s.ask("ana", "GET", p, "", "200").tag() }
	sheet := s.ask("ana", "GET", p+"/budget-sheet?format=csv", "", "200").raw
	upload := func(who, want string) {
		s.ask(who, "POST", p+"/budget-sheet", string(sheet), want, key(""), octets)
	}
	copied := fmt.Sprintf(`{"from":%q,"sections":["summary"]}`, from)
	hash := s.ask("ana", "GET", p+"/endorsements", "", "200").at("hash")
	paper := fmt.Sprintf(`{"kind":"endorsement","state":"%s","content_hash":"%s","signer":"A","title":"B","body":"C","signed_on":"2026-03-01","reference":"D","document_hash":"%s"}`, s.orgs["QM"], hash, scan)
	for _, who := range []string{"rae", "fin"} {
		s.names(who, p, "annex.pdf", aScan, "403 not-your-part")
		s.ask(who, "POST", p+"/copying", copied, "403 not-your-part", ifMatch(tag()))
		s.ask(who, "POST", p+"/papers", paper, "403 not-your-part")
		s.ask(who, "POST", p+"/submission", "", "403 not-your-part")
		s.ask(who, "POST", p+"/withdrawal", "", "403 not-your-part")
	}
	upload("rae", "403 not-your-part")
	upload("fin", "200")
	s.ask("rae", "PUT", p, text(note), "403 not-your-part", ifMatch(tag()))
	s.ask("fin", "PUT", p, text(note), "200", ifMatch(tag()))
	if may := s.attachedTo("rae", p, "", "200").at("may"); may != "[]" {
		t.Errorf("a reader may %s", may)
	}
	s.attaches("ana", p, "annex.pdf", aScan, "200")
}
