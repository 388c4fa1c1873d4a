package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"startupfund/domain/ledger"
	"startupfund/store/storetest"
)

// programme is one that a decision adopted, with what it allocated to each
// organisation drawn from available money: rows, where the acts of the body are
// not what the story is about.
func (s *story) programme(code string, shares map[string]string) uuid.UUID {
	s.t.Helper()
	ids := map[string]uuid.UUID{}
	id := func(name string) uuid.UUID {
		if _, ok := ids[name]; !ok {
			ids[name] = uuid.New()
		}
		return ids[name]
	}
	run := func(sql string, args ...any) { s.t.Helper(); must(s.t, s.DB.Exec(sql, args...).Error) }
	at := storetest.Start
	chair := s.ids["cora"]
	state := s.org("QMR", "state")
	total := ledger.Zero(ledger.USD)
	for _, amount := range shares {
		m, err := ledger.Parse(amount, ledger.USD)
		must(s.t, err)
		total = total.Add(m)
	}
	run(`INSERT INTO calls (id, ref, title, text, opens_at, closes_at, areas, currency, charter_version, created_at, announced_at)
		VALUES (?, ?, 'A call', 'Words', ?, ?, '{area-2}', 'USD', 1, ?, ?)`, id("call"), "C-"+code, at.AddDate(0, -2, 0), at.AddDate(0, -1, 0), at, at)
	run(`INSERT INTO proposals (id, ref, call, organisation, state, title, currency, stage, submitted_at, submission, charter_version, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, 'A programme', 'USD', 'approved', ?, 1, 1, ?, ?)`, id("proposal"), "P-"+code, id("call"), state, state, at, at, at)
	content := fmt.Sprintf(`{"amount":"0.00","area":"","state":%q,"title":"A programme"}`, state)
	run(`INSERT INTO proposal_versions (proposal, n, content, content_hash, receipt, at) VALUES (?, 1, ?, sha256(convert_to(?, 'UTF8')), ?, ?)`,
		id("proposal"), content, content, "R-"+code, at.AddDate(0, -1, -1))
	run(`INSERT INTO screenings (id, proposal, n, outcome, reason, person, at) VALUES (?, ?, 1, 'eligible', '', ?, ?)`, id("screening"), id("proposal"), chair, at)
	run(`INSERT INTO meetings (id, ref, title, starts_at, state, charter_version, created_at) VALUES (?, ?, 'A meeting', ?, 'closed', 1, ?)`, id("meeting"), "M-"+code, at, at)
	run(`INSERT INTO questions (id, meeting, item, kind, procedure, title, text, proposal, proposal_version, amount, currency, state, charter_version)
		VALUES (?, ?, 1, 'grant', 'consensus', 'A grant', '', ?, 1, ?, 'USD', 'adopted', 1)`, id("question"), id("meeting"), id("proposal"), total.Text())
	run(`INSERT INTO decisions (id, number, question, meeting, kind, procedure, title, text, language, proposal, proposal_version, amount, currency, record, record_hash, charter_version, announced_by, adopted_at)
		VALUES (?, ?, ?, ?, 'grant', 'consensus', 'A grant', '', 'en', ?, 1, ?, 'USD', '{}', sha256('{}'), 1, ?, ?)`, id("decision"), "2026-"+code, id("question"), id("meeting"), id("proposal"), total.Text(), chair, at)
	run(`INSERT INTO programmes (id, code, proposal, decision, title, state, charter_version, created_at) VALUES (?, ?, ?, ?, 'A programme', 'approved', 1, ?)`, id("programme"), code, id("proposal"), id("decision"), at)
	for org, amount := range shares {
		run(`INSERT INTO programme_shares (programme, organisation, amount) VALUES (?, ?, ?)`, id("programme"), s.org(org, "un"), amount)
		s.post("allocation", "fund:available:unearmarked", "fund:allocated:"+code+":"+org, amount, "decision", "2026-"+code)
	}
	return id("programme")
}

