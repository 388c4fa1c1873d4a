package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/exchange/filetype"
	"startupfund/store/blob"
)

// part is one that has come.
type part struct {
	at   int64
	size int
	hash []byte
}

// came adds the parts up, and finds where the first missing one begins.
func came(size int64, parts []part) (bytes int64, next *int64) {
	var end int64
	for _, p := range parts {
		if p.at == end {
			end += int64(p.size)
		}
		bytes += int64(p.size)
	}
	if end < size {
		next = &end
	}
	return bytes, next
}

// parts of one, in their order.
func (t *tx) parts(id uuid.UUID) ([]part, error) {
	rows, err := t.Raw(`SELECT at_byte, size, sha256 FROM attachment_parts WHERE attachment = ? ORDER BY at_byte`, id).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []part
	for rows.Next() {
		var p part
		if err := rows.Scan(&p.at, &p.size, &p.hash); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// files is where bytes are kept.
func (s *Store) files() (blob.Blobs, error) {
	if s.blobs == nil {
		return nil, domain.ErrKeepsNoFiles
	}
	return s.blobs, nil
}

// PutPart takes one part of a file. Once it is answered it is kept. The same part
// again is fine; another in its place is not.
func (s *Store) PutPart(ctx context.Context, by domain.Actor, id uuid.UUID, offset int64, body, hash []byte) (AttachmentFile, error) {
	blobs, err := s.files()
	if err != nil {
		return AttachmentFile{}, err
	}
	var whole []byte
	known, err := read(ctx, s, by, func(t *tx) (bool, error) {
		a, err := t.attachment(id)
		if err != nil {
			return false, err
		}
		whole = a.Hash
		return t.takesPart(a.Attachment, offset, body, hash)
	})
	if err != nil {
		return AttachmentFile{}, err
	}
	if !known {
		if err := blobs.Put(ctx, blob.Part(id.String(), offset), bytes.NewReader(body), int64(len(body))); err != nil {
			return AttachmentFile{}, unkept(err)
		}
		err := s.write(ctx, by, func(t *tx) error {
			if err := t.Exec(lockBytes, hex.EncodeToString(whole)).Error; err != nil {
				return err
			} // what makes a file of its parts has ended, or has not begun
			return t.Exec(`INSERT INTO attachment_parts (attachment, at_byte, size, sha256, at)
				SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT FROM attachment_arrivals WHERE attachment = ?) ON CONFLICT DO NOTHING`,
				id, offset, len(body), hash, t.now, id).Error
		})
		if err != nil {
			return AttachmentFile{}, err
		}
	}
	return s.Attachment(ctx, by, id)
}

// takesPart refuses a part that does not belong, or tells that it is here.
func (t *tx) takesPart(a domain.Attachment, offset int64, b, hash []byte) (known bool, err error) {
	if err := t.sends(a); err != nil {
		return false, err
	}
	if err := a.Takes(t.now); err != nil {
		return false, err
	}
	if err := a.Part(offset, len(b)); err != nil {
		return false, err
	}
	if sum := sha256.Sum256(b); !bytes.Equal(sum[:], hash) {
		return false, domain.ErrPartHash.With("name", a.Name, "offset", offset)
	}
	if a.Arrived != nil {
		return true, nil
	}
	if offset == 0 && !filetype.Begins(b) {
		rules, err := t.rulesOf(a.To)
		if err != nil {
			return false, err
		}
		return false, a.NotTaken(rules)
	}
	parts, err := t.parts(a.ID)
	for _, p := range parts {
		if p.at == offset && !bytes.Equal(p.hash, hash) {
			return false, domain.ErrPartTaken.With("name", a.Name, "offset", offset)
		}
		known = known || p.at == offset
	}
	return known, err
}

func (t *tx) rulesOf(to domain.Subject) (charter.Charter, error) {
	h, err := t.holder(to)
	if err != nil {
		return charter.Charter{}, err
	}
	return h.rules(t, to.ID)
}

// write changes what is no act of the fund, such as which parts have come.
func (s *Store) write(ctx context.Context, by domain.Actor, do func(*tx) error) error {
	err := s.db.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		t, err := s.begin(ctx, db, by)
		if err != nil {
			return err
		}
		return do(t)
	})
	return translate(err)
}

