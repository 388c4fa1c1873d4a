package domain

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrFileType     = problem.New(problem.Invalid, "file-type-not-taken")
	ErrFileMacros   = problem.New(problem.Invalid, "file-with-macros")
	ErrFileBroken   = problem.New(problem.Invalid, "file-damaged")
	ErrFileEmpty    = problem.New(problem.Invalid, "file-empty")
	ErrFileSize     = problem.New(problem.TooLarge, "file-too-large")
	ErrFilesSize    = problem.New(problem.TooLarge, "files-too-large-together")
	ErrFileCount    = problem.New(problem.Conflict, "too-many-files")
	ErrFileHash     = problem.New(problem.Conflict, "file-differs-from-its-hash")
	ErrOtherScan    = problem.New(problem.Conflict, "file-other-than-named")
	ErrPartHash     = problem.New(problem.Invalid, "part-differs-from-its-hash")
	ErrPartPlace    = problem.New(problem.Invalid, "part-out-of-place")
	ErrPartTaken    = problem.New(problem.Conflict, "part-already-there")
	ErrUnfinished   = problem.New(problem.Conflict, "file-not-arrived")
	ErrGraceOver    = problem.New(problem.Conflict, "file-too-late")
	ErrNotAttachTo  = problem.New(problem.Invalid, "nothing-attaches-there")
	ErrKeepsNoFiles = problem.New(problem.Unavailable, "files-cannot-be-kept")
)

// PartBytes is how a file is cut for its way here: each part has so many bytes,
// the last what is left.
const PartBytes = 512 << 10

// longestName of a file, in characters; a longer one is cut.
const longestName = 120

// Subject is what something is about: "proposal" and its id.
type Subject struct {
	Kind string
	ID   uuid.UUID
}

// Attachment is a file that somebody says belongs to something. It is named by
// its hash at once; its bytes may take their time.
type Attachment struct {
	ID           uuid.UUID
	To           Subject
	Name         string // as given, without folders and what cannot be seen; for people only
	Size         int64  // bytes
	Hash         []byte // SHA-256 of them
	Person       uuid.UUID
	Organisation uuid.UUID
	At           time.Time
	Arrived      *Arrival
	RemovedAt    *time.Time
	Due          *time.Time // of one that was submitted: until when its bytes may come, excluded
}

// Arrival is that all bytes came, and what they are by what is in them.
type Arrival struct {
	Type charter.FileType
	At   time.Time
}

// AttachmentState is how far an attachment has come.
type AttachmentState string

const (
	Arriving AttachmentState = "arriving"
	Arrived  AttachmentState = "arrived"
	NotThere AttachmentState = "missing" // submitted, and its bytes did not come in time
)

// State is how far an attachment has come at an instant.
func (a Attachment) State(at time.Time) AttachmentState {
	switch {
	case a.Arrived != nil:
		return Arrived
	case a.Due != nil && !at.Before(*a.Due):
		return NotThere
	}
	return Arriving
}

// Attach names a file that is to belong to something which has the standing ones
// already, or says everything that stands in the way at once.
func Attach(id uuid.UUID, by Actor, to Subject, name string, size int64, hash string, standing []Attachment, c charter.Charter, at time.Time) (Attachment, error) {
	a := Attachment{ID: id, To: to, Name: FileName(name), Size: size, Person: by.Person, Organisation: by.Hat.Organisation, At: at}
	var found []problem.Problem
	sum, err := hex.DecodeString(hash)
	if err != nil || len(sum) != 32 || strings.ToLower(hash) != hash {
		found = append(found, ErrUnknownWord.With("given", clip(hash)).At("/sha256"))
	}
	a.Hash = sum
	rules, together := c.Proposals, size
	for _, s := range standing {
		together += s.Size
	}
	switch most := int64(rules.AttachmentBytes.Value); {
	case size <= 0:
		found = append(found, ErrFileEmpty.With("name", a.Name).At("/size"))
	case size > most:
		found = append(found, ErrFileSize.With("name", a.Name, "megabytes", megabytes(size, true), "most", megabytes(most, false)).At("/size"))
	case together > int64(rules.AttachmentTotal.Value):
		found = append(found, ErrFilesSize.With("name", a.Name, "megabytes", megabytes(together, true), "most", megabytes(int64(rules.AttachmentTotal.Value), false)).At("/size"))
	}
	if most := rules.AttachmentCount.Value; len(standing) >= most {
		found = append(found, ErrFileCount.With("name", a.Name, "limit", most))
	}
	return a, problem.Join(found)
}

