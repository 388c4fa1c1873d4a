package charter

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"startupfund/domain/ledger"
)

var update = flag.Bool("update", false, "write the golden files anew")

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func usd(s string) ledger.Money {
	m, err := ledger.Parse(s, ledger.USD)
	if err != nil {
		panic(err)
	}
	return m
}

// Every rule of the shipped charter, as its page lists them: read the diff.
func TestDefaultListsEveryRuleWithItsEvidence(t *testing.T) {
	var b strings.Builder
	paths := map[string]bool{}
	for _, l := range MustDefault().Rules() {
		fmt.Fprintf(&b, "%s = %s (%s)\n", l.Path, l.Value, l.Source)
		if l.Source != Known && l.Source != Assumed || strings.TrimSpace(l.Reason) == "" {
			t.Errorf("%s has no evidence: %q %q", l.Path, l.Source, l.Reason)
		}
		if l.Names != nil && len(l.Names) != len(Languages) {
			t.Errorf("%s is named in %d languages", l.Path, len(l.Names))
		}
		if paths[l.Path] {
			t.Errorf("%s is listed twice", l.Path)
		}
		paths[l.Path] = true
	}
	const golden = "testdata/default.rules.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Error(diff)
	}
	// A rule in the document and a line of the page are one to one.
	if marked := strings.Count(string(Default()), "source: "); marked != len(paths) {
		t.Errorf("%d rules in the document, %d listed", marked, len(paths))
	}
}

func TestRulesStandInTheOrderOfTheDocument(t *testing.T) {
	text, from := string(Default()), 0
	for _, l := range MustDefault().Rules() {
		key := l.Path[strings.LastIndexByte(l.Path, '/')+1:] + ":\n"
		at := strings.Index(text[from:], key)
		if at < 0 {
			t.Fatalf("%s stands earlier in the document than in the list", l.Path)
		}
		from += at + len(key)
	}
}

func TestWhatIsKnownOfThisFund(t *testing.T) {
	c := MustDefault()
	money := []struct {
		what      string
		got, want ledger.Money
	}{
		{"fee on the first deposit of MPTF00122 in 2016", c.Fee(usd("385055.00")), usd("3850.55")},
		{"fee on the second", c.Fee(usd("492780.00")), usd("4927.80")},
		{"fee at half a cent", c.Fee(usd("0.50")), usd("0.01")},
		{"fee just below half a cent", c.Fee(usd("0.49")), usd("0.00")},
		{"fee on a deposit reversed", c.Fee(usd("-0.50")), usd("-0.01")},
		{"indirect cost of 100,000.00", c.IndirectCost(usd("100000.00")), usd("7000.00")},
		{"indirect cost at half a cent", c.IndirectCost(usd("0.50")), usd("0.04")},
		{"indirect cost of nothing", c.IndirectCost(usd("0.00")), usd("0.00")},
	}
	for _, m := range money {
		if !m.got.Equal(m.want) {
			t.Errorf("%s: %s, want %s", m.what, m.got, m.want)
		}
	}
	objectives := map[int]int{}
	for _, a := range c.Proposals.Areas {
		for _, o := range a.Objectives.Value {
			objectives[o]++
		}
	}
	for o := 1; o <= 23; o++ {
		if objectives[o] != 1 {
			t.Errorf("objective %d is in %d areas", o, objectives[o])
		}
	}
	weights := 0
	for _, k := range c.Scoring.Criteria {
		weights += k.Weight.Value
	}
	if weights != 100 || len(c.Scoring.Criteria) != 10 {
		t.Errorf("%d criteria weigh %d", len(c.Scoring.Criteria), weights)
	}
	if a, ok := c.AreaOf(13); !ok || a.Key != "area-2" {
		t.Errorf("objective 13 is in %q", a.Key)
	}
	if m, ok := c.Marker("gender"); !ok || len(m.Steps) != 4 {
		t.Error("the gender marker has no scale of four")
	}
	if _, ok := c.Area("area-6"); ok {
		t.Error("there is a sixth area")
	}
	if len(c.Constituencies) != 4 || c.SeatCount() != 12 || len(c.Budget.Lines) != 8 {
		t.Errorf("%d constituencies, %d seats, %d lines", len(c.Constituencies), c.SeatCount(), len(c.Budget.Lines))
	}
	if c.Body.Allows(Grant, ByVote) || !c.Body.Allows(Grant, ByConsensus) {
		t.Error("grants are not decided by consensus")
	}
	if e := c.Interests.Effect(OwnState); !e.Recuses() || !e.Includes(Leave) {
		t.Errorf("an own state has the effect %s", e)
	}
	if c.Interests.Pool.Value.Recuses() {
		t.Error("contributing to the pool recuses")
	}
}

