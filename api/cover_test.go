package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const signedCover = "/allocation/cover"

// signed is an agreement of so many instalments of an amount each, none of them paid.
func (s *story) signed(amount, whole string, n int) (path string) {
	s.t.Helper()
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(`{"due_on":"2027-%02d-01","amount":%s}`, i+1, usd(amount)))
	}
	a := s.ask("pia", "POST", "/agreements", fmt.Sprintf(`{"contributor":%q,"amount":%s,"signed_on":"2026-02-01","instalments":[%s]}`,
		s.org("QMR", "state"), usd(whole), strings.Join(list, ",")), "201")
	return "/agreements/" + a.at("id")
}

func (s *story) deposits(agreement, amount string) {
	s.t.Helper()
	s.ask("pia", "POST", agreement+"/deposits", fmt.Sprintf(`{"amount":%s,"received_on":"2026-03-01"}`, usd(amount)), "201")
}

// holds compares accounts with what they should have.
func (s *story) holds(want map[string]string) {
	s.t.Helper()
	for account, amount := range want {
		if got := s.held(account); got != amount {
			s.t.Errorf("%s holds %s, not %s", account, got, amount)
		}
	}
}

func (s *story) awaits(who string) string {
	s.t.Helper()
	var list []string
	for _, w := range s.ask(who, "GET", "/awaited-cover", "", "200").JSON()["waiting"].([]any) {
		line := w.(map[string]any)
		amount := func(of string) any { return line[of].(map[string]any)["amount"] }
		list = append(list, fmt.Sprint(line["organisation"], " ", line["earmark"], " ", amount("remaining"), " of ", amount("amount"), " ", amount("ready")))
	}
	return strings.Join(list, ", ")
}

func (s *story) coded(code string) string {
	s.t.Helper()
	for _, p := range s.ask("", "GET", "/programmes", "", "200").List() {
		if p["code"] == code {
			return "/programmes/" + p["id"].(string)
		}
	}
	s.t.Fatal("no programme", code)
	return ""
}

// Where the charter asks for cash, what is signed covers nothing.
func TestSignedInstalmentsDoNotCoverUnderACashCharter(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("pia", "agent-preparer", "AGENT", "agent")
	s.pot("area-2", "300000.00")
	s.signed("800000.00", "800000.00", 1)
	q := s.listed(meeting, grantOf(s.noted(s.openCall(), "QZ"), ""))
	s.ask("chair", "POST", q+"/opening", "", "200")
	r := s.ask("chair", "POST", q+"/decision", `{}`, "409 grant-not-covered")
	if !strings.Contains(string(r.raw), "300,000.00") {
		t.Errorf("%s", r.raw)
	}
}

// A grant beyond the cash is adopted on what is signed: the cash is allocated at once, the
// rest when it comes, and never more than was granted.
func TestAGrantIsCoveredBySignedInstalments(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("pia", "agent-preparer", "AGENT", "agent")
	s.under(meeting, signedCover, `"signed-instalments"`)
	s.pot("area-2", "300000.00")
	one := s.signed("300000.00", "600000.00", 2) // 594,000 without the fee
	proposal := s.noted(s.openCall(), "QZ")
	must(t, s.DB.Exec(`UPDATE proposals SET phase = 'document' WHERE id = ?`, proposal).Error)
	q := s.listed(meeting, grantOf(proposal, ""))
	s.ask("chair", "POST", q+"/opening", "", "200")
	if r := s.ask("chair", "POST", q+"/decision", `{}`, "409 grant-not-covered"); !strings.Contains(string(r.raw), "894,000.00") {
		t.Errorf("%s", r.raw)
	}
	two := s.signed("200000.00", "200000.00", 1)
	p := s.ask("sec", "GET", "/portfolio?chosen="+proposal, "", "200").JSON()
	chosen, pots := p["chosen"].([]any)[0].(map[string]any), fmt.Sprint(p["pots"])
	if chosen["fits"] != true || !strings.Contains(fmt.Sprint(chosen["awaits"]), "amount:700000.00") || !strings.Contains(pots, "signed:map[amount:792000.00") || !strings.Contains(pots, "awaited:map[amount:700000.00") {
		t.Errorf("the portfolio: %v, %v", chosen, pots)
	}
	must(t, s.DB.Exec(`UPDATE proposals SET phase = 'concept' WHERE id = ?`, proposal).Error)
	d := s.ask("chair", "POST", q+"/decision", `{}`, "201")
	jp, code := s.coded(d.at("programme")), d.at("programme")
	s.holds(map[string]string{"fund:allocated:" + code + ":IOM": "300000.00", "fund:allocated:" + code + ":ILO": "0.00", "fund:available:area-2": "0.00"})
	if got := s.awaits("donors-1"); got != "IOM unearmarked 300000.00 of 300000.00 0.00, ILO unearmarked 400000.00 of 400000.00 0.00" {
		t.Errorf("%s", got)
	}
	if b := s.ask("", "GET", jp+"/books", "", "200"); !strings.Contains(string(b.raw), `"awaiting":{"amount":"400000.00"`) {
		t.Errorf("%s", b.raw)
	}
	// Payment is from cash alone.
	s.ask("sec", "POST", jp+"/transfer-requests", fmt.Sprintf(`{"organisation":%q,"amount":%s}`, s.orgs["IOM"], usd("300000.01")), "409 above-allocation")
	s.ask("sec", "POST", jp+"/transfer-requests", fmt.Sprintf(`{"organisation":%q,"amount":%s}`, s.orgs["ILO"], usd("0.01")), "409 above-allocation")

	// The first money goes to it, and what is left of the signed is another grant's.
	s.deposits(one, "400000.00")
	s.holds(map[string]string{"fund:allocated:" + code + ":IOM": "600000.00", "fund:allocated:" + code + ":ILO": "96000.00", "fund:available:unearmarked": "0.00"})
	if got := s.awaits("pia"); got != "ILO unearmarked 304000.00 of 400000.00 0.00" {
		t.Errorf("%s", got)
	}
	if r := s.listed(meeting, grantOf(s.noted(s.openCall(), "QZ"), "")); true {
		s.ask("chair", "POST", r+"/opening", "", "200")
		if r := s.ask("chair", "POST", r+"/decision", `{}`, "409 grant-not-covered"); !strings.Contains(string(r.raw), "92,000.00") {
			t.Errorf("%s", r.raw)
		}
	}
	s.deposits(one, "200000.00")
	s.deposits(two, "200000.00")
	s.holds(map[string]string{"fund:allocated:" + code + ":ILO": "400000.00", "fund:available:unearmarked": "92000.00"})
	if got := s.awaits("aud"); got != "" {
		t.Errorf("%s", got)
	}
	s.allHolds()
}

