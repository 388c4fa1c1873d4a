package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

// bodied is a body in session: every second question takes up a concept note, the
// others state a policy.
type bodied struct {
	chair     person
	members   []person // one for each seat, present
	questions []uuid.UUID
	loaded    string
}

// Of the world as it is: 193 states, and organisations of which the fund may know.
const (
	statesOfWorld  = 193
	organisationsN = 500
)

// sit fills the seats, and one more, with thirteen organisations, of which some own
// proposals that are before the body, and opens a meeting and n questions in it.
func (g *ground) sit(ctx context.Context, n int) (*bodied, error) {
	b := &bodied{}
	owners, others := make([]uuid.UUID, statesOfWorld), make([]uuid.UUID, organisationsN)
	var err error
	for i := range owners {
		if owners[i], err = g.organisation(ctx, fmt.Sprintf("S-%03d", i), "state"); err != nil {
			return nil, err
		}
	}
	for i := range others {
		if others[i], err = g.organisation(ctx, fmt.Sprintf("ORG-%03d", i), "un"); err != nil {
			return nil, err
		}
	}
	call, sec, err := g.call(ctx)
	if err != nil {
		return nil, err
	}
	if err := g.seated(ctx, b, owners, others); err != nil {
		return nil, err
	}
	m, err := g.PlanMeeting(ctx, store.As(sec.Actor), domain.MeetingPlan{Title: "A body to be measured", StartsAt: time.Now()})
	if err != nil {
		return nil, err
	}
	if _, err := g.OpenMeeting(ctx, store.As(b.chair.Actor), m.ID); err != nil {
		return nil, err
	}
	for _, p := range b.members {
		if _, err := g.Join(ctx, store.As(p.Actor), m.ID, uuid.Nil, uuid.Nil); err != nil {
			return nil, err
		}
	}
	g.say("putting %d questions to the body", n)
	proposals, err := g.before(ctx, (n+1)/2, call.ID, sec, owners, others)
	if err != nil {
		return nil, err
	}
	for i := range n {
		q := domain.Question{Kind: charter.Policy, Procedure: charter.ByConsensus, Title: fmt.Sprintf("Question %d", i+1), Text: "It is decided.", Language: "en"}
		if i%2 == 0 {
			q.Kind, q.Proposal = charter.Pipeline, proposals[i/2]
		}
		if q, err = g.ListQuestion(ctx, store.As(sec.Actor), m.ID, q); err != nil {
			return nil, err
		}
		if _, err := g.PutQuestion(ctx, store.As(b.chair.Actor), q.ID); err != nil {
			return nil, err
		}
		b.questions = append(b.questions, q.ID)
	}
	b.loaded = fmt.Sprintf("%d states, %d organisations, %d members in one meeting with %d open questions, %d of them about a concept note", len(owners), len(others), len(b.members), n, len(proposals))
	_, err = g.db.Exec(ctx, `VACUUM ANALYZE`)
	return b, err
}

// seated gives every seat, and a thirteenth, to an organisation of its own.
func (g *ground) seated(ctx context.Context, b *bodied, owners, others []uuid.UUID) error {
	if _, err := g.db.Exec(ctx, `INSERT INTO seats (id, constituency, name) VALUES (gen_random_uuid(), 'recipients', 'recipients-more')`); err != nil {
		return err
	}
	rows, err := g.db.Query(ctx, `SELECT id, constituency FROM seats ORDER BY constituency, name`)
	if err != nil {
		return err
	}
	type seat struct {
		id           uuid.UUID
		constituency string
	}
	var seats []seat
	for rows.Next() {
		var s seat
		if err := rows.Scan(&s.id, &s.constituency); err != nil {
			return err
		}
		seats = append(seats, s)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for i, s := range seats {
		of, role := others[1+i], domain.Member
		switch s.constituency {
		case domain.ChairConstituency:
			role = domain.Coordinator
		case "donors", "recipients":
			of = owners[7*i]
		}
		if _, err := g.db.Exec(ctx, `INSERT INTO seat_terms (id, seat, organisation, term) VALUES ($1, $2, $3, '[2020-01-01,)')`, uuid.New(), s.id, of); err != nil {
			return err
		}
		p, err := g.person(ctx, fmt.Sprintf("seat-%d", i), role, of)
		if err != nil {
			return err
		}
		if role == domain.Coordinator {
			b.chair = p
			continue
		}
		b.members = append(b.members, p)
	}
	return nil
}

// before brings a concept note of an organisation and a state of its own before the body for
// each second question.
func (g *ground) before(ctx context.Context, n int, call uuid.UUID, sec person, owners, others []uuid.UUID) (list []uuid.UUID, err error) {
	met := map[string]domain.Checked{}
	for _, i := range charter.MustDefault().Screening.Checklist {
		met[i.Key] = domain.Checked{Mark: domain.Met}
	}
	for i := range n {
		e, err := g.written(ctx, call, fmt.Sprintf("note-%03d", i), others[20+i], owners[i%len(owners)])
		if err != nil {
			return nil, err
		}
		if _, err := g.SubmitProposal(ctx, store.As(e.who.Actor), e.proposal); err != nil {
			return nil, err
		}
		if _, err := g.ScreenProposal(ctx, store.As(sec.Actor), e.proposal, domain.Finding{Read: 1, Outcome: domain.Eligible, Checks: met}); err != nil {
			return nil, err
		}
		list = append(list, e.proposal)
	}
	return list, nil
}
