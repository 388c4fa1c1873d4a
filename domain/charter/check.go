package charter

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"startupfund/domain/problem"
)

// checker asks what a document that reads well must also keep: ranges, and rules
// that bear on each other. Each rule stands here once, by a name that
// docs/decisions/0003-charter-as-dated-data.md explains.
type checker struct{ found []problem.Problem }

func (k *checker) that(holds bool, path, rule string, given any) {
	if !holds {
		k.found = append(k.found, invalid(path, rule, given))
	}
}

// between asks a number to be in a range, both ends included.
func (k *checker) between(n Rule[int], least, most int, path string) {
	k.that(n.Value >= least && n.Value <= most, path+"/value", rangeRule(least, most), n.Value)
}

func rangeRule(least, most int) string {
	return "between " + strconv.Itoa(least) + "–" + strconv.Itoa(most)
}

func (c Charter) check() []problem.Problem {
	k := &checker{}
	k.that(c.Format >= 1 && c.Format <= Format, "/format", "format", c.Format)
	k.that(c.Version >= 1, "/version", "version", c.Version)
	k.fund(c)
	k.constituencies(c)
	k.body(c.Body)
	k.referenda(c)
	k.interests(c.Interests)
	k.scoring(c.Scoring)
	k.proposals(c)
	k.budget(c.Budget)
	k.agent(c)
	k.reporting(c)
	k.screening(c.Screening)
	k.rotation(c)
	return k.found
}

var codeForm = regexp.MustCompile(`^[A-Z][A-Z0-9]{2,9}$`)

func (k *checker) fund(c Charter) {
	f := c.Fund
	k.that(codeForm.MatchString(f.ShortCode.Value), "/fund/short_code/value", "short-code", clip(f.ShortCode.Value))
	k.that(len(f.WorkingDays.Value) > 0, "/fund/working_days/value", "not-empty", 0)
	unique(k, "/fund/working_days/value", f.WorkingDays.Value, Weekday.String)
	unique(k, "/fund/holidays/value", f.Holidays.Value, Date.String)
}

func (k *checker) constituencies(c Charter) {
	k.that(len(c.Constituencies) > 0, "/constituencies", "not-empty", 0)
	keys(k, "/constituencies", c.Constituencies, func(x Constituency) string { return x.Key })
	for i, x := range c.Constituencies {
		k.between(x.Seats, 1, 50, at("/constituencies", i)+"/seats")
	}
	k.between(c.Terms.Months, 1, 120, "/terms/months")
	k.between(c.Terms.MaxConsecutive, 1, 10, "/terms/max_consecutive")
	k.between(c.Terms.CoolingOff, 0, 120, "/terms/cooling_off")
	least := c.SeatCount()
	for _, x := range c.Constituencies {
		least = min(least, x.Seats.Value)
	}
	k.between(c.Body.Quorum.PerConstituency, 0, least, "/body/quorum/per_constituency")
	_, known := c.Constituency(c.Body.ExecutiveCommittee.Value)
	own := c.Body.ExecutiveCommittee.Value == OwnList && c.Format >= 10
	k.that(known || own || c.Format < 8, "/body/executive_committee/value", "constituency", clip(c.Body.ExecutiveCommittee.Value))
	_, known = c.Constituency(c.Body.MandatesOf.Value)
	k.that(known || c.Format < 8, "/body/mandates_of/value", "constituency", clip(c.Body.MandatesOf.Value))
}

