package api

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// fill sends one of the site's forms as a browser without script does.
func (s *story) fill(path string, values url.Values, o ...option) reply {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, set := range o {
		set(r)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return reply{s.t, w.Code, w.Header(), w.Body.Bytes()}
}

// Whoever forgot a password gets in again without script, in each language: asks,
// is answered the same as anybody, follows the letter, chooses, and signs in.
func TestForgottenPasswordByForms(t *testing.T) {
	for _, lang := range languages {
		t.Run(lang, func(t *testing.T) {
			s := newStory(t)
			server := s.mailed()
			s.person("ana", "applicant", "IOM", "un")
			must(t, s.DB.Exec(`UPDATE persons SET language = ?`, lang).Error)
			s.work(s.server.Deliver)
			if got := s.page("/"+lang+"/forgotten-password", "en"); got.status != 200 || !strings.Contains(string(got.raw), `name="email"`) {
				t.Fatalf("%d %s", got.status, got.raw)
			}
			known := s.fill("/"+lang+"/forgotten-password", url.Values{"email": {"ana@example.org"}})
			stranger := s.fill("/"+lang+"/forgotten-password", url.Values{"email": {"eve@example.org"}})
			if known.status != 200 || string(known.raw) != string(stranger.raw) || strings.Contains(string(known.raw), "ana@") {
				t.Errorf("known and unknown are answered otherwise:\n%s\n%s", known.raw, stranger.raw)
			}
			if bad := s.fill("/"+lang+"/forgotten-password", url.Values{"email": {"<script>"}}); bad.status != 422 || strings.Contains(string(bad.raw), "<script") {
				t.Errorf("%d %s", bad.status, bad.raw)
			}
			s.idle()
			if len(server.Taken()) != 1 {
				t.Fatalf("letters: %v", server.Taken())
			}
			in, link := token(t, server.Taken()[0])
			page := s.page("/"+in+"/password?token="+link, "en")
			if in != lang || !strings.Contains(string(page.raw), `value="`+link+`"`) || page.header.Get("Referrer-Policy") != "no-referrer" {
				t.Errorf("the letter leads to %s: %s", in, page.raw)
			}
			weak := s.fill("/"+lang+"/password", url.Values{"token": {link}, "password": {"password1234"}})
			if weak.status != 422 || !strings.Contains(string(weak.raw), `role="alert"`) || strings.Contains(string(weak.raw), "password1234") || !strings.Contains(string(weak.raw), link) {
				t.Errorf("a weak password: %d %s", weak.status, html.UnescapeString(string(weak.raw)))
			}
			crossed := func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }
			if got := s.fill("/"+lang+"/password", url.Values{"token": {link}, "password": {"a long enough phrase"}}, crossed); got.status != 403 {
				t.Errorf("from another site: %d", got.status)
			}
			if got := s.fill("/"+lang+"/password", url.Values{"token": {link}, "password": {"a long enough phrase"}}); got.status != 200 || !strings.Contains(string(got.raw), "/sign-in") {
				t.Errorf("%d %s", got.status, got.raw)
			}
			if got := s.fill("/"+lang+"/password", url.Values{"token": {link}, "password": {"another long phrase"}}); got.status != 422 {
				t.Errorf("the link worked twice: %d", got.status)
			}
			if got := s.page("/"+lang+"/password?token="+link, "en"); got.status != 422 || strings.Contains(string(got.raw), `name="password"`) || strings.Contains(string(got.raw), `href="/sign-in"`) {
				t.Errorf("a used link asks for a password: %d %s", got.status, got.raw)
			}
			// A language taken from the sign-in page's own list is the account's from then on; a link into one is none.
			other := map[bool]string{true: "es", false: "fr"}[lang == "fr"]
			door := url.Values{"email": {"ana@example.org"}, "password": {"a long enough phrase"}}
			for _, want := range []string{lang, other} {
				if got := s.fill("/"+other+"/sign-in", door); got.status != 303 {
					t.Fatalf("signing in: %d %s", got.status, got.raw)
				}
				var is string
				must(t, s.DB.Raw(`SELECT language FROM persons WHERE email = 'ana@example.org'`).Row().Scan(&is))
				if is != want {
					t.Errorf("the account's language is %s, not %s", is, want)
				}
				door.Set("chosen", "yes")
			}
			s.ask("", "POST", "/session", `{"email":"ana@example.org","password":"a long enough phrase"}`, "201")
		})
	}
}

// What is kept about people is told in six languages, to everybody.
func TestPrivacyIsTold(t *testing.T) {
	s := newStory(t)
	for _, lang := range languages {
		if got := s.page("/"+lang+"/privacy", "en"); got.status != 200 || strings.Count(string(got.raw), "<h2") != len(about) {
			t.Errorf("%s: %d %s", lang, got.status, got.raw)
		}
		if got := s.page("/"+lang+"/", "en"); !strings.Contains(string(got.raw), `href="/`+lang+`/privacy"`) {
			t.Errorf("the first page in %s does not lead there", lang)
		}
	}
}

// Whoever is signed in is offered their tasks and a way out on the public pages,
// without script; being there ends nothing, sending the form does.
func TestSignOutByForm(t *testing.T) {
	s := newStory(t)
	s.account("ana", "applicant", "IOM", "un")
	for _, lang := range languages {
		s.enters("ana")
		signed := func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "fund", Value: s.people["ana"]}) }
		get := func(path string) string {
			r := httptest.NewRequest(http.MethodGet, "/"+lang+"/"+path, nil)
			signed(r)
			w := httptest.NewRecorder()
			s.handler.ServeHTTP(w, r)
			return w.Body.String()
		}
		way := `class="sign-out" href="/` + lang + `/sign-out"`
		if strings.Contains(string(s.page("/"+lang+"/", "en").raw), way) || !strings.Contains(get(""), way) {
			t.Errorf("%s: the way out is shown to a stranger, or not to her", lang)
		}
		if page := get("sign-out"); !strings.Contains(page, `method="post"`) || strings.Contains(page, "<script") {
			t.Errorf("%s: %s", lang, page)
		}
		s.ask("ana", "GET", "/session", "", "200")
		crossed := func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }
		if got := s.fill("/"+lang+"/sign-out", nil, signed, crossed); got.status != 403 {
			t.Errorf("from another site: %d", got.status)
		}
		out := s.fill("/"+lang+"/sign-out", nil, signed)
		if out.status != 200 || !strings.Contains(out.header.Get("Clear-Site-Data"), "storage") || strings.Contains(string(out.raw), way) {
			t.Errorf("%s: %d %v\n%s", lang, out.status, out.header, out.raw)
		}
		s.ask("ana", "GET", "/session", "", "401 sign-in-first")
		if again := s.fill("/"+lang+"/sign-out", nil, signed); again.status != 200 {
			t.Errorf("%s: signed out twice: %d", lang, again.status)
		}
	}
}
