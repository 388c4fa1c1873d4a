package example

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// said is what notes and documents have in common, by language: what a note says
// itself stands in notes.go.
//
//go:embed said.json
var saidFile []byte

var said = func() (all map[string]map[string]string) {
	if err := json.Unmarshal(saidFile, &all); err != nil {
		panic(err)
	}
	return all
}()

// goals are the Sustainable Development Goals and targets of a thematic area.
var goals = map[string][2][]string{
	"area-1": {{"10", "17"}, {"10.7", "17.18"}},
	"area-2": {{"10", "16"}, {"10.7", "16.2"}},
	"area-3": {{"10", "16"}, {"10.7", "16.2"}},
	"area-4": {{"8", "10"}, {"8.8", "10.7"}},
	"area-5": {{"3", "4", "10"}, {"3.8", "4.1", "10.7"}},
}

// months is for how long the programme is planned: two years, where the early ones do
// not say otherwise.
func (n note) months() int { return cmp.Or(lasting[n.title], 24) }

// years is into how many its months reach.
func (n note) years() int { return (n.months() + 11) / 12 }

// words are what stands in the note's form: those that all have, and its own.
func (n note) words() map[string]string {
	all := maps.Clone(said[n.language])
	maps.Copy(all, measured[n.title])
	return all
}

// asked is what the concept note's form asks of the note; a draft has only begun.
func (n note) asked() domain.Answers {
	w := said[n.language]
	if n.fate == drafted {
		return read(map[string]any{"problem": w["problem"]})
	}
	return read(map[string]any{
		"sdg_goals": goals[n.area][0], "problem": w["problem"], "approach": n.summary + " " + w["how"], "results_in_brief": w["brief"], "months": n.months(),
		"government_partners": []any{map[string]any{"name": w["ministry"], "level": "national"}, map[string]any{"name": w["local"], "level": "local"}},
		"stakeholders":        []any{map[string]any{"name": w["group"], "kind": "migrants"}, map[string]any{"name": w["union"], "kind": "workers"}},
	})
}

// document is what the joint programme document's form asks, written on a day.
func (st *story) document(n note, written time.Time) domain.Answers {
	w := n.words()
	if n.fate == drafted {
		return read(map[string]any{"situation": w["problem"]})
	}
	partner := func(of, level string) map[string]any {
		return map[string]any{"name": w[of], "level": level, "role": w[of+"_role"]}
	}
	holder := func(of, kind string) map[string]any {
		return map[string]any{"name": w[of], "kind": kind, "role": w[of+"_role"]}
	}
	organisations := append([]string{n.lead}, n.partners...)
	activity := func(output, what string, of int, quarters ...int) map[string]any {
		return map[string]any{"output": output, "activity": w[what], "organisation": st.organisations[organisations[of%len(organisations)]], "quarters": quarters}
	}
	signatures := []any{map[string]any{"organisation": st.organisations[n.state], "name": st.focal(n.state), "title": w["title"], "body": w["ministry"], "date": written.Format(time.DateOnly)}}
	for _, code := range organisations {
		signatures = append(signatures, map[string]any{"organisation": st.organisations[code], "name": applying(code).name, "title": w["title"],
			"body": w["office"], "date": written.Format(time.DateOnly)})
	}
	beside, total := usd(60_000), usd(60_000)
	for _, thousands := range n.thousands {
		total = total.Add(usd(thousands * 1000))
	}
	return read(map[string]any{
		"sdg_goals": goals[n.area][0], "sdg_targets": goals[n.area][1], "cooperation_outcome": w["cooperation"],
		"government_partners":    []any{partner("ministry", "national"), partner("local", "local")},
		"stakeholders":           []any{holder("group", "migrants"), holder("union", "workers")},
		"migrants_participation": w["participation"], "situation": w["problem"], "strategy": n.summary + "\n\n" + w["how"],
		"start": written.AddDate(0, 6, 0).Format("2006-01"), "months": n.months(), "results": n.results(written.Year() - 1),
		"workplan":        []any{activity("1.1", "activity1", 0, 1, 2), activity("1.1", "activity2", 1, quarters(2, n.months()/3)...), activity("1.2", "activity3", 0, quarters(n.months()/3-1, n.months()/3)...)},
		"risks":           []any{map[string]any{"risk": w["risk"], "likelihood": "medium", "impact": "high", "mitigation": w["mitigation"], "owner": w["ministry"]}},
		"other_financing": []any{map[string]any{"source": w["ministry"], "amount": sum(beside), "state": "secured", "date": written.AddDate(0, -1, 0).Format(time.DateOnly)}},
		"total_cost":      sum(total), "sustainability": w["sustainability"], "signatures": signatures,
	})
}

// results is the results framework: two outputs, an indicator each.
func (n note) results(before int) any {
	w := n.words()
	indicator := func(of, baseline string, last int) []any {
		var targets []string
		for year := 1; year <= n.years(); year++ {
			targets = append(targets, fmt.Sprint(last*year/n.years()))
		}
		return []any{map[string]any{"name": w["indicator"+of], "baseline": baseline, "baseline_year": before, "targets": targets, "verification": w["verification"+of]}}
	}
	return []any{map[string]any{"code": "1", "title": w["outcome"], "outputs": []any{
		map[string]any{"code": "1.1", "title": w["output1"], "indicators": indicator("1", "20", 66)},
		map[string]any{"code": "1.2", "title": w["output2"], "indicators": indicator("2", "0", 12)},
	}}}
}

// quarters are those from one to another of a programme.
func quarters(from, to int) (all []int) {
	for q := from; q <= to; q++ {
		all = append(all, q)
	}
	return all
}

// planned spreads what each organisation asks over the years and the charter's lines.
func (n note) planned() (all []plan) {
	for k, code := range append([]string{n.lead}, n.partners...) {
		for year := 1; year <= n.years(); year++ {
			whole := n.thousands[k] * 1000 / n.years()
			p := plan{code, year, [8]int{0, 40, 50, 200, 65, 150, 50, 65}}
			p.dollars[0] = whole
			for i := 1; i < len(p.dollars); i++ {
				p.dollars[i] = p.dollars[i] * whole / 1000
				p.dollars[0] -= p.dollars[i]
			}
			all = append(all, p)
		}
	}
	return all
}

// sum is an amount as an answer has it.
func sum(m ledger.Money) map[string]any {
	return map[string]any{"amount": m.Text(), "currency": string(m.Currency)}
}

// read takes answers the way they come from a page.
func read(a map[string]any) (all domain.Answers) {
	text := must(json.Marshal(a))
	ok(json.Unmarshal(text, &all))
	return all
}

// focal is the name of a state's focal point.
func (st *story) focal(code string) string {
	for _, s := range states {
		if s.code == code {
			return s.focalPoint
		}
	}
	panic(fmt.Sprintf("example: no state %s", code))
}
