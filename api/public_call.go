package api

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

// callLine is a call as the site shows it: in the reader's language where it was
// translated to that, and saying which it is.
type callLine struct {
	Ref, Title, Language                string
	Text                                []string // its paragraphs
	Whence                              string   // the original's language, or who translated it
	State, Opens, Closes, Ceiling, Href string
	Areas                               []string
	open                                bool
}

// callLines are the calls, with their instants in the fund's own time.
func (s *Server) callLines(a *asked, p page) ([]callLine, error) {
	list, err := s.Store.Calls(a, domain.Actor{Scope: domain.Any}, store.Window{Limit: 50}) // the site shows what is announced, to everybody alike
	if err != nil {
		return nil, err
	}
	c, err := s.Store.Charter(a, a.by, time.Time{})
	if err != nil {
		return nil, err
	}
	var lines []callLine
	for _, f := range list.Items {
		lines = append(lines, p.callLine(f, c, false))
	}
	slices.Reverse(lines) // the newest first, and those that can be answered before all
	slices.SortStableFunc(lines, func(a, b callLine) int { return cmp.Compare(waiting(a), waiting(b)) })
	return lines, nil
}

// waiting orders calls: those that can be answered before the others.
func waiting(l callLine) int {
	if l.open {
		return 0
	}
	return 1
}

func (p page) callLine(f store.CallFile, c charter.Charter, original bool) callLine {
	title, text, language, by := f.In(p.language)
	own := map[string]any{"language": languageNames[f.Language]}
	whence := p.say("site.call.original", own)
	switch {
	case original:
		title, text, language = f.Title, f.Text, f.Language
	case by != "":
		whence = p.say("site.call."+string(by), own)
	case language != p.language:
		whence += " " + p.say("site.call.other", nil)
	}
	line := callLine{Ref: f.Ref, Title: title, Text: paragraphs(text), Language: language, Whence: whence, State: p.say("site.call.state."+string(f.State), nil),
		Opens: p.moment(f.OpensAt, c), Closes: p.moment(f.ClosesAt, c), Href: p.To("calls/" + f.Ref), open: f.State == domain.CallOpen}
	if f.Ceiling != nil {
		line.Ceiling = p.amount(*f.Ceiling)
	}
	for _, key := range f.Areas {
		if area, ok := c.Area(key); ok {
			line.Areas = append(line.Areas, area.Name.Value.In(p.language))
		}
	}
	return line
}

