package api

import (
	"cmp"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/exchange/sheet"
	"startupfund/store"
)

// What the other lists leave as: the columns that they have on the screen, and what a
// reader of a file would look for beside them.

var organisationColumns = []column[domain.Organisation]{
	{"code", func(o domain.Organisation, _ worded) sheet.Cell { return o.Code }},
	{"name", func(o domain.Organisation, _ worded) sheet.Cell { return o.Name }},
	{"short_name", func(o domain.Organisation, _ worded) sheet.Cell { return o.ShortName }},
	{"kind", func(o domain.Organisation, word worded) sheet.Cell { return word("kind", string(o.Kind)) }},
	{"iso3166", func(o domain.Organisation, _ worded) sheet.Cell { return o.ISO3166 }},
}

// peopleColumns are those of the list of people; organisations have the names that are
// given, or else their codes.
func peopleColumns(called map[string]domain.Called) []column[domain.Person] {
	return []column[domain.Person]{
		{"name", func(p domain.Person, _ worded) sheet.Cell { return p.Name }},
		{"email", func(p domain.Person, _ worded) sheet.Cell { return p.Email }},
		{"roles", func(p domain.Person, word worded) sheet.Cell {
			roles := make([]string, len(p.Memberships))
			for i, m := range p.Memberships {
				roles[i] = word("role", string(m.Role)) + " (" + cmp.Or(called[m.OrganisationCode].Short, m.OrganisationCode) + ")"
			}
			return roles
		}},
	}
}

var meetingColumns = []column[store.MeetingFile]{
	{"ref", func(m store.MeetingFile, _ worded) sheet.Cell { return m.Ref }},
	{"title", func(m store.MeetingFile, _ worded) sheet.Cell { return m.Title }},
	{"at", func(m store.MeetingFile, _ worded) sheet.Cell { return m.StartsAt }},
	{"state", func(m store.MeetingFile, word worded) sheet.Cell { return word("meeting", string(m.State)) }},
}

var decisionColumns = []column[store.DecisionFile]{
	{"number", func(d store.DecisionFile, _ worded) sheet.Cell { return d.Number }},
	{"title", func(d store.DecisionFile, _ worded) sheet.Cell { return d.Title }},
	{"kind", func(d store.DecisionFile, word worded) sheet.Cell { return word("decision", string(d.Kind)) }},
	{"procedure", func(d store.DecisionFile, word worded) sheet.Cell { return word("procedure", string(d.Procedure)) }},
	{"proposal", func(d store.DecisionFile, _ worded) sheet.Cell { return d.Proposal }},
	{"programme", func(d store.DecisionFile, _ worded) sheet.Cell { return d.Programme }},
	{"amount", func(d store.DecisionFile, _ worded) sheet.Cell {
		if d.Amount.Currency == "" {
			return nil
		}
		return d.Amount
	}},
	{"currency", func(d store.DecisionFile, _ worded) sheet.Cell { return string(d.Amount.Currency) }},
	{"at", func(d store.DecisionFile, _ worded) sheet.Cell { return d.AdoptedAt }},
}

var programmeColumns = []column[store.ProgrammeFile]{
	{"code", func(p store.ProgrammeFile, _ worded) sheet.Cell { return p.Code }},
	{"title", func(p store.ProgrammeFile, _ worded) sheet.Cell { return p.Title }},
	{"owner", func(p store.ProgrammeFile, _ worded) sheet.Cell { return p.OwnerState }},
	{"area", func(p store.ProgrammeFile, word worded) sheet.Cell { return word("area", p.Area) }},
	{"state", func(p store.ProgrammeFile, word worded) sheet.Cell { return word("programme", string(p.State)) }},
	{"start", func(p store.ProgrammeFile, _ worded) sheet.Cell { return dayCell(dayText(p.StartsOn)) }},
	{"end", func(p store.ProgrammeFile, _ worded) sheet.Cell { return dayCell(dayText(p.EndsOn)) }},
	{"proposal", func(p store.ProgrammeFile, _ worded) sheet.Cell { return p.ProposalRef }},
	{"decision", func(p store.ProgrammeFile, _ worded) sheet.Cell { return p.DecisionNumber }},
	{"amount", func(p store.ProgrammeFile, _ worded) sheet.Cell {
		if len(p.Shares) == 0 {
			return nil
		}
		return grantedInAll(p)
	}},
	{"currency", func(p store.ProgrammeFile, _ worded) sheet.Cell { return string(grantedInAll(p).Currency) }},
}

// grantedInAll is what all organisations of a programme were granted together.
func grantedInAll(p store.ProgrammeFile) (sum ledger.Money) {
	for i, s := range p.Shares {
		if i == 0 {
			sum = s.Amount
		} else {
			sum = sum.Add(s.Amount)
		}
	}
	return sum
}

func dayCell(day *string) sheet.Cell {
	if day == nil {
		return nil
	}
	return *day
}

// leavingList answers with a list, whole, as a file: the rows are those that list gives
// to who asks, read at once.
func leavingList[T any](s *Server, a *asked, name string, columns []column[T], by narrowed, list func(store.ListAsk) (store.Page[T], error)) (answer, error) {
	f, err := a.listAsk(by)
	if err != nil {
		return answer{}, err
	}
	f.Window = store.Window{Limit: store.Whole}
	word, err := s.wording(a, "list")
	if err != nil {
		return answer{}, err
	}
	page, err := list(f)
	if err != nil {
		return answer{}, err
	}
	return leaving(s, a, name, "list."+name, columns, word, func(do func(T) error) error {
		for _, x := range page.Items {
			if err := do(x); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Server) exportOrganisations(a *asked) (answer, error) {
	return leavingList(s, a, "organisations", organisationColumns, organisationFields, func(f store.ListAsk) (store.Page[domain.Organisation], error) {
		return s.Store.Organisations(a, a.by, f)
	})
}

func (s *Server) exportPeople(a *asked) (answer, error) {
	var called map[string]domain.Called // programs get the codes
	if a.Query("format") != "json" {
		var err error
		if called, err = s.Store.OrganisationNames(a, languageOf(a.Context)); err != nil {
			return answer{}, err
		}
	}
	return leavingList(s, a, "people", peopleColumns(called), narrowed{}, func(f store.ListAsk) (store.Page[domain.Person], error) { return s.Store.People(a, a.by, f) })
}

func (s *Server) exportMeetings(a *asked) (answer, error) {
	return leavingList(s, a, "meetings", meetingColumns, meetingFields, func(f store.ListAsk) (store.Page[store.MeetingFile], error) {
		return s.Store.Meetings(a, a.by, f)
	})
}

func (s *Server) exportDecisions(a *asked) (answer, error) {
	return leavingList(s, a, "decisions", decisionColumns, decisionFields, func(f store.ListAsk) (store.Page[store.DecisionFile], error) {
		return s.Store.DecisionList(a, a.by, f)
	})
}

func (s *Server) exportProgrammes(a *asked) (answer, error) {
	return leavingList(s, a, "programmes", programmeColumns, programmeFields, func(f store.ListAsk) (store.Page[store.ProgrammeFile], error) {
		return s.Store.ProgrammeList(a, a.by, f)
	})
}
