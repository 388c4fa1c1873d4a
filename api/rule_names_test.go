package api

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// Whoever adds a rule names it: api/words/rule.*, and its words in api/words/value.*.
func TestEveryRuleOfTheCharterHasANameInSixLanguages(t *testing.T) {
	w, err := LoadWords()
	must(t, err)
	c := charter.MustDefault()
	for _, lang := range languages {
		names, seen := w.in(lang).names(c.Stated()), map[string]string{}
		for _, r := range c.Stated() {
			called, part := names.called(r.Path), strings.Split(r.Path, "/")[1]
			if called == pathWords(r.Path) {
				t.Errorf("%s: %s has no name", lang, r.Path)
			}
			if other := seen[part+called]; other != "" {
				t.Errorf("%s: %s and %s are both called %q", lang, other, r.Path, called)
			}
			seen[part+called] = r.Path
			for _, word := range r.Among {
				if names.worded(rulePlace(r.Path), word) == "" {
					t.Errorf("%s: the word %q of %s has no name", lang, word, r.Path)
				}
			}
		}
	}
}

// What has no name yet goes by its path, and a word that is not known stands as it is.
func TestWhatTheDictionaryLacksGoesByItsPath(t *testing.T) {
	w, err := LoadWords()
	must(t, err)
	names := w.in("fr").names(charter.MustDefault().Stated())
	for path, want := range map[string]string{
		"/terms/years":                                    "years",
		"/fund":                                           "fund",
		"/effective_from":                                 "effective_from",
		"/body/vote/threshold":                            "Comment cette majorité devient un nombre de voix",
		"/body/quorum/threshold":                          "Comment cette part devient un nombre de sièges pour le quorum",
		"/constituencies/donors/seats":                    "Pays donateurs\u00a0: Nombre de sièges",
		"/constituencies/new":                             "new",
		"/constituencies":                                 "Groupes représentés",
		"/proposals/markers/gender/scale":                 "Marqueurs › " + names.members["/proposals/markers/gender"] + "\u00a0: Version de l’échelle",
		"/screening/objective_leads/objective-6":          "Chefs de file par objectif › Objectif 6",
		"/body/consensus/positions/agree/nothing-of-this": "consensus › positions › agree › nothing-of-this",
	} {
		if got := names.called(path); got != want {
			t.Errorf("%s is called %q, want %q", path, got, want)
		}
	}
	for _, c := range [][3]string{
		{"interests.kinds.effect", "none", "aucun effet"}, {"scoring.second_round", "none", "pas de second tour"}, {"fund.currency", "none", "aucun"},
		{"reporting.late_extensions", "refused", "refusées"}, {"proposals.late_entries", "refused", "refusés"},
		{"rotation.balance.among", "recipients", "Pays bénéficiaires"}, {"rotation.balance.among", "body", "tous les groupes ensemble"},
		{"scoring.second_round", "as-it-comes", "as-it-comes"},
	} {
		if got := names.word(c[0], c[1]); got != c[2] {
			t.Errorf("%s of %s is called %q, want %q", c[1], c[0], got, c[2])
		}
	}
}

// The reader's language reaches every answer and page that shows rules.
func TestRulesAreNamedInTheReadersLanguage(t *testing.T) {
	s, _ := bodyOf13(t)
	arabic := header("Accept-Language", "ar")
	for _, r := range s.ask("", "GET", "/charter/rules", "", "200", arabic).List() {
		if r["path"] == "/body/quorum/threshold" && (r["called"] != "كيف تصبح هذه النسبة عدد مقاعد لأغراض النصاب" || r["value"] != "ذلك العدد على الأقل") {
			t.Errorf("%v", r)
		}
	}
	d, _, _ := s.drafted(redrafting("null", "/terms/months", "0", "/body/vote/tie", `"chair-casts"`))
	s.ask("sec", "PUT", "/session/language", `{"language":"ar"}`, "200")
	draft := s.ask("sec", "GET", d, "", "200")
	if called := draft.at("called", "/terms/months"); called != "مدة الولاية بالأشهر" {
		t.Errorf("what is in the way is called %q", called)
	}
	var was, is any
	for _, x := range draft.JSON()["differences"].([]any) {
		if x := x.(map[string]any); x["called"] == "عند تعادل الأصوات" {
			was, is = x["was"].(map[string]any)["text"], x["is"].(map[string]any)["text"]
		}
	}
	if was != "تسقط المسألة" || is != "للرئاسة صوت مرجح" {
		t.Errorf("the tie as it was and is: %v, %v", was, is)
	}
	part := s.ask("sec", "GET", d+"/parts/constituencies", "", "200")
	if part.at("called", "/constituencies") != "الفئات الممثلة" || part.at("called", "/constituencies/donors") != "البلدان المانحة" {
		t.Errorf("lists and members are called %v", part.JSON()["called"])
	}
	tie := `"called":"عند تعادل الأصوات","names":[],"kind":"one-of","among":["falls","chair-casts"],"words":["تسقط المسألة","للرئاسة صوت مرجح"]`
	if body := string(s.ask("sec", "GET", d+"/parts/body", "", "200").raw); !strings.Contains(body, tie) {
		t.Errorf("the part of the body lacks %s", tie)
	}
	body := string(s.page("/fr/charter/body", "fr").raw)
	for _, want := range []string{"Part des sièges qui doivent être présents", `<small lang="en" dir="ltr">/body/quorum/share</small>`, "au moins autant", "Positions sur un consensus › Approuve"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page of the body lacks %q", want)
		}
	}
}

// What a document of rules must keep is told as a sentence, at the rule by its name, in six
// languages; docs/decisions/0003 lists what there is to keep.
func TestWhatBreaksARuleIsASentence(t *testing.T) {
	words, err := LoadWords()
	must(t, err)
	page, err := os.ReadFile("../docs/decisions/0003-charter-as-dated-data.md")
	must(t, err)
	_, table, _ := strings.Cut(string(page), "| rule | the document must |\n|---|---|\n")
	count := 0
	for _, line := range strings.Split(table, "\n") {
		if !strings.HasPrefix(line, "| ") {
			break
		}
		for _, name := range strings.Split(strings.Split(line, "|")[1], ",") {
			count++
			for _, lang := range languages {
				if id := "breach." + strings.TrimSpace(name); words.in(lang).say(id, nil) == "" || lang != "en" && words.in(lang).say(id, nil) == words.in("en").say(id, nil) {
					t.Errorf("%s is not said in %s", id, lang)
				}
			}
		}
	}
	if count < 50 {
		t.Errorf("only %d read of the page", count)
	}
	_, err = charter.Parse(bytes.Replace(charter.Default(), []byte("max_consecutive:\n    value: 2"), []byte("max_consecutive:\n    value: 200"), 1))
	var p problem.Problem
	if !errors.As(err, &p) {
		t.Fatal(err)
	}
	if said := words.in("en").detail(p); said != "Most terms in a row: The number lies outside its range. Allowed: 1–10. It says: 200." {
		t.Error(said)
	}
}
