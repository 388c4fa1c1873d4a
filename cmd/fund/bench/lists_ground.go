package bench

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// filled is a fund with many proposals, and the people who look through them.
type filled struct {
	proposals                                    []uuid.UUID
	secretary, applicant, focal, member, auditor person
	call, state, stateName, organisation, rare   string
	assessor                                     string // an organisation that holds a seat
	loaded                                       []string
}

// fill loads n proposals of 500 organisations, 40 states and 5 calls, in six languages
// and every stage. It writes rows past the acts, which would take an hour, and has the
// register made of them by the database's own function.
func (g *ground) fill(ctx context.Context, n int) (*filled, error) {
	f := &filled{rare: "zanzibarite"}
	chance := rand.New(rand.NewPCG(2026, 4))
	organisations, owners, err := g.peopled(ctx, f, min(500, n))
	if err != nil {
		return nil, err
	}
	var calls []uuid.UUID
	for i := range 5 {
		id := uuid.New()
		if _, err := g.db.Exec(ctx, `INSERT INTO calls (id, ref, title, text, language, opens_at, closes_at, areas, currency, charter_version, created_at)
			VALUES ($1, $2, 'Bench', 'A call to be measured.', 'en', now(), now() + interval '30 days', '{area-1,area-2,area-3,area-4,area-5}', 'USD', 1, now())`,
			id, fmt.Sprintf("CALL-2026-%02d", i+1)); err != nil {
			return nil, err
		}
		calls = append(calls, id)
	}
	f.call = calls[2].String()
	g.say("writing %d proposals", n)
	var proposals, versions [][]any
	var judged []uuid.UUID
	markers := charter.MustDefault().Proposals.Markers
	bytes := 0
	for i := range n {
		id, at := uuid.New(), time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(chance.IntN(200*24*60))*time.Minute)
		f.proposals = append(f.proposals, id)
		language := languages[chance.IntN(len(languages))]
		stage := stagesOfBench[chance.IntN(len(stagesOfBench))]
		title, summary := sentence(chance, language, 7), sentence(chance, language, 60)
		if i%(n/3+1) == 0 {
			summary += " " + f.rare
		}
		answers := map[string]any{"situation": sentence(chance, language, 220), "strategy": sentence(chance, language, 220),
			"sdg_goals": []string{fmt.Sprint(1 + chance.IntN(17)), fmt.Sprint(1 + chance.IntN(17))}, "sdg_targets": []string{fmt.Sprintf("%d.%d", 1+chance.IntN(17), 1+chance.IntN(9))}}
		org, other, state := organisations[chance.IntN(len(organisations))], organisations[chance.IntN(len(organisations))], owners[chance.IntN(len(owners))]
		amount := fmt.Sprintf("%d.00", 100_000+chance.IntN(2_900_000))
		area, objectives := fmt.Sprintf("area-%d", 1+chance.IntN(5)), []int16{int16(1 + chance.IntN(11)), int16(12 + chance.IntN(11))}
		shares := []map[string]string{{"organisation": org.String(), "amount": amount}, {"organisation": other.String(), "amount": "0.00"}}
		marks := map[string]any{}
		for _, m := range markers {
			marks[m.Key] = map[string]string{"code": m.Steps[chance.IntN(len(m.Steps))].Code, "reason": "The analysis shapes what is done."}
		}
		call := calls[chance.IntN(len(calls))]
		ref := fmt.Sprintf("P-2026-%03d", i+1)
		content, err := json.Marshal(map[string]any{"title": title, "summary": summary, "language": language, "state": state.String(), "area": area, "objectives": objectives,
			"shares": shares, "markers": marks, "answers": answers, "amount": amount, "currency": "USD", "scope": "national", "phase": "concept",
			"call": call, "organisation": org, "proposal": ref})
		if err != nil {
			return nil, err
		}
		bytes += len(content)
		submission, submitted := 1, &at
		if stage == domain.Draft {
			submission, submitted = 0, nil
		} else {
			sum := sha256.Sum256(content)
			versions = append(versions, []any{id, 1, string(content), sum[:], ref + "/1", chance.IntN(50) == 0, at})
		}
		given, _ := json.Marshal(answers)
		asked, _ := json.Marshal(shares)
		marked, _ := json.Marshal(marks)
		proposals = append(proposals, []any{id, ref, call, org, state, title, summary, language, area, objectives, string(asked), amount, "USD", string(stage),
			submitted, submission, 1, at, at, string(given), string(marked)})
		if stage == domain.Eligible || stage == domain.Approved || stage == domain.Declined {
			judged = append(judged, id)
		}
	}
	scores, err := g.scored(ctx, f, organisations, judged)
	if err != nil {
		return nil, err
	}
	if err := g.pour(ctx, proposals, versions, scores); err != nil {
		return nil, err
	}
	f.loaded = []string{fmt.Sprintf("%d proposals of %d organisations and %d states in %d calls, %d of them submitted, %d kB of text each, in six languages, %d scores",
		n, len(organisations), len(owners), len(calls), len(versions), bytes/n/1024, len(scores))}
	return f, nil
}

