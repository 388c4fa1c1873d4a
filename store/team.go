package store

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// TeamFile is who works on a proposal, and how it came about.
type TeamFile struct {
	Members []TeamMember // the lead first
	Entries []TeamRecord // the latest first
	May     []string
}

// TeamMember is one of the team by the words people know them by.
type TeamMember struct {
	domain.Teammate
	Name, Email, Code string
	Since             time.Time
	Active            bool // wears that hat today: who does not is still named, and can do nothing
	May               []string
}

// TeamRecord is an entry with the names in it.
type TeamRecord struct {
	domain.TeamEntry
	Name, ByName string
}

// withTeams fills in who works on each proposal, and whose hands it has been through.
func (t *tx) withTeams(list []domain.Proposal) error {
	if len(list) == 0 {
		return nil
	}
	at := make(map[uuid.UUID]int, len(list))
	ids := make([]uuid.UUID, len(list))
	for i, p := range list {
		at[p.ID], ids[i] = i, p.ID
	}
	rows, err := t.Raw(`SELECT h.proposal, h.person, h.wrote, x.organisation, coalesce(x.role, '') FROM proposal_hands h
		LEFT JOIN proposal_team x USING (proposal, person) WHERE h.proposal IN ? ORDER BY h.proposal, x.at, h.person`, ids).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var proposal uuid.UUID
		var h domain.Hand
		var organisation uuid.NullUUID
		var role domain.TeamRole
		if err := rows.Scan(&proposal, &h.Person, &h.Wrote, &organisation, &role); err != nil {
			return err
		}
		p := &list[at[proposal]]
		if p.Hands = append(p.Hands, h); role != "" { // who has left has none
			p.Team = append(p.Team, domain.Teammate{Person: h.Person, Organisation: organisation.UUID, Role: role})
		}
	}
	return rows.Err()
}

// handsOf are those through whose hands a proposal had been at an instant; until now, where it is nil.
func (t *tx) handsOf(proposal uuid.UUID, until *time.Time) (list domain.Hands, err error) {
	err = t.Raw(`SELECT person, wrote FROM proposal_hands WHERE proposal = ? AND (?::timestamptz IS NULL OR at <= ?) ORDER BY person`, proposal, until, until).Scan(&list).Error
	return list, err
}

// Team shows who works on a proposal.
func (s *Store) Team(ctx context.Context, by domain.Actor, id uuid.UUID) (TeamFile, error) {
	return read(ctx, s, by, func(t *tx) (TeamFile, error) {
		p, err := t.proposal(id, "")
		if err != nil {
			return TeamFile{}, err
		}
		return t.team(p)
	})
}

func (t *tx) team(p domain.Proposal) (f TeamFile, err error) {
	rows, err := t.Raw(`SELECT x.person, x.organisation, x.role, x.at, p.name, p.email, o.code, p.disabled_at IS NULL AND EXISTS (SELECT FROM memberships m
			WHERE m.person = x.person AND m.organisation = x.organisation AND m.role = 'applicant' AND m.term @> ?::date)
		FROM proposal_team x JOIN persons p ON p.id = x.person JOIN organisations o ON o.id = x.organisation
		WHERE x.proposal = ? ORDER BY x.role <> 'lead', x.at, p.name`, t.today(), p.ID).Rows()
	if err != nil {
		return f, err
	}
	defer rows.Close()
	for rows.Next() {
		var m TeamMember
		if err := rows.Scan(&m.Person, &m.Organisation, &m.Role, &m.Since, &m.Name, &m.Email, &m.Code, &m.Active); err != nil {
			return f, err
		}
		m.May = p.MayTeammate(t.by, m.Person)
		f.Members = append(f.Members, m)
	}
	if err := rows.Err(); err != nil {
		return f, err
	}
	rows.Close()
	if f.Entries, err = t.teamEntries(p.ID); err != nil {
		return f, err
	}
	f.May = p.MayTeam(t.by, entriesOf(f.Entries))
	return f, nil
}

