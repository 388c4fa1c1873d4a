package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/exchange/camt053"
	"startupfund/store/storetest"
)

func init() {
	for _, kind := range []string{"application/xml", "text/xml"} {
		openapi3filter.RegisterBodyDecoder(kind, openapi3filter.FileBodyDecoder)
	}
}

const ourAccount = "CH9300762011623852957"

var xml = header("Content-Type", "application/xml")

// bankStory is a story with the agent's two, an auditor, the secretariat and an
// account at the bank.
func bankStory(t *testing.T) *story {
	s := newStory(t)
	s.person("pia", "agent-preparer", "MPTFO", "agent")
	s.person("rui", "agent-releaser", "MPTFO", "agent")
	s.person("sam", "secretariat", "FMU", "un")
	s.person("aud", "auditor", "BOA", "other")
	s.person("ana", "applicant", "QMZ", "state")
	must(t, s.DB.Exec(`INSERT INTO bank_accounts (id, number, name, currency, created_at) VALUES (?, ?, 'The fund', 'USD', ?)`,
		uuid.New(), ourAccount, storetest.Start).Error)
	return s
}

// booked posts vouchers as some act of that day did, and tells their ids.
func (s *story) booked(on string, vouchers ...ledger.Voucher) []uuid.UUID {
	s.t.Helper()
	event := uuid.New()
	must(s.t, s.DB.Exec(`INSERT INTO events (id, at, role, act, subject_kind, subject, charter_version, changes) VALUES (?, ?, 'agent-preparer', 'test.post', 'test', '1', 1, '{}')`,
		event, storetest.Start).Error)
	var list []map[string]any
	var ids []uuid.UUID
	for _, v := range vouchers {
		var postings []map[string]any
		for _, p := range v.Postings {
			postings = append(postings, map[string]any{"from": p.From, "to": p.To, "amount": p.Money.Text(), "currency": p.Money.Currency})
		}
		list = append(list, map[string]any{"id": v.ID, "kind": v.Kind, "booked_on": on, "value_on": on, "posted_at": storetest.Start, "memo": "a fixture",
			"subject_kind": "test", "subject": "1", "charter_version": 1, "event": event, "postings": postings})
		ids = append(ids, v.ID)
	}
	b, err := json.Marshal(list)
	must(s.t, err)
	must(s.t, s.DB.Exec(`SELECT count(*) FROM post_vouchers(?::jsonb)`, string(b)).Error)
	return ids
}

func dollars(text string) ledger.Money {
	m, err := ledger.Parse(text, ledger.USD)
	if err != nil {
		panic(err)
	}
	return m
}

// deposited books a deposit under an agreement, as the bank's reference says.
func (s *story) deposited(on, contributor, agreement, bankRef, gross, fee string) {
	s.t.Helper()
	org := s.org(contributor, "state")
	v := s.booked(on, domain.DepositVoucher(domain.Entry{ID: uuid.New()}, contributor, "", dollars(gross), dollars(fee)))
	id := uuid.New()
	must(s.t, s.DB.Exec(`INSERT INTO agreements (id, ref, contributor, amount, currency, fee_rate, signed_on, charter_version, created_at)
		VALUES (?, ?, ?, ?, 'USD', 0.01, ?, 1, ?)`, id, agreement, org, gross, on, storetest.Start).Error)
	must(s.t, s.DB.Exec(`INSERT INTO agreement_instalments (agreement, n, due_on, amount) VALUES (?, 1, ?, ?)`, id, on, gross).Error)
	must(s.t, s.DB.Exec(`INSERT INTO deposits (id, agreement, amount, fee, currency, received_on, bank_reference, voucher, charter_version, at)
		VALUES (?, ?, ?, ?, 'USD', ?, ?, ?, 1, ?)`, uuid.New(), id, gross, fee, on, bankRef, v[0], storetest.Start).Error)
}

