package camt053

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"startupfund/domain/problem"
)

// notice is a small notification that is taken as it stands.
const notice = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">
<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-03-02T08:00:00Z</CreDtTm></GrpHdr>
<Ntfctn><Id>N</Id><Acct><Id><IBAN>XX41FUND0000000000000014</IBAN></Id></Acct>
<Ntry><Amt Ccy="USD">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-01</Dt></BookgDt><AcctSvcrRef>B-1</AcctSvcrRef><NtryDtls>
<TxDtls><Refs><EndToEndId>E-1</EndToEndId></Refs><Amt Ccy="USD">10.00</Amt></TxDtls><TxDtls><Refs><EndToEndId>E-2</EndToEndId></Refs><Amt Ccy="USD">20.00</Amt></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="USD">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
`

// toldOf is what a bank tells: each notice's version and its entries, with their payments.
func toldOf(src io.Reader) (string, error) {
	var told []string
	var h Header
	n := 0
	err := ReadNotices(src, 0, func(next Header) error {
		h, n = next, 0
		told = append(told, h.Version+":")
		return nil
	}, func(e Entry) error {
		n++
		if e.N != n || h.Currency != "" && e.Money.Currency != h.Currency {
			return fmt.Errorf("%+v of %+v", e, h)
		}
		told = append(told, fmt.Sprintf("%s %s/%d", e.Money, e.Status, len(e.Details)))
		return nil
	})
	var refused problem.Problem
	if errors.As(err, &refused) {
		return refused.Code, nil
	}
	return strings.Join(told, " "), err
}

// noticed says of every notice among the examples of others what it tells. Read by Read,
// each is no statement.
var noticed = map[string]string{
	"genkgo-camt-MIT/camt052.v2.other-account.xml":              "camt.052.001.02: -200000.00 SEK BOOK/1",
	"genkgo-camt-MIT/camt052.v2.with-account-name.xml":          "camt.052.001.02: -200000.00 SEK BOOK/1",
	"genkgo-camt-MIT/camt052.v2.xml":                            "camt.052.001.02: -200000.00 SEK BOOK/1",
	"genkgo-camt-MIT/camt052.v4.xml":                            "camt.052.001.04: -200000.00 SEK PDNG/1",
	"genkgo-camt-MIT/camt052.v6.Amt-zero.xml":                   "camt.052.001.06: -200000.00 SEK PDNG/1",
	"genkgo-camt-MIT/camt052.v6.xml":                            "camt.052.001.06: -200000.00 SEK PDNG/1",
	"genkgo-camt-MIT/camt052.v8.xml":                            "camt.052.001.08: -200000.00 SEK BOOK/0",
	"genkgo-camt-MIT/camt054.v2.with-account-name.xml":          "camt.054.001.02: -200000.00 SEK BOOK/1",
	"genkgo-camt-MIT/camt054.v2.xml":                            "camt.054.001.02: -200000.00 SEK BOOK/3",
	"genkgo-camt-MIT/camt054.v4.xml":                            "camt.054.001.04: -200000.00 SEK BOOK/3",
	"genkgo-camt-MIT/camt054.v8-with-UETR.xml":                  "camt.054.001.08: -200000.00 SEK BOOK/1",
	"genkgo-camt-MIT/camt054.v8-with-financial-institution.xml": "camt.054.001.08: -200000.00 SEK BOOK/1",
	"genkgo-camt-MIT/camt054.v8.xml":                            "camt.054.001.08: -200000.00 SEK BOOK/3",
	"moov-iso20022-Apache2/FI_camt_054_sample.xml.xml":          "camt.054.001.02: 2000.00 EUR BOOK/2 500.00 EUR BOOK/2 3000.00 EUR BOOK/2 -4230.05 EUR BOOK/3 -1000.00 EUR BOOK/2 100.00 EUR INFO/2",
}

func TestNoticesOfOthers(t *testing.T) {
	root := standards + "/examples/"
	if _, err := os.Stat(root); err != nil {
		t.Skip(root + " is absent")
	}
	for name, becomes := range deserved {
		want, known := noticed[name]
		if !known {
			want = "not-a-statement"
		} else if becomes != want && becomes != "not-a-statement" {
			t.Errorf("%s is both", name)
		}
		if got, err := toldOf(open(t, root+name)); got != want || err != nil {
			t.Errorf("%q: %q, want %q (%v)", name, got, want, err)
		}
	}
}

func TestNotice(t *testing.T) {
	change := func(from, to string) string {
		if !strings.Contains(notice, from) {
			t.Fatalf("nothing to change: %q", from)
		}
		return strings.ReplaceAll(notice, from, to)
	}
	report := strings.NewReplacer("camt.054", "camt.052", "DbtCdtNtfctn", "AcctRpt", "Ntfctn", "Rpt").Replace(notice)
	for name, c := range map[string]struct{ doc, want string }{
		"as it stands":              {notice, "camt.054.001.08: 30.00 USD BOOK/2 -5.00 USD PDNG/0"},
		"the oldest":                {change("001.08", "001.02"), "camt.054.001.02: 30.00 USD BOOK/2 -5.00 USD PDNG/0"},
		"the newest":                {change("001.08", "001.13"), "camt.054.001.13: 30.00 USD BOOK/2 -5.00 USD PDNG/0"},
		"a report of the day":       {report, "camt.052.001.08: 30.00 USD BOOK/2 -5.00 USD PDNG/0"},
		"a report with a balance":   {strings.Replace(report, "<Ntry>", opening+"<Ntry>", 1), "camt.052.001.08: 30.00 USD BOOK/2 -5.00 USD PDNG/0"},
		"the account's currency":    {change("</Id></Acct>", "</Id><Ccy>USD</Ccy></Acct>"), "camt.054.001.08: 30.00 USD BOOK/2 -5.00 USD PDNG/0"},
		"no booking day yet":        {change("<BookgDt><Dt>2026-03-01</Dt></BookgDt>", ""), "camt.054.001.08: 30.00 USD BOOK/2 -5.00 USD PDNG/0"},
		"a statement":               {good, "not-a-statement"},
		"too old":                   {change("001.08", "001.01"), "not-a-statement"},
		"too new":                   {change("001.08", "001.14"), "not-a-statement"},
		"another body":              {change("DbtCdtNtfctn", "Stmt"), "statement-element-misplaced"},
		"another currency":          {change(`<Amt Ccy="USD">5.00`, `<Amt Ccy="EUR">5.00`), "statement-other-currency"},
		"not the account's":         {change("</Id></Acct>", "</Id><Ccy>EUR</Ccy></Acct>"), "statement-other-currency"},
		"no account":                {change("<Acct><Id><IBAN>XX41FUND0000000000000014</IBAN></Id></Acct>", ""), "statement-element-missing"},
		"no name of its own":        {change("<Id>N</Id>", ""), "statement-element-missing"},
		"nothing told":              {notice[:strings.Index(notice, "<Ntfctn>")] + notice[strings.Index(notice, "</Ntfctn>")+9:], "statement-element-missing"},
		"a huge number":             {change("30.00", "1e1000000"), "statement-bad-amount"},
		"an entity":                 {change("E-1", "&xxe;"), "statement-doctype"},
		"a document type":           {change("<Document", "<!DOCTYPE a><Document"), "statement-doctype"},
		"an encoding nobody writes": {change("UTF-8", "UTF-7"), "statement-encoding"},
	} {
		if got, err := toldOf(strings.NewReader(c.doc)); got != c.want || err != nil {
			t.Errorf("%s: %q, want %q (%v)", name, got, c.want, err)
		}
	}
	if _, err := ReadAll(strings.NewReader(notice)); !errors.Is(err, ErrNotStatement) {
		t.Error(err)
	}
}
