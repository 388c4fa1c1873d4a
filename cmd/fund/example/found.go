package example

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/exchange/history"
	"startupfund/store"
)

// founded is how many days ago the fund was set up.
const founded = 1150

// accountNumber is no IBAN, so that it is nobody's.
const accountNumber = "EXAMPLE-USD-0001"

// found sets the fund up, brings the past in, and makes known who takes part.
func (st *story) found() {
	st.at(founded, 9, 0, st.setUp)
	st.at(founded, 10, 0, func() {
		past := history.Known()[slices.IndexFunc(history.Known(), func(f history.Fund) bool { return f.Code == Past })]
		must(st.ImportHistory(st, store.As(domain.Console()), Code, st.name(), past.Rows))
	})
	st.at(founded, 11, 0, func() {
		for _, o := range organisations {
			st.organisations[o.Code] = must(st.AddOrganisation(st, st.administrator, o)).ID
		}
		for _, s := range states {
			o := domain.Organisation{Code: s.code, Name: s.long, ShortName: s.name, Kind: domain.State, ISO3166: s.code}
			st.organisations[s.code] = must(st.AddOrganisation(st, st.administrator, o)).ID
		}
		for _, code := range []string{fao, ilo, undp, wfp} {
			st.organisations[code] = must(st.OrganisationByCode(st, domain.Console(), code)).ID
		}
	})
	st.at(founded, 12, 0, st.constitute)
	st.at(founded-1, 14, 0, func() {
		for _, s := range must(st.Seats(st, domain.Console(), st.day(founded-1))) {
			st.seats[s.Name] = s.ID
		}
		st.accredit(founded - 1)
		must(st.GiveSeat(st, st.administrator, st.seats["chair"], domain.SeatTerm{Organisation: st.organisations[iom], From: st.day(founded - 1),
			Note: "The office of the Coordinator brings the chair"}))
		for _, name := range order(seats) {
			if holder := seats[name].earlier; holder != "" {
				st.compose(name, holder, 3)
			}
		}
	})
}

// name is the fund's own, in its charter's English; that it is the example, its
// code and every page say.
func (st *story) name() string { return st.rules.Fund.Name.Value.In("en") }

func (st *story) setUp() {
	first := people[0]
	made := must(st.Init(st, domain.Setup{
		Code: Code, Name: st.name(), Example: true,
		Administrator: domain.Person{Name: first.name, Email: address(first.name), Language: first.language},
		Password:      st.passwords[first.key].Password,
		Agent:         office, Coordinator: coordinator,
		Bank:    domain.BankDetails{Number: accountNumber, Name: "Example fund, account in United States dollars"},
		Opening: domain.Opening{Bank: ledger.Zero(ledger.USD)},
	}))
	st.people[first.key] = made.Administrator
	st.organisations[agent], st.organisations[iom] = made.Agent, made.Coordinator
	st.administrator = store.As(domain.Actor{Person: made.Administrator, Scope: domain.Any, Hat: domain.Hat{
		Membership:   must(st.Person(st, domain.Console(), made.Administrator)).Memberships[0].ID,
		Organisation: made.Coordinator, Code: iom, Role: domain.Administrator}})
}

// accredit makes known who has come to a role by the day so many days before now,
// or will within seven weeks of it: notes come ahead of terms.
func (st *story) accredit(days int) {
	list := slices.Clone(people[1:])
	for _, s := range states {
		list = append(list, somebody{s.code, s.focalPoint, "en", signsIn[s.code],
			[]hat{{domain.FocalPoint, s.code, "", founded - 20, 0, "Note verbale naming the focal point of " + s.name}}})
	}
	for _, p := range list {
		for i, h := range p.hats {
			if i == len(st.hats[p.key]) && h.since >= days-49 {
				st.give(p, h)
			}
		}
	}
}

