package api

import (
	"fmt"
	"strings"
	"testing"
)

var plain = header("Content-Type", "text/plain")

// mt940File writes a statement of our account as banks of the field do.
func mt940File(number, day, opening, closing string, fields ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, ":20:STARTUMS\r\n:25:%s\r\n:28C:%s\r\n:60F:C%sUSD%s\r\n", ourAccount, number, day, opening)
	for _, f := range fields {
		b.WriteString(f + "\r\n")
	}
	fmt.Fprintf(&b, ":62F:C%sUSD%s\r\n-\r\n", day, closing)
	return b.String()
}

// A bank that sends MT940 is read by the same act, matched by the same rules and proven
// by the same proof as one that sends camt.053; and each may follow the other.
func TestAStatementInMT940(t *testing.T) {
	s := bankStory(t)
	s.deposited("2026-03-01", "QMR", "SAA-2026-01", "BK-778", "90000.00", "0.00")
	s.transferred("2026-03-02", "FTR-2026-001", "60000.00")
	s.ask("pia", "POST", "/bank-statements", camt(t, "S1", "2026-03-01", "0.00", "90000.00", "90000.00 || BK-778"), "201", plain)

	file := mt940File("61/1", "260302", "90000,00", "32464,50",
		":61:2603020302DD60000,NTRFFTR-2026-001//BK-779", ":86:166?00UEBERWEISUNG?20SVWZ+first tranche?32International Organizati?33on",
		":61:2603020302CD2500,NTRFNONREF//NONREF", ":86:A FRIEND", "for migrants",
		":61:2603020302CD0,NMSCNONREF",
		":61:2603020302D35,5NCHGNONREF//BK-780")
	s.ask("aud", "POST", "/bank-statements", file, "403 not-permitted", plain)
	s.ask("pia", "POST", "/bank-statements", file, "422 not-xml", header("Content-Type", "application/pdf"))
	s.ask("pia", "POST", "/bank-statements", strings.Replace(file, "32464,50", "32464,51", 1), "422 statement-does-not-add-up", plain)
	s.ask("pia", "POST", "/bank-statements", strings.ReplaceAll(file, ourAccount, "CH5604835012345678009"), "422 not-our-account", plain)
	s.ask("pia", "POST", "/bank-statements", strings.ReplaceAll(file, "USD", "EUR"), "422 statement-other-currency", plain) // the letters of field 61
	s.ask("pia", "POST", "/bank-statements", "a;b\n1;2\n", "422 not-a-statement", plain)
	report := ":20:I\n:25:" + ourAccount + "\n:28C:61/1\n:34F:USDD0,\n:61:260302C30,NTRFE-1\n-\n"
	refused := s.ask("pia", "POST", "/bank-statements", report, "422 not-a-statement", plain)
	if !strings.Contains(refused.at("detail"), "MT942") {
		t.Error(refused.at("detail"))
	}

	in := s.ask("pia", "POST", "/bank-statements", file, "201", plain)
	if got := fmt.Sprint(in.at("lines"), " ", in.at("matched"), " ", in.at("waiting")); got != "3 1 2" {
		t.Fatalf("imported %s", got)
	}
	s.ask("pia", "POST", "/bank-statements", file, "409 statement-imported-before", plain)
	s.ask("pia", "POST", "/bank-statements", strings.Replace(file, "STARTUMS", "ANOTHER", 1), "409 statement-imported-before", plain)
	s.ask("pia", "POST", "/bank-statements", mt940File("62", "260303", "1,", "1,"), "409 statement-gap", plain)
	if got, want := s.standing("?statement="+s.ask("pia", "GET", "/bank-statements", "", "200").List()[0]["id"].(string)), "-35.50 unmatched, -60000.00 matched end-to-end-id, 2500.00 unmatched"; got != want {
		t.Fatalf("the lines stand\n got %s\nwant %s", got, want)
	}
	l := s.lineOfAmount("2500.00")
	if l["text"] != "A FRIEND\nfor migrants" || l["bank_ref"] != "" {
		t.Errorf("%v", l)
	}
	s.proves("2026-03-02", "32464.50 = 30000.00 + 0.00 - 0.00 + 2464.50, 0.00 explained")
	s.ask("pia", "POST", "/bank-statements", camt(t, "S3", "2026-03-03", "32464.50", "32465.50", "1.00"), "201", xml)
}
