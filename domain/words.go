package domain

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"time"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrTranslatedTwice = problem.New(problem.Invalid, "translated-twice")
	ErrNothingChanged  = problem.New(problem.Invalid, "nothing-changed")
	ErrNotQualified    = problem.New(problem.Conflict, "not-eligible-for-call")
)

// Words are what a call says, in the language it was written in and in those it
// was translated to.
type Words struct {
	Title, Text  string
	Language     string        // of the original, one of charter.Languages
	Translations []Translation // in the order of charter.Languages
	Eligibility  []Criterion   // asked before anything is written
}

// Translation is a call's title and text in another language.
type Translation struct {
	Language    string
	Title, Text string
	By          Translator
}

// Translator is who translated; readers are told.
type Translator string

const (
	ByPerson  Translator = "person"
	ByMachine Translator = "machine"
)

// Worded is one text by language.
type Worded map[string]string

// Criterion is a question with yes or no for an answer, one of which qualifies.
type Criterion struct {
	Key       string
	Question  Worded
	Why       Worded // told to whom the other answer keeps out
	Qualifies bool   // the answer that does
}

// EligibilityAnswer is what an applicant answered; it stays with the proposal.
type EligibilityAnswer struct {
	Key      string
	Question string // as it was asked, in the call's original language
	Language string
	Answer   bool
}

// Correction changed a call's words after it was announced, and says why; what it
// said before stays readable.
type Correction struct {
	N      int
	Was    Words
	Reason string
	At     time.Time
}

// Telling is a text that a refusal carries in several languages, for api to choose.
type Telling struct {
	Worded
	Original string // the language it was written in
}

// In is the text in a language, or else in the original, and which it is.
func (t Telling) In(language string) (text, in string) {
	if text := t.Worded[language]; text != "" {
		return text, language
	}
	return t.Worded[t.Original], t.Original
}

// In is what the call says to a reader of a language: that translation or, where
// there is none, the original; by is nobody of the original.
func (w Words) In(language string) (title, text, in string, by Translator) {
	for _, t := range w.Translations {
		if t.Language == language && w.Language != language {
			return t.Title, t.Text, t.Language, t.By
		}
	}
	return w.Title, w.Text, w.Language, ""
}

// Telling is a text of the call with the language that stands in for others.
func (w Words) Telling(text Worded) Telling { return Telling{text, w.Language} }

const (
	mostCriteria     = 30
	longestCriterion = 1000
)

var criterionKey = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// tidy refuses only what could not be kept, and puts the rest in one form.
func (w *Words) tidy(ch charter.Charter) (found []problem.Problem) {
	if w.Language == "" {
		w.Language = charter.Languages[0]
	}
	found = append(found, spoken(w.Language, "/language")...)
	found = append(found, bounded(w.Title, "/title", ch.Proposals.TitleCharacters.Value)...)
	found = append(found, bounded(w.Text, "/text", longestCallText)...)
	seen := []string{w.Language}
	for i, t := range w.Translations {
		field := fmt.Sprintf("/translations/%d", i)
		found = append(found, spoken(t.Language, field+"/language")...)
		if slices.Contains(seen, t.Language) {
			found = append(found, ErrTranslatedTwice.With("language", t.Language).At(field+"/language"))
		}
		seen = append(seen, t.Language)
		if t.By != ByPerson && t.By != ByMachine {
			found = append(found, ErrUnknownWord.With("given", clip(string(t.By))).At(field+"/by"))
		}
		found = append(found, bounded(t.Title, field+"/title", ch.Proposals.TitleCharacters.Value)...)
		found = append(found, bounded(t.Text, field+"/text", longestCallText)...)
	}
	slices.SortStableFunc(w.Translations, func(a, b Translation) int {
		return slices.Index(charter.Languages, a.Language) - slices.Index(charter.Languages, b.Language)
	})
	return append(found, w.tidyCriteria()...)
}

// tidyCriteria gives each question a key of its own.
func (w *Words) tidyCriteria() (found []problem.Problem) {
	if len(w.Eligibility) > mostCriteria {
		return []problem.Problem{ErrTooMuch.With("limit", mostCriteria).At("/eligibility")}
	}
	w.Eligibility = slices.Clone(w.Eligibility)
	var keys []string
	for _, q := range w.Eligibility {
		keys = append(keys, q.Key)
	}
	for i := range w.Eligibility {
		q, field := &w.Eligibility[i], fmt.Sprintf("/eligibility/%d", i)
		for n := 1; q.Key == ""; n++ {
			if key := fmt.Sprintf("q%d", n); !slices.Contains(keys, key) {
				q.Key, keys[i] = key, key
			}
		}
		if !criterionKey.MatchString(q.Key) || slices.Contains(keys[:i], q.Key) {
			found = append(found, ErrUnknownWord.With("given", clip(q.Key)).At(field+"/key"))
		}
		for name, texts := range map[string]Worded{"question": q.Question, "why": q.Why} {
			for _, l := range slices.Sorted(maps.Keys(texts)) {
				at := field + "/" + name + "/" + pointer(l)
				found = append(found, spoken(l, at)...)
				found = append(found, bounded(texts[l], at, longestCriterion)...)
			}
		}
	}
	return found
}

