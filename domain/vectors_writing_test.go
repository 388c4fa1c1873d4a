package domain

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

const noObjection = charter.ByNoObjection

func silenceIsNoWord(c *charter.Charter) { c.Body.NoObjection.SilenceCounts.Value = false }
func quorumInWriting(c *charter.Charter) { c.Body.NoObjection.QuorumApplies.Value = true }

// silence puts a vector's question in writing: what was said came while the silence ran,
// what is late at its end and after it. Nobody is in a room.
func (v vector) silence(i *Item, seats map[string]uuid.UUID, before map[string]int) {
	opened := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	ends := SilenceEnd(i.Charter, opened, i.Charter.Body.NoObjection.Days.Value)
	i.OpenedAt, i.EndsAt, i.Room, i.Session = &opened, &ends, nil, Meeting{}
	for n := range i.Positions {
		i.Positions[n].At = ends.Add(-time.Duration(len(i.Positions)-n) * time.Microsecond)
	}
	for n, s := range v.Late {
		before[s[0]]++
		i.Positions = append(i.Positions, Position{Seat: seats[s[0]], N: before[s[0]], Text: i.TextVersion, Key: s[1], At: ends.Add(time.Duration(n) * time.Second)})
	}
}

type writtenVector struct {
	charter charter.Charter
	vector
}

// inWriting are the vectors of questions in writing: those with a name, and every
// combination of who is recused, what silence and a quorum are, and what is said.
func inWriting() (list []writtenVector) {
	all := "p ppp ppp ppp ppp"
	said := func(pairs ...string) (out [][2]string) {
		for n := 0; n < len(pairs); n += 2 {
			out = append(out, [2]string{pairs[n], pairs[n+1]})
		}
		return out
	}
	for _, x := range []struct {
		what       string
		charter    charter.Charter
		body       string
		said, late [][2]string
		amended    []int
	}{
		{"nobody breaks the silence", ruled(), all, nil, nil, nil},
		{"nobody breaks the silence, and it is not counted", ruled(silenceIsNoWord), all, nil, nil, nil},
		{"who is in no room is asked all the same", ruled(quorumInWriting), "p p.. ... ... ...", nil, nil, nil},
		{"the only objection came at the end: it is late", ruled(), all, nil, said("donors-1", "object"), nil},
		{"the objection came in time and its lifting too late: it stands", ruled(), all, said("donors-1", "object"), said("donors-1", "agree"), nil},
		{"an agreement in time, an objection too late: the agreement stands", ruled(), all, said("donors-1", "agree"), said("donors-1", "object"), nil},
		{"an objection lifted in time and made again too late: it stays lifted", ruled(), all, said("donors-1", "object", "donors-1", "agree"), said("donors-1", "object"), nil},
		{"lifted and made again, both in time: it stands", ruled(), all, said("donors-1", "object", "donors-1", "agree", "donors-1", "object"), nil, nil},
		{"who spoke only too late was silent, and silence is not counted", ruled(silenceIsNoWord), all,
			said("network-1", "agree", "network-2", "agree", "network-3", "agree"), said("donors-1", "agree"), nil},
		{"awaits instructions that come too late", ruled(), all, said("network-2", "awaiting-instructions"), said("network-2", "agree"), nil},
		{"an objection goes before one who waits", ruled(), all, said("network-2", "awaiting-instructions", "donors-1", "object"), nil, nil},
		{"one speaks for it, and silence is not counted", ruled(silenceIsNoWord), all, said("network-1", "agree"), nil, nil},
		{"everybody recused, no quorum asked", ruled(), "p rrr rrr rrr rrr", nil, nil, nil},
		{"everybody recused, a quorum asked", ruled(quorumInWriting), "p rrr rrr rrr rrr", nil, nil, nil},
		{"everybody recused, no quorum asked, the Chair decides by saying nothing", ruled(chairDecides), "p rrr rrr rrr rrr", nil, nil, nil},
		{"vacant seats, a quorum of those who sit", ruled(quorumInWriting), "p pp_ p__ p__ p__", nil, nil, nil},
		{"vacant seats, a quorum of all seats", ruled(quorumInWriting, base(charter.AllSeats)), "p pp_ p__ p__ p__", nil, nil, nil},
		{"vacant seats, no quorum asked", ruled(base(charter.AllSeats)), "p pp_ p__ p__ p__", nil, nil, nil},
		{"recused seats weigh, a quorum of seats held", ruled(quorumInWriting, base(charter.Sitting)), "p rrp rrp ppp rpp", nil, nil, nil},
		{"a constituency emptied counts as absent, a quorum asked", ruled(quorumInWriting, absentWhenEmptied), "p ppp ppp rrr ppp", nil, nil, nil},
		{"a constituency emptied counts as absent, no quorum asked", ruled(absentWhenEmptied), "p ppp ppp rrr ppp", nil, nil, nil},
		{"the text became another before the silence began", ruled(), all, said("network-1", "agree"), nil, []int{0}},
		{"the text became another twice before the silence began, and one objects", ruled(), all, said("network-1", "object"), nil, []int{0, 0}},
		{"the Chair's word in writing does not count", ruled(), all, said("chair", "object"), nil, nil},
		{"the Chair decides and objects in writing", ruled(chairDecides), all, said("chair", "object"), nil, nil},
		{"the Chair recused where a designee is wanted: in writing the longest serving presides",
			ruled(func(c *charter.Charter) { c.Interests.Chair.Presides.Value = charter.Designated }), "r ppp ppp ppp ppp", nil, nil, nil},
	} {
		list = append(list, writtenVector{x.charter, vector{What: x.what, Procedure: noObjection, Body: x.body, Said: x.said, Late: x.late, Amended: x.amended}})
	}
	for _, recused := range []string{"nobody recused", "one donor recused", "all recipients recused", "one stakeholder recused and gone", "the Chair recused"} {
		for _, rule := range []struct {
			what    string
			charter charter.Charter
		}{{"silence counts", ruled()}, {"silence does not count", ruled(silenceIsNoWord)}, {"a quorum is asked", ruled(quorumInWriting)}} {
			for _, spoken := range []string{"nobody speaks", "one stands aside", "one is against", "one was against and is no more", "half and half", "all stand aside", "one waits",
				"one is against too late", "one is no more against too late"} {
				heard := spoken
				if inTime, late := map[string]string{"one is against too late": "nobody speaks", "one is no more against too late": "one is against"}[spoken]; late {
					heard = inTime
				}
				v := combined(noObjection, recused, "none absent", heard)
				v.What = recused + "; " + rule.what + "; " + spoken
				first := "network-1"
				switch spoken {
				case "one is against too late":
					v.Late = said(first, "object")
				case "one is no more against too late":
					v.Late = said(first, "agree")
				}
				list = append(list, writtenVector{rule.charter, v})
			}
		}
	}
	return list
}