// teamEntries are the latest first.
func (t *tx) teamEntries(proposal uuid.UUID) (list []TeamRecord, err error) {
	rows, err := t.Raw(`SELECT e.person, e.organisation, e.role, e.how, e.by_person, e.reason, e.at, p.name, b.name
		FROM team_entries e JOIN persons p ON p.id = e.person JOIN persons b ON b.id = e.by_person WHERE e.proposal = ? ORDER BY e.seq DESC`, proposal).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e TeamRecord
		if err := rows.Scan(&e.Person, &e.Organisation, &e.Role, &e.How, &e.By, &e.Reason, &e.At, &e.Name, &e.ByName); err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

// entriesOf are those of the record, the oldest first.
func entriesOf(list []TeamRecord) []domain.TeamEntry {
	all := make([]domain.TeamEntry, len(list))
	for i, e := range list {
		all[len(list)-1-i] = e.TeamEntry
	}
	return all
}

func (t *tx) addToTeam(proposal uuid.UUID, made ...domain.TeamEntry) error {
	for _, e := range made {
		t.changed(string(e.How), map[string]string{"person": e.Person.String(), "role": string(e.Role)})
		if err := t.Exec(`INSERT INTO team_entries (proposal, person, organisation, role, how, by_person, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			proposal, e.Person, e.Organisation, string(e.Role), string(e.How), e.By, e.Reason, e.At).Error; err != nil {
			return err
		}
	}
	return nil
}

// onTeam does an act about a proposal's team: the entries it makes are added, and
// the team is shown as it then is.
func (s *Store) onTeam(ctx context.Context, by Ask, name string, id uuid.UUID, do func(*tx, domain.Proposal) ([]domain.TeamEntry, error)) (TeamFile, error) {
	return act(ctx, s, by, name, func(t *tx) (TeamFile, error) {
		p, err := t.proposalLocked(id, 0)
		if err != nil {
			return TeamFile{}, err
		}
		made, err := do(t, p)
		if err != nil {
			return TeamFile{}, err
		}
		if err := t.addToTeam(id, made...); err != nil {
			return TeamFile{}, err
		}
		if p, err = t.proposal(id, ""); errors.Is(err, domain.ErrMissing) { // who left sees no more of it
			return TeamFile{}, nil
		}
		if err != nil {
			return TeamFile{}, err
		}
		return t.team(p)
	})
}

func one(e domain.TeamEntry, err error) ([]domain.TeamEntry, error) {
	return []domain.TeamEntry{e}, err
}

// JoinTeam makes by one of the team.
func (s *Store) JoinTeam(ctx context.Context, by Ask, id uuid.UUID) (TeamFile, error) {
	return s.onTeam(ctx, by, "team.join", id, func(t *tx, p domain.Proposal) ([]domain.TeamEntry, error) {
		past, err := t.teamEntries(id)
		if err != nil {
			return nil, err
		}
		return one(p.JoinTeam(t.by, entriesOf(past), t.now))
	})
}

// LeaveTeam takes by out of the team.
func (s *Store) LeaveTeam(ctx context.Context, by Ask, id uuid.UUID) (TeamFile, error) {
	return s.onTeam(ctx, by, "team.leave", id, func(t *tx, p domain.Proposal) ([]domain.TeamEntry, error) {
		return one(p.LeaveTeam(t.by, t.now))
	})
}

// RecastTeammate gives one of the team another role.
func (s *Store) RecastTeammate(ctx context.Context, by Ask, id, person uuid.UUID, role domain.TeamRole) (TeamFile, error) {
	return s.onTeam(ctx, by, "team.recast", id, func(t *tx, p domain.Proposal) ([]domain.TeamEntry, error) {
		return one(p.Recast(t.by, person, role, t.now))
	})
}

// DismissTeammate takes one out of the team.
func (s *Store) DismissTeammate(ctx context.Context, by Ask, id, person uuid.UUID) (TeamFile, error) {
	return s.onTeam(ctx, by, "team.dismiss", id, func(t *tx, p domain.Proposal) ([]domain.TeamEntry, error) {
		return one(p.Dismiss(t.by, person, t.now))
	})
}

// HandOverTeam makes another of the team the lead.
func (s *Store) HandOverTeam(ctx context.Context, by Ask, id, person uuid.UUID) (TeamFile, error) {
	return s.onTeam(ctx, by, "team.hand-over", id, func(t *tx, p domain.Proposal) ([]domain.TeamEntry, error) {
		t.concerned = person
		return p.HandOver(t.by, person, t.now)
	})
}

// TakeOverTeam makes by the lead, and tells whoever was.
func (s *Store) TakeOverTeam(ctx context.Context, by Ask, id uuid.UUID, reason string) (TeamFile, error) {
	return s.onTeam(ctx, by, "team.take-over", id, func(t *tx, p domain.Proposal) ([]domain.TeamEntry, error) {
		made, err := p.TakeOver(t.by, reason, t.now)
		if len(made) == 2 {
			t.concerned = made[0].Person
		}
		return made, err
	})
}

// InvitedToTeam is a team with somebody new in it. There is a token where they were
// not known to the fund before.
type InvitedToTeam struct {
	TeamFile
	Invited *Invited
}

// InviteToTeam brings somebody into the team by their address. Whoever is not known
// to the fund yet, or is no applicant of one's own organisation, becomes one on the
// lead's word; for another organisation its own people, or an administrator, say so.
func (s *Store) InviteToTeam(ctx context.Context, by Ask, id uuid.UUID, who domain.Person, organisation uuid.UUID, role domain.TeamRole) (InvitedToTeam, error) {
	var token Token
	out, err := act(ctx, s, by, "team.invite", func(t *tx) (out InvitedToTeam, err error) {
		p, err := t.proposalLocked(id, 0)
		if err != nil {
			return out, err
		}
		if err := p.Invite(t.by, organisation, role); err != nil {
			return out, err
		}
		person, fresh, err := t.applicant(p, who, organisation)
		if err != nil {
			return out, err
		}
		var held []domain.Role
		if err := t.Raw(`SELECT role FROM memberships WHERE person = ? AND NOT term << daterange(?::date, NULL)`, person.ID, t.today()).Scan(&held).Error; err != nil {
			return out, err
		}
		e, err := p.Bring(t.by, person.ID, organisation, held, role, t.now)
		if err != nil {
			return out, err
		}
		t.on("proposal", id)
		t.concerned = person.ID
		if err := t.addToTeam(id, e); err != nil {
			return out, err
		}
		if fresh {
			out.Invited = &Invited{}
			if token, out.Invited.Expires, err = t.invite(person.ID); err != nil {
				return out, err
			}
			out.Invited.Person = person
		}
		if !person.HasPassword {
			if err := t.mail(Mail{About: AboutInvitation, Person: person.ID}, 0); err != nil {
				return out, err
			}
		}
		if p, err = t.proposal(id, ""); err != nil {
			return out, err
		}
		out.TeamFile, err = t.team(p)
		return out, err
	})
	if out.Invited != nil {
		out.Invited.Token = token
	}
	return out, err
}

// applicant finds the person of an address, who applies for the organisation; or
// makes one known to the fund, where by may vouch for them.
func (t *tx) applicant(p domain.Proposal, who domain.Person, organisation uuid.UUID) (person domain.Person, fresh bool, err error) {
	if person, fresh, err = t.known(who); err != nil {
		return person, false, err
	}
	var held bool
	if err := t.Raw(`SELECT EXISTS (SELECT FROM memberships WHERE person = ? AND organisation = ? AND role = 'applicant' AND term @> ?::date)`,
		person.ID, organisation, t.today()).Row().Scan(&held); err != nil || held {
		return person, fresh, err
	}
	if err := p.Vouches(t.by, organisation); err != nil {
		return person, false, err
	}
	_, err = t.grant(person, domain.Membership{Organisation: organisation, Role: domain.Applicant, From: t.today(), Note: p.Ref})
	return person, fresh, err
}

var _ = ask(
	Question{"teams-have-one-lead", "a proposal has no lead or two, though somebody works on it", `
		SELECT p.ref FROM proposals p JOIN proposal_team x ON x.proposal = p.id GROUP BY p.id HAVING count(*) FILTER (WHERE x.role = 'lead') <> 1`},
	Question{"leads-are-the-submitters", "a proposal's lead is not of the organisation that submits it", `
		SELECT p.ref FROM proposals p JOIN proposal_team x ON x.proposal = p.id AND x.role = 'lead' WHERE x.organisation <> p.organisation`},
)
