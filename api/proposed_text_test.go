package api

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// A member proposes another text; whoever presides takes it, and what was said of the
// one before is kept and counts no more.
func TestAnotherTextIsProposed(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	proposal := `{"text": "The body takes note of it.", "reason": "Nobody has read all of it."}`

	// While it is listed or open, by a seat of the roll, with a reason.
	s.ask("aud", "POST", q+"/texts", proposal, "403 not-permitted")
	s.ask("sec", "POST", q+"/texts", proposal, "422 required") // whose text it is
	s.ask("donors-1", "POST", q+"/texts", `{"text": "The body endorses it.", "reason": "x"}`, "422 text-unchanged")
	s.ask("donors-1", "POST", q+"/texts", `{"text": "The body takes note of it.", "reason": ""}`, "422 required")
	s.ask("donors-2", "POST", q+"/interests", `{"kind": "personal"}`, "201")
	s.ask("donors-2", "POST", q+"/texts", proposal, "403 recused")
	s.ask("donors-1", "POST", q+"/texts", proposal, "201", key("once"))
	s.ask("donors-1", "POST", q+"/texts", proposal, "201", key("once"))
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("sec", "POST", q+"/texts", fmt.Sprintf(`{"text": "The body defers it.", "reason": "Said in the room.", "seat": "%s"}`, s.ids["seat network-1"]), "201")
	for _, who := range []string{"donors-1", "donors-3", "recipients-1", "recipients-2", "network-1"} {
		s.ask(who, "POST", q+"/positions", `{"position": "no", "text_version": 1}`, "201")
	}
	if seen := s.ask("donors-2", "GET", q, "", "200"); strings.Contains(string(seen.raw), "takes note") {
		t.Errorf("the recused reads %s", seen.raw)
	}

	// Each has its answer before the question is announced.
	s.ask("chair", "POST", q+"/decision", `{}`, "409 text-not-answered")
	s.ask("donors-1", "POST", q+"/texts/1/answer", `{"accepted": true}`, "403 not-presiding")
	s.ask("chair", "POST", q+"/texts/3/answer", `{"accepted": true}`, "404 not-found")
	s.ask("chair", "POST", q+"/texts/2/answer", `{"accepted": false}`, "422 required")
	s.ask("chair", "POST", q+"/texts/2/answer", `{"accepted": false, "reason": "It was deferred before."}`, "200")
	s.ask("chair", "POST", q+"/texts/2/answer", `{"accepted": true}`, "409 text-answered")
	taken := s.ask("chair", "POST", q+"/texts/1/answer", `{"accepted": true}`, "200")
	if taken.at("text") != "The body takes note of it." || taken.at("text_version") != "2" || taken.at("listed_text") != "The body endorses it." {
		t.Errorf("%s", taken.raw)
	}

	// What was said of the text before counts no more, and a position names its text.
	if a := s.ask("chair", "GET", q+"/arithmetic", "", "200"); a.at("positions", "blocks") != "0" || a.at("outcome") != "nobody-yet" {
		t.Errorf("%s", a.raw)
	}
	s.ask("donors-1", "POST", q+"/positions", `{"position": "yes", "text_version": 1}`, "409 text-has-changed")
	for _, who := range []string{"donors-1", "donors-3"} {
		s.ask(who, "POST", q+"/positions", `{"position": "yes", "text_version": 2}`, "201")
	}
	s.ask("recipients-1", "POST", q+"/positions", `{"position": "no"}`, "201")
	s.callsTheRest("chair", q)
	s.ask("chair", "POST", q+"/decision", `{}`, "201")
	d := s.ask("aud", "GET", "/decisions/2026-001", "", "200")
	var record struct {
		TextVersion int `json:"text_version"`
		Texts       struct {
			Proposed []struct {
				Seat     string
				Accepted bool
			}
		}
		Positions []struct {
			Text   int
			Counts bool
		}
	}
	must(t, json.Unmarshal([]byte(d.at("record")), &record))
	counted := 0
	for _, p := range record.Positions {
		if p.Counts != (p.Text == 2) {
			t.Errorf("%+v", p)
		}
		if p.Counts {
			counted++
		}
	}
	if d.at("text") != "The body takes note of it." || record.TextVersion != 2 || len(record.Texts.Proposed) != 2 || record.Texts.Proposed[0].Seat != "donors-1" || !record.Texts.Proposed[0].Accepted || counted != 3 {
		t.Errorf("%+v", record)
	}
	if public := s.ask("", "GET", "/decisions/2026-001", "", "200").at("record"); strings.Contains(public, "defers it") {
		t.Errorf("the public reads what was proposed: %s", public)
	}
}

