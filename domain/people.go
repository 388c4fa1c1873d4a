package domain

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

// Refusals about people, organisations and the roles between them.
var (
	ErrEmail     = problem.New(problem.Invalid, "bad-email")
	ErrCode      = problem.New(problem.Invalid, "bad-code")
	ErrState     = problem.New(problem.Invalid, "state-and-code-differ") // a state has an ISO 3166 code, and nobody else has
	ErrCapacity  = problem.New(problem.Invalid, "capacity-is-a-members")
	ErrTermOrder = problem.New(problem.Invalid, "term-ends-before-it-begins")
	ErrTermEnds  = problem.New(problem.Conflict, "term-only-shortened")
	ErrSameHat   = problem.New(problem.Conflict, "role-held-already")
	// ErrTwoOnBody refuses a person a second organisation on the body.
	ErrTwoOnBody   = problem.New(problem.Conflict, "two-organisations-on-the-body")
	ErrOneself     = problem.New(problem.Denied, "not-for-oneself")
	ErrDisabled    = problem.New(problem.Conflict, "person-disabled")
	ErrNotDisabled = problem.New(problem.Conflict, "person-not-disabled")
)

// Languages are those of the United Nations, in which people read the fund.
var Languages = []string{"en", "fr", "es", "ar", "ru", "zh"}

// OrganisationKind is what an organisation is to the fund.
type OrganisationKind string

const (
	State       OrganisationKind = "state"
	UN          OrganisationKind = "un"
	PooledFund  OrganisationKind = "pooled-fund"
	Foundation  OrganisationKind = "foundation"
	PrivateBody OrganisationKind = "private"
	Stakeholder OrganisationKind = "stakeholder"
	AgentOffice OrganisationKind = "agent"
	OtherBody   OrganisationKind = "other"
)

var organisationKinds = []OrganisationKind{State, UN, PooledFund, Foundation, PrivateBody, Stakeholder, AgentOffice, OtherBody}

// Console is the actor of the program's own machine: the command line, and
// whoever sets the fund up with the token that was printed there.
func Console() Actor { return Actor{Hat: Hat{Role: Operator}, Scope: Any} }

// Person is somebody known to the fund. Persons are disabled, never deleted:
// what they did stays theirs.
type Person struct {
	ID           uuid.UUID
	Email        string // lower case
	Name         string // as the person writes it, up to 200 characters
	Language     string // one of Languages
	HasPassword  bool   // false until the first invitation is taken up
	Disabled     bool
	MailFailedAt *time.Time // the last letter to them did not arrive
	MailFailure  string     // what the mail server said
	Version      int
	Memberships  []Membership // newest first
}

// Check tidies what was typed in and refuses what cannot stand.
func (p Person) Check() (Person, error) {
	p.Name = strings.Join(strings.Fields(p.Name), " ")
	var wrong []problem.Problem
	email, ok := Email(p.Email)
	if p.Email = email; !ok {
		wrong = append(wrong, ErrEmail.At("email"))
	}
	wrong = append(wrong, text(p.Name, "name", 200)...)
	if p.Language == "" {
		p.Language = "en"
	}
	if !slices.Contains(Languages, p.Language) {
		wrong = append(wrong, ErrUnknownWord.With("given", clipped(p.Language)).At("language"))
	}
	return p, problem.Join(wrong)
}

// Disabling refuses to shut oneself out, or somebody who is out already.
func (p Person) Disabling(by Actor) error {
	switch {
	case by.Person == p.ID:
		return ErrOneself
	case p.Disabled:
		return ErrDisabled
	}
	return nil
}

// Enabling refuses where there is nothing to undo.
func (p Person) Enabling(by Actor) error {
	switch {
	case by.Person == p.ID:
		return ErrOneself
	case !p.Disabled:
		return ErrNotDisabled
	}
	return nil
}

// Inviting refuses to open a door for somebody who is shut out.
func (p Person) Inviting() error {
	if p.Disabled {
		return ErrDisabled
	}
	return nil
}

// May lists what can be done to the person now.
func (p Person) May(by Actor) []string {
	may := []string{"person.change"}
	if p.Disabling(by) == nil {
		may = append(may, "person.disable")
	}
	if p.Enabling(by) == nil {
		may = append(may, "person.enable")
	}
	if p.Inviting() == nil {
		may = append(may, "person.invite")
	}
	if by.Person != p.ID && !p.Disabled {
		may = append(may, "membership.grant")
	}
	return may
}

// Email is an address as it is kept, and whether it is one: lower case, up to
// 254 characters, without a display name.
func Email(given string) (string, bool) {
	kept := strings.ToLower(strings.TrimSpace(given))
	read, err := mail.ParseAddress(kept)
	return kept, err == nil && read.Address == kept && len(kept) <= 254 && !strings.ContainsAny(kept, " \"<>()[]\\,;:")
}

// Organisation is a state, an agency, a contributor, the agent: whoever people
// act for.
type Organisation struct {
	ID        uuid.UUID
	Code      string // "IOM", "QMR": part of its accounts, so it never changes
	Name      string
	ShortName string
	Kind      OrganisationKind
	ISO3166   string // of a state: two letters
	M49       string
	IATIRef   string // "XM-DAC-47066"
	Version   int

	Aliases    []Alias   // its other names, by kind and text
	MergedInto uuid.UUID // the one that it is another name of; Nil while it stands by itself
}

var (
	countryForm = regexp.MustCompile(`^[A-Z]{2}$`)
	m49Form     = regexp.MustCompile(`^([0-9]{3})?$`)
)

