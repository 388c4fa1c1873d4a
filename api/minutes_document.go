package api

import (
	"cmp"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/exchange/document"
	"startupfund/store"
)

// minutesDocument gives the minutes as a file, as far as the caller may read them.
func (s *Server) minutesDocument(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.Minutes(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	if f.State() == domain.MinutesNone {
		return answer{}, domain.ErrMissing
	}
	format, language, err := a.documentAs()
	if err != nil {
		return answer{}, err
	}
	names, err := s.Store.OrganisationNames(a, language)
	if err != nil {
		return answer{}, err
	}
	w := minutesTeller{s.Words.in(language), f, names}
	return s.asDocument(a, w.document(), format, cmp.Or(f.Says.Number, f.Says.Meeting+"-minutes"))
}

// minutesTeller writes minutes down in a language: what the record has in its words, what
// people wrote as they wrote it.
type minutesTeller struct {
	tongue
	store.MinutesFile
	names map[string]domain.Called
}

func (w minutesTeller) zone() string { return w.Charter.Fund.TimeZone.Value.String() }

func (w minutesTeller) called(code string) string { return cmp.Or(w.names[code].Short, code) }

func (w minutesTeller) document() document.Document {
	r := w.Says
	state := map[string]any{"ref": r.Meeting, "number": r.Number}
	standing := w.say("minutes.standing."+string(w.State()), state)
	if w.Fixed != nil {
		standing += "  SHA-256 " + hex.EncodeToString(w.Fixed.Hash)
	}
	d := document.Document{Title: r.Title, TitleIn: r.Language, Language: w.language, Source: w.Charter.Fund.Name.Value.In(w.language) + ". " + w.say("minutes.title", state),
		Footer: standing, Page: w.say("document.page", nil)}
	facts := []document.Fact{w.fact("minutes.meeting", r.Meeting), w.fact("minutes.state", standing)}
	if r.OpenedAt != nil && r.ClosedAt != nil {
		facts = append(facts, w.fact("minutes.time", w.instantIn(*r.OpenedAt, w.zone())+" – "+w.instantIn(*r.ClosedAt, w.zone())))
	}
	if r.Presided != "" {
		facts = append(facts, w.fact("minutes.presided", r.Presided))
	}
	facts = append(facts, w.fact("minutes.authority", languageNames[r.Language]))
	d.Blocks = append(d.Blocks, document.Block{Facts: facts})
	if r.Abridged {
		d.Blocks = append(d.Blocks, w.remark("minutes.abridged"))
	}
	d.Blocks = append(d.Blocks, w.prose("opening")...)
	d.Blocks = append(d.Blocks, w.heading("minutes.attendance", nil), w.attended())
	if len(r.Attending) > 0 {
		d.Blocks = append(d.Blocks, w.attending())
	}
	d.Blocks = append(d.Blocks, w.prose("attendance")...)
	for _, i := range r.Items {
		d.Blocks = append(d.Blocks, w.item(i)...)
	}
	if closing := w.prose("closing"); len(closing) > 0 {
		d.Blocks = append(append(d.Blocks, w.heading("minutes.closing", nil)), closing...)
	}
	if len(w.Corrigenda) > 0 {
		d.Blocks = append(d.Blocks, w.heading("minutes.corrigenda", nil))
		for _, c := range w.Corrigenda {
			d.Blocks = append(d.Blocks, document.Block{Text: document.Text{Is: c.Text, Language: r.Language}},
				document.Block{Text: document.Text{Is: w.instantIn(c.At, w.zone()), Quiet: true}})
		}
	}
	return d
}

func (w minutesTeller) fact(id, value string) document.Fact {
	return document.Fact{Name: w.say(id, nil), Value: document.Text{Is: value}}
}

func (w minutesTeller) heading(id string, with map[string]any) document.Block {
	return document.Block{Heading: w.say(id, with), Level: 2}
}

func (w minutesTeller) remark(id string) document.Block {
	return document.Block{Text: document.Text{Is: w.say(id, nil), Quiet: true}}
}

// prose is what was written in a part: the text with authority, and, where it is another,
// the working translation into the document's language, marked as one.
func (w minutesTeller) prose(part string) (blocks []document.Block) {
	for _, p := range w.Says.Prose {
		if p.Part == part && p.Language == w.Says.Language {
			blocks = append(blocks, document.Block{Text: document.Text{Is: p.Text, Language: p.Language}})
		}
	}
	for _, p := range w.Says.Prose {
		if p.Part == part && p.Language == w.language && p.Language != w.Says.Language {
			blocks = append(blocks, w.remark("minutes.translation"), document.Block{Text: document.Text{Is: p.Text, Language: p.Language}})
		}
	}
	return blocks
}

// hour is an instant in the fund's zone, or nothing.
func (w minutesTeller) hour(at *time.Time) string {
	if at == nil {
		return ""
	}
	return w.instantIn(*at, w.zone())
}

// attended is who was in the room, and from when until when.
func (w minutesTeller) attended() document.Block {
	r := w.Says
	if len(r.Attendance) == 0 {
		return w.remark("minutes.nobody")
	}
	t := document.Table{Caption: w.say("minutes.attendance", nil), Head: []string{w.say("minutes.organisation", nil), w.say("minutes.seat", nil)}}
	if !r.Abridged {
		t.Head = append(t.Head, w.say("minutes.person", nil), w.say("minutes.from", nil), w.say("minutes.until", nil))
	}
	for _, a := range r.Attendance {
		row := []string{w.called(a.Organisation), a.Seat}
		if !r.Abridged {
			row = append(row, a.Person, w.hour(a.From), w.hour(a.Until))
		}
		t.Rows = append(t.Rows, row)
	}
	return document.Block{Table: &t}
}

// attending is who was there without a seat.
func (w minutesTeller) attending() document.Block {
	t := document.Table{Caption: w.say("minutes.attending", nil), Head: []string{w.say("minutes.person", nil), w.say("minutes.organisation", nil),
		w.say("minutes.as", nil), w.say("minutes.from", nil), w.say("minutes.until", nil)}}
	for _, a := range w.Says.Attending {
		t.Rows = append(t.Rows, []string{a.Name, w.called(a.Organisation), w.say("minutes.as."+a.As, nil), w.hour(&a.From), w.hour(a.Until)})
	}
	return document.Block{Table: &t}
}

// item is what the record has of one, and what was written about it.
func (w minutesTeller) item(i domain.MinutedItem) []document.Block {
	heading := w.say("minutes.item", map[string]any{"item": i.Item})
	if i.Title != "" {
		heading += ": " + i.Title
	}
	blocks := []document.Block{{Heading: heading, Level: 2}}
	if i.Hidden {
		blocks = append(blocks, w.remark("minutes.hidden"))
	}
	if i.State == "" {
		return blocks
	}
	facts := []document.Fact{w.fact("minutes.outcome", w.say("minutes.outcome."+i.State, nil))}
	if i.Decision != "" {
		facts = append(facts, w.fact("minutes.decision", i.Decision))
	}
	if i.Procedure != "" {
		facts = append(facts, w.fact("minutes.procedure", w.say("site.decision.how."+i.Procedure, nil)))
	}
	var interests, left []string
	for _, x := range i.Interests {
		text := w.called(x.Organisation) + ": " + w.interest(x.Kind)
		if x.Aside != "" {
			text += " (" + w.say("minutes.aside", map[string]any{"reason": x.Aside}) + ")"
		}
		interests = append(interests, text)
	}
	for _, code := range i.Left {
		left = append(left, w.called(code))
	}
	if len(interests) > 0 {
		facts = append(facts, w.fact("minutes.interests", strings.Join(interests, "\n")))
	}
	if len(left) > 0 {
		facts = append(facts, w.fact("minutes.left", strings.Join(left, "\n")))
	}
	blocks = append(blocks, document.Block{Facts: facts})
	if len(i.Positions) > 0 {
		t := document.Table{Caption: w.say("minutes.positions", nil), Head: []string{w.say("minutes.organisation", nil), w.say("minutes.position", nil), w.say("minutes.explanation", nil)}}
		for _, p := range i.Positions {
			said := w.position(i.Procedure, p.Position)
			if p.Uncounted != "" {
				said += " (" + w.say("minutes.uncounted."+p.Uncounted, nil) + ")"
			}
			t.Rows = append(t.Rows, []string{w.called(p.Organisation), said, p.Reason})
		}
		blocks = append(blocks, document.Block{Table: &t})
	}
	if len(i.Mandates) > 0 {
		t := document.Table{Caption: w.say("minutes.mandates", nil), Head: []string{w.say("minutes.organisation", nil), w.say("minutes.mandate", nil), w.say("minutes.mandate.came", nil)}}
		for _, m := range i.Mandates {
			t.Rows = append(t.Rows, []string{w.called(m.Organisation), m.Text, m.Came})
		}
		blocks = append(blocks, document.Block{Table: &t})
	}
	if len(i.Capitals) > 0 {
		t := document.Table{Caption: w.say("minutes.capitals", nil), Head: []string{w.say("minutes.organisation", nil), w.say("minutes.capital", nil), w.say("minutes.explanation", nil)}}
		for _, c := range i.Capitals {
			t.Rows = append(t.Rows, []string{w.called(c.Organisation), w.say("minutes.capital."+c.Stands, nil), c.Reason})
		}
		blocks = append(blocks, document.Block{Table: &t})
	}
	return append(blocks, w.prose("item-"+strconv.Itoa(i.Item))...)
}

// interest is what the charter calls a kind of interest.
func (w minutesTeller) interest(kind string) string {
	for _, k := range w.Charter.Interests.Kinds {
		if string(k.Kind) == kind {
			return k.Name.Value.In(w.language)
		}
	}
	return kind
}

// position is what the charter calls a position.
func (w minutesTeller) position(procedure, key string) string {
	if p, ok := w.Charter.Body.Position(charter.Procedure(procedure), key); ok {
		return p.Name.Value.In(w.language)
	}
	return key
}
