package api

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/uuid"

	"startupfund/domain"
)

// A contribution is committed and arrives, with the agent's fee to the cent.
func TestAContributionIsCommittedAndDeposited(t *testing.T) {
	s := agency(t)
	qmr := s.org("QMR", "state")
	agreement := func(contributor uuid.UUID, amount, signed, rest, first, second string) string {
		return fmt.Sprintf(`{"contributor":%q,"amount":%s,"signed_on":%q%s,"instalments":[{"due_on":"2026-03-01","amount":%s},{"due_on":"2027-03-01","amount":%s}]}`,
			contributor, usd(amount), signed, rest, usd(first), usd(second))
	}
	for _, c := range []struct{ who, body, want string }{
		{"sven", agreement(qmr, "100.00", "2026-02-01", "", "60.00", "40.00"), "403 not-permitted"},
		{"pia", agreement(uuid.New(), "100.00", "2026-03-03", "", "60.00", "40.01"), "422 unknown-value"},
		{"pia", agreement(qmr, "100.00", "2026-03-03", `,"earmark":"moon"`, "60.00", "40.01"), "422 unknown-value"},
		{"pia", agreement(qmr, "100.00", "2026-03-03", "", "60.00", "40.01"), "422 day-in-the-future"},
		{"pia", agreement(qmr, "100.00", "2026-02-01", "", "60.00", "40.01"), "422 instalments-do-not-sum"},
		{"pia", agreement(qmr, "100.00", "2026-02-01", `,"fee_rate":"1"`, "60.00", "40.01"), "422 bad-fee-rate"},
		{"pia", agreement(qmr, "0.00", "2026-02-01", "", "0.00", "0.00"), "422 amount-not-positive"},
		{"pia", `{"contributor":"` + qmr.String() + `","amount":{"amount":"5.00","currency":"EUR"},"signed_on":"2026-02-01","instalments":[]}`, "409 no-operational-rate"},
	} {
		s.ask(c.who, "POST", "/agreements", c.body, c.want)
	}
	a := s.ask("pia", "POST", "/agreements", agreement(qmr, "8778.35", "2026-02-01", "", "3850.55", "4927.80"), "201", key("saa"))
	again := s.ask("pia", "POST", "/agreements", agreement(qmr, "8778.35", "2026-02-01", "", "3850.55", "4927.80"), "201", key("saa"))
	if a.at("ref") != "SAA-2026-01" || again.at("id") != a.at("id") || a.at("fee_rate") != "0.01" {
		t.Errorf("%s, then %s", a.raw, again.raw)
	}
	deposits := "/agreements/" + a.at("id") + "/deposits"
	deposit := func(amount, on string) string {
		return `{"amount":` + usd(amount) + `,"received_on":"` + on + `","bank_reference":"CR 17"}`
	}
	for _, c := range []struct{ who, path, body, want string }{
		{"dora", deposits, deposit("1.00", "2026-03-01"), "403 not-permitted"},
		{"pia", "/agreements/" + uuid.NewString() + "/deposits", deposit("1.00", "2026-03-01"), "404 not-found"},
		{"pia", deposits, deposit("8778.36", "2026-03-03"), "422 day-in-the-future"},
		{"pia", deposits, deposit("8778.36", "2026-01-31"), "422 before-signature"},
		{"pia", deposits, deposit("8778.36", "2026-03-01"), "409 exceeds-commitment"},
		{"pia", deposits, deposit("1.001", "2026-03-01"), "422 too-many-decimals"},
		{"pia", deposits, deposit("0.00", "2026-03-01"), "422 amount-not-positive"},
	} {
		s.ask(c.who, "POST", c.path, c.body, c.want)
	}
	one := s.ask("pia", "POST", deposits, deposit("3850.55", "2026-03-01"), "201", key("d1"))
	same := s.ask("pia", "POST", deposits, deposit("3850.55", "2026-03-01"), "201", key("d1"))
	if one.at("voucher") != same.at("voucher") || one.at("fee", "amount") != "38.51" || one.at("available", "amount") != "3812.04" || one.at("number") != "1" {
		t.Errorf("%s, then %s", one.raw, same.raw)
	}
	s.ask("pia", "POST", deposits, deposit("3850.56", "2026-03-01"), "422 idempotency-key-reused", key("d1"))
	two := s.ask("rolf", "POST", deposits, deposit("4927.80", "2026-03-02"), "201")
	if two.at("fee", "amount") != "49.28" {
		t.Errorf("%s", two.raw)
	}
	s.ask("pia", "POST", deposits, deposit("0.01", "2026-03-01"), "409 exceeds-commitment")

	// Each contributor sees its own; what came in, everybody.
	s.ask("dora", "GET", "/agreements/"+a.at("id"), "", "200")
	s.ask("dick", "GET", "/agreements/"+a.at("id"), "", "404 not-found")
	s.ask("dick", "GET", deposits, "", "404 not-found")
	s.ask("", "GET", "/agreements/"+a.at("id"), "", "401 sign-in-first")
	if list := s.ask("dick", "GET", "/agreements", "", "200").List(); len(list) != 0 {
		t.Errorf("another contributor sees %v", list)
	}
	if list := s.ask("aude", "GET", deposits, "", "200").List(); len(list) != 2 {
		t.Errorf("the auditor sees %v", list)
	}
	row := s.ask("", "GET", "/contributions", "", "200").List()[0]
	if fmt.Sprintf("%v %v %v %v", row["contributor"], row["year"], row["committed"], row["deposited"]) != "QMR 2026 map[amount:8778.35 currency:USD] map[amount:8778.35 currency:USD]" {
		t.Errorf("%v", row)
	}

	// What was no deposit is undone once, while the money is there.
	reversal := "/deposits/" + two.at("id") + "/reversal"
	s.ask("pia", "POST", reversal, `{"reason":" "}`, "422 required")
	s.ask("pia", "POST", "/deposits/"+uuid.NewString()+"/reversal", `{"reason":"no"}`, "404 not-found")
	undone := s.ask("pia", "POST", reversal, `{"reason":"another fund's"}`, "201")
	s.ask("pia", "POST", reversal, `{"reason":"again"}`, "409 already-reversed")
	if v := s.ask("", "GET", "/vouchers/"+undone.at("reversal"), "", "200"); v.at("reverses") != two.at("voucher") {
		t.Errorf("%s", v.raw)
	}
	s.programme("JP-1", map[string]string{"IOM": "1000.00"})
	s.ask("pia", "POST", "/deposits/"+one.at("id")+"/reversal", `{"reason":"late"}`, "409 insufficient-funds")
	if got := s.ask("dora", "GET", "/agreements/"+a.at("id"), "", "200"); got.at("deposited", "amount") != "3850.55" || got.at("remaining", "amount") != "4927.80" {
		t.Errorf("%s", got.raw)
	}
}

