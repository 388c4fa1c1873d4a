package api

import (
	"time"

	"startupfund/domain"
)

type rotationView struct {
	On       string      `json:"on"`
	Horizon  int         `json:"horizon"` // months
	Proposes bool        `json:"proposes"`
	Rounds   []roundView `json:"rounds"`
	Rules    []ruleView  `json:"rules"`
	May      []string    `json:"may"`
}

// rotation shows which seats fall vacant and who may come next.
func (s *Server) rotation(a *asked) (answer, error) {
	on, err := a.day("on")
	if err != nil {
		return answer{}, err
	}
	p, err := s.Store.Rotation(a, a.by, on, languageOf(a.Context))
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
		say.charter = r.Charter
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
	f, err := s.Store.Outlook(a, a.by, outlookYears, languageOf(a.Context))
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
			x.Short = append(x.Short, p.short(short))
		}
		v.Rounds = append(v.Rounds, x)
	}
	for _, x := range f.Spread {
		v.Spread = append(v.Spread, spreadView(x))
	}
	return shown(v)
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
	return shown(seatTermView{t.ID, t.Seat, t.Organisation, date(t.From), lastDay(t.Until), t.Note, t.Never})
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
