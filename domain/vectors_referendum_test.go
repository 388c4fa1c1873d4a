package domain

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

func outcomeWaits(c *charter.Charter) { c.Body.Consensus.Referendum.Waits.Value = true }
func silenceRefuses(c *charter.Charter) {
	c.Body.Consensus.Referendum.Silence.Value = charter.SilenceRefuses
}

// referendum puts what capitals answered into a vector's question, and its time at which
// it is counted: one microsecond before their end, or that end.
func (v vector) referendum(i *Item, seats map[string]uuid.UUID) {
	if len(v.Answered) == 0 && !v.Over {
		return
	}
	announced := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	i.Referendum = &Referendum{Waits: i.Charter.Body.Consensus.Referendum.Waits.Value, At: announced, EndsAt: ReferendumEnd(i.Charter, announced)}
	for _, x := range v.Answered {
		i.Referendum.Given = append(i.Referendum.Given, ReferendumAnswer{Seat: seats[x[0]], Name: x[0], Confirmed: x[1] == "confirms", At: announced})
	}
	if i.Now = i.Referendum.EndsAt; !v.Over {
		i.Now = i.Now.Add(-time.Microsecond)
	}
}

// referred are the vectors of positions ad referendum.
var referred = func() (list []writtenVector) {
	two := [][2]string{{"donors-1", "ad-referendum"}, {"network-1", "ad-referendum"}}
	add := func(what string, c charter.Charter, said, answered [][2]string, over bool) {
		list = append(list, writtenVector{c, vector{What: what, Procedure: charter.ByConsensus, Body: "p ppp ppp ppp ppp", Said: said, Answered: answered, Over: over}})
	}
	yes, no := [2]string{"donors-1", "confirms"}, [2]string{"donors-1", "refuses"}
	other := [2]string{"network-1", "confirms"}
	add("two join ad referendum, and the outcome does not wait", ruled(), two, nil, false)
	add("two join ad referendum, and the outcome waits", ruled(outcomeWaits), two, nil, false)
	add("one capital confirms, the other may still speak", ruled(outcomeWaits), two, [][2]string{yes}, false)
	add("both capitals confirm", ruled(outcomeWaits), two, [][2]string{yes, other}, false)
	add("one capital refuses while the other may still speak", ruled(outcomeWaits), two, [][2]string{no}, false)
	add("one capital refuses, the other confirms", ruled(outcomeWaits), two, [][2]string{no, other}, false)
	add("a capital says nothing, and that confirms", ruled(outcomeWaits), two, [][2]string{yes}, true)
	add("a capital says nothing, and that refuses", ruled(outcomeWaits, silenceRefuses), two, [][2]string{yes}, true)
	add("whoever joined ad referendum agreed before the announcement", ruled(outcomeWaits), append(two, [2]string{"donors-1", "agree"}, [2]string{"network-1", "agree"}), nil, false)
	add("an objection beside a position ad referendum", ruled(outcomeWaits), append(two[:1:1], [2]string{"network-1", "object"}), nil, false)
	return list
}()
