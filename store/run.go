package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"startupfund/domain"
)

// Settings of runs: the program's own, and no rule of the fund.
const (
	runTimeout = 15 * time.Minute
	runBeat    = 5 * time.Second        // how often it is told that somebody is at it
	runSilent  = 6 * runBeat            // nobody is, after so long
	runsKept   = 7 * 24 * time.Hour     // ended ones
	runsShown  = 20                     // of somebody, the latest
	toldEvery  = 300 * time.Millisecond // how far it is
)

// Run is a request that is answered later: what was asked, how far it is and what
// was answered. It is asked under a key, so that it is done once however often it
// is begun.
type Run struct {
	ID          uuid.UUID
	By          domain.Actor
	Language    string
	Method      string
	Path        string
	ContentType string
	IfMatch     string
	Key         string
	Hash        []byte
	Body        []byte // nil once it has ended
	Name        string // what its person calls it: the file's name
	Phase       Phase
	Done, Total int64 // of the phase; Total 0 where nobody can tell
	Status      int   // of the answer, as HTTP counts; 0 until it has ended
	Location    string
	Answer      json.RawMessage
	AskedAt     time.Time
	StartedAt   *time.Time
	EndedAt     *time.Time
	Stalled     bool // begun, and nobody was heard of for a while: it is begun again
}

// Phase is what a run is doing.
type Phase string

const (
	Reading  Phase = "reading"
	Matching Phase = "matching"
)

// RunDue is the job that does a run.
type RunDue struct {
	Run uuid.UUID `json:"run"`
}

// Kind is the job's name in river_job.
func (RunDue) Kind() string { return "run" }

type runWorker struct {
	river.WorkerDefaults[RunDue]
	*Store
	do func(context.Context, Run) (status int, location string, answer []byte)
}

func (w runWorker) Timeout(*river.Job[RunDue]) time.Duration { return runTimeout }

func (w runWorker) Work(ctx context.Context, job *river.Job[RunDue]) error {
	return w.Perform(ctx, job.Args.Run, w.do)
}

// Defer keeps a request to be answered later. The same request under the same key
// again is the run that it was; another under it is refused.
func (s *Store) Defer(ctx context.Context, r Run) (Run, error) {
	var id uuid.UUID
	err := s.write(ctx, r.By, func(t *tx) error {
		made := t.Exec(`INSERT INTO runs (id, person, membership, language, method, path, content_type, if_match, key, hash, body, name, asked_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person, key) DO NOTHING`, r.ID, r.By.Person, r.By.Hat.Membership, r.Language,
			r.Method, r.Path, r.ContentType, r.IfMatch, r.Key, r.Hash, r.Body, r.Name, t.now)
		if made.Error != nil {
			return made.Error
		}
		if id = r.ID; made.RowsAffected == 1 {
			return t.later(RunDue{r.ID}, 0)
		}
		var hash []byte
		if err := t.Raw(`SELECT id, hash FROM runs WHERE person = ? AND key = ?`, r.By.Person, r.Key).Row().Scan(&id, &hash); err != nil {
			return err
		}
		if !bytes.Equal(hash, r.Hash) {
			return domain.ErrKeyReused
		}
		return nil
	})
	if err != nil {
		return Run{}, err
	}
	return s.Run(ctx, r.By, id)
}

// Run opens one of by's own runs.
func (s *Store) Run(ctx context.Context, by domain.Actor, id uuid.UUID) (Run, error) {
	if by.Person == uuid.Nil {
		return Run{}, domain.ErrUnsigned
	}
	return read(ctx, s, by, func(t *tx) (Run, error) {
		return only(t.putOff(`r.id = ? AND r.person = ? AND r.membership = ?`, id, by.Person, by.Hat.Membership))
	})
}

// Runs lists by's own under the hat that is worn, the latest first.
func (s *Store) Runs(ctx context.Context, by domain.Actor) ([]Run, error) {
	if by.Person == uuid.Nil {
		return nil, domain.ErrUnsigned
	}
	return read(ctx, s, by, func(t *tx) ([]Run, error) {
		return t.putOff(`r.person = ? AND r.membership = ? ORDER BY r.asked_at DESC, r.id LIMIT ?`, by.Person, by.Hat.Membership, runsShown)
	})
}

