package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// fund runs the program on a fund's database and gives its status and both outputs.
func fund(t *testing.T, args ...string) (status int, out, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = run(t.Context(), commands, args, &stdout, &stderr)
	return status, stdout.String(), stderr.String()
}

// fundMust runs what has to succeed.
func fundMust(t *testing.T, args ...string) string {
	t.Helper()
	status, out, said := fund(t, args...)
	if status != 0 {
		t.Fatalf("fund %v: status %d\n%s%s", args, status, out, said)
	}
	return out
}

// histories are the six real ones, as files without the project's own notes.
func histories(t *testing.T) map[string]string {
	t.Helper()
	kept, err := filepath.Glob("../../exchange/history/data/*.csv")
	if err != nil || len(kept) != 6 {
		t.Fatalf("%v, %v", kept, err)
	}
	files := map[string]string{}
	for _, path := range kept {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for bytes.HasPrefix(text, []byte("#")) {
			_, text, _ = bytes.Cut(text, []byte("\n"))
		}
		file := filepath.Join(t.TempDir(), filepath.Base(path))
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		files[strings.TrimSuffix(filepath.Base(path), ".csv")] = file
	}
	return files
}

// sums adds up a history's file by kind, in the test's own way.
func sums(t *testing.T, file string) map[string]decimal.Decimal {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	sum := map[string]decimal.Decimal{}
	for _, r := range rows[1:] {
		kind, amount := r[1], decimal.RequireFromString(r[4])
		if kind == "transfer" && amount.IsNegative() {
			kind, amount = "refund", amount.Neg()
		}
		sum[kind] = sum[kind].Add(amount)
	}
	return sum
}

var feeRow = regexp.MustCompile(`(?m)^ *(20\d\d) +\S+ +\S+ +\S+ +(\S+) *$`)

// Each real history becomes a fund that says of itself what the file said, to every
// reader alike, and to hledger.
func TestSixHistoriesBecomeFunds(t *testing.T) {
	for code, file := range histories(t) {
		t.Run(code, func(t *testing.T) {
			f := storetest.New(t)
			t.Setenv("FUND_DATABASE_URL", f.URL)
			sum := sums(t, file)
			closing := sum["contribution"].Add(sum["interest"]).Add(sum["interest_organization"]).Add(sum["other_income"]).Add(sum["refund"]).
				Sub(sum["aa_fee"]).Sub(sum["bank_charge"]).Sub(sum["direct_cost"]).Sub(sum["transfer"]).Sub(sum["transfer_to_fund"]).Sub(sum["returned_to_contributor"])
			if closing.IsNegative() || closing.GreaterThan(decimal.NewFromInt(54)) {
				t.Errorf("the file closes at %s", closing)
			}

			printed := fundMust(t, "import", "history", file, "--code", code, "--name", "Fund "+code)
			if want := "Closing balance with the agent: " + closing.StringFixed(2) + " USD"; !strings.Contains(printed, want) {
				t.Errorf("%s is not printed:\n%s", want, printed)
			}
			years := feeRow.FindAllStringSubmatch(printed, -1)
			for _, y := range years {
				if y[2] != "0.00" {
					t.Errorf("%s: the published fee differs from ours by %s", y[1], y[2])
				}
			}
			if len(years) == 0 {
				t.Errorf("no years:\n%s", printed)
			}

			st := statementOf(t)
			lines := st.byCode()
			for i, l := range st.Lines {
				if want := domain.StatementLines()[i].Code; l.Code != want {
					t.Errorf("line %d is %s, not %s", i, l.Code, want)
				}
			}
			for line, kind := range map[string]string{"contributions": "contribution", "agent_fee": "aa_fee", "transfers": "transfer", "refunds": "refund", "expenditure": "expenditure"} {
				if lines[line] != sum[kind].StringFixed(2) {
					t.Errorf("%s is %s, the file says %s", line, lines[line], sum[kind].StringFixed(2))
				}
			}
			if lines["balance_with_agent"] != closing.StringFixed(2) || st.Fund != "Fund "+code || st.Currency != "USD" {
				t.Errorf("the statement: %+v", st)
			}
			if before := fundMust(t, "statement", "--as-of", "2000-01-01", "--format", "csv"); !strings.Contains(before, "total_balance,Total balance,0.00,USD,2000-01-01") {
				t.Errorf("before it began:\n%s", before)
			}
			agreesWithHledger(t, fundMust(t, "export", "journal"), lines)
			const onTheDay = "2017-12-31" // on which a year's vouchers are booked
			agreesWithHledger(t, fundMust(t, "export", "journal", "--as-of", onTheDay), statementOf(t, "--as-of", onTheDay).byCode())

			if out := fundMust(t, "check"); strings.Contains(out, "FAULT") || strings.Count(out, "\n") < 10 {
				t.Errorf("check says\n%s", out)
			}
			status, _, said := fund(t, "import", "history", file, "--code", code, "--name", "Again")
			if status != 1 || said != "fund: A history can only be imported into an empty fund. The books of this one have begun. Nothing was changed.\n" {
				t.Errorf("a second import: status %d, %s", status, said)
			}
			if out := fundMust(t, "statement"); !strings.HasPrefix(out, "Fund "+code+"\n") {
				t.Errorf("the second import left something:\n%s", out)
			}
		})
	}
}

// statement is the JSON that other programs read.
type statement struct {
	Fund, Currency string
	AsOf           string `json:"as_of"`
	Lines          []struct{ Code, Label, Amount string }
}