// post books one posting under an event of its own, about a subject of a kind.
func (s *story) post(kind, from, to, amount string, subject ...string) {
	s.t.Helper()
	if len(subject) == 0 {
		subject = []string{"test", "x"}
	}
	event, at := uuid.New(), storetest.Start
	must(s.t, s.DB.Exec(`INSERT INTO events (id, at, role, act, subject_kind, subject, charter_version, changes) VALUES (?, ?, 'public', 'test.post', 'test', 'x', 1, '{}')`, event, at).Error)
	list, err := json.Marshal([]any{map[string]any{"id": uuid.New(), "kind": kind, "booked_on": at.Format("2006-01-02"), "value_on": at.Format("2006-01-02"), "posted_at": at,
		"memo": "a test", "subject_kind": subject[0], "subject": subject[1], "charter_version": 1, "event": event,
		"postings": []any{map[string]any{"from": from, "to": to, "amount": amount, "currency": "USD"}}}})
	must(s.t, err)
	must(s.t, s.DB.Exec(`SELECT count(*) FROM post_vouchers(?::jsonb)`, string(list)).Error)
}

// agency is a story with the people of the agent and of the body.
func agency(t *testing.T) *story {
	s := newStory(t)
	s.person("cora", "coordinator", "NETWORK", "un")
	s.person("sven", "secretariat", "NETWORK", "un")
	s.person("pia", "agent-preparer", "AGENT", "agent")
	s.person("rolf", "agent-releaser", "AGENT", "agent")
	s.person("otto", "organisation", "IOM", "un")
	s.person("olga", "organisation", "UNDP", "un")
	s.person("dora", "contributor", "QMR", "state")
	s.person("dick", "contributor", "QNA", "state")
	s.person("aude", "auditor", "AUDIT", "other")
	return s
}

func usd(amount string) string { return `{"amount":"` + amount + `","currency":"USD"}` }

// hat is another hat of somebody, worn in a session of its own.
func (s *story) hat(name, person, role, org string) {
	s.t.Helper()
	s.person(name, role, org, "agent")
	must(s.t, s.DB.Exec(`UPDATE sessions SET person = ? WHERE person = ?`, s.ids[person], s.ids[name]).Error)
	must(s.t, s.DB.Exec(`UPDATE memberships SET person = ? WHERE person = ?`, s.ids[person], s.ids[name]).Error)
	s.ids[name] = s.ids[person]
}

// committed is an agreement, signed and deposited in full: money to allocate.
func (s *story) committed(amount string) string {
	s.t.Helper()
	a := s.agreementOf(amount)
	s.ask("pia", "POST", "/agreements/"+a+"/deposits", `{"amount":`+usd(amount)+`,"received_on":"2026-03-01"}`, "201")
	return a
}

func (s *story) agreementOf(amount string) string {
	return s.ask("pia", "POST", "/agreements", fmt.Sprintf(`{"contributor":%q,"amount":%s,"signed_on":"2026-02-01","instalments":[{"due_on":"2026-03-01","amount":%s}]}`,
		s.org("QMR", "state"), usd(amount), usd(amount)), "201").at("id")
}

func (s *story) mou(org string) {
	s.t.Helper()
	s.ask("pia", "POST", "/mous", fmt.Sprintf(`{"organisation":%q,"ref":"MOU %s","from":"2020-01-01"}`, s.org(org, "un"), org), "201")
}

func (s *story) request(programme uuid.UUID, org, amount string) reply {
	s.t.Helper()
	return s.ask("sven", "POST", "/programmes/"+programme.String()+"/transfer-requests",
		fmt.Sprintf(`{"organisation":%q,"amount":%s,"purpose":"first tranche"}`, s.org(org, "un"), usd(amount)), "201")
}