func (k *checker) body(b Body) {
	unique(k, "/body/attending/value", b.Attending.Value, func(a Attendee) string { return string(a) })
	k.fraction(b.Quorum.Share, b.Quorum.Threshold, "/body/quorum/share")

	complete(k, "/body/decisions", Grant, b.Decisions, func(d Decision) string { return string(d.Kind) })
	for i, d := range b.Decisions {
		path := at("/body/decisions", i) + "/procedures/value"
		k.that(len(d.Procedures.Value) > 0, path, "not-empty", 0)
		unique(k, path, d.Procedures.Value, func(p Procedure) string { return string(p) })
	}

	k.positions("/body/consensus/positions", b.Consensus.Positions)
	k.between(b.Consensus.Referendum.Days, 1, 365, "/body/consensus/referendum/days")
	k.between(b.NoObjection.Days, 1, 365, "/body/no_objection/days")
	k.between(b.NoObjection.ExtensionDays, 0, 365, "/body/no_objection/extension_days")
	k.positions("/body/no_objection/positions", b.NoObjection.Positions)

	k.fraction(b.Vote.Majority, b.Vote.Threshold, "/body/vote/majority")
	m := b.Vote.Majority.Value
	k.that(2*m.Numerator >= m.Denominator, "/body/vote/majority/value", "majority-is-half-at-least", m.String())
	k.positions("/body/vote/positions", b.Vote.Positions)

	keys(k, "/body/without_consensus", b.WithoutConsensus, func(s Step) string { return s.Key })
	unique(k, "/body/positions_read_by/value", b.PositionsReadBy.Value, func(r Reader) string { return string(r) })
	k.between(b.RecordDays, 1, 365, "/body/record_days")
	k.between(b.Minutes.CorrectionDays, 1, 90, "/body/minutes/correction_days")
	k.between(b.Agenda.ItemDays, 0, 180, "/body/agenda/item_days")
	k.between(b.Agenda.PaperDays, 0, 180, "/body/agenda/paper_days")
}

// fraction also refuses more than the whole, which nobody could ever reach.
func (k *checker) fraction(f Rule[Fraction], t Rule[Threshold], path string) {
	v := f.Value
	holds := v.Numerator >= 1 && v.Denominator <= 1000 && v.Numerator <= v.Denominator
	k.that(holds, path+"/value", "fraction", v.String())
	k.that(!holds || t.Value == AtLeast || v.Numerator < v.Denominator, path+"/value", "fraction-can-be-met", v.String())
}

// positions asks for a way to be for the question and a way to be against it.
func (k *checker) positions(path string, all []Position) {
	keys(k, path, all, func(p Position) string { return p.Key })
	for _, needed := range []PositionEffect{Joins, Blocks} {
		has := slices.ContainsFunc(all, func(p Position) bool { return p.Effect.Value == needed })
		k.that(has, path, "position-that-"+string(needed), "")
	}
}

// referenda refuses positions ad referendum outside a meeting's consensus, and in a
// document that is older than they are.
func (k *checker) referenda(c Charter) {
	for _, by := range []Procedure{ByConsensus, ByNoObjection, ByVote} {
		path := "/body/" + strings.ReplaceAll(string(by), "-", "_") + "/positions"
		for i, p := range c.Body.Positions(by) {
			known := by == ByConsensus && c.Format >= 8
			k.that(known || p.Effect.Value != AdReferendum, at(path, i)+"/effect/value", "one-of "+strings.Join(words(Joins, Aside, Blocks, Waits), " "), string(p.Effect.Value))
		}
	}
}

func (k *checker) interests(i Interests) {
	complete(k, "/interests/kinds", OwnState, i.Kinds, func(x Interest) string { return string(x.Kind) })
	unique(k, "/interests/dismissed_by/value", i.DismissedBy.Value, func(d Dismisser) string { return string(d) })
	hands := i.Chair.HandsOverFrom.Value
	k.that(hands != NoEffect, "/interests/chair/hands_over_from/value", "chair-hands-over-for-an-effect", string(hands))
}

func (k *checker) scoring(s Scoring) {
	k.between(s.Sheet, 1, 1000, "/scoring/sheet")
	k.between(s.Most, 1, 100, "/scoring/most")
	k.between(s.MinimumAssessors, 1, 50, "/scoring/minimum_assessors")
	k.between(s.Assessors, 1, 50, "/scoring/assessors")
	k.between(s.AssessmentDays, 0, 365, "/scoring/assessment_days")
	k.between(s.TooFew, 2, 50, "/scoring/too_few")
	k.between(s.SecondDays, 1, 90, "/scoring/second_days")
	k.that(s.Least.Value < s.Most.Value, "/scoring/least/value", "scale-rises", s.Least.Value)
	keys(k, "/scoring/criteria", s.Criteria, func(c Criterion) string { return c.Key })
	sum := 0
	for i, c := range s.Criteria {
		path := at("/scoring/criteria", i)
		k.between(c.Weight, 1, 100, path+"/weight")
		k.that(len(c.Anchors.Value) == s.Steps(), path+"/anchors/value", "an-anchor-for-each-step", len(c.Anchors.Value))
		sum += c.Weight.Value
	}
	k.that(sum == 100, "/scoring/criteria", "weights-sum-to-100", sum)
}