// paragraphs are parted by empty lines.
func paragraphs(text string) []string {
	var list []string
	for _, part := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

func (s *Server) callsPage(a *asked, p page) (string, page, error) {
	lines, err := s.callLines(a, p)
	p.Title, p.Data = p.say("site.menu.calls", nil), lines
	return "calls", p, err
}

// spoken is a text with its language.
type spoken struct {
	Text     []string
	Language string
}

type callData struct {
	callLine
	Facts       [][2]string
	Questions   []criterionLine
	Extensions  []changeLine
	Corrections []changeLine
	Enquiries   []enquiryLine
	Papers      []paperLine
	Open        bool
	Other       string // the address with the original, or back to the translation
	Original    bool
}

// paperLine is a file that belongs to the call, whole: what saves it, what it is by
// its content, and its hash, to compare with.
type paperLine struct{ Name, Href, What, Hash string }

type criterionLine struct {
	spoken
	Answer string
	Why    spoken
}

type changeLine struct {
	What, Reason string
	Title        string // before a correction
	Before       spoken
}

type enquiryLine struct {
	Name     string
	Question spoken
	Answer   spoken
	When     string
	Changed  string // when, and why, it last was
	Earlier  []spoken
}

// callPage is one call with its conditions, all that came after it was announced,
// and what was asked and answered; who asked stays out of it.
func (s *Server) callPage(a *asked, p page) (string, page, error) {
	public := domain.Actor{Scope: domain.Any}
	f, err := s.Store.CallOf(a, public, a.Param("ref"))
	if err != nil {
		return "", p, err
	}
	c, err := s.Store.CharterVersion(a, public, f.CharterVersion)
	if err != nil {
		return "", p, err
	}
	original := a.Query("original") != ""
	d := callData{callLine: p.callLine(f, c, original), Open: f.State == domain.CallOpen, Original: original}
	if _, _, _, by := f.In(p.language); by != "" {
		if d.Other = d.Href; !original {
			d.Other += "?original=1"
		}
	}
	d.Facts = p.conditions(f, c)
	for _, q := range f.Eligibility {
		question, in := f.Telling(q.Question).In(p.language)
		why, whyIn := f.Telling(q.Why).In(p.language)
		answer := map[bool]string{true: "site.call.yes", false: "site.call.no"}[q.Qualifies]
		d.Questions = append(d.Questions, criterionLine{spoken{paragraphs(question), in}, p.say(answer, nil), spoken{paragraphs(why), whyIn}})
	}
	for _, e := range f.Extensions {
		d.Extensions = append(d.Extensions, changeLine{What: p.say("site.call.extension", map[string]any{"at": p.moment(e.At, c), "was": p.moment(e.Was, c),
			"to": p.moment(e.To, c)}), Reason: e.Reason})
	}
	for _, x := range f.Corrections {
		title, text, in, _ := x.Was.In(p.language)
		d.Corrections = append(d.Corrections, changeLine{p.moment(x.At, c), x.Reason, title, spoken{paragraphs(text), in}})
	}
	if d.Papers, err = s.papersOf(a, p, public, f); err != nil {
		return "", p, err
	}
	list, err := s.Store.Enquiries(a, public, f.ID, 0, 200)
	if err != nil {
		return "", p, err
	}
	for _, e := range list.Items {
		d.Enquiries = append(d.Enquiries, p.enquiry(e, c))
	}
	p.Title, p.Data = d.Title, d
	return "call", p, nil
}

func (s *Server) papersOf(a *asked, p page, public domain.Actor, f store.CallFile) (list []paperLine, err error) {
	files, err := s.Store.Attachments(a, public, domain.Subject{Kind: "call", ID: f.ID}, 0)
	for _, x := range files.Items {
		if x.Arrived == nil {
			continue
		}
		what := p.say("site.call.paper", map[string]any{"type": strings.ToUpper(string(x.Arrived.Type)), "kilobytes": (x.Size + 1023) / 1024})
		list = append(list, paperLine{x.Name, "/api/v1/attachments/" + x.ID.String() + "/content", what, hex.EncodeToString(x.Hash)})
	}
	return list, err
}

// conditions are what the call allows, each with its name.
func (p page) conditions(f store.CallFile, c charter.Charter) (facts [][2]string) {
	add := func(id, value string, particulars map[string]any) {
		facts = append(facts, [2]string{p.say("site.call."+id, particulars), value})
	}
	if f.QuestionsUntil != nil {
		add("questions-until", p.moment(*f.QuestionsUntil, c), nil)
	}
	add("late", p.say("site.call.late."+string(f.Late), nil), nil)
	var names []string
	for _, l := range f.Languages {
		names = append(names, languageNames[l])
	}
	add("languages", strings.Join(names, " · "), nil)
	for _, area := range c.Proposals.Areas {
		if m, there := f.AreaCeilings[area.Key]; there {
			add("area-ceiling", p.amount(m), map[string]any{"area": area.Name.Value.In(p.language)})
		}
	}
	if f.StateEntries > 0 {
		add("state-entries", strconv.Itoa(f.StateEntries), nil)
	}
	if f.StateCeiling != nil {
		add("state-ceiling", p.amount(*f.StateCeiling), nil)
	}
	on := "selected"
	if f.Stages == 1 {
		phase, _ := f.Begins()
		on = string(phase)
	}
	add("stages", p.say("site.call.stages."+on, nil), nil)
	add("scoring", p.say("site.call.scoring.sheet", map[string]any{"sheet": f.ScoringSheet, "charter": f.CharterVersion}), nil)
	return facts
}

func (p page) enquiry(e store.EnquiryFile, c charter.Charter) enquiryLine {
	line := enquiryLine{Name: p.say("site.call.question", map[string]any{"n": e.N}), Question: spoken{paragraphs(e.Text), e.Language}}
	for _, x := range e.Answers {
		if len(line.Answer.Text) > 0 {
			line.Earlier = append(line.Earlier, line.Answer)
		}
		line.Answer = spoken{paragraphs(x.Text), x.Language}
		if x.N == 1 {
			line.When = p.say("site.call.answered", map[string]any{"at": p.moment(x.At, c)})
		} else {
			line.Changed = p.say("site.call.changed", map[string]any{"at": p.moment(x.At, c), "reason": x.Reason})
		}
	}
	return line
}
