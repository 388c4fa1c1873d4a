package form

import (
	"fmt"
	"slices"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var (
	ErrTooManyMonths   = problem.New(problem.Invalid, "too-many-months")
	ErrTooFewPartners  = problem.New(problem.Invalid, "too-few-partners")
	ErrOtherGoal       = problem.New(problem.Invalid, "target-of-another-goal")
	ErrGoalUntargeted  = problem.New(problem.Invalid, "goal-without-a-target")
	ErrCodeTwice       = problem.New(problem.Invalid, "code-used-twice")
	ErrAfterTheEnd     = problem.New(problem.Invalid, "after-the-end")
	ErrNoLastTarget    = problem.New(problem.Invalid, "last-year-without-target")
	ErrNoSuchOutput    = problem.New(problem.Invalid, "no-such-output")
	ErrOutputIdle      = problem.New(problem.Invalid, "output-without-activity")
	ErrNotTakingPart   = problem.New(problem.Invalid, "takes-no-part")
	ErrCostNotCovered  = problem.New(problem.Invalid, "cost-not-covered")
	ErrInTheFuture     = problem.New(problem.Invalid, "in-the-future")
	ErrSignatureLacks  = problem.New(problem.Invalid, "signature-missing")
	ErrSignatureTwice  = problem.New(problem.Invalid, "signature-twice")
	ErrOutsiderSigning = problem.New(problem.Invalid, "no-signatory")
)

// Subject is what the rules across fields look at.
type Subject struct {
	Answers      map[string]any
	Owners       []uuid.UUID // owner states
	Participants []uuid.UUID // organisations that ask for money
	Amount       ledger.Money
	Rules        charter.Proposals
	Today        string                 // 2026-11-22, in the charter's time zone
	Name         func(uuid.UUID) string // by which a refusal names an organisation
}

// Lacks lists what the answers need before a submission: what their schema asks,
// then, where that is there, what the form's rules ask across fields.
func (f *Form) Lacks(s Subject) []problem.Problem {
	found := f.incomplete(s.Answers)
	for _, name := range f.Rules {
		found = append(found, across[name](s)...)
	}
	return found
}

// across has the rules that a form's document may name.
var across = map[string]func(Subject) []problem.Problem{
	"months-within-charter":         monthsWithinCharter,
	"partners-by-charter":           partnersByCharter,
	"targets-of-the-goals":          targetsOfTheGoals,
	"codes-once":                    codesOnce,
	"targets-within-the-programme":  targetsWithin,
	"workplan-within-the-programme": workplanWithin,
	"cost-is-covered":               costIsCovered,
	"secured-not-in-the-future":     securedAlready,
	"signed-by-all":                 signedByAll,
}

func monthsWithinCharter(s Subject) []problem.Problem {
	if m := whole(s.Answers["months"]); m > s.Rules.MaximumMonths.Value {
		return []problem.Problem{ErrTooManyMonths.With("months", m, "most", s.Rules.MaximumMonths.Value).At(At + "/months")}
	}
	return nil
}

// partnersByCharter asks the charter's number of each; none at all is the
// schema's to say.
func partnersByCharter(s Subject) (found []problem.Problem) {
	for key, least := range map[string]int{"government_partners": s.Rules.GovernmentPartners.Value, "stakeholders": s.Rules.OtherPartners.Value} {
		if n := len(records(s.Answers, key)); n > 0 && n < least {
			found = append(found, ErrTooFewPartners.With("named", n, "least", least).At(At+"/"+key))
		}
	}
	return found
}

func targetsOfTheGoals(s Subject) (found []problem.Problem) {
	goals, targeted := texts(s.Answers["sdg_goals"]), map[string]bool{}
	for i, t := range texts(s.Answers["sdg_targets"]) {
		targeted[Goal(t)] = true
		if !slices.Contains(goals, Goal(t)) {
			found = append(found, ErrOtherGoal.With("target", t, "goal", Goal(t)).At(fmt.Sprintf("%s/sdg_targets/%d", At, i)))
		}
	}
	for _, g := range goals {
		if len(targeted) > 0 && !targeted[g] {
			found = append(found, ErrGoalUntargeted.With("goal", g).At(At+"/sdg_targets"))
		}
	}
	return found
}

// codesOnce keeps a number for one outcome or output: the workplan names them by it.
func codesOnce(s Subject) (found []problem.Problem) {
	seen := map[string]bool{}
	once := func(r map[string]any, at string) {
		code := text(r, "code")
		if code != "" && seen[code] {
			found = append(found, ErrCodeTwice.With("code", clip(code)).At(at+"/code"))
		}
		seen[code] = true
	}
	for i, outcome := range records(s.Answers, "results") {
		at := fmt.Sprintf("%s/results/%d", At, i)
		once(outcome, at)
		for j, output := range records(outcome, "outputs") {
			once(output, fmt.Sprintf("%s/outputs/%d", at, j))
		}
	}
	return found
}

// targetsWithin asks a target for the last year of the programme and none after it.
func targetsWithin(s Subject) (found []problem.Problem) {
	years := (whole(s.Answers["months"]) + 11) / 12
	if years == 0 {
		return nil
	}
	for i, outcome := range records(s.Answers, "results") {
		for j, output := range records(outcome, "outputs") {
			for k, indicator := range records(output, "indicators") {
				at := fmt.Sprintf("%s/results/%d/outputs/%d/indicators/%d/targets", At, i, j, k)
				targets := texts(indicator["targets"])
				for n := years; n < len(targets); n++ {
					found = append(found, ErrAfterTheEnd.With("year", n+1, "years", years).At(fmt.Sprintf("%s/%d", at, n)))
				}
				if n := len(targets); n > 0 && (n < years || targets[years-1] == "") {
					found = append(found, ErrNoLastTarget.With("year", years).At(fmt.Sprintf("%s/%d", at, years-1)))
				}
			}
		}
	}
	return found
}

// workplanWithin asks an activity for every output, of an organisation that takes
// part, in quarters that the programme has.
func workplanWithin(s Subject) (found []problem.Problem) {
	quarters, busy := (whole(s.Answers["months"])+2)/3, map[string]bool{}
	outputs := map[string]string{}
	for i, outcome := range records(s.Answers, "results") {
		for j, output := range records(outcome, "outputs") {
			outputs[text(output, "code")] = fmt.Sprintf("%s/results/%d/outputs/%d/code", At, i, j)
		}
	}
	activities := records(s.Answers, "workplan")
	for i, a := range activities {
		at := fmt.Sprintf("%s/workplan/%d", At, i)
		code := text(a, "output")
		busy[code] = true
		if _, known := outputs[code]; code != "" && !known {
			found = append(found, ErrNoSuchOutput.With("code", clip(code)).At(at+"/output"))
		}
		if org := text(a, "organisation"); org != "" && !slices.Contains(s.Participants, id(org)) {
			found = append(found, ErrNotTakingPart.At(at+"/organisation"))
		}
		list, _ := a["quarters"].([]any)
		for n, q := range list {
			if quarters > 0 && whole(q) > quarters {
				found = append(found, ErrAfterTheEnd.With("year", (whole(q)+3)/4, "years", (quarters+3)/4).At(fmt.Sprintf("%s/quarters/%d", at, n)))
			}
		}
	}
	if len(activities) == 0 {
		return found
	}
	for code := range outputs {
		if code != "" && !busy[code] {
			found = append(found, ErrOutputIdle.With("code", clip(code)).At(At+"/workplan"))
		}
	}
	slices.SortFunc(found, func(a, b problem.Problem) int { return compareText(a, b) })
	return found
}

// costIsCovered wants the total cost to be what is asked here and what others give.
func costIsCovered(s Subject) []problem.Problem {
	total, given := amount(s.Answers, "total_cost")
	if !given || total.Currency != s.Amount.Currency {
		return nil
	}
	sum := s.Amount
	for _, other := range records(s.Answers, "other_financing") {
		if m, given := amount(other, "amount"); given && m.Currency == sum.Currency {
			sum = sum.Add(m)
		}
	}
	if total.Equal(sum) {
		return nil
	}
	return []problem.Problem{ErrCostNotCovered.With("total", total, "sum", sum).At(At + "/total_cost")}
}

func securedAlready(s Subject) (found []problem.Problem) {
	for key, list := range map[string][]map[string]any{"other_financing": records(s.Answers, "other_financing"), "signatures": records(s.Answers, "signatures")} {
		for i, r := range list {
			if d := text(r, "date"); d > s.Today {
				found = append(found, ErrInTheFuture.With("date", clip(d)).At(fmt.Sprintf("%s/%s/%d/date", At, key, i)))
			}
		}
	}
	return found
}

// signedByAll asks one signature of each owner state and each participating
// organisation, and of nobody else.
func signedByAll(s Subject) (found []problem.Problem) {
	signatures := records(s.Answers, "signatures")
	if len(signatures) == 0 {
		return nil // the schema says so
	}
	all, seen := append(slices.Clone(s.Owners), s.Participants...), map[uuid.UUID]bool{}
	for i, r := range signatures {
		given := text(r, "organisation")
		at := fmt.Sprintf("%s/signatures/%d/organisation", At, i)
		switch org := id(given); {
		case given == "":
		case !slices.Contains(all, org):
			found = append(found, ErrOutsiderSigning.At(at))
		case seen[org]:
			found = append(found, ErrSignatureTwice.With("organisation", s.named(org)).At(at))
		default:
			seen[org] = true
		}
	}
	for _, org := range all {
		if !seen[org] {
			seen[org] = true
			found = append(found, ErrSignatureLacks.With("organisation", s.named(org)).At(At+"/signatures"))
		}
	}
	return found
}

func (s Subject) named(org uuid.UUID) string {
	if s.Name != nil {
		return s.Name(org)
	}
	return org.String()
}

func compareText(a, b problem.Problem) int {
	if a.Field != b.Field {
		return len(a.Field) - len(b.Field)
	}
	return slices.Compare([]string{fmt.Sprint(a.Params()["code"])}, []string{fmt.Sprint(b.Params()["code"])})
}

// What follows reads answers of whatever shape: what is not as it should be is the
// schema's to refuse, and nothing here.

func records(from map[string]any, key string) []map[string]any {
	list, _ := from[key].([]any)
	out := make([]map[string]any, len(list))
	for i, v := range list {
		out[i], _ = v.(map[string]any)
	}
	return out
}

func text(from map[string]any, key string) string {
	s, _ := from[key].(string)
	return s
}

func texts(v any) []string {
	list, _ := v.([]any)
	out := make([]string, len(list))
	for i, x := range list {
		out[i], _ = x.(string)
	}
	return out
}

func amount(from map[string]any, key string) (ledger.Money, bool) {
	v, _ := from[key].(map[string]any)
	m, err := ledger.Parse(text(v, "amount"), ledger.Currency(text(v, "currency")))
	return m, err == nil
}

func id(s string) uuid.UUID {
	parsed, err := uuid.Parse(s)
	if err != nil {
		return uuid.Nil
	}
	return parsed
}
