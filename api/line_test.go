package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/exchange/camt053"
	"startupfund/store/storetest"
)

// The line: from a contributor's commitment to a bank line that proves a payment,
// every step over HTTP by the person whose step it is, with the wrong people and
// the wrong times beside them. It ends, as every story, with `fund check`.
func TestTheLine(t *testing.T) {
	l := newLine(t)
	l.contribution()
	l.proposal()
	l.judged()
	l.adopted()
	l.paid()
	l.reconciled()
	l.opens()
}

// line is a story with a body of thirteen and the people of every kind.
type line struct {
	*story
	meeting, call, paper, question, decision, programme, request string
}

func newLine(t *testing.T) *line {
	s, meeting := bodyOf13(t)
	s.person("pia", "agent-preparer", "MPTFO", "agent")
	s.person("rui", "agent-releaser", "MPTFO", "agent")
	s.person("both", "agent-preparer", "MPTFO", "agent")
	s.hat("both-releasing", "both", "agent-releaser", "MPTFO")
	s.person("ana", "applicant", "UNDP", "un")
	s.person("zoe", "applicant", "FAO", "un")
	s.person("fay", "focal-point", "QMR", "state")
	s.person("foe", "focal-point", "QNA", "state")
	s.person("otto", "organisation", "UNDP", "un")
	s.person("dora", "contributor", "DONORS-1", "state")
	must(t, s.DB.Exec(`INSERT INTO bank_accounts (id, number, name, currency, created_at) VALUES (?, ?, 'The fund', 'USD', ?)`, uuid.New(), ourAccount, storetest.Start).Error)
	return &line{story: s, meeting: meeting}
}

// contribution: committed, then deposited with the fee to the cent.
func (l *line) contribution() {
	agreement := fmt.Sprintf(`{"contributor": "%s", "amount": %s, "earmark": "area-2", "signed_on": "2026-01-15", "document": "SAA",
		"instalments": [{"due_on": "2026-02-01", "amount": %s}]}`, l.orgs["DONORS-1"], usd("1000000.55"), usd("1000000.55"))
	l.ask("dora", "POST", "/agreements", agreement, "403 not-permitted")
	l.ask("pia", "POST", "/agreements", strings.Replace(agreement, "1000000.55", "1e1000000", 1), "422 bad-amount")
	a := "/agreements/" + l.ask("pia", "POST", "/agreements", agreement, "201").at("id")
	deposit := fmt.Sprintf(`{"amount": %s, "received_on": "2026-03-01", "bank_reference": "DON1-2026"}`, usd("1000000.55"))
	for _, bad := range []string{"1000000.555", "-1.00", "1e6", "0.00", "٥"} {
		if got := l.send("pia", "POST", a+"/deposits", strings.Replace(deposit, "1000000.55", bad, 1)); got.status != 422 {
			l.t.Errorf("a deposit of %s: %d %s", bad, got.status, got.raw)
		}
	}
	l.ask("pia", "POST", a+"/deposits", deposit, "428 idempotency-key-required", key(""))
	first := l.ask("pia", "POST", a+"/deposits", deposit, "201", key("deposit-1"))
	again := l.ask("pia", "POST", a+"/deposits", deposit, "201", key("deposit-1"))
	if !bytes.Equal(first.raw, again.raw) {
		l.t.Errorf("asked twice, answered\n%s\n%s", first.raw, again.raw)
	}
	l.ask("pia", "POST", a+"/deposits", strings.Replace(deposit, "DON1", "DON2", 1), "422 idempotency-key-reused", key("deposit-1"))
	if fee := first.at("fee", "amount"); fee != "10000.01" { // 1% of 1,000,000.55 is 10,000.0055
		l.t.Errorf("fee %s", fee)
	}
}

