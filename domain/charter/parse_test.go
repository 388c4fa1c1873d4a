package charter

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"startupfund/domain/problem"
)

// broken lists what a refusal says: "path rule", in its order.
func broken(t *testing.T, err error) []string {
	t.Helper()
	var p problem.Problem
	if !errors.As(err, &p) || !errors.Is(err, ErrInvalid) {
		t.Fatalf("not a refusal of a charter: %v", err)
	}
	var all []string
	for _, q := range append([]problem.Problem{p}, p.Also...) {
		if q.Params()["path"] != q.Field {
			t.Errorf("path %v at %q", q.Params()["path"], q.Field)
		}
		line := fmt.Sprintf("%s %s %s", q.Params()["path"], q.Params()["rule"], q.Params()["allowed"])
		all = append(all, strings.TrimSuffix(line, " "))
	}
	return all
}

// edit changes the shipped document: pairs of old and new text, each old one the
// first of its kind after the one before.
func edit(t *testing.T, pairs ...string) []byte {
	t.Helper()
	text, from := string(Default()), 0
	for i := 0; i < len(pairs); i += 2 {
		at := strings.Index(text[from:], pairs[i])
		if at < 0 {
			t.Fatalf("the shipped document has no %q where this test looks", pairs[i])
		}
		text = text[:from+at] + pairs[i+1] + text[from+at+len(pairs[i]):]
		from += at + len(pairs[i+1])
	}
	return []byte(text)
}

func forEach(n int, form string) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(form, i)
	}
	return all
}

