package example

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// earlyCall are the programmes of the fund's first year, with which the example shows
// what follows a grant: one is closed, one under way, one waits for its last report.
var earlyCall = []note{
	{"XQ", unicef, []string{undp}, "en", "Called by their names: guardians for children alone in Esperanda",
		"Every child who arrives alone has a guardian within a week, chosen with the child from people of the place, and a school to go to within a month.",
		"area-5", []int{15, 16}, [3]int{3, 2, 3}, []int{300, 180}, granted, ""},
	{"XU", iom, []string{unwomen}, "en", "The long way home: reintegration through the markets of Ibeko",
		"Women and men who return sell, learn and lend together in nine market towns; the towns' own funds take over what has proved itself.",
		"area-3", []int{21}, [3]int{2, 3, 1}, []int{570, 330}, granted, ""},
	{"XR", unhcr, []string{wfp}, "en", "A number to call: legal advice along the ferry routes of Feyland",
		"Lawyers answer by telephone in nine languages, on board and on the quay, and meet those who call before they are moved on.",
		"area-2", []int{7, 12}, [3]int{3, 2, 2}, []int{420, 280}, granted, ""},
}

// lasting are the months of those that are not planned for two years, by title.
var lasting = map[string]int{earlyCall[0].title: 12, earlyCall[1].title: 30}

// measured is what the early programmes want to reach, in their own words.
var measured = map[string]map[string]string{
	earlyCall[0].title: {
		"outcome": "Children who arrive alone are looked after by somebody they know",
		"output1": "Guardians chosen with the child, within a week", "indicator1": "Children with a guardian within seven days, per cent", "verification1": "Register of the youth court",
		"output2": "Schools that take them in within a month", "indicator2": "Schools that have taken in a child alone, of twelve", "verification2": "Rolls of the schools",
	},
	earlyCall[1].title: {
		"outcome": "Those who return earn a living, and their towns are better off for it",
		"output1": "Savings and lending groups of returnees and neighbours", "indicator1": "Members who earn the local wage or more, per cent, by sex", "verification1": "Books of the groups, read each half year",
		"output2": "Town funds that go on", "indicator2": "Market towns whose fund lends from its own money, of twelve", "verification2": "Budgets as adopted",
	},
	earlyCall[2].title: {
		"outcome": "Whoever travels by ferry knows what they may claim, and claims it",
		"output1": "A line with lawyers, in nine languages", "indicator1": "Calls answered by a lawyer within the hour, per cent", "verification1": "Records of the exchange, without names",
		"output2": "Ports where a lawyer meets those who called", "indicator2": "Ports with a room and a lawyer each day, of twelve", "verification2": "Visits of the bar association",
	},
}

// early is the key of an early programme's proposal: its state has others.
func early(state string) string { return "early " + state }

// Days before now on which the early programmes were granted, and first paid: two
// whole calendar years have passed since, whatever the day.
const (
	firstGrants = 915
	firstPaid   = 900
)

// lives is the fund's first year and what became of it.
func (st *story) lives() {
	st.proposeEarly()
	st.grantEarly()
	for i, n := range earlyCall {
		key := early(n.state)
		for k, code := range append([]string{n.lead}, n.partners...) {
			half := n.thousands[k] * 500
			st.at(firstPaid+6, 9, 0, func() {
				must(st.PlanTranches(st, st.as("secretariat"), st.programme(key), st.organisations[code], []int{50, 50}, "Most is spent in the second year.", 0))
			})
			st.at(710-20*i, 9, 0, func() { st.used(n, code, 2*half) })
			st.transfer(key, code, half, "First tranche, one half", sent, firstPaid-k)
			st.transfer(key, code, half, "Second tranche, one half", sent, 700-20*i-k)
		}
		st.at(firstPaid-8, 15, 0, func() { st.start(key); st.reportYearly(n, i) })
		st.spend(n, i)
	}
	st.goOn(earlyCall[1])
	st.end(earlyCall[0])
	st.at(160, 10, 0, func() { st.closeOperations(earlyCall[2]) })
}

// proposeEarly is the call of one stage that they came from.
func (st *story) proposeEarly() {
	var call domain.Call
	st.at(1100, 10, 0, func() {
		call = domain.Call{OpensAt: st.on(1098, 8, 0), ClosesAt: st.on(1020, 22, 0), Stages: 1,
			Words: domain.Words{Title: "Before the first call: three to begin with", Text: "For joint programmes that can begin at once. The whole document is asked for, since the fund wants to learn from it."}}
		call = st.invite("secretariat", call)
	})
	for i, n := range earlyCall {
		st.bring(&call, n, early(n.state), days{written: 1080 - i, endorsed: 1050 - i, handed: 1035 - i, found: 1010 - i}, func() domain.Content {
			return st.written(i, n, call)
		})
		st.at(970-i, 9, 0, func() {
			for k, key := range []string{"m-migrants", "m-qo", "m-xo"} {
				st.pass(time.Hour)
				must(st.SubmitScore(st, st.as(key), st.proposals[early(n.state)].ID, 1, st.points(i, k), comments[(i+k)%len(comments)]))
			}
		})
	}
}