// An objection, and a wait for instructions, end by a word of whoever is against: a new
// text does not sweep them away, in the room or gone, and nobody's text is written down
// who is not there.
func TestANewTextSweepsNoObjectionAway(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, strings.Replace(policyVote, "vote", "consensus", 1))
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "object", "reason": "Nobody has read it."}`, "201")
	s.ask("donors-3", "POST", q+"/positions", `{"position": "awaiting-instructions"}`, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "409 standing-objection")
	other := func(seat, text string) string {
		return fmt.Sprintf(`{"text": "%s", "reason": "Said in the room.", "seat": "%s"}`, text, s.ids["seat "+seat])
	}
	leaves := func(who string) {
		for _, x := range s.ask("sec", "GET", meeting, "", "200").JSON()["room"].([]any) {
			if x := x.(map[string]any); x["organisation"] == strings.ToUpper(who) {
				s.ask(who, "POST", "/presences/"+x["id"].(string)+"/leaving", "", "204")
			}
		}
	}
	leaves("network-3")
	s.ask("sec", "POST", q+"/texts", other("network-3", "The body endorses it, indeed."), "409 not-present")
	s.ask("sec", "POST", q+"/texts", other("network-1", "The body endorses it, indeed."), "201")
	s.ask("chair", "POST", q+"/texts/1/answer", `{"accepted": true}`, "200")
	s.ask("chair", "POST", q+"/decision", `{}`, "409 new-text-unheard")
	if a := s.ask("donors-1", "GET", q+"/arithmetic", "", "200"); a.at("outcome") != "silent" || a.at("positions", "unheard") != "2" {
		t.Errorf("%s", a.raw)
	}
	s.ask("donors-3", "POST", q+"/positions", `{"position": "abstain"}`, "201")
	leaves("donors-1")
	if refused := s.ask("chair", "POST", q+"/decision", `{}`, "409 new-text-unheard"); !strings.Contains(refused.at("detail"), "DONORS-1") {
		t.Errorf("%s", refused.raw)
	}
	s.ask("donors-1", "POST", meeting+"/presences", `{}`, "201")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "201")

	// Whoever was against and has gone cannot hold the body for ever: there is the ladder.
	q = s.listed(meeting, strings.Replace(policyVote, "vote", "consensus", 1))
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "object", "reason": "Nobody has read it."}`, "201")
	s.ask("network-1", "POST", q+"/texts", `{"text": "The body notes it.", "reason": "Softer."}`, "201")
	s.ask("chair", "POST", q+"/texts/1/answer", `{"accepted": true}`, "200")
	leaves("donors-1")
	s.ask("chair", "POST", q+"/ladder", `{"text": "The member is asked in writing."}`, "200")
}

// A text is not taken unseen of the money that goes with the item: whoever presides says that
// the sum stays; what was granted is then what was listed.
func TestATextIsTakenWithItsSumInSight(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "900000.00")
	q := s.listed(meeting, grantOf(s.noted(s.openCall(), "QZ", "ILO 600000.00"), ""))
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/texts", `{"text": "The body grants it for the first year alone.", "reason": "Little is known yet."}`, "201")
	s.ask("donors-1", "POST", q+"/texts", `{"text": "The body defers it.", "reason": "x"}`, "201")
	answer := q + "/texts/1/answer"
	if r := s.ask("chair", "POST", answer, `{"accepted": true}`, "422 sum-not-said"); r.at("field") != "/sum_stays" || !strings.Contains(r.at("detail"), "600,000.00") {
		t.Errorf("%s", r.raw)
	}
	s.ask("chair", "POST", answer, `{"accepted": true, "sum_stays": false}`, "422 sum-not-said")
	s.ask("donors-1", "POST", answer, `{"accepted": true, "sum_stays": true}`, "403 not-presiding")
	s.ask("chair", "POST", q+"/texts/2/answer", `{"accepted": false, "reason": "It was deferred before."}`, "200")
	if r := s.ask("chair", "POST", answer, `{"accepted": true, "sum_stays": true}`, "200"); r.at("amount", "amount") != "600000.00" || r.at("text_version") != "2" {
		t.Errorf("%s", r.raw)
	}
}

