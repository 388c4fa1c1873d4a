package api

import (
	"encoding/hex"
	"strconv"
	"time"

	"startupfund/domain"
	"startupfund/exchange/document"
)

// yearlyDocument gives the review of a year as a file.
func (s *Server) yearlyDocument(a *asked) (answer, error) {
	return s.yearlyAs(a, "review-", yearlyTeller.document)
}

// committeeDocument gives the year's list of changes in the Executive Committee's
// membership, for the Secretary-General.
func (s *Server) committeeDocument(a *asked) (answer, error) {
	return s.yearlyAs(a, "executive-committee-", yearlyTeller.letter)
}

func (s *Server) yearlyAs(a *asked, name string, of func(yearlyTeller) document.Document) (answer, error) {
	f, err := s.yearlyFile(a)
	if err != nil {
		return answer{}, err
	}
	format, language, err := a.documentAs()
	if err != nil {
		return answer{}, err
	}
	w, err := s.yearlyTeller(a, f, language)
	if err != nil {
		return answer{}, err
	}
	return s.asDocument(a, of(w), format, name+strconv.Itoa(f.Year))
}

// head begins a document of the year.
func (w yearlyTeller) head(title string) document.Document {
	said := map[string]any{"year": strconv.Itoa(w.Year), "n": w.Figures.Version, "day": w.day(w.Figures.AsOf)}
	standing := w.say("yearly.standing.now", said)
	if n := w.Figures.Version; n > 0 {
		standing = w.say("yearly.standing.closed", said) + "  SHA-256 " + hex.EncodeToString(w.Closings[n-1].Hash)
	}
	d := document.Document{Title: w.say(title, said), Language: w.language, Source: w.Charter.Fund.Name.Value.In(w.language), Footer: standing, Page: w.say("document.page", nil)}
	d.Blocks = append(d.Blocks, document.Block{Text: document.Text{Is: standing, Quiet: true}})
	return d
}

// day is a day of a record, as people write it.
func (w yearlyTeller) day(text string) string {
	on, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return w.longDay(on)
}

func (w yearlyTeller) heading(id string) document.Block {
	return document.Block{Heading: w.say(id, nil), Level: 2}
}

func (w yearlyTeller) remark(id string) document.Block {
	return document.Block{Text: document.Text{Is: w.say(id, nil), Quiet: true}}
}

// document is the report: each part a table, the Executive Committee's list, and what the
// members said.
func (w yearlyTeller) document() document.Document {
	d := w.head("yearly.title")
	if w.Figures.Abridged {
		d.Blocks = append(d.Blocks, w.remark("yearly.abridged"))
	}
	for _, t := range w.tables() {
		d.Blocks = append(d.Blocks, document.Block{Heading: t.Title, Level: 2})
		if len(t.Rows) == 0 {
			d.Blocks = append(d.Blocks, w.remark("yearly.nothing"))
			continue
		}
		d.Blocks = append(d.Blocks, document.Block{Table: &document.Table{Caption: t.Title, Head: t.Head, Rows: t.Rows, Amounts: true}})
	}
	d.Blocks = append(d.Blocks, w.heading("yearly.committee"))
	d.Blocks = append(d.Blocks, w.changes(3)...)
	d.Blocks = append(d.Blocks, w.heading("yearly.comments"))
	if len(w.Figures.Comments) == 0 {
		d.Blocks = append(d.Blocks, w.remark("yearly.nothing"))
	}
	for _, c := range w.Figures.Comments {
		d.Blocks = append(d.Blocks, document.Block{Heading: c.Seat + " (" + w.called(c.Organisation) + ")", Level: 3},
			document.Block{Text: document.Text{Is: c.Text, Language: c.Language}})
	}
	return d
}

// letter is the list of changes alone.
func (w yearlyTeller) letter() document.Document {
	d := w.head("yearly.letter")
	d.Blocks = append(d.Blocks, document.Block{Text: document.Text{Is: w.say("yearly.letter.text", map[string]any{"year": strconv.Itoa(w.Year), "day": w.day(w.Figures.AsOf), "constituency": w.constituency()})}})
	d.Blocks = append(d.Blocks, w.changes(2)...)
	return d
}

// changes are who joined, who left, and who is of it at the end.
func (w yearlyTeller) changes(level int) (blocks []document.Block) {
	c := w.Figures.Committee
	for _, x := range []struct {
		id   string
		list []domain.CommitteeMember
	}{{"joined", c.Joined}, {"left", c.Left}, {"members", c.Members}} {
		blocks = append(blocks, document.Block{Heading: w.say("yearly.committee."+x.id, nil), Level: level})
		if len(x.list) == 0 {
			blocks = append(blocks, w.remark("yearly.nobody"))
			continue
		}
		t := document.Table{Caption: w.say("yearly.committee."+x.id, nil), Head: []string{w.say("minutes.organisation", nil), w.say("yearly.on."+x.id, nil), w.say("yearly.paper", nil)}}
		for _, m := range x.list {
			t.Rows = append(t.Rows, []string{w.name(m.Organisation), w.day(m.On), m.Note})
		}
		blocks = append(blocks, document.Block{Table: &t})
	}
	return blocks
}
