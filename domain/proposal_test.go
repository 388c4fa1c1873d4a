package domain

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// drafts are contents as people leave them: some of it missing, odd letters in it.
var drafts = rapid.Custom(func(t *rapid.T) Content {
	word := rapid.SampledFrom([]string{"", "a", "Ünïcode", "<b>&", "\"\\", "سلام", "\u2028", "移民"})
	c := Content{Title: word.Draw(t, "title"), Summary: word.Draw(t, "summary"), Area: word.Draw(t, "area"), Language: "en",
		Objectives: rapid.SliceOfN(rapid.IntRange(1, 23), 0, 4).Draw(t, "objectives"), Markers: map[string]Mark{}}
	if rapid.Bool().Draw(t, "has a state") {
		c.State = uuid.New()
	}
	for range rapid.IntRange(0, 3).Draw(t, "markers") {
		c.Markers[word.Draw(t, "marker")] = Mark{word.Draw(t, "code"), word.Draw(t, "reason")}
	}
	for range rapid.IntRange(0, 3).Draw(t, "shares") {
		var a Asked
		if rapid.Bool().Draw(t, "has an organisation") {
			a.Organisation = uuid.New()
		}
		if rapid.Bool().Draw(t, "has an amount") {
			m, _ := ledger.Parse(rapid.SampledFrom([]string{"0", "0.01", "600000.00"}).Draw(t, "amount"), ledger.USD)
			a.Amount = &m
		}
		c.Shares = append(c.Shares, a)
	}
	return c
})

func known(c Content) map[uuid.UUID]string {
	kinds := map[uuid.UUID]string{}
	for _, id := range c.Organisations() {
		kinds[id] = "un"
	}
	return kinds
}

// One content has one spelling: it reads back as it was, and nothing else has its
// hash, nor has it in another proposal.
func TestAFrozenContentReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drafts.Draw(t, "draft")
		c, err := c.tidy(known(c))
		if err != nil {
			t.Fatal(err)
		}
		p := Proposal{Ref: "P-2026-001", CallRef: "CALL-2026-01", Organisation: uuid.New(), Content: c}
		content, hash := p.canonical()
		if !json.Valid(content) {
			t.Fatalf("no JSON: %s", content)
		}
		p.Content, err = Frozen(content)
		if err != nil {
			t.Fatal(err)
		}
		again, same := p.canonical()
		if !bytes.Equal(content, again) || !bytes.Equal(hash, same) {
			t.Fatalf("%s reads back as %s", content, again)
		}
		p.Ref = "P-2026-002"
		if _, other := p.canonical(); bytes.Equal(hash, other) {
			t.Fatal("two proposals of one hash")
		}
	})
}

// A hat's reach does not depend on who else may see: whoever reaches a draft is of
// its submitter, its state, or the auditor.
func TestWhoReachesAProposal(t *testing.T) {
	submitter, state, stranger := uuid.New(), uuid.New(), uuid.New()
	draft := Proposal{Organisation: submitter, Content: Content{State: state}, Stage: Draft}
	handed := draft
	handed.Submission, handed.Stage = 1, Submitted
	unnamed := Proposal{Organisation: submitter, Stage: Draft}
	actor := func(r Role, o uuid.UUID, s Scope) Actor { return Actor{Hat: Hat{Role: r, Organisation: o}, Scope: s} }
	for name, c := range map[string]struct {
		by             Actor
		draft, handed_ bool
	}{
		"the submitter":                  {actor(Applicant, submitter, Own), true, true},
		"another applicant":              {actor(Applicant, stranger, Own), false, false},
		"an applicant of the state":      {actor(Applicant, state, Own), false, false},
		"the state's focal point":        {actor(FocalPoint, state, Own), true, true},
		"another's focal point":          {actor(FocalPoint, stranger, Own), false, false},
		"a focal point of the submitter": {actor(FocalPoint, submitter, Own), false, false},
		"a focal point of nobody":        {actor(FocalPoint, uuid.Nil, Own), false, false},
		"a member":                       {actor(Member, stranger, Any), false, true},
		"a member of the submitter":      {actor(Member, submitter, Any), false, true},
		"the secretariat":                {actor(Secretariat, stranger, Any), false, true},
		"the auditor":                    {actor(Auditor, stranger, Any), true, true},
		"a role without scope":           {actor(Member, submitter, ""), false, false},
	} {
		if (draft.Reaches(c.by) == nil) != c.draft || (handed.Reaches(c.by) == nil) != c.handed_ {
			t.Errorf("%s: draft %v, handed in %v", name, draft.Reaches(c.by), handed.Reaches(c.by))
		}
	}
	if err := unnamed.Reaches(actor(FocalPoint, uuid.Nil, Own)); !errors.Is(err, ErrMissing) {
		t.Errorf("no state is nobody's: %v", err)
	}
}

