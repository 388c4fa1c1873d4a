package api

import (
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// rulesView is what the pages need of a charter to ask the right things: names,
// scales, what may be chosen. What follows from the rules the answers say
// themselves (`may`, refusals, the arithmetic).
type rulesView struct {
	Currency       string             `json:"currency"`
	TimeZone       string             `json:"time_zone"`
	Constituencies []namedRuleView    `json:"constituencies"`
	Stakeholders   []namedRuleView    `json:"stakeholders"` // the kinds of them
	Decisions      []decisionRuleView `json:"decisions"`
	Procedures     []procedureView    `json:"procedures"`
	Interests      []namedRuleView    `json:"interests"`
	Designee       bool               `json:"designee"`
	SilentJoin     bool               `json:"silent_join"`
	Scoring        scoringView        `json:"scoring"`
	Proposals      proposalRulesView  `json:"proposals"`
	Preparation    *ledger.Money      `json:"preparation"` // the most that is given to write one document with; null where nothing is
}

type namedRuleView struct {
	Key  string        `json:"key"`
	Name charter.Names `json:"name"`
}

type decisionRuleView struct {
	Kind       string        `json:"kind"`
	Name       charter.Names `json:"name"`
	Procedures []string      `json:"procedures"`
}

type procedureView struct {
	Procedure  string             `json:"procedure"`
	Changeable bool               `json:"changeable"`
	Positions  []positionRuleView `json:"positions"`
}

type positionRuleView struct {
	Key         string        `json:"key"`
	Name        charter.Names `json:"name"`
	Effect      string        `json:"effect"`
	NeedsReason bool          `json:"needs_reason"`
}

type scoringView struct {
	Least            int             `json:"least"`
	Most             int             `json:"most"`
	Total            string          `json:"total"`
	MinimumAssessors int             `json:"minimum_assessors"`
	Blind            bool            `json:"blind"`
	NotApplicable    bool            `json:"not_applicable"`
	Criteria         []criterionView `json:"criteria"`
}

type criterionView struct {
	Key     string        `json:"key"`
	Name    charter.Names `json:"name"`
	Weight  int           `json:"weight"`
	Anchors []string      `json:"anchors"`
}

type proposalRulesView struct {
	Areas               []areaView      `json:"areas"`
	Markers             []markerView    `json:"markers"`
	MarkersRequired     bool            `json:"markers_required"`
	EndorsementRequired bool            `json:"endorsement_required"`
	Languages           []string        `json:"languages"`
	MinimumAmount       ledger.Money    `json:"minimum_amount"`
	MaximumAmount       ledger.Money    `json:"maximum_amount"`
	TitleCharacters     int             `json:"title_characters"`
	SummaryCharacters   int             `json:"summary_characters"`
	Budget              budgetRulesView `json:"budget"`
	LateEntries         string          `json:"late_entries"`
	Stages              string          `json:"stages"`
	Scopes              []string        `json:"scopes"`
	RegionalStates      int             `json:"regional_states"`
}

type areaView struct {
	Key        string        `json:"key"`
	Name       charter.Names `json:"name"`
	Objectives []int         `json:"objectives"`
}

type markerView struct {
	Key   string           `json:"key"`
	Name  charter.Names    `json:"name"`
	Steps []markerStepView `json:"steps"`
}

type markerStepView struct {
	Code string        `json:"code"`
	Name charter.Names `json:"name"`
}

func rulesOf(c charter.Charter) rulesView {
	v := rulesView{Currency: string(c.Fund.Currency.Value.Currency), TimeZone: c.Fund.TimeZone.Value.String(), Designee: c.Body.Chair.Designee.Value,
		SilentJoin: c.Body.Consensus.SilentJoin.Value, Scoring: scoringOf(c.Scoring), Proposals: proposalRulesOf(c.Proposals)}
	v.Proposals.Budget = budgetRulesOf(c)
	if c.Allocation.Preparation.Value == charter.SelectedNotes {
		v.Preparation = &c.Proposals.PreparationAmount.Value.Money
	}
	for _, k := range c.Constituencies {
		v.Constituencies = append(v.Constituencies, namedRuleView{k.Key, k.Name.Value})
	}
	v.Stakeholders = each(c.Rotation.Kinds, func(k charter.Kind) namedRuleView { return namedRuleView{k.Key, k.Name.Value} })
	for _, d := range c.Body.Decisions {
		r := decisionRuleView{Kind: string(d.Kind), Name: d.Name.Value}
		for _, p := range d.Procedures.Value {
			r.Procedures = append(r.Procedures, string(p))
		}
		v.Decisions = append(v.Decisions, r)
	}
	for _, by := range []charter.Procedure{charter.ByConsensus, charter.ByNoObjection, charter.ByVote} {
		p := procedureView{Procedure: string(by), Changeable: by != charter.ByVote || c.Body.Vote.Changeable.Value}
		for _, x := range c.Body.Positions(by) {
			p.Positions = append(p.Positions, positionRuleView{x.Key, x.Name.Value, string(x.Effect.Value), x.NeedsReason.Value})
		}
		v.Procedures = append(v.Procedures, p)
	}
	for _, k := range c.Interests.Kinds {
		v.Interests = append(v.Interests, namedRuleView{string(k.Kind), k.Name.Value})
	}
	return v
}

func scoringOf(s charter.Scoring) scoringView {
	v := scoringView{Least: s.Least.Value, Most: s.Most.Value, Total: string(s.Total.Value), MinimumAssessors: s.MinimumAssessors.Value,
		Blind: s.Blind.Value, NotApplicable: s.NotApplicable.Value}
	for _, k := range s.Criteria {
		v.Criteria = append(v.Criteria, criterionView{k.Key, k.Name.Value, k.Weight.Value, k.Anchors.Value})
	}
	return v
}

func proposalRulesOf(p charter.Proposals) proposalRulesView {
	v := proposalRulesView{MarkersRequired: p.MarkersRequired.Value, EndorsementRequired: p.EndorsementRequired.Value, Languages: []string{}, Scopes: []string{},
		RegionalStates: p.RegionalStates.Value,
		MinimumAmount:  p.MinimumAmount.Value.Money, MaximumAmount: p.MaximumAmount.Value.Money, TitleCharacters: p.TitleCharacters.Value,
		SummaryCharacters: p.SummaryCharacters.Value, LateEntries: string(p.LateEntries.Value), Stages: string(p.Stages.Value)}
	for _, l := range p.Languages.Value {
		v.Languages = append(v.Languages, string(l))
	}
	for _, s := range p.Scopes.Value {
		v.Scopes = append(v.Scopes, string(s))
	}
	for _, a := range p.Areas {
		v.Areas = append(v.Areas, areaView{a.Key, a.Name.Value, a.Objectives.Value})
	}
	for _, m := range p.Markers {
		mv := markerView{Key: m.Key, Name: m.Name.Value}
		for _, s := range m.Steps {
			mv.Steps = append(mv.Steps, markerStepView{s.Code, s.Name.Value})
		}
		v.Markers = append(v.Markers, mv)
	}
	return v
}