// An agreement's own rate and earmark rule its deposits.
func TestADepositBearsItsAgreementsFeeAndEarmark(t *testing.T) {
	s := agency(t)
	area := s.area()
	body := fmt.Sprintf(`{"contributor":%q,"amount":%s,"signed_on":"2026-02-01","fee_rate":"0","earmark":%q,"instalments":[{"due_on":"2026-03-01","amount":%s}]}`,
		s.org("QMR", "state"), usd("100.00"), area, usd("100.00"))
	a := s.ask("pia", "POST", "/agreements", body, "201").at("id")
	d := s.ask("pia", "POST", "/agreements/"+a+"/deposits", `{"amount":`+usd("100.00")+`,"received_on":"2026-03-01"}`, "201")
	if d.at("fee", "amount") != "0.00" {
		t.Errorf("%s", d.raw)
	}
	var held string
	must(t, s.DB.Raw(`SELECT held::text FROM balances WHERE account = ?`, "fund:available:"+area).Row().Scan(&held))
	if held != "100.000" {
		t.Errorf("the earmark holds %s", held)
	}
}

// area is a thematic area of the charter.
func (s *story) area() string {
	c, err := s.Store.Charter(s.t.Context(), domain.Actor{}, s.Clock.Now())
	must(s.t, err)
	return c.Proposals.Areas[0].Key
}

// Two deposits at once that together exceed the commitment: one is booked.
func TestTwoDepositsAtOnceStayWithinTheCommitment(t *testing.T) {
	s := agency(t)
	a := s.agreementOf("100.00")
	got := s.atOnce(2, `LOCK TABLE agreements IN EXCLUSIVE MODE`, func(int) reply {
		return s.send("pia", "POST", "/agreements/"+a+"/deposits", `{"amount":`+usd("60.00")+`,"received_on":"2026-03-01"}`)
	})
	if got[http.StatusCreated] != 1 || got[http.StatusConflict] != 1 {
		t.Errorf("%v", got)
	}
}
