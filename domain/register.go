package domain

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// ErrNothingToSeek refuses a search for what is no word: marks alone.
var ErrNothingToSeek = problem.New(problem.Invalid, "nothing-to-look-for")

// longestSought is how many letters one looks for at most.
const longestSought = 200

// Turn is on whom a proposal waits, so far as its stage says.
type Turn string

const (
	ApplicantsTurn   Turn = "applicant"
	SecretariatsTurn Turn = "secretariat"
	BodysTurn        Turn = "body"
	NobodysTurn      Turn = "nobody"
)

// Turns are all of them, in the order of a proposal's life.
var Turns = []Turn{ApplicantsTurn, SecretariatsTurn, BodysTurn, NobodysTurn}

// Turn tells on whom a proposal in this stage waits.
func (s Stage) Turn() Turn {
	switch s {
	case Draft, Returned:
		return ApplicantsTurn
	case Submitted:
		return SecretariatsTurn
	case Eligible:
		return BodysTurn
	}
	return NobodysTurn
}

// Stages are those in which it is w's turn; none for a word that is none.
func (w Turn) Stages() []Stage {
	return slices.DeleteFunc(slices.Clone(stages), func(s Stage) bool { return s.Turn() != w })
}

// Unlisted are the kinds of interest that take a proposal out of the lists of
// whoever wears the role: those that take sight of it. Under the hat of an applicant
// or a focal point one's own files stay where they are.
func Unlisted(c charter.Charter, role Role) (kinds []charter.InterestKind) {
	for _, k := range c.Interests.Kinds {
		if effectOn(c, role, k.Kind).Includes(charter.LoseSight) {
			kinds = append(kinds, k.Kind)
		}
	}
	return kinds
}

// Hides tells whether an interest takes the proposal out of by's sight: one that
// follows from what it says, or one that by's organisation has declared. It is then
// read as little as it is listed.
func (p Proposal) Hides(by Actor, c charter.Charter, declared []charter.InterestKind) bool {
	unlisted := Unlisted(c, by.Hat.Role)
	return slices.ContainsFunc(append(p.interest(by.Hat.Organisation), declared...), func(k charter.InterestKind) bool { return slices.Contains(unlisted, k) })
}

// Sought is what somebody looks for in texts, taken apart.
type Sought struct {
	Words   []string // in scripts that write words apart, without marks
	Phrases string   // the same as it was written, for quoted phrases
	Chinese []string // runs of Chinese characters, which are not
	Ref     string   // of a proposal, where it may be the beginning of one: "P-2026-01"
}

