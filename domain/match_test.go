package domain

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"startupfund/domain/ledger"
)

func dollars(text string) ledger.Money {
	m, err := ledger.Parse(text, ledger.USD)
	if err != nil {
		panic(err)
	}
	return m
}

var third = time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)

// aLine is "amount | end to end | bank's reference | counterparty | text", on the
// third of March but for "+n" days at the end.
func aLine(n byte, spec string) BankLine {
	part := strings.Split(spec+"||||||", "|")
	for i := range part {
		part[i] = strings.TrimSpace(part[i])
	}
	var days int
	fmt.Sscan(part[5], &days)
	on := third.AddDate(0, 0, days)
	return BankLine{ID: uuid.UUID{15: n}, N: int(n), Amount: dollars(part[0]), BookedOn: on, ValueOn: on,
		EndToEnd: part[1], BankRef: part[2], Counterparty: part[3], Text: part[4]}
}

// aMovement is "amount | references | shared references | parties | voucher".
func aMovement(n int64, spec string) Movement {
	part := strings.Split(spec+"|||||", "|")
	list := func(s string) []string {
		var all []string
		for _, one := range strings.Split(s, ",") {
			if one = strings.TrimSpace(one); one != "" {
				all = append(all, one)
			}
		}
		return all
	}
	voucher := n
	fmt.Sscan(part[4], &voucher)
	return Movement{Posting: n, Voucher: uuid.UUID{14: 1, 15: byte(voucher)}, Number: voucher, Amount: dollars(strings.TrimSpace(part[0])),
		BookedOn: third, ValueOn: third, References: list(part[1]), Shared: list(part[2]), Parties: list(part[3])}
}

