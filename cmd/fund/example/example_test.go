package example_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"startupfund/api"
	"startupfund/cmd/fund/example"
	"startupfund/domain"
	"startupfund/store"
	"startupfund/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var start = time.Date(2026, 11, 21, 23, 15, 0, 0, time.UTC)

func made(t *testing.T, start time.Time) (*storetest.Fund, []example.SignIn) {
	t.Helper()
	f := storetest.New(t)
	f.Clock.Set(start)
	var signIns []example.SignIn
	err := example.Make(t.Context(), f.Store, example.Options{Now: start, File: api.BankFile,
		Keep: func(all []example.SignIn) error { signIns = all; return nil }})
	if err != nil {
		t.Fatal(err)
	}
	return f, signIns
}

// TestExample makes the whole fund and counts. That the books agree, storetest asks
// at the end.
func TestExample(t *testing.T) {
	f, signIns := made(t, start)
	ctx, by := t.Context(), domain.Console()

	if there, err := example.Present(ctx, f.Store); !there || err != nil {
		t.Errorf("present: %v, %v", there, err)
	}
	fund, err := f.Fund(ctx)
	if err != nil || !fund.Example || fund.Code != example.Code {
		t.Errorf("%+v, %v", fund, err)
	}
	count := func(what, sql string, want int) {
		t.Helper()
		var got int
		if err := f.DB.Raw(sql).Row().Scan(&got); err != nil || got != want {
			t.Errorf("%s: %d (%v), want %d", what, got, err, want)
		}
	}
	count("seats", `SELECT count(*) FROM seats s JOIN seat_terms x ON x.seat = s.id WHERE x.term @> date '2026-11-21'`, 13)
	count("seats held by others a year ago", `SELECT count(*) FROM seat_terms a JOIN seat_terms b ON a.seat = b.seat AND a.organisation <> b.organisation
		WHERE a.term @> date '2026-11-21' AND b.term @> date '2025-11-21'`, 8)
	count("states", `SELECT count(*) FROM organisations WHERE kind = 'state' AND iso3166 ~ '^(Q[M-Z]|X[A-Z])$' AND code = iso3166`, 40)
	count("organisations that may receive", `SELECT count(DISTINCT organisation) FROM mous WHERE in_force @> date '2026-11-21'`, 12)
	count("proposals", `SELECT count(*) FROM proposals`, 45)
	count("whole documents", `SELECT count(*) FROM proposals WHERE phase = 'document' AND stage = 'eligible'`, 11)
	count("documents being written", `SELECT count(*) FROM proposals WHERE phase = 'document' AND stage = 'draft'`, 2)
	count("states with a note", `SELECT count(DISTINCT state) FROM proposals`, 40)
	count("stages", `SELECT count(DISTINCT stage) FROM proposals`, 8) // every one there is
	count("decisions", `SELECT count(*) FROM decisions`, 16)
	count("decisions in writing", `SELECT count(*) FROM decisions WHERE procedure = 'no-objection'`, 1)
	count("silences that run", `SELECT count(*) FROM questions WHERE state = 'open' AND meeting IS NULL`, 1)
	count("declined notes", `SELECT count(*) FROM proposals WHERE stage = 'declined'`, 2)
	count("decisions by roll call", `SELECT count(*) FROM decisions WHERE procedure = 'vote'`, 1)
	count("transfers waiting for release", `SELECT count(*) FROM transfer_requests WHERE stage = 'prepared'`, 2)
	count("transfers waiting for a signature", `SELECT count(*) FROM transfer_requests WHERE stage = 'requested'`, 1)
	count("transfers sent", `SELECT count(*) FROM transfer_requests WHERE stage = 'sent'`, 22)
	for state, want := range map[string]int{"financially-closed": 1, "operationally-closed": 1, "active": 3, "approved": 3} { // one of these is a preparation
		count("programmes "+state, `SELECT count(*) FROM programmes WHERE state = '`+state+`'`, want)
	}
	count("preparations", `SELECT count(*) FROM programmes WHERE preparation AND code LIKE 'PREP-%'`, 1)
	count("accepted reports", `SELECT count(*) FROM reports WHERE state = 'accepted'`, 5)
	due, err := f.DueReports(ctx, by)
	if late := slices.DeleteFunc(due, func(d store.DueReport) bool { return d.Late == 0 }); err != nil || len(late) != 2 {
		t.Errorf("late reports: %v, %v", late, err)
	}
	count("conditions fulfilled", `SELECT count(*) FROM condition_steps WHERE step = 'confirm'`, 2)
	count("extensions asked for", `SELECT count(*) FROM change_requests WHERE kind = 'no-cost-extension' AND state = 'asked'`, 1)
	count("promises kept", `SELECT count(*) FROM management_follow_ups WHERE state = 'done'`, 1)
	count("promises overdue", `SELECT count(*) FROM management_answers a WHERE due_on < date '2026-11-21' AND NOT EXISTS (
		SELECT FROM management_follow_ups f WHERE (f.evaluation, f.n) = (a.evaluation, a.n) AND f.state = 'done')`, 1)
	count("meetings under way", `SELECT count(*) FROM meetings WHERE state = 'open'`, 1)
	count("questions put in a meeting", `SELECT count(*) FROM questions WHERE state = 'open' AND meeting IS NOT NULL`, 1)
	count("recusals of those who sit", `SELECT count(*) FROM interests i JOIN questions q ON q.id = i.question WHERE q.state = 'listed' AND i.effect IN ('leave', 'lose-sight')`, 2)
	count("statements", `SELECT count(*) FROM bank_statements`, 2)
	count("events before the clock started or after it", `SELECT count(*) FROM events WHERE at < '2023-09-01' OR at > '2026-11-21 23:15+00'`, 0)
	count("letters about what is invented", `SELECT count(*) FROM river_job`, 0)
	count("events out of their order", `SELECT count(*) FROM (SELECT at < lag(at) OVER (ORDER BY seq) AS back FROM events) x WHERE back`, 0)

	status, err := f.Statement(ctx, by, time.Time{})
	if err != nil || status.Line("contributions").Text() != "52218539.00" {
		t.Errorf("contributions %s, %v", status.Line("contributions"), err)
	}
	past, err := f.Statement(ctx, by, time.Date(2018, 12, 31, 0, 0, 0, 0, time.UTC))
	if err != nil || past.Line("contributions").Text() != "38068539.00" {
		t.Errorf("contributions of the past %s, %v", past.Line("contributions"), err)
	}
	reconciled(t, f)
	for _, s := range signIns {
		if _, err := f.SignIn(ctx, store.SignIn{Email: s.Email, Password: s.Password, Address: "192.0.2.1"}); err != nil {
			t.Errorf("%s does not get in: %v", s.Email, err)
		}
	}
	if len(signIns) < 14 {
		t.Errorf("%d can sign in", len(signIns))
	}
}