// Seek takes apart what somebody looks for; "" is nothing and looks for nothing.
func Seek(text string) (Sought, error) {
	var s Sought
	text = norm.NFC.String(strings.TrimSpace(text))
	switch {
	case text == "":
		return s, nil
	case len([]rune(text)) > longestSought:
		return s, ErrTooLong.With("limit", longestSought).At("/q")
	}
	s.Ref = refIn(text)
	var apart strings.Builder
	for _, run := range runs(text) {
		if chinese([]rune(run)[0]) {
			s.Chinese = append(s.Chinese, run)
			apart.WriteByte(' ')
		} else {
			apart.WriteString(run)
		}
	}
	s.Words = strings.FieldsFunc(apart.String(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	// A leading dash would mean "without it" in some languages' words and not in others'.
	s.Phrases = strings.Join(strings.FieldsFunc(apart.String(), func(r rune) bool {
		return r != '"' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), " ")
	if len(s.Words) == 0 && len(s.Chinese) == 0 {
		return s, ErrNothingToSeek.At("/q")
	}
	// PostgreSQL knows the small words of four languages, and none of Arabic's.
	if said := slices.DeleteFunc(slices.Clone(s.Words), smallInArabic); len(said) > 0 && !strings.Contains(text, `"`) {
		s.Words, s.Phrases = said, strings.Join(said, " ")
	}
	return s, nil
}

// smallInArabic tells a word that stands everywhere and by itself says nothing: in, from,
// on, to, about, with, or, that, which.
func smallInArabic(word string) bool {
	return slices.Contains([]string{"في", "من", "على", "إلى", "الى", "عن", "مع", "أو", "او", "أن", "إن", "ان", "هذا", "هذه", "التي", "الذي", "الذين", "ما", "لا", "كل", "بين", "و"}, word)
}

// Nothing tells that nothing is looked for.
func (s Sought) Nothing() bool { return len(s.Words) == 0 && len(s.Chinese) == 0 }

// Without leaves words out of what is marked: the "of" and "the" of a language, which
// stand everywhere and which its search does not look for.
func (s Sought) Without(words []string) Sought {
	s.Words = slices.DeleteFunc(slices.Clone(s.Words), func(w string) bool { return slices.Contains(words, w) || smallInArabic(w) })
	return s
}

// Pairs are the overlapping pairs of the Chinese characters that are looked for; of a
// lone one, itself with "*": what begins with it.
func (s Sought) Pairs() (pairs []string) {
	for _, run := range s.Chinese {
		r := []rune(run)
		if len(r) == 1 {
			pairs = append(pairs, run+":*")
		}
		for i := 1; i < len(r); i++ {
			pairs = append(pairs, string(r[i-1:i+1]))
		}
	}
	return pairs
}

// refIn is the ref, or its beginning, that somebody typed or copied out of a receipt.
func refIn(text string) string {
	t := strings.ToUpper(text)
	for _, part := range strings.Split(t, "/") {
		part = strings.TrimSpace(part)
		if rest, ok := strings.CutPrefix(part, "P-"); ok && strings.Trim(rest, "0123456789-") == "" {
			return part
		}
	}
	return ""
}

func chinese(r rune) bool { return r >= 0x3400 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff }

// runs cuts a text where Chinese characters begin and end.
func runs(text string) (list []string) {
	start, was := 0, false
	for i, r := range text {
		if is := chinese(r); i > 0 && is != was {
			list, start = append(list, text[start:i]), i
		}
		was = chinese(r)
	}
	if start < len(text) {
		list = append(list, text[start:])
	}
	return list
}

// Piece is a part of an excerpt: what was looked for, or what stands around it.
type Piece struct {
	Text  string
	Found bool
}

// around is how many letters of a text stand on each side of what was found in it.
const around = 90

// Excerpt is the first place in a text that says what was looked for, with what was
// found marked; nothing where no word of it stands there as it was written. A word is
// found in its other forms too where they begin alike.
func (s Sought) Excerpt(body string) []Piece {
	text := []rune(body)
	marks := s.marks(text)
	if len(marks) == 0 {
		return nil
	}
	from, to := max(0, marks[0].from-around), min(len(text), marks[0].to+around)
	for from > 0 && from < marks[0].from && !unicode.IsSpace(text[from-1]) && !chinese(text[from]) {
		from++
	}
	for to < len(text) && to > marks[0].to && !unicode.IsSpace(text[to]) && !chinese(text[to]) {
		to--
	}
	var pieces []Piece
	add := func(part []rune, found bool) {
		if len(part) > 0 {
			pieces = append(pieces, Piece{strings.Map(oneLine, string(part)), found})
		}
	}
	if from > 0 {
		add([]rune("… "), false)
	}
	here := from
	for _, m := range marks {
		if m.to > to {
			break
		}
		add(text[here:m.from], false)
		add(text[m.from:m.to], true)
		here = m.to
	}
	add(text[here:to], false)
	if to < len(text) {
		add([]rune(" …"), false)
	}
	return pieces
}

func oneLine(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

type span struct{ from, to int }

// marks are the first place where the text says what is looked for, and those that
// stand around it.
func (s Sought) marks(text []rune) (marks []span) {
	roots := make([][]rune, 0, len(s.Words))
	for _, w := range s.Words {
		roots = append(roots, root(bare([]rune(w))))
	}
	for i := 0; i < len(text) && (len(marks) == 0 || i < marks[0].to+around); {
		if chinese(text[i]) {
			if n := s.run(text[i:]); n > 0 {
				marks, i = append(marks, span{i, i + n}), i+n
				continue
			}
			i++
			continue
		}
		if !wordly(text[i]) {
			i++
			continue
		}
		end := i
		for end < len(text) && wordly(text[end]) && !chinese(text[end]) {
			end++
		}
		var said []rune
		for _, r := range roots {
			if end-i < len(r) {
				continue
			}
			if said == nil {
				said = bare(text[i:end])
			}
			if begins(said, r) {
				marks = append(marks, span{i, end})
				break
			}
		}
		i = end
	}
	return marks
}

// run is how long a run of Chinese that is looked for stands at the beginning of text.
func (s Sought) run(text []rune) int {
	for _, c := range s.Chinese {
		if r := []rune(c); len(text) >= len(r) && slices.Equal(text[:len(r)], r) {
			return len(r)
		}
	}
	return 0
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// bare is a word without capitals, accents and vowel signs, as the register's
// folded() has it; the article of Arabic, alone or after "and", is no part of it.
func bare(word []rune) []rune {
	out := make([]rune, 0, len(word))
	if !slices.ContainsFunc(word, func(r rune) bool { return r > unicode.MaxASCII }) {
		for _, r := range word {
			out = append(out, unicode.ToLower(r))
		}
		return out
	}
	for _, r := range norm.NFD.String(strings.ToLower(string(word))) {
		switch {
		case r == 'ى':
			out = append(out, 'ي')
		case r == 'ـ' || unicode.IsMark(r):
		default:
			out = append(out, r)
		}
	}
	for _, article := range []string{"وال", "ال"} {
		if a := []rune(article); len(out) > len(a)+2 && slices.Equal(out[:len(a)], a) {
			return out[len(a):]
		}
	}
	return out
}

// root is a word without what its forms differ in, roughly: a third of it, three
// letters at most, and never so much that fewer than four are left.
func root(word []rune) []rune {
	return word[:max(min(len(word), 4), len(word)-min(3, len(word)/3))]
}

func begins(word, root []rune) bool {
	return len(root) > 0 && len(word) >= len(root) && slices.Equal(word[:len(root)], root)
}