// told writes matches as "rule 1+2=3": lines, then postings.
func told(matches []Match) string {
	var all []string
	for _, m := range matches {
		var l, p []string
		for _, id := range m.Lines {
			l = append(l, fmt.Sprint(id[15]))
		}
		for _, id := range m.Postings {
			p = append(p, fmt.Sprint(id))
		}
		slices.Sort(l)
		slices.Sort(p)
		all = append(all, string(m.Rule)+" "+strings.Join(l, "+")+"="+strings.Join(p, "+"))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func TestMatchSure(t *testing.T) {
	for _, c := range []struct {
		name        string
		lines, open []string
		want        string
	}{
		{"our reference back", []string{"-70.00|FTR-2026-001"}, []string{"-70.00|FTR-2026-001", "-70.00|FTR-2026-002"}, "end-to-end-id 1=1"},
		{"a cent apart", []string{"-70.01|FTR-2026-001"}, []string{"-70.00|FTR-2026-001"}, ""},
		{"the other way", []string{"70.00|FTR-2026-001"}, []string{"-70.00|FTR-2026-001"}, ""},
		{"spelt with other signs", []string{"-70.00|ftr 2026/002", "-70.00||||pay FTR/2026/001"}, []string{"-70.00|FTR-2026-001"}, "reference-in-text 2=1"},
		{"the bank's reference", []string{"5.00||BK778812"}, []string{"5.00|BK778812"}, "bank-reference 1=1"},
		{"in the text, broken by a comma", []string{"5.00||||as agreed: SAA-2026-07, thanks"}, []string{"5.00||SAA-2026-07"}, "reference-in-text 1=1"},
		{"parts cut elsewhere", []string{"-70.00|FTR-20-26001", "-70.00|FTR2026001"}, []string{"-70.00|FTR-2026-001"}, ""},
		{"part of a longer word", []string{"5.00||||SAA-2026-071"}, []string{"5.00||SAA-2026-07"}, ""},
		{"a shared reference, too long ago", []string{"5.00||||SAA-2026-07|6"}, []string{"5.00||SAA-2026-07"}, ""},
		{"its own reference, long ago", []string{"5.00|FTR-2026-07||||60"}, []string{"5.00|FTR-2026-07"}, "end-to-end-id 1=1"},
		{"too short to tell", []string{"5.00|NONREF", "5.00|2026"}, []string{"5.00|NONREF", "5.00|2026"}, ""},
		{"two instalments alike", []string{"5.00||||SAA-2026-07"}, []string{"5.00||SAA-2026-07", "5.00||SAA-2026-07"}, ""},
		{"a duplicate payment", []string{"-5.00|FTR-2026-1", "-5.00|FTR-2026-1"}, []string{"-5.00|FTR-2026-1"}, ""},
		{"end to end weighs more than text", []string{"-5.00|FTR-2026-1|||after FTR-2026-2"}, []string{"-5.00|FTR-2026-1", "-5.00|FTR-2026-2"}, "end-to-end-id 1=1"},
		{"gross, and the fee on its own", []string{"100000.00||BK778812", "-1000.00||BK778812"}, []string{"100000.00|BK778812|||1", "-1000.00|BK778812|||1"}, "bank-reference 1=1, bank-reference 2=2"},
		{"net of fee", []string{"99000.00||BK778812"}, []string{"100000.00|BK778812|||1", "-1000.00|BK778812|||1"}, "net-of-fee 1=1+2"},
		{"a batch", []string{"-12.00||||FTR-2026-1\nIOM\nFTR-2026-2\nILO"}, []string{"-5.00|FTR-2026-1", "-7.00|FTR-2026-2", "-9.00|FTR-2026-3"}, "batch 1=1+2"},
		{"a batch with one we do not know", []string{"-12.00||||FTR-2026-1 FTR-2026-9"}, []string{"-5.00|FTR-2026-1", "-7.00|FTR-2026-2"}, ""},
		{"in parts", []string{"-5.00|FTR-2026-1", "-7.00|FTR-2026-1"}, []string{"-12.00|FTR-2026-1"}, "several-lines 1+2=1"},
		{"a duplicate, and the bank's correction", []string{"-5.00|FTR-2026-1", "-5.00|FTR-2026-1", "5.00|FTR-2026-1"}, []string{"-5.00|FTR-2026-1"}, ""},
		{"in parts, one missing", []string{"-5.00|FTR-2026-1", "-6.00|FTR-2026-1"}, []string{"-12.00|FTR-2026-1"}, ""},
		{"amount and name alone are never sure", []string{"5.00|||IOM"}, []string{"5.00|||IOM"}, ""},
	} {
		var lines []BankLine
		for i, l := range c.lines {
			lines = append(lines, aLine(byte(i+1), l))
		}
		var open []Movement
		for i, m := range c.open {
			open = append(open, aMovement(int64(i+1), m))
		}
		if got := told(MatchSure(lines, open, 5)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSuggest(t *testing.T) {
	open := []Movement{
		aMovement(1, "5.00|||Republic of Quimera,QMR"),
		aMovement(2, "5.00|||Ministerio de Hacienda de Ténor"),
		aMovement(3, "-7.00||"),
		aMovement(4, "100.00|||QMR|9"), aMovement(5, "-1.00||||9"),
		aMovement(6, "-8.00|FTR-2026-1"), aMovement(7, "-8.00|FTR-2026-1"),
	}
	for _, c := range []struct{ name, line, want string }{
		{"the name tells who", "5.00|||REPUBLIC OF QUIMERA, TREASURY", "amount-date-party=1 amount-date=2"},
		{"without its accents", "5.00|||MINISTERIO HACIENDA TENOR", "amount-date-party=2 amount-date=1"},
		{"a name nobody knows", "-7.00|||X", "amount-date=3"},
		{"six days on", "-7.00|||||6", ""},
		{"a cent apart", "-7.01", ""},
		{"net of its fee", "99.00|||QMR", "amount-date-party=4+5"},
		{"named, and two answers", "-8.00|FTR-2026-1||||40", "end-to-end-id=6 end-to-end-id=7"},
	} {
		l := aLine(1, c.line)
		var got []string
		for _, x := range Suggest([]BankLine{l}, open, 5)[l.ID] {
			var p []string
			for _, m := range x.Movements {
				p = append(p, fmt.Sprint(m.Posting))
			}
			got = append(got, string(x.Rule)+"="+strings.Join(p, "+"))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %v, want %s", c.name, got, c.want)
		}
	}
}

// Whatever stands on the two sides, what rules match adds up and nothing is
// matched twice.
func TestRulesNeverMatchWhatDiffers(t *testing.T) {
	reference := rapid.SampledFrom([]string{"", "FTR-2026-1", "FTR-2026-2", "SAA-2026-7"})
	amount := rapid.SampledFrom([]string{"5.00", "-5.00", "7.00", "12.00", "-7.00", "2.00"})
	rapid.Check(t, func(t *rapid.T) {
		var lines []BankLine
		for i := range rapid.IntRange(0, 6).Draw(t, "lines") {
			lines = append(lines, aLine(byte(i+1), amount.Draw(t, "amount")+"|"+reference.Draw(t, "e2e")+"||||"+reference.Draw(t, "text")))
		}
		var open []Movement
		for i := range rapid.IntRange(0, 6).Draw(t, "movements") {
			open = append(open, aMovement(int64(i+1), amount.Draw(t, "amount")+"|"+reference.Draw(t, "own")+"|"+reference.Draw(t, "shared")+"||"+fmt.Sprint(rapid.IntRange(1, 4).Draw(t, "voucher"))))
		}
		seen := map[string]bool{}
		for _, m := range MatchSure(lines, open, 5) {
			sum := ledger.Zero(ledger.USD)
			for _, id := range m.Lines {
				if seen[id.String()] {
					t.Fatalf("line %v twice", id)
				}
				seen[id.String()] = true
				sum = sum.Add(lines[id[15]-1].Amount)
			}
			for _, p := range m.Postings {
				if seen[fmt.Sprint(p)] {
					t.Fatalf("posting %d twice", p)
				}
				seen[fmt.Sprint(p)] = true
				sum = sum.Sub(open[p-1].Amount)
			}
			if !sum.IsZero() || len(m.Lines) == 0 || len(m.Postings) == 0 || m.Reason == "" {
				t.Fatalf("%+v differs by %s", m, sum)
			}
		}
	})
}

func TestMatchByHand(t *testing.T) {
	line := func(n byte, amount string) BankLine { return aLine(n, amount) }
	moved := func(n int64, amount string) Movement { return aMovement(n, amount) }
	for _, c := range []struct {
		name   string
		lines  []BankLine
		moved  []Movement
		reason string
		want   error
	}{
		{"no reason, nothing named", nil, nil, " ", ErrRequired},
		{"a reason without end", nil, nil, strings.Repeat("x", 1001), ErrTooLong},
		{"one side of one", []BankLine{line(1, "1.00")}, nil, "x", ErrNothingToMatch},
		{"twice, and unequal", []BankLine{line(1, "1.00"), line(1, "1.00")}, []Movement{moved(1, "3.00")}, "x", ErrNamedTwice},
		{"posting twice", []BankLine{line(1, "2.00")}, []Movement{moved(1, "1.00"), moved(1, "1.00")}, "x", ErrNamedTwice},
		{"a cent", []BankLine{line(1, "1.00")}, []Movement{moved(1, "1.01")}, "x", ErrDoesNotMatch},
		{"the other sign", []BankLine{line(1, "1.00")}, []Movement{moved(1, "-1.00")}, "x", ErrDoesNotMatch},
		{"equal", []BankLine{line(1, "1.00")}, []Movement{moved(1, "0.40"), moved(2, "0.60")}, "x", nil},
		{"a voucher and its reversal", nil, []Movement{moved(1, "1.00"), moved(2, "-1.00")}, "never sent", nil},
		{"the bank's mistake, corrected", []BankLine{line(1, "1.00"), line(2, "-1.00")}, nil, "theirs", nil},
	} {
		_, err := MatchByHand(Actor{Person: uuid.New()}, c.lines, c.moved, c.reason)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestAStatementFollows(t *testing.T) {
	st := func(ref string, from, to int, opening, closing string) *BankStatement {
		return &BankStatement{BankRef: ref, From: third.AddDate(0, 0, from), To: third.AddDate(0, 0, to), Opening: dollars(opening), Closing: dollars(closing)}
	}
	last := st("S1", 0, 1, "0.00", "5.00")
	for _, c := range []struct {
		name            string
		this, same, was *BankStatement
		want            error
	}{
		{"the first opens with anything", st("S1", 0, 1, "9.00", "5.00"), nil, nil, nil},
		{"the next", st("S2", 1, 2, "5.00", "7.00"), nil, last, nil},
		{"again, and a gap", st("S1", 0, 1, "0.00", "5.00"), last, last, ErrImportedBefore},
		{"backwards, and again", st("S1", 2, 1, "0.00", "5.00"), last, last, ErrStatementDays},
		{"older, and a gap", st("S0", -3, -2, "1.00", "0.00"), nil, last, ErrStatementOrder},
		{"a cent missing", st("S2", 1, 2, "4.99", "7.00"), nil, last, ErrStatementGap},
	} {
		if err := c.this.Follows(c.same, c.was); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestAnAccountIsOursInAnyGrouping(t *testing.T) {
	own := []FundAccount{{Number: "CH93 0076 2011 6238 5295 7", Currency: ledger.USD}}
	for _, c := range []struct {
		number   string
		currency ledger.Currency
		want     error
	}{
		{"CH9300762011623852957", ledger.USD, nil},
		{"CH5604835012345678009", "CHF", ErrNotOurAccount},
		{"CH9300762011623852957", "CHF", ledger.ErrOtherMoney},
	} {
		if _, err := AccountOf(own, c.number, c.currency); !errors.Is(err, c.want) {
			t.Errorf("%s in %s: %v", c.number, c.currency, err)
		}
	}
}

func TestANumberIsShownToWhomItConcerns(t *testing.T) {
	a := FundAccount{Number: "CH9300762011623852957"}
	for role, want := range map[Role]string{AgentPreparer: a.Number, Auditor: a.Number, Secretariat: "•••• 2957", Coordinator: "•••• 2957", Public: "•••• 2957"} {
		if got := a.NumberFor(Actor{Hat: Hat{Role: role}}); got != want {
			t.Errorf("%s sees %s", role, got)
		}
	}
	if got := masked("123"); strings.Contains(got, "3") {
		t.Errorf("a short number is shown: %s", got)
	}
}