func TestBrokenDocumentsAreRefusedWithAllThatIsWrong(t *testing.T) {
	rows := []struct {
		name  string
		edits []string
		want  []string
	}{
		{"a key missing, one unknown, one twice",
			[]string{"version: 1\n", "verzion: 1\n", "effective_from", "version: 2\nversion: 3\neffective_from", "adopted_by: ", "adopted_on: "},
			[]string{"/version key-twice", "/adopted_by key-missing", "/adopted_on key-unknown", "/verzion key-unknown"}},
		{"a rule without evidence, another with a rumour",
			[]string{"    value: \"USD\"\n    source: known\n", "    value: \"USD\"\n", "source: assumed", "source: rumour"},
			[]string{"/fund/currency/source key-missing", "/fund/time_zone/source one-of known assumed"}},
		{"an empty reason and a padded one",
			[]string{`reason: "MPTF Office, factsheet of the fund."`, `reason: ""`, `reason: "`, `reason: " `},
			[]string{"/fund/short_code/reason text-empty-or-padded", "/fund/currency/reason text-empty-or-padded"}},
		{"a language missing, a seventh there, a bad day before",
			[]string{"effective_from: 2019-05-08", "effective_from: 2019-02-30", "      zh: ", "      de: "},
			[]string{"/effective_from date-form", "/fund/name/value/zh key-missing", "/fund/name/value/de key-unknown"}},
		{"numbers in other forms",
			[]string{"format: 10", "format: 0x1", "version: 1", "version: 1_0", "value: 3", "value: 3.0", "value: 3", "value: \"3\"", "value: 3", "value: -3", "value: 3", "value: 03"},
			[]string{"/format whole-number", "/version whole-number", "/constituencies/0/seats/value whole-number", "/constituencies/1/seats/value whole-number", "/constituencies/2/seats/value whole-number", "/constituencies/3/seats/value whole-number"}},
		{"values of the wrong kind",
			[]string{"value: true", "value: yes", "value: false", "value: null", "value: [agent", "value: {agent: 1}\n    #", "numerator: 2", "numerator: [2]"},
			[]string{"/body/chair/designee/value true-or-false", "/body/chair/decides/value true-or-false", "/body/attending/value list", "/body/quorum/share/value/numerator whole-number"}},
		{"a rate as a float, in per cent, with an exponent",
			[]string{`value: "0.07"`, `value: 0.07`, `value: "0.15"`, `value: "15%"`, `value: "0.01"`, `value: "1e-2"`},
			[]string{"/budget/indirect/rate/value text", "/budget/revision_share/value rate-form", "/agent/fee_rate/value rate-form"}},
		{"money below zero, without currency, finer than a cent",
			[]string{`"100000.00 USD"`, `"-1.00 USD"`, `"5000000.00 USD"`, `"5000000.00"`, `"10000.00 USD"`, `"0.001 USD"`},
			[]string{"/proposals/minimum_amount/value money-form", "/proposals/maximum_amount/value money-form", "/proposals/preparation_amount/value money-form"}},
		{"words that no code knows",
			[]string{"value: coordinator", "value: pope", "value: sitting-unrecused", "value: some", "kind: grant", "kind: loan", "value: [consensus, no-objection]", "value: [consensus, lot]"},
			[]string{"/body/chair/office/value one-of coordinator", "/body/quorum/of/value one-of sitting-unrecused sitting seats",
				"/body/decisions/0/kind one-of grant pipeline policy plan membership revision direct-cost charter",
				"/body/decisions/0/procedures/value/1 one-of consensus no-objection vote"}},
		{"a zone that is the server's, days that are none, a text turned round",
			[]string{`MIG00"`, "MIG00\u202e\"", `"Europe/Zurich"`, `"Local"`, "monday", "moonday", `"04-30"`, `"02-29"`},
			[]string{"/fund/short_code/value text-hidden-characters", "/fund/time_zone/value time-zone", "/fund/working_days/value/0 weekday", "/reporting/expenditure_due/value month-day-form"}},
		{"a lone list and text where mappings belong",
			[]string{"fund:\n", "fund: none\nfond:\n"},
			[]string{"/fund mapping", "/fond key-unknown"}},

		// From here on each document reads well and breaks what values owe each other.
		{"an Executive Committee that is no constituency",
			[]string{"executive_committee:\n    value: own-list", "executive_committee:\n    value: principals", "mandates_of:\n    value: network", "mandates_of:\n    value: entities"},
			[]string{"/body/executive_committee/value constituency", "/body/mandates_of/value constituency"}},
		{"a message that no bank knows",
			[]string{"value: pain.001.001.09", "value: pain.001.001.02"},
			[]string{"/agent/payment_file/value one-of pain.001.001.03 pain.001.001.09"}},
		{"tranches of more than the whole, one of nothing and a kind of contributor twice",
			[]string{"value: [70, 30]", "value: [70, 0, 40]", "account_cooling_off:\n    value: 5", "account_cooling_off:\n    value: 61",
				"value: [private]", "value: [private, private]"},
			[]string{"/agent/tranches/value/1 between 1–100", "/agent/tranches/value tranches-sum-to-100", "/agent/account_cooling_off/value between 0–60",
				"/agent/diligence/value/1 twice"}},
		{"another format, version nought",
			[]string{"format: 10", "format: 11", "version: 1", "version: 0"},
			[]string{"/format format", "/version version"}},
		{"a balance among nobody, the least above the most, a horizon of none and a key twice",
			[]string{"horizon:\n    value: 12", "horizon:\n    value: 0", "least:\n        value: 1", "least:\n        value: 51",
				"key: recipients-regions", "key: recipients-least-developed", "value: stakeholders\n", "value: nobody\n"},
			[]string{"/rotation/horizon/value between 1–36", "/rotation/balance/1 twice", "/rotation/balance/0/least/value between 0–50",
				"/rotation/balance/0/most/value between 51–50", "/rotation/balance/2/among/value constituency-or-body"}},
		{"no working day, a constituency twice and one without seats",
			[]string{"value: [monday, tuesday, wednesday, thursday, friday]", "value: []", "key: donors", "key: network", "value: 3", "value: 0"},
			[]string{"/fund/working_days/value not-empty", "/constituencies/1 twice", "/constituencies/1/seats/value between 1–50",
				"/body/quorum/per_constituency/value between 0–0", "/rotation/of_states/value/0 constituency"}},
		{"a quorum beyond the whole, a majority of a third, a kind missing and one twice",
			[]string{"numerator: 2", "numerator: 4", "kind: pipeline", "kind: grant", "numerator: 1\n        denominator: 2", "numerator: 1\n        denominator: 3"},
			[]string{"/body/quorum/share/value fraction", "/body/decisions/1 twice", "/body/decisions kind-missing",
				"/body/vote/majority/value majority-is-half-at-least"}},
		{"more than all, and nothing over nothing",
			[]string{"numerator: 2\n        denominator: 3", "numerator: 3\n        denominator: 3", "value: at-least", "value: more-than", "numerator: 1\n        denominator: 2", "numerator: 0\n        denominator: 0"},
			[]string{"/body/quorum/share/value fraction-can-be-met", "/body/vote/majority/value fraction"}},
		{"nobody can object, silence of no days, a key in capitals",
			[]string{"key: agree", "key: Agree", "value: blocks", "value: aside", "value: 10", "value: 0", "value: 10", "value: 0"},
			[]string{"/body/consensus/positions/0/key key-form", "/body/consensus/positions position-that-blocks", "/body/consensus/referendum/days/value between 1–365", "/body/no_objection/days/value between 1–365"}},
		{"ad referendum in a vote",
			[]string{"value: joins\n          source: assumed\n          reason: \"Rules of procedure", "value: ad-referendum\n          source: assumed\n          reason: \"Rules of procedure"},
			[]string{"/body/vote/positions position-that-joins", "/body/vote/positions/0/effect/value one-of joins aside blocks waits"}},
		{"a criterion without weight and an anchor short",
			[]string{"weight:\n        value: 10", "weight:\n        value: 0", "          - \"People are not mentioned or are harmed.\"\n", ""},
			[]string{"/scoring/criteria/0/weight/value between 1–100", "/scoring/criteria/0/anchors/value an-anchor-for-each-step",
				"/scoring/criteria weights-sum-to-100"}},
		{"weights beyond a hundred",
			[]string{"weight:\n        value: 10", "weight:\n        value: 11"},
			[]string{"/scoring/criteria weights-sum-to-100"}},
		{"a scale upside down, which no list of anchors fits",
			[]string{"least:\n    value: 1", "least:\n    value: 9"},
			append([]string{"/scoring/least/value scale-rises"}, forEach(10, "/scoring/criteria/%d/anchors/value an-anchor-for-each-step")...)},
		{"a chair who hands over for nothing; an objective twice, one beyond, two nowhere",
			[]string{"hands_over_from:\n      value: abstain", "hands_over_from:\n      value: none", "value: [1, 3, 17, 23]", "value: [1, 3, 3, 24]"},
			[]string{"/interests/chair/hands_over_from/value chair-hands-over-for-an-effect",
				"/proposals/areas/0/objectives/value/2 objective-in-one-area", "/proposals/areas/0/objectives/value/3 between 1–23",
				"/proposals/areas objective-in-an-area", "/proposals/areas objective-in-an-area"}},
		{"steps alike and without form, another currency, a ceiling under the floor, a line that is none, days running backwards",
			[]string{`code: "1"`, `code: "0"`, `code: "2"`, `code: "two"`, `"100000.00 USD"`, `"9000000.00 USD"`, `"10000.00 USD"`, `"10000.00 EUR"`, "value: indirect", "value: overhead", "value: 3", "value: 9"},
			[]string{"/proposals/markers/0/steps/1 twice", "/proposals/markers/0/steps/2/code step-code",
				"/proposals/preparation_amount/value currency-of-the-fund", "/proposals/maximum_amount/value maximum-above-minimum",
				"/budget/indirect/line/value line-of-the-budget", "/agent/release_days_to/value between 9–365"}},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			c, err := Parse(edit(t, r.edits...))
			if diff := cmp.Diff(r.want, broken(t, err)); diff != "" {
				t.Error(diff)
			}
			if !reflect.DeepEqual(c, Charter{}) {
				t.Error("something of a refused charter was handed out")
			}
		})
	}
}

