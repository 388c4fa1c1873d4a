package api

import (
	"strings"
	"testing"
)

// ratesOf is a monthly file: "NOK 2026-03-01 10.15" a row.
func ratesOf(rows ...string) string {
	var b strings.Builder
	b.WriteString("<UN_OPERATIONAL_RATES_DATASET>")
	for _, r := range rows {
		f := strings.Fields(r)
		b.WriteString(`\r\n<UN_OPERATIONAL_RATES><abbrv_name>Somewhere</abbrv_name><name>Its money</name><f_curr_code>` + f[0] +
			"</f_curr_code><eff_date>" + f[1] + "</eff_date><rate>" + f[2] + "</rate></UN_OPERATIONAL_RATES>")
	}
	return b.String() + "</UN_OPERATIONAL_RATES_DATASET>"
}

// rates imports such a file.
func (s *story) rates(rows ...string) reply {
	s.t.Helper()
	return s.ask("pia", "POST", "/operational-rates", ratesOf(rows...), "201", header("Content-Type", "text/xml"))
}

// Rates come in by the month and change within it; what a file says again is not kept
// again, and what it says otherwise stands in the place of the first, beside it.
func TestOperationalRates(t *testing.T) {
	s := agency(t)
	xml := header("Content-Type", "application/xml")
	for _, c := range []struct{ who, body, want string }{
		{"dora", ratesOf("NOK 2026-03-01 10.15"), "403 not-permitted"},
		{"pia", "<Document/>", "422 not-operational-rates"},
		{"pia", ratesOf("NOK 2026-03-01 10.15", "NOK 2026-03-01 10.16"), "422 rates-disagree"},
		{"pia", ratesOf("USD 2026-03-01 1.01"), "422 rates-dollar-not-one"},
		{"pia", ratesOf("NOK 2026-03-01 1e3"), "422 rates-bad-value"},
	} {
		s.ask(c.who, "POST", "/operational-rates", c.body, c.want, xml)
	}
	s.ask("pia", "POST", "/operational-rates", `{"rates":[]}`, "422 not-xml")
	if in := s.rates("NOK 2026-02-01 10.100", "EUR 2026-02-01 0.88", "NOK 2026-03-01 10.15", "EUR 2026-03-01 0.882"); in.at("added") != "4" || in.at("known") != "0" {
		t.Errorf("%s", in.raw)
	}
	if in := s.rates("NOK 2026-03-01 10.150", "EUR 2026-03-01 0.881", "NOK 2026-03-02 10.3"); in.at("added") != "1" || in.at("corrected") != "1" || in.at("known") != "1" {
		t.Errorf("%s", in.raw)
	}
	if in := s.rates("NOK 2026-03-01 10.150", "EUR 2026-03-01 0.881", "NOK 2026-03-02 10.3"); in.at("known") != "3" {
		t.Errorf("%s", in.raw)
	}
	said := func(path string) (list []string) {
		for _, r := range s.ask("dora", "GET", path, "", "200").List() {
			text := r["currency"].(string) + " " + r["effective_on"].(string) + " " + r["per_usd"].(string)
			if r["replaced"] == true {
				text += " replaced"
			}
			list = append(list, text)
		}
		return list
	}
	for path, want := range map[string]string{
		"/operational-rates?on=2026-01-31": "",
		"/operational-rates?on=2026-02-28": "EUR 2026-02-01 0.88, NOK 2026-02-01 10.100",
		"/operational-rates?on=2026-03-01": "EUR 2026-03-01 0.881, NOK 2026-03-01 10.15",
		"/operational-rates":               "EUR 2026-03-01 0.881, NOK 2026-03-02 10.3",
		"/operational-rates?currency=EUR":  "EUR 2026-03-01 0.881, EUR 2026-03-01 0.882 replaced, EUR 2026-02-01 0.88",
	} {
		if got := strings.Join(said(path), ", "); got != want {
			t.Errorf("%s: %s\nnot %s", path, got, want)
		}
	}
	s.ask("dora", "GET", "/operational-rates?currency=euro", "", "422 unknown-currency")
}