// grantEarly is the meeting of those who sat then.
func (st *story) grantEarly() {
	var m domain.Meeting
	st.at(940, 10, 0, func() {
		m = must(st.PlanMeeting(st, st.as("secretariat"), domain.MeetingPlan{Title: "Founding meeting: the first three grants", StartsAt: st.on(firstGrants, 8, 0)}))
	})
	st.at(firstGrants, 8, 0, func() {
		must(st.OpenMeeting(st, st.as("coordinator"), m.ID))
		for _, seat := range order(st.body) {
			st.join(m.ID, st.body[seat])
		}
		for _, n := range earlyCall {
			dollars := 0
			for _, thousands := range n.thousands {
				dollars += thousands * 1000
			}
			q := st.listGrant(m.ID, early(n.state), n.title, dollars)
			st.adopt(q, n.state, map[string]position{"m-migrants": {"agree", "Those concerned will be asked again after a year."}})
		}
		st.pass(10 * time.Minute)
		must(st.CloseMeeting(st, st.as("coordinator"), m.ID, nil))
		st.minuted(m.ID, firstGrants, "m-migrants", "closing", "The members thanked those who had written the papers.")
		st.fixed(m.ID, firstGrants)
	})
}

// start says that the programme of a proposal has started, on the day of its first transfer.
func (st *story) start(key string) {
	p := must(st.Programme(st, domain.Console(), st.programme(key)))
	must(st.StartProgramme(st, st.as("secretariat"), p.ID, p.Version, nil, nil))
}

// reportYearly lets each year's report be written, handed in and accepted in its time;
// of the programme under way, the last one is owed.
func (st *story) reportYearly(n note, i int) {
	var yearly []store.ReportLine
	for _, l := range must(st.Reporting(st, domain.Console(), st.programme(early(n.state)))).Lines {
		if l.Kind == domain.AnnualReport && l.To.Before(st.Now) {
			yearly = append(yearly, l)
		}
	}
	if n.state == earlyCall[1].state {
		yearly = yearly[:len(yearly)-1]
	}
	for k, l := range yearly {
		comes := l.Due.AddDate(0, 0, -9).Add(time.Duration(9*60+i*7) * time.Minute)
		st.then(comes, func() { st.report(n, l.Key, k+1) })
		st.then(comes.AddDate(0, 0, 16), func() { st.accept(n, l.Key, "Thank you: clear on what did not go as planned.") })
	}
}

// report writes a report and hands it in. What is reached falls short of the target by
// a little in the first year, and is then at it.
func (st *story) report(n note, key string, year int) {
	by, programme := st.applicant(n.lead), st.programme(early(n.state))
	r := must(st.BeginReport(st, by, programme, key))
	final := key == "final"
	c := domain.ReportContent{Language: "en", Results: map[string]domain.Reached{}, Outputs: map[string]domain.OutputState{}, Answers: read(map[string]any{
		"summary":       "What was planned was done in most places, and some of it otherwise. " + n.summary,
		"deviations":    "Work began a month later in two places, where the local government wanted its council's word first.",
		"beneficiaries": []any{map[string]any{"group": "migrants", "women": 410 * year, "men": 330 * year, "girls": 95 * year, "boys": 120 * year}, map[string]any{"group": "officials", "women": 34, "men": 41, "girls": 0, "boys": 0}},
		"participation": "The steering group met four times; its members who have migrated themselves changed the hours, and who is called first.",
		"lessons":       "One person who stays with a case is worth more than a second office.",
	})}
	if final {
		c.Answers["afterwards"] = "The local governments have paid the posts since the last quarter; the register and the guide are kept by the ministry."
	}
	for _, i := range r.Framework.Indicators {
		target, _ := i.Target(r.Year)
		x := domain.Reached{Value: target}
		if i.Key == "1.1-1" && !final {
			x = domain.Reached{Value: "21", Note: "Two places began late; they have caught up since the year ended."}
		}
		c.Results[i.Key] = x
	}
	for _, o := range r.Framework.Outputs() {
		c.Outputs[o.Code] = domain.OutputOngoing
		if final {
			c.Outputs[o.Code] = domain.OutputDone
		}
	}
	st.pass(50 * time.Minute)
	must(st.SaveReport(st, by, programme, key, r.Version, c))
	st.pass(10 * time.Minute)
	must(st.SubmitReport(st, by, programme, key))
}

func (st *story) accept(n note, key, remark string) {
	must(st.FindReport(st, st.as("secretariat"), st.programme(early(n.state)), key, domain.ReportAccepted, remark, nil))
}

// earlyConditions are those on which the programme under way was granted: one was
// fulfilled before any money, the other is still open.
func (st *story) earlyConditions() []domain.ConditionTerms {
	handed := st.day(-45)
	return []domain.ConditionTerms{
		{Text: "Each of the nine towns names the member of its council who answers for the fund.", Due: domain.DueBeforeAny, Blocking: true},
		{Text: "The towns report to the body what their funds have lent from their own money.", Due: domain.DueOnADay, DueOn: &handed},
	}
}