// proposal: a call opens, a concept note is drafted, endorsed and submitted.
func (l *line) proposal() {
	call := `{"title": "First call", "text": "Concept notes", "opens_at": "2026-03-02T08:00:00Z", "closes_at": "2026-03-05T17:00:00Z", "areas": ["area-2"]}`
	l.ask("ana", "POST", "/calls", call, "403 not-permitted")
	l.call = l.announced(l.onNotes(l.ask("sec", "POST", "/calls", call, "201")))
	content := map[string]any{"title": "Safe journeys for young workers", "summary": strings.Repeat("Young people leave for work and meet with abuse on the way. ", 3), "language": "en",
		"state": l.orgs["QMR"], "area": "area-2", "objectives": []int{7, 8},
		"markers": map[string]any{"human-rights": mark(), "gender": mark(), "child": mark()},
		"shares":  []any{share(l.orgs["UNDP"], "600000.00"), share(l.org("NETWORK-3", "un"), "300000.00")}}
	text, err := json.Marshal(content)
	must(l.t, err)
	draft := l.ask("ana", "POST", l.call+"/proposals", string(text), "201")
	l.paper = "/proposals/" + draft.at("id")

	l.ask("zoe", "GET", l.paper, "", "404 not-found")
	l.ask("donors-1", "GET", l.paper, "", "404 not-found") // a draft is its authors'
	l.ask("ana", "PUT", l.paper, string(text), "428 say-which-version")
	saved := l.ask("ana", "PUT", l.paper, strings.Replace(string(text), "young workers", "young migrant workers", 1), "200", ifMatch(draft.tag()))
	l.ask("ana", "PUT", l.paper, string(text), "412 changed-since", ifMatch(draft.tag()))
	if got := l.send("ana", "POST", l.paper+"/submission", "{}"); got.status == 201 {
		l.t.Error("submitted without its state's endorsement")
	}
	l.ask("foe", "POST", l.paper+"/endorsement", `{"note": ""}`, "404 not-found", ifMatch(saved.tag()))
	l.ask("fay", "POST", l.paper+"/endorsement", `{"note": "Note 14"}`, "200", ifMatch(saved.tag()))

	l.Clock.Set(time.Date(2026, 3, 5, 17, 0, 0, 0, time.UTC)) // the closing instant itself
	l.ask("ana", "POST", l.paper+"/submission", "", "409 call-closed")
	l.Clock.Add(-time.Microsecond)
	l.ask("ana", "POST", l.paper+"/submission", "", "201")
}

func mark() map[string]any { return map[string]any{"code": "2", "reason": "It shapes the activities."} }

func share(org uuid.UUID, amount string) map[string]any {
	return map[string]any{"organisation": org, "amount": map[string]any{"amount": amount, "currency": "USD"}}
}

// judged: screened, and scored by members who do not see each other's.
func (l *line) judged() {
	l.ask("donors-1", "POST", l.paper+"/scores", l.score(4), "409 wrong-stage")
	l.ask("sec", "POST", l.paper+"/screening", allMet(1), "200")
	l.ask("network-3", "POST", l.paper+"/scores", l.score(5), "403 own-proposal") // takes part in it
	l.ask("donors-1", "POST", l.paper+"/scores", l.score(4), "201")
	if r := l.send("donors-2", "GET", l.paper+"/scores", ""); strings.Contains(string(r.raw), "DONORS-1") || strings.Contains(string(r.raw), `"mean"`) {
		l.t.Errorf("sees others' scores before giving one: %s", r.raw)
	}
	l.ask("donors-2", "POST", l.paper+"/scores", l.score(5), "201")
	l.ask("ana", "GET", l.paper+"/scores", "", "403 not-permitted")
}

func (l *line) score(points int) string {
	c := charter.MustDefault()
	given := map[string]any{}
	for _, k := range c.Scoring.Criteria {
		given[k.Key] = map[string]any{"points": points}
	}
	b, err := json.Marshal(map[string]any{"version": 1, "points": given, "comment": "Sound."})
	must(l.t, err)
	return string(b)
}

// adopted: the item is put, the conflicted are recused, quorum is counted,
// positions are taken, and the Chair announces. The money is allocated with it.
func (l *line) adopted() {
	id := strings.TrimPrefix(l.paper, "/proposals/")
	l.question = l.listed(l.meeting, grantOf(id, ""))
	if hidden := l.ask("network-3", "GET", l.question, "", "200").at("hidden"); hidden != "implementing-partner" {
		l.t.Errorf("an implementing partner sees %q", hidden)
	}
	l.ask("donors-1", "POST", l.question+"/positions", `{"position": "agree"}`, "409 question-stage")
	l.ask("chair", "POST", l.question+"/opening", "", "200")
	l.ask("network-3", "POST", l.question+"/positions", `{"position": "agree"}`, "403 recused")
	l.ask("donors-3", "POST", l.question+"/positions", `{"position": "object", "reason": "The budget is not yet clear."}`, "201")
	l.ask("chair", "POST", l.question+"/decision", `{}`, "409 standing-objection")
	l.ask("donors-3", "POST", l.question+"/positions", `{"position": "agree"}`, "201")
	l.ask("donors-1", "POST", l.question+"/decision", `{}`, "403 not-presiding")
	done := l.ask("chair", "POST", l.question+"/decision", `{}`, "201")
	l.decision = done.at("number")
	if agenda := l.ask("sec", "GET", l.meeting, "", "200"); !strings.Contains(string(agenda.raw), `"decision":"`+l.decision+`"`) {
		l.t.Errorf("the agenda does not lead to decision %s", l.decision)
	}
	l.programme = "/programmes/" + l.ask("", "GET", "/programmes", "", "200").List()[0]["id"].(string)

	// One item by roll-call vote.
	vote := l.listed(l.meeting, policyVote)
	l.ask("chair", "POST", vote+"/opening", "", "200")
	for _, who := range []string{"donors-1", "donors-2", "network-1", "recipients-1"} {
		l.ask(who, "POST", vote+"/positions", `{"position": "yes"}`, "201")
	}
	l.ask("donors-3", "POST", vote+"/positions", `{"position": "no"}`, "201")
	l.callsTheRest("chair", vote)
	l.ask("chair", "POST", vote+"/decision", `{}`, "201")
}

