package api

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

type rotationView struct {
	On       string      `json:"on"`
	Horizon  int         `json:"horizon"` // months
	Proposes bool        `json:"proposes"`
	Rounds   []roundView `json:"rounds"`
	Rules    []ruleView  `json:"rules"`
	May      []string    `json:"may"`
}

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
	Seats        int    `json:"seats"`
	Able         int    `json:"able"`
}

type nominationView struct {
	ID           uuid.UUID  `json:"id"`
	Seat         uuid.UUID  `json:"seat"`
	Organisation uuid.UUID  `json:"organisation"`
	Name         string     `json:"name"`
	From         string     `json:"from"`
	Until        string     `json:"until"`
	State        string     `json:"state"`
	Note         string     `json:"note"`
	Settled      string     `json:"settled"`
	Term         *uuid.UUID `json:"term"`
	May          []string   `json:"may"`
}

// planner says a plan to one reader.
type planner struct {
	tongue
	charter charter.Charter
	names   map[uuid.UUID]string
}

// rotation shows which seats fall vacant and who may come next.
func (s *Server) rotation(a *asked) (answer, error) {
	on, err := a.day("on")
	if err != nil {
		return answer{}, err
	}
	p, err := s.Store.Rotation(a, a.by, on)
	if err != nil {
		return answer{}, err
	}
	say := planner{s.Words.in(languageOf(a.Context)), p.Charter, p.Names}
	v := rotationView{On: date(p.On), Horizon: p.Charter.Rotation.Horizon.Value, Proposes: p.Charter.Rotation.Proposes.Value, Rounds: []roundView{},
		Rules: []ruleView{}, May: s.may(a.by, []string{"rotation.confirm", "rotation.foresee", "seat.give-up"})}
	for _, b := range p.Charter.Rotation.Balance {
		v.Rules = append(v.Rules, say.rules([]string{b.Key})...)
	}
	for _, r := range p.Rounds {
		round := roundView{Day: date(r.Day), Seed: r.Seed, Before: viewMakeup(r.Before), Vacancies: []vacancyView{}, Proposal: say.proposed(r.Proposal)}
		for _, vacant := range r.Vacancies {
			x := say.vacancy(r, vacant)
			for _, n := range p.Nominations {
				if n.Seat == vacant.ID && !n.From.After(vacant.Until) && !n.Until.Before(vacant.From) {
					x.Nominations = append(x.Nominations, s.nominationView(a.by, p.Names, n))
				}
			}
			if p.Speaks[vacant.ID] {
				x.May = s.may(a.by, []string{"seat.nominate"})
			}
			round.Vacancies = append(round.Vacancies, x)
		}
		v.Rounds = append(v.Rounds, round)
	}
	return shown(v)
}

