package example

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

// meet is the earlier meeting: four grants and two selections by consensus and, by roll call, what of
// the first call is not taken up; those notes are declined on that word.
func (st *story) meet() {
	var m domain.Meeting
	var items, entries []uuid.UUID
	st.at(105, 10, 0, func() {
		m = must(st.PlanMeeting(st, st.as("secretariat"), domain.MeetingPlan{Title: "First meeting since the rotation: four grants and the pipeline", StartsAt: st.on(75, 8, 0)}))
	})
	st.at(96, 10, 0, func() {
		items = []uuid.UUID{
			st.listGrant(m.ID, "QM", "Protection at the land borders of Almoria", 1_600_000),
			st.listGrant(m.ID, "QN", "Fair recruitment corridors from Brevania", 1_900_000),
			st.listGrant(m.ID, "QQ", "An observatory of migration in Elmara", 1_350_000),
			st.listGrant(m.ID, "XJ", "School integration in Xantara", 1_200_000),
			st.listSelection(m.ID, inStages[0], "Selection: fair recruitment from the villages of Kesharia", 0),
			st.listSelection(m.ID, inStages[1], "Selection: a record of skills for three countries", 10_000),
			st.list(m.ID, charter.Pipeline, "The pipeline after the first call",
				"The body does not take up proposals "+st.proposals["XA"].Ref+" (Orvistan) and "+st.proposals["XG"].Ref+" (Uldovia); the other notes found eligible stay in the pipeline for the next meetings."),
		}
		entries = st.listEntries(m.ID)
	})
	st.at(75, 8, 0, func() {
		must(st.OpenMeeting(st, st.as("coordinator"), m.ID))
		for _, seat := range order(sitting) {
			st.join(m.ID, sitting[seat])
		}
		st.adopt(items[0], "QM", map[string]position{"m-migrants": {"agree", "We ask that the desks stay open at night in winter."}})
		st.adopt(items[1], "QN", map[string]position{"m-workers": {"agree", ""}, "m-xo": {"abstain", "Our labour ministry has not finished its reading."}})
		st.adopt(items[2], "QQ", nil)
		st.adopt(items[3], "XJ", map[string]position{"m-qo": {"agree", ""}, "m-qy": {"ad-referendum", ""}})
		for i, entry := range entries {
			st.adopt(entry, append(waiting, "")[i], nil)
		}
		st.adopt(items[4], "XV", nil)
		st.adopt(items[5], "XW", nil)
		st.adopt(items[6], "", map[string]position{
			"m-unhcr": {"yes", ""}, "m-ilo": {"yes", ""}, "m-ohchr": {"yes", ""},
			"m-qo": {"yes", ""}, "m-qp": {"abstain", "We had no time to compare them."}, "m-qt": {"yes", ""},
			"m-xl": {"yes", ""}, "m-xo": {"no", "Both notes could be mended; we should have liked to see them again."}, "m-qy": {"yes", ""},
			"m-workers": {"yes", ""}, "m-migrants": {"yes", "Applicants are owed an answer."}, "m-cities": {"yes", ""},
		})
		st.pass(10 * time.Minute)
		must(st.CloseMeeting(st, st.as("coordinator"), m.ID, nil))
		st.minuted(m.ID, 75, "m-qo", "closing", "The members thanked those who had written the papers.")
	})
	st.at(73, 9, 0, func() {
		word := must(st.Decisions(st, domain.Console()))[0].Number
		for _, n := range firstCall {
			if n.fate == declined {
				st.pass(10 * time.Minute)
				must(st.DeclineProposal(st, st.as("secretariat"), st.proposals[n.state].ID, word, n.reason))
			}
		}
	})
	st.publish()
}

// meetNow is the meeting under way: one item put, one of a member's own state, one
// that another member would carry out.
func (st *story) meetNow() {
	var m domain.Meeting
	var first, second uuid.UUID
	st.at(25, 10, 0, func() {
		m = must(st.PlanMeeting(st, st.as("secretariat"), domain.MeetingPlan{Title: "Second meeting since the rotation", StartsAt: st.Now.Add(-time.Hour).Truncate(15 * time.Minute)}))
	})
	st.at(15, 10, 0, func() {
		first = st.listGrant(m.ID, "QU", "Health cards across the border in Issaria", 880_000)
		second = st.listGrant(m.ID, "XL", "Reintegration by the communes of Zembala", 1_050_000)
		st.listGrant(m.ID, "QS", "Joint case work against trafficking in Gessaly", 980_000)
		st.list(m.ID, charter.Policy, "Summaries in plain language",
			"The body asks that every programme publish a summary in plain language, in a language of those concerned, within a month of its approval.")
	})
	st.at(4, 15, 0, func() {
		must(st.DeclareInterest(st, st.as("m-qp"), second, charter.ProgrammeDonor, "Dorvenia finances another programme in the same communes."))
	})
	st.ago(50*time.Minute, func() {
		must(st.OpenMeeting(st, st.as("coordinator"), m.ID))
		for _, seat := range order(sitting) {
			switch key := sitting[seat]; key {
			case "m-qt": // excused
			case "m-xo":
				st.join(m.ID, "m-xo-alternate")
			default:
				st.join(m.ID, key)
			}
		}
	})
	st.ago(20*time.Minute, func() {
		must(st.PutQuestion(st, st.as("coordinator"), first))
		st.speak(first, map[string]position{
			"m-workers": {"agree", ""}, "m-migrants": {"agree", "The card must not be asked for by the police."},
			"m-xo-alternate": {"ad-referendum", ""}, "m-qy": {"awaiting-instructions", ""},
		})
	})
}

