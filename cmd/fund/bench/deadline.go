package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/store"
)

// entry is one organisation's way through the last minute.
type entry struct {
	who      person
	proposal uuid.UUID
	sent     time.Time
	took     time.Duration
	tries    int
	status   int
	receipt  string
	at       time.Time // as the receipt says
	code     string    // of the refusal
}

// deadline lets as many organisations as Size submit in the last Window of a call:
// more and more of them towards the end, and one in twenty too late. Each must be in,
// with a receipt, or refused because the call has closed; none lost, none twice, none
// late.
func deadline(ctx context.Context, g *ground, o Options, r *Report) error {
	n, window := o.Size, o.Window
	if n == 0 {
		n = 500
	}
	if window == 0 {
		window = time.Minute
	}
	call, sec, err := g.call(ctx)
	if err != nil {
		return err
	}
	g.say("writing %d proposals, each endorsed by its state", n)
	entries := make([]*entry, n)
	if _, _, err := storm(n, 8, func(i int) (err error) {
		entries[i], err = g.complete(ctx, call.ID, i)
		return err
	}); err != nil {
		return err
	}
	r.Loaded = append(r.Loaded, fmt.Sprintf("%d complete, endorsed proposals of %d organisations in one call", n, n))
	idle, _, err := g.floor(ctx, n, 1, false)
	if err != nil {
		return err
	}
	busy, _, err := g.floor(ctx, n, clients, false)
	if err != nil {
		return err
	}
	closes := time.Now().Add(window).Truncate(time.Millisecond)
	// No act brings an end nearer, and the database keeps those who try from it.
	if _, err := g.db.Exec(ctx, `ALTER TABLE calls DISABLE TRIGGER announced_call_keeps_its_conditions`); err != nil {
		return err
	}
	if _, err := g.db.Exec(ctx, `UPDATE calls SET closes_at = $1 WHERE id = $2`, closes, call.ID); err != nil {
		return err
	}
	g.say("the call closes at %s", closes.UTC().Format("15:04:05.000"))
	chance := rand.New(rand.NewPCG(2026, 11)) // the same arrivals each time
	var all sync.WaitGroup
	for i, e := range entries {
		before := time.Duration(float64(window) * chance.Float64() * chance.Float64() * chance.Float64())
		when := closes.Add(-before)
		if i%20 == 0 {
			when = closes.Add(time.Duration(chance.IntN(1000)) * time.Millisecond)
		}
		all.Go(func() { g.submit(ctx, e, when) })
	}
	all.Wait()
	return g.judge(ctx, entries, closes, sec, idle, busy, r)
}

// call is open for an hour, until the bench says when it closes.
func (g *ground) call(ctx context.Context) (store.CallFile, person, error) {
	iom, err := g.organisation(ctx, "FMU", "un")
	if err != nil {
		return store.CallFile{}, person{}, err
	}
	sec, err := g.person(ctx, "sec", domain.Secretariat, iom)
	if err != nil {
		return store.CallFile{}, person{}, err
	}
	c := domain.Call{Stages: 2, ConceptForm: 1, Words: domain.Words{Title: "Bench", Text: "A call to be measured."}, OpensAt: time.Now().Add(-time.Hour), ClosesAt: time.Now().Add(24 * time.Hour),
		Areas: []string{"area-2"}}
	f, err := g.CreateCall(ctx, store.As(sec.Actor), c)
	if err == nil {
		f, err = g.AnnounceCall(ctx, store.As(sec.Actor), f.ID, f.Version)
	}
	return f, sec, err
}

// complete writes and endorses the proposal of an organisation and a state of its own.
func (g *ground) complete(ctx context.Context, call uuid.UUID, i int) (*entry, error) {
	name := fmt.Sprintf("bench-%04d", i)
	org, err := g.organisation(ctx, "UN-"+name, "un")
	if err != nil {
		return nil, err
	}
	state, err := g.organisation(ctx, "S-"+name, "state")
	if err != nil {
		return nil, err
	}
	return g.written(ctx, call, name, org, state)
}