// A request goes through its hands: what is missing is said by name, and each
// step is refused to the wrong one.
func TestATransferPassesThroughFourHands(t *testing.T) {
	s := agency(t)
	s.committed("1000000.00")
	jp := s.programme("MIG-JP-2026-001", map[string]string{"IOM": "700000.00", "UNDP": "100000.00"})
	requests := "/programmes/" + jp.String() + "/transfer-requests"
	iom := s.org("IOM", "un")
	ask := func(org uuid.UUID, amount string) string {
		return fmt.Sprintf(`{"organisation":%q,"amount":%s}`, org, amount)
	}
	for _, c := range []struct{ who, path, body, want string }{
		{"pia", requests, ask(iom, usd("1.00")), "403 not-permitted"},
		{"", requests, ask(iom, usd("1.00")), "401 sign-in-first"},
		{"sven", "/programmes/" + uuid.NewString() + "/transfer-requests", ask(iom, usd("1.00")), "404 not-found"},
		{"sven", requests, ask(iom, usd("700000.01")), "409 above-allocation"},
		{"sven", requests, ask(s.org("WHO", "un"), usd("1.00")), "409 no-share-in-the-programme"},
		{"sven", requests, ask(uuid.New(), usd("1.00")), "422 unknown-value"},
		{"sven", requests, ask(iom, usd("0.00")), "422 amount-not-positive"},
		{"sven", requests, ask(iom, usd("-5.00")), "422 amount-not-positive"},
		{"sven", requests, ask(iom, usd("0.001")), "422 too-many-decimals"},
		{"sven", requests, ask(iom, usd("1e1000000")), "422 bad-amount"},
		{"sven", requests, ask(iom, `{"amount":"1.00","currency":"EUR"}`), "409 other-currency"},
	} {
		s.ask(c.who, "POST", c.path, c.body, c.want)
	}

	r := s.request(jp, "IOM", "490000.00")
	if ref := r.at("ref"); ref != "MIG-JP-2026-001-IOM-1" {
		t.Errorf("the reference is %s", ref)
	}
	above := s.ask("sven", "POST", requests, ask(iom, usd("210000.01")), "409 above-allocation")
	for _, part := range []string{"700,000.00", "490,000.00", "210,000.01"} {
		if !strings.Contains(above.at("detail"), part) {
			t.Errorf("%s is not said: %s", part, above.at("detail"))
		}
	}
	path := "/transfer-requests/" + r.at("id")
	if got := r.at("missing"); got != "[not-signed not-prepared no-mou]" {
		t.Errorf("missing is %s", got)
	}
	s.ask("rolf", "POST", path+"/release", "", "409 not-signed", ifMatch(r.tag()))
	s.ask("pia", "POST", path+"/preparation", "", "409 not-signed", ifMatch(r.tag()))
	s.ask("sven", "POST", path+"/signature", "", "403 not-permitted", ifMatch(r.tag()))
	s.ask("cora", "POST", path+"/signature", "", "428 say-which-version")
	s.ask("cora", "POST", path+"/signature", "", "428 idempotency-key-required", key(""), ifMatch(r.tag()))
	s.hat("sven as chair", "sven", "coordinator", "NETWORK2")
	s.ask("sven as chair", "POST", path+"/signature", "", "403 signed-by-its-requester", ifMatch(r.tag()))

	if may := s.ask("cora", "GET", path, "", "200").at("may"); may != "[transfer.sign]" {
		t.Errorf("the Chair may %s", may)
	}
	signed := s.ask("cora", "POST", path+"/signature", "", "200", ifMatch(r.tag()))
	if who := signed.at("signed", "name"); who != "cora" {
		t.Errorf("signed by %s", who)
	}
	s.ask("cora", "POST", path+"/signature", "", "412 changed-since", ifMatch(r.tag()))
	s.ask("cora", "POST", path+"/signature", "", "409 wrong-transfer-stage", ifMatch(signed.tag()))
	prepared := s.ask("pia", "POST", path+"/preparation", "", "200", ifMatch(signed.tag()))

	// The preparer's other hat is the same person.
	s.hat("pia as releaser", "pia", "agent-releaser", "AGENT2")
	s.ask("pia as releaser", "POST", path+"/release", "", "403 released-by-its-preparer", ifMatch(prepared.tag()))
	s.ask("rolf", "POST", path+"/release", "", "409 no-mou", ifMatch(prepared.tag()))
	s.ask("pia", "POST", "/mous", fmt.Sprintf(`{"organisation":%q,"ref":"MOU-1","from":"2020-01-01","until":"2026-03-01"}`, iom), "201")
	s.ask("rolf", "POST", path+"/release", "", "409 no-mou", ifMatch(prepared.tag())) // it ended yesterday
	s.ask("pia", "POST", "/mous", fmt.Sprintf(`{"organisation":%q,"ref":"MOU-2","from":"2026-03-01"}`, iom), "409 mou-overlaps")
	s.ask("pia", "POST", "/mous", fmt.Sprintf(`{"organisation":%q,"ref":"MOU-2","from":"2026-03-02"}`, iom), "201")
	if may := s.ask("rolf", "GET", path, "", "200").at("may"); may != "[transfer.release]" {
		t.Errorf("the releaser may %s", may)
	}
	released := s.ask("rolf", "POST", path+"/release", "", "200", ifMatch(prepared.tag()), key("once"))
	again := s.ask("rolf", "POST", path+"/release", "", "200", ifMatch(prepared.tag()), key("once"))
	if again.at("release_voucher") != released.at("release_voucher") {
		t.Error("the same key released twice")
	}
	s.ask("rolf", "POST", path+"/release", `{}`, "422 idempotency-key-reused", ifMatch(prepared.tag()), key("once"))
	s.ask("sven", "POST", path+"/withdrawal", "", "409 wrong-transfer-stage", ifMatch(released.tag()))
	s.ask("pia", "POST", path+"/sending", `{"sent_on":"2026-03-01"}`, "422 sent-before-release", ifMatch(released.tag()))
	s.ask("pia", "POST", path+"/sending", `{"sent_on":"2026-03-03"}`, "422 day-in-the-future", ifMatch(released.tag()))
	s.days(2)
	sent := s.ask("pia", "POST", path+"/sending", `{"sent_on":"2026-03-03"}`, "200", ifMatch(released.tag()))
	if sent.at("missing") != "[]" || sent.at("stage") != "sent" {
		t.Errorf("%s", sent.raw)
	}

	v := s.ask("", "GET", "/vouchers/"+sent.at("transfer_voucher"), "", "200")
	if v.at("decision") != "2026-MIG-JP-2026-001" || v.at("transfer_request") != "MIG-JP-2026-001-IOM-1" || v.at("act") != "transfer.send" {
		t.Errorf("the voucher tells %s", v.raw)
	}
	for figure, want := range map[string]string{"transfers": "490000.00", "balance_with_agent": "500000.00", "agent_fee": "10000.00", "balance_with_organizations": "490000.00"} {
		if got := s.ask("", "GET", "/statement/"+figure+"/vouchers", "", "200").JSON()["amount"].(map[string]any)["amount"]; got != want {
			t.Errorf("%s is %s, want %s", figure, got, want)
		}
	}

	// Each reader sees what lies within reach.
	other := s.request(jp, "UNDP", "100000.00")
	s.ask("olga", "GET", path, "", "404 not-found")
	s.ask("otto", "GET", path, "", "200")
	s.ask("aude", "GET", path, "", "200")
	s.ask("dora", "GET", path, "", "403 not-permitted")
	if list := s.ask("otto", "GET", "/transfer-requests", "", "200").List(); len(list) != 1 || list[0]["organisation"].(map[string]any)["code"] != "IOM" {
		t.Errorf("IOM sees %v", list)
	}
	if list := s.ask("aude", "GET", "/transfer-requests?stage=requested", "", "200").List(); len(list) != 1 {
		t.Errorf("%d are requested", len(list))
	}
	first := s.ask("aude", "GET", "/transfer-requests?limit=1", "", "200")
	if link := first.header.Get("Link"); len(first.List()) != 1 || !strings.Contains(link, "after=MIG-JP-2026-001-IOM-1") {
		t.Errorf("the first page: %s, %s", link, first.raw)
	}
	if rest := s.ask("aude", "GET", "/transfer-requests?limit=1&after=MIG-JP-2026-001-IOM-1", "", "200"); len(rest.List()) != 1 || rest.header.Get("Link") != "" {
		t.Errorf("the last page: %s", rest.raw)
	}
	s.ask("aude", "GET", "/transfer-requests?stage=lost", "", "422 unknown-value")
	if list := s.ask("otto", "GET", "/mous", "", "200").List(); len(list) != 2 {
		t.Errorf("IOM sees %d memoranda", len(list))
	}
	if list := s.ask("olga", "GET", "/mous", "", "200").List(); len(list) != 0 {
		t.Errorf("UNDP sees %d memoranda", len(list))
	}

	// What is withdrawn may be asked for again, under another reference.
	s.ask("sven", "POST", "/transfer-requests/"+other.at("id")+"/withdrawal", "", "200", ifMatch(other.tag()))
	if ref := s.request(jp, "UNDP", "100000.00").at("ref"); ref != "MIG-JP-2026-001-UNDP-2" {
		t.Errorf("the second reference is %s", ref)
	}
}

