package api

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/exchange/document"
)

// matter writes what an item is about beside a proposal: the request for a change, the
// condition to do without, the draft of the rules; and the texts proposed in its own's place.
func (p *papers) matter(i domain.Item) error {
	switch {
	case i.Change != nil:
		if err := p.change(*i.Change); err != nil {
			return err
		}
	case i.Waiver != nil:
		if err := p.waived(*i.Waiver); err != nil {
			return err
		}
	case i.Amendment != nil:
		if err := p.amendment(*i.Amendment); err != nil {
			return err
		}
	}
	return p.proposedTexts(i)
}

// own writes a paper of the program's own making: in the reader's language around what people wrote.
func (p *papers) own(ref, title, language, says string, blocks []document.Block) error {
	d := document.Document{Title: title, TitleIn: language, Language: p.language, Source: ref, Footer: ref, Page: p.say("document.page", nil), Blocks: blocks}
	name := strings.ReplaceAll(ref, "/", "-") + "-" + p.language + ".docx"
	return p.write(name, says, func(to io.Writer) error { return document.WriteDocx(to, d) })
}

func (p *papers) change(x domain.ChangeCase) error {
	if len(p.may(p.by, []string{"change.read"})) == 0 {
		return nil
	}
	facts := []document.Fact{
		p.fact("papers.programme", x.Programme.Code+" "+x.Programme.Title), p.fact("papers.kind", p.say("papers.kind."+string(x.Kind), nil)),
		p.fact("papers.asked", p.longDay(x.At)),
		{Name: p.say("papers.reason", nil), Value: document.Text{Is: x.Reason, Language: x.Language}},
	}
	if x.EndsOn != nil {
		facts = append(facts, p.fact("papers.ends", p.longDay(*x.EndsOn)))
	}
	blocks := append([]document.Block{{Facts: facts}}, p.plans(x)...)
	return p.own(x.Ref, x.Ref, "", p.say("papers.change", map[string]any{"ref": x.Ref, "own": languageNames[x.Language], "language": languageNames[p.language]}), blocks)
}

// plans compares the plan in force with the one asked for, and where it moves from what the body
// last decided.
func (p *papers) plans(x domain.ChangeCase) (blocks []document.Block) {
	code := func(id uuid.UUID) string { return cmp.Or(x.Programme.Codes[id], id.String()) }
	if len(x.After.Shares) > 0 {
		blocks = append(blocks, p.compared("papers.shares", "papers.organisation", beforeAndAfter(x.Before.Shares, x.After.Shares,
			func(s domain.GrantShare) (string, string) { return code(s.Organisation), p.amount(s.Amount) })))
	}
	if len(x.Before.Budget)+len(x.After.Budget) > 0 {
		blocks = append(blocks, p.compared("papers.budget", "papers.line", beforeAndAfter(x.Before.Budget, x.After.Budget, func(c domain.BudgetCell) (string, string) {
			return fmt.Sprintf("%s · %s · %d", code(c.Organisation), c.Line, c.Year), p.amount(c.Amount)
		})))
	}
	if len(x.Drift) > 0 {
		var rows [][]string
		for _, m := range x.Drift {
			rows = append(rows, []string{cmp.Or(x.Programme.Codes[m.Organisation], m.Line), p.amount(m.Before), p.amount(m.After)})
		}
		blocks = append(blocks, p.compared("papers.drift", "papers.line", rows))
	}
	return blocks
}

// beforeAndAfter lines two lists up by what their members are called; "–" stands where one has none.
func beforeAndAfter[T any](before, after []T, say func(T) (called, amount string)) (rows [][]string) {
	at := map[string]int{}
	for column, list := range [][]T{before, after} {
		for _, x := range list {
			called, amount := say(x)
			n, there := at[called]
			if !there {
				n = len(rows)
				at[called], rows = n, append(rows, []string{called, "–", "–"})
			}
			rows[n][column+1] = amount
		}
	}
	return rows
}

func (p *papers) compared(caption, what string, rows [][]string) document.Block {
	return document.Block{Table: &document.Table{Caption: p.say(caption, nil), Amounts: true, Rows: rows,
		Head: []string{p.say(what, nil), p.say("papers.before", nil), p.say("papers.after", nil)}}}
}