// A text names another sum, at or below the request, with its shares and its conditions: once
// it is taken they are what is decided, allocated and on record.
func TestATextNamesAnotherSum(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "900000.00")
	q := s.listed(meeting, grantOf(s.noted(s.openCall(), "QZ", "ILO 400000.00", "UNDP 200000.00"), ""))
	s.ask("chair", "POST", q+"/opening", "", "200")
	usd := func(amount string) string { return fmt.Sprintf(`{"amount": "%s", "currency": "USD"}`, amount) }
	text := func(words, more string) string {
		return fmt.Sprintf(`{"text": "%s", "reason": "Little is known yet."%s}`, words, more)
	}
	shares := func(ilo, undp string) string {
		return fmt.Sprintf(`, "shares": [{"organisation": "%s", "amount": %s}, {"organisation": "%s", "amount": %s}]`, s.orgs["ILO"], usd(ilo), s.orgs["UNDP"], usd(undp))
	}
	for more, want := range map[string]string{
		`, "amount": ` + usd("600000.01") + shares("400000.00", "200000.01"): "422 grant-above-the-request",
		`, "amount": ` + usd("30000.00") + shares("20000.00", "10001.00"):    "422 shares-do-not-add-up",
		`, "amount": ` + usd("30000.00"):                                     "422 required",
		shares("20000.00", "10000.00"):                                       "422 required",
		`, "amount": ` + usd("0.00") + shares("0.00", "0.00"):                "422 amount-not-positive",
		`, "conditions": [{"text": "A plan.", "due": "", "blocking": true}]`: "422 required",
	} {
		s.ask("donors-1", "POST", q+"/texts", text("The body grants USD 30,000.", more), want)
	}
	condition := `, "conditions": [{"text": "A plan of the first year.", "due": "first-transfer", "blocking": true}]`
	s.ask("donors-1", "POST", q+"/texts", text("The body grants USD 30,000, for the first year alone.", `, "amount": `+usd("30000.00")+shares("20000.00", "10000.00")+condition), "201")
	if r := s.ask("donors-2", "GET", q, "", "200"); r.at("amount", "amount") != "600000.00" || !strings.Contains(string(r.raw), `"amount":{"amount":"30000.00","currency":"USD"},"shares":[{`) {
		t.Errorf("proposed: %s", r.raw)
	}
	// Nobody is asked whether the sum stays: the text says what it is.
	r := s.ask("chair", "POST", q+"/texts/1/answer", `{"accepted": true}`, "200")
	if r.at("amount", "amount") != "30000.00" || len(r.JSON()["conditions"].([]any)) != 1 || len(r.JSON()["shares"].([]any)) != 2 {
		t.Errorf("taken: %s", r.raw)
	}
	// Words alone, after it, leave the amended sum, and that is said.
	s.ask("donors-1", "POST", q+"/texts", text("The body grants USD 30,000, for one year.", ""), "201")
	if r := s.ask("chair", "POST", q+"/texts/2/answer", `{"accepted": true}`, "422 sum-not-said"); !strings.Contains(r.at("detail"), "30,000.00") {
		t.Errorf("%s", r.raw)
	}
	s.ask("chair", "POST", q+"/texts/2/answer", `{"accepted": true, "sum_stays": true}`, "200")

	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	d := s.ask("aud", "GET", "/decisions/"+number, "", "200")
	record := d.at("record")
	for _, want := range []string{`"amount":{"amount":"30000.00","currency":"USD"}`, `"listed_amount":{"amount":"600000.00","currency":"USD"}`, `"conditions":[{"blocking":true,"due":"first-transfer","organisation":"","text":"A plan of the first year."}]`} {
		if !strings.Contains(record, want) {
			t.Errorf("the record lacks %s: %s", want, record)
		}
	}
	if d.at("amount", "amount") != "30000.00" || len(d.JSON()["shares"].([]any)) != 2 {
		t.Errorf("%s", d.raw)
	}
	for _, p := range s.ask("sec", "GET", "/programmes", "", "200").List() {
		total := 0.0
		for _, x := range p["shares"].([]any) {
			var n float64
			fmt.Sscan(x.(map[string]any)["amount"].(map[string]any)["amount"].(string), &n)
			total += n
		}
		if total != 30000 {
			t.Errorf("allocated: %v", p)
		}
	}
}

// No other sum is named where none goes with the item, or where it follows from a request.
func TestATextNamesNoSumOfItsOwnWhereNoneIsAsked(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	s.ask("donors-1", "POST", q+"/texts", `{"text": "The body takes note.", "reason": "x", "amount": {"amount": "5.00", "currency": "USD"}}`, "422 question-takes-no-money")
	s.ask("donors-1", "POST", q+"/texts", `{"text": "The body takes note.", "reason": "x", "conditions": [{"text": "A plan.", "due": "first-transfer", "blocking": true}]}`, "422 conditions-without-programme")
}
