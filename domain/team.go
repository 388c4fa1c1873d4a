package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

// Refusals about who works on a proposal.
var (
	ErrNotInTeam  = problem.New(problem.Denied, "not-in-the-team")
	ErrTeamRole   = problem.New(problem.Denied, "not-your-part") // another role of the team does this
	ErrMoneyOnly  = problem.New(problem.Denied, "finance-changes-money-only")
	ErrInTeam     = problem.New(problem.Conflict, "in-the-team-already")
	ErrWasRemoved = problem.New(problem.Denied, "removed-from-the-team") // an invitation brings back, joining does not
	ErrLeadStays  = problem.New(problem.Conflict, "lead-hands-over-first")
	ErrNotPartner = problem.New(problem.Invalid, "organisation-takes-no-part")
	ErrNotTheirs  = problem.New(problem.Conflict, "no-applicant-of-that-organisation")
	ErrOffice     = problem.New(problem.Conflict, "holds-an-office") // of those who judge what is proposed
	ErrLeadSide   = problem.New(problem.Conflict, "lead-is-of-the-submitter")
)

// TeamRole is what somebody does on one proposal.
type TeamRole string

const (
	Lead    TeamRole = "lead"    // writes, hands in, takes back, and says who else works on it
	Editor  TeamRole = "editor"  // writes
	Finance TeamRole = "finance" // writes what is asked and budgeted, and nothing else
	Reader  TeamRole = "reader"
)

var invited = []TeamRole{Editor, Finance, Reader}

// Teammate is somebody who works on a proposal for an organisation.
type Teammate struct {
	Person       uuid.UUID
	Organisation uuid.UUID
	Role         TeamRole
}

// TeamAct is how somebody came to a role, or left.
type TeamAct string

const (
	TeamBegan     TeamAct = "began"
	TeamJoined    TeamAct = "joined"
	TeamInvited   TeamAct = "invited"
	TeamChanged   TeamAct = "changed"
	TeamHanded    TeamAct = "handed-over"
	TeamTakenOver TeamAct = "taken-over"
	TeamLeft      TeamAct = "left"
	TeamRemoved   TeamAct = "removed"
)

// TeamEntry is one such fact. The newest of a person says what they do; none is
// ever changed.
type TeamEntry struct {
	Teammate         // the role is "" of who left
	How      TeamAct // and by whom
	By       uuid.UUID
	Reason   string
	At       time.Time
}

// Team is who works on a proposal now.
type Team []Teammate

// Of is what the person under the hat does on the proposal; "" for nothing.
func (t Team) Of(by Actor) TeamRole {
	if by.Hat.Role != Applicant || by.Person == uuid.Nil {
		return ""
	}
	for _, m := range t {
		if m.Person == by.Person && m.Organisation == by.Hat.Organisation {
			return m.Role
		}
	}
	return ""
}

func (t Team) has(person uuid.UUID) (Teammate, bool) {
	i := slices.IndexFunc(t, func(m Teammate) bool { return m.Person == person })
	if i < 0 {
		return Teammate{}, false
	}
	return t[i], true
}

func (t Team) lead() (Teammate, bool) {
	i := slices.IndexFunc(t, func(m Teammate) bool { return m.Role == Lead })
	if i < 0 {
		return Teammate{}, false
	}
	return t[i], true
}

// colleague tells whether the hat is the submitting organisation's.
func (p Proposal) colleague(by Hat) bool {
	return by.Role == Applicant && by.Organisation != uuid.Nil && by.Organisation == p.Organisation
}

// worked refuses an applicant whose part in the team is none of these. A proposal
// that never had a team is every colleague's. Of other roles it says nothing:
// their acts have rules of their own.
func (p Proposal) worked(by Actor, roles ...TeamRole) error {
	if by.Hat.Role != Applicant || len(p.Team) == 0 && p.colleague(by.Hat) {
		return nil
	}
	switch mine := p.Team.Of(by); {
	case mine == "":
		return ErrNotInTeam.With("ref", p.Ref)
	case !slices.Contains(roles, mine):
		return ErrTeamRole.With("role", string(mine), "wanted", string(roles[0]))
	}
	return nil
}

// Led refuses an applicant who does not lead: handing in and taking back is the
// lead's.
func (p Proposal) Led(by Actor) error { return p.worked(by, Lead) }

// Written refuses an applicant who does not write.
func (p Proposal) Written(by Actor) error { return p.worked(by, Lead, Editor) }