func TestOnlyPlainYAMLIsRead(t *testing.T) {
	whole := string(Default())
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c <= 'i'; c++ {
		p := string(c - 1)
		bomb += string(c) + ": &" + string(c) + " [*" + p + ",*" + p + ",*" + p + ",*" + p + ",*" + p + "]\n"
	}
	rows := []struct{ name, text, rule string }{
		{"nothing", "", "one-document"},
		{"a comment alone", "# nothing\n", "one-document"},
		{"two documents", whole + "---\n" + whole, "one-document"},
		{"an alias bomb", bomb, "plain-yaml"},
		{"an anchor and its alias", strings.Replace(whole, "value: 3", "value: &n 3", 1), "plain-yaml"},
		{"a merge", whole + "<<: {a: 1}\n", "plain-yaml"},
		{"a tag", strings.Replace(whole, "value: 3", "value: !!int 3", 1), "plain-yaml"},
		{"a directive", "%YAML 1.1\n---\n" + whole, "plain-yaml"},
		{"a complex key", "? a\n: b\n", "plain-yaml"},
		{"brackets by the thousand", strings.Repeat("[", 4000), "plain-yaml"},
		{"brackets over many lines", strings.Repeat("[\n", 100_000), "plain-yaml"},
		{"braces", strings.Repeat("{a: ", 1000), "plain-yaml"},
		{"dashes", strings.Repeat("- ", 2000) + "a", "plain-yaml"},
		{"a staircase", "a:\n" + strings.Repeat(" ", 41) + "b: 1\n", "plain-yaml"},
		{"a tabulator", "a:\n\tb: 1\n", "plain-yaml"},
		{"a long line", "a: " + strings.Repeat("x", maxLine) + "\n", "plain-yaml"},
		{"a large document", strings.Repeat("a: b\n", maxBytes/5+1), "document-size"},
		{"not UTF-8", "a: \xff\n", "utf-8"},
		{"not YAML", "a: 'b\n", "plain-yaml"},
		{"a list", "- a\n", "mapping"},
		{"a text", "a\n", "mapping"},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Parse([]byte(r.text))
			runtime.ReadMemStats(&after)
			if got := broken(t, err); got[0] != " "+r.rule {
				t.Errorf("refused for %q, want %q", got[0], r.rule)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 128<<20 {
				t.Errorf("took %d MB to refuse", used>>20)
			}
		})
	}
}

func TestNoMoreThanFiftyRefusalsAreTold(t *testing.T) {
	if got := len(broken(t, second(Parse([]byte("a: 1\n"))))); got != 18 {
		t.Errorf("%d refusals of a document without any key", got)
	}
	noReasons := strings.ReplaceAll(string(Default()), "reason: ", "why: ")
	if got := len(broken(t, second(Parse([]byte(noReasons))))); got != maxFound {
		t.Errorf("%d refusals, want %d", got, maxFound)
	}
}

func second(_ Charter, err error) error { return err }

// Nothing a person could send makes the reader panic, and what it takes it takes
// again.
func FuzzParse(f *testing.F) {
	f.Add(Default()[:2000]) // the whole document makes each try slow
	f.Add([]byte("format: 1\nfund: [a, {b: c}]\n"))
	f.Add([]byte("constituencies:\n  - key: \"\"\n"))
	f.Fuzz(func(t *testing.T, document []byte) {
		c, err := Parse(document)
		if err != nil {
			broken(t, err)
			return
		}
		if c.Format != Format || len(c.Rules()) == 0 {
			t.Error("took a charter without rules")
		}
	})
}
