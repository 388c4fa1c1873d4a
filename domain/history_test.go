package domain

import (
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"startupfund/domain/ledger"
)

var onePercent = decimal.New(1, -2)

func TestPartyCode(t *testing.T) {
	for _, c := range []struct {
		party HistoryParty
		want  string
	}{
		{HistoryParty{"United Nations Development Programme", "UNDP", "XM-DAC-41114"}, "XM-DAC-41114"},
		{HistoryParty{"European Commission", "", "XI-IATI-EC_DEVCO"}, "XI-IATI-EC_DEVCO"},
		{HistoryParty{"United Nations Development Programme", "UNDP", ""}, "UNDP"},
		{HistoryParty{"KAZAKHSTAN, Government of", "", ""}, "KAZAKHSTAN-GOVERNMENT-OF"},
		{HistoryParty{"UN Women", "", ""}, "UN-WOMEN"},
		{HistoryParty{"Côte d’Ivoire", "", ""}, "COTE-D-IVOIRE"},
		{HistoryParty{"Fund", "a b", ""}, "FUND"}, // an acronym no account could bear
		{HistoryParty{"中国", "", ""}, "101806f5"},
		{HistoryParty{strings.Repeat("Long ", 30), "", ""}, "LONG-LONG-LONG-LONG-LONG-LONG-L-a1d9e0d0"},
	} {
		got := c.party.Code()
		if got != c.want && c.want != "" {
			t.Errorf("%+v: %s, want %s", c.party, got, c.want)
		}
		if !Held(got, "00081625").Valid() || len(got) > maxCode {
			t.Errorf("%+v: %s names no account", c.party, got)
		}
	}
}

func rowsOf(rows ...HistoryRow) []HistoryRow {
	for i := range rows {
		rows[i].Line = i + 2
		if rows[i].Party.Name == "" {
			rows[i].Party = HistoryParty{"Org", "", ""}
		}
	}
	return rows
}

func TestHistoryOfEveryKind(t *testing.T) {
	jp := HistoryProgramme{"00081625", "JP"}
	iom, se := HistoryParty{"Migration", "IOM", ""}, HistoryParty{"Sweden", "", "SE-0"}
	h, err := NewHistory("F", rowsOf(
		HistoryRow{Year: 2016, Kind: HistoryReturned, Party: se, Amount: usd("5")},
		HistoryRow{Year: 2016, Kind: HistoryToFund, Party: HistoryParty{"PBF", "", ""}, Amount: usd("6")},
		HistoryRow{Year: 2016, Kind: HistoryTransfer, Party: iom, Programme: jp, Amount: usd("-20")},
		HistoryRow{Year: 2016, Kind: HistoryRefund, Party: iom, Programme: jp, Amount: usd("3")},
		HistoryRow{Year: 2016, Kind: HistoryExpenditure, Party: iom, Programme: jp, Amount: usd("99")},
		HistoryRow{Year: 2015, Kind: HistoryTransfer, Party: iom, Programme: jp, Amount: usd("800")},
		HistoryRow{Year: 2015, Kind: HistoryDirectCost, Party: iom, Amount: usd("7")},
		HistoryRow{Year: 2015, Kind: HistoryBankCharge, Amount: usd("1")},
		HistoryRow{Year: 2015, Kind: HistoryFee, Amount: usd("10")},
		HistoryRow{Year: 2015, Kind: HistoryInterest, Amount: usd("2")},
		HistoryRow{Year: 2015, Kind: HistoryInterestOrg, Party: iom, Amount: usd("4")},
		HistoryRow{Year: 2015, Kind: HistoryOtherIncome, Party: HistoryParty{"Sale", "", ""}, Amount: usd("8")},
		HistoryRow{Year: 2015, Kind: HistoryContribution, Party: se, Amount: usd("1049.50")},
	), onePercent)
	if err != nil {
		t.Fatal(err)
	}
	s := status(h.Vouchers...)
	for code, want := range map[string]string{
		"contributions": "1049.50", "interest_fund": "2.00", "interest_organizations": "4.00", "other_income": "8.00",
		"transfers": "800.00", "refunds": "23.00", "agent_fee": "10.00", "direct_cost": "7.00", "bank_charges": "1.00",
		"transfers_to_funds": "6.00", "returned_to_contributors": "5.00", "expenditure": "99.00",
		"balance_with_agent": "257.50", "balance_with_organizations": "678.00",
	} {
		if got := s.Line(code).Text(); got != want {
			t.Errorf("%s is %s, want %s", code, got, want)
		}
	}
	if h.Closing.Text() != "257.50" || !Untied(ledger.Balances(h.Vouchers), ledger.USD).IsZero() {
		t.Errorf("closing %v", h.Closing)
	}
	// 1% of 1049.50 is 10.495: to the dollar, 10. 2016 had no deposit and no fee.
	if y := h.Years; len(y) != 2 || y[0].OurFee.Text() != "10.00" || !y[0].Difference.IsZero() || !y[1].OurFee.IsZero() {
		t.Errorf("years: %+v", y)
	}
	var codes []string
	for _, o := range h.Organisations {
		code := o.Code
		if o.Contributed {
			code += " contributed"
		}
		if o.Participated {
			code += " participated"
		}
		codes = append(codes, code)
	}
	if got := strings.Join(codes, ", "); got != "IOM participated, PBF, SALE, SE-0 contributed" {
		t.Errorf("organisations: %s", got)
	}
	for i, v := range h.Vouchers[1:] {
		if v.BookedOn.Before(h.Vouchers[i].BookedOn) || v.BookedOn.Format("01-02") != "12-31" {
			t.Errorf("%s is booked on %s", v.Memo, v.BookedOn.Format("2006-01-02"))
		}
	}
	again, _ := NewHistory("F", rowsOf(HistoryRow{Year: 2015, Kind: HistoryContribution, Party: se, Amount: usd("1")}), onePercent)
	other, _ := NewHistory("G", rowsOf(HistoryRow{Year: 2015, Kind: HistoryContribution, Party: se, Amount: usd("1")}), onePercent)
	if again.Vouchers[0].ID.String() != "73de94b3-c0d1-583c-8cf9-1df3ec9721cf" {
		t.Errorf("ids follow from fund and line for ever, got %s", again.Vouchers[0].ID)
	}
	if again.Vouchers[0].ID == other.Vouchers[0].ID {
		t.Error("two funds share ids")
	}
}