// Budgeted refuses an applicant who has no part in what is asked and budgeted.
func (p Proposal) Budgeted(by Actor) error { return p.worked(by, Lead, Editor, Finance) }

// SavedBy refuses content from an applicant who does not write it. Finance brings
// other amounts, and every word as it stands.
func (p Proposal) SavedBy(by Actor, c Content, kinds map[uuid.UUID]string) error {
	if err := p.Budgeted(by); err != nil || p.Team.Of(by) != Finance {
		return err
	}
	tidied, err := c.tidy(kinds)
	if err != nil {
		return err
	}
	was, now := p, p
	now.Content = tidied
	was.Shares, was.Budget, now.Shares, now.Budget = nil, nil, nil, nil
	_, before := was.canonical()
	if _, after := now.canonical(); string(before) != string(after) {
		return ErrMoneyOnly.With("ref", p.Ref)
	}
	return nil
}

// JoinTeam lets a colleague of the submitting organisation write from now on.
// Whoever was removed comes back by invitation.
func (p Proposal) JoinTeam(by Actor, past []TeamEntry, at time.Time) (TeamEntry, error) {
	if !p.colleague(by.Hat) {
		return TeamEntry{}, ErrNotInTeam.With("ref", p.Ref)
	}
	if _, there := p.Team.has(by.Person); there {
		return TeamEntry{}, ErrInTeam
	}
	for _, e := range slices.Backward(past) {
		if e.Person == by.Person {
			if e.How == TeamRemoved {
				return TeamEntry{}, ErrWasRemoved
			}
			break
		}
	}
	role := Editor
	if len(p.Team) == 0 {
		role = Lead
	}
	return TeamEntry{Teammate{by.Person, by.Hat.Organisation, role}, TeamJoined, by.Person, "", at}, nil
}

// Invite says, before the person is looked for, whether by may bring somebody of an
// organisation into a role: the lead may, of the submitter and of those with a share.
func (p Proposal) Invite(by Actor, organisation uuid.UUID, role TeamRole) error {
	if err := p.Led(by); err != nil {
		return err
	}
	var wrong []problem.Problem
	if organisation != p.Organisation && !p.takesPart(organisation) {
		wrong = append(wrong, ErrNotPartner.At("/organisation"))
	}
	if !slices.Contains(invited, role) {
		wrong = append(wrong, ErrUnknownWord.With("given", clip(string(role))).At("/role"))
	}
	return problem.Join(wrong)
}

// takesPart tells whether an organisation has a share.
func (p Proposal) takesPart(organisation uuid.UUID) bool {
	return organisation != uuid.Nil && slices.ContainsFunc(p.Shares, func(s Asked) bool { return s.Organisation == organisation })
}

// Vouches tells whether by can bring in somebody who is no applicant of the
// organisation yet: one's own organisation alone.
func (p Proposal) Vouches(by Actor, organisation uuid.UUID) error {
	if by.Hat.Organisation != organisation {
		return ErrNotTheirs.At("/email")
	}
	return nil
}

// offices are the roles of those who run the fund, decide in it or look into it.
var offices = []Role{Member, Coordinator, Secretariat, AgentPreparer, AgentReleaser, Auditor, Administrator}

// Bring makes the person one of the team, whose roles are held: now or from a later day. Who
// holds an office of the fund is brought in by nobody, or a lead could take whoever is to
// judge out of judging. Colleagues may still join by their own act.
func (p Proposal) Bring(by Actor, person, organisation uuid.UUID, held []Role, role TeamRole, at time.Time) (TeamEntry, error) {
	if err := p.Invite(by, organisation, role); err != nil {
		return TeamEntry{}, err
	}
	if slices.ContainsFunc(held, func(r Role) bool { return slices.Contains(offices, r) }) {
		return TeamEntry{}, ErrOffice.At("/email")
	}
	if _, there := p.Team.has(person); there || person == by.Person {
		return TeamEntry{}, ErrInTeam.At("/email")
	}
	return TeamEntry{Teammate{person, organisation, role}, TeamInvited, by.Person, "", at}, nil
}

// Recast gives one of the team another role.
func (p Proposal) Recast(by Actor, person uuid.UUID, role TeamRole, at time.Time) (TeamEntry, error) {
	if err := p.Led(by); err != nil {
		return TeamEntry{}, err
	}
	m, there := p.Team.has(person)
	switch {
	case !there:
		return TeamEntry{}, ErrMissing
	case m.Role == Lead:
		return TeamEntry{}, ErrLeadStays
	case !slices.Contains(invited, role):
		return TeamEntry{}, ErrUnknownWord.With("given", clip(string(role))).At("/role")
	}
	m.Role = role
	return TeamEntry{m, TeamChanged, by.Person, "", at}, nil
}