// transferred books a payment to IOM, sent that day under a reference.
func (s *story) transferred(on, ref, amount string) {
	s.t.Helper()
	org := s.org("IOM", "un")
	e := domain.Entry{ID: uuid.New()}
	v := s.booked(on,
		domain.AllocationVoucher(domain.Entry{ID: uuid.New()}, "JP-1", []domain.Draw{{Organisation: "IOM", Amount: dollars(amount)}}),
		domain.ReleaseVoucher(domain.Entry{ID: uuid.New()}, "JP-1", "IOM", dollars(amount)),
		domain.TransferVoucher(e, "JP-1", "IOM", dollars(amount)))
	tx := s.DB.Begin()
	must(s.t, tx.Exec(`SET LOCAL session_replication_role = replica`).Error) // its programme and decision are another story's
	must(s.t, tx.Exec(`INSERT INTO transfer_requests (id, ref, programme, organisation, decision, amount, currency, stage, requested_by, requested_at, signed_by,
			prepared_by, released_by, release_voucher, sent_by, sent_on, transfer_voucher, charter_version)
		VALUES (?, ?, ?, ?, ?, ?, 'USD', 'sent', ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`, uuid.New(), ref, uuid.New(), org, uuid.New(), amount, s.ids["sam"], storetest.Start,
		s.ids["aud"], s.ids["pia"], s.ids["rui"], v[1], s.ids["pia"], on, v[2]).Error)
	must(s.t, tx.Commit().Error)
}