// unkept tells that bytes could not be kept: a full disk, a bucket out of reach.
// It is for the operator; the one who sends tries again.
func unkept(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%w: %w", domain.ErrKeepsNoFiles, err)
}

// FinishAttachment makes a file of its parts. It is here once its hash is right and
// what is in it is of a type that the charter takes; else it is refused, and its
// parts are forgotten.
func (s *Store) FinishAttachment(ctx context.Context, by Ask, id uuid.UUID) (AttachmentFile, error) {
	blobs, err := s.files()
	if err != nil {
		return AttachmentFile{}, err
	}
	var parts []part
	var rules charter.Charter
	a, err := read(ctx, s, by.Actor, func(t *tx) (f AttachmentFile, err error) {
		if f, err = t.attachment(id); err != nil || f.Arrived != nil {
			return f, err
		}
		if err := t.sends(f.Attachment); err != nil {
			return f, err
		}
		if err := f.Takes(t.now); err != nil {
			return f, err
		}
		if f.Next != nil {
			return f, domain.ErrUnfinished.With("name", f.Name)
		}
		if rules, err = t.rulesOf(f.To); err != nil {
			return f, err
		}
		parts, err = t.parts(id)
		return f, err
	})
	if err != nil || a.Arrived != nil {
		return a, err
	}
	whole, err := s.assemble(ctx, blobs, a.Attachment, parts)
	if whole != nil {
		defer func() { whole.Close(); os.Remove(whole.Name()) }()
	}
	if errors.Is(err, domain.ErrFileHash) {
		return s.notWhole(ctx, blobs, by.Actor, a, parts, err)
	}
	if err != nil {
		return a, err
	}
	kind, refused := s.inspect(whole, a.Attachment, rules)
	if refused != nil {
		return a, s.turnAway(ctx, blobs, by, a.Attachment, parts, refused)
	}
	out, err := act(ctx, s, by, "attachment.finish", func(t *tx) (AttachmentFile, error) {
		return t.arrive(blobs, a.Attachment, kind, whole)
	})
	if err == nil {
		clearParts(ctx, blobs, id, parts)
	}
	return out, err
}

// notWhole forgets the parts that make no file, unless the same file came another way
// meanwhile: then its parts are gone because they were used.
func (s *Store) notWhole(ctx context.Context, blobs blob.Blobs, by domain.Actor, a AttachmentFile, parts []part, refusal error) (AttachmentFile, error) {
	now, err := s.Attachment(ctx, by, a.ID)
	if err != nil || now.Arrived != nil {
		return now, err
	}
	return a, errors.Join(refusal, s.forget(ctx, blobs, by, a.ID, parts))
}