// Dismiss takes one of the team out of it.
func (p Proposal) Dismiss(by Actor, person uuid.UUID, at time.Time) (TeamEntry, error) {
	if err := p.Led(by); err != nil {
		return TeamEntry{}, err
	}
	m, there := p.Team.has(person)
	switch {
	case !there:
		return TeamEntry{}, ErrMissing
	case m.Role == Lead:
		return TeamEntry{}, ErrLeadStays
	}
	m.Role = ""
	return TeamEntry{m, TeamRemoved, by.Person, "", at}, nil
}

// LeaveTeam is one's own act. The lead hands over first: no proposal is without
// one by somebody's walking away.
func (p Proposal) LeaveTeam(by Actor, at time.Time) (TeamEntry, error) {
	switch p.Team.Of(by) {
	case "":
		return TeamEntry{}, ErrNotInTeam.With("ref", p.Ref)
	case Lead:
		return TeamEntry{}, ErrLeadStays
	}
	return TeamEntry{Teammate{by.Person, by.Hat.Organisation, ""}, TeamLeft, by.Person, "", at}, nil
}

// HandOver makes another of the team the lead, who is the submitter's; whoever led
// goes on writing.
func (p Proposal) HandOver(by Actor, person uuid.UUID, at time.Time) ([]TeamEntry, error) {
	if p.Team.Of(by) != Lead {
		return nil, p.Led(by)
	}
	m, there := p.Team.has(person)
	switch {
	case !there:
		return nil, ErrMissing
	case person == by.Person:
		return nil, ErrInTeam.At("/person")
	case m.Organisation != p.Organisation:
		return nil, ErrLeadSide.At("/person")
	}
	return []TeamEntry{
		{Teammate{by.Person, by.Hat.Organisation, Editor}, TeamHanded, by.Person, "", at},
		{Teammate{person, p.Organisation, Lead}, TeamHanded, by.Person, "", at}}, nil
}

// TakeOver makes a colleague of the submitting organisation the lead, with a
// reason: nobody's leaving strands a file. Whoever led is told, and goes on writing.
func (p Proposal) TakeOver(by Actor, reason string, at time.Time) ([]TeamEntry, error) {
	if !p.colleague(by.Hat) {
		return nil, ErrNotInTeam.With("ref", p.Ref)
	}
	if p.Team.Of(by) == Lead {
		return nil, ErrInTeam
	}
	if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
		return nil, err
	}
	reason = strings.TrimSpace(reason)
	var made []TeamEntry
	if before, there := p.Team.lead(); there {
		before.Role = Editor
		made = append(made, TeamEntry{before, TeamTakenOver, by.Person, reason, at})
	}
	return append(made, TeamEntry{Teammate{by.Person, by.Hat.Organisation, Lead}, TeamTakenOver, by.Person, reason, at}), nil
}

// Began is the first entry of a new proposal: who began it leads it.
func (p Proposal) Began(by Actor, at time.Time) TeamEntry {
	return TeamEntry{Teammate{by.Person, p.Organisation, Lead}, TeamBegan, by.Person, "", at}
}

// MayTeam lists what by can do about the team now.
func (p Proposal) MayTeam(by Actor, past []TeamEntry) []string {
	var may []string
	can := func(act string, err error) {
		if err == nil {
			may = append(may, act)
		}
	}
	if by.Hat.Role != Applicant {
		return nil
	}
	_, err := p.JoinTeam(by, past, time.Time{})
	can("team.join", err)
	can("team.invite", p.Invite(by, p.Organisation, Reader))
	_, err = p.TakeOver(by, "-", time.Time{})
	can("team.take-over", err)
	_, err = p.LeaveTeam(by, time.Time{})
	can("team.leave", err)
	return may
}

// MayTeammate lists what by can do about one of the team now.
func (p Proposal) MayTeammate(by Actor, person uuid.UUID) []string {
	var may []string
	can := func(act string, err error) {
		if err == nil {
			may = append(may, act)
		}
	}
	_, err := p.HandOver(by, person, time.Time{})
	can("team.hand-over", err)
	_, err = p.Recast(by, person, Reader, time.Time{})
	can("team.recast", err)
	_, err = p.Dismiss(by, person, time.Time{})
	can("team.dismiss", err)
	return may
}
