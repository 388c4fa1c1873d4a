package form_test

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/form"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var (
	state, ilo, iom, unwomen = uuid.New(), uuid.New(), uuid.New(), uuid.New()
)

// answers reads JSON as an API and a database give it: numbers as they are written.
func answers(t *testing.T, text string) map[string]any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var a map[string]any
	if err := d.Decode(&a); err != nil {
		t.Fatal(err)
	}
	return a
}

// complete is the example fund's own document.
func complete(t *testing.T) map[string]any {
	t.Helper()
	text, err := os.ReadFile("../../cmd/fund/example/document.json")
	if err != nil {
		t.Fatal(err)
	}
	return answers(t, strings.NewReplacer("{{state}}", state.String(), "{{ilo}}", ilo.String(), "{{iom}}", iom.String(), "{{unwomen}}", unwomen.String()).
		Replace(string(text)))
}

func document(t *testing.T) *form.Form {
	t.Helper()
	f, err := form.Find("document", 1)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func lacks(t *testing.T, a map[string]any) []problem.Problem {
	t.Helper()
	f := document(t)
	tidied, found := f.Tidy(a)
	if len(found) > 0 {
		return found
	}
	amount, _ := ledger.Parse("1200000.00", ledger.USD)
	return f.Lacks(form.Subject{Answers: tidied, Owners: []uuid.UUID{state}, Participants: []uuid.UUID{ilo, iom, unwomen}, Amount: amount,
		Rules: charter.MustDefault().Proposals, Today: "2026-11-22"})
}

func TestACompleteDocumentLacksNothing(t *testing.T) {
	for _, p := range lacks(t, complete(t)) {
		t.Errorf("%s at %s: %v", p.Code, p.Field, p.Params())
	}
}

// Each mistake is said once, at the very field.
func TestWhatADocumentIsRefusedFor(t *testing.T) {
	for _, c := range []struct{ name, path, value, code, at string }{
		{"a key nobody asked for", "/colour", `"red"`, "not-in-the-form", "/answers/colour"},
		{"a key nobody asked for, deep", "/results/0/outputs/0/colour", `"red"`, "not-in-the-form", "/answers/results/0/outputs/0/colour"},
		{"a text for a list", "/risks", `"none"`, "malformed", "/answers/risks"},
		{"nothing", "/situation", `"  "`, "required", "/answers/situation"},
		{"an empty list", "/risks", `[]`, "required", "/answers/risks"},
		{"too long", "/cooperation_outcome", `"` + strings.Repeat("ж", 801) + `"`, "too-long", "/answers/cooperation_outcome"},
		{"no choice", "/risks/0/impact", `"huge"`, "unknown-value", "/answers/risks/0/impact"},
		{"no figure", "/results/0/outputs/0/indicators/0/baseline", `"about 3"`, "not-a-figure", "/answers/results/0/outputs/0/indicators/0/baseline"},
		{"no figure in a year", "/results/0/outputs/0/indicators/0/targets", `["x","95"]`, "not-a-figure", "/answers/results/0/outputs/0/indicators/0/targets/0"},
		{"a target after the end", "/results/0/outputs/0/indicators/0/targets", `["1","2","3"]`, "after-the-end", "/answers/results/0/outputs/0/indicators/0/targets/2"},
		{"no target in the last year", "/results/1/outputs/0/indicators/1/targets", `["1",""]`, "last-year-without-target", "/answers/results/1/outputs/0/indicators/1/targets/1"},
		{"no such day", "/signatures/0/date", `"2026-02-30"`, "malformed", "/answers/signatures/0/date"},
		{"a day to come", "/signatures/0/date", `"2027-01-01"`, "in-the-future", "/answers/signatures/0/date"},
		{"three decimals", "/total_cost", `{"amount":"1.234","currency":"USD"}`, "too-many-decimals", "/answers/total_cost/amount"},
		{"a cost that is not covered", "/total_cost", `{"amount":"1400000.01","currency":"USD"}`, "cost-not-covered", "/answers/total_cost"},
		{"secured, and no day", "/other_financing/0/date", `null`, "required", "/answers/other_financing/0/date"},
		{"a target of another goal", "/sdg_targets", `["1.1","8.7","10.7","16.3"]`, "target-of-another-goal", "/answers/sdg_targets/0"},
		{"a goal without a target", "/sdg_targets", `["8.7","10.7"]`, "goal-without-a-target", "/answers/sdg_targets"},
		{"one number twice", "/results/1/outputs/0/code", `"1.2"`, "code-used-twice", "/answers/results/1/outputs/0/code"},
		{"no such output", "/workplan/0/output", `"9.9"`, "no-such-output", "/answers/workplan/0/output"},
		{"an idle output", "/workplan/2/output", `"1.1"`, "output-without-activity", "/answers/workplan"},
		{"who takes no part", "/workplan/0/organisation", `"` + uuid.NewString() + `"`, "takes-no-part", "/answers/workplan/0/organisation"},
		{"a quarter after the end", "/workplan/0/quarters", `[1,9]`, "after-the-end", "/answers/workplan/0/quarters/1"},
		{"longer than the charter allows", "/months", `200`, "too-many-months", "/answers/months"},
		{"too few of the government", "/government_partners", `[{"name":"M","level":"national","role":"r"}]`, "too-few-partners", "/answers/government_partners"},
		{"who may not sign", "/signatures/1/organisation", `"` + uuid.NewString() + `"`, "no-signatory", "/answers/signatures/1/organisation"},
		{"signs twice", "/signatures/1/organisation", `"` + state.String() + `"`, "signature-twice", "/answers/signatures/1/organisation"},
		{"has not signed", "/signatures/1/organisation", `"` + state.String() + `"`, "signature-missing", "/answers/signatures"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := complete(t)
			put(t, a, c.path, c.value)
			found := lacks(t, a)
			if !slices.ContainsFunc(found, func(p problem.Problem) bool { return p.Code == c.code && p.Field == c.at }) {
				for _, p := range found {
					t.Logf("found %s at %s", p.Code, p.Field)
				}
				t.Errorf("not found: %s at %s", c.code, c.at)
			}
		})
	}
}