// paid: requested, signed, prepared by one, released by another, sent.
func (l *line) paid() {
	want := fmt.Sprintf(`{"organisation": "%s", "amount": %s, "purpose": "First tranche"}`, l.orgs["UNDP"], usd("420000.00"))
	l.ask("pia", "POST", l.programme+"/transfer-requests", want, "403 not-permitted")
	l.ask("sec", "POST", l.programme+"/transfer-requests", strings.Replace(want, "420000.00", "600000.01", 1), "409 above-allocation")
	r := l.ask("sec", "POST", l.programme+"/transfer-requests", want, "201")
	l.request = "/transfer-requests/" + r.at("id")
	l.ask("pia", "POST", l.request+"/preparation", "", "409 not-signed", ifMatch(r.tag())) // unsigned
	r = l.ask("chair", "POST", l.request+"/signature", "", "200", ifMatch(r.tag()))
	l.ask("pia", "POST", l.request+"/preparation", "", "412 changed-since", ifMatch(`"1"`))
	r = l.ask("both", "POST", l.request+"/preparation", "", "200", ifMatch(r.tag()))
	l.ask("both", "POST", l.request+"/release", "", "403 not-permitted", ifMatch(r.tag()))
	l.ask("both-releasing", "POST", l.request+"/release", "", "403 released-by-its-preparer", ifMatch(r.tag())) // another hat, the same person
	l.ask("rui", "POST", l.request+"/release", "", "409 no-mou", ifMatch(r.tag()))
	l.ask("pia", "POST", "/mous", fmt.Sprintf(`{"organisation": "%s", "ref": "MOU-1", "from": "2025-01-01", "document": "MOU"}`, l.orgs["UNDP"]), "201")
	r = l.ask("rui", "POST", l.request+"/release", "", "200", ifMatch(r.tag()))
	l.ask("rui", "POST", l.request+"/sending", `{"sent_on": "2026-03-05"}`, "200", ifMatch(r.tag()))
}

// reconciled: the bank's statement is imported, its lines matched with a reason,
// and the day proved.
func (l *line) reconciled() {
	ref := l.ask("pia", "GET", l.request, "", "200").at("ref")
	on := time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)
	st := camt053.Statement{Header: camt053.Header{Message: "M1", MessageCreated: on, ID: "ST-2026-03", Created: on, From: on, To: on, Account: ourAccount, Currency: ledger.USD,
		Opening: camt053.Balance{Type: "OPBD", Money: dollars("0.00"), On: on}}}
	entry := func(amount, e2e, text string) {
		st.Entries = append(st.Entries, camt053.Entry{N: len(st.Entries) + 1, Money: dollars(amount), Status: camt053.Booked, Booked: on, Value: on,
			Details: []camt053.Detail{{EndToEndID: e2e, Text: []string{text}}}})
	}
	entry("1000000.55", "NOTPROVIDED", "Contribution DON1-2026")
	entry("-10000.01", "NOTPROVIDED", "Fee DON1-2026")
	entry("-420000.00", ref, "First tranche")
	entry("77.10", "NOTPROVIDED", "no name")
	st.Closing = camt053.Balance{Type: "CLBD", Money: st.Opening.Money.Add(st.Booked()), On: on}
	var file bytes.Buffer
	must(l.t, camt053.Write(&file, st))

	l.ask("pia", "POST", "/bank-statements", strings.Replace(file.String(), "77.10", "77.11", 1), "422 statement-does-not-add-up", xml)
	l.ask("sec", "POST", "/bank-statements", file.String(), "403 not-permitted", xml)
	l.ask("pia", "POST", "/bank-statements", file.String(), "201", xml)
	l.ask("pia", "POST", "/bank-statements", file.String(), "409 statement-imported-before", xml)

	var nameless string
	for _, line := range l.ask("pia", "GET", "/reconciliation", "", "200").List() {
		if fmt.Sprint(line["state"]) == "unmatched" {
			nameless = line["id"].(string)
		}
	}
	if p := l.ask("pia", "GET", "/proof?on=2026-03-05", "", "200"); p.at("difference", "amount") != "0.00" || p.at("not_booked", "total", "amount") != "77.10" {
		l.t.Errorf("the day's proof: %s", p.raw)
	}
	l.ask("pia", "POST", "/bank-lines/"+nameless+"/suspense", `{"reason": "Nobody can name it."}`, "201")
	if p := l.ask("aud", "GET", "/proof?on=2026-03-05", "", "200"); p.at("difference", "amount") != "0.00" || p.at("not_booked", "total", "amount") != "0.00" {
		l.t.Errorf("the day's proof: %s", p.raw)
	}
}

