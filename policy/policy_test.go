package policy

import (
	"strings"
	"testing"

	"startupfund/domain"
)

func TestTheShippedTableIsRead(t *testing.T) {
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range p.Lines() {
		known := false
		for _, r := range p.Roles() {
			known = known || r == l.Role
		}
		if !known {
			t.Errorf("%s is no role of the fund", l.Role)
		}
		if scope, may := p.May(l.Role, l.Act); !may || (scope != l.Scope && scope != domain.Any) {
			t.Errorf("%v is written and not so", l)
		}
	}
}

func TestALineNotUnderstoodStopsTheProgram(t *testing.T) {
	for _, bad := range []string{
		"p, member, score.submit",
		"p, member, score.submit, all",
		"p, member, score.submit, any, deny",
		"q, member, score.submit, any",
		"g, member",
		"p, member, a, any\np, member, a, any",
	} {
		if _, err := parse(bad); err == nil || !strings.Contains(err.Error(), "policy.csv:") {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
}

// Money and votes are never the administrator's, the auditor changes nothing,
// and nobody both prepares and releases under one hat.
func TestHatsKeepApart(t *testing.T) {
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range p.Lines() {
		subject, verb, _ := strings.Cut(l.Act, ".")
		switch {
		case l.Role == domain.Auditor && verb != "read":
			t.Errorf("the auditor may %s", l.Act)
		case l.Role == domain.Administrator && verb != "read" && subject != "person" && subject != "organisation" && subject != "membership" && subject != "seat":
			t.Errorf("the administrator may %s", l.Act)
		}
	}
	if _, may := p.May(domain.AgentPreparer, "transfer.release"); may {
		t.Error("the preparer releases")
	}
	if _, may := p.May(domain.AgentReleaser, "transfer.prepare"); may {
		t.Error("the releaser prepares")
	}
}
