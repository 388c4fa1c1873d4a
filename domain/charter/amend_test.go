package charter

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"startupfund/domain/problem"
)

func set(path, value string) Edit {
	return Edit{path, Set, json.RawMessage(value), "known", "The body said so."}
}

func refusals(err error) (all []string) {
	var p problem.Problem
	if !errors.As(err, &p) {
		return nil
	}
	for _, q := range append([]problem.Problem{p}, p.Also...) {
		all = append(all, fmt.Sprint(q.Params()["path"], " ", q.Params()["rule"]))
	}
	return all
}

// Each kind of rule is set; what comes out is a version that says just that more.
func TestAnAmendedVersionSaysWhatItsEditsSay(t *testing.T) {
	base := MustDefault()
	edits := []Edit{
		set("/terms/months", "24"),
		set("/fund/name", `{"en":"A","fr":"B","es":"C","ar":"D","ru":"E","zh":"F"}`),
		set("/body/quorum/share", `{"denominator":4,"numerator":3}`),
		set("/body/vote/tie", `"chair-casts"`),
		set("/body/chair/decides", "true"),
		set("/fund/working_days", `["monday","friday"]`),
		set("/fund/holidays", `["2027-01-01"]`),
		set("/proposals/minimum_amount", `"5000.00 USD"`),
		set("/agent/fee_rate", `"0.015"`),
		set("/fund/time_zone", `"America/New_York"`),
		{Path: "/constituencies/youth", Do: Add},
		set("/constituencies/youth/name", `{"en":"Youth","fr":"Jeunes","es":"Jóvenes","ar":"الشباب","ru":"Молодежь","zh":"青年"}`),
		set("/constituencies/youth/seats", "1"),
		{Path: "/body/without_consensus/" + base.Body.WithoutConsensus[0].Key, Do: Remove},
	}
	a, err := Amend(base, edits)
	if err != nil {
		t.Fatal(err)
	}
	if found := a.Check(); len(found) > 0 {
		t.Fatal(refusals(problem.Join(found)))
	}
	c, err := Parse(a.Document(2, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), "2026-009"))
	if err != nil {
		t.Fatal(err)
	}
	if c.Version != 2 || c.AdoptedBy != "2026-009" || c.EffectiveFrom.Format(time.DateOnly) != "2027-01-01" {
		t.Errorf("its head: %d %s %s", c.Version, c.AdoptedBy, c.EffectiveFrom)
	}
	if c.Terms.Months.Value != 24 || c.Body.Quorum.Share.Value.String() != "3/4" || c.Agent.FeeRate.Value.String() != "0.015" || c.SeatCount() != base.SeatCount()+1 {
		t.Errorf("it says %v %v %v %d", c.Terms.Months, c.Body.Quorum.Share, c.Agent.FeeRate, c.SeatCount())
	}
	var paths []string
	for _, d := range Compare(base, c) {
		paths = append(paths, d.Path)
	}
	want := []string{"/fund/name", "/fund/time_zone", "/fund/working_days", "/fund/holidays", "/constituencies/youth/name", "/constituencies/youth/seats", "/terms/months",
		"/body/chair/decides", "/body/quorum/share", "/body/vote/tie", "/proposals/minimum_amount", "/agent/fee_rate", "/body/without_consensus/" + base.Body.WithoutConsensus[0].Key + "/name"}
	if !slices.Equal(paths, want) {
		t.Errorf("differs at\n%v, want\n%v", paths, want)
	}
	if !reflect.DeepEqual(a.Differences(), Compare(base, c)) {
		t.Error("the draft and what was adopted of it differ from the base in two ways")
	}
	since := Since([]Charter{base, c})
	if since["/terms/months"].Version != 2 || since["/terms/cooling_off"].Version != 1 {
		t.Error("since when a rule is as it is")
	}
}