// reconciled sees that half of the bank's newest statement is matched and that the
// proof of the day adds up.
func reconciled(t *testing.T, f *storetest.Fund) {
	by := domain.Console()
	proof, err := f.Proof(t.Context(), by, time.Time{})
	if err != nil || !proof.Explained() || len(proof.Sent) == 0 || len(proof.NotBooked) == 0 {
		t.Errorf("proof: difference %s, %d sent, %d not booked, %v", proof.Difference, len(proof.Sent), len(proof.NotBooked), err)
	}
	if !slices.ContainsFunc(proof.Sent, func(m domain.Movement) bool { return m.Amount.Text() == "-315000.00" }) {
		t.Error("the payment that the bank has not debited is not listed")
	}
	page, err := f.Reconciliation(t.Context(), by, store.Lines{}, store.Window{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	states := map[domain.LineState]int{}
	for _, l := range page.Items {
		if l.Statement == "EXAMPLE-0002" {
			states[l.State]++
		} else if l.State != domain.LineMatched && l.State != domain.LineInSuspense {
			t.Errorf("the first statement has a line %s: %s %s", l.State, l.Amount, l.Text)
		}
	}
	for state, want := range map[domain.LineState]int{domain.LineMatched: 4, domain.LineSuggested: 3, domain.LineUnmatched: 1,
		domain.LineOnHold: 1, domain.LineOtherFund: 1} {
		if states[state] != want {
			t.Errorf("%d lines are %s, want %d: %v", states[state], state, want, states)
		}
	}
}

func TestExampleIsMadeOnce(t *testing.T) {
	start := time.Date(2027, 3, 1, 0, 30, 0, 0, time.UTC) // another day of the week, and of the year
	f, _ := made(t, start)
	reconciled(t, f)
	var before, after int
	f.DB.Raw(`SELECT count(*) FROM events`).Row().Scan(&before)
	err := example.Make(t.Context(), f.Store, example.Options{Now: start.AddDate(0, 1, 0), File: api.BankFile,
		Keep: func([]example.SignIn) error { t.Error("passwords are made again"); return nil }})
	f.DB.Raw(`SELECT count(*) FROM events`).Row().Scan(&after)
	if err != nil || before != after {
		t.Errorf("%v; %d events became %d", err, before, after)
	}
}

func TestExampleLeavesOthersAlone(t *testing.T) {
	f := storetest.New(t)
	f.Fill(t, `INSERT INTO fund (code, name, currency, founded_at) VALUES ('MIG00', 'A fund', 'USD', '2026-03-02')`)
	if err := example.Make(t.Context(), f.Store, example.Options{Now: start}); !errors.Is(err, example.ErrAnother) {
		t.Errorf("another fund: %v", err)
	}
	f = storetest.New(t)
	f.Clock.Set(start)
	cut := func([]byte) store.StatementFile {
		return func(func(domain.BankStatement) error, func(domain.BankLine) error) error {
			return errors.New("cut short")
		}
	}
	err := example.Make(t.Context(), f.Store, example.Options{Now: start, File: cut, Keep: func([]example.SignIn) error { return nil }})
	if err == nil {
		t.Error("it was made in spite of a failure")
	}
	if _, err := example.Present(t.Context(), f.Store); !errors.Is(err, example.ErrUnfinished) {
		t.Errorf("cut short: %v", err)
	}
}
