package api

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"startupfund/domain"
	"startupfund/domain/charter"
	forms "startupfund/domain/form"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
	"startupfund/exchange/document"
	"startupfund/store"
)

var (
	// ErrNotMade is a PDF that the program set up for it did not make.
	ErrNotMade = problem.New(problem.Unavailable, "document-not-made")
	// ErrNoPrinter is a PDF asked of a fund where nobody set up what makes one.
	ErrNoPrinter = problem.New(problem.Invalid, "no-pdf-here")
)

// proposalDocument gives what a proposal says as a file.
func (s *Server) proposalDocument(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	format, language, err := a.documentAs()
	if err != nil {
		return answer{}, err
	}
	version, err := strconv.Atoi(a.DefaultQuery("version", "0"))
	if err != nil || version < 0 || version > 1_000_000 {
		return answer{}, domain.ErrMissing
	}
	f, err := s.Store.ProposalText(a, a.by, id, version)
	if err != nil {
		return answer{}, err
	}
	return s.asDocument(a, (&teller{s.Words.in(language), f}).document(), format, f.Ref+map[bool]string{true: fmt.Sprintf("-v%d", f.Version)}[f.Version > 0])
}

// documentAs are the format and the language in which a document is asked for.
func (a *asked) documentAs() (format, language string, err error) {
	format, language = a.DefaultQuery("format", "docx"), a.DefaultQuery("language", languageOf(a.Context))
	switch {
	case !slices.Contains([]string{"docx", "pdf", "html"}, format):
		err = domain.ErrUnknownWord.With("given", short(format)).At("/format")
	case !slices.Contains(languages, language):
		err = domain.ErrUnknownWord.With("given", short(language)).At("/language")
	}
	return format, language, err
}

// asDocument answers with a document in a format: a word processor's file, a PDF with its
// tags, or a page that prints well. It is asked for when whether one may read it is settled:
// who may not learns nothing of what this fund can make.
func (s *Server) asDocument(a *asked, d document.Document, format, name string) (answer, error) {
	if format == "pdf" && s.Print == nil {
		return answer{}, ErrNoPrinter.At("/format")
	}
	var file bytes.Buffer
	if format == "docx" {
		if err := document.WriteDocx(&file, d); err != nil {
			return answer{}, err
		}
		a.Header("Content-Disposition", `attachment; filename="`+name+`.docx"`)
		return answer{status: 200, raw: file.Bytes(), media: document.Media}, nil
	}
	say := ""
	if format == "html" {
		say = s.Words.in(d.Language).say("document.print", nil)
	}
	if err := document.WritePage(&file, d, say); err != nil {
		return answer{}, err
	}
	if say != "" {
		a.Header("Content-Security-Policy", document.PagePolicy)
		return answer{status: 200, raw: file.Bytes(), media: "text/html; charset=utf-8"}, nil
	}
	printed, err := s.Print(a, file.Bytes())
	if err != nil {
		s.Log.ErrorContext(a, "a PDF was not made", "document", name, "error", err)
		return answer{}, ErrNotMade
	}
	a.Header("Content-Disposition", `attachment; filename="`+name+`.pdf"`)
	return answer{status: 200, raw: printed, media: "application/pdf"}, nil
}

// teller writes a proposal down in a language: its headings; what people wrote
// stays as they wrote it.
type teller struct {
	tongue
	store.TextFile
}

func (w *teller) in(names charter.Names) string { return names.In(w.language) }

func (w *teller) document() document.Document {
	hash := hex.EncodeToString(w.Hash)
	stands := map[string]any{"ref": w.Ref, "n": w.Version, "at": w.At}
	standing := w.say("document.draft", stands)
	if w.Version > 0 {
		standing = w.say("document.version", stands)
	}
	d := document.Document{Title: cmp.Or(strings.TrimSpace(w.Title), w.say("document.untitled", stands)), Language: w.language,
		Source: w.in(w.Charter.Fund.Name.Value) + ". " + w.in(w.Sheet.Title), Footer: standing + "  SHA-256 " + hash, Page: w.say("document.page", nil)}
	if strings.TrimSpace(w.Title) != "" {
		d.TitleIn = w.Language
	}
	fact := func(id, value string) document.Fact {
		return document.Fact{Name: w.say(id, nil), Value: document.Text{Is: value}}
	}
	d.Blocks = append(d.Blocks, document.Block{Facts: []document.Fact{fact("document.reference", standing), fact("document.call", w.CallRef),
		fact("document.by", w.Named[w.Organisation].Name), fact("document.language", languageNames[w.Language]), fact("document.hash", hash)}})
	for _, section := range w.Sheet.Sections {
		d.Blocks = append(d.Blocks, document.Block{Heading: w.in(section.Title), Level: 2})
		for _, field := range section.Fields {
			if field.Kind == forms.Part {
				d.Blocks = append(d.Blocks, w.part(field.Key)...)
			} else {
				d.Blocks = append(d.Blocks, w.answer(field, w.Answers[field.Key])...)
			}
		}
	}
	d.Blocks = append(d.Blocks, document.Block{Heading: w.say("document.attachments", nil), Level: 2}, w.attached())
	return d
}