// What breaks a rule of a charter is told at its rule, all at once, and may stand in a
// draft; what no document could hold is refused.
func TestADraftIsToldWhatItBreaks(t *testing.T) {
	base := MustDefault()
	criterion := base.Scoring.Criteria[1]
	weight := "/scoring/criteria/" + criterion.Key + "/weight"
	for name, x := range map[string]struct {
		edits []Edit
		want  []string
	}{
		"a number in words":  {[]Edit{set("/terms/months", `"twelve"`)}, []string{"/terms/months/value whole-number"}},
		"too far":            {[]Edit{set("/terms/months", "1000"), set(weight, "101")}, []string{"/terms/months/value between", weight + "/value between", "/scoring/criteria weights-sum-to-100"}},
		"a sum":              {[]Edit{set(weight, "1")}, []string{"/scoring/criteria weights-sum-to-100"}},
		"a language missing": {[]Edit{set("/fund/name", `{"en":"A"}`)}, []string{"/fund/name/value/fr key-missing"}},
		"no such word":       {[]Edit{set("/body/vote/tie", `"lots"`)}, []string{"/body/vote/tie/value one-of"}},
		"no reason":          {[]Edit{{"/terms/months", Set, json.RawMessage("13"), "known", ""}}, []string{"/terms/months/reason text-empty-or-padded"}},
		"no source":          {[]Edit{{"/terms/months", Set, json.RawMessage("13"), "rumour", "x"}}, []string{"/terms/months/source one-of"}},
		"turned round":       {[]Edit{{"/terms/months", Set, json.RawMessage("13"), "known", "x\u202ey"}}, []string{"/terms/months/reason text-hidden-characters"}},
		"an empty member":    {[]Edit{{Path: "/constituencies/youth", Do: Add}}, []string{"/constituencies/youth/name/value/en text-empty-or-padded"}},
		"a kind taken out":   {[]Edit{{Path: "/body/decisions/policy", Do: Remove}}, []string{"/body/decisions kind-missing"}},
	} {
		a, err := Amend(base, x.edits)
		if err != nil {
			t.Errorf("%s is refused: %v", name, refusals(err))
			continue
		}
		got := refusals(problem.Join(a.Check()))
		for i, want := range x.want {
			if i >= len(got) || !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, want) }) {
				t.Errorf("%s: %v, want %s", name, got, want)
			}
		}
	}
	for name, x := range map[string]struct {
		edit Edit
		want string
	}{
		"nowhere":           {set("/terms/years", "2"), "place-missing"},
		"not a rule":        {set("/terms", "2"), "place-missing"},
		"the head":          {set("/version", "9"), "place-missing"},
		"nothing":           {set("/terms/months", "null"), "value-form"},
		"no JSON":           {set("/terms/months", "{"), "value-form"},
		"deep":              {set("/terms/months", "[[1]]"), "value-form"},
		"added twice":       {Edit{Path: "/constituencies/donors", Do: Add}, "twice"},
		"added to no list":  {Edit{Path: "/terms/years", Do: Add}, "place-missing"},
		"added under it":    {Edit{Path: "/constituencies/youth/wing", Do: Add}, "place-missing"},
		"a key in capitals": {Edit{Path: "/constituencies/Youth", Do: Add}, "key-form"},
		"not a member":      {Edit{Path: "/terms/months", Do: Remove}, "place-missing"},
		"no deed":           {Edit{Path: "/terms/months", Do: "burn"}, "one-of"},
	} {
		if _, err := Amend(base, []Edit{x.edit}); len(refusals(err)) != 1 || !strings.HasSuffix(refusals(err)[0], x.want) {
			t.Errorf("%s: %v", name, refusals(err))
		}
	}
	if _, err := Amend(base, []Edit{set("/terms/months", "2"), set("/terms/months", "3")}); len(refusals(err)) != 1 {
		t.Error("one rule is set twice")
	}
	same := base.Stated()[20]
	if a, err := Amend(base, []Edit{{same.Path, Set, same.Value, same.Source, same.Reason}}); err != nil || len(a.Edits()) != 0 {
		t.Errorf("what changes nothing is kept: %v %v", a.Edits(), err)
	}
}

// A draft begun under a version that was superseded: what both changed is chosen, what
// one of them changed stands, what is gone is said.
func TestADraftMeetsANewerVersion(t *testing.T) {
	base := MustDefault()
	step := "/body/without_consensus/" + base.Body.WithoutConsensus[0].Key
	adopted := func(edits ...Edit) Charter {
		a, err := Amend(base, edits)
		if err != nil {
			t.Fatal(err)
		}
		c, err := Parse(a.Document(2, base.EffectiveFrom, "x"))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	newest := adopted(set("/terms/months", "24"), set("/terms/cooling_off", "6"), set("/terms/max_consecutive", "3"), Edit{Path: step, Do: Remove})
	r := Rebase(base, newest, []Edit{set("/terms/months", "36"), set("/terms/max_consecutive", "3"), set("/body/record_days", "5"), set(step+"/name", `{"en":"x"}`),
		{Path: "/constituencies/youth", Do: Add}, set("/constituencies/youth/seats", "1")})
	if len(r.Clashes) != 1 || r.Clashes[0].Path != "/terms/months" || string(r.Clashes[0].Was.Value) != "12" || string(r.Clashes[0].Now.Value) != "24" {
		t.Errorf("clashes: %v", r.Clashes)
	}
	if len(r.Settled) != 1 || r.Settled[0].Path != "/terms/max_consecutive" {
		t.Errorf("settled: %v", r.Settled)
	}
	if len(r.Lost) != 1 || r.Lost[0].Path != step+"/name" {
		t.Errorf("lost: %v", r.Lost)
	}
	if len(r.Moved) != 1 || r.Moved[0].Path != "/terms/cooling_off" {
		t.Errorf("moved: %v", r.Moved)
	}
	paths := func(edits []Edit) (all []string) {
		for _, e := range edits {
			all = append(all, e.Path)
		}
		return all
	}
	if got := paths(r.Kept(nil)); !slices.Equal(got, []string{"/constituencies/youth", "/body/record_days", "/constituencies/youth/seats"}) {
		t.Errorf("without its own: %v", got)
	}
	if got := paths(r.Kept([]string{"/terms/months"})); !slices.Contains(got, "/terms/months") {
		t.Errorf("with its own: %v", got)
	}
}