// inText is a sum of more than a thousand dollars as an English text writes it.
func inText(dollars int) string {
	groups := fmt.Sprintf("%03d", dollars%1000)
	for dollars /= 1000; dollars >= 1000; dollars /= 1000 {
		groups = fmt.Sprintf("%03d,%s", dollars%1000, groups)
	}
	return fmt.Sprintf("USD %d,%s.00", dollars, groups)
}

type position struct{ key, reason string }

func (st *story) listGrant(meeting uuid.UUID, state, title string, dollars int) uuid.UUID {
	p := st.proposals[state]
	st.pass(4 * time.Minute)
	return must(st.ListQuestion(st, st.as("secretariat"), meeting, domain.Question{
		Kind: charter.Grant, Procedure: charter.ByConsensus, Title: title, Language: "en",
		Text:     "The body grants " + inText(dollars) + " to the joint programme of proposal " + p.Ref + ", as submitted.",
		Proposal: p.ID, Amount: usd(dollars), Conditions: st.conditions(state),
	})).ID
}

// conditions are what a grant is made on: Almoria's three, of which one came before
// any money.
func (st *story) conditions(state string) []domain.ConditionTerms {
	if state == early("XU") {
		return st.earlyConditions()
	}
	if state != "QM" {
		return nil
	}
	survey, summary := st.day(-40), st.day(-70)
	return []domain.ConditionTerms{
		{Text: "The participating organisations agree in writing which desk answers a complaint, and name one person at each border post.", Due: domain.DueBeforeAny, Blocking: true},
		{Text: "A first survey of those who pass the posts is made and shared with the body, so that results can be told from it.", Due: domain.DueOnADay, DueOn: &survey, Blocking: true},
		{Text: "A summary of the programme stands at each post in the languages spoken there.", Due: domain.DueOnADay, DueOn: &summary},
	}
}

// fulfil is what was done before the first money went to Almoria.
func (st *story) fulfil() {
	first := func() store.ConditionFile { return must(st.Conditions(st, domain.Console(), st.programme("QM")))[0] }
	st.at(73, 11, 0, func() {
		c := first()
		must(st.ClaimCondition(st, st.as("applicant-unhcr"), c.ID, c.Version(), "The three organisations signed on Tuesday; each post has its person.", "en"))
	})
	st.at(73, 15, 0, func() {
		c := first()
		must(st.FindCondition(st, st.as("secretariat"), c.ID, c.Version(), true, "Seen: the agreement and the list of names.", "en"))
	})
}

// listSelection puts a note of the call in two stages on the agenda, with the money
// that its document is prepared with, if any.
func (st *story) listSelection(meeting uuid.UUID, n note, title string, preparation int) uuid.UUID {
	p := st.proposals[n.key()]
	st.pass(4 * time.Minute)
	q := domain.Question{
		Kind: charter.Pipeline, Procedure: charter.ByConsensus, Title: title, Language: "en",
		Text: "The body selects the concept note of proposal " + p.Ref + " and invites its joint programme document.", Proposal: p.ID,
	}
	if preparation > 0 {
		q.Amount = usd(preparation)
		q.Text += " It gives " + inText(preparation) + " to prepare that document with the three states."
	}
	return must(st.ListQuestion(st, st.as("secretariat"), meeting, q)).ID
}

// list puts a matter that is no grant on the agenda, to be voted on.
func (st *story) list(meeting uuid.UUID, kind charter.DecisionKind, title, text string) uuid.UUID {
	st.pass(4 * time.Minute)
	return must(st.ListQuestion(st, st.as("secretariat"), meeting,
		domain.Question{Kind: kind, Procedure: charter.ByVote, Title: title, Text: text, Language: "en"})).ID
}

func (st *story) join(meeting uuid.UUID, key string) {
	st.pass(20 * time.Second)
	st.room[key] = must(st.Join(st, st.as(key), meeting, uuid.Nil, uuid.Nil))
}

// adopt puts a question, hears positions and announces what came of it. Those
// with a stake in the state's proposal leave the room for it and come back.
func (st *story) adopt(question uuid.UUID, state string, positions map[string]position) {
	st.pass(10 * time.Minute)
	var left []string
	for _, seat := range order(st.body) {
		if key := st.body[seat]; concerned(state, st.hats[key][0].Code) {
			must(st.Leave(st, st.as(key), st.room[key].ID))
			left = append(left, key)
		}
	}
	st.pass(5 * time.Minute)
	must(st.PutQuestion(st, st.as("coordinator"), question))
	st.speak(question, positions)
	st.pass(5 * time.Minute)
	must(st.Announce(st, st.as("coordinator"), question, ""))
	for _, key := range left {
		st.join(st.room[key].Meeting, key)
	}
}

// concerned tells whether an organisation has a stake in a state's proposal.
func concerned(state, code string) bool {
	return slices.ContainsFunc(slices.Concat(earlyCall, firstCall, inStages), func(n note) bool { return n.state == state && n.concerns(code) })
}

func (st *story) speak(question uuid.UUID, positions map[string]position) {
	for _, key := range order(positions) {
		st.pass(40 * time.Second)
		must(st.TakePosition(st, st.as(key), question, uuid.Nil, 0, positions[key].key, positions[key].reason))
	}
}
