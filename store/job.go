package store

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"startupfund/migrations"
)

// What must happen outside is a job: a row written in the act, so that it commits
// or rolls back with it, and done afterwards by whichever copy of the program
// takes it. It is done at least once, and again after a failure.

// Settings of jobs: the program's own, and no rule of the fund.
const (
	jobTimeout  = time.Minute     // one letter takes no longer
	rescueAfter = 5 * time.Minute // of a program that was killed over a job
	jobsKept    = 24 * time.Hour  // done ones; their traces name people
	mailTries   = 12              // over some fifteen hours
	pollEvery   = 2 * time.Second
)

// Mail is a letter that an act asks for. It holds no secret: a one-time link is
// made when the letter is written.
type Mail struct {
	About  About     `json:"about"`
	Person uuid.UUID `json:"person,omitzero"`
	Email  string    `json:"email,omitempty"` // of a forgotten password: whoever that is
	Notice uuid.UUID `json:"notice,omitzero"`
}

// Kind is the job's name in river_job.
func (Mail) Kind() string { return "mail" }

// About is what a letter is about.
type About string

const (
	AboutInvitation About = "invitation"
	AboutPassword   About = "password"
	AboutNotice     About = "notice"
	AboutDigest     About = "digest"
)

// mail has a letter written once the act has committed, and no sooner than delay
// after it.
func (t *tx) mail(m Mail, delay time.Duration) error {
	if t.store.mute {
		return nil
	}
	return t.later(m, delay)
}

// later has a job done once the act has committed, and no sooner than delay after it.
func (t *tx) later(job river.JobArgs, delay time.Duration) error {
	args, err := json.Marshal(job)
	if err != nil {
		return err
	}
	state := "available"
	if delay > 0 {
		state = "scheduled"
	}
	return t.Exec(`INSERT INTO river_job (kind, args, max_attempts, state, scheduled_at)
		VALUES (?, ?::jsonb, ?, ?::river_job_state, clock_timestamp() + make_interval(secs => ?))`, job.Kind(), string(args), mailTries, state,
		int(math.Ceil(delay.Seconds()))).Error
}

// Try is one attempt at a job: its number for ever, and whether it is the last.
type Try struct {
	Job  int64
	Last bool
}

// Workers are those that do the fund's jobs.
type Workers struct {
	Mail  func(context.Context, Mail, Try) error                                  // an error has it tried again
	Run   func(context.Context, Run) (status int, location string, answer []byte) // answers a request that was put off
	Log   *slog.Logger
	Poll  time.Duration                   // how often to look for work; 0 is every two seconds
	Retry func(attempt int) time.Duration // the wait before the next attempt; nil is River's own, longer each time
}

type mailWorker struct {
	river.WorkerDefaults[Mail]
	Workers
}

func (w mailWorker) Work(ctx context.Context, job *river.Job[Mail]) error {
	return w.Mail(ctx, job.Args, Try{job.ID, job.Attempt >= job.MaxAttempts})
}

func (w mailWorker) NextRetry(job *river.Job[Mail]) time.Time {
	if w.Retry == nil {
		return time.Time{}
	}
	return time.Now().Add(w.Retry(job.Attempt))
}

// Work does jobs until stop is called, which lets those under way finish.
func (s *Store) Work(ctx context.Context, w Workers) (stop func(context.Context) error, err error) {
	pool, err := s.jobPool(ctx)
	if err != nil {
		return nil, err
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, mailWorker{Workers: w})
	river.AddWorker(workers, sweepWorker{Store: s})
	river.AddWorker(workers, dueWorker{Store: s})
	river.AddWorker(workers, runWorker{Store: s, do: w.Run})
	river.AddWorker(workers, remindWorker{Store: s})
	river.AddWorker(workers, silenceWorker{Store: s})
	sweeping := river.NewPeriodicJob(river.PeriodicInterval(sweepEvery), func() (river.JobArgs, *river.InsertOpts) { return Sweep{}, nil }, nil)
	reminding := river.NewPeriodicJob(river.PeriodicInterval(remindEvery), func() (river.JobArgs, *river.InsertOpts) { return Remind{}, nil }, &river.PeriodicJobOpts{RunOnStart: true})
	if w.Poll == 0 {
		w.Poll = pollEvery
	}
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4, FetchPollInterval: w.Poll}}, Workers: workers, Logger: quiet(w.Log),
		FetchPollInterval: w.Poll, FetchCooldown: min(w.Poll, 100*time.Millisecond), PollOnly: true, // LISTEN would not outlive a pooler
		PeriodicJobs: []*river.PeriodicJob{sweeping, reminding},
		JobTimeout:   jobTimeout, RescueStuckJobsAfter: rescueAfter,
		CompletedJobRetentionPeriod: jobsKept, DiscardedJobRetentionPeriod: 7 * jobsKept, CancelledJobRetentionPeriod: jobsKept,
		ReindexerIndexNames: []string{}, // that takes the tables' owner
	})
	if err == nil {
		err = client.Start(context.WithoutCancel(ctx)) // it is stop that ends it, in order
	}
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("the jobs cannot be begun: %w", err)
	}
	return func(ctx context.Context) error {
		defer pool.Close()
		return client.Stop(ctx)
	}, nil
}

// quiet keeps what River says of its own beginning and end out of the log.
func quiet(log *slog.Logger) *slog.Logger {
	if log == nil {
		return nil
	}
	return slog.New(worse{log.Handler()})
}

// worse hands on warnings and errors.
type worse struct{ slog.Handler }

func (h worse) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && h.Handler.Enabled(ctx, l)
}
func (h worse) WithAttrs(as []slog.Attr) slog.Handler { return worse{h.Handler.WithAttrs(as)} }
func (h worse) WithGroup(name string) slog.Handler    { return worse{h.Handler.WithGroup(name)} }

// jobPool is a small pool of River's own, which speaks pgx and not database/sql.
func (s *Store) jobPool(ctx context.Context) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(s.url)
	if err != nil {
		return nil, fmt.Errorf("the database URL cannot be read: %w", err)
	}
	for k, v := range connection {
		config.ConnConfig.RuntimeParams[k] = v
	}
	config.MaxConns = 4
	if s.Guarded {
		config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
			_, err := c.Exec(ctx, "SET ROLE "+migrations.App)
			return err
		}
	}
	return pgxpool.NewWithConfig(ctx, config)
}
