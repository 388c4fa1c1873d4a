package api

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"startupfund/domain"
	forms "startupfund/domain/form"
	"startupfund/domain/ledger"
	"startupfund/exchange/document"
)

// row is one of a table of years: which cells it adds up, and what it is called.
type row struct{ key, name string }

// years is a budget by the years it is spent in, and by what key says of a cell.
func (w *teller) years(caption, head string, rows []row, budget domain.Budget, key func(domain.BudgetCell) string, n int) document.Block {
	t := document.Table{Caption: caption, Head: []string{head}, Amounts: true}
	for year := range n {
		t.Head = append(t.Head, w.say("document.year", map[string]any{"n": year + 1}))
	}
	t.Head = append(t.Head, w.say("document.total", nil))
	line := func(name string, within func(domain.BudgetCell) bool) []string {
		cells, total := []string{name}, ledger.Zero(ledger.USD)
		for year := range n {
			sum := ledger.Zero(ledger.USD)
			for _, c := range budget {
				if c.Year == year+1 && within(c) {
					sum = sum.Add(c.Amount)
				}
			}
			cells, total = append(cells, Figures(w.language, sum)), total.Add(sum)
		}
		return append(cells, Figures(w.language, total))
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, line(r.name, func(c domain.BudgetCell) bool { return key(c) == r.key }))
	}
	t.Total = line(w.say("document.total", nil), func(domain.BudgetCell) bool { return true })
	return document.Block{Table: &t}
}

// answer is what was answered to one of the form's own questions.
func (w *teller) answer(f forms.Field, v any) []document.Block {
	if f.Kind != forms.List {
		return []document.Block{{Facts: []document.Fact{{Name: w.in(f.Label), Value: w.value(f, v)}}}}
	}
	heading := document.Block{Heading: w.in(f.Label), Level: 3}
	list, _ := v.([]any)
	if len(list) == 0 {
		return []document.Block{heading, {Text: w.wrote("")}}
	}
	if !slices.ContainsFunc(f.Fields, func(d forms.Field) bool { return d.Kind == forms.List }) {
		return []document.Block{heading, w.table(f, list)}
	}
	blocks := []document.Block{heading}
	for i, v := range list {
		record, _ := v.(map[string]any)
		blocks = append(blocks, document.Block{Heading: fmt.Sprintf("%s %s", w.in(f.Row), cmp.Or(scalar(record["code"]), strconv.Itoa(i+1))), Level: 3})
		for _, d := range f.Fields {
			if d.Kind != forms.Code {
				blocks = append(blocks, w.answer(d, record[d.Key])...)
			}
		}
	}
	return blocks
}

// table has a row for each record of a list.
func (w *teller) table(f forms.Field, list []any) document.Block {
	t := document.Table{}
	for _, d := range f.Fields {
		t.Head = append(t.Head, w.in(d.Label))
	}
	for _, v := range list {
		record, _ := v.(map[string]any)
		var cells []string
		for _, d := range f.Fields {
			said := w.value(d, record[d.Key])
			if said.Quiet {
				said.Is = "–"
			}
			cells = append(cells, said.Is)
		}
		t.Rows = append(t.Rows, cells)
	}
	return document.Block{Table: &t}
}

// value is one answer in words.
func (w *teller) value(f forms.Field, v any) document.Text {
	switch f.Kind {
	case forms.Text, forms.Long, forms.Code:
		return w.wrote(scalar(v))
	case forms.Choice, forms.Choices:
		var all []string
		for _, code := range members(v) {
			all = append(all, w.choice(f, scalar(code)))
		}
		return w.told(strings.Join(all, "\n"))
	case forms.Yes:
		if v == nil {
			return w.told("")
		}
		return w.told(w.say(map[bool]string{true: "document.yes", false: "document.no"}[v == true], nil))
	case forms.Money:
		m, _ := v.(map[string]any)
		amount, err := ledger.Parse(scalar(m["amount"]), ledger.Currency(scalar(m["currency"])))
		if err != nil {
			return w.told("")
		}
		return w.told(w.amount(amount))
	case forms.Organisation:
		id, _ := uuid.Parse(scalar(v))
		return w.told(w.Named[id].Name)
	case forms.Years:
		var all []string
		for i, figure := range members(v) {
			all = append(all, w.say("document.year", map[string]any{"n": i + 1})+": "+cmp.Or(scalar(figure), "–"))
		}
		return w.told(strings.Join(all, "\n"))
	case forms.Quarters:
		var all []string
		for _, q := range members(v) {
			all = append(all, scalar(q))
		}
		return w.told(strings.Join(all, ", "))
	}
	return w.told(scalar(v)) // numbers, figures and days, as they are written
}

func (w *teller) choice(f forms.Field, code string) string {
	for _, v := range f.Values {
		if v.Code == code {
			return w.in(v.Label)
		}
	}
	for _, r := range forms.References[f.List] {
		if r.Code == code {
			return code + ". " + w.in(r.Label)
		}
	}
	return code
}

// members is an answer's members, or itself alone.
func members(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// scalar is an answer that is written with letters or digits; "" for any other.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}