func put(t *testing.T, in any, path, value string) {
	t.Helper()
	parts := strings.Split(strings.Trim(path, "/"), "/")
	for _, p := range parts[:len(parts)-1] {
		switch x := in.(type) {
		case map[string]any:
			in = x[p]
		case []any:
			in = x[int(p[0]-'0')]
		}
	}
	v := answers(t, `{"v":`+value+`}`)["v"]
	in.(map[string]any)[parts[len(parts)-1]] = v
}

// What is tidied once stays as it is: one content has one spelling.
func TestTidyingTwiceChangesNothing(t *testing.T) {
	f := document(t)
	a := complete(t)
	a["sdg_goals"] = []any{"16", "8", "10", "8"}
	a["strategy"] = "One line\r\nand another"
	a["sustainability"] = ""
	once, found := f.Tidy(a)
	if len(found) > 0 {
		t.Fatal(found)
	}
	if !reflect.DeepEqual(once["sdg_goals"], []any{"8", "10", "16"}) || once["strategy"] != "One line\nand another" || once["sustainability"] != nil {
		t.Errorf("tidied to %v, %q, %v", once["sdg_goals"], once["strategy"], once["sustainability"])
	}
	twice, _ := f.Tidy(once)
	if !reflect.DeepEqual(once, twice) {
		t.Error("tidied again it differs")
	}
}

// A draft may lack anything and be unfinished anywhere.
func TestADraftMayBeUnfinished(t *testing.T) {
	for _, text := range []string{`{}`, `{"results":[{}]}`, `{"results":[{"outputs":[{"indicators":[{"baseline":"abou"}]}]}]}`,
		`{"months":400}`, `{"risks":[{"risk":""}]}`, `{"cooperation_outcome":"` + strings.Repeat("x", 2000) + `"}`} {
		if _, found := document(t).Tidy(answers(t, text)); len(found) > 0 {
			t.Errorf("%.60s: %v", text, found)
		}
	}
}

// A document begins with what the concept note said.
func TestADocumentBeginsWithItsConceptNote(t *testing.T) {
	begun := document(t).Begun(answers(t, `{"problem":"P","approach":"A","results_in_brief":"R","months":18,"sdg_goals":["10"],
		"government_partners":[{"name":"M","level":"national"}]}`))
	if begun["situation"] != "P" || begun["strategy"] != "A" || begun["months"] != json.Number("18") || begun["results_in_brief"] != nil ||
		begun["problem"] != nil || begun["government_partners"] == nil {
		t.Errorf("begins with %v", begun)
	}
}

// Version 1 opens as it did although there is a version 2.
func TestAFormKeepsItsVersion(t *testing.T) {
	one, err := form.Find("concept", 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(one.Fields()) != 0 || form.Newest("concept") < 2 {
		t.Error("the first concept note asks more than it did")
	}
	two, _ := form.Find("concept", 2)
	if _, found := one.Tidy(map[string]any{"problem": "P"}); len(found) != 1 {
		t.Error("version 1 takes what only version 2 asks")
	}
	if _, found := two.Tidy(map[string]any{"problem": "P"}); len(found) != 0 {
		t.Error("version 2 does not take its own field")
	}
	if _, err := form.Find("concept", 99); err == nil {
		t.Error("a version that never was is found")
	}
}

func TestReferences(t *testing.T) {
	if g, n := len(form.References["sdg-goals"]), len(form.References["sdg-targets"]); g != 17 || n != 169 {
		t.Errorf("%d goals and %d targets", g, n)
	}
	for _, target := range form.References["sdg-targets"] {
		if !slices.ContainsFunc(form.References["sdg-goals"], func(g form.Reference) bool { return g.Code == form.Goal(target.Code) }) {
			t.Errorf("%s is of no goal", target.Code)
		}
	}
}
