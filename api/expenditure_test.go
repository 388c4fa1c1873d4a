package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// spending is a body of one year's expenditure: what is not named is nothing.
func spending(year int, certified bool, explanation string, lines ...string) string {
	all := map[string]string{"staff": "0.00", "supplies": "0.00", "equipment": "0.00", "contractual": "0.00", "travel": "0.00", "grants": "0.00", "operating": "0.00", "indirect": "0.00"}
	for i := 0; i < len(lines); i += 2 {
		all[lines[i]] = lines[i+1]
	}
	officer := ""
	if certified {
		officer = "Chief of Accounts"
	}
	var said []string
	for line, amount := range all {
		said = append(said, fmt.Sprintf("%q:%s", line, usd(amount)))
	}
	return fmt.Sprintf(`{"year":%d,"certified":%t,"officer":%q,"explanation":%q,"language":"en","lines":{%s}}`, year, certified, officer, explanation, strings.Join(said, ","))
}

// From the first provisional figure to a corrected year in the books: what was certified is
// posted by line, what is put right is reversed by name, and the delivery rate is not capped.
func TestOrganisationsStateWhatTheySpent(t *testing.T) {
	s, meeting := bodyOf13(t)
	programme := s.started(meeting)
	path := programme + "/expenditures"
	year := s.Clock.Now().Year()
	s.ask("olga", "POST", path, spending(year, false, "", "staff", "10.00"), "422 expenditure-year") // nothing was transferred to ILO
	s.ask("otto", "POST", path, spending(year+1, false, ""), "422 expenditure-year")
	s.ask("otto", "POST", path, spending(year, true, "", "staff", "10.00"), "409 year-to-certify-not-over")
	s.ask("sec", "POST", path, spending(year, false, ""), "403 not-permitted")
	s.ask("otto", "POST", path, strings.Replace(spending(year, false, ""), `"travel"`, `"trips"`, 1), "422 required")
	s.ask("otto", "POST", path, spending(year, false, "", "staff", "1.001"), "422 too-many-decimals")

	// Provisional: seen, and in no book.
	r := s.ask("otto", "POST", path, spending(year, false, "", "staff", "100.00"), "201")
	if r.at("spent", "amount") != "0.00" || r.at("statements", "0", "state") != "provisional" {
		t.Errorf("%s", r.raw)
	}

	// The year is over: certified; out of the ordinary only with a word.
	s.days(330)
	s.ask("otto", "POST", path, spending(year, true, "", "staff", "100000.00", "indirect", "7000.01"), "422 expenditure-unexplained")
	r = s.ask("otto", "POST", path, spending(year, true, "", "staff", "100000.00", "indirect", "7000.00"), "201")
	first := r.at("statements", "0", "id")
	if r.at("statements", "0", "state") != "waiting" || r.at("statements", "1", "state") != "replaced" || r.at("spent", "amount") != "0.00" {
		t.Errorf("%s", r.raw)
	}
	s.ask("otto", "POST", "/expenditures/"+first+"/finding", `{"accepted":true}`, "403 not-permitted")
	s.ask("pia", "POST", "/expenditures/"+first+"/finding", `{"accepted":false}`, "422 required")
	s.ask("pia", "POST", "/expenditures/"+first+"/finding", `{"accepted":false,"reason":"Travel is missing."}`, "200")
	s.ask("pia", "POST", "/expenditures/"+first+"/finding", `{"accepted":true}`, "409 wrong-expenditure-state")
	r = s.ask("otto", "POST", path, spending(year, true, "", "staff", "100000.00", "travel", "20000.00", "indirect", "8400.00"), "201")
	second := r.at("statements", "0", "id")
	r = s.ask("pia", "POST", "/expenditures/"+second+"/finding", `{"accepted":true}`, "200")
	if r.at("spent", "amount") != "128400.00" || r.at("net_funded", "amount") != "300000.00" || r.at("delivery_rate") != "42.80" || r.at("by_line", "travel", "amount") != "20000.00" {
		t.Errorf("%s", r.raw)
	}
	voucher := s.ask("pia", "GET", "/vouchers/"+r.at("statements", "0", "finding", "voucher"), "", "200")
	if voucher.at("kind") != "expenditure" || voucher.at("booked_on") != fmt.Sprintf("%d-12-31", year) {
		t.Errorf("%s", voucher.raw)
	}

	// Put right: what stood is reversed by name; more than was transferred needs a word, and is accepted.
	s.ask("otto", "POST", path, spending(year, true, "", "staff", "100000.00", "travel", "20000.00", "indirect", "8400.00"), "422 expenditure-unchanged")
	s.ask("otto", "POST", path, spending(year, true, "", "staff", "400000.00"), "422 expenditure-unexplained")
	r = s.ask("otto", "POST", path, spending(year, true, "Salaries of three years were paid at once.", "staff", "400000.00"), "201")
	r = s.ask("rolf", "POST", "/expenditures/"+r.at("statements", "0", "id")+"/finding", `{"accepted":true}`, "200")
	if r.at("spent", "amount") != "400000.00" || r.at("delivery_rate") != "133.33" || r.at("statements", "1", "state") != "replaced" {
		t.Errorf("%s", r.raw)
	}
	if v := s.ask("pia", "GET", "/vouchers/"+voucher.at("id"), "", "200"); v.at("reversed_by") == "" {
		t.Errorf("not reversed: %s", v.raw)
	}
	books := s.ask("pia", "GET", programme+"/books", "", "200")
	if !strings.Contains(string(books.raw), `"spent":{"amount":"400000.00"`) {
		t.Errorf("%s", books.raw)
	}

	// Each organisation sees its own, the agent all.
	if n := len(s.ask("olga", "GET", path, "", "200").List()); n != 1 {
		t.Errorf("ILO sees %d parts", n)
	}
	if n := len(s.ask("pia", "GET", path, "", "200").List()); n != 2 {
		t.Errorf("the agent sees %d parts", n)
	}
	s.person("pat", "organisation", "UNHCR", "un")
	s.ask("pat", "GET", path, "", "404 not-found")
	s.ask("pat", "POST", path, spending(year, true, "", "staff", "1.00"), "409 no-share-in-the-programme")
}

