package api

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// ruleView is a rule of balance by its key and its name in the reader's language.
type ruleView struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

type roundView struct {
	Day       string        `json:"day"`
	Seed      string        `json:"seed"`
	Before    makeupView    `json:"before"`
	Vacancies []vacancyView `json:"vacancies"`
	Proposal  *proposedView `json:"proposal"`
}

type makeupView struct {
	Seats  int            `json:"seats"`
	Groups map[string]int `json:"groups"`
	Kinds  map[string]int `json:"kinds"`
}

type vacancyView struct {
	Seat         uuid.UUID        `json:"seat"`
	Name         string           `json:"name"`
	Constituency string           `json:"constituency"`
	From         string           `json:"from"`
	Until        string           `json:"until"`
	Rest         bool             `json:"rest"`
	Before       string           `json:"before"` // who held it last
	Candidates   []contenderView  `json:"candidates"`
	Nominations  []nominationView `json:"nominations"`
	May          []string         `json:"may"`
}

type contenderView struct {
	Organisation uuid.UUID    `json:"organisation"`
	Code         string       `json:"code"`
	Name         string       `json:"name"`
	Eligible     bool         `json:"eligible"`
	Reasons      []groundView `json:"reasons"`
	Kind         string       `json:"kind"`
	Groups       []string     `json:"groups"`
	Terms        int          `json:"terms"`
	Months       int          `json:"months"`
	Left         *string      `json:"left"`
	Wait         int          `json:"wait"` // days
	Lot          string       `json:"lot"`
	Broken       []ruleView   `json:"broken"`
	After        makeupView   `json:"after"`
}

// groundView is a code and what it says, in the reader's language.
type groundView struct {
	Code     string `json:"code"`
	Sentence string `json:"sentence"`
}

type proposedView struct {
	Choices  []choiceView `json:"choices"`
	After    makeupView   `json:"after"`
	Short    []shortView  `json:"short"`
	Conflict []ruleView   `json:"conflict"`
}

type choiceView struct {
	Seat         uuid.UUID    `json:"seat"`
	Name         string       `json:"name"`
	Organisation uuid.UUID    `json:"organisation"`
	Code         string       `json:"code"`
	Holder       string       `json:"holder"`
	From         string       `json:"from"`
	Until        string       `json:"until"`
	Why          groundView   `json:"why"`
	Passed       []passedView `json:"passed"`
}

type passedView struct {
	Organisation uuid.UUID  `json:"organisation"`
	Code         string     `json:"code"`
	Name         string     `json:"name"`
	Rules        []ruleView `json:"rules"`
}

type shortView struct {
	Constituency string `json:"constituency"`
	Name         string `json:"name"`
	Seats        int    `json:"seats"`
	Able         int    `json:"able"`
}

// planner says a plan to one reader.
type planner struct {
	tongue
	charter charter.Charter
	names   map[uuid.UUID]string
}

func (p planner) vacancy(r domain.Round, of domain.VacantSeat) vacancyView {
	v := vacancyView{Seat: of.ID, Name: p.seat(of.Seat), Constituency: of.Constituency, From: date(of.From), Until: date(of.Until), Rest: of.Rest,
		Before: p.names[of.Before], Candidates: []contenderView{}, Nominations: []nominationView{}, May: []string{}}
	for _, c := range of.Candidates {
		x := contenderView{Organisation: c.Organisation, Code: c.Code, Name: p.names[c.Organisation], Eligible: c.Eligible(), Reasons: []groundView{},
			Kind: c.Kind, Groups: groupWords(c.Groups), Terms: c.Terms, Months: c.Months, Left: lastDay(c.Left), Wait: c.Wait, Lot: c.Lot, Broken: p.rules(c.Broken),
			After: viewMakeup(r.Before.With(c))}
		for _, why := range c.Reasons {
			x.Reasons = append(x.Reasons, groundView{why.Code, p.say("rotation.reason."+why.Code, map[string]any{"day": why.Day, "other": why.Seat})})
		}
		v.Candidates = append(v.Candidates, x)
	}
	return v
}

func (p planner) proposed(of *domain.Proposed) *proposedView {
	if of == nil {
		return nil
	}
	v := proposedView{Choices: []choiceView{}, After: viewMakeup(of.After), Short: []shortView{}, Conflict: p.rules(of.Conflict)}
	for _, c := range of.Choices {
		v.Choices = append(v.Choices, p.choice(c))
	}
	for _, x := range of.Short {
		v.Short = append(v.Short, p.short(x))
	}
	return &v
}

func (p planner) choice(c domain.Choice) choiceView {
	v := choiceView{Seat: c.Vacancy.ID, Name: p.seat(c.Seat), Organisation: c.Organisation, Code: c.Code, Holder: p.names[c.Organisation],
		From: date(c.From), Until: date(c.Until), Passed: []passedView{}}
	var passed, rules []string
	for _, x := range c.Passed {
		v.Passed = append(v.Passed, passedView{x.Organisation, x.Code, p.names[x.Organisation], p.rules(x.Rules)})
		passed = append(passed, p.names[x.Organisation])
		for _, rule := range p.rules(x.Rules) {
			if !slices.Contains(rules, rule.Name) {
				rules = append(rules, rule.Name)
			}
		}
	}
	comma := commas[p.language]
	v.Why = groundView{c.Why, p.say("rotation.why."+c.Why, map[string]any{"days": c.Wait, "tied": c.Tied,
		"passed": strings.Join(passed, comma), "rules": strings.Join(rules, comma)})}
	return v
}

// short is a constituency with fewer who may serve than it has vacant seats.
func (p planner) short(x domain.Short) shortView {
	return shortView{x.Constituency, p.constituency(x.Constituency), x.Seats, x.Able}
}

// rules are rules of balance by their names.
func (p planner) rules(keys []string) []ruleView {
	views := []ruleView{}
	for _, key := range keys {
		rule, _ := p.charter.Rotation.Rule(key)
		views = append(views, ruleView{key, rule.Name.Value.In(p.language)})
	}
	return views
}

// constituency is a constituency's name.
func (p planner) constituency(key string) string {
	if k, ok := p.charter.Constituency(key); ok {
		return k.Name.Value.In(p.language)
	}
	return key
}

// seat is a seat's name: its constituency's and its place there.
func (p planner) seat(s domain.Seat) string {
	return p.constituency(s.Constituency) + " " + strings.TrimPrefix(s.Name, s.Constituency+"-")
}

func viewMakeup(m domain.Makeup) makeupView {
	v := makeupView{m.Seats, map[string]int{}, map[string]int{}}
	for _, g := range charter.Groups {
		v.Groups[string(g)] = m.Groups[g]
	}
	for k, n := range m.Kinds {
		v.Kinds[k] = n
	}
	return v
}

func groupWords(list []charter.Group) []string {
	out := []string{}
	for _, g := range list {
		out = append(out, string(g))
	}
	return out
}