// Money that comes another way than by a deposit is allocated by an act, and what a
// cancelled programme waited for is given up.
func TestWhatCameInIsAllocated(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("pia", "agent-preparer", "AGENT", "agent")
	s.person("rolf", "agent-releaser", "AGENT", "agent")
	s.person("otto", "organisation", "IOM", "un")
	s.under(meeting, signedCover, `"signed-instalments"`)
	s.signed("1100000.00", "1100000.00", 1)
	d := s.adopt(meeting, grantOf(s.noted(s.openCall(), "QZ"), ""))
	jp, code := s.coded(d.at("programme")), d.at("programme")
	s.holds(map[string]string{"fund:allocated:" + code + ":IOM": "0.00"})
	s.ask("sec", "POST", "/awaited-cover/allocation", "", "409 no-cover-came")
	s.pot("unearmarked", "650000.00")
	s.ask("donors-1", "POST", "/awaited-cover/allocation", "", "403 not-permitted")
	if r := s.ask("pia", "GET", "/awaited-cover", "", "200"); !strings.Contains(string(r.raw), `"may":["cover.allocate"]`) || s.awaits("pia") != "IOM unearmarked 600000.00 of 600000.00 600000.00, ILO unearmarked 400000.00 of 400000.00 50000.00" {
		t.Errorf("%s", r.raw)
	}
	s.ask("pia", "POST", "/awaited-cover/allocation", "", "200")
	s.ask("rolf", "POST", "/awaited-cover/allocation", "", "409 no-cover-came")
	s.holds(map[string]string{"fund:allocated:" + code + ":IOM": "600000.00", "fund:allocated:" + code + ":ILO": "50000.00", "fund:available:unearmarked": "0.00"})

	x := s.ask("sec", "POST", jp+"/change-requests", changeOf("cancellation", ""), "201")
	s.adopt(meeting, revisionOf(x.at("id")))
	s.holds(map[string]string{"fund:allocated:" + code + ":ILO": "0.00", "fund:available:unearmarked": "650000.00"})
	if got := s.awaits("sec"); got != "" {
		t.Errorf("%s", got)
	}
	s.allHolds()
}

// Two grants at once that one instalment covers: one is adopted.
func TestTwoGrantsOnOneInstalment(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("pia", "agent-preparer", "AGENT", "agent")
	s.under(meeting, signedCover, `"signed-instalments"`)
	s.signed("1500000.00", "1500000.00", 1)
	call := s.openCall()
	// The first waits after it has counted what is signed; the second would count the same.
	var questions []string
	for range 2 {
		q := s.listed(meeting, grantOf(s.noted(call, "QZ"), ""))
		s.ask("chair", "POST", q+"/opening", "", "200")
		questions = append(questions, q)
	}
	got := s.atOnce(2, `LOCK TABLE agreements IN EXCLUSIVE MODE`, func(i int) reply { return s.send("chair", "POST", questions[i]+"/decision", `{}`) })
	if got[http.StatusCreated] != 1 || got[http.StatusConflict] != 1 {
		t.Errorf("%v", got)
	}
	s.allHolds()
}

// Each question about what waits finds what it asks for.
func TestCheckFindsWhatIsWrongWithAwaitedCover(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("pia", "agent-preparer", "AGENT", "agent")
	s.under(meeting, signedCover, `"signed-instalments"`)
	a := s.signed("1100000.00", "1100000.00", 1)
	d := s.adopt(meeting, grantOf(s.noted(s.openCall(), "QZ"), ""))
	s.deposits(a, "100000.00")
	for _, c := range []struct{ code, breaks, mends string }{
		{"awaited-cover-adds-up", "UPDATE awaited_cover SET remaining = remaining - 1 WHERE n = 1", "UPDATE awaited_cover SET remaining = remaining + 1 WHERE n = 1"},
		{"awaited-cover-is-booked", "UPDATE awaited_cover_moves SET amount = amount + 1", "UPDATE awaited_cover_moves SET amount = amount - 1"},
		{"awaited-cover-is-signed", "UPDATE agreements SET amount = 900000", "UPDATE agreements SET amount = 1100000"},
		{"grants-are-allocated", "UPDATE awaited_cover SET remaining = remaining - 1 WHERE n = 1", "UPDATE awaited_cover SET remaining = remaining + 1 WHERE n = 1"},
		{"what-ended-awaits-nothing", "UPDATE programmes SET state = 'cancelled' WHERE code = '" + d.at("programme") + "'", "UPDATE programmes SET state = 'approved' WHERE code = '" + d.at("programme") + "'"},
	} {
		s.breaks(c.code, c.breaks, c.mends)
	}
}
