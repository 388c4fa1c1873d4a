package domain

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

var (
	ErrFootnoteEnded = problem.New(problem.Conflict, "footnote-ended")
	ErrFootnoteEnds  = problem.New(problem.Invalid, "footnote-ends-before-it-begins")
)

// Footnote stands below wherever a name of its organisation stands: on pages and in
// what leaves the fund (rulings: official names and their footnotes are dated data).
type Footnote struct {
	ID           uuid.UUID
	Organisation uuid.UUID
	Code         string     // the organisation's
	Names        []string   // by which it is known: where one of them stands, the note does
	Texts        Worded     // in each of Languages, up to 1,000 characters
	From         time.Time  // a day
	Until        *time.Time // the first day without it
	Source       string     // the document that says so
	Reason       string     // of its end
}

// Footnote makes a note on the organisation's name.
func (o Organisation) Footnote(id uuid.UUID, texts Worded, from time.Time, source string) (Footnote, error) {
	f := Footnote{ID: id, Organisation: o.ID, Code: o.Code, Texts: Worded{}, From: from, Source: strings.TrimSpace(source)}
	var wrong []problem.Problem
	for _, language := range Languages {
		f.Texts[language] = strings.TrimSpace(texts[language])
		wrong = append(wrong, text(f.Texts[language], "/texts/"+language, 1000)...)
	}
	if from.IsZero() {
		wrong = append(wrong, ErrRequired.At("/from_on"))
	}
	wrong = append(wrong, text(f.Source, "/source", 300)...)
	return f, problem.Join(wrong)
}

// End lets the note stand until a day, which is the first without it.
func (f Footnote) End(until time.Time, reason string) (Footnote, error) {
	switch {
	case f.Until != nil:
		return f, ErrFootnoteEnded.With("day", *f.Until)
	case until.IsZero():
		return f, ErrRequired.At("/until_on")
	case until.Before(f.From):
		return f, ErrFootnoteEnds.With("from", f.From).At("/until_on")
	}
	f.Until, f.Reason = &until, strings.TrimSpace(reason)
	return f, problem.Join(text(f.Reason, "/reason", 300))
}

// InForce tells whether the note stands on a day.
func (f Footnote) InForce(day time.Time) bool {
	return !day.Before(f.From) && (f.Until == nil || day.Before(*f.Until))
}

// On tells whether the note goes with a text: one of the names stands in it, as a
// word of its own (Niger is not in Nigeria).
func (f Footnote) On(said string) bool {
	for _, name := range f.Names {
		for at, rest := 0, said; ; {
			i := strings.Index(rest, name)
			if i < 0 {
				break
			}
			before, _ := utf8.DecodeLastRuneInString(said[:at+i])
			after, _ := utf8.DecodeRuneInString(said[at+i+len(name):])
			if !goesOn(before, name) && !goesOn(after, name) {
				return true
			}
			at, rest = at+i+len(name), rest[i+len(name):]
		}
	}
	return false
}

// goesOn tells whether a rune beside a name makes it part of a longer word: a letter
// of a script that has blanks between words. Arabic joins its particles to a name.
func goesOn(r rune, name string) bool {
	return name != "" && unicode.In(r, unicode.Latin, unicode.Cyrillic)
}
