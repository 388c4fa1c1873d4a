package api

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/exchange/filetype"
	"startupfund/store"
)

type attachmentRequest struct {
	Kind    string    `json:"kind"`
	Subject uuid.UUID `json:"subject"`
	Name    string    `json:"name"`
	Size    int64     `json:"size"`
	SHA256  string    `json:"sha256"`
}

type attachmentView struct {
	ID      uuid.UUID  `json:"id"`
	Kind    string     `json:"kind"`
	Subject uuid.UUID  `json:"subject"`
	Name    string     `json:"name"`
	Size    int64      `json:"size"`
	SHA256  string     `json:"sha256"`
	By      string     `json:"by"`
	At      time.Time  `json:"at"`
	State   string     `json:"state"`
	Type    string     `json:"type,omitempty"`
	Due     *time.Time `json:"due_at"`
	Came    int64      `json:"received"`
	Next    *int64     `json:"next"`
	May     []string   `json:"may"`
}

type attachmentsView struct {
	Items  []attachmentView     `json:"items"`
	Limits attachmentLimitsView `json:"limits"`
	May    []string             `json:"may"`
}

// attachmentLimitsView is what the charter allows, and how a file is cut.
type attachmentLimitsView struct {
	Types     []string `json:"types"`
	Bytes     int      `json:"bytes"`
	Count     int      `json:"count"`
	Total     int      `json:"total"`
	Minutes   int      `json:"minutes"`
	PartBytes int      `json:"part_bytes"`
}

func (s *Server) attachmentView(a *asked, f store.AttachmentFile) attachmentView {
	v := attachmentView{ID: f.ID, Kind: f.To.Kind, Subject: f.To.ID, Name: f.Name, Size: f.Size, SHA256: hex.EncodeToString(f.Hash), By: f.By,
		At: f.At.UTC(), State: string(f.State), Came: f.Came, Next: f.Next, May: s.may(a.by, f.May)}
	if f.Arrived != nil {
		v.Type = string(f.Arrived.Type)
	}
	if f.Due != nil {
		due := f.Due.UTC()
		v.Due = &due
	}
	return v
}

// attachments lists what is attached to something.
func (s *Server) attachments(a *asked) (answer, error) {
	to := domain.Subject{Kind: a.Query("kind")}
	var err error
	if to.ID, err = uuid.Parse(a.Query("subject")); err != nil {
		return answer{}, domain.ErrUnknownWord.With("given", short(a.Query("subject"))).At("/subject")
	}
	n := 0
	if text := a.Query("version"); text != "" {
		if n, err = strconv.Atoi(text); err != nil || n < 1 || n > 1_000_000 {
			return answer{}, domain.ErrUnknownWord.With("given", short(text)).At("/version")
		}
	}
	list, err := s.Store.Attachments(a, a.by, to, n)
	if err != nil {
		return answer{}, err
	}
	r := list.Rules
	v := attachmentsView{Items: []attachmentView{}, May: s.may(a.by, list.May), Limits: attachmentLimitsView{Types: []string{},
		Bytes: r.AttachmentBytes.Value, Count: r.AttachmentCount.Value, Total: r.AttachmentTotal.Value, Minutes: r.AttachmentMinutes.Value, PartBytes: domain.PartBytes}}
	for _, t := range r.AttachmentTypes.Value {
		v.Limits.Types = append(v.Limits.Types, string(t))
	}
	for _, f := range list.Items {
		v.Items = append(v.Items, s.attachmentView(a, f))
	}
	return shown(v)
}

// attach names a file, whose bytes then come in parts.
func (s *Server) attach(a *asked) (answer, error) {
	in, err := body[attachmentRequest](a)
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.Attach(a, a.ask, domain.Subject{Kind: in.Kind, ID: in.Subject}, in.Name, in.Size, in.SHA256)
	if err != nil {
		return answer{}, err
	}
	return made("/attachments/"+f.ID.String(), s.attachmentView(a, f), 0)
}

func (s *Server) attachment(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownAttachment(a)(s.Store.Attachment(a, a.by, id))
}

func (s *Server) shownAttachment(a *asked) func(store.AttachmentFile, error) (answer, error) {
	return func(f store.AttachmentFile, err error) (answer, error) {
		if errors.Is(err, domain.ErrKeepsNoFiles) {
			s.Log.ErrorContext(a, "bytes cannot be kept", "err", err)
		}
		if err != nil {
			return answer{}, err
		}
		return shown(s.attachmentView(a, f))
	}
}

// putPart takes the part at an offset, with its hash in Content-Digest (RFC 9530).
func (s *Server) putPart(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	offset, err := strconv.ParseInt(a.Param("offset"), 10, 64)
	if err != nil || offset < 0 {
		return answer{}, domain.ErrMissing
	}
	hash, err := digest(a.GetHeader("Content-Digest"))
	if err != nil {
		return answer{}, err
	}
	part, err := io.ReadAll(io.LimitReader(a.Request.Body, domain.PartBytes+1))
	if err != nil {
		return answer{}, unreadable(err)
	}
	return s.shownAttachment(a)(s.Store.PutPart(a, a.by, id, offset, part, hash))
}

// digest reads "sha-256=:…:", the one algorithm that is asked for.
func digest(header string) ([]byte, error) {
	text, ok := strings.CutPrefix(strings.TrimSpace(header), "sha-256=:")
	text, closed := strings.CutSuffix(text, ":")
	sum, err := base64.StdEncoding.DecodeString(text)
	if !ok || !closed || err != nil || len(sum) != 32 {
		return nil, domain.ErrMalformed.With("parameter", "Content-Digest")
	}
	return sum, nil
}

// finishAttachment makes a file of its parts.
func (s *Server) finishAttachment(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownAttachment(a)(s.Store.FinishAttachment(a, a.ask, id))
}

func (s *Server) removeAttachment(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	if err := s.Store.RemoveAttachment(a, a.ask, id); err != nil {
		return answer{}, err
	}
	return done()
}

// download gives the bytes, to be saved and not to be shown.
func (s *Server) download(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	f, r, err := s.Store.OpenAttachment(a, a.by, id)
	if err != nil {
		return s.shownAttachment(a)(f, err)
	}
	kind := filetype.Type(f.Arrived.Type)
	return answer{status: 200, file: &sending{r, f.Size, kind.Media(), kind.Named(f.Name), f.Hash}}, nil
}

// sending is a file on its way to a person.
type sending struct {
	io.ReadCloser
	size  int64
	media string
	name  string
	hash  []byte
}

// send writes a file so that no browser runs it or shows it as a page of ours,
// whatever is in it: saved under its type's own ending, sniffed by nobody, and
// boxed in where something shows it after all.
func (f *sending) send(c *gin.Context) {
	defer f.Close()
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	h.Set("Content-Disposition", disposition(f.name))
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Digest", "sha-256=:"+base64.StdEncoding.EncodeToString(f.hash)+":")
	c.DataFromReader(200, f.size, f.media, f, nil)
}

// disposition names a file for every browser: in ASCII for the old ones, as
// RFC 6266 has it for the others. What quotes or ends a header is in neither.
func disposition(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/;%`, r) {
			return '_'
		}
		return r
	}, name)
	return mime.FormatMediaType("attachment", map[string]string{"filename": ascii}) + fmt.Sprintf("; filename*=UTF-8''%s",
		strings.ReplaceAll(url.PathEscape(name), "'", "%27"))
}
