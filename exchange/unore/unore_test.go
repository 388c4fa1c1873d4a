package unore

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"startupfund/domain/problem"
)

const (
	head = "<UN_OPERATIONAL_RATES_DATASET>\n <xs:schema id=\"a\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"rate\" type=\"xs:double\"/></xs:schema>\\r\\n\n"
	tail = "</UN_OPERATIONAL_RATES_DATASET>\n"
)

func rated(place, name, code, on, rate string) string {
	return fmt.Sprintf("<UN_OPERATIONAL_RATES><abbrv_name>%s</abbrv_name><name>%s</name><f_curr_code>%s</f_curr_code><eff_date>%s</eff_date><rate>%s</rate></UN_OPERATIONAL_RATES>\n",
		place, name, code, on, rate)
}

// month is a file of October, with the kwacha changed in the middle of it.
var month = head + rated("American Samoa", "US Dollar", "USD", "01 Oct 2026", "1") +
	rated("Austria", "Euro", "EUR", "01 Oct 2026", "0.882") + rated("Belgium", "Euro", "EUR", "01 Oct 2026", "0.8820") +
	rated("Benin", "CFA Franc", "XOF", "01 Oct 2026", "578.394") +
	rated("Zambia", "Kwacha", "ZMW", "01 Oct 2026", "24.1") + rated("Zambia", "Kwacha", "ZMW", "15 Oct 2026", "24.75") + tail

// told is what was read, a rate a line.
func told(rates []Rate) string {
	var b strings.Builder
	for _, r := range rates {
		fmt.Fprintf(&b, "%s %s %s %s %s\n", r.Currency, r.EffectiveOn.Format("2006-01-02"), r.PerUSD, r.Name, strings.Join(r.Places, ", "))
	}
	return b.String()
}

