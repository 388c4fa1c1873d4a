package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

type personView struct {
	ID          uuid.UUID        `json:"id"`
	Email       string           `json:"email"`
	Name        string           `json:"name"`
	Language    string           `json:"language"`
	HasPassword bool             `json:"has_password"`
	Disabled    bool             `json:"disabled"`
	Failure     *mailFailureView `json:"mail_failure"`
	Version     int              `json:"version"`
	Memberships []membershipView `json:"memberships"`
	May         []string         `json:"may"`
}

type membershipView struct {
	ID           uuid.UUID       `json:"id"`
	Person       uuid.UUID       `json:"person"`
	Organisation uuid.UUID       `json:"organisation"`
	Code         string          `json:"code"`
	Role         domain.Role     `json:"role"`
	Capacity     domain.Capacity `json:"capacity,omitempty"`
	From         string          `json:"from"`
	Until        *string         `json:"until"`
	Note         string          `json:"note"`
	May          []string        `json:"may"`
}

func (s *Server) personOf(a *asked, p domain.Person) personView {
	v := personView{p.ID, p.Email, p.Name, p.Language, p.HasPassword, p.Disabled, failureOf(p.MailFailedAt, p.MailFailure), p.Version, []membershipView{}, s.may(a.by, p.May(a.by))}
	for _, m := range p.Memberships {
		v.Memberships = append(v.Memberships, s.membershipOf(a, m))
	}
	return v
}

func (s *Server) membershipOf(a *asked, m domain.Membership) membershipView {
	return membershipView{m.ID, m.Person, m.Organisation, m.OrganisationCode, m.Role, m.Capacity, m.From.Format(time.DateOnly), lastDay(m.Until), m.Note,
		s.may(a.by, m.May(a.by, time.Time{}))}
}

// lastDay is null where no end is set.
func lastDay(day time.Time) *string {
	if day.IsZero() {
		return nil
	}
	text := day.Format(time.DateOnly)
	return &text
}

func (s *Server) people(a *asked) (answer, error) {
	f, err := a.listAsk(narrowed{})
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.People(a, a.by, f)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, func(p domain.Person) personView { return s.personOf(a, p) })
}

func (s *Server) person(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	p, err := s.Store.Person(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.personOf(a, p), p.Version)
}

type personRequest struct {
	Email    string `json:"email"`
	Name     string `json:"name"`
	Language string `json:"language"`
}

// invitedView tells the one-time token to whoever asked for it first, where the
// fund has no mail server: handing on the link is then theirs. Where it has one,
// the link is told to its owner's mailbox alone. Asked again under the same key, it
// is not told.
type invitedView struct {
	Person  personView  `json:"person"`
	Token   store.Token `json:"token,omitempty"`
	Expires time.Time   `json:"expires_at"`
}

func (s *Server) invitedOf(a *asked, out store.Invited) invitedView {
	v := invitedView{s.personOf(a, out.Person), out.Token, out.Expires.UTC()}
	if s.Mailed {
		v.Token = ""
	}
	return v
}

func (s *Server) addPerson(a *asked) (answer, error) {
	in, err := body[personRequest](a)
	if err != nil {
		return answer{}, err
	}
	out, err := s.Store.AddPerson(a, a.ask, domain.Person{Email: in.Email, Name: in.Name, Language: in.Language})
	if err != nil {
		return answer{}, err
	}
	return made("/people/"+out.Person.ID.String(), s.invitedOf(a, out), out.Person.Version)
}

func (s *Server) invitePerson(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	out, err := s.Store.Invite(a, a.ask, id)
	if err != nil {
		return answer{}, err
	}
	return made("/people/"+id.String(), s.invitedOf(a, out), 0)
}

func (s *Server) changePerson(a *asked) (answer, error) {
	id, version, in, err := change[personRequest](a)
	if err != nil {
		return answer{}, err
	}
	p, err := s.Store.ChangePerson(a, a.ask, version, domain.Person{ID: id, Email: in.Email, Name: in.Name, Language: in.Language})
	if err != nil {
		return answer{}, err
	}
	return versioned(s.personOf(a, p), p.Version)
}

func (s *Server) disablePerson(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	if err := s.Store.DisablePerson(a, a.ask, id); err != nil {
		return answer{}, err
	}
	return done()
}

func (s *Server) enablePerson(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	if err := s.Store.EnablePerson(a, a.ask, id); err != nil {
		return answer{}, err
	}
	return done()
}

type membershipRequest struct {
	Organisation uuid.UUID       `json:"organisation"`
	Role         domain.Role     `json:"role"`
	Capacity     domain.Capacity `json:"capacity"`
	From         string          `json:"from"`
	Until        string          `json:"until"`
	Note         string          `json:"note"`
}

func (s *Server) grantMembership(a *asked) (answer, error) {
	id, in, err := onto[membershipRequest](a)
	if err != nil {
		return answer{}, err
	}
	m := domain.Membership{Person: id, Organisation: in.Organisation, Role: in.Role, Capacity: in.Capacity, Note: in.Note}
	if m.From, err = dayAt(in.From, "/from"); err != nil {
		return answer{}, err
	}
	if in.Until != "" {
		if m.Until, err = dayAt(in.Until, "/until"); err != nil {
			return answer{}, err
		}
	}
	if m, err = s.Store.Grant(a, a.ask, m); err != nil {
		return answer{}, err
	}
	return made("/people/"+id.String(), s.membershipOf(a, m), 0)
}

type endingRequest struct {
	On string `json:"on"`
}

func (s *Server) endMembership(a *asked) (answer, error) {
	id, in, err := onto[endingRequest](a)
	if err != nil {
		return answer{}, err
	}
	on, err := dayAt(in.On, "/on")
	if err != nil {
		return answer{}, err
	}
	m, err := s.Store.EndMembership(a, a.ask, id, on)
	if err != nil {
		return answer{}, err
	}
	return shown(s.membershipOf(a, m))
}