// An instant before it opens, the opening instant, the last before it closes, the
// closing instant: half open.
func TestACallIsOpenForAHalfOpenTime(t *testing.T) {
	opens := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	c := Call{Ref: "CALL-2026-01", OpensAt: opens, ClosesAt: opens.Add(time.Hour), AnnouncedAt: &opens}
	refusing, flagging := charter.MustDefault(), charter.MustDefault()
	flagging.Proposals.LateEntries.Value = charter.LateFlagged
	for _, r := range []struct {
		at             time.Time
		state          CallState
		refuses, flags error
		late           bool
	}{
		{opens.Add(-time.Microsecond), CallPlanned, ErrCallNotOpen, ErrCallNotOpen, false},
		{opens, CallOpen, nil, nil, false},
		{c.ClosesAt.Add(-time.Microsecond), CallOpen, nil, nil, false},
		{c.ClosesAt, CallClosed, ErrCallClosed, nil, true},
		{c.ClosesAt.In(time.FixedZone("", 7200)), CallClosed, ErrCallClosed, nil, true},
	} {
		_, refused := c.Takes(r.at, refusing)
		late, flagged := c.Takes(r.at, flagging)
		if c.State(r.at) != r.state || !same(refused, r.refuses) || !same(flagged, r.flags) || late != r.late {
			t.Errorf("%s: %s, %v, %v, late %v", r.at, c.State(r.at), refused, flagged, late)
		}
	}
}

func same(got, want error) bool {
	return got == nil && want == nil || want != nil && errors.Is(got, want)
}

// No sequence of acts leads where none of them goes: what May lists is taken, what
// it does not list is refused, and only what was handed in is ever judged.
func TestMayIsTrue(t *testing.T) {
	ch := charter.MustDefault()
	ch.Proposals.EndorsementRequired.Value = false
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	us, state := uuid.New(), uuid.New()
	m, _ := ledger.Parse("200000.00", ledger.USD)
	full := Content{Title: "T", Summary: "S", Language: "en", State: state, Area: "area-2", Objectives: []int{2}, Markers: map[string]Mark{},
		Shares: []Asked{{us, &m}}}
	for _, k := range ch.Proposals.Markers {
		full.Markers[k.Key] = Mark{k.Steps[0].Code, "R"}
	}
	g := Case{Call: Call{Ref: "CALL-2026-01", OpensAt: at, ClosesAt: at.Add(time.Hour), Areas: []string{"area-2"}, Languages: []string{"en"}, ConceptForm: 1, AnnouncedAt: &at}, Charter: ch,
		Kinds: map[uuid.UUID]string{us: "un", state: "state"}}
	applicant := Actor{Hat: Hat{Role: Applicant, Organisation: us}, Scope: Own}
	secretariat := Actor{Hat: Hat{Role: Secretariat, Organisation: uuid.New()}, Scope: Any}
	rapid.Check(t, func(t *rapid.T) {
		p, err := Begin(uuid.New(), applicant, g, Content{}, at)
		if err != nil {
			t.Fatal(err)
		}
		eligible := 0
		for range 12 {
			act := rapid.SampledFrom([]string{"proposal.save", "proposal.submit", "proposal.withdraw", "proposal.screen"}).Draw(t, "act")
			now := at.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "minute")) * time.Minute)
			by := applicant
			if act == "proposal.screen" {
				by = secretariat
			}
			promised := false
			for _, m := range p.May(by, g, nil, now) {
				promised = promised || m == act
			}
			was := p
			switch act {
			case "proposal.save":
				c := full
				if rapid.Bool().Draw(t, "empty") {
					c = Content{}
				}
				err = p.Save(c, g.Kinds, now)
			case "proposal.submit":
				_, err = p.Submit(g, now)
			case "proposal.withdraw":
				err = p.Withdraw(now)
			case "proposal.screen":
				outcome := rapid.SampledFrom([]Stage{Eligible, Returned, Ineligible}).Draw(t, "outcome")
				list := map[string]Checked{}
				for _, i := range g.Charter.Screening.Checklist {
					list[i.Key] = Checked{Mark: Met}
				}
				if _, err = p.Screen(by, Finding{Read: max(p.Submission, 1), Outcome: outcome, Reason: "Because.", Checks: list}, nil, g.Charter.Screening, now); err == nil && outcome == Eligible {
					eligible = p.Submission
				}
			}
			if promised != (err == nil) {
				t.Fatalf("%s in %s: promised %v, %v", act, was.Stage, promised, err)
			}
			if err != nil && !reflect.DeepEqual(was, p) {
				t.Fatalf("%s was refused and left %+v", act, p)
			}
			if p.Stage == Eligible && eligible != p.Submission || p.Stage != Draft && p.Stage != Withdrawn && p.Submission == 0 {
				t.Fatalf("%s without what justifies it: %+v", p.Stage, p)
			}
		}
	})
}