var stepForm = regexp.MustCompile(`^[0-9][0-9a-z]{0,3}$`)

func (k *checker) proposals(c Charter) {
	for i, f := range c.Proposals.ImmaterialFields.Value {
		k.that(immaterialForm.MatchString(string(f)), at("/proposals/immaterial_fields/value", i), "immaterial-field", clip(string(f)))
	}
	unique(k, "/proposals/immaterial_fields/value", c.Proposals.ImmaterialFields.Value, func(f ContentField) string { return string(f) })
	p := c.Proposals
	keys(k, "/proposals/areas", p.Areas, func(a Area) string { return a.Key })
	k.objectives(p.Areas)
	keys(k, "/proposals/markers", p.Markers, func(m Marker) string { return m.Key })
	for i, m := range p.Markers {
		path := at("/proposals/markers", i)
		k.between(m.Scale, 1, 1000, path+"/scale")
		k.that(len(m.Steps) >= 2, path+"/steps", "two-steps-at-least", len(m.Steps))
		unique(k, path+"/steps", m.Steps, func(s MarkerStep) string { return s.Code })
		for j, s := range m.Steps {
			k.that(stepForm.MatchString(s.Code), at(path+"/steps", j)+"/code", "step-code", clip(s.Code))
		}
	}
	k.that(len(p.Languages.Value) > 0, "/proposals/languages/value", "not-empty", 0)
	unique(k, "/proposals/languages/value", p.Languages.Value, func(l Language) string { return string(l) })
	k.that(len(p.Scopes.Value) > 0, "/proposals/scopes/value", "not-empty", 0)
	unique(k, "/proposals/scopes/value", p.Scopes.Value, func(s Scope) string { return string(s) })
	k.between(p.RegionalStates, 1, 193, "/proposals/regional_states")
	k.between(p.EndorsingStates, 1, 193, "/proposals/endorsing_states")
	k.between(p.GovernmentPartners, 0, 50, "/proposals/government_partners")
	k.between(p.OtherPartners, 0, 50, "/proposals/other_partners")
	k.money(c, p.MinimumAmount, "/proposals/minimum_amount")
	k.money(c, p.MaximumAmount, "/proposals/maximum_amount")
	k.money(c, p.PreparationAmount, "/proposals/preparation_amount")
	least, most := p.MinimumAmount.Value, p.MaximumAmount.Value
	if least.Currency == most.Currency {
		k.that(least.Cmp(most.Money) < 0, "/proposals/maximum_amount/value", "maximum-above-minimum", most.Text())
	}
	k.between(p.MaximumMonths, 1, 240, "/proposals/maximum_months")
	k.between(p.TitleCharacters, 10, 1000, "/proposals/title_characters")
	k.between(p.SummaryCharacters, 100, 100_000, "/proposals/summary_characters")
	k.between(p.AttachmentBytes, 1, 500<<20, "/proposals/attachment_bytes")
	k.between(p.AttachmentCount, 0, 1000, "/proposals/attachment_count")
	k.between(p.AttachmentTotal, 1, 2000<<20, "/proposals/attachment_total")
	k.between(p.AttachmentMinutes, 0, 1440, "/proposals/attachment_minutes")
}

// objectives asks each objective of the Compact to be in one area and one only.
func (k *checker) objectives(areas []Area) {
	in := map[int]int{}
	for i, a := range areas {
		for j, o := range a.Objectives.Value {
			path := at(at("/proposals/areas", i)+"/objectives/value", j)
			k.that(o >= 1 && o <= Objectives, path, rangeRule(1, Objectives), o)
			k.that(in[o] == 0, path, "objective-in-one-area", o)
			in[o]++
		}
	}
	for o := 1; o <= Objectives; o++ {
		k.that(in[o] > 0, "/proposals/areas", "objective-in-an-area", o)
	}
}

