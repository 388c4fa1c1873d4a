package api

import (
	"github.com/google/uuid"

	"startupfund/domain"
)

type arithmeticView struct {
	Procedure string          `json:"procedure"`
	Presiding *uuid.UUID      `json:"presiding,omitempty"`
	Seats     []seatCountView `json:"seats"`
	Quorum    quorumView      `json:"quorum"`
	Positions *tallyView      `json:"positions,omitempty"`
	Majority  *majorityView   `json:"majority,omitempty"`
	Outcome   string          `json:"outcome,omitempty"`
}

type seatCountView struct {
	Seat         uuid.UUID `json:"seat"`
	Name         string    `json:"name"`
	Constituency string    `json:"constituency"`
	Organisation string    `json:"organisation"`
	Counts       bool      `json:"counts"`
	Decides      bool      `json:"decides"`
	Recused      bool      `json:"recused"`
	Reason       string    `json:"reason,omitempty"`
	Present      bool      `json:"present"`
	Position     string    `json:"position,omitempty"`
	Silent       bool      `json:"silent"`
	Unheard      bool      `json:"unheard,omitempty"`
	Unanswered   bool      `json:"unanswered,omitempty"`
}

type quorumView struct {
	Applies        bool                    `json:"applies"`
	Of             string                  `json:"of"`
	Base           int                     `json:"base"`
	Needed         int                     `json:"needed"`
	Present        int                     `json:"present"`
	Spare          int                     `json:"spare"`
	Met            bool                    `json:"met"`
	Constituencies []constituencyCountView `json:"constituencies"`
}

type constituencyCountView struct {
	Key       string `json:"key"`
	Sitting   int    `json:"sitting"`
	Recused   int    `json:"recused"`
	Present   int    `json:"present"`
	Needed    int    `json:"needed"`
	Met       bool   `json:"met"`
	IfOneLeft bool   `json:"if_one_left"`
}

type tallyView struct {
	Joins  int `json:"joins"`
	Aside  int `json:"aside"`
	Blocks int `json:"blocks"`
	Waits  int `json:"waits"`
	Silent int `json:"silent"`

	Unconfirmed int `json:"unconfirmed,omitempty"`
	Unheard     int `json:"unheard,omitempty"`
	Unanswered  int `json:"unanswered,omitempty"`
	Uncalled    int `json:"uncalled,omitempty"`
}

type majorityView struct {
	Of     string `json:"of"`
	Base   int    `json:"base"`
	Needed int    `json:"needed"`
	AtMost int    `json:"at_most"`
}

// arithmetic shows, before a question is put and while it is open, who counts and
// what adoption takes. It is missing to those out of whose sight the item is.
func (s *Server) arithmetic(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	i, err := s.Store.Item(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	if _, hidden := i.Hidden(a.by); hidden {
		return answer{}, domain.ErrMissing
	}
	return shown(arithmeticOf(i, i.Reads(a.by)))
}

// arithmeticOf is the count; without who said what, and what that comes to, for
// those who may not read positions.
func arithmeticOf(i domain.Item, spoken bool) arithmeticView {
	n := i.Arithmetic()
	v := arithmeticView{Procedure: string(n.Procedure), Seats: []seatCountView{}, Quorum: quorumView{Applies: n.QuorumApplies, Of: string(n.QuorumOf),
		Base: n.QuorumBase, Needed: n.QuorumNeeded, Present: n.Present, Spare: n.Spare(), Met: n.QuorumMet, Constituencies: []constituencyCountView{}}}
	if p := i.Presiding(); p != uuid.Nil {
		v.Presiding = &p
	}
	for _, x := range n.Seats {
		c := seatCountView{Seat: x.Seat, Name: x.Name, Constituency: x.Constituency, Organisation: x.Code, Counts: x.Counts, Decides: x.Decides,
			Recused: x.Recused, Present: x.Present}
		if spoken {
			c.Reason = x.Reason
			c.Silent, c.Unheard, c.Unanswered = x.Silent, x.Unheard, x.Unanswered
			if x.Last != nil {
				c.Position = x.Last.Key
			}
		}
		v.Seats = append(v.Seats, c)
	}
	for _, k := range n.Constituencies {
		v.Quorum.Constituencies = append(v.Quorum.Constituencies, constituencyCountView(k))
	}
	if !spoken {
		return v
	}
	v.Positions, v.Outcome = &tallyView{n.Joins, n.Aside, n.Blocks, n.Waits, n.Silent, n.Unconfirmed, n.Unheard, n.Unanswered, n.Uncalled(i.Charter)}, string(n.Outcome)
	if n.MajorityOf != "" {
		v.Majority = &majorityView{string(n.MajorityOf), n.MajorityBase, n.MajorityNeeded, n.MajorityAtMost}
	}
	return v
}
