package camt053

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"startupfund/domain/problem"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Every testdata/*.xml is read, and what was read compared with the .golden file
// beside it. A new case is a new file; `go test -update` writes its answer.
func TestGolden(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.xml")
	if len(files) < 4 {
		t.Fatal("cases are missing")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			all, err := ReadAll(open(t, file))
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(all, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".xml") + ".golden"
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func open(t *testing.T, file string) io.Reader {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// good is a small statement that is taken as it stands: 100 + 30 − 5 = 125.
const good = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
<BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-03-02T08:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>S</Id><ElctrncSeqNb>4</ElctrncSeqNb>
<Acct><Id><IBAN>XX41FUND0000000000000014</IBAN></Id><Ccy>USD</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">125.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>
<Ntry><Amt Ccy="USD">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-01</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>E-1</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="USD">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-01</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>
`

// changed is good with the first of each pair replaced once by the second.
func changed(t *testing.T, pairs ...string) string {
	t.Helper()
	doc := good
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(doc, pairs[i]) {
			t.Fatalf("nothing to change: %q", pairs[i])
		}
		doc = strings.Replace(doc, pairs[i], pairs[i+1], 1)
	}
	return doc
}

const (
	thirty  = `<Amt Ccy="USD">30.00</Amt>`
	opening = `<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>`
)

// Each row breaks more than one rule where it can: the sum is wrong as well, or
// there is something further on. What comes first in the file is what is told.
func TestRefusals(t *testing.T) {
	cases := []struct {
		name  string
		doc   string
		want  problem.Problem
		where string // element, statement, entry
	}{
		{"empty", "", ErrNotStatement, " 0 0"},
		{"not XML", "date;amount\n2026-03-01;<30.00", ErrNotStatement, " 0 0"},
		{"text before the root", "hello " + good, ErrNotStatement, " 0 0"},
		{"UTF-16", "\xff\xfe<\x00D\x00", ErrEncoding, " 0 0"},
		{"UTF-7", changed(t, "UTF-8", "UTF-7", "camt.053", "pain.001"), ErrEncoding, " 0 0"},
		{"Latin-1 with the mark of UTF-8", "\ufeff" + changed(t, "UTF-8", "ISO-8859-1"), ErrEncoding, " 0 0"},
		{"bytes that are no UTF-8", changed(t, "E-1", "E-\xe9", "30.00", "31.00"), ErrEncoding, "TxDtls/Refs/EndToEndId 1 1"},
		{"wrong root", changed(t, "<Document", "<Dokument", "</Document", "</Dokument", "125.00", "1.00"), ErrNotStatement, "Dokument 0 0"},
		{"no namespace", changed(t, ` xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"`, "", "30.00", "-30.00"), ErrNotStatement, "Document 0 0"},
		{"too old", changed(t, "001.08", "001.01"), ErrNotStatement, "Document 0 0"},
		{"too new", changed(t, "001.08", "001.14"), ErrNotStatement, "Document 0 0"},
		{"a notification", changed(t, "camt.053", "camt.054"), ErrNotStatement, "Document 0 0"},
		{"a report", changed(t, "camt.053", "camt.052"), ErrNotStatement, "Document 0 0"},
		{"namespace with a tail", changed(t, "001.08", "001.08.x"), ErrNotStatement, "Document 0 0"},
		{"DOCTYPE", changed(t, "<Document", "<!DOCTYPE Document [<!ENTITY a \"1\">]><Document", "30.00", "&a;"), ErrDoctype, " 0 0"},
		{"DOCTYPE inside", changed(t, "<Stmt>", "<!DOCTYPE x><Stmt>"), ErrDoctype, "Document/BkToCstmrStmt 0 0"},
		{"an entity", changed(t, "E-1", "&xxe;", "125.00", "1.00"), ErrDoctype, "TxDtls/Refs/EndToEndId 1 1"},
		{"second declaration", changed(t, "<Stmt>", `<?xml version="1.0"?><Stmt>`, "125.00", "1.00"), ErrMalformed, "Document/BkToCstmrStmt 0 0"},
		{"tags crossed", changed(t, "</Ntry>", "</Stmt>"), ErrMalformed, "BkToCstmrStmt/Stmt/Ntry 1 1"},
		{"cut off", good[:strings.Index(good, "<Ntry>")+20], ErrMalformed, "BkToCstmrStmt/Stmt/Ntry 1 1"},
		{"a second document", good + good, ErrTrailing, " 0 0"},
		{"an element behind", good + "<x/>", ErrTrailing, "x 0 0"},
		{"text behind", good + "end", ErrTrailing, " 0 0"},
		{"an end behind", good + "</Document>", ErrTrailing, " 0 0"},
		{"a DOCTYPE behind", good + "<!DOCTYPE x>", ErrDoctype, " 0 0"},
		{"too deep", changed(t, "E-1</EndToEndId>", "E-1</EndToEndId>"+strings.Repeat("<a>", 60)), ErrTooDeep, "a/a/a 1 1"},
		{"too deep where nobody reads", changed(t, "<Ntry>", "<TxsSummry>"+strings.Repeat("<a>", 200_000)+"<Ntry>"), ErrTooDeep, "a/a/a 1 0"},
		{"a value too long", changed(t, "E-1", strings.Repeat("E", maxValue+1), "30.00", "1.00"), ErrTooLong, "TxDtls/Refs/EndToEndId 1 1"},
		{"a tag too long", changed(t, "<Ntry>", "<Ntry"+strings.Repeat(` a=""`, maxPiece/4)+">"), ErrTooLong, "Document/BkToCstmrStmt/Stmt 1 0"},
		{"two amounts", changed(t, thirty, thirty+`<Amt Ccy="EUR">30.00</Amt>`), ErrTwice, "Stmt/Ntry/Amt 1 1"},
		{"two currencies", changed(t, thirty, `<Amt Ccy="USD" Ccy="EUR">31.00</Amt>`), ErrTwice, "Stmt/Ntry/Amt 1 1"},
		{"two currencies, the first empty", changed(t, thirty, `<Amt Ccy="" Ccy="USD">30.00</Amt>`), ErrTwice, "Stmt/Ntry/Amt 1 1"},
		{"two names of one party", changed(t, "</Refs>", "</Refs><RltdPties><Dbtr><Nm>A</Nm><Pty><Nm>B</Nm></Pty></Dbtr></RltdPties>"), ErrTwice, "Dbtr/Pty/Nm 1 1"},
		{"two statuses", changed(t, "<Cd>BOOK</Cd>", "<Cd>BOOK</Cd><Cd>PDNG</Cd>"), ErrTwice, "Ntry/Sts/Cd 1 1"},
		{"two signs", changed(t, "<Sts>BOOK", "<CdtDbtInd>CRDT</CdtDbtInd><Sts>XXX"), ErrTwice, "Stmt/Ntry/CdtDbtInd 1 2"},
		{"two references", changed(t, "</EndToEndId>", "</EndToEndId><EndToEndId>E-2</EndToEndId>"), ErrTwice, "TxDtls/Refs/EndToEndId 1 1"},
		{"two opening balances", changed(t, opening, opening+opening), ErrTwice, "Stmt/Bal/OPBD 1 0"},
		{"two accounts", changed(t, "</IBAN>", "</IBAN><Othr><Id>7</Id></Othr>"), ErrTwice, "Acct/Id/Othr 1 0"},
		{"day and instant", changed(t, "<BookgDt>", "<BookgDt><DtTm>2026-03-01T10:00:00Z</DtTm>"), ErrTwice, "Ntry/BookgDt/Dt 1 1"},
		{"two group headers", changed(t, "<Stmt>", "<GrpHdr></GrpHdr><Stmt>"), ErrTwice, "Document/BkToCstmrStmt/GrpHdr 0 0"},
		{"no statement", `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-03-02T08:00:00</CreDtTm></GrpHdr></BkToCstmrStmt></Document>`, ErrMissing, "BkToCstmrStmt/Stmt 0 0"},
		{"empty document", `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>`, ErrMissing, "Document/BkToCstmrStmt 0 0"},
		{"no message id", changed(t, "<MsgId>M</MsgId>", "", "125.00", "1.00"), ErrMissing, "BkToCstmrStmt/GrpHdr/MsgId 0 0"},
		{"empty statement id", changed(t, "<Id>S</Id>", "<Id> </Id>", "125.00", "1.00"), ErrMissing, "BkToCstmrStmt/Stmt/Id 1 0"},
		{"no statement id", changed(t, "<Id>S</Id>", "", "125.00", "1.00"), ErrMissing, "Stmt/Id 1 0"},
		{"no account", changed(t, "<IBAN>XX41FUND0000000000000014</IBAN>", "", opening, ""), ErrMissing, "Stmt/Acct 1 0"},
		{"no amount", changed(t, thirty, "", "BOOK", "X"), ErrValue, "Stmt/Ntry/Sts 1 1"},
		{"no amount, all else well", changed(t, thirty, ""), ErrMissing, "Stmt/Ntry/Amt 1 1"},
		{"no sign", changed(t, `5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>`, "5.00</Amt>"), ErrMissing, "Stmt/Ntry/CdtDbtInd 1 2"},
		{"no status", changed(t, "<Sts>BOOK</Sts>", "", "125.00", "1.00"), ErrMissing, "Stmt/Ntry/Sts 1 2"},
		{"no booking date", changed(t, "<BookgDt><Dt>2026-03-01</Dt></BookgDt>", "", "125.00", "1.00"), ErrMissing, "Stmt/Ntry/BookgDt 1 1"},
		{"no balance date", changed(t, "<Dt><Dt>2026-03-01</Dt></Dt>", ""), ErrMissing, "Stmt/Bal/Dt 1 0"},
		{"balance behind the entries", changed(t, "</Stmt>", strings.ReplaceAll(opening, "OPBD", "CLAV")+"</Stmt>", "125.00", "1.00"), ErrMisplaced, "BkToCstmrStmt/Stmt/Bal 1 2"},
		{"details before the sign", changed(t, "<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>", "", "</NtryDtls>", "</NtryDtls><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"), ErrMisplaced, "Stmt/Ntry/NtryDtls 1 1"},
		{"statement before the header", changed(t, "<GrpHdr>", "<Stmt></Stmt><GrpHdr>"), ErrMisplaced, "Document/BkToCstmrStmt/Stmt 0 0"},
		{"two bodies", changed(t, "</Document>", "<BkToCstmrStmt/></Document>"), ErrTwice, "Document/BkToCstmrStmt 0 0"},
		{"another body", changed(t, "</Document>", "<BkToCstmrDbtCdtNtfctn/></Document>"), ErrMisplaced, "Document/BkToCstmrDbtCdtNtfctn 0 0"},
		{"another's element", changed(t, thirty, `<x:Amt xmlns:x="urn:x" Ccy="USD">30.00</x:Amt>`), ErrMisplaced, "Stmt/Ntry/Amt 1 1"},
		{"stray text", changed(t, "<Ntry>", "<Ntry>30", "125.00", "1.00"), ErrMisplaced, "BkToCstmrStmt/Stmt/Ntry 1 1"},
		{"an element in an amount", changed(t, "30.00", "3<x/>0.00"), ErrMisplaced, "Ntry/Amt/x 1 1"},
		{"a comment in an amount", changed(t, "30.00", "3<!-- -->0.00"), ErrComment, "Stmt/Ntry/Amt 1 1"},
		{"a comment in a reference", changed(t, "E-1", "E<!-- -->-1"), ErrComment, "TxDtls/Refs/EndToEndId 1 1"},
		{"an instruction in a status", changed(t, "<Sts>BOOK", "<Sts>BO<?x?>OK"), ErrComment, "Stmt/Ntry/Sts 1 2"},
		{"exponent", changed(t, "30.00", "3e1"), ErrAmount, "Stmt/Ntry/Amt 1 1"},
		{"huge exponent", changed(t, "30.00", "1e1000000"), ErrAmount, "Stmt/Ntry/Amt 1 1"},
		{"plus", changed(t, "30.00", "+30.00"), ErrAmount, "Stmt/Ntry/Amt 1 1"},
		{"comma", changed(t, "30.00", "30,00"), ErrAmount, "Stmt/Ntry/Amt 1 1"},
		{"thousands", changed(t, "30.00", "1 030.00"), ErrAmount, "Stmt/Ntry/Amt 1 1"},
		{"two points", changed(t, "30.00", "3.0.0"), ErrAmount, "Stmt/Ntry/Amt 1 1"},
		{"a point alone", changed(t, "30.00", "."), ErrAmount, "Stmt/Ntry/Amt 1 1"},
		{"no figure behind the point", changed(t, "30.00", "30."), ErrAmount, "Stmt/Ntry/Amt 1 1"},
		{"nothing", changed(t, "30.00", ""), ErrAmount, "Stmt/Ntry/Amt 1 1"},
		{"Arabic figures", changed(t, "30.00", "٣٠.٠٠"), ErrAmount, "Stmt/Ntry/Amt 1 1"},
		{"sixteen digits", changed(t, "30.00", "1000000000000000"), ErrAmount, "Stmt/Ntry/Amt 1 1"},
		{"very long", changed(t, "30.00", strings.Repeat("0", 65)), ErrAmount, "Stmt/Ntry/Amt 1 1"},
		{"finer than a cent", changed(t, "30.00", "30.005"), ErrDecimals, "Stmt/Ntry/Amt 1 1"},
		{"finer in a detail", changed(t, "</Refs>", `</Refs><Amt Ccy="JPY">1.5</Amt>`), ErrDecimals, "NtryDtls/TxDtls/Amt 1 1"},
		{"negative", changed(t, "30.00", "-30.005"), ErrNegative, "Stmt/Ntry/Amt 1 1"},
		{"negative nothing", changed(t, "30.00", "-0"), ErrNegative, "Stmt/Ntry/Amt 1 1"},
		{"no currency", changed(t, thirty, "<Amt>30.00</Amt>"), ErrCurrency, "Stmt/Ntry/Amt 1 1"},
		{"no such currency", changed(t, `"USD">30.00`, `"usd">-3`), ErrCurrency, "Stmt/Ntry/Amt 1 1"},
		{"another currency", changed(t, `"USD">30.00`, `"EUR">30.00`, "E-1", "<!-- -->"), ErrOther, "Stmt/Ntry/Amt 1 1"},
		{"another currency, pending", changed(t, `"USD">5.00`, `"EUR">5.00`, "<Sts>BOOK", "<Sts>PDNG"), ErrOther, "Stmt/Ntry/Amt 1 2"},
		{"closing in another currency", changed(t, `"USD">125.00`, `"EUR">125.00`, "30.00", "x"), ErrOther, "Stmt/Bal/CLBD 1 0"},
		{"account in another currency", changed(t, "<Ccy>USD", "<Ccy>EUR", "30.00", "x"), ErrOther, "Stmt/Bal/OPBD 1 0"},
		{"no opening balance", changed(t, opening, "", "30.00", "x"), ErrBalance, "Stmt/Bal 1 0"},
		{"previous closing of the same day", changed(t, "OPBD", "PRCD", "30.00", "x"), ErrBalance, "Stmt/Bal 1 0"},
		{"available is not booked", changed(t, "OPBD", "OPAV", "CLBD", "CLAV"), ErrBalance, "Stmt/Bal 1 0"},
		{"no closing balance", changed(t, "CLBD", "ITBD", "30.00", "x"), ErrBalance, "Stmt/Bal 1 0"},
		{"interim closing balance", changed(t, "<Cd>CLBD</Cd></CdOrPrtry>", "<Cd>CLBD</Cd></CdOrPrtry><SubTp><Cd>INTM</Cd></SubTp>"), ErrBalance, "Stmt/Bal 1 0"},
		{"neither credit nor debit", changed(t, "DBIT", "debit", "<Sts>BOOK", "<Sts>X"), ErrValue, "Stmt/Ntry/CdtDbtInd 1 2"},
		{"a status of the bank's own", changed(t, "<Sts>BOOK", "<Sts>DONE"), ErrValue, "Stmt/Ntry/Sts 1 2"},
		{"a choice of the bank's own", changed(t, "<Cd>BOOK</Cd>", "<Prtry>BOOK</Prtry>"), ErrMisplaced, "Ntry/Sts/Prtry 1 1"},
		{"no such day", changed(t, "<BookgDt><Dt>2026-03-01", "<BookgDt><Dt>2026-02-30"), ErrValue, "Ntry/BookgDt/Dt 1 1"},
		{"a day with a tail", changed(t, "<BookgDt><Dt>2026-03-01", "<BookgDt><Dt>2026-03-01x"), ErrValue, "Ntry/BookgDt/Dt 1 1"},
		{"a day that means unknown", changed(t, "<BookgDt><Dt>2026-03-01", "<BookgDt><Dt>9999-12-31"), ErrValue, "Ntry/BookgDt/Dt 1 1"},
		{"no such instant", changed(t, "T08:00:00Z", "T25:00:00Z", "30.00", "x"), ErrValue, "BkToCstmrStmt/GrpHdr/CreDtTm 0 0"},
		{"sequence", changed(t, ">4<", ">+4<", "30.00", "x"), ErrValue, "BkToCstmrStmt/Stmt/ElctrncSeqNb 1 0"},
		{"a cent too little", changed(t, "125.00", "124.99"), ErrSum, "Stmt 1 0"},
		{"a debit taken for a credit", changed(t, "DBIT", "CRDT"), ErrSum, "Stmt 1 0"},
		{"pending does not count", changed(t, "<Sts>BOOK", "<Sts>PDNG"), ErrSum, "Stmt 1 0"},
		{"an overdrawn opening", changed(t, "CRDT", "DBIT"), ErrSum, "Stmt 1 0"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			all, err := ReadAll(strings.NewReader(c.doc))
			if !errors.Is(err, c.want) || all != nil {
				t.Fatalf("%v, want %s", err, c.want.Code)
			}
			p := err.(problem.Problem).Params()
			if got := fmt.Sprintf("%s %d %d", p["element"], p["statement"], p["entry"]); got != c.where {
				t.Errorf("at %q, want %q", got, c.where)
			}
			if line, ok := p["line"].(int); !ok || line < 1 {
				t.Errorf("line %v", p["line"])
			}
		})
	}
}

// What looks odd and is well: said in another way, or of no matter to the books.
func TestTaken(t *testing.T) {
	cases := []struct{ name, doc string }{
		{"as it stands", good},
		{"byte order mark", "\ufeff" + good},
		{"namespaces of each version", changed(t, "001.08", "001.02")},
		{"zeros that say nothing", changed(t, "30.00", "00030.00000")},
		{"no figure before the point", changed(t, "30.00", "29.50", "5.00", "4.50")},
		{"half a dollar", changed(t, "30.00", "30.50", "125.00", ".5", "100.00", "025", "CRDT", "DBIT")},
		{"white space around", changed(t, "30.00", "\n 30.00\t", "<Sts>BOOK", "<Sts> BOOK ")},
		{"comments between", changed(t, "<Ntry>", "<!-- Amt --><Ntry><!-- Amt -->") + "<!-- end -->"},
		{"numeric characters", changed(t, "30.00", "&#51;0.00")},
		{"account without a currency", changed(t, "<Ccy>USD</Ccy>", "")},
		{"previous closing of the day before", changed(t, "OPBD", "PRCD", "<Dt><Dt>2026-03-01", "<Dt><Dt>2026-02-28")},
		{"pending in the file", changed(t, "<Ntry>", `<Ntry><Amt Ccy="USD">9</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>PDNG</Sts></Ntry><Ntry>`)},
		{"windows-1252", changed(t, "UTF-8", "Windows-1252", "E-1", "E\x80")},
		{"ISO-8859-15", changed(t, "UTF-8", "iso-8859-15", "E-1", "E\xa4")},
		{"ASCII", changed(t, "UTF-8", "US-ASCII")},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			all, err := ReadAll(strings.NewReader(c.doc))
			if err != nil {
				t.Fatal(err)
			}
			s := all[0]
			if got := s.Opening.Money.Add(s.Booked()); !got.Equal(s.Closing.Money) {
				t.Errorf("%s, want %s", got, s.Closing.Money)
			}
			if strings.Contains(c.doc, "E\x80") || strings.Contains(c.doc, "E\xa4") {
				if got := s.Entries[0].Details[0].EndToEndID; got != "E€" {
					t.Errorf("%q", got)
				}
			}
		})
	}
}

func TestCounterparty(t *testing.T) {
	all, err := ReadAll(open(t, "testdata/two-statements-v08.xml"))
	if err != nil {
		t.Fatal(err)
	}
	e := all[0].Entries[0]
	if got := e.Counterparty(e.Details[0]).Name; got != "Ministry of Finance of Quimera" {
		t.Error(got)
	}
	all, err = ReadAll(open(t, "testdata/batch-v02.xml"))
	if err != nil {
		t.Fatal(err)
	}
	e = all[0].Entries[0]
	if got := e.Counterparty(e.Details[1]); got != (Party{"Agency Eta", "Eta country office", "000-778-12"}) {
		t.Error(got)
	}
}
