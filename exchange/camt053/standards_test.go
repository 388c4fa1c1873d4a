package camt053

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"startupfund/domain/problem"
)

// Data written by others, which the project does not keep.
const standards = "../../../shared/data/standards/iso20022"

// deserved says of every example of others what becomes of it: entries and
// closing balance of each statement taken, or the code it is refused with.
var deserved = map[string]string{
	// Adds up.
	"genkgo-camt-MIT/camt053.v2.multi.statement.xml":         "1 to 27.00 EUR, 1 to 20.00 EUR",
	"iso20022js-MIT/ing-example_camt.xml":                    "9 to 1605.00 EUR",
	"iso20022js-MIT/nordea-example_camt.xml":                 "6 to 8800.50 EUR",
	"moov-iso20022-Apache2/FI_camt_053_sample.xml.xml":       "10 to 23644.83 EUR",
	"genkgo-camt-MIT/camt053.v2.all-balance-types.xml":       "statement-does-not-add-up", // 1.01 + 8.850 is not 4.04
	"genkgo-camt-MIT/camt053.v2.five.decimals.xml":           "statement-does-not-add-up", // its 18.150 and 8.850 are cents with a zero behind; 27.00 is not 27.05
	"iso20022js-MIT/goldman_sachs-camt_053_uk_v2_1.xml":      "statement-does-not-add-up", // the second: every entry was made 100.00, the balances were not
	"genkgo-camt-MIT/camt053.v2.wrong.xml":                   "statement-element-missing", // no Stmt at all
	"genkgo-camt-MIT/camt053.v2.with-account-name.xml":       "statement-balance-missing", // one available balance, no booked one
	"genkgo-camt-MIT/camt53.only-Dt-with-DtTm.xml":           "statement-balance-missing", // no closing balance
	"moov-iso20022-Apache2/statement_1.xml":                  "statement-balance-missing", // available balances only: they owe nothing to what is booked
	"genkgo-camt-MIT/camt053.v2.minimal.xml":                 "statement-other-currency",  // opens in EUR, closes in SEK
	"genkgo-camt-MIT/camt053.v2.minimal.ultimate.xml":        "statement-other-currency",
	"genkgo-camt-MIT/camt053.v2.with-party-ids.xml":          "statement-other-currency",
	"genkgo-camt-MIT/camt053.v3.xml":                         "statement-other-currency",
	"genkgo-camt-MIT/camt053.v4.xml":                         "statement-other-currency",
	"genkgo-camt-MIT/camt053.v8.xml":                         "statement-other-currency",
	"iso20022js-MIT/goldman_sachs-camt_053_us_v2_sample.xml": "statement-other-currency", // entry 8 is EUR on a USD account
	// 1537.00 of value the day after stands among the entries, not in the closing balance.
	"moov-iso20022-Apache2/camt.053_P_CH2909000000250094239_1110092698_0_2020112503071366.xml": "statement-does-not-add-up",

	// Reports and notifications: no statements, though they look like them.
	"genkgo-camt-MIT/camt052.v1.xml":                            "not-a-statement",
	"genkgo-camt-MIT/camt052.v2.other-account.xml":              "not-a-statement",
	"genkgo-camt-MIT/camt052.v2.with-account-name.xml":          "not-a-statement",
	"genkgo-camt-MIT/camt052.v2.xml":                            "not-a-statement",
	"genkgo-camt-MIT/camt052.v4.xml":                            "not-a-statement",
	"genkgo-camt-MIT/camt052.v6.Amt-zero.xml":                   "not-a-statement",
	"genkgo-camt-MIT/camt052.v6.xml":                            "not-a-statement",
	"genkgo-camt-MIT/camt052.v8.xml":                            "not-a-statement",
	"genkgo-camt-MIT/camt054.v2.with-account-name.xml":          "not-a-statement",
	"genkgo-camt-MIT/camt054.v2.xml":                            "not-a-statement",
	"genkgo-camt-MIT/camt054.v4.xml":                            "not-a-statement",
	"genkgo-camt-MIT/camt054.v8-with-UETR.xml":                  "not-a-statement",
	"genkgo-camt-MIT/camt054.v8-with-financial-institution.xml": "not-a-statement",
	"genkgo-camt-MIT/camt054.v8.xml":                            "not-a-statement",
	"moov-iso20022-Apache2/FI_camt_054_sample.xml.xml":          "not-a-statement",

	// Payments and their status reports.
	"iso20022js-MIT/cross_river-pain_002_batch_rejected.xml":                                            "not-a-statement",
	"iso20022js-MIT/cross_river-pain_002_transaction_rejected.xml":                                      "not-a-statement",
	"iso20022js-MIT/example-sepa_pain_001_v3_multiple_pmtinf.xml":                                       "not-a-statement",
	"iso20022js-MIT/example-swift_pain_001_v3.xml":                                                      "not-a-statement",
	"iso20022js-MIT/goldman_sachs-pain_001_v3_sepa.xml":                                                 "not-a-statement",
	"iso20022js-MIT/goldman_sachs-pain_002_v3_accepted.xml":                                             "not-a-statement",
	"iso20022js-MIT/goldman_sachs-pain_002_v3_group_accepted.xml":                                       "not-a-statement",
	"iso20022js-MIT/goldman_sachs-pain_002_v3_payment_accepted.xml":                                     "not-a-statement",
	"iso20022js-MIT/nordea-pain_002_v3_group_reject.xml":                                                "not-a-statement",
	"iso20022js-MIT/nordea-pain_002_v3_payment_reject.xml":                                              "not-a-statement",
	"iso20022js-MIT/nordea-pain_002_v3_txn_reject.xml":                                                  "not-a-statement",
	"moov-iso20022-Apache2/International_payment_USD_naujas_1.xml":                                      "not-a-statement",
	"moov-iso20022-Apache2/invalid_pain_v11.xml":                                                        "not-a-statement",
	"moov-iso20022-Apache2/musterfile_pain.001_Nov2020.xml":                                             "not-a-statement",
	"moov-iso20022-Apache2/pain002-epo_p_0_0_0_2018031510491259.xml":                                    "not-a-statement",
	"moov-iso20022-Apache2/pain002-epo_p_0_0_0_2018032614401842.xml":                                    "not-a-statement",
	"moov-iso20022-Apache2/sepa_payment_naujas_1.xml":                                                   "not-a-statement",
	"moov-iso20022-Apache2/valid_pacs_v11.xml":                                                          "not-a-statement",
	"moov-iso20022-Apache2/valid_pain_v11.xml":                                                          "not-a-statement",
	"pain001-MIT-Apache2/pain.001.001.09.xml":                                                           "not-a-statement",
	"sepa_king-MIT/pain.001.001.03.ch.02.xml":                                                           "not-a-statement",
	"sepa_king-MIT/pain.001.001.03.xml":                                                                 "not-a-statement",
	"moov-iso20022-Apache2/pain002-chdd-cor1_p_ch2909000000250094239_1110097483_0_2018031317221082.xml": "not-a-statement",
	"moov-iso20022-Apache2/pain002-epo_p_ch2909000000250094239_1109800799_0_2018032612092784.xml":       "not-a-statement",
	"moov-iso20022-Apache2/pain002-epo_p_ch5109000000250092291_1110097605_0_2018031511252307.xml":       "not-a-statement",
}