// Two requests at once that together exceed the allocation: one goes through.
func TestTwoRequestsAtOnceStayWithinTheAllocation(t *testing.T) {
	s := agency(t)
	s.committed("1000000.00")
	jp := s.programme("JP-1", map[string]string{"IOM": "100.00"})
	body := fmt.Sprintf(`{"organisation":%q,"amount":%s}`, s.org("IOM", "un"), usd("60.00"))
	got := s.atOnce(2, `LOCK TABLE programme_shares IN EXCLUSIVE MODE`, func(int) reply {
		return s.send("sven", "POST", "/programmes/"+jp.String()+"/transfer-requests", body)
	})
	if got[http.StatusCreated] != 1 || got[http.StatusConflict] != 1 {
		t.Errorf("%v", got)
	}
}

// Eight releases at once of one request: one voucher.
func TestARequestIsReleasedOnce(t *testing.T) {
	s := agency(t)
	s.committed("1000000.00")
	jp := s.programme("JP-1", map[string]string{"IOM": "100.00"})
	s.mou("IOM")
	r := s.request(jp, "IOM", "40.00")
	path := "/transfer-requests/" + r.at("id")
	r = s.ask("cora", "POST", path+"/signature", "", "200", ifMatch(r.tag()))
	r = s.ask("pia", "POST", path+"/preparation", "", "200", ifMatch(r.tag()))
	got := s.atOnce(8, `LOCK TABLE transfer_requests IN EXCLUSIVE MODE`, func(int) reply {
		return s.send("rolf", "POST", path+"/release", "", ifMatch(r.tag()))
	})
	if got[http.StatusOK] != 1 || got[http.StatusPreconditionFailed] != 7 {
		t.Errorf("%v", got)
	}
	var n int
	must(t, s.DB.Raw(`SELECT count(*) FROM vouchers WHERE kind = 'release'`).Row().Scan(&n))
	if n != 1 {
		t.Errorf("%d vouchers", n)
	}
}

