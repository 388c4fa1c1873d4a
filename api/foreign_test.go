package api

import (
	"fmt"
	"testing"
)

func in(currency, amount string) string {
	return `{"amount":"` + amount + `","currency":"` + currency + `"}`
}

// signedIn is an agreement in any currency, paid in two instalments.
func (s *story) signedIn(who, currency, amount, first, second, rest string) reply {
	s.t.Helper()
	return s.ask("pia", "POST", "/agreements", fmt.Sprintf(`{"contributor":%q,"amount":%s,"signed_on":"2026-02-01"%s,"instalments":[{"due_on":"2026-02-20","amount":%s},{"due_on":"2026-03-20","amount":%s}]}`,
		s.org(who, "state"), in(currency, amount), rest, in(currency, first), in(currency, second)), "201")
}

// inBooks is what an account holds, "0" where nothing was ever posted to it.
func (s *story) inBooks(account string) (held string) {
	s.t.Helper()
	must(s.t, s.DB.Raw(`SELECT coalesce(sum(amount), 0)::numeric(20,2)::text FROM entries WHERE account = ?`, account).Row().Scan(&held))
	return held
}

// Money in another currency: income at the United Nations' rate of its day, the bank at
// what it credited, the difference borne by what the rules say, and all of it undone.
func TestADepositInAnotherCurrency(t *testing.T) {
	s := agency(t)
	body := fmt.Sprintf(`{"contributor":%q,"amount":%s,"signed_on":"2026-02-01","instalments":[{"due_on":"2026-02-20","amount":%s}]}`,
		s.org("QMR", "state"), in("NOK", "15000000.00"), in("NOK", "15000000.00"))
	s.ask("pia", "POST", "/agreements", body, "409 no-operational-rate")
	s.rates("NOK 2026-02-01 10.00", "NOK 2026-03-01 10.15", "EUR 2026-03-01 0.882")
	s.committed("1000.00") // 990.00 unearmarked
	area := s.area()
	a := s.signedIn("QMR", "NOK", "15000000.00", "5000000.00", "10000000.00", `,"earmark":"`+area+`"`)
	if a.at("value", "amount") != "1500000.00" || a.at("exchange", "rate") != "10.00" || a.at("exchange", "rate_on") != "2026-02-01" {
		t.Errorf("%s", a.raw)
	}
	path := "/agreements/" + a.at("id")
	deposit := func(amount, credited string) string {
		return `{"amount":` + amount + `,"received_on":"2026-03-01"` + credited + `}`
	}
	for _, c := range []struct{ body, want string }{
		{deposit(in("NOK", "6000000.00"), ""), "422 required"},
		{deposit(in("NOK", "6000000.00"), `,"credited":`+in("EUR", "1.00")), "409 other-currency"},
		{deposit(in("EUR", "6000000.00"), `,"credited":`+usd("1.00")), "409 other-currency"},
		{deposit(usd("6000.00"), ""), "409 other-currency"},
		{deposit(in("NOK", "6000000.00"), `,"credited":`+usd("0.00")), "422 amount-not-positive"},
		{deposit(in("NOK", "15000000.01"), `,"credited":`+usd("1477832.51")), "409 exceeds-commitment"},
		{`{"amount":` + in("NOK", "6000000.00") + `,"received_on":"2026-02-28","credited":` + usd("600000.00") + `}`, "201"},
	} {
		s.ask("pia", "POST", path+"/deposits", c.body, c.want)
	}
	// 9,000,000 at 10.15 are worth 886,699.51; the bank made 885,000.00 of them. 990 unearmarked
	// cannot bear the loss of 1,699.51, so the deposit's own earmark does.
	d := s.ask("pia", "POST", path+"/deposits", deposit(in("NOK", "9000000.00"), `,"credited":`+usd("885000.00")), "201")
	if d.at("exchange", "valued", "amount") != "886699.51" || d.at("exchange", "difference", "amount") != "-1699.51" || d.at("fee", "amount") != "8850.00" ||
		d.at("available", "amount") != "877849.51" || d.at("counted", "amount") != "9000000.00" {
		t.Errorf("%s", d.raw)
	}
	for account, want := range map[string]string{"exchange:differences": "1699.51", "income:contributions:QMR": "-1487699.51",
		"fund:available:" + area: "1470150.00", "fund:available:unearmarked": "990.00"} {
		if got := s.inBooks(account); got != want {
			t.Errorf("%s holds %s, not %s", account, got, want)
		}
	}
	got := s.ask("dora", "GET", path, "", "200")
	if got.at("deposited", "amount") != "15000000.00" || got.at("credited", "amount") != "1485000.00" || got.at("remaining", "amount") != "0.00" {
		t.Errorf("%s", got.raw)
	}
	// The first instalment was late by eight days, the second came before its day.
	if got.at("instalments", "0", "state") != "paid" || got.at("instalments", "0", "paid_on") != "2026-02-28" || got.at("instalments", "0", "late_days") != "8" ||
		got.at("instalments", "1", "paid_on") != "2026-03-01" || got.at("instalments", "1", "late_days") != "0" {
		t.Errorf("%s", got.raw)
	}
	line := s.ask("", "GET", "/statement/exchange_differences/vouchers", "", "200")
	if line.at("amount", "amount") != "1699.51" {
		t.Errorf("%s", line.raw)
	}
	row := s.ask("", "GET", "/contributions", "", "200").List()
	if fmt.Sprint(row[len(row)-1]["committed"], row[len(row)-1]["deposited"]) == "" {
		t.Error(row)
	}
	s.ask("pia", "POST", "/deposits/"+d.at("id")+"/reversal", `{"reason":"another fund's"}`, "201")
	if s.inBooks("exchange:differences") != "0.00" || s.inBooks("fund:available:"+area) != "594000.00" {
		t.Errorf("after the reversal: %s lost, %s available", s.inBooks("exchange:differences"), s.inBooks("fund:available:"+area))
	}
	if got := s.ask("dora", "GET", path, "", "200"); got.at("instalments", "1", "state") != "part" || got.at("instalments", "1", "paid", "amount") != "1000000.00" {
		t.Errorf("%s", got.raw)
	}
}

