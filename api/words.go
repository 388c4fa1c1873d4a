package api

import (
	"embed"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// languages are those of the United Nations; English stands in for none.
var languages = []string{"en", "fr", "es", "ar", "ru", "zh"}

var languageMatcher = language.NewMatcher([]language.Tag{language.English, language.French, language.Spanish,
	language.Arabic, language.Russian, language.Chinese})

// Words are the program's own sentences in six languages: refusals, public
// pages, mail. Files lie in api/words, one a subject and language.
type Words struct {
	bundle *i18n.Bundle
	rules  map[string]map[string]string // by language
}

// LoadWords reads the files that were built into the program.
func LoadWords() (*Words, error) {
	b := i18n.NewBundle(language.English)
	b.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	entries, err := wordFiles.ReadDir("words")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if _, err := b.LoadMessageFileFS(wordFiles, "words/"+e.Name()); err != nil {
			return nil, fmt.Errorf("api/words/%s: %w", e.Name(), err)
		}
	}
	rules, err := dictionaries()
	if err != nil {
		return nil, fmt.Errorf("api/words: the rules of the charter: %w", err)
	}
	return &Words{b, rules}, nil
}

// tongue is the words of one language.
type tongue struct {
	language  string
	localizer *i18n.Localizer
	rules     map[string]string
}

func (w *Words) in(lang string) tongue {
	return tongue{lang, i18n.NewLocalizer(w.bundle, lang), w.rules[lang]}
}

// say is the sentence under id, filled in; "" where there is none.
func (t tongue) say(id string, particulars map[string]any) string {
	text, err := t.localizer.Localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: t.written(particulars)})
	if err != nil && text == "" {
		return ""
	}
	return text
}

func (t tongue) title(p problem.Problem) string {
	if s := t.say("problem."+p.Code+".title", p.Params()); s != "" {
		return s
	}
	return p.Code
}

// detail says how the rule was broken this time; nothing, where the particulars
// are not known: a promise of the database refuses without them.
func (t tongue) detail(p problem.Problem) string {
	particulars := p.Params()
	if path, is := particulars["path"].(string); is && p.Is(charter.ErrInvalid) {
		particulars = maps.Clone(particulars)
		particulars["path"] = t.names(charter.MustDefault().Stated()).called(strings.TrimSuffix(path, "/value"))
	}
	s := t.say("problem."+p.Code+".detail", particulars)
	if strings.Contains(s, "<no value>") {
		return ""
	}
	return s
}

// Refusal says p, and each refusal that stands with it, in a language: for those
// who read it elsewhere than in an answer of HTTP.
func (w *Words) Refusal(language string, p problem.Problem) []string {
	t := w.in(language)
	var said []string
	for _, q := range append([]problem.Problem{p}, p.Also...) {
		said = append(said, strings.TrimSpace(t.title(q)+" "+t.detail(q)))
	}
	return said
}

// Figures writes an amount without its currency in a language's way: "1,234.50".
func Figures(language string, m ledger.Money) string {
	return tongue{language: language}.figures(m.Text())
}

// written puts particulars in the reader's way of writing them.
func (t tongue) written(particulars map[string]any) map[string]any {
	out := make(map[string]any, len(particulars))
	for name, v := range particulars {
		switch v := v.(type) {
		case ledger.Money:
			out[name] = t.amount(v)
		case time.Time:
			out[name] = t.instant(v)
		case domain.Role:
			out[name] = t.role(v)
		case []domain.Role:
			out[name] = t.roles(v)
		case map[string]string: // a name of the charter
			out[name] = v[t.language]
		case []charter.Names:
			names := make([]string, len(v))
			for i := range v {
				names[i] = v[i].In(t.language)
			}
			out[name] = strings.Join(names, commas[t.language])
		case charter.Breach:
			out[name] = t.say("breach."+string(v), nil)
		case domain.Telling:
			out[name], _ = v.In(t.language)
		default:
			out[name] = v
		}
	}
	return out
}

// role names a role as the pages do; "" for whoever wears none.
func (t tongue) role(r domain.Role) string { return t.say("role."+string(r), nil) }

// commas are what stands between the members of a list.
var commas = map[string]string{"en": ", ", "fr": ", ", "es": ", ", "ru": ", ", "ar": "، ", "zh": "、"}

func (t tongue) roles(list []domain.Role) string {
	names := make([]string, len(list))
	for i, r := range list {
		names[i] = t.role(r)
	}
	return strings.Join(names, commas[t.language])
}

// separators are how a language groups thousands and marks decimals.
var separators = map[string][2]string{
	"en": {",", "."}, "zh": {",", "."}, "ar": {",", "."},
	"fr": {"\u202f", ","}, "ru": {"\u00a0", ","}, "es": {".", ","},
}

// figures writes an exact amount, "-1234567.50", in the language's way.
func (t tongue) figures(text string) string {
	sep := separators[t.language]
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "\u2212", text[1:]
	}
	whole, part, fraction := strings.Cut(text, ".")
	var groups []string
	for len(whole) > 3 {
		groups = append([]string{whole[len(whole)-3:]}, groups...)
		whole = whole[:len(whole)-3]
	}
	out := sign + strings.Join(append([]string{whole}, groups...), sep[0])
	if fraction {
		out += sep[1] + part
	}
	return out
}

func (t tongue) amount(m ledger.Money) string {
	text := t.figures(m.Text()) + "\u00a0" + string(m.Currency)
	if t.language == "ar" {
		return "\u2066" + text + "\u2069" // in a right-to-left sentence it stays in one piece
	}
	return text
}

// instant writes a day, and the time where there is one, in UTC.
func (t tongue) instant(at time.Time) string {
	if at.Equal(at.Truncate(24 * time.Hour)) {
		return t.longDay(at)
	}
	return t.longDay(at.UTC()) + at.UTC().Format(", 15:04 UTC")
}

// languageOf is the reader's: what the session or the request asks for.
func languageOf(c *gin.Context) string {
	if l := c.GetString("language"); l != "" {
		return l
	}
	tags, _, err := language.ParseAcceptLanguage(c.GetHeader("Accept-Language"))
	if err != nil || len(tags) == 0 {
		return "en"
	}
	_, i, _ := languageMatcher.Match(tags...)
	return languages[i]
}
