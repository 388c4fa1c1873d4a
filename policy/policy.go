// Package policy answers one question: may this role do this act, and how far
// does that reach? The answers stand in policy.csv, for anyone to read. It knows
// no person: roles come from dated facts in the store.
package policy

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"

	"startupfund/domain"
)

var (
	//go:embed model.conf
	modelConf string
	//go:embed policy.csv
	policyCSV string
)

// Line is one permission: what the page of permissions shows.
type Line struct {
	Role  domain.Role
	Act   string
	Scope domain.Scope
}

type question struct {
	role  domain.Role
	act   string
	scope domain.Scope
}

// Policy is the table. It is asked for every request and never changes while the
// program runs, so each answer of casbin's is asked for once.
type Policy struct {
	enforcer *casbin.Enforcer
	lines    []Line
	answers  map[question]bool
}

// New reads the table that was built into the program. A line that it cannot use
// stops the program, where casbin's own string adapter would pass over it.
func New() (*Policy, error) { return parse(policyCSV) }

func parse(table string) (*Policy, error) {
	m, err := model.NewModelFromString(modelConf)
	if err != nil {
		return nil, err
	}
	e, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, err
	}
	p := &Policy{enforcer: e, answers: map[question]bool{}}
	r := csv.NewReader(strings.NewReader(table))
	r.Comment, r.TrimLeadingSpace, r.FieldsPerRecord = '#', true, -1
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return p, p.answer()
		}
		if err != nil {
			return nil, err
		}
		if err := p.add(rec); err != nil {
			line, _ := r.FieldPos(0)
			return nil, fmt.Errorf("policy.csv:%d: %w", line, err)
		}
	}
}

var errLine = errors.New("the line is malformed, or says what another said")

func (p *Policy) add(rec []string) error {
	switch {
	case rec[0] == "p" && len(rec) == 4 && (rec[3] == string(domain.Any) || rec[3] == string(domain.Own)):
		fresh, err := p.enforcer.AddPolicy(rec[1], rec[2], rec[3])
		if err != nil || !fresh {
			return errors.Join(err, errLine)
		}
		p.lines = append(p.lines, Line{domain.Role(rec[1]), rec[2], domain.Scope(rec[3])})
	case rec[0] == "g" && len(rec) == 3:
		fresh, err := p.enforcer.AddGroupingPolicy(rec[1], rec[2])
		if err != nil || !fresh {
			return errors.Join(err, errLine)
		}
	default:
		return errLine
	}
	return nil
}

// answer asks casbin every question there is, once.
func (p *Policy) answer() error {
	for _, role := range p.Roles() {
		for _, act := range p.Acts() {
			for _, scope := range []domain.Scope{domain.Any, domain.Own} {
				ok, err := p.enforcer.Enforce(string(role), act, string(scope))
				if err != nil {
					return err
				}
				p.answers[question{role, act, scope}] = ok
			}
		}
	}
	return nil
}

// May tells how far the act reaches for this role: the widest scope it has. The
// second value is false where it has none.
func (p *Policy) May(role domain.Role, act string) (domain.Scope, bool) {
	for _, scope := range []domain.Scope{domain.Any, domain.Own} {
		if p.answers[question{role, act, scope}] {
			return scope, true
		}
	}
	return "", false
}

// Who lists the roles that may do the act at all, in the order of Roles.
func (p *Policy) Who(act string) (roles []domain.Role) {
	for _, role := range p.Roles() {
		if _, may := p.May(role, act); may {
			roles = append(roles, role)
		}
	}
	return roles
}

// Lines is the table as it is written.
func (p *Policy) Lines() []Line { return slices.Clone(p.lines) }

// Acts lists the acts that the table speaks of.
func (p *Policy) Acts() []string {
	var acts []string
	for _, l := range p.lines {
		acts = append(acts, l.Act)
	}
	slices.Sort(acts)
	return slices.Compact(acts)
}

// Roles lists every role, whether or not it has a line of its own.
func (p *Policy) Roles() []domain.Role {
	return []domain.Role{domain.Public, domain.Applicant, domain.FocalPoint, domain.Member, domain.Coordinator, domain.Secretariat,
		domain.AgentPreparer, domain.AgentReleaser, domain.PUNO, domain.Contributor, domain.Auditor, domain.Administrator, domain.Expert}
}