// Check tidies what was typed in and refuses what cannot stand.
func (o Organisation) Check() (Organisation, error) {
	o.Name, o.ShortName = strings.Join(strings.Fields(o.Name), " "), strings.Join(strings.Fields(o.ShortName), " ")
	var wrong []problem.Problem
	if !codeForm.MatchString(o.Code) || len(o.Code) > maxCode {
		wrong = append(wrong, ErrCode.With("given", clipped(o.Code)).At("code"))
	}
	wrong = append(wrong, text(o.Name, "name", 300)...)
	if len(o.ShortName) > 100 {
		wrong = append(wrong, ErrTooLong.With("limit", 100).At("short_name"))
	}
	if !slices.Contains(organisationKinds, o.Kind) {
		wrong = append(wrong, ErrUnknownWord.With("given", clipped(string(o.Kind))).At("kind"))
	}
	if (o.Kind == State) != (o.ISO3166 != "") || o.ISO3166 != "" && !countryForm.MatchString(o.ISO3166) {
		wrong = append(wrong, ErrState.At("iso3166"))
	}
	if !m49Form.MatchString(o.M49) {
		wrong = append(wrong, ErrUnknownWord.With("given", clipped(o.M49)).At("m49"))
	}
	if len(o.IATIRef) > 100 {
		wrong = append(wrong, ErrTooLong.With("limit", 100).At("iati_ref"))
	}
	return o, problem.Join(wrong)
}

// May lists what can be done to the organisation now.
func (o Organisation) May() []string {
	if o.MergedInto != uuid.Nil {
		return []string{"organisation.change", "organisation.unmerge"}
	}
	may := []string{"organisation.change", "organisation.alias", "organisation.footnote", "organisation.tell-apart"}
	if o.Kind == State {
		return append(may, "organisation.group")
	}
	return append(may, "organisation.merge")
}

// Membership is a role that a person has for an organisation, for a time, on
// the ground of a note.
type Membership struct {
	ID               uuid.UUID
	Person           uuid.UUID
	Organisation     uuid.UUID
	OrganisationCode string
	Role             Role
	Capacity         Capacity
	From             time.Time // the first day
	Until            time.Time // the last day; zero where no end is set
	Note             string    // "Note verbale 12/2026 of 2 March"
}

var granted = []Role{Applicant, FocalPoint, Member, Coordinator, Secretariat, AgentPreparer, AgentReleaser, PUNO, Contributor, Auditor, Administrator, Expert}

// Grant is what by gives to the person, who holds others. Nobody gives themself a role: it
// takes two to make one. On the body a person is of one organisation at a time: what an
// interest hides from one hat would be read under the other.
func (p Person) Grant(by Actor, m Membership, held []Membership) error {
	var wrong []problem.Problem
	switch {
	case !slices.Contains(granted, m.Role):
		wrong = append(wrong, ErrUnknownWord.With("given", clipped(string(m.Role))).At("role"))
	case m.Role == Member && m.Capacity != Representative && m.Capacity != Alternate && m.Capacity != Adviser,
		m.Role != Member && m.Capacity != "":
		wrong = append(wrong, ErrCapacity.With("role", string(m.Role)).At("capacity"))
	}
	if m.From.IsZero() {
		wrong = append(wrong, ErrRequired.At("from"))
	} else if !m.Until.IsZero() && m.Until.Before(m.From) {
		wrong = append(wrong, ErrTermOrder.With("from", m.From, "until", m.Until).At("until"))
	}
	if len(m.Note) > 1000 {
		wrong = append(wrong, ErrTooLong.With("limit", 1000).At("note"))
	}
	switch {
	case len(wrong) > 0:
		return problem.Join(wrong)
	case by.Person == p.ID:
		return ErrOneself
	case p.Disabled:
		return ErrDisabled
	}
	for _, h := range held {
		if m.onBody() && h.onBody() && h.Organisation != m.Organisation && m.meets(h) {
			return ErrTwoOnBody.With("organisation", h.OrganisationCode).At("organisation")
		}
	}
	return nil
}

func (m Membership) onBody() bool { return m.Role == Member || m.Role == Coordinator }

// meets tells whether two roles are held on a day both.
func (m Membership) meets(o Membership) bool {
	return (m.Until.IsZero() || !o.From.After(m.Until)) && (o.Until.IsZero() || !m.From.After(o.Until))
}

// End sets the last day of a role. A term is only ever shortened: a new one
// needs its own ground.
func (m Membership) End(by Actor, on time.Time) error {
	switch {
	case on.IsZero():
		return ErrRequired.At("on")
	case on.Before(m.From):
		return ErrTermOrder.With("from", m.From, "until", on).At("on")
	case !m.Until.IsZero() && on.After(m.Until):
		return ErrTermEnds.With("until", m.Until).At("on")
	case by.Person == m.Person:
		return ErrOneself
	}
	return nil
}

// HeldOn tells whether the role is held on a day.
func (m Membership) HeldOn(day time.Time) bool {
	return !day.Before(m.From) && (m.Until.IsZero() || !day.After(m.Until))
}

// May lists what can be done to the membership on a day.
func (m Membership) May(by Actor, today time.Time) []string {
	if by.Person == m.Person || !m.Until.IsZero() && m.Until.Before(today) {
		return nil
	}
	return []string{"membership.end"}
}

// text is what every short text must be: there, and not too long.
func text(s, field string, most int) []problem.Problem {
	switch n := len([]rune(s)); {
	case n == 0:
		return []problem.Problem{ErrRequired.At(field)}
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Cf, unicode.Cc) && r != 0x200c && r != 0x200d }):
		return []problem.Problem{ErrUnseen.At(field)} // a name that looks like another; but for the joiners that Persian and Indic scripts need
	case n > most:
		return []problem.Problem{ErrTooLong.With("limit", most).At(field)}
	}
	return nil
}

// clipped keeps an echo of what was sent fit to show.
func clipped(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