func TestExamplesOfOthers(t *testing.T) {
	root := standards + "/examples"
	if _, err := os.Stat(root); err != nil {
		t.Skip(root + " is absent")
	}
	met := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "LICENSE" {
			return err
		}
		name, _ := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		met[name] = true
		t.Run(name, func(t *testing.T) {
			want, known := deserved[name]
			if got := verdict(t, path); !known {
				t.Errorf("a file nobody has judged: %q", got)
			} else if got != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range deserved {
		if !met[name] {
			t.Errorf("%s is gone", name)
		}
	}
}

func verdict(t *testing.T, path string) string {
	all, err := ReadAll(open(t, path))
	var refused problem.Problem
	if errors.As(err, &refused) {
		return refused.Code
	}
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, s := range all {
		said = append(said, fmt.Sprintf("%d to %s", len(s.Entries), s.Closing.Money))
	}
	return strings.Join(said, ", ")
}

// Our own fixtures keep to the standard, or they would prove nothing of it.
func TestFixturesAreValid(t *testing.T) {
	for file, version := range map[string]string{
		"batch-v02.xml": "02", "pending-v04.xml": "04", "two-statements-v08.xml": "08", "prefixed-v13.xml": "13",
	} {
		t.Run(file, func(t *testing.T) { validate(t, "testdata/"+file, version) })
	}
}

// validate asks xmllint and the standard's own schema.
func validate(t *testing.T, file, version string) {
	t.Helper()
	schema := standards + "/xsd/camt.053.001." + version + ".xsd"
	if _, err := os.Stat(schema); err != nil {
		t.Skip(schema + " is absent")
	}
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("xmllint is absent")
	}
	if said, err := exec.Command("xmllint", "--noout", "--schema", schema, file).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, said)
	}
}
