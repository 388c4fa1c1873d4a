package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// page fetches one of the site's pages.
func (s *story) page(path, accept string) reply {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Language", accept)
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return reply{s.t, w.Code, w.Header(), w.Body.Bytes()}
}

func TestPublicPagesSpeakSixLanguages(t *testing.T) {
	s := newStory(t)
	for _, lang := range languages {
		for path, status := range map[string]int{"/": 200, "/" + lang + "/": 200, "/" + lang + "/statement?as_of=2026-01-31": 200, "/" + lang + "/statement/transfers": 200,
			"/" + lang + "/statement/nonsense": 404, "/" + lang + "/vouchers/x": 404, "/" + lang + "/nowhere": 404, "/" + lang + "/statement?as_of=yesterday": 422} {
			got := s.page(path, lang)
			body := string(got.raw)
			if got.status != status {
				t.Errorf("%s in %s: %d\n%s", path, lang, got.status, body)
			}
			if !strings.Contains(body, `<html lang="`+lang+`"`) || (lang == "ar") != strings.Contains(body, `dir="rtl"`) {
				t.Errorf("%s is not in %s", path, lang)
			}
			if h := got.header.Get("Content-Language"); h != lang {
				t.Errorf("%s says it is in %q", path, h)
			}
			if strings.Contains(body, "<script") || strings.Contains(body, "style=") || strings.Contains(body, "http://") || strings.Contains(body, "https://") {
				t.Errorf("%s would break the policy on content, or calls elsewhere", path)
			}
		}
	}
}

// The words of the site are there in every language: a page without one fails.
func TestWordsAreCompleteInSixLanguages(t *testing.T) {
	ids := map[string][]string{}
	for _, lang := range languages {
		for _, id := range wordIDs(t, lang) {
			ids[id] = append(ids[id], lang)
		}
	}
	for id, has := range ids {
		if id == "site.unreviewed" {
			continue // of a translation: English has none
		}
		if len(has) != len(languages) {
			t.Errorf("%s is only in %v", id, has)
		}
	}
}

// wordIDs lists what a language has a sentence for.
func wordIDs(t *testing.T, lang string) (ids []string) {
	t.Helper()
	files, err := wordFiles.ReadDir("words")
	must(t, err)
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), "."+lang+".yaml") {
			continue
		}
		b, err := wordFiles.ReadFile("words/" + f.Name())
		must(t, err)
		var entries map[string]any
		must(t, yaml.Unmarshal(b, &entries))
		for id, text := range entries {
			if text == "" || text == nil {
				t.Errorf("%s is empty in %s", id, lang)
			}
			ids = append(ids, id)
		}
	}
	return ids
}
