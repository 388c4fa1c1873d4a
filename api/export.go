package api

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/exchange/sheet"
	"startupfund/store"
)

// worded is a value of a field, in words for people or for programs.
type worded func(field, value string) string

// column is one of a list that leaves as a file: its name, and what it says of a row.
type column[T any] struct {
	key  string
	cell func(T, worded) sheet.Cell
}

// registerColumns are those of the list of proposals, in its order, and what each
// says of one.
var registerColumns = []column[store.RegisterEntry]{
	{"ref", func(e store.RegisterEntry, _ worded) sheet.Cell { return e.Ref }},
	{"title", func(e store.RegisterEntry, _ worded) sheet.Cell { return e.Title }},
	{"organisation", func(e store.RegisterEntry, _ worded) sheet.Cell { return e.Submitter.Name }},
	{"state", func(e store.RegisterEntry, _ worded) sheet.Cell { return names(e.Owners) }},
	{"call", func(e store.RegisterEntry, _ worded) sheet.Cell { return e.CallRef }},
	{"phase", func(e store.RegisterEntry, word worded) sheet.Cell { return word("phase", string(e.Phase)) }},
	{"area", func(e store.RegisterEntry, word worded) sheet.Cell { return word("area", e.Area) }},
	{"scope", func(e store.RegisterEntry, word worded) sheet.Cell { return word("scope", string(e.Scope)) }},
	{"objectives", func(e store.RegisterEntry, _ worded) sheet.Cell { return numbers(e.Objectives) }},
	{"goals", func(e store.RegisterEntry, _ worded) sheet.Cell { return append([]string{}, e.Goals...) }},
	{"amount", func(e store.RegisterEntry, _ worded) sheet.Cell { return e.Amount() }},
	{"currency", func(e store.RegisterEntry, _ worded) sheet.Cell { return string(e.Amount().Currency) }},
	{"stage", func(e store.RegisterEntry, word worded) sheet.Cell { return word("stage", string(e.Stage)) }},
	{"turn", func(e store.RegisterEntry, word worded) sheet.Cell { return word("turn", string(e.Stage.Turn())) }},
	{"language", func(e store.RegisterEntry, _ worded) sheet.Cell { return e.Language }},
	{"submitted", func(e store.RegisterEntry, _ worded) sheet.Cell {
		if e.SubmittedAt == nil {
			return nil
		}
		return *e.SubmittedAt
	}},
	{"late", func(e store.RegisterEntry, word worded) sheet.Cell {
		return word("late", strconv.FormatBool(e.Late))
	}},
}

func names(list []store.Named) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = n.Name
	}
	return out
}

func numbers(list []int) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return out
}

// exportProposals gives the list that is on the screen, whole, in the columns and the
// order that it has there.
func (s *Server) exportProposals(a *asked) (answer, error) {
	f, err := a.registerAsk()
	if err != nil {
		return answer{}, err
	}
	word, err := s.wording(a, "register")
	if err != nil {
		return answer{}, err
	}
	// What is wrong with the question is said before anything is sent.
	if _, err := s.Store.Proposals(a, a.by, f); err != nil {
		return answer{}, err
	}
	return leaving(s, a, "proposals", "register", registerColumns, word, func(do func(store.RegisterEntry) error) error {
		return s.Store.EachProposal(a, a.by, f, do)
	})
}

// leaving answers with a list as a file of that name, in the columns that are asked for:
// each row, and below them what the fund says of the names that stand in them.
func leaving[T any](s *Server, a *asked, name, words string, columns []column[T], word worded, each func(func(T) error) error) (answer, error) {
	format := a.Query("format")
	media, known := sheet.Formats[format]
	if !known {
		return answer{}, domain.ErrUnknownWord.With("given", short(format)).At("/format")
	}
	chosen, err := columnsIn(a.Query("columns"), columns)
	if err != nil {
		return answer{}, err
	}
	tongue := s.Words.in(languageOf(a.Context))
	heads := make([]sheet.Column, len(chosen))
	for i, c := range chosen {
		heads[i] = sheet.Column{Key: c.key, Head: tongue.say(words+".column."+c.key, nil)}
	}
	notes, err := s.Store.Footnotes(a, a.by, uuid.Nil, time.Time{})
	if err != nil {
		return answer{}, err
	}
	write := func(to io.Writer) error {
		said := map[uuid.UUID]bool{}
		out, err := sheet.New(format, to, tongue.say(words+".sheet", nil), heads, tongue.language == "ar")
		if err != nil {
			return err
		}
		row := make([]sheet.Cell, len(chosen))
		if err := each(func(x T) error {
			for i, c := range chosen {
				row[i] = c.cell(x, word)
				for _, note := range notes {
					said[note.ID] = said[note.ID] || note.On(fmt.Sprint(row[i]))
				}
			}
			return out.Row(row)
		}); err != nil {
			return err
		}
		var below []string
		for _, note := range notes {
			if said[note.ID] {
				below = append(below, note.Names[0]+": "+note.Texts[tongue.language])
			}
		}
		return out.End(below...)
	}
	return answer{status: http.StatusOK, export: &export{media, name + "." + format, write}}, nil
}

// columnsIn are the columns of a list of their names; all, where none is named.
func columnsIn[T any](text string, columns []column[T]) ([]column[T], error) {
	if text == "" {
		return columns, nil
	}
	var chosen []column[T]
	for _, name := range strings.Split(text, ",") {
		named := func(c column[T]) bool { return c.key == name }
		i := slices.IndexFunc(columns, named)
		if i < 0 || slices.ContainsFunc(chosen, named) {
			return nil, domain.ErrUnknownWord.With("given", short(name)).At("/columns")
		}
		chosen = append(chosen, columns[i])
	}
	return chosen, nil
}

// wording puts values into the reader's words, those of a list before the charter's;
// programs get them as the API has them.
func (s *Server) wording(a *asked, list string) (worded, error) {
	rules, err := s.Store.Charter(a, a.by, time.Time{})
	if err != nil {
		return nil, err
	}
	words := s.Words.in(languageOf(a.Context))
	named := map[string]string{}
	for _, x := range rules.Proposals.Areas {
		named["area."+x.Key] = x.Name.Value.In(words.language)
	}
	for _, x := range rules.Body.Decisions {
		named["decision."+string(x.Kind)] = x.Name.Value.In(words.language)
	}
	plain := a.Query("format") == "json"
	return func(field, value string) string {
		switch {
		case plain || value == "":
			return value
		case field == "area" || field == "decision":
			return cmp.Or(named[field+"."+value], value)
		case field == "role":
			return words.say("role."+value, nil)
		case field == "programme":
			return words.say("site.programme.state."+value, nil)
		}
		return words.say(list+"."+field+"."+value, nil)
	}, nil
}

// export is a list on its way to a person, row by row.
type export struct {
	media, name string
	write       func(io.Writer) error
}

// send writes it. Where it breaks off the connection is broken too, so that nobody
// takes a part for the whole.
func (e *export) send(s *Server, c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Type", e.media)
	h.Set("Content-Disposition", disposition(e.name))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	c.Status(http.StatusOK)
	if err := e.write(c.Writer); err != nil {
		s.Log.ErrorContext(c, "an export broke off", "err", err, "path", c.FullPath())
		if line, _, err := c.Writer.Hijack(); err == nil {
			line.Close()
		}
	}
}
