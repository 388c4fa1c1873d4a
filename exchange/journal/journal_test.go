package journal

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/exchange/history"
)

var update = flag.Bool("update", false, "write the golden files anew")

func usd(text string) ledger.Money {
	m, err := ledger.Parse(text, ledger.USD)
	if err != nil {
		panic(err)
	}
	return m
}

// example has an act of each kind, one reversed, and words that would break a journal.
func example() Books {
	n := int64(0)
	on := func(day string, memo, subject string) domain.Entry {
		n++
		d, err := time.Parse(time.DateOnly, day)
		if err != nil {
			panic(err)
		}
		return domain.Entry{ID: uuid.NewSHA1(uuid.Nil, []byte{byte(n)}), BookedOn: d, ValueOn: d.AddDate(0, 0, -1), Memo: memo, Subject: subject}
	}
	wrong := domain.ReleaseVoucher(on("2026-03-02", "FTR 2", "transfer-request:2"), "JP-1", "IOM", usd("80.00"))
	vouchers := []ledger.Voucher{
		domain.DepositVoucher(on("2026-01-15", "Sweden; first | instalment\n2026-01-01 open", "contribution:1,2"), "SE-0", "area-2", usd("1000.50"), usd("10.01")),
		domain.AllocationVoucher(on("2026-02-01", "قرار 2026-001", "decision:2026-001"), "JP-1", []domain.Draw{{Earmark: "area-2", Organisation: "IOM", Amount: usd("300.00")}}),
		wrong,
		wrong.Reverse(uuid.NewSHA1(uuid.Nil, []byte("r")), wrong.BookedOn, "not signed"),
		domain.ReleaseVoucher(on("2026-03-03", "", ""), "JP-1", "IOM", usd("210.00")),
		domain.TransferVoucher(on("2026-03-04", "  (1) * FTR 1\u202e", "transfer-request:1"), "JP-1", "IOM", usd("210.00")),
		domain.RefundVoucher(on("2026-02-20", "posted late, booked earlier", ""), "JP-0", "UNDP", "", usd("0.99")),
		domain.SuspenseVoucher(on("2026-03-05", "?", ""), usd("5.00")),
	}
	for i := range vouchers {
		vouchers[i].Number = int64(i + 1)
	}
	return Books{"Start-up Fund; example", time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC), vouchers, ledger.Balances(vouchers)}
}

func written(t *testing.T, b Books) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestGolden(t *testing.T) {
	const golden = "testdata/example.journal.golden"
	got := written(t, example())
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the journal differs from %s; go test -update writes it anew:\n%s", golden, got)
	}
	for range 5 {
		if !bytes.Equal(got, written(t, example())) {
			t.Fatal("the same books gave another journal")
		}
	}
}

// hledger runs the program on a journal; it skips where there is none.
func hledger(t *testing.T, journal []byte, args ...string) ([]byte, error) {
	t.Helper()
	path, err := exec.LookPath("hledger")
	if err != nil {
		t.Skip("hledger is absent")
	}
	cmd := exec.Command(path, append([]string{"-f", "-"}, args...)...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "LANG=C.UTF-8")
	cmd.Stdin = bytes.NewReader(journal)
	var failed *exec.ExitError
	out, err := cmd.Output()
	if errors.As(err, &failed) {
		return failed.Stderr, err
	}
	return out, err
}

// TestHledgerAgrees has the example and every real history added up by hledger.
func TestHledgerAgrees(t *testing.T) {
	books := map[string]Books{"example": example(), "nothing": {Fund: "new", AsOf: time.Unix(0, 0).UTC()}}
	for _, f := range history.Known() {
		h, err := domain.NewHistory(f.Code, f.Rows, decimal.New(1, -2))
		if err != nil {
			t.Fatal(err)
		}
		books[f.Code] = Books{f.Name, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), h.Vouchers, ledger.Balances(h.Vouchers)}
	}
	yen := ledger.Voucher{Postings: []ledger.Posting{{From: "income:other:x", To: "agent:bank:JPY", Money: ledger.New(decimal.New(1500, 0), "JPY")}}}
	dinar := ledger.Voucher{Postings: []ledger.Posting{{From: "income:other:y", To: "agent:bank:KWD", Money: ledger.New(decimal.New(1005, -3), "KWD")}}}
	books["other minor units"] = Books{"", time.Unix(0, 0).UTC(), []ledger.Voucher{yen, dinar}, ledger.Balances([]ledger.Voucher{yen, dinar})}
	for name, b := range books {
		journal := written(t, b)
		if said, err := hledger(t, journal, "check", "--strict", "ordereddates"); err != nil {
			t.Errorf("%s: %v: %s", name, err, said)
		}
		out, err := hledger(t, journal, "balance", "--flat", "-N", "-E", "-O", "csv")
		if err != nil {
			t.Fatalf("%s: %v: %s", name, err, out)
		}
		records, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
		if err != nil || len(records) != len(b.Balances)+1 {
			t.Errorf("%s: hledger knows %d accounts, we %d (%v)", name, len(records)-1, len(b.Balances), err)
			continue
		}
		for _, r := range records[1:] {
			ours := b.Balances[ledger.Account(r[0])]
			if r[1] != ours.String() && !(r[1] == "0" && ours.IsZero()) {
				t.Errorf("%s: %s is %s to hledger, %s to us", name, r[0], r[1], ours)
			}
		}
	}
}

// TestHledgerNotices makes sure that the journal can fail: each tampering is found.
func TestHledgerNotices(t *testing.T) {
	for name, tamper := range map[string]func(*Books){
		"a balance off by a cent": func(b *Books) { b.Balances[domain.AgentFee] = usd("10.02") },
		"a voucher left out":      func(b *Books) { b.Vouchers = b.Vouchers[1:] },
		"an amount changed":       func(b *Books) { b.Vouchers[5].Postings[0].Money = usd("210.01") },
	} {
		b := example()
		tamper(&b)
		said, err := hledger(t, written(t, b), "check", "--strict")
		if err == nil || !strings.Contains(string(said), "assertion") {
			t.Errorf("%s: %v: %s", name, err, said)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteSaysWhenItCannot(t *testing.T) {
	if err := Write(full{}, example()); err == nil {
		t.Error("a journal was written to a full disk")
	}
}

// TestWorkedExamples has hledger add up what docs/decisions tells.
func TestWorkedExamples(t *testing.T) {
	for page, least := range map[string]int{"0002-chart-of-accounts.md": 14, "0044-other-currencies.md": 4, "0045-booked-from-a-line.md": 5} {
		t.Run(page, func(t *testing.T) { worked(t, "../../docs/decisions/"+page, least) })
	}
}

func worked(t *testing.T, file string, least int) {
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var journal strings.Builder
	for i, block := range strings.Split(string(page), "```") {
		if text, ok := strings.CutPrefix(block, "hledger\n"); i%2 == 1 && ok {
			journal.WriteString(text + "\n")
		}
	}
	if n := strings.Count(journal.String(), " * "); n < least {
		t.Errorf("only %d examples were found", n)
	}
	if said, err := hledger(t, []byte(journal.String()), "check", "ordereddates"); err != nil {
		t.Errorf("%v: %s", err, said)
	}
}
