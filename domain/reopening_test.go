package domain

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

func TestReopening(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for _, x := range []struct {
		name     string
		stage    Stage
		verdicts Verdicts
		reason   string
		want     error
	}{
		{"a draft", Draft, Verdicts{}, "", ErrProposalStage},
		{"not yet screened", Submitted, Verdicts{}, "", ErrProposalStage},
		{"given back already", Returned, Verdicts{}, "", ErrProposalStage},
		{"granted", Approved, Verdicts{Decided: "2026-001"}, "", ErrNeedsRevision},
		{"decided on", Eligible, Verdicts{Decided: "2026-001"}, "", ErrNeedsRevision},
		{"declined", Declined, Verdicts{Decided: "2026-001"}, "Mend.", ErrProposalStage},
		{"without a reason", Eligible, Verdicts{}, " ", ErrRequired},
		{"before the body", Eligible, Verdicts{Before: 1}, "The budget has moved.", nil},
		{"eligible", Eligible, Verdicts{}, "The budget has moved.", nil},
	} {
		p := Proposal{Ref: "P-2026-001", Stage: x.stage, Submission: 1}
		r, err := p.Reopen(Actor{}, x.verdicts, x.reason, now)
		if !errors.Is(err, x.want) {
			t.Errorf("%s: %v, want %v", x.name, err, x.want)
		}
		if err == nil && (p.Stage != Returned || r.N != 1) {
			t.Errorf("%s: %s, version %d", x.name, p.Stage, r.N)
		}
		if err != nil && p.Stage != x.stage {
			t.Errorf("%s: refused, and %s", x.name, p.Stage)
		}
	}
}

func TestWhatIsMaterial(t *testing.T) {
	lists := func(fields ...charter.ContentField) (rules charter.Proposals) {
		rules.ImmaterialFields.Value = fields
		return rules
	}
	base := `{"amount":"1.00","answers":{"risks":"few","contacts":"a"},"title":"A","shares":[{"amount":"1.00"}]}`
	for _, x := range []struct {
		name, after string
		rules       charter.Proposals
		changed     string
		from        int
	}{
		{"nothing", base, lists(), "", 2},
		{"a word of the title", strings.Replace(base, `"A"`, `"B"`, 1), lists(), "title", 4},
		{"a title that is listed", strings.Replace(base, `"A"`, `"B"`, 1), lists("title"), "title", 2},
		{"a listed title and a sum", strings.NewReplacer(`"A"`, `"B"`, "1.00", "2.00").Replace(base), lists("title"), "shares title", 4},
		{"a listed answer", strings.Replace(base, `"a"`, `"b"`, 1), lists("answers/contacts"), "answers/contacts", 2},
		{"another answer", strings.Replace(base, `"few"`, `"many"`, 1), lists("answers/contacts"), "answers/risks", 4},
		{"an answer less", strings.Replace(base, `"risks":"few",`, "", 1), lists(), "answers/risks", 4},
		{"what could not be said before", strings.Replace(base, `"title"`, `"scope":"national","phase":"concept","form":1,"title"`, 1), lists(), "", 2},
		{"another scope", strings.Replace(base, `"title"`, `"scope":"global","title"`, 1), lists(), "scope", 4},
	} {
		c, err := Submission{N: 4, Content: []byte(x.after)}.Since(Submission{N: 3, Content: []byte(base)}, 2, x.rules)
		if err != nil || strings.Join(c.Changed, " ") != x.changed || c.AssessedFrom != x.from || c.Material() != (x.from == 4) {
			t.Errorf("%s: %v, from %d: %v", x.name, c.Changed, c.AssessedFrom, err)
		}
	}
}

// Whatever is submitted, given back and scored in whatever order: a score that counts
// is about a content that differs from the newest in nothing the charter does not list.
func TestNoScoreCountsForAnotherContent(t *testing.T) {
	ch := charter.MustDefault()
	ch.Proposals.ImmaterialFields.Value = []charter.ContentField{"summary"}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 4))
		p := Proposal{Ref: "P", Stage: Draft, CharterVersion: 1, Content: Content{Title: "0", Summary: "0"}}
		seats := []Seating{{Seat: uuid.New(), Organisation: uuid.New()}}
		member := Actor{Hat: Hat{Role: Member, Organisation: seats[0].Organisation}}
		points := map[string]Points{}
		for _, k := range ch.Scoring.Criteria {
			points[k.Key] = Points{Points: &ch.Scoring.Most.Value}
		}
		var versions []Submission
		var scores []Score
		from := 0
		for range 40 {
			now := time.Unix(0, 0)
			switch r.IntN(5) {
			case 0: // submits, as Submit would, were nothing lacking
				if p.Editable() != nil {
					continue
				}
				p.Stage = Submitted
				p.Submission++
				content, hash := p.canonical()
				v := Submission{N: p.Submission, Content: content, Hash: hash}
				from = v.N
				if v.N > 1 {
					c, err := v.Since(versions[v.N-2], p.AssessedFrom, ch.Proposals)
					if err != nil {
						t.Fatal(err)
					}
					from = c.AssessedFrom
				}
				p.AssessedFrom, versions = from, append(versions, v)
			case 1:
				_, _ = p.Reopen(Actor{}, Verdicts{}, "Mend.", now)
			case 2:
				if p.Stage == Submitted {
					p.Stage = []Stage{Eligible, Eligible, Returned}[r.IntN(3)]
				}
			case 3:
				if p.Editable() == nil {
					[]func(){func() { p.Title += "x" }, func() { p.Summary += "y" }, func() { p.Title = "0" }}[r.IntN(3)]()
				}
			case 4:
				given, _ := p.Counted(scores)
				if s, err := p.Score(member, seats, ch, nil, given, p.Submission, points, "", now); err == nil {
					scores = append(scores, s)
				}
			}
			counted, earlier := p.Counted(scores)
			if len(counted)+len(earlier) != len(scores) {
				t.Fatalf("seed %d: a score is lost", seed)
			}
			for _, s := range counted {
				changed, err := differences(versions[s.Version-1].Content, versions[p.Submission-1].Content)
				if err != nil {
					t.Fatal(err)
				}
				if slices.ContainsFunc(changed, func(m string) bool { return m != "summary" }) {
					t.Fatalf("seed %d: a score about version %d counts for %d, which changed %v", seed, s.Version, p.Submission, changed)
				}
			}
		}
	}
}
