package api

import (
	"fmt"
	"strings"
	"testing"
)

// The second tranche waits until enough of the first is spent or committed and no report is
// overdue; its numbers are on the request, and the agent's clock begins with the last paper.
func TestATrancheWaitsForTheOneBefore(t *testing.T) {
	s, meeting := bodyOf13(t)
	jp := s.started(meeting) // 300,000 of IOM's share is paid
	// Another plan, by the secretariat alone: 300,000 are now the first tranche to the cent.
	plan := func(parts, reason string, after int) string {
		return fmt.Sprintf(`{"organisation":%q,"parts":%s,"reason":%q,"after":%d}`, s.org("IOM", "un"), parts, reason, after)
	}
	s.ask("otto", "POST", jp+"/tranches", plan("[50,50]", "Why", 0), "403 not-permitted")
	s.ask("sec", "POST", jp+"/tranches", plan("[50,51]", "Why", 0), "422 tranches-are-not-the-whole")
	s.ask("sec", "POST", jp+"/tranches", plan("[50,50]", "", 0), "422 required")
	part := s.ask("sec", "POST", jp+"/tranches", plan("[50,50]", "Most is spent in the second year.", 0), "201")
	s.ask("sec", "POST", jp+"/tranches", plan("[100]", "Again", 0), "412 changed-since")
	if got := part.at("tranches", "granted", "amount") + " " + part.at("tranches", "ceilings", "0", "amount"); got != "600000.00 300000.00" {
		t.Errorf("%s", got)
	}
	next := func(name ...string) string { return part.at(append([]string{"tranches", "next"}, name...)...) }
	if next("n") != "2" || next("needed", "amount") != "225000.00" || next("tested") != "true" || next("before", "amount") != "300000.00" {
		t.Errorf("%s", part.raw)
	}

	r := s.ask("sec", "POST", jp+"/transfer-requests", fmt.Sprintf(`{"organisation":%q,"amount":%s}`, s.org("IOM", "un"), usd("100000.00")), "201")
	path := "/transfer-requests/" + r.at("id")
	for _, step := range [][2]string{{"chair", "signature"}, {"pia", "preparation"}} {
		r = s.ask(step[0], "POST", path+"/"+step[1], "", "200", ifMatch(r.tag()))
	}
	if r.at("missing") != "[tranche-not-used]" || r.at("pay_by") != "<nil>" || r.at("tranche", "n") != "2" {
		t.Errorf("waits: %s", r.raw)
	}
	s.ask("rolf", "POST", path+"/release", "", "409 tranche-not-used", ifMatch(r.tag()))

	// A cent too little, and then enough: what is committed counts, and is in no book.
	year := s.Clock.Now().Year()
	used := func(committed string) string {
		return strings.Replace(spending(year, false, "", "staff", "125000.00"), `"year"`, `"committed":`+usd(committed)+`,"year"`, 1)
	}
	s.ask("otto", "POST", jp+"/expenditures", strings.Replace(used("1.00"), `"certified":false`, `"certified":true`, 1), "409 year-to-certify-not-over")
	s.ask("otto", "POST", jp+"/expenditures", used("-1.00"), "422 amount-not-positive")
	s.ask("otto", "POST", jp+"/expenditures", used("99999.99"), "201")
	s.ask("rolf", "POST", path+"/release", "", "409 tranche-not-used", ifMatch(r.tag()))
	s.ask("otto", "POST", jp+"/expenditures", used("100000.00"), "201")
	r = s.ask("rolf", "GET", path, "", "200")
	if r.at("missing") != "[]" || r.at("complete_since") != s.Clock.Now().UTC().Format("2006-01-02T15:04:05Z") || r.at("pay_by") != "2026-03-09" {
		t.Errorf("complete: %s", r.raw)
	}
	if due := s.ask("rolf", "GET", "/tasks", "", "200"); !strings.Contains(string(due.raw), r.at("pay_by")) {
		t.Errorf("no task is due on %s: %s", r.at("pay_by"), due.raw)
	}
	s.holds(map[string]string{"fund:in-transit:" + r.at("programme", "code") + ":IOM": "0.00"})
	r = s.ask("rolf", "POST", path+"/release", "", "200", ifMatch(r.tag()))
	if r.at("tranche") != "<nil>" || r.at("pay_by") != "<nil>" {
		t.Errorf("released: %s", r.raw)
	}
	s.allHolds()
}

// However many release at once, what is released in all stays below the tranche's end; and
// another plan, made once money is out, frees nobody of the test.
func TestReleasesAtOnceStayInTheTranche(t *testing.T) {
	s, meeting := bodyOf13(t)
	jp := s.started(meeting) // 300,000 of 600,000 are paid; the first tranche ends at 420,000
	var paths, tags []string
	for range 2 {
		r := s.ask("sec", "POST", jp+"/transfer-requests", fmt.Sprintf(`{"organisation":%q,"amount":%s}`, s.org("IOM", "un"), usd("100000.00")), "201")
		path := "/transfer-requests/" + r.at("id")
		for _, step := range [][2]string{{"chair", "signature"}, {"pia", "preparation"}} {
			r = s.ask(step[0], "POST", path+"/"+step[1], "", "200", ifMatch(r.tag()))
		}
		paths, tags = append(paths, path), append(tags, r.tag())
	}
	got := s.atOnce(2, `LOCK TABLE programme_shares IN EXCLUSIVE MODE`, func(n int) reply {
		return s.send("rolf", "POST", paths[n]+"/release", "", ifMatch(tags[n]))
	})
	if got[200] != 1 || got[409] != 1 {
		t.Errorf("%v", got)
	}
	for n, path := range paths {
		if r := s.ask("rolf", "GET", path, "", "200"); r.at("stage") == "prepared" {
			s.ask("sec", "POST", jp+"/tranches", fmt.Sprintf(`{"organisation":%q,"parts":[100],"reason":"At once.","after":0}`, s.org("IOM", "un")), "201")
			s.ask("rolf", "POST", path+"/release", "", "409 tranche-not-used", ifMatch(tags[n]))
		}
	}
	s.ask("otto", "POST", jp+"/expenditures", strings.Replace(spending(s.Clock.Now().Year(), false, ""), `"year"`, `"committed":`+usd("600000.01")+`,"year"`, 1), "422 committed-beyond-the-grant")
	s.allHolds()
}

// A report that is overdue holds a later tranche, and not the rest of the first.
func TestATrancheWaitsForReports(t *testing.T) {
	s, meeting := bodyOf13(t)
	jp := s.started(meeting)
	s.ask("sec", "POST", jp+"/tranches", fmt.Sprintf(`{"organisation":%q,"parts":[1,99],"reason":"To be tested at once.","after":0}`, s.org("IOM", "un")), "201")
	year := s.Clock.Now().Year()
	s.ask("otto", "POST", jp+"/expenditures", spending(year, false, "", "staff", "300000.00"), "201")
	s.days(700)
	r := s.ask("sec", "POST", jp+"/transfer-requests", fmt.Sprintf(`{"organisation":%q,"amount":%s}`, s.org("IOM", "un"), usd("1000.00")), "201")
	if !strings.Contains(r.at("missing"), "reports-owed-before-the-tranche") || !strings.Contains(r.at("tranche", "owed"), fmt.Sprintf("expenditure-%d-IOM", year)) {
		t.Errorf("%s", r.raw)
	}
	s.allHolds()
}
