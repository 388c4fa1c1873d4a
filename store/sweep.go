package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"startupfund/domain"
	"startupfund/store/blob"
)

// What is swept, and when: the program's own, and no rule of the fund.
const (
	abandonedAfter = 7 * 24 * time.Hour // no part came for so long
	strayAfter     = 24 * time.Hour     // bytes that no row names
	sweepEvery     = time.Hour
)

// Sweep is the job that forgets what nobody waits for any more.
type Sweep struct{}

// Kind is the job's name in river_job.
func (Sweep) Kind() string { return "sweep" }

// BytesDue is the job that looks after files which were to come by now.
type BytesDue struct {
	Proposal uuid.UUID `json:"proposal"`
	N        int       `json:"n"`
}

// Kind is the job's name in river_job.
func (BytesDue) Kind() string { return "bytes-due" }

type sweepWorker struct {
	river.WorkerDefaults[Sweep]
	*Store
}

func (w sweepWorker) Work(ctx context.Context, _ *river.Job[Sweep]) error { return w.SweepFiles(ctx) }

type dueWorker struct {
	river.WorkerDefaults[BytesDue]
	*Store
}

func (w dueWorker) Work(ctx context.Context, job *river.Job[BytesDue]) error {
	return w.MissAttachments(ctx, job.Args.Proposal, job.Args.N)
}

// SweepFiles forgets the parts of files that were given up, the bytes that no
// standing or submitted attachment names, and what a crash left behind.
func (s *Store) SweepFiles(ctx context.Context) error {
	if err := s.sweepRuns(ctx); err != nil {
		return err
	}
	blobs, err := s.files()
	if err != nil {
		return nil
	}
	return errors.Join(s.sweepParts(ctx), s.sweepFiles(ctx, blobs), s.sweepStrays(ctx, blobs))
}

func (s *Store) sweepParts(ctx context.Context) error {
	return s.write(ctx, domain.Actor{}, func(t *tx) error {
		return t.Exec(`DELETE FROM attachment_parts p WHERE EXISTS (SELECT FROM attachment_removals r WHERE r.attachment = p.attachment)
			OR (SELECT max(q.at) FROM attachment_parts q WHERE q.attachment = p.attachment) < ?`, t.now.Add(-abandonedAfter)).Error
	})
}

// bytesNamed tells which bytes an attachment that stands, or was submitted, has.
const named = `SELECT FROM attachments a JOIN attachment_arrivals v ON v.attachment = a.id WHERE a.sha256 = f.sha256
	AND (NOT EXISTS (SELECT FROM attachment_removals r WHERE r.attachment = a.id) OR ` + handedIn + `)`

func (s *Store) sweepFiles(ctx context.Context, blobs blob.Blobs) error {
	sums, err := read(ctx, s, domain.Actor{}, func(t *tx) (sums [][]byte, err error) {
		return sums, t.Raw(`SELECT f.sha256 FROM files f WHERE f.at < ? AND NOT EXISTS (`+named+`) LIMIT 1000`, t.now.Add(-strayAfter)).Scan(&sums).Error
	})
	for _, sum := range sums {
		if err != nil {
			return err
		}
		err = s.write(ctx, domain.Actor{}, func(t *tx) error {
			if err := t.Exec(lockBytes, hex.EncodeToString(sum)).Error; err != nil {
				return err
			}
			gone := t.Exec(`DELETE FROM files f WHERE f.sha256 = ? AND NOT EXISTS (`+named+`)`, sum)
			if gone.Error != nil || gone.RowsAffected == 0 {
				return gone.Error
			}
			return blobs.Remove(ctx, blob.File(sum))
		})
	}
	return err
}

// sweepStrays removes bytes without a row, of a day's age: what a crash left
// between the bytes and their row, and parts whose row is gone.
func (s *Store) sweepStrays(ctx context.Context, blobs blob.Blobs) error {
	before := time.Now().Add(-strayAfter) // by the clock that files are dated by
	for _, folder := range []string{blob.Files, blob.Parts} {
		err := blobs.Each(ctx, folder, func(e blob.Entry) error {
			if e.At.After(before) {
				return nil
			}
			return s.write(ctx, domain.Actor{}, func(t *tx) error {
				var known bool
				name := string(e.Key[len(folder)+1:])
				if folder == blob.Files {
					if err := t.Exec(lockBytes, name[3:]).Error; err != nil {
						return err
					}
					err := t.Raw(`SELECT EXISTS (SELECT FROM files WHERE sha256 = decode(?, 'hex'))`, name[3:]).Row().Scan(&known)
					if err != nil || known {
						return err
					}
				} else if err := t.Raw(`SELECT EXISTS (SELECT FROM attachment_parts WHERE attachment = ?::uuid AND at_byte = ?::bigint)`,
					name[:36], name[37:]).Row().Scan(&known); err != nil || known {
					return err
				}
				return blobs.Remove(ctx, e.Key)
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// CheckFiles asks for the bytes of every row and names what is wrong with them:
// absent, or of another size or, where hashes are asked for, another hash.
func (s *Store) CheckFiles(ctx context.Context, hashes bool) (looked int, faults []string, err error) {
	blobs, err := s.files()
	if err != nil {
		return 0, nil, err
	}
	type row struct {
		Sha256 []byte
		Size   int64
	}
	rows, err := read(ctx, s, domain.Actor{}, func(t *tx) (rows []row, err error) {
		return rows, t.Raw(`SELECT sha256, size FROM files ORDER BY sha256`).Scan(&rows).Error
	})
	if err != nil {
		return 0, nil, err
	}
	for _, r := range rows {
		fault, err := checkBytes(ctx, blobs, r.Sha256, r.Size, hashes)
		if err != nil {
			return looked, faults, err
		}
		looked++
		if fault != "" {
			faults = append(faults, fmt.Sprintf("%x %s", r.Sha256, fault))
		}
	}
	return looked, faults, nil
}

func checkBytes(ctx context.Context, blobs blob.Blobs, sum []byte, size int64, hash bool) (fault string, err error) {
	r, n, err := blobs.Open(ctx, blob.File(sum))
	if errors.Is(err, blob.ErrNone) {
		return "is not there", nil
	}
	if err != nil {
		return "", err
	}
	defer r.Close()
	if n != size {
		return fmt.Sprintf("has %d bytes instead of %d", n, size), nil
	}
	if !hash {
		return "", nil
	}
	now := sha256.New()
	if _, err := io.Copy(now, r); err != nil {
		return "", err
	}
	if !bytes.Equal(now.Sum(nil), sum) {
		return "has another hash", nil
	}
	return "", nil
}