// opens: each figure of the statement is the sum of the vouchers it opens to.
func (l *line) opens() {
	l.courses()
	st := l.ask("", "GET", "/statement", "", "200").JSON()["lines"].([]any)
	got := map[string]string{}
	for _, x := range st {
		code, amount := x.(map[string]any)["code"].(string), x.(map[string]any)["amount"].(string)
		got[code] = amount
		sum := decimal.Zero
		for _, v := range l.ask("", "GET", "/statement/"+code+"/vouchers", "", "200").JSON()["vouchers"].([]any) {
			part := v.(map[string]any)
			sum = sum.Add(decimal.RequireFromString(part["part"].(map[string]any)["amount"].(string)))
			l.ask("", "GET", "/vouchers/"+part["id"].(string), "", "200")
		}
		if sum.StringFixed(2) != amount {
			l.t.Errorf("%s is %s, its vouchers make %s", code, amount, sum.StringFixed(2))
		}
	}
	for code, want := range map[string]string{"contributions": "1000000.55", "agent_fee": "10000.01", "transfers": "420000.00", "balance_with_agent": "570000.54", "balance_with_organizations": "420000.00"} {
		if got[code] != want {
			l.t.Errorf("%s is %s, not %s", code, got[code], want)
		}
	}
	st2, err := l.Statement(context.Background(), domain.Actor{}, time.Time{})
	must(l.t, err)
	if st2.Line("total_balance").Text() != "990000.54" {
		l.t.Errorf("total balance %s", st2.Line("total_balance"))
	}
}

// courses: what enters the fund and what leaves it are the same sum, and the last
// month has what the Funding Status has.
func (l *line) courses() {
	figure := map[string]string{}
	for _, x := range l.ask("", "GET", "/statement", "", "200").JSON()["lines"].([]any) {
		figure[fmt.Sprint(x.(map[string]any)["code"])] = fmt.Sprint(x.(map[string]any)["amount"])
	}
	course := l.ask("", "GET", "/course", "", "200").JSON()
	in, out := ledger.Zero(ledger.USD), ledger.Zero(ledger.USD)
	for _, x := range course["streams"].([]any) {
		stream := x.(map[string]any)
		m, err := ledger.Parse(fmt.Sprint(stream["amount"].(map[string]any)["amount"]), ledger.USD)
		must(l.t, err)
		if stream["to"].(map[string]any)["kind"] == "fund" {
			in = in.Add(m)
		}
		if stream["from"].(map[string]any)["kind"] == "fund" {
			out = out.Add(m)
		}
		for _, end := range []string{"from", "to"} {
			if stream[end].(map[string]any)["name"] == "" {
				l.t.Errorf("a place without a name: %v", stream)
			}
		}
	}
	if in.Text() != out.Text() || in.Text() != figure["total_source"] {
		l.t.Errorf("%s came in, %s went out, the source is %s", in.Text(), out.Text(), figure["total_source"])
	}
	months := course["months"].([]any)
	final := months[len(months)-1].(map[string]any)
	for _, code := range []string{"contributions", "transfers"} {
		if got := final[code].(map[string]any)["amount"]; got != figure[code] {
			l.t.Errorf("%s by the last month: %v, and the statement has %s", code, got, figure[code])
		}
	}
}