func statementOf(t *testing.T, args ...string) (st statement) {
	t.Helper()
	if err := json.Unmarshal([]byte(fundMust(t, append([]string{"statement", "--format", "json"}, args...)...)), &st); err != nil {
		t.Fatal(err)
	}
	return st
}

func (st statement) byCode() map[string]string {
	lines := map[string]string{}
	for _, l := range st.Lines {
		lines[l.Code] = l.Amount
	}
	return lines
}

// agreesWithHledger has a program we did not write add the journal up.
func agreesWithHledger(t *testing.T, journal string, lines map[string]string) {
	t.Helper()
	hledger, err := exec.LookPath("hledger")
	if err != nil {
		t.Log("hledger is absent: the journal is not added up again")
		return
	}
	ask := func(args ...string) string {
		c := exec.Command(hledger, append([]string{"-f", "-"}, args...)...)
		c.Stdin = strings.NewReader(journal)
		c.Env = append(os.Environ(), "LANG=C.UTF-8")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("hledger %v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	ask("check", "--strict", "ordereddates")
	for line, account := range map[string]string{"contributions": "^income:contributions", "agent_fee": "^cost:agent-fee",
		"balance_with_agent": "^agent:bank", "balance_with_organizations": "^organisation:held"} {
		rows, err := csv.NewReader(strings.NewReader(ask("balance", account, "--flat", "-N", "-E", "-O", "csv"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		total := decimal.Zero
		for _, r := range rows[1:] {
			amount, _, _ := strings.Cut(r[1], " ")
			total = total.Add(decimal.RequireFromString(amount))
		}
		if line == "contributions" {
			total = total.Neg() // income stands below zero
		}
		if total.StringFixed(2) != lines[line] {
			t.Errorf("%s is %s to hledger and %s to us", line, total.StringFixed(2), lines[line])
		}
	}
}

// A bad row is named by line, column and rule; nothing of the file is kept.
func TestABadHistoryLeavesNothing(t *testing.T) {
	f := storetest.New(t)
	t.Setenv("FUND_DATABASE_URL", f.URL)
	file := filepath.Join(t.TempDir(), "bad.csv")
	text := "year,kind,party,programme,amount_usd\n2015,contribution,A (A),,100.00\n15,contribution,B (B),,1.00\n2015,pledge,C (C),,1.001\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, said := fund(t, "import", "history", file, "--code", "X", "--name", "X")
	if status != 1 || out != "" {
		t.Errorf("status %d, %s", status, out)
	}
	for _, want := range []string{"The year must have four digits. Line 3, column year", "This kind of row is not known. Line 4, column kind",
		"The amount cannot be read. Line 4, column amount_usd", "fund: the history was refused, and nothing of it is kept.\n"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said:\n%s", want, said)
		}
	}
	overdrawn := "year,kind,party,programme,amount_usd\n2015,contribution,A (A),,100.00\n2016,transfer,B (B),00012345 JP,100.01\n"
	if err := os.WriteFile(file, []byte(overdrawn), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, said = fund(t, "import", "history", file, "--code", "X", "--name", "X"); status != 1 || !strings.Contains(said, "Line 3: in 2016 the fund had 100.00") {
		t.Errorf("status %d, %s", status, said)
	}
	for _, table := range []string{"fund", "organisations", "programmes", "vouchers", "events"} {
		var n int
		if err := f.DB.Raw("SELECT count(*) FROM " + table).Row().Scan(&n); err != nil || n != 0 {
			t.Errorf("%s keeps %d rows, %v", table, n, err)
		}
	}
}

func TestCommandsOfTheBooksAreAskedRightly(t *testing.T) {
	t.Setenv("FUND_DATABASE_URL", "postgres://127.0.0.1:1/none") // nothing gets as far
	for _, row := range []struct{ args, says string }{
		{"statement --format pdf", "there is no format"},
		{"statement --as-of yesterday", "a day is written like 2026-03-02"},
		{"export everything", "knows no \"everything\""},
		{"import archive x --code X --name X", "knows no \"archive\""},
		{"import history x --name X", "--code must name the fund"},
		{"import history x --code X", "--name must name the fund"},
		{"import history --code X --name X", "takes 2 words"},
		{"check now", "takes 0 words"},
	} {
		if status, _, said := fund(t, strings.Fields(row.args)...); status != 2 || !strings.Contains(said, row.says) {
			t.Errorf("fund %s: status %d, %s", row.args, status, said)
		}
	}
	if status, _, said := fund(t, "import", "history", "/nowhere.csv", "--code", "X", "--name", "X"); status != 1 || !strings.Contains(said, "/nowhere.csv") {
		t.Errorf("status %d, %s", status, said)
	}
}

// What is wrong in the books is named, and the status says so.
func TestCheckNamesWhatIsWrong(t *testing.T) {
	f := storetest.New(t)
	t.Setenv("FUND_DATABASE_URL", f.URL)
	f.Fill(t, `INSERT INTO accounts (code, currency, opened_at) VALUES ('fund:available:moon', 'USD', now());
INSERT INTO balances (account, held) VALUES ('fund:available:moon', 5)`)
	status, out, said := fund(t, "check")
	if status != 1 || !strings.Contains(out, "FAULT  balances-equal-postings: a kept balance differs from the sum of its postings: fund:available:moon\n") ||
		!strings.Contains(said, "questions found something wrong") {
		t.Errorf("status %d, %s%s", status, out, said)
	}
	f.Fill(t, `DELETE FROM balances`)
}