// atOnce counts the statuses of n requests that all waited before one lock.
func (s *story) atOnce(n int, lock string, send func(int) reply) map[int]int {
	s.t.Helper()
	got := map[int]int{}
	var mu sync.Mutex
	s.Gate(s.t, lock, n, func() {
		var all sync.WaitGroup
		for i := range n {
			all.Go(func() {
				r := send(i)
				mu.Lock()
				defer mu.Unlock()
				got[r.status]++
			})
		}
		all.Wait()
	})
	return got
}

// Each question about money in and out finds what it asks for.
func TestCheckFindsWhatIsWrongWithContributionsAndTransfers(t *testing.T) {
	s := agency(t)
	a := s.committed("1000.00")
	jp := s.programme("JP-1", map[string]string{"IOM": "100.00"})
	s.mou("IOM")
	r := s.request(jp, "IOM", "40.00")
	path := "/transfer-requests/" + r.at("id")
	r = s.ask("cora", "POST", path+"/signature", "", "200", ifMatch(r.tag()))
	r = s.ask("pia", "POST", path+"/preparation", "", "200", ifMatch(r.tag()))
	r = s.ask("rolf", "POST", path+"/release", "", "200", ifMatch(r.tag()))
	open := s.request(jp, "IOM", "60.00").at("id")
	released := r.at("id")
	for _, c := range []struct{ code, breaks, mends string }{
		{"instalments-sum", "UPDATE agreements SET amount = 1001 WHERE id = '" + a + "'", "UPDATE agreements SET amount = 1000 WHERE id = '" + a + "'"},
		{"deposits-within-commitment", "UPDATE agreements SET amount = 999 WHERE id = '" + a + "'", "UPDATE agreements SET amount = 1000 WHERE id = '" + a + "'"},
		{"deposits-are-booked", "UPDATE deposits SET fee = fee + 1", "UPDATE deposits SET fee = fee - 1"},
		{"deposit-vouchers-have-deposits", "UPDATE vouchers SET kind = 'deposit', subject_kind = 'deposit' WHERE kind = 'release'", "UPDATE vouchers SET kind = 'release', subject_kind = 'transfer-request' WHERE id = '" + r.at("release_voucher") + "'"},
		{"no-transfer-without-decision", "UPDATE programmes SET state = 'past', decision = NULL, proposal = NULL", "UPDATE programmes SET state = 'approved', decision = d.id, proposal = d.proposal FROM decisions d"},
		{"no-transfer-without-mou", "UPDATE mous SET in_force = '[2027-01-01,)'", "UPDATE mous SET in_force = '[2020-01-01,)'"},
		{"released-as-booked", "UPDATE transfer_requests SET amount = 39 WHERE id = '" + released + "'", "UPDATE transfer_requests SET amount = 40 WHERE id = '" + released + "'"},
		{"in-transit-is-released", "UPDATE transfer_requests SET amount = 39 WHERE id = '" + released + "'", "UPDATE transfer_requests SET amount = 40 WHERE id = '" + released + "'"},
		{"sent-as-booked", "UPDATE transfer_requests SET stage = 'sent', sent_on = '2026-03-02', transfer_voucher = release_voucher WHERE id = '" + released + "'",
			"UPDATE transfer_requests SET stage = 'released', sent_on = NULL, transfer_voucher = NULL WHERE id = '" + released + "'"},
		{"transfers-have-requests", "UPDATE transfer_requests SET stage = 'prepared', release_voucher = NULL WHERE id = '" + released + "'",
			"UPDATE transfer_requests SET stage = 'released', release_voucher = '" + r.at("release_voucher") + "' WHERE id = '" + released + "'"},
		{"requests-within-allocation", "UPDATE transfer_requests SET amount = 60.01 WHERE id = '" + open + "'", "UPDATE transfer_requests SET amount = 60 WHERE id = '" + open + "'"},
	} {
		s.breaks(c.code, c.breaks, c.mends)
	}
}

// breaks does to the tables what nobody but a superuser can, wants a question of the check
// to find it, and undoes it.
func (s *story) breaks(code, breaks, mends string) {
	s.t.Helper()
	past := func(sql string) {
		must(s.t, s.DB.Exec(`DO $$ BEGIN SET LOCAL session_replication_role = replica; `+sql+`; END $$`).Error)
	}
	past(breaks)
	found, err := s.Check(s.t.Context())
	must(s.t, err)
	told := false
	for _, f := range found {
		told = told || f.Code == code && len(f.Faults) > 0
	}
	if !told {
		s.t.Errorf("%s finds nothing wrong after %s", code, breaks)
	}
	past(mends)
}