func (p *papers) waived(w domain.WaiverCase) error {
	if len(p.may(p.by, []string{"condition.read"})) == 0 {
		return nil
	}
	facts := []document.Fact{p.fact("papers.programme", w.ProgrammeCode+" "+w.Of.Title),
		{Name: p.say("papers.condition", nil), Value: document.Text{Is: w.Text, Language: w.Language}}}
	return p.own(w.Ref(), w.Ref(), "", p.say("papers.waiver", map[string]any{"ref": w.Ref(), "own": languageNames[w.Language]}), []document.Block{{Facts: facts}})
}

// amendment compares a draft of the rules, rule by rule, with the version that it starts from.
func (p *papers) amendment(a domain.Amendment) error {
	if len(p.may(p.by, []string{"rules-draft.read"})) == 0 {
		return nil
	}
	amended, err := a.Amended()
	if err != nil {
		return err
	}
	names := p.tongue.names(a.Newest.Stated(), a.From.Stated(), amended.Stated())
	base, differences, title := strconv.Itoa(a.Base), amended.Differences(), "papers.rules"
	facts := []document.Fact{p.fact("papers.base", base)}
	if a.Back != nil {
		differences, title, facts = a.Back.Differences(a.From), "papers.takes-back", []document.Fact{p.fact("papers.taken-back", base), p.fact("papers.from", p.longDay(a.From.EffectiveFrom))}
	}
	if a.EffectiveFrom != nil {
		facts = append(facts, p.fact("papers.from", p.longDay(*a.EffectiveFrom)))
	}
	if a.Note != "" {
		facts = append(facts, document.Fact{Name: p.say("papers.why", nil), Value: document.Text{Is: a.Note, Language: a.Language}})
	}
	table := document.Table{Caption: p.say("papers.differences", nil), Widths: []int{34, 33, 33},
		Head: []string{p.say("papers.rule", nil), p.say("papers.before", nil), p.say("papers.after", nil)}}
	for _, d := range names.differences(differences) {
		row := []string{d.Called, "–", "–"}
		for n, s := range []*statedView{d.Was, d.Is} {
			if s != nil {
				row[n+1] = s.Text
			}
		}
		table.Rows = append(table.Rows, row)
	}
	return p.own(a.Ref, a.Title, a.Language, p.say(title, map[string]any{"ref": a.Ref, "base": base, "language": languageNames[p.language]}),
		[]document.Block{{Facts: facts}, {Table: &table}})
}

// proposedTexts are those that seats proposed, for readers of positions.
func (p *papers) proposedTexts(i domain.Item) error {
	if len(i.Texts) == 0 || !i.ReadsRecord(p.by) {
		return nil
	}
	var b strings.Builder
	for _, x := range i.Texts {
		came := "papers.text-open"
		switch {
		case x.Answer != nil && x.Answer.Accepted:
			came = "papers.text-taken"
		case x.Answer != nil:
			came = "papers.text-declined"
		}
		fmt.Fprintf(&b, "%d  %s  %s  %s\n\n%s\n", x.N, x.Code, x.At.UTC().Format(time.RFC3339), p.say(came, nil), x.Text)
		if x.Terms.Sums() {
			fmt.Fprintf(&b, "\n%s: %s\n", p.say("papers.text-sum", nil), p.amount(*x.Terms.Amount))
			for _, s := range x.Terms.Shares {
				fmt.Fprintf(&b, "  %s: %s\n", s.Code, p.amount(s.Amount))
			}
		}
		for _, c := range x.Terms.Conditions {
			fmt.Fprintf(&b, "\n%s: %s\n", p.say("papers.condition", nil), c.Text)
		}
		if x.Reason != "" {
			fmt.Fprintf(&b, "\n%s: %s\n", p.say("papers.reason", nil), x.Reason)
		}
		fmt.Fprintln(&b)
	}
	return p.put("proposed-texts-"+i.Question.Language+".txt", p.say("papers.texts", nil), strings.NewReader(b.String()))
}

func (p *papers) fact(id, value string) document.Fact {
	return document.Fact{Name: p.say(id, nil), Value: document.Text{Is: value}}
}