// A gain goes where the rules say costs come from; euros paid under an agreement in dollars
// count at what they are worth.
func TestAGainByExchange(t *testing.T) {
	s := agency(t)
	s.rates("EUR 2026-03-01 0.8")
	a := s.signedIn("QMR", "USD", "1000.00", "500.00", "500.00", `,"earmark":"`+s.area()+`"`).at("id")
	s.ask("pia", "POST", "/agreements/"+a+"/deposits", `{"amount":`+usd("100.00")+`,"credited":`+usd("99.00")+`,"received_on":"2026-03-01"}`, "422 credited-otherwise")
	d := s.ask("pia", "POST", "/agreements/"+a+"/deposits", `{"amount":`+in("EUR", "400.00")+`,"credited":`+usd("503.00")+`,"received_on":"2026-03-01"}`, "201")
	if d.at("exchange", "difference", "amount") != "3.00" || d.at("counted", "amount") != "500.00" || d.at("fee", "amount") != "5.03" {
		t.Errorf("%s", d.raw)
	}
	for account, want := range map[string]string{"exchange:differences": "-3.00", "fund:available:unearmarked": "3.00", "fund:available:" + s.area(): "494.97",
		"agent:bank:USD": "497.97", "income:contributions:QMR": "-500.00"} {
		if got := s.inBooks(account); got != want {
			t.Errorf("%s holds %s, not %s", account, got, want)
		}
	}
	got := s.ask("dora", "GET", "/agreements/"+a, "", "200")
	if got.at("instalments", "0", "state") != "paid" || got.at("instalments", "1", "state") != "due" || got.at("remaining", "amount") != "500.00" {
		t.Errorf("%s", got.raw)
	}
}