// arrive keeps the bytes and says that they came. What is swept at the same time
// waits, or is waited for.
func (t *tx) arrive(blobs blob.Blobs, a domain.Attachment, kind charter.FileType, whole *os.File) (out AttachmentFile, err error) {
	t.on(a.To.Kind, a.To.ID)
	if err := t.Exec(lockBytes, hex.EncodeToString(a.Hash)).Error; err != nil {
		return out, err
	}
	now, err := t.attachment(a.ID)
	if err != nil || now.Arrived != nil {
		return now, err
	}
	if err := now.Takes(t.now); err != nil {
		return out, err
	}
	if size, err := blobs.Size(t.ctx, blob.File(a.Hash)); errors.Is(err, blob.ErrNone) || err == nil && size != a.Size {
		if _, err := whole.Seek(0, io.SeekStart); err != nil {
			return out, err
		}
		if err := blobs.Put(t.ctx, blob.File(a.Hash), whole, a.Size); err != nil {
			return out, unkept(err)
		}
	} else if err != nil {
		return out, unkept(err)
	}
	t.changed("arrived", a.ID)
	t.changed("type", kind)
	for _, sql := range []struct {
		text string
		args []any
	}{
		{`INSERT INTO attachment_arrivals (attachment, type, at) VALUES (?, ?, ?)`, []any{a.ID, string(kind), t.now}},
		{`INSERT INTO files (size, sha256, type, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, []any{a.Size, a.Hash, string(kind), t.now}},
		{`DELETE FROM attachment_parts WHERE attachment = ?`, []any{a.ID}},
	} {
		if err := t.Exec(sql.text, sql.args...).Error; err != nil {
			return out, err
		}
	}
	return t.attachment(a.ID)
}

// lockBytes holds the bytes of a hash for one act at a time.
const lockBytes = `SELECT pg_advisory_xact_lock(hashtextextended('file ' || ?, 0))`

// assemble puts the parts together in a file of its own, which the caller closes
// and removes, and asks the whole for its hash.
func (s *Store) assemble(ctx context.Context, blobs blob.Blobs, a domain.Attachment, parts []part) (*os.File, error) {
	whole, err := os.CreateTemp(s.scratch, "fund-*")
	if err != nil {
		return nil, unkept(err)
	}
	sum := sha256.New()
	for _, p := range parts {
		r, _, err := blobs.Open(ctx, blob.Part(a.ID.String(), p.at))
		if errors.Is(err, blob.ErrNone) {
			return whole, domain.ErrFileHash.With("name", a.Name)
		}
		if err != nil {
			return whole, unkept(err)
		}
		_, err = io.Copy(io.MultiWriter(whole, sum), r)
		r.Close()
		if err != nil {
			return whole, unkept(err)
		}
	}
	if !bytes.Equal(sum.Sum(nil), a.Hash) {
		return whole, domain.ErrFileHash.With("name", a.Name)
	}
	return whole, nil
}

// inspect tells the type of a whole file, or refuses it.
func (s *Store) inspect(whole *os.File, a domain.Attachment, rules charter.Charter) (charter.FileType, error) {
	kind, err := filetype.Of(whole, a.Size)
	switch {
	case errors.Is(err, filetype.ErrMacros):
		return "", domain.ErrFileMacros.With("name", a.Name)
	case errors.Is(err, filetype.ErrBroken):
		return "", domain.ErrFileBroken.With("name", a.Name)
	case errors.Is(err, filetype.ErrUnknown):
		return "", a.NotTaken(rules)
	case err != nil:
		return "", err
	}
	return charter.FileType(kind), a.Allowed(charter.FileType(kind), rules)
}

// turnAway takes a file that may not be here off the list, unless a submission
// names it, and gives the refusal.
func (s *Store) turnAway(ctx context.Context, blobs blob.Blobs, by Ask, a domain.Attachment, parts []part, refusal error) error {
	by.Key = "" // the refusal is what is answered, and refusals are not kept
	_, err := act(ctx, s, by, "attachment.remove", func(t *tx) (bool, error) {
		t.on(a.To.Kind, a.To.ID)
		if a.Due != nil {
			return false, errNothing
		}
		return true, t.removeAttachment(a)
	})
	if err != nil && err != errNothing {
		return errors.Join(refusal, err)
	}
	return errors.Join(refusal, s.forget(ctx, blobs, by.Actor, a.ID, parts))
}

// forget drops the parts of what is not to be.
func (s *Store) forget(ctx context.Context, blobs blob.Blobs, by domain.Actor, id uuid.UUID, parts []part) error {
	err := s.write(ctx, by, func(t *tx) error {
		return t.Exec(`DELETE FROM attachment_parts WHERE attachment = ?`, id).Error
	})
	if err == nil {
		clearParts(ctx, blobs, id, parts)
	}
	return err
}

// clearParts removes the bytes of parts that nothing names any more. What fails here
// is swept later.
func clearParts(ctx context.Context, blobs blob.Blobs, id uuid.UUID, parts []part) {
	for _, p := range parts {
		_ = blobs.Remove(ctx, blob.Part(id.String(), p.at))
	}
}

// OpenAttachment gives the bytes of one. Whoever opens them closes them.
func (s *Store) OpenAttachment(ctx context.Context, by domain.Actor, id uuid.UUID) (AttachmentFile, io.ReadCloser, error) {
	blobs, err := s.files()
	if err != nil {
		return AttachmentFile{}, nil, err
	}
	a, err := s.Attachment(ctx, by, id)
	if err != nil {
		return a, nil, err
	}
	if a.Arrived == nil {
		return a, nil, domain.ErrUnfinished.With("name", a.Name)
	}
	r, size, err := blobs.Open(ctx, blob.File(a.Hash))
	if err == nil && size != a.Size {
		r.Close()
		err = fmt.Errorf("%x has %d bytes instead of %d", a.Hash, size, a.Size)
	}
	if err != nil {
		return a, nil, unkept(err)
	}
	return a, r, nil
}
