package store

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"startupfund/domain"
)

// silenceWarning is how long before the end of a silence members are told that it comes:
// the program's own, and no rule of the fund.
const silenceWarning = 24 * time.Hour

// SilenceDue is the job that tells that a silence, or the time of capitals to confirm, nears
// its end, or has come to it.
type SilenceDue struct {
	Question uuid.UUID `json:"question"`
}

// Kind is the job's name in river_job.
func (SilenceDue) Kind() string { return "silence-due" }

type silenceWorker struct {
	river.WorkerDefaults[SilenceDue]
	*Store
}

func (w silenceWorker) Work(ctx context.Context, job *river.Job[SilenceDue]) error {
	return errors.Join(w.RemindSilence(ctx, job.Args.Question), w.RemindReferendum(ctx, job.Args.Question))
}

// watchSilence has people told a day before an end, and at it.
func (t *tx) watchSilence(q domain.Question) error {
	if t.store.mute { // what is invented was told long ago; what still runs, the hourly look finds
		return nil
	}
	for _, at := range []time.Time{q.EndsAt.Add(-silenceWarning), *q.EndsAt} {
		if at.After(t.now) {
			if err := t.later(SilenceDue{q.ID}, at.Sub(t.now)); err != nil {
				return err
			}
		}
	}
	return nil
}

// RemindSilences tells of every silence that nears its end or has come to it, and of
// which nobody was told: what the jobs of each do, should one be lost.
func (s *Store) RemindSilences(ctx context.Context) error {
	ids, err := read(ctx, s, domain.Actor{}, func(t *tx) (ids []uuid.UUID, err error) {
		return ids, t.Raw(`SELECT id FROM questions WHERE meeting IS NULL AND state = 'open' AND ends_at <= ? ORDER BY ends_at LIMIT ?`,
			t.now.Add(silenceWarning), mostSilences).Scan(&ids).Error
	})
	for _, id := range ids {
		err = errors.Join(err, s.RemindSilence(ctx, id))
	}
	return err
}

// RemindSilence tells members that a silence nears its end, or whoever presides that it is
// over; each once an end.
func (s *Store) RemindSilence(ctx context.Context, question uuid.UUID) error {
	return s.remindOnce(ctx, "silence.remind", "question", question, func(t *tx) (bool, error) {
		i, err := t.item(question, true)
		if err != nil || i.State != domain.QuestionOpen || i.EndsAt == nil {
			return false, err
		}
		stage := domain.StageSilenceEnding
		switch {
		case i.SilenceOver(t.now):
			stage = domain.StageSilenceOver
		case i.EndsAt.Sub(t.now) > silenceWarning:
			return false, nil
		}
		t.changed("state", stage)
		return t.first(`INSERT INTO silence_reminders (question, kind, ends_at, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, question, stage, i.EndsAt, t.now)
	})
}

// inWriting fits what is told to a question that has no meeting: until when one may speak,
// and who presides.
func (t *tx) inWriting(f fact) fact {
	i := f.item
	if !i.InWriting() {
		return f
	}
	if i.EndsAt != nil {
		f.params["closes"] = i.EndsAt.UTC().Format(time.RFC3339)
	}
	if f.stage == string(domain.QuestionListed) || f.stage == string(domain.QuestionOpen) || f.stage == string(domain.QuestionWithdrawn) {
		f.stage = domain.StageInWriting
	}
	if stage, ok := t.changes["state"].(string); ok && (stage == domain.StageSilenceEnding || stage == domain.StageSilenceOver) {
		f.stage = stage
	}
	if seat, member := i.PresidesInWriting(); member {
		f.recipient = seat.Organisation
	}
	return f
}