// lacks lists what the words need before the call is announced: each text in the
// original's language, and translations that are whole.
func (w Words) lacks(ch charter.Charter) (found []problem.Problem) {
	title := ch.Proposals.TitleCharacters.Value
	found = append(found, written(w.Title, "/title", title)...)
	found = append(found, written(w.Text, "/text", longestCallText)...)
	for i, t := range w.Translations {
		found = append(found, written(t.Title, fmt.Sprintf("/translations/%d/title", i), title)...)
		found = append(found, written(t.Text, fmt.Sprintf("/translations/%d/text", i), longestCallText)...)
	}
	for i, q := range w.Eligibility {
		field := fmt.Sprintf("/eligibility/%d", i)
		found = append(found, written(q.Question[w.Language], field+"/question/"+w.Language, longestCriterion)...)
		found = append(found, written(q.Why[w.Language], field+"/why/"+w.Language, longestCriterion)...)
	}
	return found
}

// Correct puts other words in the place of those announced, for a reason that
// everyone reads. What is asked stands: questions are neither added, nor taken
// away, nor turned, and the original's language stays.
func (c *Call) Correct(to Words, reason string, ch charter.Charter, at time.Time) (Correction, error) {
	if c.AnnouncedAt == nil {
		return Correction{}, ErrCallDraft.With("call", c.Ref)
	}
	found := to.tidy(ch)
	if to.Language != c.Language {
		found = append(found, ErrCallAnnounced.With("call", c.Ref).At("/language"))
	}
	if !slices.EqualFunc(to.Eligibility, c.Eligibility, func(a, b Criterion) bool { return a.Key == b.Key && a.Qualifies == b.Qualifies }) {
		found = append(found, ErrCallAnnounced.With("call", c.Ref).At("/eligibility"))
	}
	found = append(found, to.lacks(ch)...)
	found = append(found, written(reason, "/reason", longestReason)...)
	if len(found) == 0 && to.same(c.Words) {
		found = append(found, ErrNothingChanged)
	}
	if err := problem.Join(found); err != nil {
		return Correction{}, err
	}
	x := Correction{N: len(c.Corrections) + 1, Was: c.Words, Reason: reason, At: at}
	c.Words, c.Corrections = to, append(c.Corrections, x)
	return x, nil
}

func (w Words) same(v Words) bool {
	return w.Title == v.Title && w.Text == v.Text && slices.Equal(w.Translations, v.Translations) &&
		slices.EqualFunc(w.Eligibility, v.Eligibility, func(a, b Criterion) bool {
			return maps.Equal(a.Question, b.Question) && maps.Equal(a.Why, b.Why)
		})
}

// Qualify takes an applicant's answers, one to each question, and tells each that
// keeps out why.
func (w Words) Qualify(answers map[string]bool) ([]EligibilityAnswer, error) {
	var found []problem.Problem
	var list []EligibilityAnswer
	asked := map[string]bool{}
	for _, q := range w.Eligibility {
		asked[q.Key] = true
		field := "/eligibility/" + pointer(q.Key)
		switch answer, given := answers[q.Key]; {
		case !given:
			found = append(found, ErrRequired.At(field))
		case answer != q.Qualifies:
			found = append(found, ErrNotQualified.With("why", w.Telling(q.Why)).At(field))
		}
		list = append(list, EligibilityAnswer{q.Key, q.Question[w.Language], w.Language, answers[q.Key]})
	}
	for _, key := range slices.Sorted(maps.Keys(answers)) {
		if !asked[key] {
			found = append(found, ErrUnknownWord.With("given", clip(key)).At("/eligibility/"+pointer(key)))
		}
	}
	return list, problem.Join(found)
}

// spoken refuses a language that is none of the six.
func spoken(language, field string) []problem.Problem {
	if slices.Contains(charter.Languages, language) {
		return nil
	}
	return []problem.Problem{ErrUnknownWord.With("given", clip(language)).At(field)}
}