func TestFeeRoundsHalfUpToTheDollar(t *testing.T) {
	for deposits, want := range map[string]string{"1049.99": "10.00", "1050.00": "11.00", "877835.00": "8778.00", "49.99": "0.00"} {
		h, err := NewHistory("F", rowsOf(HistoryRow{Year: 2015, Kind: HistoryContribution, Amount: usd(deposits)}), onePercent)
		if err != nil || h.Years[0].OurFee.Text() != want || !h.Years[0].Difference.Equal(h.Years[0].OurFee.Neg()) {
			t.Errorf("of %s: %+v, %v", deposits, h.Years, err)
		}
	}
}

func TestHistoryRefused(t *testing.T) {
	pay := func(year int, kind HistoryKind, name, ref, amount string) HistoryRow {
		return HistoryRow{Year: year, Kind: kind, Party: HistoryParty{name, "", ref}, Programme: HistoryProgramme{"00081625", "JP"}, Amount: usd(amount)}
	}
	for _, c := range []struct {
		name string
		rows []HistoryRow
		want error
	}{
		{"no rows", nil, ErrHistoryEmpty},
		{"two names, one code, and overdrawn", rowsOf(pay(2015, HistoryTransfer, "UN Women", "", "1"), pay(2015, HistoryTransfer, "UN-Women", "", "1")), ErrHistoryClash},
		{"a name like another's reference", rowsOf(pay(2015, HistoryContribution, "Sweden", "SE-0", "1"), pay(2015, HistoryContribution, "SE 0", "", "1")), ErrHistoryClash},
		{"out before in", rowsOf(pay(2015, HistoryTransfer, "IOM", "", "1"), pay(2016, HistoryContribution, "Sweden", "", "1")), ErrHistoryOverdrawn},
		{"a cent too much", rowsOf(pay(2015, HistoryTransfer, "IOM", "", "1.01"), pay(2015, HistoryContribution, "Sweden", "", "1")), ErrHistoryOverdrawn},
		{"all there is", rowsOf(pay(2015, HistoryTransfer, "IOM", "", "1"), pay(2015, HistoryContribution, "Sweden", "", "1")), nil},
		{"one reference, two names", rowsOf(pay(2015, HistoryContribution, "DFID", "GB-1", "1"), pay(2016, HistoryContribution, "FCDO", "GB-1", "1")), nil},
	} {
		_, err := NewHistory("F", c.rows, onePercent)
		if c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}