func (s *Server) nominationView(by domain.Actor, names map[uuid.UUID]string, n domain.Nomination) nominationView {
	v := nominationView{n.ID, n.Seat, n.Organisation, names[n.Organisation], date(n.From), date(n.Until), string(n.State), n.Note, n.Settled, nil, s.may(by, n.May())}
	if n.Term != uuid.Nil {
		v.Term = &n.Term
	}
	return v
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
		v.Short = append(v.Short, shortView(x))
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

// rules are rules of balance by their names.
func (p planner) rules(keys []string) []ruleView {
	views := []ruleView{}
	for _, key := range keys {
		rule, _ := p.charter.Rotation.Rule(key)
		views = append(views, ruleView{key, rule.Name.Value.In(p.language)})
	}
	return views
}

// seat is a seat's name: its constituency's and its place there.
func (p planner) seat(s domain.Seat) string {
	name := s.Constituency
	if k, ok := p.charter.Constituency(s.Constituency); ok {
		name = k.Name.Value.In(p.language)
	}
	return name + " " + strings.TrimPrefix(s.Name, s.Constituency+"-")
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

type foresightView struct {
	Rounds []aheadView  `json:"rounds"`
	Spread []spreadView `json:"spread"`
}

type aheadView struct {
	Day      string       `json:"day"`
	Conflict []ruleView   `json:"conflict"`
	Choices  []choiceView `json:"choices"`
	Short    []shortView  `json:"short"`
}

type spreadView struct {
	Constituency string `json:"constituency"`
	Members      int    `json:"members"`
	LongestWait  int    `json:"longest_wait"` // days
	Least        int    `json:"least"`        // months
	Most         int    `json:"most"`
}

// outlookYears is as far as the secretariat looks ahead.
const outlookYears = 10

// outlook shows the seats of the next ten years as the program would propose them.
func (s *Server) outlook(a *asked) (answer, error) {
	f, err := s.Store.Outlook(a, a.by, outlookYears)
	if err != nil {
		return answer{}, err
	}
	p := planner{s.Words.in(languageOf(a.Context)), f.Charter, f.Names}
	v := foresightView{Rounds: []aheadView{}, Spread: []spreadView{}}
	for _, r := range f.Rounds {
		x := aheadView{date(r.Day), p.rules(r.Conflict), []choiceView{}, []shortView{}}
		for _, c := range r.Choices {
			x.Choices = append(x.Choices, p.choice(c))
		}
		for _, short := range r.Short {
			x.Short = append(x.Short, shortView(short))
		}
		v.Rounds = append(v.Rounds, x)
	}
	for _, x := range f.Spread {
		v.Spread = append(v.Spread, spreadView(x))
	}
	return shown(v)
}

type nominationRequest struct {
	Organisation uuid.UUID `json:"organisation"`
	Note         string    `json:"note"`
}

// nominate names an organisation for a seat that falls vacant.
func (s *Server) nominate(a *asked) (answer, error) {
	seat, in, err := onto[nominationRequest](a)
	if err != nil {
		return answer{}, err
	}
	n, err := s.Store.Nominate(a, a.ask, domain.Choosing{Seat: seat, Organisation: in.Organisation}, in.Note)
	if err != nil {
		return answer{}, err
	}
	return made("/rotation", s.nominationView(a.by, nil, n), 0)
}

type settlingRequest struct {
	Note string `json:"note"`
}

// settleNomination records what became of a nomination.
func (s *Server) settleNomination(how func(*store.Store, *asked, uuid.UUID, string) (domain.Nomination, error)) func(*asked) (answer, error) {
	return func(a *asked) (answer, error) {
		id, in, err := onto[settlingRequest](a)
		if err != nil {
			return answer{}, err
		}
		n, err := how(s.Store, a, id, in.Note)
		if err != nil {
			return answer{}, err
		}
		return shown(s.nominationView(a.by, nil, n))
	}
}

func choosing(st *store.Store, a *asked, id uuid.UUID, note string) (domain.Nomination, error) {
	return st.ChooseNomination(a, a.ask, id, note)
}

func takingBack(st *store.Store, a *asked, id uuid.UUID, note string) (domain.Nomination, error) {
	return st.WithdrawNomination(a, a.ask, id, note)
}

type confirmationRequest struct {
	Nominations []uuid.UUID `json:"nominations"`
	Aside       []string    `json:"aside"`
	Reason      string      `json:"reason"`
}

// confirmRotation gives the seats to those whom the constituencies chose.
func (s *Server) confirmRotation(a *asked) (answer, error) {
	in, err := body[confirmationRequest](a)
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.ConfirmRotation(a, a.ask, in.Nominations, in.Aside, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return shown(each(list, func(n domain.Nomination) nominationView { return s.nominationView(a.by, nil, n) }))
}

type givingUpRequest struct {
	Why   domain.SeatEnding `json:"why"`
	Until string            `json:"until"`
	Note  string            `json:"note"`
}

// giveUpSeat shortens a term to a last day.
func (s *Server) giveUpSeat(a *asked) (answer, error) {
	id, in, err := onto[givingUpRequest](a)
	if err != nil {
		return answer{}, err
	}
	until, err := dayOr(in.Until, "/until")
	if err != nil {
		return answer{}, err
	}
	t, err := s.Store.GiveUpSeat(a, a.ask, id, in.Why, until, in.Note)
	if err != nil {
		return answer{}, err
	}
	return shown(seatTermView{t.ID, t.Seat, t.Organisation, date(t.From), lastDay(t.Until), t.Note})
}

type seatLetterView struct {
	Language string `json:"language"`
	Subject  string `json:"subject"`
	Text     string `json:"text"`
}

// seatLetter drafts the letter about a term on the body, in each of the six languages.
func (s *Server) seatLetter(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	l, err := s.Store.SeatLetter(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	c, err := s.Store.Charter(a, a.by, time.Time{})
	if err != nil {
		return answer{}, err
	}
	return shown(each(domain.Languages, func(language string) seatLetterView {
		p := planner{s.Words.in(language), c, nil}
		k, _ := c.Constituency(l.Constituency)
		said := map[string]any{"organisation": l.Organisation, "fund": c.Fund.Name.Value.In(language), "seat": p.seat(l.Seat),
			"constituency": k.Name.Value.In(language), "from": l.From, "until": l.Until}
		return seatLetterView{language, p.say("rotation.letter.subject", said), p.say("rotation.letter.text", said)}
	}))
}