func (st *story) give(p somebody, h hat) {
	st.pass(time.Second)
	id, known := st.people[p.key]
	if !known {
		invited := must(st.AddPerson(st, st.administrator, domain.Person{Name: p.name, Email: address(p.name), Language: p.language}))
		id = invited.Person.ID
		st.people[p.key] = id
		if p.line != "" {
			ok(st.AcceptInvitation(st, invited.Token, st.passwords[p.key].Password))
		}
	}
	m := domain.Membership{Person: id, Organisation: st.organisations[h.at], Role: h.role, Capacity: h.capacity, From: st.day(h.since), Note: h.note}
	if h.until > 0 {
		m.Until = st.day(h.until)
	}
	by := st.administrator
	if h.role == domain.FocalPoint {
		by = store.As(domain.Console()) // named before the fund was kept here
	}
	m = must(st.Grant(st, by, m))
	st.hats[p.key] = append(st.hats[p.key], domain.Hat{Membership: m.ID, Organisation: m.Organisation, Code: h.at, Role: h.role, Capacity: h.capacity})
}

// compose gives a seat that nobody has held to its first holder, for a term that began
// so many years before the present ones.
func (st *story) compose(name, holder string, years int) {
	from := st.day(rotation).AddDate(-years, 0, 0)
	must(st.GiveSeat(st, st.administrator, st.seats[name], domain.SeatTerm{Organisation: st.organisations[holder],
		From: from, Until: from.AddDate(1, 0, -1), Note: "The first composition of the body"}))
}

// fill gives the next terms of seats to whom their constituencies chose, as the
// Coordinator confirms.
func (st *story) fill(holders map[string]string) {
	var chosen []uuid.UUID
	for _, name := range order(holders) {
		st.pass(time.Second)
		constituency := strings.TrimRight(name, "-123")
		n := must(st.Nominate(st, st.as("secretariat"), domain.Choosing{Seat: st.seats[name], Organisation: st.organisations[holders[name]]},
			"Letter of the constituency "+constituency))
		must(st.ChooseNomination(st, st.as("secretariat"), n.ID, "Chosen by the constituency "+constituency))
		chosen = append(chosen, n.ID)
	}
	must(st.ConfirmRotation(st, st.as("coordinator"), chosen, nil, ""))
}

// rotate brings the holders of the terms after the first in, and those who represent the
// present ones. One seat has its first holder in the term before them.
func (st *story) rotate() {
	second, third, present := map[string]string{}, map[string]string{}, map[string]string{}
	for name, held := range seats {
		if present[name] = held.now; held.earlier != "" {
			second[name], third[name] = held.earlier, held.before
		}
	}
	st.at(rotation+2*365+6, 9, 0, func() { st.fill(second) })
	st.at(rotation+365+6, 9, 0, func() { st.fill(third) })
	ago := int(st.day(rotation).Sub(st.day(rotation).AddDate(-1, 0, 0)).Hours() / 24) // the first day of those terms: a seat vacant already is filled from the day itself
	st.at(rotation+ago, 10, 0, func() { st.fill(map[string]string{"stakeholders-3": seats["stakeholders-3"].before}) })
	for _, days := range []int{520, 410, 310} {
		st.at(days, 9, 0, func() { st.accredit(days) })
	}
	st.at(rotation+6, 9, 0, func() {
		st.accredit(0)
		st.body = sitting
		st.fill(present)
	})
}

// as is what somebody asks under their first hat.
func (st *story) as(key string) store.Ask { return st.wearing(key, 0) }

// wearing is what somebody asks under one of their hats. How far it reaches is as
// policy has it for the acts of the story.
func (st *story) wearing(key string, n int) store.Ask {
	a := domain.Actor{Person: st.people[key], Hat: st.hats[key][n], Scope: domain.Any}
	switch a.Hat.Role {
	case domain.Applicant, domain.FocalPoint, domain.PUNO, domain.Contributor:
		a.Scope = domain.Own
	}
	return store.As(a)
}

// applicant is the one of an organisation.
func (st *story) applicant(code string) store.Ask { return st.as(applying(code).key) }

// applying is who applies for an organisation.
func applying(code string) somebody {
	for _, p := range people {
		if len(p.hats) > 0 && p.hats[0].role == domain.Applicant && p.hats[0].at == code {
			return p
		}
	}
	panic("example: nobody applies for " + code)
}

// order is the keys of a map in a lasting order.
func order[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