// pour writes the rows and has the register made of them.
func (g *ground) pour(ctx context.Context, proposals, versions, scores [][]any) error {
	if err := pgx.BeginFunc(ctx, g.db, func(t pgx.Tx) error {
		if _, err := t.Exec(ctx, `SET LOCAL session_replication_role = replica`); err != nil { // no trigger for each row: the register is made once
			return err
		}
		if _, err := t.CopyFrom(ctx, pgx.Identifier{"proposals"}, []string{"id", "ref", "call", "organisation", "state", "title", "summary", "language", "area", "objectives", "shares",
			"amount", "currency", "stage", "submitted_at", "submission", "charter_version", "created_at", "updated_at", "answers", "markers"}, pgx.CopyFromRows(proposals)); err != nil {
			return err
		}
		if _, err := t.CopyFrom(ctx, pgx.Identifier{"proposal_versions"}, []string{"proposal", "n", "content", "content_hash", "receipt", "late", "at"}, pgx.CopyFromRows(versions)); err != nil {
			return err
		}
		if _, err := t.CopyFrom(ctx, pgx.Identifier{"scores"}, []string{"proposal", "version", "seat", "n", "organisation", "person", "points", "total", "comment", "at"}, pgx.CopyFromRows(scores)); err != nil {
			return err
		}
		g.say("making the register of them")
		_, err := t.Exec(ctx, `SELECT registered(id) FROM proposals`)
		return err
	}); err != nil {
		return err
	}
	_, err := g.db.Exec(ctx, `VACUUM ANALYZE`)
	return err
}

// scored has six seats, of which three have judged each proposal.
func (g *ground) scored(ctx context.Context, f *filled, organisations, judged []uuid.UUID) (scores [][]any, err error) {
	seats := make([]uuid.UUID, 6)
	for i := range seats {
		seats[i] = uuid.New()
		if _, err := g.db.Exec(ctx, `INSERT INTO seats (id, constituency, name) VALUES ($1, 'donors', $2)`, seats[i], fmt.Sprintf("Seat %d", i)); err != nil {
			return nil, err
		}
		of := f.member.Hat.Organisation // the member's own is the first
		if i > 0 {
			of = organisations[i%len(organisations)]
		}
		if _, err := g.db.Exec(ctx, `INSERT INTO seat_terms (id, seat, organisation, term) VALUES ($1, $2, $3, '[2020-01-01,)')`, uuid.New(), seats[i], of); err != nil {
			return nil, err
		}
	}
	f.assessor = organisations[1%len(organisations)].String()
	for i, p := range judged {
		for k := range 3 {
			n := (i + k) % len(seats)
			of := f.member.Hat.Organisation
			if n > 0 {
				of = organisations[n%len(organisations)]
			}
			scores = append(scores, []any{p, 1, seats[n], 1, of, f.member.Person, "{}", "50.0000", "", time.Now()})
		}
	}
	return scores, nil
}

// peopled makes organisations and states, and the people who look.
func (g *ground) peopled(ctx context.Context, f *filled, n int) (organisations, owners []uuid.UUID, err error) {
	for i := range n {
		id, err := g.organisation(ctx, fmt.Sprintf("ORG-%03d", i), "un")
		if err != nil {
			return nil, nil, err
		}
		organisations = append(organisations, id)
	}
	for _, iso := range states {
		id := uuid.New()
		if _, err := g.db.Exec(ctx, `INSERT INTO organisations (id, code, name, kind, iso3166, created_at) VALUES ($1, $2, $3, 'state', $2, now())`, id, iso, "State of "+iso); err != nil {
			return nil, nil, err
		}
		owners = append(owners, id)
	}
	f.organisation, f.state, f.stateName = organisations[7%n].String(), owners[0].String(), "State of KE"
	for _, p := range []struct {
		into *person
		name string
		role domain.Role
		org  uuid.UUID
	}{{&f.secretary, "secretary", domain.Secretariat, organisations[0]}, {&f.applicant, "applicant", domain.Applicant, organisations[7%n]},
		{&f.focal, "focal", domain.FocalPoint, owners[0]}, {&f.member, "member", domain.Member, owners[1]}, {&f.auditor, "auditor", domain.Auditor, organisations[1]}} {
		if *p.into, err = g.person(ctx, p.name, p.role, p.org); err != nil {
			return nil, nil, err
		}
	}
	return organisations, owners, nil
}