// A year that is over is owed by the charter's day: a task, reminders once a day, the agent told
// when it is overdue; certified, it is the agent's to take or to send back, and owed again then.
func TestExpenditureIsOwed(t *testing.T) {
	s, meeting := bodyOf13(t)
	programme := s.started(meeting)
	path := programme + "/expenditures"
	year := s.Clock.Now().Year()
	code := s.ask("sec", "GET", programme, "", "200").at("code")
	waits := func(who string, want ...string) { // beside what else does
		t.Helper()
		got := slices.DeleteFunc(s.waits(who), func(task string) bool { return !strings.HasPrefix(task, "expenditure.") })
		if !slices.Equal(got, want) {
			t.Errorf("on %s waits %v, not %v", who, got, want)
		}
	}
	owes := fmt.Sprintf("expenditure.state %s, %d", code, year)
	takes := fmt.Sprintf("expenditure.take %s, IOM, %d", code, year)
	remind := func(day string) {
		s.on(day)
		must(t, s.RemindExpenditure(t.Context()))
		must(t, s.RemindExpenditure(t.Context()))
	}
	if list := s.ask("pia", "GET", "/expenditures", "", "200").List(); len(list) != 0 {
		t.Errorf("owed before the year is over: %v", list)
	}
	waits("otto")

	s.on(fmt.Sprintf("%d-01-02", year+1))
	waits("otto", owes)
	list := s.ask("pia", "GET", "/expenditures", "", "200").List()
	if len(list) != 1 || list[0]["state"] != "owed" || list[0]["due_on"] != fmt.Sprintf("%d-04-30", year+1) {
		t.Errorf("%v", list)
	}
	if n := len(s.ask("olga", "GET", "/expenditures", "", "200").List()); n != 0 {
		t.Errorf("ILO, to which nothing was sent, sees %d", n)
	}
	s.ask("donors-1", "GET", "/expenditures", "", "403 not-permitted")

	before := len(s.told("otto"))
	remind(fmt.Sprintf("%d-03-31", year+1)) // thirty days before
	remind(fmt.Sprintf("%d-04-01", year+1))
	s.lastTold("otto", "expenditure-due")
	if n := len(s.told("otto")); n != before+1 {
		t.Errorf("told %d times, not once", n-before)
	}
	remind(fmt.Sprintf("%d-05-01", year+1))
	s.lastTold("otto", "expenditure-overdue")
	s.lastTold("pia", "expenditure-overdue")
	if list = s.ask("pia", "GET", "/expenditures", "", "200").List(); list[0]["late_days"] != float64(1) || list[0]["reminded_at"] == nil {
		t.Errorf("%v", list)
	}

	// Provisional figures neither end it nor are told; certified ones wait for the agent.
	s.ask("otto", "POST", path, spending(year, false, "", "staff", "1.00"), "201")
	s.lastTold("pia", "expenditure-overdue")
	waits("otto", owes)
	r := s.ask("otto", "POST", path, spending(year, true, "", "staff", "100000.00"), "201")
	s.lastTold("pia", "expenditure-certified")
	waits("otto")
	waits("pia", takes)
	waits("rolf", takes)
	if list = s.ask("pia", "GET", "/expenditures", "", "200").List(); list[0]["state"] != "waiting" || list[0]["late_days"] != float64(0) {
		t.Errorf("%v", list)
	}
	remind(fmt.Sprintf("%d-05-08", year+1))
	s.lastTold("otto", "expenditure-overdue")

	s.ask("pia", "POST", "/expenditures/"+r.at("statements", "0", "id")+"/finding", `{"accepted":false,"reason":"Travel is missing."}`, "200")
	s.lastTold("otto", "expenditure-returned")
	waits("otto", owes)
	waits("pia")
	r = s.ask("otto", "POST", path, spending(year, true, "", "staff", "100000.00", "travel", "5.00"), "201")
	s.ask("rolf", "POST", "/expenditures/"+r.at("statements", "0", "id")+"/finding", `{"accepted":true}`, "200")
	s.lastTold("otto", "expenditure-taken")
	waits("otto")
	if list = s.ask("pia", "GET", "/expenditures", "", "200").List(); len(list) != 0 {
		t.Errorf("%v", list)
	}
}
