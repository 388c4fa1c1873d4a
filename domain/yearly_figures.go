package domain

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// YearlyFormat is the shape of a closed review. Another shape takes the next number.
const YearlyFormat = 1

// YearlyRecord is what is counted of a year, and, once the review is closed, what the
// members said of it.
type YearlyRecord struct {
	Format         int               `json:"format"`
	Year           int               `json:"year"`
	Version        int               `json:"version"` // 0 as long as it is not closed
	AsOf           string            `json:"as_of"`   // the last day that was counted
	CharterVersion int               `json:"charter_version"`
	Meetings       int               `json:"meetings"` // opened in the year
	Attendance     []SeatYear        `json:"attendance"`
	Periods        []YearlyPeriod    `json:"periods"`
	Decisions      []YearlyDecisions `json:"decisions"`
	Items          []YearlyItem      `json:"items"`
	Seats          []YearlyBalance   `json:"seats"`
	Grants         []YearlyBalance   `json:"grants"`
	Money          []YearlyMoney     `json:"money"`
	Committee      CommitteeYear     `json:"committee"`
	Comments       []YearlyComment   `json:"comments"`
	Abridged       bool              `json:"abridged,omitempty"` // an interest takes items out of the reader's sight
}

// SeatYear is how a seat attended the meetings of a year while it was held. Whoever
// came for any part of a meeting attended it; of two, the representative counts.
type SeatYear struct {
	Seat           string   `json:"seat"`
	Constituency   string   `json:"constituency"`
	Held           []string `json:"held"` // by whom, in their order
	Meetings       int      `json:"meetings"`
	Representative int      `json:"representative"`
	Alternate      int      `json:"alternate"`
	Nobody         int      `json:"nobody"`
}

// Stages of the way from a submission to a decision.
const (
	PeriodNote       = "note"       // a concept note, until its document is handed in
	PeriodScreening  = "screening"  // until it is found eligible
	PeriodAssessment = "assessment" // until it is put before the body
	PeriodDecision   = "decision"   // until it is adopted
	PeriodWhole      = "whole"      // from the first submission to the decision
)

// YearlyPeriod is how long a stage took of the grants decided in the year, in days of
// the fund's calendar.
type YearlyPeriod struct {
	Stage   string `json:"stage"`
	N       int    `json:"n"`
	Said    bool   `json:"said"`   // there are enough to say a median of (scoring.too_few)
	Median  int    `json:"median"` // half up; 0 where it is not said
	Slowest int    `json:"slowest"`
	Which   string `json:"which"` // the decision that the slowest came to
}

// YearlyDecisions is how many decisions of a kind were taken in one way.
type YearlyDecisions struct {
	Kind      string `json:"kind"`
	Procedure string `json:"procedure"`
	N         int    `json:"n"`
}

// YearlyItem is a question that was closed in the year.
type YearlyItem struct {
	Question  uuid.UUID       `json:"question"`
	Procedure string          `json:"procedure"`
	State     string          `json:"state"`
	Lifted    int             `json:"lifted"`    // objections: the seat took another position
	Overtaken int             `json:"overtaken"` // another text took the place of the one objected to
	Stood     int             `json:"stood"`
	Late      int             `json:"late,omitempty"` // raised after the time for it: they blocked nothing
	Recused   []YearlyRecusal `json:"recused"`
}

// YearlyRecusal is how many seats were recused for a kind of interest.
type YearlyRecusal struct {
	Kind string `json:"kind"`
	N    int    `json:"n"`
}

// YearlyBalance is one line of a balance, by region, income group or area.
type YearlyBalance struct {
	By     string        `json:"by"`
	Key    string        `json:"key"` // "" is what is in none
	N      int           `json:"n"`
	Amount *ledger.Money `json:"amount,omitempty"` // of grants
	Share  string        `json:"share"`            // of all seats, or of the money, per cent
}

// YearlyMoney is one line of the fund's statement, or what was decided: in the year, and
// until its end.
type YearlyMoney struct {
	Line   string       `json:"line"`
	InYear ledger.Money `json:"in_year"`
	ToDate ledger.Money `json:"to_date"`
}

