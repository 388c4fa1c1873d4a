package api

import (
	"cmp"
	"strconv"
	"strings"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/exchange/sheet"
	"startupfund/store"
)

// yearlyTableView is a part of a review in the reader's language: what the page, the
// sheet and the document show alike.
type yearlyTableView struct {
	Part  string     `json:"part"`
	Title string     `json:"title"`
	Head  []string   `json:"head"`
	Rows  [][]string `json:"rows"`
}

// yearlyLine is one line of a part, with its figures.
type yearlyLine struct {
	part  string
	by    string // the dimension of a balance; else ""
	key   string // for programs
	named string // for people
	cells []yearlyCell
}

// yearlyCell is one figure under its name.
type yearlyCell struct {
	measure string
	value   sheet.Cell // an int, a string or an amount
	unsaid  bool       // there are too few to say it
}

func (c yearlyCell) currency() string {
	if m, ok := c.value.(ledger.Money); ok {
		return string(m.Currency)
	}
	return ""
}

// yearlyTeller puts the review of a year into words.
type yearlyTeller struct {
	tongue
	store.YearlyFile
	names map[string]domain.Called
}

func (s *Server) yearlyTeller(a *asked, f store.YearlyFile, language string) (yearlyTeller, error) {
	names, err := s.Store.OrganisationNames(a, language)
	return yearlyTeller{s.Words.in(language), f, names}, err
}

func (w yearlyTeller) called(code string) string { return cmp.Or(w.names[code].Short, code) }

func (w yearlyTeller) name(code string) string { return cmp.Or(w.names[code].Name, code) }

// yearlyParts are those of a review, in their order.
var yearlyParts = []string{"attendance", "periods", "decisions", "outcomes", "objections", "recusals", "seats", "grants", "money"}

// lines are all figures of the review.
func (w yearlyTeller) lines() (list []yearlyLine) {
	r := w.Figures
	add := func(part, by, key, named string, cells ...yearlyCell) {
		list = append(list, yearlyLine{part, by, key, named, cells})
	}
	n := func(measure string, value int) yearlyCell { return yearlyCell{measure: measure, value: value} }
	for _, s := range r.Attendance {
		held := make([]string, len(s.Held))
		for i, code := range s.Held {
			held[i] = w.called(code)
		}
		add("attendance", "", s.Seat, s.Seat+" ("+strings.Join(held, commas[w.language])+")", n("meetings", s.Meetings), n("representative", s.Representative), n("alternate", s.Alternate), n("nobody", s.Nobody))
	}
	for _, p := range r.Periods {
		add("periods", "", p.Stage, w.say("yearly.stage."+p.Stage, nil), n("n", p.N), yearlyCell{"median", p.Median, !p.Said}, n("slowest", p.Slowest), yearlyCell{measure: "which", value: p.Which})
	}
	for _, d := range r.Decisions {
		add("decisions", "", d.Kind+"/"+d.Procedure, w.kind(d.Kind)+w.say("yearly.comma", nil)+w.how(d.Procedure), n("n", d.N))
	}
	for _, o := range r.Outcomes() {
		add("outcomes", "", o.Kind, w.say("minutes.outcome."+o.Kind, nil), n("n", o.N))
	}
	for _, o := range r.Objections() {
		add("objections", "", o.Procedure, w.how(o.Procedure), n("raised", o.Raised), n("lifted", o.Lifted), n("overtaken", o.Overtaken), n("stood", o.Stood), n("late", o.Late))
	}
	for _, x := range r.Recusals() {
		add("recusals", "", x.Kind, w.interest(x.Kind), n("n", x.N))
	}
	for i, balance := range [][]domain.YearlyBalance{r.Seats, r.Grants} {
		part := []string{"seats", "grants"}[i]
		for _, b := range balance {
			cells := []yearlyCell{n("n", b.N)}
			if b.Amount != nil {
				cells = append(cells, yearlyCell{measure: "amount", value: *b.Amount})
			}
			add(part, b.By, cmp.Or(b.Key, "none-"+b.By), w.group(b.By, b.Key), append(cells, yearlyCell{measure: "share", value: b.Share})...)
		}
	}
	for _, m := range r.Money {
		named := w.say("site.line."+m.Line, nil)
		if m.Line == domain.MoneyDecided {
			named = w.say("yearly.decided", nil)
		}
		add("money", "", m.Line, named, yearlyCell{measure: "in-year", value: m.InYear}, yearlyCell{measure: "to-date", value: m.ToDate})
	}
	return list
}

// tables are the lines by part, with a column for each measure.
func (w yearlyTeller) tables() []yearlyTableView {
	lines, tables := w.lines(), []yearlyTableView{}
	for _, part := range yearlyParts {
		t := yearlyTableView{Part: part, Title: w.say("yearly.part."+part, nil), Head: []string{w.say("yearly.first."+part, nil)}, Rows: [][]string{}}
		for _, l := range lines {
			if l.part != part {
				continue
			}
			row := []string{l.named}
			for _, c := range l.cells {
				if row = append(row, w.cell(c)); len(t.Rows) == 0 {
					t.Head = append(t.Head, w.say("yearly.measure."+c.measure, nil))
				}
			}
			t.Rows = append(t.Rows, row)
		}
		tables = append(tables, t)
	}
	return tables
}

func (w yearlyTeller) cell(c yearlyCell) string {
	if c.unsaid {
		return w.say("yearly.unsaid.yes", nil)
	}
	switch v := c.value.(type) {
	case int:
		return strconv.Itoa(v)
	case ledger.Money:
		return w.amount(v)
	case string:
		if c.measure == "share" {
			return w.figures(v) + " %"
		}
		return cmp.Or(v, "–")
	}
	return ""
}

func (w yearlyTeller) kind(key string) string {
	for _, d := range w.Charter.Body.Decisions {
		if string(d.Kind) == key {
			return d.Name.Value.In(w.language)
		}
	}
	return key
}

func (w yearlyTeller) how(procedure string) string {
	return w.say("site.decision.how."+procedure, nil)
}

func (w yearlyTeller) interest(kind string) string {
	for _, k := range w.Charter.Interests.Kinds {
		if string(k.Kind) == kind {
			return k.Name.Value.In(w.language)
		}
	}
	return cmp.Or(w.say("yearly.recused."+kind, nil), kind)
}

// group is what a line of a balance is of.
func (w yearlyTeller) group(by, key string) string {
	if by == domain.ByArea && key != "" {
		if a, known := w.Charter.Area(key); known {
			return a.Name.Value.In(w.language)
		}
		return key
	}
	if key == "" {
		return w.say("yearly.none."+by, nil)
	}
	return w.say("yearly.group."+key, nil)
}

// committee is the Executive Committee's membership over the year.
func (w yearlyTeller) committee() committeeView {
	c := w.Figures.Committee
	named := func(list []domain.CommitteeMember) []committeeMemberView {
		return each(list, func(m domain.CommitteeMember) committeeMemberView { return committeeMemberView(m) })
	}
	return committeeView{c.Constituency, w.constituency(), named(c.Members), named(c.Joined), named(c.Left)}
}

func (w yearlyTeller) constituency() string {
	if w.Figures.Committee.Constituency == charter.OwnList {
		return w.say("yearly.own-list", nil)
	}
	if k, known := w.Charter.Constituency(w.Figures.Committee.Constituency); known {
		return k.Name.Value.In(w.language)
	}
	return w.Figures.Committee.Constituency
}