func (t *tx) putOff(condition string, args ...any) ([]Run, error) {
	rows, err := t.Raw(`SELECT r.id, r.language, r.method, r.path, r.content_type, r.if_match, r.key, r.hash, r.name, r.phase, r.done, r.total,
			coalesce(r.status, 0), r.location, r.answer, r.asked_at, r.started_at, r.ended_at,
			r.ended_at IS NULL AND r.beat_at < clock_timestamp() - make_interval(secs => ?)
		FROM runs r WHERE `+condition, append([]any{runSilent.Seconds()}, args...)...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Run
	for rows.Next() {
		r := Run{By: t.by}
		var answer []byte
		var stalled *bool
		if err := rows.Scan(&r.ID, &r.Language, &r.Method, &r.Path, &r.ContentType, &r.IfMatch, &r.Key, &r.Hash, &r.Name, &r.Phase, &r.Done, &r.Total,
			&r.Status, &r.Location, &answer, &r.AskedAt, &r.StartedAt, &r.EndedAt, &stalled); err != nil {
			return nil, err
		}
		r.Answer, r.Stalled = answer, stalled != nil && *stalled
		list = append(list, r)
	}
	return list, rows.Err()
}

// Perform does a run that has not ended: do answers it as its person would have
// been answered, with the hat that they still wear. Done twice at once, its key
// lets one of them do it.
func (s *Store) Perform(ctx context.Context, id uuid.UUID, do func(context.Context, Run) (status int, location string, answer []byte)) error {
	r, err := s.taken(ctx, id)
	if err != nil || r.EndedAt != nil {
		return err
	}
	heard := &hearing{store: s, run: id}
	ended := make(chan struct{})
	go heard.beat(ctx, ended)
	status, location, answer := do(context.WithValue(ctx, hearingKey{}, heard), r)
	close(ended)
	if ctx.Err() != nil && status >= 500 {
		return ctx.Err() // the program is stopped over it: it is begun again
	}
	if !json.Valid(answer) {
		answer = []byte("null")
	}
	return s.db.WithContext(context.WithoutCancel(ctx)).Exec(`UPDATE runs SET status = ?, location = ?, answer = ?::jsonb, ended_at = clock_timestamp(), body = NULL
		WHERE id = ? AND ended_at IS NULL`, status, location, string(answer), id).Error
}

func (s *Store) taken(ctx context.Context, id uuid.UUID) (r Run, err error) {
	var membership uuid.UUID
	var person uuid.UUID
	if err := s.db.WithContext(ctx).Raw(`UPDATE runs SET started_at = coalesce(started_at, clock_timestamp()), beat_at = clock_timestamp()
		WHERE id = ? AND ended_at IS NULL RETURNING person, membership`, id).Row().Scan(&person, &membership); err != nil {
		if errors.Is(missing(err), domain.ErrMissing) {
			now := time.Now()
			return Run{EndedAt: &now}, nil // ended, or swept
		}
		return r, err
	}
	return read(ctx, s, domain.Actor{Person: person}, func(t *tx) (Run, error) {
		hats, err := t.hats(person)
		if err != nil {
			return r, err
		}
		for _, h := range hats {
			if h.Membership == membership {
				t.by.Hat = h
			}
		}
		list, err := t.putOff(`r.id = ?`, id)
		if err != nil || len(list) == 0 {
			return r, err
		}
		r = list[0]
		return r, t.Raw(`SELECT body FROM runs WHERE id = ?`, id).Row().Scan(&r.Body)
	})
}

// hearingKey finds, in a context, who is told how far a run is.
type hearingKey struct{}

type hearing struct {
	store *Store
	run   uuid.UUID
	last  atomic.Int64 // when it was told last, in Unix milliseconds
	phase atomic.Value
}

// Progress tells how far the work of ctx is, where it is a run; else it tells
// nobody. It costs nothing to tell often.
func Progress(ctx context.Context, phase Phase, done, total int64) {
	h, ok := ctx.Value(hearingKey{}).(*hearing)
	if !ok {
		return
	}
	now := time.Now().UnixMilli()
	if same := h.phase.Swap(phase) == phase; same && now-h.last.Load() < toldEvery.Milliseconds() {
		return
	}
	h.last.Store(now)
	// Beside the act, which shows nothing of itself before it commits. What fails here is told next time.
	_ = h.store.db.WithContext(ctx).Exec(`UPDATE runs SET phase = ?, done = ?, total = ?, beat_at = clock_timestamp() WHERE id = ? AND ended_at IS NULL`,
		string(phase), min(done, total), total, h.run).Error
}

func (h *hearing) beat(ctx context.Context, ended <-chan struct{}) {
	tick := time.NewTicker(runBeat)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = h.store.db.WithContext(ctx).Exec(`UPDATE runs SET beat_at = clock_timestamp() WHERE id = ? AND ended_at IS NULL`, h.run).Error
		}
	}
}

// sweepRuns forgets what ended long ago.
func (s *Store) sweepRuns(ctx context.Context) error {
	return s.write(ctx, domain.Actor{}, func(t *tx) error {
		return t.Exec(`DELETE FROM runs WHERE ended_at < ?`, t.now.Add(-runsKept)).Error
	})
}