// attached names the files, each with the hash that it is held to: what came with a
// version can be told from what did not, on paper too.
func (w *teller) attached() document.Block {
	if len(w.Attachments) == 0 {
		return document.Block{Text: document.Text{Is: w.say("document.no-attachment", nil), Quiet: true}}
	}
	t := document.Table{Widths: []int{32, 9, 10, 19, 30}}
	for _, id := range []string{"document.file", "document.kind", "document.size", "document.organisation", "document.file-hash"} {
		t.Head = append(t.Head, w.say(id, nil))
	}
	for _, a := range w.Attachments {
		kind := w.say("document."+string(a.State), nil)
		if a.Arrived != nil {
			kind = strings.ToUpper(string(a.Arrived.Type))
		}
		t.Rows = append(t.Rows, []string{a.Name, kind, w.size(a.Size), w.Named[a.Organisation].Name, hex.EncodeToString(a.Hash)})
	}
	return document.Block{Table: &t}
}

// size is a number of bytes as people say it; what is not quite one more is not said to be.
func (w *teller) size(bytes int64) string {
	unit, n := "B", bytes
	switch {
	case bytes >= 1<<20:
		tenths := bytes * 10 >> 20
		return w.figures(fmt.Sprintf("%d.%d", tenths/10, tenths%10)) + " MB"
	case bytes >= 1<<10:
		unit, n = "KB", bytes>>10
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// wrote is a text in the proposal's own language, or the remark that there is none.
func (w *teller) wrote(text string) document.Text {
	if strings.TrimSpace(text) == "" {
		return document.Text{Is: w.say("document.nothing", nil), Quiet: true}
	}
	return document.Text{Is: text, Language: w.Language}
}

// told is the same in the reader's language.
func (w *teller) told(text string) document.Text {
	t := w.wrote(text)
	t.Language = ""
	return t
}

// part is one of the proposal's own fields.
func (w *teller) part(key string) []document.Block {
	switch key {
	case "basics":
		return []document.Block{{Facts: []document.Fact{{Name: w.say("document.summary", nil), Value: w.wrote(w.Summary)}}}}
	case "scope":
		return w.scope()
	case "markers":
		return w.markers()
	case "shares":
		return w.money()
	}
	return nil
}

func (w *teller) scope() []document.Block {
	var states, objectives []string
	for _, id := range w.States() {
		states = append(states, w.Named[id].Name)
	}
	for _, n := range w.Objectives {
		objectives = append(objectives, fmt.Sprintf("%d. %s", n, w.say(fmt.Sprintf("objective.%d", n), nil)))
	}
	area := ""
	if a, known := w.Charter.Area(w.Area); known {
		area = w.in(a.Name.Value)
	}
	fact := func(id, value string) document.Fact {
		return document.Fact{Name: w.say(id, nil), Value: w.told(value)}
	}
	return []document.Block{{Facts: []document.Fact{fact("document.scope", w.say("document.scope."+cmp.Or(string(w.Scope), string(charter.National)), nil)),
		fact("document.states", strings.Join(states, "\n")), fact("document.area", area), fact("document.objectives", strings.Join(objectives, "\n"))}}}
}

func (w *teller) markers() (blocks []document.Block) {
	for _, m := range w.Charter.Proposals.Markers {
		mark := w.Markers[m.Key]
		step := mark.Code
		for _, s := range m.Steps {
			if s.Code == mark.Code {
				step = s.Code + ": " + w.in(s.Name.Value)
			}
		}
		blocks = append(blocks, document.Block{Facts: []document.Fact{{Name: w.in(m.Name.Value), Value: w.told(step)}}})
		if mark.Reason != "" {
			blocks = append(blocks, document.Block{Text: w.wrote(mark.Reason)})
		}
	}
	return blocks
}

// money is what each organisation asks and, where there is a budget, what of it each
// spends on which line in which year.
func (w *teller) money() []document.Block {
	if len(w.Shares) == 0 {
		return []document.Block{{Text: w.wrote("")}}
	}
	in := map[string]any{"currency": string(ledger.USD)}
	asked := document.Table{Caption: w.say("document.amounts", in), Head: []string{w.say("document.organisation", nil), w.say("document.amount", nil)},
		Total: []string{w.say("document.total", nil), Figures(w.language, w.Amount())}, Amounts: true}
	for _, s := range w.Shares {
		amount := ""
		if s.Amount != nil {
			amount = Figures(w.language, *s.Amount)
		}
		asked.Rows = append(asked.Rows, []string{cmp.Or(w.Named[s.Organisation].Name, "–"), amount})
	}
	blocks := []document.Block{{Table: &asked}}
	if len(w.Budget) == 0 {
		return blocks
	}
	sums := w.Sums(w.Charter, 0)
	whose := func(c domain.BudgetCell) string { return c.Organisation.String() }
	var who []row
	for _, o := range sums.Organisations {
		who = append(who, row{o.Key.String(), w.Named[o.Key].Name})
	}
	blocks = append(blocks, w.years(w.say("document.budget", in), w.say("document.organisation", nil), who, w.Budget, whose, len(sums.Years)))
	for _, o := range sums.Organisations {
		var own domain.Budget
		for _, c := range w.Budget {
			if c.Organisation == o.Key {
				own = append(own, c)
			}
		}
		in["organisation"] = w.Named[o.Key].Name
		var lines []row
		for _, l := range w.Charter.Budget.Lines {
			lines = append(lines, row{l.Key, w.in(l.Name.Value)})
		}
		blocks = append(blocks, w.years(w.say("document.budget-of", in), w.say("document.line", nil), lines, own,
			func(c domain.BudgetCell) string { return c.Line }, len(sums.Years)))
	}
	return blocks
}
