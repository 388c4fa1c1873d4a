package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// said is one member's attempt to take a position on one question.
type said struct {
	took   time.Duration
	status int
	code   string
	twice  bool // sent once more under its key, at the same moment
}

// positionWithin is the target of a position at the 99th percentile, in ms.
const positionWithin = 150

// body lets thirteen members take a position on each of Size open questions at once, all
// in the same order, so that they meet on every one; each tenth is sent twice in the same
// moment, as by an impatient hand. Each must be kept once, or refused to whom the roll has
// recused.
func body(ctx context.Context, g *ground, o Options, r *Report) error {
	n := o.Size
	if n == 0 {
		n = 200
	}
	b, err := g.sit(ctx, n)
	if err != nil {
		return err
	}
	r.Loaded = append(r.Loaded, b.loaded)
	idle, _, err := g.floor(ctx, n, 1, false)
	if err != nil {
		return err
	}
	busy, _, err := g.floor(ctx, n*len(b.members), len(b.members), false)
	if err != nil {
		return err
	}
	g.say("%d members take positions on %d questions, load %s", len(b.members), n, load())
	all := make([][]said, len(b.members))
	var at sync.WaitGroup
	began := time.Now()
	for m := range b.members {
		at.Go(func() { all[m] = g.speak(ctx, b, m) })
	}
	at.Wait()
	whole := time.Since(began)
	return g.heardOut(ctx, b, all, whole, idle, busy, r)
}

// speak takes one member through all questions.
func (g *ground) speak(ctx context.Context, b *bodied, m int) []said {
	list := make([]said, len(b.questions))
	for i, q := range b.questions {
		position := []string{"agree", "abstain", "agree", "agree"}[(i+m)%4]
		send, key := func(key string) (int, []byte) {
			body := strings.NewReader(`{"position": "` + position + `", "reason": ""}`)
			status, text, err := g.ask(ctx, b.members[m], "POST", "/questions/"+q.String()+"/positions", body, key)
			if err != nil {
				return 0, nil
			}
			return status, text
		}, uuid.NewString()
		var again sync.WaitGroup
		if list[i].twice = (i+m)%10 == 0; list[i].twice {
			again.Go(func() { send(key) })
		}
		sent := time.Now()
		status, text := send(key)
		list[i].took, list[i].status = time.Since(sent), status
		var refusal struct {
			Code string `json:"code"`
		}
		if status >= 400 && json.Unmarshal(text, &refusal) == nil {
			list[i].code = refusal.Code
		}
		again.Wait()
	}
	return list
}

// heardOut counts what came of them, by what members were told and by what is on record.
func (g *ground) heardOut(ctx context.Context, b *bodied, all [][]said, whole time.Duration, idle, busy times, r *Report) error {
	var taken, refused times
	var lost, twice, wrong int
	for m, list := range all {
		for i, s := range list {
			var kept int
			var recused bool
			if err := g.db.QueryRow(ctx, `SELECT (SELECT count(*) FROM positions p WHERE p.question = r.question AND p.seat = r.seat), r.recused
				FROM question_rolls r WHERE r.question = $1 AND r.organisation = $2`, b.questions[i], b.members[m].Hat.Organisation).Scan(&kept, &recused); err != nil {
				return err
			}
			switch {
			case s.status == 201 && !recused:
				taken = append(taken, s.took)
				if kept == 0 {
					lost++
				}
			case s.code == "recused" && recused:
				refused = append(refused, s.took)
			default:
				wrong++
			}
			if kept > 1 || recused && kept > 0 {
				twice++
			}
		}
	}
	r.add("positions taken", float64(len(taken)), "")
	r.add("refused: recused", float64(len(refused)), "")
	r.nought("lost", lost)
	r.nought("twice, or of a recused seat", twice)
	r.nought("answered otherwise than the roll says", wrong)
	r.beside("p50 of taking a position", taken.at(0.50), busy.at(0.50), 0, "ms")
	r.beside("p99 of taking a position", taken.at(0.99), busy.at(0.99), positionWithin, "ms")
	r.add("p99 of a refusal", refused.at(0.99), "ms")
	r.add("positions a second", float64(len(taken))/whole.Seconds(), "")
	r.add("p50 of the floor from one client", idle.at(0.50), "ms")
	r.Notes = append(r.Notes, fmt.Sprintf("floor: two inserts and one update a transaction through pgx, %d clients at once", len(b.members)))
	adopted, err := g.announce(ctx, b)
	if err != nil {
		return err
	}
	r.add("announced afterwards and adopted", float64(adopted), "")
	return g.sound(ctx, r)
}

// announce closes the questions: with nobody against, each is adopted.
func (g *ground) announce(ctx context.Context, b *bodied) (adopted int, err error) {
	for _, q := range b.questions {
		status, text, err := g.ask(ctx, b.chair, "POST", "/questions/"+q.String()+"/decision", strings.NewReader(`{}`), uuid.NewString())
		if err != nil || status != 201 {
			return adopted, fmt.Errorf("announcing: %d %s %w", status, text, err)
		}
		adopted++
	}
	return adopted, nil
}

// sound adds how many faults `fund check` finds.
func (g *ground) sound(ctx context.Context, r *Report) error {
	found, err := g.Check(ctx)
	if err != nil {
		return err
	}
	faults := 0
	for _, q := range found {
		faults += len(q.Faults)
		if len(q.Faults) > 0 {
			r.Notes = append(r.Notes, fmt.Sprintf("fund check: %s, %d times", q.Code, len(q.Faults)))
		}
	}
	r.nought("faults found by fund check", faults)
	return nil
}