// megabytes writes a size in MiB with one decimal: one that is too large is not
// rounded to what is allowed.
func megabytes(n int64, up bool) string {
	tenths := n * 10 / (1 << 20)
	if up && n*10%(1<<20) > 0 {
		tenths++
	}
	return strings.TrimSuffix(fmt.Sprintf("%d.%d", tenths/10, tenths%10), ".0")
}

// FileName is what of a name is shown: what follows the last folder, without
// controls and the marks that turn writing over, not too long, its ending kept.
func FileName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.ToValidUTF8(name, "")
	name = strings.Map(func(c rune) rune {
		// The two that join and part letters, Persian and the languages of India need.
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) && c != '\u200c' && c != '\u200d' || unicode.Is(unicode.Zl, c) || unicode.Is(unicode.Zp, c) {
			return -1
		}
		return c
	}, name)
	name = strings.Trim(name, " .")
	if name == "" {
		return "file"
	}
	letters := []rune(name)
	if len(letters) <= longestName {
		return name
	}
	ending := []rune(path.Ext(name))
	if len(ending) > 10 {
		ending = nil
	}
	return string(letters[:longestName-len(ending)]) + string(ending)
}

// Takes refuses bytes that may not come any more. What arrived needs none, and
// is no refusal.
func (a Attachment) Takes(at time.Time) error {
	switch {
	case a.RemovedAt != nil:
		return ErrMissing
	case a.Arrived == nil && a.Due != nil && !at.Before(*a.Due):
		return ErrGraceOver.With("name", a.Name, "due", *a.Due)
	}
	return nil
}

// Part refuses a part that does not fit where it is said to belong.
func (a Attachment) Part(offset int64, size int) error {
	if offset < 0 || offset%PartBytes != 0 || offset >= a.Size || int64(size) != min(PartBytes, a.Size-offset) {
		return ErrPartPlace.With("name", a.Name, "offset", offset, "bytes", size)
	}
	return nil
}

// Allowed refuses a type that the charter does not take.
func (a Attachment) Allowed(t charter.FileType, c charter.Charter) error {
	if slices.Contains(c.Proposals.AttachmentTypes.Value, t) {
		return nil
	}
	return a.NotTaken(c)
}

// NotTaken says of what types a file has to be.
func (a Attachment) NotTaken(c charter.Charter) error {
	names := make([]string, len(c.Proposals.AttachmentTypes.Value))
	for i, t := range c.Proposals.AttachmentTypes.Value {
		names[i] = strings.ToUpper(string(t))
	}
	return ErrFileType.With("name", a.Name, "types", strings.Join(names, ", "))
}

// Attachable refuses who may not attach to a proposal, or take away: it is those
// who write it, while it is written.
func (p Proposal) Attachable(by Actor) error {
	if by.Hat.Role != Applicant {
		return ErrMissing
	}
	return cmp.Or(p.Written(by), p.Editable())
}

// BytesDue is until when the bytes of what is submitted at an instant may come:
// for the charter's minutes after the call closes or, where that is later, after
// the submission.
func BytesDue(c Call, ch charter.Charter, submitted time.Time) time.Time {
	from := c.ClosesAt
	if submitted.After(from) {
		from = submitted
	}
	return from.Add(time.Duration(ch.Proposals.AttachmentMinutes.Value) * time.Minute)
}

// lacksFiles names the attachments whose bytes have to be there before a
// submission: none, where the charter lets them come after it.
func lacksFiles(g Case) (found []problem.Problem) {
	if g.Charter.Proposals.AttachmentMinutes.Value > 0 {
		return nil
	}
	return unfinished(g.Attachments)
}

// unfinished names the files whose bytes are not here yet.
func unfinished(files []Attachment) (found []problem.Problem) {
	for _, a := range files {
		if a.Arrived == nil {
			found = append(found, ErrUnfinished.With("name", a.Name).At("/attachments"))
		}
	}
	return found
}

// frozenFile is how a version names a file.
type frozenFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// frozenFiles are in the order of their hashes, so that one set has one spelling.
func frozenFiles(list []Attachment) []frozenFile {
	var files []frozenFile
	for _, a := range list {
		files = append(files, frozenFile{a.Name, hex.EncodeToString(a.Hash), a.Size})
	}
	slices.SortFunc(files, func(a, b frozenFile) int { return strings.Compare(a.SHA256, b.SHA256) })
	return files
}
