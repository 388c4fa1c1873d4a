package store

import (
	"context"
	"encoding/hex"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// AttachmentFile is an attachment as somebody sees it now.
type AttachmentFile struct {
	domain.Attachment
	By    string // the person's name
	State domain.AttachmentState
	Came  int64    // bytes that are here
	Next  *int64   // where the first missing part begins; nil where none is missing
	May   []string // acts that the domain would not refuse; policy has its own say
}

// AttachmentList is what is attached to something.
type AttachmentList struct {
	Items []AttachmentFile
	Rules charter.Proposals // what they are held to
	May   []string
}

// A holder is a kind of thing that attachments can be attached to. Each kind says,
// in its own file, who sees them and who may attach.
type holder struct {
	// reach refuses, as missing, what is out of reach, and gives the attachments
	// that the actor sees there: as a condition on attachments a, with its values.
	// n asks for those of one submitted version; 0 for what stands now.
	reach func(t *tx, id uuid.UUID, n int) (condition string, args []any, err error)
	// change refuses who may not attach there now, or take away. Where lock is set
	// the thing stays as it is until the act ends.
	change func(t *tx, id uuid.UUID, lock bool) error
	// rules is the charter that the attachments are held to.
	rules func(t *tx, id uuid.UUID) (charter.Charter, error)
	// names is the hash, in hexadecimal digits, of the one file that the thing speaks
	// of: no other is attached to it. Nil where it speaks of none.
	names func(t *tx, id uuid.UUID) (string, error)
}

// takes refuses a file that the thing does not speak of.
func (h holder) takes(t *tx, id uuid.UUID, name, hash string) error {
	if h.names == nil {
		return nil
	}
	if named, err := h.names(t, id); err != nil || named == hash {
		return err
	}
	return domain.ErrOtherScan.With("name", domain.FileName(name)).At("/sha256")
}

// holders by the kind of their subject.
var holders = map[string]holder{}

func holds(kind string, h holder) bool { holders[kind] = h; return true }

// inForce holds attachments to the charter of the day.
func inForce(t *tx, _ uuid.UUID) (charter.Charter, error) { return t.charter, nil }

// standing are those that nobody took away.
const standing = "r.attachment IS NULL"

// handedIn are the attachments a that something was handed in with, for good: a submission, a
// report, the claim of a condition, an answer.
const handedIn = `(EXISTS (SELECT FROM submitted_attachments s WHERE s.attachment = a.id) OR EXISTS (SELECT FROM report_files s WHERE s.attachment = a.id)
	OR EXISTS (SELECT FROM condition_files s WHERE s.attachment = a.id) OR EXISTS (SELECT FROM clarification_files s WHERE s.attachment = a.id))`

// A proposal's own people see what stands; everybody else whom it reaches, what
// it was submitted with.
var _ = holds("proposal", holder{
	reach: func(t *tx, id uuid.UUID, n int) (string, []any, error) {
		p, err := t.proposal(id, "")
		if err != nil {
			return "", nil, err
		}
		if n == 0 && p.Insider(t.by) {
			return standing, nil, nil
		}
		if n == 0 {
			n = p.Submission
		}
		return "EXISTS (SELECT FROM submitted_attachments s WHERE s.attachment = a.id AND s.proposal = a.subject AND s.n = ?)", []any{n}, nil
	},
	change: func(t *tx, id uuid.UUID, lock bool) error {
		clause := ""
		if lock {
			clause = "FOR UPDATE OF p"
		}
		p, err := t.proposal(id, clause)
		if err != nil {
			return err
		}
		return p.Attachable(t.by)
	},
	rules: func(t *tx, id uuid.UUID) (c charter.Charter, err error) {
		var version int
		if err := t.Raw(`SELECT charter_version FROM proposals WHERE id = ?`, id).Row().Scan(&version); err != nil {
			return c, missing(err)
		}
		return t.charterOf(version)
	},
})

// The papers of a call are for everybody; the secretariat keeps them.
var _ = holds("call", holder{
	reach: func(t *tx, id uuid.UUID, _ int) (string, []any, error) {
		_, err := t.call(id, "")
		return standing, nil, err
	},
	change: func(t *tx, id uuid.UUID, lock bool) error {
		clause := ""
		if lock {
			clause = "FOR UPDATE"
		}
		if _, err := t.call(id, clause); err != nil {
			return err
		}
		if t.by.Hat.Role != domain.Secretariat {
			return domain.ErrMissing
		}
		return nil
	},
	rules: inForce,
})

func (t *tx) holder(to domain.Subject) (holder, error) {
	h, known := holders[to.Kind]
	if !known {
		return h, domain.ErrNotAttachTo.With("kind", clip(to.Kind, 40)).At("/kind")
	}
	return h, nil
}

// Attach names a file that belongs to something; its bytes come in parts. The same
// file named there again is the one that stands.
func (s *Store) Attach(ctx context.Context, by Ask, to domain.Subject, name string, size int64, hash string) (AttachmentFile, error) {
	return act(ctx, s, by, "attachment.attach", func(t *tx) (AttachmentFile, error) {
		t.on(to.Kind, to.ID)
		h, err := t.holder(to)
		if err != nil {
			return AttachmentFile{}, err
		}
		if err := h.change(t, to.ID, true); err != nil {
			return AttachmentFile{}, err
		}
		rules, err := h.rules(t, to.ID)
		if err != nil {
			return AttachmentFile{}, err
		}
		if err := h.takes(t, to.ID, name, hash); err != nil {
			return AttachmentFile{}, err
		}
		there, err := t.attachments("a.kind = ? AND a.subject = ? AND "+standing, to.Kind, to.ID)
		if err != nil {
			return AttachmentFile{}, err
		}
		if i := slices.IndexFunc(there, func(f AttachmentFile) bool { return hex.EncodeToString(f.Hash) == hash && f.Size == size }); i >= 0 {
			t.changed("again", there[i].ID)
			return t.attachmentFile(there[i])
		}
		plain := make([]domain.Attachment, len(there))
		for i, f := range there {
			plain[i] = f.Attachment
		}
		a, err := domain.Attach(uuid.New(), t.by, to, name, size, hash, plain, rules, t.now)
		if err != nil {
			return AttachmentFile{}, err
		}
		t.changed("attachment", a.ID)
		t.changed("sha256", hash)
		if err := t.Exec(`INSERT INTO attachments (id, kind, subject, name, size, sha256, person, organisation, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			a.ID, to.Kind, to.ID, a.Name, a.Size, a.Hash, a.Person, a.Organisation, a.At).Error; err != nil {
			return AttachmentFile{}, err
		}
		return t.attachment(a.ID)
	})
}

// Attachments lists what is attached to something, as far as the actor sees it: n
// names a submitted version, 0 what stands now.
func (s *Store) Attachments(ctx context.Context, by domain.Actor, to domain.Subject, n int) (AttachmentList, error) {
	return read(ctx, s, by, func(t *tx) (out AttachmentList, err error) {
		h, err := t.holder(to)
		if err != nil {
			return out, err
		}
		if out.Items, err = t.attached(to, n); err != nil {
			return out, err
		}
		rules, err := h.rules(t, to.ID)
		if err != nil {
			return out, err
		}
		out.Rules = rules.Proposals
		if n == 0 && h.change(t, to.ID, false) == nil {
			out.May = append(out.May, "attachment.attach")
		}
		return out, nil
	})
}

// attached is what is attached to something, as far as the actor sees it: n names a
// submitted version, 0 what stands now.
func (t *tx) attached(to domain.Subject, n int) ([]AttachmentFile, error) {
	h, err := t.holder(to)
	if err != nil {
		return nil, err
	}
	seen, args, err := h.reach(t, to.ID, n)
	if err != nil {
		return nil, err
	}
	list, err := t.attachments("a.kind = ? AND a.subject = ? AND "+seen, append([]any{to.Kind, to.ID}, args...)...)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i], err = t.attachmentFile(list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Attachment shows one.
func (s *Store) Attachment(ctx context.Context, by domain.Actor, id uuid.UUID) (AttachmentFile, error) {
	return read(ctx, s, by, func(t *tx) (AttachmentFile, error) { return t.attachment(id) })
}

// RemoveAttachment takes one away from what is being written. What was submitted
// stays with its version; its bytes are kept as long as anything names them.
func (s *Store) RemoveAttachment(ctx context.Context, by Ask, id uuid.UUID) error {
	_, err := act(ctx, s, by, "attachment.remove", func(t *tx) (uuid.UUID, error) {
		a, err := t.attachment(id)
		if err != nil {
			return id, err
		}
		t.on(a.To.Kind, a.To.ID)
		h, err := t.holder(a.To)
		if err != nil {
			return id, err
		}
		if err := h.change(t, a.To.ID, true); err != nil {
			return id, err
		}
		return id, t.removeAttachment(a.Attachment)
	})
	return err
}

func (t *tx) removeAttachment(a domain.Attachment) error {
	t.changed("removed", a.ID)
	return t.Exec(`INSERT INTO attachment_removals (attachment, person, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, a.ID, orNull(t.by.Person), t.now).Error
}

// attachment loads one within reach: one that stands, or that any version within
// reach was submitted with.
func (t *tx) attachment(id uuid.UUID) (AttachmentFile, error) {
	list, err := t.attachments("a.id = ?", id)
	if err != nil {
		return AttachmentFile{}, err
	}
	if len(list) == 0 {
		return AttachmentFile{}, domain.ErrMissing
	}
	f := list[0]
	h, err := t.holder(f.To)
	if err != nil {
		return AttachmentFile{}, err
	}
	seen, args, err := h.reach(t, f.To.ID, 0)
	if err != nil {
		return AttachmentFile{}, err
	}
	list, err = t.attachments("a.id = ? AND (("+seen+") OR "+handedIn+")",
		append([]any{id}, args...)...)
	if err != nil {
		return AttachmentFile{}, err
	}
	if len(list) == 0 {
		return AttachmentFile{}, domain.ErrMissing
	}
	return t.attachmentFile(f)
}

// attachmentFile adds how far one has come and what the actor may do with it.
func (t *tx) attachmentFile(f AttachmentFile) (AttachmentFile, error) {
	f.State = f.Attachment.State(t.now)
	f.Came = f.Size
	if f.Arrived == nil {
		parts, err := t.parts(f.ID)
		if err != nil {
			return f, err
		}
		f.Came, f.Next = came(f.Size, parts)
	}
	h, err := t.holder(f.To)
	if err != nil {
		return f, err
	}
	if f.Arrived == nil && f.Takes(t.now) == nil && t.sends(f.Attachment) == nil {
		f.May = append(f.May, "attachment.send")
	}
	if f.RemovedAt == nil && h.change(t, f.To.ID, false) == nil {
		f.May = append(f.May, "attachment.remove")
	}
	return f, nil
}

// sends refuses bytes from anybody but the organisation that named the file.
func (t *tx) sends(a domain.Attachment) error {
	if t.by.Hat.Organisation != a.Organisation {
		return domain.ErrMissing
	}
	return nil
}

// attachments loads those that meet a condition on a, in the order they came.
func (t *tx) attachments(condition string, args ...any) ([]AttachmentFile, error) {
	rows, err := t.Raw(`SELECT a.id, a.kind, a.subject, a.name, a.size, a.sha256, a.person, a.organisation, a.at, p.name, v.type, v.at, r.at,
			(SELECT max(s.due) FROM submitted_attachments s WHERE s.attachment = a.id)
		FROM attachments a JOIN persons p ON p.id = a.person LEFT JOIN attachment_arrivals v ON v.attachment = a.id
		LEFT JOIN attachment_removals r ON r.attachment = a.id WHERE `+condition+` ORDER BY a.at, a.name, a.id`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []AttachmentFile
	for rows.Next() {
		var f AttachmentFile
		var kind *string
		var at *time.Time
		if err := rows.Scan(&f.ID, &f.To.Kind, &f.To.ID, &f.Name, &f.Size, &f.Hash, &f.Person, &f.Organisation, &f.At, &f.By,
			&kind, &at, &f.RemovedAt, &f.Due); err != nil {
			return nil, err
		}
		if kind != nil {
			f.Arrived = &domain.Arrival{Type: charter.FileType(*kind), At: *at}
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

// standingAttachments are those of a proposal that nobody took away, for its
// submission.
func (t *tx) standingAttachments(proposal uuid.UUID) ([]domain.Attachment, error) {
	list, err := t.attachments("a.kind = 'proposal' AND a.subject = ? AND "+standing, proposal)
	plain := make([]domain.Attachment, len(list))
	for i, f := range list {
		plain[i] = f.Attachment
	}
	return plain, err
}

// submitAttachments notes what a version was submitted with. Where bytes are still
// to come, it is looked after them when their time is over.
func (t *tx) submitAttachments(p domain.Proposal, g domain.Case) error {
	due, waits := domain.BytesDue(g.Call, g.Charter, t.now), false
	for _, a := range g.Attachments {
		waits = waits || a.Arrived == nil
		if err := t.Exec(`INSERT INTO submitted_attachments (proposal, n, attachment, due) VALUES (?, ?, ?, ?)`, p.ID, p.Submission, a.ID, due).Error; err != nil {
			return err
		}
	}
	if !waits {
		return nil
	}
	return t.later(BytesDue{p.ID, p.Submission}, due.Sub(t.now))
}

// MissAttachments tells the applicant and the secretariat, once, that files which
// a version was submitted with did not come in time.
func (s *Store) MissAttachments(ctx context.Context, proposal uuid.UUID, n int) error {
	_, err := act(ctx, s, Ask{}, "attachment.miss", func(t *tx) (bool, error) {
		t.on("proposal", proposal)
		list, err := t.attachments(`v.attachment IS NULL AND EXISTS (SELECT FROM submitted_attachments s WHERE s.attachment = a.id AND s.proposal = ? AND s.n = ? AND s.due <= ?)`,
			proposal, n, t.now)
		if err != nil {
			return false, err
		}
		if len(list) == 0 {
			return false, errNothing
		}
		names := make([]string, len(list))
		for i, f := range list {
			names[i] = f.ID.String()
		}
		t.changed("missing", names)
		done := t.Exec(`INSERT INTO missed_attachments (proposal, n, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, proposal, n, t.now)
		if done.Error == nil && done.RowsAffected == 0 {
			return false, errNothing
		}
		return true, done.Error
	})
	if err == errNothing {
		return nil
	}
	return err
}

var _ = ask(
	Question{"attachments-are-kept", "bytes that came for an attachment that stands, or was submitted, are not on the list of what is kept, or differ from it", `
		SELECT a.id::text FROM attachments a JOIN attachment_arrivals v ON v.attachment = a.id LEFT JOIN files f ON f.sha256 = a.sha256
		WHERE (f.sha256 IS NULL OR f.size <> a.size OR f.type <> v.type)
		AND (NOT EXISTS (SELECT FROM attachment_removals r WHERE r.attachment = a.id) OR ` + handedIn + `)`},
	Question{"versions-name-their-files", "a version's text names other files than it was submitted with", `
		SELECT v.receipt FROM proposal_versions v WHERE
			(SELECT coalesce(jsonb_agg(x->>'sha256' ORDER BY x->>'sha256'), '[]') FROM jsonb_array_elements(coalesce(v.content::jsonb->'attachments', '[]')) x) <>
			(SELECT coalesce(jsonb_agg(encode(a.sha256, 'hex') ORDER BY encode(a.sha256, 'hex')), '[]') FROM submitted_attachments s
			 JOIN attachments a ON a.id = s.attachment WHERE s.proposal = v.proposal AND s.n = v.n)`},
	Question{"bytes-came-in-time", "bytes of a submitted attachment came after they were due", `
		SELECT a.id::text FROM attachment_arrivals v JOIN attachments a ON a.id = v.attachment
		WHERE v.at >= (SELECT max(due) FROM submitted_attachments s WHERE s.attachment = a.id)
		AND v.at > (SELECT min(p.at) FROM submitted_attachments s JOIN proposal_versions p ON p.proposal = s.proposal AND p.n = s.n WHERE s.attachment = a.id)`},
	Question{"parts-are-of-the-unfinished", "parts are kept of a file that is whole", `
		SELECT DISTINCT p.attachment::text FROM attachment_parts p JOIN attachment_arrivals v ON v.attachment = p.attachment`},
)
