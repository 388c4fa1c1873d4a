package camt053

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/template"

	"startupfund/domain/problem"

	"github.com/goccy/go-yaml"
)

// Each refusal has its sentences in six languages, and they use no particular
// that it does not carry.
func TestWords(t *testing.T) {
	refusals := []error{ // one of each code, as Read makes them
		(&reader{}).refuse(ErrTooMany, "limit", maxDetails),
		(&reader{}).refuse(ErrTooLarge, "limit", int64(DefaultLimit)),
	}
	for _, doc := range []string{
		"", "\xff\xfe<", "<!DOCTYPE a>", good + good, strings.Replace(good, "</Ntry>", "", 1),
		strings.Replace(good, "<Ntry>", "<Ntry>"+strings.Repeat("<a>", 50), 1),
		strings.Replace(good, "E-1", strings.Repeat("E", maxValue+1), 1),
		strings.Replace(good, thirty, thirty+thirty, 1), strings.Replace(good, thirty, "", 1),
		strings.Replace(good, thirty, "30", 1), strings.Replace(good, "30.00", "30<!-- -->.00", 1),
		strings.Replace(good, "BOOK", "DONE", 1), strings.Replace(good, "30.00", "3e1", 1),
		strings.Replace(good, "30.00", "-30.00", 1), strings.Replace(good, "30.00", "30.005", 1),
		strings.Replace(good, "USD\">30", "\">30", 1), strings.Replace(good, "USD\">30", "EUR\">30", 1),
		strings.Replace(good, "OPBD", "OPAV", 1), strings.Replace(good, "30.00", "31.00", 1),
	} {
		_, err := ReadAll(strings.NewReader(doc))
		refusals = append(refusals, err)
	}
	met := map[string]problem.Problem{}
	for _, err := range refusals {
		var p problem.Problem
		if !errors.As(err, &p) {
			t.Fatal(err)
		}
		met[p.Code] = p
	}
	for _, p := range problem.All() {
		ours := p.Is(ErrNotStatement) || strings.HasPrefix(p.Code, "statement-")
		if _, ok := met[p.Code]; ours && !ok {
			t.Errorf("%s is not among the refusals above", p.Code)
		}
	}
	for _, language := range []string{"en", "fr", "es", "ar", "ru", "zh"} {
		t.Run(language, func(t *testing.T) { spoken(t, "../../api/words/camt053."+language+".yaml", met) })
	}
}

func spoken(t *testing.T, file string, refusals map[string]problem.Problem) {
	b, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := yaml.Unmarshal(b, &words); err != nil {
		t.Fatal(err)
	}
	if len(words) != 2*len(refusals) {
		t.Errorf("%d sentences for %d refusals", len(words), len(refusals))
	}
	for code, p := range refusals {
		title, detail := words["problem."+code+".title"], words["problem."+code+".detail"]
		if title == "" || strings.Contains(title, "{{") {
			t.Errorf("title of %s: %q", code, title)
		}
		var said strings.Builder
		form, err := template.New(code).Option("missingkey=error").Parse(detail)
		if err == nil {
			err = form.Execute(&said, p.Params())
		}
		if err != nil || said.Len() == 0 {
			t.Errorf("detail of %s: %q %v", code, said.String(), err)
		}
		if testing.Verbose() {
			t.Log(title, "|", said.String())
		}
	}
}