func TestAgentsWithOtherFees(t *testing.T) {
	c := MustDefault()
	set := func(base FeeBase, r Rounding) Charter {
		c := c
		c.Agent.FeeBase.Value, c.Agent.FeeRounding.Value = base, r
		return c
	}
	rows := []struct {
		base    FeeBase
		round   Rounding
		deposit string
		want    string
	}{
		{OnTop, HalfUp, "101.00", "1.00"},         // 1/101
		{OnTop, HalfUp, "2272727.00", "22502.25"}, // 22,502.2475…
		{OnTop, Down, "2272727.00", "22502.24"},
		{OfDeposit, HalfEven, "0.50", "0.00"},
		{OfDeposit, HalfEven, "1.50", "0.02"},
		{OfDeposit, HalfEven, "0.51", "0.01"},
		{OfDeposit, Down, "1.99", "0.01"},
	}
	for _, r := range rows {
		if got := set(r.base, r.round).Fee(usd(r.deposit)); got.Text() != r.want {
			t.Errorf("%s %s of %s: %s, want %s", r.base, r.round, r.deposit, got.Text(), r.want)
		}
	}
	yen := ledger.New(decimal.New(150, 0), "JPY")
	if got := c.Fee(yen).Text(); got != "2" {
		t.Errorf("the fee on 150 yen is %s", got)
	}
}

func TestHeadsNeeded(t *testing.T) {
	rows := []struct {
		t         Threshold
		num, den  int
		n, needed int
	}{
		{AtLeast, 2, 3, 12, 8},
		{AtLeast, 2, 3, 10, 7},
		{AtLeast, 1, 1, 12, 12},
		{AtLeast, 2, 3, 1, 1},
		{AtLeast, 2, 3, 0, 1}, // nobody is no quorum
		{MoreThan, 1, 2, 10, 6},
		{MoreThan, 1, 2, 11, 6},
		{MoreThan, 2, 3, 12, 9},
		{MoreThan, 1, 2, 0, 1},
	}
	for _, r := range rows {
		var b Body
		b.Quorum.Share.Value, b.Quorum.Threshold.Value = Fraction{r.num, r.den}, r.t
		b.Vote.Majority.Value, b.Vote.Threshold.Value = Fraction{r.num, r.den}, r.t
		if q, m := b.QuorumNeeded(r.n), b.MajorityNeeded(r.n); q != r.needed || m != r.needed {
			t.Errorf("%s %d/%d of %d: quorum %d, majority %d, want %d", r.t, r.num, r.den, r.n, q, m, r.needed)
		}
	}
}

func TestDaysAreTheFunds(t *testing.T) {
	c := MustDefault()
	c.Fund.Holidays.Value = []Date{{day("2026-12-25")}, {day("2026-12-28")}}
	instants := map[string]string{
		"2026-11-21T22:59:59Z": "2026-11-21", // 23:59 in Geneva
		"2026-11-21T23:00:00Z": "2026-11-22",
		"2026-07-01T21:59:59Z": "2026-07-01", // summer: two hours ahead
		"2026-07-01T22:00:00Z": "2026-07-02",
	}
	for at, want := range instants {
		instant, _ := time.Parse(time.RFC3339, at)
		if got := c.Day(instant); !got.Equal(day(want)) {
			t.Errorf("%s is on %s, want %s", at, got.Format(time.DateOnly), want)
		}
	}
	if got := c.Begins(day("2026-07-02")).UTC().Format(time.RFC3339); got != "2026-07-01T22:00:00Z" {
		t.Errorf("2 July begins at %s", got)
	}
	rows := []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-20", 0, "2026-11-20"}, // a Friday
		{"2026-11-20", 1, "2026-11-23"},
		{"2026-11-21", 0, "2026-11-23"}, // a Saturday
		{"2026-11-21", 1, "2026-11-23"},
		{"2026-11-20", 5, "2026-11-27"},
		{"2026-12-24", 1, "2026-12-29"}, // two holidays and a weekend
	}
	for _, r := range rows {
		if got := c.AddBusinessDays(day(r.from), r.n); !got.Equal(day(r.want)) {
			t.Errorf("%s and %d working days: %s, want %s", r.from, r.n, got.Format(time.DateOnly), r.want)
		}
	}
}

func TestInForce(t *testing.T) {
	version := func(n int, from string) Charter {
		c := MustDefault()
		c.Version, c.EffectiveFrom = n, day(from)
		return c
	}
	all := []Charter{version(3, "2024-03-01"), version(1, "2019-05-08"), version(4, "2024-03-01"), version(2, "2022-01-01")}
	rows := []struct {
		day  string
		want int
		err  error
	}{
		{"2019-05-07", 0, ErrNoneInForce},
		{"2019-05-08", 1, nil},
		{"2021-12-31", 1, nil},
		{"2022-01-01", 2, nil},
		{"2024-02-29", 2, nil},
		{"2024-03-01", 4, nil}, // of two adopted for one day, the later
		{"2099-01-01", 4, nil},
	}
	for _, r := range rows {
		c, err := InForce(all, day(r.day))
		if c.Version != r.want || !errors.Is(err, r.err) && err != r.err {
			t.Errorf("%s: version %d, %v; want %d, %v", r.day, c.Version, err, r.want, r.err)
		}
	}
	if _, err := InForce(nil, day("2026-01-01")); !errors.Is(err, ErrNoneInForce) {
		t.Errorf("no charter at all: %v", err)
	}
	if c, err := Version(all, 2); err != nil || c.Version != 2 {
		t.Errorf("version 2: %v", err)
	}
	if _, err := Version(all, 5); !errors.Is(err, ErrVersion) {
		t.Errorf("version 5: %v", err)
	}
}
