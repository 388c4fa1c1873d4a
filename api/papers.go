package api

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/problem"
	"startupfund/exchange/document"
	"startupfund/exchange/filetype"
)

// itemPapers gives the papers of one item as one file.
func (s *Server) itemPapers(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	i, err := s.Store.Item(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	if _, hidden := i.Hidden(a.by); hidden {
		return answer{}, domain.ErrMissing
	}
	name := "item-" + i.Written
	if !i.InWriting() {
		name = fmt.Sprintf("%s-item-%d", i.Session.Ref, i.Number)
	}
	return s.zipped(a, name, []domain.Question{i.Question}, false)
}

// agendaPapers gives those of every item of a meeting, each in a folder of its own.
func (s *Server) agendaPapers(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.Meeting(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return s.zipped(a, f.Ref+"-papers", f.Agenda, true)
}

func (s *Server) zipped(a *asked, name string, items []domain.Question, apart bool) (answer, error) {
	write := func(w io.Writer) error {
		p := &papers{Server: s, tongue: s.Words.in(languageOf(a.Context)), by: a.by, ctx: a, out: zip.NewWriter(w), names: map[string]bool{}}
		for _, q := range items {
			if apart {
				p.folder = fmt.Sprintf("%02d/", q.Number)
			}
			if err := p.item(q.ID, q.Number); err != nil {
				return err
			}
		}
		p.folder = ""
		if err := p.put("papers.txt", p.say("papers.list", nil), strings.NewReader(strings.Join(p.list, "\n")+"\n")); err != nil {
			return err
		}
		return p.out.Close()
	}
	return answer{export: &export{media: "application/zip", name: name + ".zip", write: write}}, nil
}

// papers writes papers into a ZIP as they are read: none is held whole. Each reading asks
// anew what its reader may see.
type papers struct {
	*Server
	tongue
	by     domain.Actor
	ctx    context.Context
	out    *zip.Writer
	folder string
	names  map[string]bool
	list   []string // what papers.txt says: each file with its hash
}

// item writes what there is of one: its text, what it is about, what its proposal says, what is
// attached to it and what its screening found, as far as the reader may see them.
func (p *papers) item(id uuid.UUID, number int) error {
	i, err := p.Store.Item(p.ctx, p.by, id)
	if err != nil {
		return err
	}
	if _, hidden := i.Hidden(p.by); hidden {
		p.list = append(p.list, "", p.say("papers.hidden", map[string]any{"item": number}))
		return nil
	}
	called := i.Written
	if !i.InWriting() {
		called = fmt.Sprint(number)
	}
	p.list = append(p.list, "", called+"  "+i.Title)
	if err := p.put("text-"+i.Language+".txt", p.say("papers.text", map[string]any{"language": languageNames[i.Language]}), strings.NewReader(i.Title+"\n\n"+i.Text+"\n")); err != nil {
		return err
	}
	if err := p.matter(i); err != nil || i.Proposal == uuid.Nil {
		return err
	}
	return p.proposal(i.Proposal, i.ProposalVersion)
}

// proposal writes its document in the language that it is written in. Another for readers of
// another language has its headings in theirs: it is a working translation, and called one.
func (p *papers) proposal(id uuid.UUID, version int) error {
	if len(p.may(p.by, []string{"proposal.read"})) == 0 {
		return nil
	}
	f, err := p.Store.ProposalText(p.ctx, p.by, id, version)
	if errors.Is(err, domain.ErrMissing) { // another interest than in the item takes it out of sight
		p.list = append(p.list, "  "+p.say("papers.no-proposal", nil))
		return nil
	}
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%s-v%d", f.Ref, f.Version)
	for _, l := range []string{f.Language, p.language} {
		what, file := "papers.proposal", name+"-"+l+".docx"
		if l != f.Language {
			what, file = "papers.translation", name+"-working-translation-"+l+".docx"
		} else if p.names[p.folder+file] {
			continue // the reader's language is the proposal's own
		}
		w := &teller{p.Words.in(l), f}
		said := p.say(what, map[string]any{"ref": f.Ref, "n": f.Version, "language": languageNames[l], "own": languageNames[f.Language]})
		if err := p.write(file, said, func(to io.Writer) error { return document.WriteDocx(to, w.document()) }); err != nil {
			return err
		}
	}
	for _, x := range f.Attachments {
		if err := p.attachment(x.ID, x.Name, x.Arrived != nil); err != nil {
			return err
		}
	}
	return p.findings(id, f.Version)
}

func (p *papers) attachment(id uuid.UUID, name string, here bool) error {
	if len(p.may(p.by, []string{"attachment.read"})) == 0 {
		return nil
	}
	if !here {
		p.list = append(p.list, p.say("papers.not-here", map[string]any{"name": name}))
		return nil
	}
	f, r, err := p.Store.OpenAttachment(p.ctx, p.by, id)
	var refusal problem.Problem
	if errors.As(err, &refusal) { // its bytes are not to be had: the other papers are
		p.list = append(p.list, p.say("papers.not-here", map[string]any{"name": name}))
		return nil
	}
	if err != nil {
		return err
	}
	defer r.Close()
	return p.put("attachments/"+filetype.Type(f.Arrived.Type).Named(f.Name), p.say("papers.attachment", nil), r)
}

// findings writes the checklists that the proposal's screening left of a version.
func (p *papers) findings(id uuid.UUID, version int) error {
	if len(p.may(p.by, []string{"screening.read"})) == 0 {
		return nil
	}
	f, err := p.Store.Screenings(p.ctx, p.by, id)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, x := range f.Findings {
		if x.N > version {
			continue
		}
		fmt.Fprintf(&b, "v%d  %s  %s\n%s\n", x.N, x.At.UTC().Format(time.RFC3339), x.Outcome, x.Reason)
		for _, item := range f.Rules.Checklist {
			if c, marked := x.Checks[item.Key]; marked {
				fmt.Fprintf(&b, "  %s: %s  %s\n", item.Name.Value.In(p.language), p.say("papers.mark."+string(c.Mark), nil), c.Remark)
			}
		}
		fmt.Fprintln(&b)
	}
	if b.Len() == 0 {
		return nil
	}
	return p.put("checklist.txt", p.say("papers.checklist", nil), strings.NewReader(b.String()))
}

func (p *papers) put(name, said string, from io.Reader) error {
	return p.write(name, said, func(to io.Writer) error {
		_, err := io.Copy(to, from)
		return err
	})
}

// write adds one file and lists it by its hash. Its name stays its own within its folder,
// and leads nowhere else when it is unpacked.
func (p *papers) write(name, said string, do func(io.Writer) error) error {
	dir, base := path.Split(name)
	base = strings.TrimLeft(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, base), ". ")
	name = p.folder + dir + base
	for n := 2; p.names[name] || base == ""; n++ {
		base = fmt.Sprintf("%d-%s", n, strings.TrimPrefix(base, fmt.Sprintf("%d-", n-1)))
		name = p.folder + dir + base
	}
	p.names[name] = true
	file, err := p.out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Now().UTC()})
	if err != nil {
		return err
	}
	sum := sha256.New()
	if err := do(io.MultiWriter(file, sum)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	p.list = append(p.list, fmt.Sprintf("  %s\n    %s\n    SHA-256 %s", name, said, hex.EncodeToString(sum.Sum(nil))))
	return nil
}
