package api

import (
	"strings"
	"testing"
)

// What the bank alone tells of is booked from its line: interest, a charge, other income;
// each shows in the statement, and undoing its match takes the voucher back.
func TestALineIsBooked(t *testing.T) {
	s := bankStory(t)
	s.deposited("2026-03-02", "QMR", "SAA-2026-01", "BK-778812", "1000.00", "10.00")
	iom := s.org("IOM", "un").String()
	s.ask("pia", "POST", "/bank-statements", camt(t, "S1", "2026-03-02", "0.00", "1054.50",
		"1000.00 || BK-778812 | Quimera", "-10.00 ||| MPTF OFFICE | FEE BK-778812", "80.00 |||| INTEREST", "20.00 ||| IOM | INTEREST 2025", "-35.50 |||| COMMISSION"), "201", header("Content-Type", "application/xml"))
	book := func(amount string) string {
		return "/bank-lines/" + s.lineOfAmount(amount)["id"].(string) + "/booking"
	}
	for _, c := range []struct{ who, path, body, want string }{
		{"sam", book("80.00"), `{"kind":"interest","reason":"First quarter."}`, "403 not-permitted"},
		{"pia", book("80.00"), `{"kind":"interest","reason":" "}`, "422 required"},
		{"pia", book("80.00"), `{"kind":"gift","reason":"x"}`, "422 unknown-value"},
		{"pia", book("80.00"), `{"kind":"organisation-interest","reason":"x"}`, "422 required"},
		{"pia", book("-35.50"), `{"kind":"interest","reason":"x"}`, "409 not-a-receipt"},
		{"pia", book("1000.00"), `{"kind":"interest","reason":"x"}`, "409 already-matched"},
	} {
		s.ask(c.who, "POST", c.path, c.body, c.want)
	}
	s.ask("pia", "POST", book("80.00"), `{"kind":"interest","reason":"First quarter."}`, "201")
	s.ask("rui", "POST", book("20.00"), `{"kind":"organisation-interest","organisation":"`+iom+`","reason":"For 2025."}`, "201")
	charge := s.ask("pia", "POST", book("-35.50"), `{"kind":"bank-charge","reason":"Wires of February."}`, "201")
	if charge.at("rule") != "booking" {
		t.Errorf("%s", charge.raw)
	}
	for code, want := range map[string]string{"interest_fund": "80.00", "interest_organizations": "20.00", "bank_charges": "35.50", "balance_with_agent": "1054.50"} {
		if got := s.ask("", "GET", "/statement/"+code+"/vouchers", "", "200").at("amount", "amount"); got != want {
			t.Errorf("%s is %s, not %s", code, got, want)
		}
	}
	if got := s.inBooks("fund:available:unearmarked"); got != "1054.50" {
		t.Errorf("available: %s", got)
	}
	s.proves("2026-03-02", "1054.50 = 1054.50 + 0.00 - 0.00 + 0.00, 0.00 explained")
	s.ask("pia", "POST", "/matches/"+charge.at("id")+"/undoing", `{"reason":"Another fund's charge."}`, "204")
	if got := s.ask("", "GET", "/statement/bank_charges/vouchers", "", "200").at("amount", "amount"); got != "0.00" {
		t.Errorf("charges: %s", got)
	}
	if got := s.standing(""); !strings.Contains(got, "-35.50 unmatched") {
		t.Errorf("the lines stand %s", got)
	}
	s.ask("pia", "POST", book("-35.50"), `{"kind":"bank-charge","reason":"It was ours."}`, "201")
}