func onDay(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

// camt writes a statement of one day. A line is "amount | end to end | bank's
// reference | other side | text".
func camt(t *testing.T, ref, on, opening, closing string, lines ...string) string {
	t.Helper()
	st := camt053.Statement{Header: camt053.Header{Message: "M" + ref, MessageCreated: onDay(on), ID: ref, Sequence: 1, Account: ourAccount, Currency: "USD",
		Opening: camt053.Balance{Type: "OPBD", Money: dollars(opening), On: onDay(on)}, Closing: camt053.Balance{Type: "CLBD", Money: dollars(closing), On: onDay(on)}}}
	for i, line := range lines {
		part := strings.Split(line+"||||", "|")
		for j := range part {
			part[j] = strings.TrimSpace(part[j])
		}
		d := camt053.Detail{EndToEndID: part[1]}
		d.Debtor.Name, d.Creditor.Name = part[3], part[3]
		if part[4] != "" {
			d.Text = []string{part[4]}
		}
		st.Entries = append(st.Entries, camt053.Entry{N: i + 1, Money: dollars(part[0]), Status: camt053.Booked, Booked: onDay(on), Value: onDay(on), BankRef: part[2], Details: []camt053.Detail{d}})
	}
	var b bytes.Buffer
	must(t, camt053.Write(&b, st))
	return b.String()
}

// standing writes the lines as "amount state rule", oldest first.
func (s *story) standing(query string) string {
	s.t.Helper()
	var all []string
	listed := map[string]int{}
	for _, l := range s.ask("pia", "GET", "/reconciliation"+query, "", "200").List() {
		text := fmt.Sprint(l["amount"].(map[string]any)["amount"], " ", l["state"])
		if m, ok := l["match"].(map[string]any); ok {
			text += " " + fmt.Sprint(m["rule"])
		}
		all = append(all, text)
		listed[fmt.Sprint(l["state"])]++
	}
	if query == "" {
		for _, c := range s.ask("pia", "GET", "/reconciliation/counts", "", "200").List() {
			if state := fmt.Sprint(c["state"]); fmt.Sprint(c["count"]) != fmt.Sprint(listed[state]) {
				s.t.Errorf("%v lines are %s, and %d are listed", c["count"], state, listed[state])
			}
		}
	}
	return strings.Join(sorted(all), ", ")
}

func sorted(all []string) []string {
	for i := range all {
		for j := i; j > 0 && all[j] < all[j-1]; j-- {
			all[j], all[j-1] = all[j-1], all[j]
		}
	}
	return all
}

// lineOfAmount finds a line by its amount.
func (s *story) lineOfAmount(amount string) map[string]any {
	s.t.Helper()
	for _, l := range s.ask("pia", "GET", "/reconciliation?limit=200", "", "200").List() {
		if l["amount"].(map[string]any)["amount"] == amount {
			return l
		}
	}
	s.t.Fatalf("no line of %s", amount)
	return nil
}

func (s *story) proves(on, want string) {
	s.t.Helper()
	p := s.ask("sam", "GET", "/proof?on="+on, "", "200")
	got := fmt.Sprintf("%s = %s + %s - %s + %s, %s %s", p.at("statement_balance", "amount"), p.at("ledger_balance", "amount"),
		p.at("sent_not_debited", "total", "amount"), p.at("received_not_credited", "total", "amount"), p.at("not_booked", "total", "amount"),
		p.at("difference", "amount"), p.at("explanation"))
	if got != want {
		s.t.Fatalf("the proof of %s\n got %s\nwant %s", on, got, want)
	}
}

func TestFromABankLineToTheProofOfTheDay(t *testing.T) {
	s := bankStory(t)
	s.deposited("2026-03-02", "QMR", "SAA-2026-01", "BK-778812", "100000.00", "1000.00")
	s.deposited("2026-03-02", "QNV", "SAA-2026-02", "", "50000.00", "500.00")
	s.deposited("2026-03-03", "QOX", "SAA-2026-03", "", "7000.00", "0.00")
	s.transferred("2026-03-02", "FTR-2026-001", "60000.00")
	s.transferred("2026-03-03", "FTR-2026-002", "10000.00")
	s.ask("sam", "GET", "/proof?on=2026-03-02", "", "404 no-statement")

	first := camt(t, "S1", "2026-03-02", "0.00", "90985.00",
		"100000.00 || BK-778812 | Quimera",
		"-1000.00 ||| MPTF OFFICE | FEE BK-778812",
		"49500.00 ||| TREASURY | SAA-2026-02 LESS 1PCT",
		"-60000.00 | FTR-2026-001 || IOM",
		"2500.00 ||| A FRIEND | for migrants",
		"-15.00 |||| COMMISSION")
	s.ask("ana", "POST", "/bank-statements", first, "403 not-permitted", xml)
	s.ask("aud", "POST", "/bank-statements", first, "403 not-permitted", xml)
	s.ask("pia", "POST", "/bank-statements", first, "428 idempotency-key-required", xml, key(""))
	s.ask("pia", "POST", "/bank-statements", `"xml"`, "422 not-xml")
	s.ask("pia", "POST", "/bank-statements", strings.Replace(first, "2500.00", "2500.01", 1), "422 statement-does-not-add-up", xml)
	s.ask("pia", "POST", "/bank-statements", strings.ReplaceAll(first, ourAccount, "CH5604835012345678009"), "422 not-our-account", xml)
	s.ask("pia", "POST", "/bank-statements", strings.ReplaceAll(first, "USD", "CHF"), "409 other-currency", xml)

	in := s.ask("pia", "POST", "/bank-statements", first, "201", xml, key("first"))
	if got := fmt.Sprint(in.at("lines"), " ", in.at("matched"), " ", in.at("waiting")); got != "6 4 2" {
		t.Fatalf("imported %s", got)
	}
	again := s.ask("pia", "POST", "/bank-statements", first, "201", xml, key("first"))
	if again.at("statements") != in.at("statements") {
		t.Error("asked again, another answer")
	}
	s.ask("pia", "POST", "/bank-statements", first, "409 statement-imported-before", xml)
	s.ask("pia", "POST", "/bank-statements", camt(t, "S2", "2026-03-03", "90985.01", "90985.01"), "409 statement-gap", xml)
	if got, want := s.standing(""), "-1000.00 matched reference-in-text, -15.00 unmatched, -60000.00 matched end-to-end-id, "+
		"100000.00 matched bank-reference, 2500.00 unmatched, 49500.00 matched net-of-fee"; got != want {
		t.Fatalf("the lines stand\n got %s\nwant %s", got, want)
	}
	reason := s.lineOfAmount("-60000.00")["match"].(map[string]any)["reason"]
	if want := "The line brings back our reference FTR-2026-001, and the amount is the same."; reason != want {
		t.Errorf("the reason is %q", reason)
	}
	s.proves("2026-03-02", "90985.00 = 88500.00 + 0.00 - 0.00 + 2485.00, 0.00 explained")
	s.proves("2026-03-03", "90985.00 = 85500.00 + 10000.00 - 7000.00 + 2485.00, 0.00 explained")

	// A receipt nobody can name, and a charge that waits.
	friend := s.lineOfAmount("2500.00")["id"].(string)
	charge := s.lineOfAmount("-15.00")["id"].(string)
	s.ask("sam", "POST", "/bank-lines/"+friend+"/suspense", "", "403 not-permitted")
	s.ask("pia", "POST", "/bank-lines/"+charge+"/suspense", "", "409 not-a-receipt")
	s.ask("pia", "POST", "/bank-lines/"+friend+"/suspense", "", "201")
	s.ask("rui", "POST", "/bank-lines/"+friend+"/suspense", "", "409 already-matched")
	s.ask("pia", "POST", "/bank-lines/"+friend+"/note", `{"state":"on-hold","reason":"x"}`, "409 already-matched")
	s.ask("pia", "POST", "/bank-lines/"+charge+"/note", `{"state":"lost","reason":""}`, "422 unknown-value")
	s.ask("pia", "POST", "/bank-lines/"+charge+"/note", `{"state":"on-hold","reason":""}`, "422 required")
	s.ask("pia", "POST", "/bank-lines/"+charge+"/note", `{"state":"on-hold","reason":"the bank will say what for"}`, "204")
	s.ask("pia", "POST", "/bank-lines/"+uuid.NewString()+"/note", `{"state":"on-hold","reason":"x"}`, "404 not-found")
	s.proves("2026-03-03", "90985.00 = 88000.00 + 10000.00 - 7000.00 + -15.00, 0.00 explained")
	if got := s.standing("?state=suspense") + "; " + s.standing("?state=on-hold") + "; " + s.standing("?state=unmatched"); got != "2500.00 suspense suspense; -15.00 on-hold; " {
		t.Errorf("they stand %s", got)
	}

	// The next day brings both that were under way; one only looks like it.
	s.ask("pia", "POST", "/bank-statements", camt(t, "S2", "2026-03-04", "90985.00", "87985.00",
		"-10000.00 | FTR-2026-002", "7000.00 ||| QOX"), "201", xml)
	s.ask("pia", "POST", "/bank-statements", camt(t, "S0", "2026-03-01", "87985.00", "87985.00"), "409 statement-out-of-order", xml)
	l := s.lineOfAmount("7000.00")
	if l["state"] != "suggested" {
		t.Fatalf("it is %v", l)
	}
	candidate := l["candidates"].([]any)[0].(map[string]any)
	posting := candidate["movements"].([]any)[0].(map[string]any)["posting"]
	if candidate["rule"] != "amount-date-party" {
		t.Errorf("suggested by %v", candidate["rule"])
	}
	match := func(line any, posting any, reason string) string {
		return fmt.Sprintf(`{"lines":["%v"],"postings":[%.0f],"reason":%q}`, line, posting, reason)
	}
	s.ask("pia", "POST", "/matches", match(charge, posting, "x"), "409 does-not-match")
	s.ask("pia", "POST", "/matches", match(l["id"], posting, ""), "422 required")
	s.ask("pia", "POST", "/matches", match(l["id"], 999.0, "x"), "422 not-a-movement-of-the-bank")
	made := s.ask("pia", "POST", "/matches", match(l["id"], posting, "Their note of 1 March"), "201")
	s.ask("rui", "POST", "/matches", match(l["id"], posting, "x"), "409 already-matched")
	s.proves("2026-03-04", "87985.00 = 88000.00 + 0.00 - 0.00 + -15.00, 0.00 explained")
	s.proves("2026-03-03", "90985.00 = 88000.00 + 10000.00 - 7000.00 + -15.00, 0.00 explained") // the day's own proof stays

	// A match and a suspense are taken back; what was, stays on record.
	s.ask("pia", "POST", "/matches/"+made.at("id")+"/undoing", `{"reason":" "}`, "422 required")
	s.ask("pia", "POST", "/matches/"+made.at("id")+"/undoing", `{"reason":"another deposit"}`, "204")
	s.ask("pia", "POST", "/matches/"+made.at("id")+"/undoing", `{"reason":"again"}`, "409 match-undone-before")
	s.proves("2026-03-04", "87985.00 = 88000.00 + 0.00 - 7000.00 + 6985.00, 0.00 explained")
	suspended := s.lineOfAmount("2500.00")["match"].(map[string]any)["id"].(string)
	s.ask("rui", "POST", "/matches/"+suspended+"/undoing", `{"reason":"QNV says it is theirs"}`, "204")
	s.proves("2026-03-04", "87985.00 = 85500.00 + 0.00 - 7000.00 + 9485.00, 0.00 explained")
	if got := s.lineOfAmount("2500.00")["state"]; got != "unmatched" {
		t.Errorf("out of suspense it is %s", got)
	}
	if n := len(s.ask("pia", "GET", "/bank-movements", "", "200").List()); n != 1 {
		t.Errorf("%d movements are open", n)
	}
}

// What is booked after its line came is found when it is looked for.
func TestALineWaitsForItsMovement(t *testing.T) {
	s := bankStory(t)
	s.ask("pia", "POST", "/bank-statements", camt(t, "S1", "2026-03-02", "0.00", "500.00", "500.00 || BK-100200"), "201", xml)
	s.deposited("2026-03-02", "QMR", "SAA-2026-01", "BK-100200", "500.00", "0.00")
	s.proves("2026-03-02", "500.00 = 500.00 + 0.00 - 500.00 + 500.00, 0.00 explained")
	if got := s.ask("pia", "POST", "/matching", "", "200").at("matched"); got != "1" {
		t.Errorf("%s matched", got)
	}
	s.proves("2026-03-02", "500.00 = 500.00 + 0.00 - 0.00 + 0.00, 0.00 explained")
}

// What the books held before the first statement is in its opening balance; a
// cent that is not shows as a cent.
func TestTheFirstStatementOpensWithWhatWasThere(t *testing.T) {
	s := bankStory(t)
	s.deposited("2026-02-02", "QMR", "SAA-2026-01", "", "500.00", "5.00")
	s.ask("pia", "POST", "/bank-statements", camt(t, "S1", "2026-03-02", "495.01", "495.01"), "201", xml)
	s.proves("2026-03-02", "495.01 = 495.00 + 0.00 - 0.00 + 0.00, 0.01 unexplained")
}

func TestWhoSeesTheBank(t *testing.T) {
	s := bankStory(t)
	s.person("cor", "coordinator", "IOM", "un")
	for who, want := range map[string]string{"pia": ourAccount, "aud": ourAccount, "sam": "•••• 2957"} {
		if got := s.ask(who, "GET", "/bank-accounts", "", "200").List()[0]["number"]; got != want {
			t.Errorf("%s sees %s", who, got)
		}
	}
	s.ask("ana", "GET", "/bank-accounts", "", "403 not-permitted")
	s.ask("", "GET", "/proof", "", "401 sign-in-first")
	s.ask("cor", "GET", "/reconciliation", "", "403 not-permitted")
	s.ask("cor", "GET", "/proof", "", "404 no-statement")
	s.ask("pia", "GET", "/reconciliation?state=lost", "", "422 unknown-value")
	s.ask("pia", "POST", "/bank-statements", camt(t, "S1", "2026-03-02", "0.00", "1.00", "1.00"), "201", xml)
	if got := fmt.Sprint(s.lineFor("pia"), s.lineFor("aud")); got != "[match.make bank-line.note bank-line.book bank-line.suspend] []" {
		t.Errorf("they may %s", got)
	}
	if got := s.ask("cor", "GET", "/proof", "", "200").at("account", "number"); got != "•••• 2957" {
		t.Errorf("the coordinator sees %s", got)
	}
}

func (s *story) lineFor(who string) any {
	return s.ask(who, "GET", "/reconciliation", "", "200").List()[0]["may"]
}

// The same statement from two at once: one imports it, the other hears that it is
// there.
func TestOneStatementFromTwoAtOnce(t *testing.T) {
	s := bankStory(t)
	file := camt(t, "S1", "2026-03-02", "0.00", "5.00", "5.00")
	got := s.bothAtOnce(`LOCK TABLE bank_statements IN EXCLUSIVE MODE`, func(who string) reply {
		return s.send(who, "POST", "/bank-statements", file, xml)
	})
	if got != "1 201, 1 409 statement-imported-before" {
		t.Errorf("got %s", got)
	}
}

// One line from two at once: it is matched once.
func TestOneLineFromTwoAtOnce(t *testing.T) {
	s := bankStory(t)
	s.booked("2026-03-02", domain.DepositVoucher(domain.Entry{ID: uuid.New()}, "QMR", "", dollars("5.00"), dollars("0.00")))
	s.ask("pia", "POST", "/bank-statements", camt(t, "S1", "2026-03-02", "0.00", "5.00", "5.00"), "201", xml)
	body := fmt.Sprintf(`{"lines":["%v"],"postings":[%.0f],"reason":"it is"}`, s.lineOfAmount("5.00")["id"], s.ask("pia", "GET", "/bank-movements", "", "200").List()[0]["posting"])
	got := s.bothAtOnce(`LOCK TABLE matched_lines IN EXCLUSIVE MODE`, func(who string) reply {
		return s.send(who, "POST", "/matches", body)
	})
	if got != "1 201, 1 409 already-matched" {
		t.Errorf("got %s", got)
	}
}

// bothAtOnce lets pia and rui ask the same behind a gate, and tells what came of it.
func (s *story) bothAtOnce(lock string, ask func(who string) reply) string {
	var done, refused atomic.Int64
	var said atomic.Value
	said.Store("")
	s.Gate(s.t, lock, 2, func() {
		var all sync.WaitGroup
		for _, who := range []string{"pia", "rui"} {
			all.Go(func() {
				if r := ask(who); r.status < 300 {
					done.Add(1)
				} else {
					refused.Add(1)
					said.Store(fmt.Sprint(r.status, " ", r.at("code")))
				}
			})
		}
		all.Wait()
	})
	return fmt.Sprintf("%d 201, %d %s", done.Load(), refused.Load(), said.Load())
}

// Each rule of matching has its sentence in all six languages.
func TestEveryMatchHasItsReasonInSixLanguages(t *testing.T) {
	words, err := LoadWords()
	must(t, err)
	for _, rule := range domain.MatchRules() {
		seen := map[string]bool{}
		for _, lang := range languages {
			text := words.in(lang).say("match."+string(rule), map[string]any{"reference": "FTR-1"})
			if text == "" || seen[text] {
				t.Errorf("%s has no reason of its own in %s", rule, lang)
			}
			seen[text] = true
		}
	}
}

// A contribution and a transfer made by their own acts meet the bank: what was
// signed, released and sent comes back under its reference.
func TestWhatTheActsBookedMeetsTheBank(t *testing.T) {
	s := agency(t)
	must(t, s.DB.Exec(`INSERT INTO bank_accounts (id, number, name, currency, created_at) VALUES (?, ?, 'The fund', 'USD', ?)`,
		uuid.New(), ourAccount, storetest.Start).Error)
	a := s.agreementOf("1000000.00")
	s.ask("pia", "POST", "/agreements/"+a+"/deposits", `{"amount":`+usd("1000000.00")+`,"received_on":"2026-03-02","bank_reference":"BK 4711 22"}`, "201")
	jp := s.programme("MIG-JP-2026-001", map[string]string{"IOM": "700000.00"})
	s.mou("IOM")
	r := s.request(jp, "IOM", "490000.00")
	path, last := "/transfer-requests/"+r.at("id"), r
	for _, step := range []struct{ who, path, body string }{
		{"cora", "/signature", ""}, {"pia", "/preparation", ""}, {"rolf", "/release", ""}, {"pia", "/sending", `{"sent_on":"2026-03-02"}`},
	} {
		last = s.ask(step.who, "POST", path+step.path, step.body, "200", ifMatch(last.tag()))
	}
	s.ask("pia", "POST", "/bank-statements", camt(t, "S1", "2026-03-02", "0.00", "500000.00",
		"990000.00 |||| BK 4711 22 LESS FEE", "-490000.00 | "+r.at("ref")+" || IOM"), "201", xml)
	if got, want := s.standing(""), "-490000.00 matched end-to-end-id, 990000.00 matched net-of-fee"; got != want {
		t.Errorf("the lines stand %s", got)
	}
	p := s.ask("sven", "GET", "/proof?on=2026-03-02", "", "200")
	if p.at("difference", "amount") != "0.00" || p.at("statement_balance", "amount") != "500000.00" || p.at("not_booked", "items") != "[]" {
		t.Errorf("the proof is %s", p.raw)
	}
}

// A list goes on where its page ended, and shows everything once.
func TestTheLinesInPages(t *testing.T) {
	s := bankStory(t)
	var lines []string
	for n := range 7 {
		lines = append(lines, fmt.Sprintf("%d.00", n+1))
	}
	s.ask("pia", "POST", "/bank-statements", camt(t, "S1", "2026-03-02", "0.00", "28.00", lines...), "201", xml)
	for _, state := range []string{"", "state=unmatched&"} {
		seen, query := map[string]bool{}, "?"+state+"limit=3"
		for pages := 0; query != ""; pages++ {
			r := s.ask("pia", "GET", "/reconciliation"+query, "", "200")
			for _, l := range r.List() {
				seen[fmt.Sprint(l["id"])] = true
			}
			_, rest, more := strings.Cut(r.header.Get("Link"), "?")
			query = ""
			if more {
				query = "?" + strings.TrimSuffix(rest, `>; rel="next"`)
			}
			if pages > 3 {
				t.Fatal("there is no end")
			}
		}
		if len(seen) != 7 {
			t.Errorf("%q shows %d lines", state, len(seen))
		}
	}
	s.ask("pia", "GET", "/reconciliation?after=x", "", "422 malformed")
	s.ask("pia", "POST", "/bank-statements", camt(t, "S2", "2026-03-03", "28.00", "36.00", "8.00"), "201", xml)
	of := "?statement=" + s.ask("pia", "GET", "/bank-statements", "", "200").List()[0]["id"].(string)
	if list := s.ask("pia", "GET", "/reconciliation"+of, "", "200").List(); len(list) != 1 || list[0]["statement"] != "S2" {
		t.Errorf("the lines of one statement are %v", list)
	}
	for _, c := range s.ask("pia", "GET", "/reconciliation/counts"+of, "", "200").List() {
		if want := map[bool]string{true: "1", false: "0"}[c["state"] == "unmatched"]; fmt.Sprint(c["count"]) != want {
			t.Errorf("%v lines of one statement are %v", c["count"], c["state"])
		}
	}
	s.ask("pia", "GET", "/reconciliation?statement=x", "", "404 not-found")
	if n := len(s.ask("pia", "GET", "/bank-statements?limit=1", "", "200").List()); n != 1 {
		t.Errorf("%d statements", n)
	}
}