// written writes and endorses an organisation's proposal for a state, through the acts
// that people use.
func (g *ground) written(ctx context.Context, call uuid.UUID, name string, org, state uuid.UUID) (*entry, error) {
	who, err := g.person(ctx, name, domain.Applicant, org)
	if err != nil {
		return nil, err
	}
	focal, err := g.person(ctx, "focal-"+name, domain.FocalPoint, state)
	if err != nil {
		return nil, err
	}
	amount := ledger.New(decimal.New(1_000_000, 0), ledger.USD)
	c := domain.Content{Title: "Safe recruitment " + name, Summary: "Workers are recruited fairly.", Language: "en", State: state, Area: "area-2",
		Objectives: []int{2, 7}, Markers: map[string]domain.Mark{}, Shares: []domain.Asked{{Organisation: org, Amount: &amount}}}
	for _, m := range charter.MustDefault().Proposals.Markers {
		c.Markers[m.Key] = domain.Mark{Code: m.Steps[2].Code, Reason: "The analysis shapes what is done."}
	}
	p, err := g.CreateProposal(ctx, store.As(who.Actor), call, nil, c)
	if err != nil {
		return nil, err
	}
	_, err = g.EndorseProposal(ctx, store.As(focal.Actor), p.ID, p.Version, "Note verbale")
	return &entry{who: who, proposal: p.ID}, err
}

// submit sends at its moment, and again under the same key where the line failed.
func (g *ground) submit(ctx context.Context, e *entry, when time.Time) {
	time.Sleep(time.Until(when))
	key := uuid.NewString()
	e.sent = time.Now()
	for e.tries = 1; e.tries <= 3; e.tries++ {
		status, text, err := g.ask(ctx, e.who, "POST", "/proposals/"+e.proposal.String()+"/submission", nil, key)
		e.took = time.Since(e.sent)
		if err != nil || status >= 500 {
			continue
		}
		var said struct {
			Receipt string    `json:"receipt"`
			At      time.Time `json:"at"`
			Code    string    `json:"code"`
		}
		e.status = status
		if json.Unmarshal(text, &said) == nil {
			e.receipt, e.at, e.code = said.Receipt, said.At, said.Code
		}
		return
	}
}

// judge counts what came of them, by what people were told and by what the books say.
func (g *ground) judge(ctx context.Context, entries []*entry, closes time.Time, sec person, idle, busy times, r *Report) error {
	var in, refused times
	var lost, twice, late, unexplained int
	var early times // how long before the end those were sent that came in after it
	receipts := map[string]bool{}
	for _, e := range entries {
		var kept int
		if err := g.db.QueryRow(ctx, `SELECT count(*) FROM proposal_versions WHERE proposal = $1`, e.proposal).Scan(&kept); err != nil {
			return err
		}
		switch {
		case e.status == 201:
			in = append(in, e.took)
			if kept == 0 {
				lost++
			}
			if !e.at.Before(closes) {
				late++
			}
			if receipts[e.receipt] || e.receipt == "" {
				twice++
			}
			receipts[e.receipt] = true
		case e.code == "call-closed":
			refused = append(refused, e.took)
			if e.sent.Before(closes) {
				early = append(early, closes.Sub(e.sent))
			}
			if kept > 0 {
				lost++ // in the books, and its people were told that it is not
			}
		default:
			unexplained++
		}
		if kept > 1 {
			twice++
		}
	}
	r.add("submitted", float64(len(in)), "")
	r.add("refused: the call has closed", float64(len(refused)), "")
	r.add("refused although sent before the end", float64(len(early)), "")
	r.add("of these the earliest, before the end", early.at(1), "ms")
	r.nought("lost", lost)
	r.nought("twice", twice)
	r.nought("taken late", late)
	r.nought("neither in nor refused for a reason", unexplained)
	r.beside("p50 of a submission", in.at(0.50), busy.at(0.50), 0, "ms")
	r.beside("p99 of a submission", in.at(0.99), busy.at(0.99), 0, "ms")
	r.add("p99 of a refusal", refused.at(0.99), "ms")
	r.add("p50 of the floor from one client", idle.at(0.50), "ms")
	r.Notes = append(r.Notes, fmt.Sprintf("floor: two inserts and one update a transaction through pgx, %d clients at once", clients),
		"arrivals: more and more towards the end, one in twenty up to a second after it")
	return g.sound(ctx, r)
}
