package example

import (
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// days are when, before now, the steps of a call are taken.
type days struct {
	announced, opens, closes         int
	written, endorsed, handed, found int // the first of each; the others follow
	questions                        int // until when they are taken; none where 0
	secretary                        string
}

var (
	first  = days{430, 425, 330, 420, 375, 350, 324, 0, "secretariat"}
	second = days{48, 45, -30, 40, 24, 16, 9, -16, "secretariat-2"}
)

// call is all that happens to a call's notes up to their screening.
func (st *story) call(notes []note, d days) {
	var call domain.Call
	st.at(d.announced, 10, 0, func() {
		call = domain.Call{OpensAt: st.on(d.opens, 8, 0), ClosesAt: st.on(d.closes, 22, 0), Words: firstWords, Stages: 1}
		if d == second {
			ceiling, climate := usd(2_000_000), usd(1_500_000)
			until := st.on(d.questions, 22, 0)
			call.Words, call.QuestionsUntil, call.Stages = secondWords, &until, 2
			call.Limits = domain.Limits{Ceiling: &ceiling, AreaCeilings: map[string]ledger.Money{"area-1": climate}}
		} else {
			together := usd(3_000_000)
			call.Limits = domain.Limits{StateEntries: 2, StateCeiling: &together}
		}
		call = st.invite(d.secretary, call)
	})
	if d == second {
		st.askAbout(&call, d)
	}
	for i, n := range notes {
		st.at(d.written-i/2, 9, 2*i, func() {
			st.proposals[n.state] = must(st.CreateProposal(st, st.applicant(n.lead), call.ID, qualifying(call), st.written(i, n, call))).Proposal
		})
		if n.fate == drafted {
			continue
		}
		st.at(d.endorsed-i/3, 14, 2*i, func() { st.endorse(n) })
		if n.fate == endorsed {
			continue
		}
		st.at(d.handed-i/3, 16, 2*i, func() { must(st.SubmitProposal(st, st.applicant(n.lead), st.proposals[n.state].ID)) })
		if n.fate == withdrawn {
			st.at(d.found-20, 11, 2*i, func() { must(st.WithdrawProposal(st, st.applicant(n.lead), st.proposals[n.state].ID)) })
		}
		if outcome, there := findings[n.fate]; there && (n.fate != withdrawn || i%2 == 1) { // some are taken back before they are screened
			st.at(d.found-i/5, 10, 2*i, func() {
				must(st.ScreenProposal(st, st.as(d.secretary), st.proposals[n.state].ID, st.finding(st.proposals[n.state].ID, outcome, n.finding())))
			})
		}
	}
}

// finding is one on what was handed in last: with the whole list met where it is
// eligible, and without one where the screener looked no further than her reason.
func (st *story) finding(id uuid.UUID, outcome domain.Stage, reason string) domain.Finding {
	f := domain.Finding{Read: must(st.Proposal(st, st.as("secretariat").Actor, id)).Submission, Outcome: outcome, Reason: reason}
	if outcome == domain.Eligible {
		f.Checks = map[string]domain.Checked{}
		for _, item := range st.rules.Screening.Checklist {
			f.Checks[item.Key] = domain.Checked{Mark: domain.Met}
		}
	}
	return f
}

// invite announces a call for every thematic area.
func (st *story) invite(secretary string, c domain.Call) domain.Call {
	for _, a := range st.rules.Proposals.Areas {
		c.Areas = append(c.Areas, a.Key)
	}
	made := must(st.CreateCall(st, st.as(secretary), c))
	return must(st.AnnounceCall(st, st.as(secretary), made.ID, made.Version)).Call
}

// bring takes a proposal on the days of d to where it waits for the body: written,
// endorsed by each owner state, handed in and found eligible. From then on it is known
// by its key.
func (st *story) bring(call *domain.Call, n note, key string, d days, write func() domain.Content) {
	var p domain.Proposal
	st.at(d.written, 9, 0, func() { p = must(st.CreateProposal(st, st.applicant(n.lead), call.ID, nil, write())).Proposal })
	st.at(d.endorsed, 14, 0, func() { st.endorseAll(&p) })
	st.at(d.handed, 16, 0, func() { must(st.SubmitProposal(st, st.applicant(n.lead), p.ID)) })
	st.at(d.found, 10, 0, func() {
		must(st.ScreenProposal(st, st.as("secretariat"), p.ID, st.finding(p.ID, domain.Eligible, "")))
		st.proposals[key] = p
	})
}

// findings are what screening found, by what became of the note.
var findings = map[fate]domain.Stage{returned: domain.Returned, ineligible: domain.Ineligible, withdrawn: domain.Eligible,
	eligible: domain.Eligible, granted: domain.Eligible, before: domain.Eligible, declined: domain.Eligible}

// finding is what screening gave as its reason.
func (n note) finding() string {
	if n.fate == declined {
		return ""
	}
	return n.reason
}

// endorse is the owner state's word.
func (st *story) endorse(n note) {
	name := states[slices.IndexFunc(states, func(s struct{ code, name, long, focalPoint string }) bool { return s.code == n.state })].name
	p := st.proposals[n.state]
	st.proposals[n.state] = must(st.EndorseProposal(st, st.as(n.state), p.ID, p.Version, "Note verbale of the mission of "+name)).Proposal
}

// written is what a note says where it is handed in: the whole document in a call of one
// stage, the concept note in the other.
func (st *story) written(i int, n note, call domain.Call) domain.Content {
	c := st.content(i, n)
	if phase, _ := call.Begins(); phase == domain.Concept {
		c.Answers = n.asked()
		return c
	}
	c.Answers = st.document(n, st.rules.Day(st.clock.at))
	if n.fate != drafted {
		c.Budget = st.budget(n.planned())
	}
	return c
}

func (st *story) content(i int, n note) domain.Content {
	c := domain.Content{Title: n.title, Summary: n.summary, Language: n.language, State: st.organisations[n.state], Area: n.area,
		Objectives: n.objectives, Markers: map[string]domain.Mark{}}
	for k, marker := range []string{"human-rights", "gender", "child"} {
		step := n.markers[k]
		why := reasons[marker][step]
		c.Markers[marker] = domain.Mark{Code: string(rune('0' + step)), Reason: why[(i+k)%len(why)]}
	}
	for k, code := range append([]string{n.lead}, n.partners...) {
		amount := usd(n.thousands[k] * 1000)
		c.Shares = append(c.Shares, domain.Asked{Organisation: st.organisations[code], Amount: &amount})
	}
	return c
}

// score lets those who sat then assess what the first call brought, and some of
// those who sit now what came early in the second.
func (st *story) score() {
	st.at(280, 9, 0, func() {
		st.scoreBy(firstCall, []string{"m-unhcr", "m-qp", "m-xc-before", "m-workers", "m-employers-before", "m-qv-before", "m-undp-before", "m-xv-before"}, 3)
	})
	st.at(6, 14, 0, func() { st.scoreBy(secondCall, []string{"m-ohchr", "m-migrants", "m-qp"}, 2) })
}

// scoreBy asks so many of the assessors for each note, none with a stake in it.
func (st *story) scoreBy(notes []note, assessors []string, each int) {
	for i, n := range notes {
		if n.fate != eligible && n.fate != granted && n.fate != before && n.fate != declined {
			continue
		}
		given := 0
		for k := range assessors {
			by := st.as(assessors[(i+k)%len(assessors)])
			if given == each || n.concerns(by.Hat.Code) {
				continue
			}
			st.pass(37 * time.Minute)
			must(st.SubmitScore(st, by, st.proposals[n.state].ID, 1, st.points(i, k), comments[(i+k)%len(comments)]))
			given++
		}
	}
}

// concerns tells whether an organisation has a stake in the note.
func (n note) concerns(code string) bool {
	for _, c := range append([]string{n.state, n.lead}, n.partners...) {
		if c == code {
			return true
		}
	}
	return false
}

// points differ by note and assessor, and lie on the upper half of the scale for
// what is sound.
func (st *story) points(i, k int) map[string]domain.Points {
	sheet := map[string]domain.Points{}
	least, most := st.rules.Scoring.Least.Value, st.rules.Scoring.Most.Value
	for j, criterion := range st.rules.Scoring.Criteria {
		p := min(most, max(least, (least+most)/2+(i*7+k*3+j*5)%4-1))
		sheet[criterion.Key] = domain.Points{Points: &p}
	}
	return sheet
}

var comments = []string{
	"",
	"Sound, and modest in what it promises.",
	"The partners know each other; the budget for local associations is small.",
	"",
	"I should like to see how it goes on after the fund's money.",
	"The analysis of risks is the best part.",
}

// usd is whole dollars.
func usd(dollars int) ledger.Money { return ledger.New(decimal.NewFromInt(int64(dollars)), ledger.USD) }