func TestRead(t *testing.T) {
	rates, err := Read(strings.NewReader(month), 0)
	if err != nil {
		t.Fatal(err)
	}
	const want = `USD 2026-10-01 1 US Dollar American Samoa
EUR 2026-10-01 0.882 Euro Austria, Belgium
XOF 2026-10-01 578.394 CFA Franc Benin
ZMW 2026-10-01 24.1 Kwacha Zambia
ZMW 2026-10-15 24.75 Kwacha Zambia
`
	if got := told(rates); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// The file that the UN published, which the project does not keep.
func TestTheRealFile(t *testing.T) {
	const file = "../../../shared/data/standards/unore/unore-sample.xml"
	f, err := os.Open(file)
	if err != nil {
		t.Skip(file + " is absent")
	}
	defer f.Close()
	rates, err := Read(f, 0)
	if err != nil {
		t.Fatal(err)
	}
	const want = `USD 2026-10-01 1 US Dollar American Samoa
EUR 2026-10-01 0.882 Euro Austria, Belgium
BHD 2026-10-01 0.377 Bahraini Dinar Bahrain
CLP 2026-10-01 970.7 Chilean Peso Chile
XOF 2026-10-01 578.394 CFA Franc Benin
XAF 2026-10-01 578.394 CFA Franc Cameroon
XCG 2026-10-01 1.79 Caribbean Guilder Curacao
ETB 2026-10-01 160.88 Ethiopian Birr Ethiopia
`
	if got := told(rates); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestTaken(t *testing.T) {
	for name, doc := range map[string]string{
		"an instant":      strings.ReplaceAll(month, "01 Oct 2026", "2026-10-01T00:00:00+02:00"),
		"a declaration":   `<?xml version="1.0" encoding="UTF-8"?>` + month,
		"Latin letters":   `<?xml version="1.0" encoding="ISO-8859-1"?>` + strings.Replace(month, "Benin", "B\xe9nin", 1),
		"a comment":       strings.Replace(month, head, head+"<!-- rates -->", 1),
		"white space":     strings.Replace(month, "<rate>24.1<", "<rate> 24.1\n<", 1),
		"without schema":  "<UN_OPERATIONAL_RATES_DATASET>" + strings.TrimPrefix(month, head),
		"one row":         head + rated("Chad", "CFA Franc", "XAF", "01 Oct 2026", "578.394") + tail,
		"the same again":  strings.Replace(month, tail, rated("Zambia", "Kwacha", "ZMW", "15 Oct 2026", "24.75")+tail, 1),
		"a dollar's text": strings.Replace(month, "<rate>1<", "<rate>1.000<", 1),
	} {
		if _, err := Read(strings.NewReader(doc), 0); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	changed := func(from, to string) string {
		if !strings.Contains(month, from) {
			t.Fatalf("nothing to change: %q", from)
		}
		return strings.Replace(month, from, to, 1)
	}
	cases := []struct {
		name, doc string
		want      problem.Problem
		row       int
	}{
		{"empty", "", ErrNotRates, 0},
		{"text", "EUR;0.882", ErrNotRates, 0},
		{"another document", "<rates/>", ErrNotRates, 0},
		{"another's namespace", changed("<UN_OPERATIONAL_RATES_DATASET>", `<UN_OPERATIONAL_RATES_DATASET xmlns="urn:x">`), ErrNotRates, 0},
		{"no row", head + tail, ErrMissing, 0},
		{"cut off", month[:len(month)-40], ErrMalformed, 6},
		{"a DOCTYPE", `<!DOCTYPE a [<!ENTITY b "c">]>` + month, ErrMalformed, 0},
		{"an entity", changed("0.882", "&b;"), ErrMalformed, 2},
		{"UTF-7", `<?xml version="1.0" encoding="UTF-7"?>` + month, ErrEncoding, 0},
		{"bytes that are no UTF-8", changed("Benin", "B\xe9nin"), ErrEncoding, 4},
		{"a second document", month + month, ErrMisplaced, 6},
		{"text behind", month + "end", ErrMisplaced, 6},
		{"text between", changed("\\r\\n", "\\r\\n1"), ErrMisplaced, 0},
		{"text in a row", changed("<rate>0.882", "x<rate>0.882"), ErrMisplaced, 2},
		{"an element nobody knows", changed("<rate>0.882", "<per>1</per><rate>0.882"), ErrMisplaced, 2},
		{"a comment in a rate", changed("0.882", "0<!-- -->.882"), ErrMisplaced, 2},
		{"too deep", changed("<xs:element", strings.Repeat("<a>", 20)), ErrMalformed, 0},
		{"two rates in a row", changed("<rate>0.882</rate>", "<rate>0.882</rate><rate>0.883</rate>"), ErrTwice, 2},
		{"no rate", changed("<rate>0.882</rate>", ""), ErrMissing, 2},
		{"an empty day", changed("<eff_date>01 Oct 2026", "<eff_date> "), ErrMissing, 1},
		{"no such day", changed("15 Oct", "32 Oct"), ErrValue, 6},
		{"a currency's name", changed("EUR", "Euro"), ErrValue, 2},
		{"nothing", changed("0.882", "0.000"), ErrValue, 2},
		{"below nothing", changed("0.882", "-0.882"), ErrValue, 2},
		{"an exponent", changed("578.394", "5.78394e2"), ErrValue, 4},
		{"a huge exponent", changed("578.394", "1e999999999"), ErrValue, 4},
		{"a comma", changed("578.394", "578,394"), ErrValue, 4},
		{"very long", changed("578.394", strings.Repeat("9", 300)), ErrValue, 4},
		{"no number", changed("578.394", "NaN"), ErrValue, 4},
		{"two countries that differ", changed("0.8820", "0.883"), ErrDisagree, 3},
		{"a dollar that is none", changed("<rate>1<", "<rate>1.01<"), ErrDollar, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rates, err := Read(strings.NewReader(c.doc), 0)
			if !errors.Is(err, c.want) || rates != nil {
				t.Fatalf("%v, want %s", err, c.want.Code)
			}
			if got := err.(problem.Problem).Params()["row"]; got != c.row {
				t.Errorf("row %v, want %d", got, c.row)
			}
		})
	}
}

type endless struct{ rest, again string }

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		e.rest = e.again
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// Whoever sends without end is stopped by a count, and costs no more than that.
func TestLimits(t *testing.T) {
	for name, again := range map[string]string{
		"rows": rated("Chad", "CFA Franc", "XAF", "01 Oct 2026", "578.394"), "nothing": " ", "a tag": "<a a='", "attributes": ` a="b"`,
	} {
		src := &endless{head, again}
		if name == "attributes" {
			src.rest += "<UN_OPERATIONAL_RATES"
		}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		_, err := Read(src, 0)
		runtime.ReadMemStats(&after)
		if !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
		if taken := after.TotalAlloc - before.TotalAlloc; taken > 64<<20 {
			t.Errorf("%s: %d bytes were taken", name, taken)
		}
	}
	broken := errors.New("broken")
	if _, err := Read(failing{broken}, 0); !errors.Is(err, broken) {
		t.Error(err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// Whatever is sent, Read refuses it by name or takes it: each currency and day once,
// at a rate that is a plain number above nothing.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{month, head + tail, "", "<", strings.Replace(month, "0.882", "&a;", 1)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		rates, err := Read(strings.NewReader(string(b)), 0)
		var p problem.Problem
		if err != nil && !errors.As(err, &p) {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, r := range rates {
			id := string(r.Currency) + r.EffectiveOn.String()
			if seen[id] || !rateForm.MatchString(r.PerUSD) || strings.Trim(r.PerUSD, "0.") == "" || !r.Currency.Valid() || len(r.Places) == 0 {
				t.Fatalf("%+v", r)
			}
			seen[id] = true
		}
	})
}