// goOn is what happened to the programme under way: a condition fulfilled, and an
// extension asked for that the body has not taken up.
func (st *story) goOn(n note) {
	first := func() store.ConditionFile {
		return must(st.Conditions(st, domain.Console(), st.programme(early(n.state))))[0]
	}
	st.at(firstGrants-3, 9, 0, func() {
		c := first()
		must(st.ClaimCondition(st, st.applicant(n.lead), c.ID, c.Version(), "Nine letters, one of each town, with a name.", "en"))
	})
	st.at(firstGrants-4, 15, 0, func() {
		c := first()
		must(st.FindCondition(st, st.as("secretariat"), c.ID, c.Version(), true, "Seen: nine letters.", "en"))
	})
	st.at(115, 11, 0, func() {
		p := must(st.Programme(st, domain.Console(), st.programme(early(n.state))))
		later := domain.AddMonths(*p.EndsOn, 6)
		must(st.AskChange(st, st.applicant(n.lead), p.ID, domain.ChangeRequest{Kind: domain.NoCostExtension, Language: "en", EndsOn: &later,
			Reason: "Three towns adopt their budgets in the spring only: until then their funds cannot lend from their own money. No more is asked for."}))
	})
}

// closeOperations says that activities ended on the programme's last day.
func (st *story) closeOperations(n note) {
	must(st.CloseOperations(st, st.as("secretariat"), st.programme(early(n.state)), time.Time{}, "All activities were finished by the last day."))
}

// end brings a programme to its end: closed, reported on, evaluated, answered, its
// books closed, and what was promised followed up, one thing not in its time.
func (st *story) end(n note) {
	programme := func() (by store.Ask, p domain.Programme) {
		return st.applicant(n.lead), must(st.Programme(st, domain.Console(), st.programme(early(n.state)))).Programme
	}
	st.at(525, 10, 0, func() { st.closeOperations(n) })
	st.at(470, 9, 0, func() { st.report(n, "final", 2) })
	st.at(455, 11, 0, func() { st.accept(n, "final", "Accepted, with thanks to the schools.") })
	st.at(450, 10, 0, func() {
		_, p := programme()
		f := must(st.RegisterEvaluation(st, st.as("secretariat"), p.ID, domain.Evaluation{Title: "Guardians in Esperanda: an independent evaluation", Evaluator: "Ondine Marchetti-Voss, with two who were looked after themselves",
			Language: "en", CompletedOn: st.day(460), Findings: "Guardians come in time, and children know them by name. What happens on a child's eighteenth birthday was nobody's task. The register is well kept; schools do not read it.",
			Recommendations: []domain.Recommendation{
				{Text: "Say who goes on with a young person after the eighteenth birthday, and for how long."},
				{Text: "Let schools see the part of the register that they need."},
				{Text: "Pay guardians."},
			}}))
		st.attach(domain.Subject{Kind: "evaluation", ID: f.Closing.Evaluation.ID}, "guardians-evaluation.txt",
			"Guardians in Esperanda\n\nForty-one guardians, sixty-two children and eleven schools were asked in five weeks. (An example: all of it is invented.)\n")
	})
	st.at(420, 15, 0, func() {
		by, p := programme()
		soon, late := st.day(300), st.day(75)
		must(st.RespondToEvaluation(st, by, p.ID, []domain.ManagementAnswer{
			{Uptake: domain.FullyAccepted, Action: "The youth court keeps the guardian for two more years, where the young person wishes.", Due: &soon},
			{Uptake: domain.PartlyAccepted, Reason: "Only what the child agrees to is shown.", Action: "The register gets a page for schools, opened by the guardian.", Due: &late, Organisation: st.organisations[undp]},
			{Uptake: domain.NotAccepted, Reason: "Guardians asked not to be paid; what they spend is given back."},
		}))
	})
	st.at(390, 14, 0, func() {
		_, p := programme()
		must(st.CloseBooks(st, st.as("releaser"), p.ID, map[uuid.UUID]string{st.organisations[unicef]: "CFS-0417", st.organisations[undp]: "CFS-0422"}, ""))
	})
	st.at(310, 10, 0, func() {
		by, p := programme()
		must(st.FollowUp(st, by, p.ID, domain.FollowUp{Recommendation: 1, State: domain.FollowUpDone, Language: "en", Text: "The court's rule is in force; nineteen young people have kept their guardian."}))
	})
	st.at(180, 10, 0, func() {
		by, p := programme()
		must(st.FollowUp(st, by, p.ID, domain.FollowUp{Recommendation: 2, State: domain.FollowUpUnderWay, Language: "en", Text: "The page is drawn; the data protection office has not finished reading it."}))
	})
}

// attach puts a text on record as a file, as a page would send it.
func (st *story) attach(to domain.Subject, name, text string) {
	by, sum := st.as("secretariat"), sha256.Sum256([]byte(text))
	a := must(st.Attach(st, by, to, name, int64(len(text)), hex.EncodeToString(sum[:])))
	must(st.PutPart(st, by.Actor, a.ID, 0, []byte(text), sum[:]))
	must(st.FinishAttachment(st, by, a.ID))
}