// MoneyDecided is the line of what decisions allocated, net of what they took back; the
// others have the codes of the statement.
const MoneyDecided = "decided"

// CommitteeYear is the Executive Committee's membership over a year.
type CommitteeYear struct {
	Constituency string            `json:"constituency"` // whose list it is, by the charter
	Members      []CommitteeMember `json:"members"`      // at the end
	Joined       []CommitteeMember `json:"joined"`
	Left         []CommitteeMember `json:"left"`
}

// CommitteeMember is an organisation with the day from which it belongs there, or, of
// those that left, the last one.
type CommitteeMember struct {
	Organisation string `json:"organisation"`
	On           string `json:"on"`
	Note         string `json:"note"`
}

// MeetingYear is a meeting with the seats that were held on its day, and who was there for each.
type MeetingYear struct {
	Sitting []Sitting
	There   map[uuid.UUID][]Capacity // by seat
}

// Attended counts who came.
func Attended(meetings []MeetingYear) []SeatYear {
	list := []SeatYear{}
	for _, m := range meetings {
		for _, s := range m.Sitting {
			n := slices.IndexFunc(list, func(y SeatYear) bool { return y.Seat == s.Name })
			if n < 0 {
				n, list = len(list), append(list, SeatYear{Seat: s.Name, Constituency: s.Constituency})
			}
			y := &list[n]
			if y.Meetings++; !slices.Contains(y.Held, s.Code) {
				y.Held = append(y.Held, s.Code)
			}
			switch there := m.There[s.ID]; {
			case len(there) == 0:
				y.Nobody++
			case !slices.ContainsFunc(there, func(c Capacity) bool { return c != Alternate }):
				y.Alternate++
			default:
				y.Representative++
			}
		}
	}
	slices.SortStableFunc(list, func(a, b SeatYear) int { return cmp.Compare(a.Seat, b.Seat) })
	return list
}

// GrantYear is the way of a grant that was decided in the year. A zero instant is not known.
type GrantYear struct {
	Decision                              string
	Noted, Handed, Eligible, Put, Adopted time.Time // Noted: its concept note, where a document followed
}

// Periods says how long each stage took; of fewer than the charter's measure no median.
func Periods(c charter.Charter, grants []GrantYear) []YearlyPeriod {
	first := func(g GrantYear) time.Time {
		if !g.Noted.IsZero() {
			return g.Noted
		}
		return g.Handed
	}
	list := []YearlyPeriod{}
	for _, s := range []struct {
		key  string
		from func(GrantYear) time.Time
		to   func(GrantYear) time.Time
	}{
		{PeriodNote, func(g GrantYear) time.Time { return g.Noted }, func(g GrantYear) time.Time { return g.Handed }},
		{PeriodScreening, func(g GrantYear) time.Time { return g.Handed }, func(g GrantYear) time.Time { return g.Eligible }},
		{PeriodAssessment, func(g GrantYear) time.Time { return g.Eligible }, func(g GrantYear) time.Time { return g.Put }},
		{PeriodDecision, func(g GrantYear) time.Time { return g.Put }, func(g GrantYear) time.Time { return g.Adopted }},
		{PeriodWhole, first, func(g GrantYear) time.Time { return g.Adopted }},
	} {
		p := YearlyPeriod{Stage: s.key}
		var days []int
		for _, g := range grants {
			from, to := s.from(g), s.to(g)
			if from.IsZero() || to.IsZero() {
				continue
			}
			n := int(c.Day(to).Sub(c.Day(from)) / (24 * time.Hour))
			if days = append(days, n); n > p.Slowest || p.Which == "" {
				p.Slowest, p.Which = n, g.Decision
			}
		}
		p.N = len(days)
		if p.Said = p.N >= c.Scoring.TooFew.Value; p.Said {
			p.Median = median(days)
		}
		list = append(list, p)
	}
	return list
}