func (k *checker) budget(b Budget) {
	keys(k, "/budget/lines", b.Lines, func(l BudgetLine) string { return l.Key })
	k.that(len(b.Lines) >= 2, "/budget/lines", "two-lines-at-least", len(b.Lines))
	held := slices.ContainsFunc(b.Lines, func(l BudgetLine) bool { return l.Key == b.Indirect.Line.Value })
	k.that(held, "/budget/indirect/line/value", "line-of-the-budget", clip(b.Indirect.Line.Value))
}

func (k *checker) agent(c Charter) {
	a := c.Agent
	k.money(c, a.MinimumContribution, "/agent/minimum_contribution")
	k.money(c, a.RefundTolerance, "/agent/refund_tolerance")
	k.between(a.ReleaseDaysFrom, 0, 365, "/agent/release_days_from")
	k.between(a.ReleaseDaysTo, a.ReleaseDaysFrom.Value, 365, "/agent/release_days_to")
	k.between(a.MatchWindowDays, 0, 60, "/agent/match_window_days")
	if c.Format >= 9 {
		k.money(c, a.SecondReleaseFrom, "/agent/second_release_from")
		k.between(a.AcknowledgementDays, 1, 365, "/agent/acknowledgement_days")
	}
	if c.Format >= 10 {
		k.tranches(a.Tranches)
		k.between(a.AccountCoolingOff, 0, 60, "/agent/account_cooling_off")
		unique(k, "/agent/diligence/value", a.Diligence.Value, func(x ContributorKind) string { return string(x) })
	}
}

// tranches asks for parts that make the whole, each of them something.
func (k *checker) tranches(t Rule[[]int]) {
	sum := 0
	for i, share := range t.Value {
		k.that(share >= 1 && share <= 100, at("/agent/tranches/value", i), rangeRule(1, 100), share)
		sum += min(max(share, 0), 101) // a sum that cannot run over
	}
	k.that(sum == 100, "/agent/tranches/value", "tranches-sum-to-100", sum)
}

// money asks an amount to be in the currency of the fund's books.
func (k *checker) money(c Charter, a Rule[Amount], path string) {
	k.that(a.Value.Currency == c.Fund.Currency.Value.Currency, path+"/value",
		"currency-of-the-fund", string(a.Value.Currency))
}

func (k *checker) reporting(c Charter) {
	r := c.Reporting
	k.between(r.FinalNarrativeMonths, 1, 60, "/reporting/final_narrative_months")
	k.between(r.ExtensionNoticeMonths, 0, 60, "/reporting/extension_notice_months")
	k.between(r.FirstReportMonths, 0, 11, "/reporting/first_report_months")
	unique(k, "/reporting/reminder_days/value", r.ReminderDays.Value, strconv.Itoa)
	for i, days := range r.ReminderDays.Value {
		k.that(days >= 1 && days <= 365, at("/reporting/reminder_days/value", i), rangeRule(1, 365), days)
	}
	k.between(r.OverdueDays, 1, 365, "/reporting/overdue_days")
	k.money(c, r.EvaluationFrom, "/reporting/evaluation_from")
	k.between(r.EvaluationMonths, 0, 60, "/reporting/evaluation_months")
	k.between(r.ResponseMonths, 1, 60, "/reporting/response_months")
}

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// keys asks each member of a list for a key of its own, in kebab-case and at most
// forty letters, since records keep it for ever.
func keys[T any](k *checker, path string, all []T, key func(T) string) {
	for i, x := range all {
		name := key(x)
		k.that(len(name) <= 40 && keyForm.MatchString(name), at(path, i)+"/key", "key-form", clip(name))
	}
	unique(k, path, all, key)
}

// unique refuses the second of two alike.
func unique[T any](k *checker, path string, all []T, of func(T) string) {
	seen := map[string]bool{}
	for i, x := range all {
		name := of(x)
		k.that(!seen[name], at(path, i), "twice", clip(name))
		seen[name] = true
	}
}

// complete asks a list for each of the words that code knows, once.
func complete[T any](k *checker, path string, known enumerated, all []T, of func(T) string) {
	unique(k, path, all, of)
	for _, word := range known.among() {
		has := slices.ContainsFunc(all, func(x T) bool { return of(x) == word })
		k.that(has, path, "kind-missing", word)
	}
}

func at(path string, i int) string { return path + "/" + strconv.Itoa(i) }

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