// median is the middle of some numbers; between two, half up.
func median(of []int) int {
	slices.Sort(of)
	n := len(of)
	return (of[(n-1)/2] + of[n/2] + 1) / 2
}

// Reviewed is what a closed question counts for: what was objected to it and how that
// ended, and who was recused. A vote against is no objection. What came after the end of a
// silence raises none and lifts none: late objections are a figure of their own.
func (i Item) Reviewed() YearlyItem {
	y := YearlyItem{Question: i.ID, Procedure: string(i.Procedure), State: string(i.State), Recused: []YearlyRecusal{}}
	blocks := func(p Position) bool {
		known, ok := i.Charter.Body.Position(i.Procedure, p.Key)
		return ok && known.Effect.Value == charter.Blocks && i.Procedure != charter.ByVote
	}
	for _, r := range i.Roll {
		if r.Recused {
			y.recuse(r.Reason)
		}
		var last *Position
		objected, late := false, false
		for n := range i.Positions {
			switch p := &i.Positions[n]; {
			case p.Seat != r.Seat:
			case i.Late(*p):
				late = late || blocks(*p)
			default:
				last, objected = p, objected || blocks(*p)
			}
		}
		if late {
			y.Late++
		}
		switch {
		case !objected:
		case !blocks(*last):
			y.Lifted++
		case last.Text < i.TextVersion:
			y.Overtaken++
		default:
			y.Stood++
		}
	}
	return y
}

func (y *YearlyItem) recuse(kind string) {
	n := slices.IndexFunc(y.Recused, func(x YearlyRecusal) bool { return x.Kind == kind })
	if n < 0 {
		n, y.Recused = len(y.Recused), append(y.Recused, YearlyRecusal{Kind: kind})
	}
	y.Recused[n].N++
}

// ReadBy is what of the figures a reader sees: without the items that an interest takes
// out of sight, as in the minutes.
func (r YearlyRecord) ReadBy(sight map[uuid.UUID]Sight) YearlyRecord {
	out := r
	out.Items = []YearlyItem{}
	for _, i := range r.Items {
		if sight[i.Question].Hidden {
			out.Abridged = true
		} else {
			out.Items = append(out.Items, i)
		}
	}
	return out
}

// ObjectionCount is how often objections were raised in a procedure, and how they ended.
type ObjectionCount struct {
	Procedure                        string
	Raised, Lifted, Overtaken, Stood int
	Late                             int // beside those raised
}

// Objections sums them up by procedure.
func (r YearlyRecord) Objections() []ObjectionCount {
	list := []ObjectionCount{}
	for _, procedure := range []charter.Procedure{charter.ByConsensus, charter.ByNoObjection} {
		c := ObjectionCount{Procedure: string(procedure)}
		for _, i := range r.Items {
			if i.Procedure == c.Procedure {
				c.Lifted, c.Overtaken, c.Stood, c.Late = c.Lifted+i.Lifted, c.Overtaken+i.Overtaken, c.Stood+i.Stood, c.Late+i.Late
			}
		}
		c.Raised = c.Lifted + c.Overtaken + c.Stood
		list = append(list, c)
	}
	return list
}

// Recusals sums them up by kind of interest.
func (r YearlyRecord) Recusals() []YearlyRecusal {
	var sum YearlyItem
	for _, i := range r.Items {
		for _, x := range i.Recused {
			for range x.N {
				sum.recuse(x.Kind)
			}
		}
	}
	slices.SortFunc(sum.Recused, func(a, b YearlyRecusal) int { return cmp.Compare(a.Kind, b.Kind) })
	return append([]YearlyRecusal{}, sum.Recused...)
}

// Outcomes counts the questions closed in the year by how they ended.
func (r YearlyRecord) Outcomes() []YearlyRecusal {
	var sum YearlyItem
	for _, i := range r.Items {
		sum.recuse(i.State)
	}
	slices.SortFunc(sum.Recused, func(a, b YearlyRecusal) int { return cmp.Compare(a.Kind, b.Kind) })
	return append([]YearlyRecusal{}, sum.Recused...)
}
