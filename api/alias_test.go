package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// An organisation is found by any of its names, two that may be one are shown to a
// person, and only a person merges them: with a reason, undone by a later act, and
// nothing of either rewritten.
func TestOrganisationsAreFoundComparedAndMerged(t *testing.T) {
	s := newStory(t)
	s.person("adam", "administrator", "MPTFO", "agent")
	s.person("audrey", "auditor", "OIOS", "un")
	s.person("ana", "applicant", "IOM", "un")
	add := func(body string) string { return s.ask("adam", "POST", "/organisations", body, "201").at("id") }
	labour := add(`{"code":"ILO","name":"International Labour Organization","kind":"un","iati_ref":"XM-DAC-41302"}`)
	twin := add(`{"code":"ILO-2","name":"International Labor Organisation","kind":"un"}`)
	add(`{"code":"MSB","name":"Ministry of Labour","kind":"stakeholder"}`)
	qm, qn := s.org("QM", "state"), s.org("QN", "state")
	must(t, s.DB.Exec(`UPDATE organisations SET iso3166 = code WHERE kind = 'state'`).Error)

	// Other names: by kind and language, each once, none out of nowhere.
	alias := "/organisations/" + labour + "/aliases"
	s.ask("ana", "POST", alias, `{"text":"OIT","kind":"acronym","language":"fr"}`, "403 not-permitted")
	s.ask("adam", "POST", alias, `{"text":" ","kind":"nickname","language":"de"}`, "422 required")
	s.ask("adam", "POST", alias, `{"text":"OIT","kind":"acronym","language":"fr"}`, "200")
	s.ask("adam", "POST", alias, `{"text":" OIT ","kind":"acronym","language":"fr"}`, "409 already-taken")
	r := s.ask("adam", "POST", alias, `{"text":"Международная организация труда","kind":"name","language":"ru"}`, "200")
	called := func(code, language string) string {
		names := s.ask("", "GET", "/organisations/names", "", "200", header("Accept-Language", language)).List()
		i := slices.IndexFunc(names, func(n map[string]any) bool { return n["code"] == code })
		return fmt.Sprint(names[i]["short"], ", ", names[i]["name"])
	}
	if got := called("ILO", "ru"); got != "International Labour Organization, Международная организация труда" {
		t.Errorf("in Russian: %s", got)
	}
	found := func(q string) string {
		var codes []string
		for _, o := range s.ask("", "GET", "/organisations?q="+q, "", "200").List() {
			codes = append(codes, o["code"].(string))
		}
		return strings.Join(codes, " ")
	}
	for q, want := range map[string]string{"oit": "ILO", "ТРУДА": "ILO", "labour": "ILO MSB", "l%C3%A1bour%20org": "ILO", "nobody": "", "ilo": "ILO ILO-2"} {
		if got := found(q); got != want {
			t.Errorf("looking for %s: %q, not %q", q, got, want)
		}
	}
	id := r.JSON()["aliases"].([]any)[1].(map[string]any)["id"].(string)
	s.ask("adam", "POST", "/aliases/"+id+"/ending", "", "200")
	s.ask("adam", "POST", "/aliases/"+id+"/ending", "", "409 alias-ended")
	if found("труда") != "" {
		t.Error("found by a name that was taken away")
	}

	// What may be one is suggested: of all pairs, and of one about to be added.
	pairs := func() (all []string) {
		for _, d := range s.ask("audrey", "GET", "/duplicates", "", "200").List() {
			one, other := d["one"].(map[string]any), d["other"].(map[string]any)
			all = append(all, fmt.Sprint(one["code"], " ", other["code"], " ", d["ground"]))
		}
		return all
	}
	if got := fmt.Sprint(pairs()); got != "[ILO ILO-2 like-name]" {
		t.Errorf("pairs: %s", got)
	}
	like := s.ask("adam", "GET", "/duplicates?name=Internat.%20Labour%20Organization&code=oit", "", "200").List()
	if len(like) == 0 || like[0]["one"] != nil || like[0]["other"].(map[string]any)["code"] != "ILO" || like[0]["ground"] != "same-name" {
		t.Errorf("about to be added: %v", like)
	}
	s.ask("ana", "GET", "/duplicates", "", "403 not-permitted")

	// Merged by a person with a reason, never two states or two kinds.
	merging := "/organisations/" + twin + "/merging"
	into := func(id any, reason string) string { return fmt.Sprintf(`{"into":"%s","reason":"%s"}`, id, reason) }
	s.ask("audrey", "POST", merging, into(labour, "One."), "403 not-permitted")
	s.ask("adam", "POST", merging, into(labour, " "), "422 required")
	s.ask("adam", "POST", merging, into(twin, "One."), "422 merged-into-itself")
	s.ask("adam", "POST", merging, into(s.org("MPTFO", "agent"), "One."), "409 merge-of-two-kinds")
	s.ask("adam", "POST", fmt.Sprintf("/organisations/%s/merging", qm), into(qn, "One."), "409 merge-of-two-states")
	s.ask("adam", "POST", "/organisations/"+twin+"/unmerging", `{"reason":"Why not."}`, "409 organisation-not-merged")
	s.ask("adam", "POST", merging, into(labour, "Typed twice; the same IATI reference."), "200")
	s.ask("adam", "POST", merging, into(labour, "Again."), "409 organisation-merged")
	s.ask("adam", "POST", "/organisations/"+labour+"/merging", into(twin, "The other way."), "409 organisation-merged")
	s.ask("adam", "POST", "/organisations/"+twin+"/aliases", `{"text":"X","kind":"name"}`, "409 organisation-merged")
	old := s.ask("ana", "GET", "/organisations/"+twin, "", "200")
	if old.at("into", "code") != "ILO" || old.at("name") != "International Labor Organisation" || old.JSON()["merges"] != nil {
		t.Errorf("the old one: %s", old.raw)
	}
	if now := s.ask("audrey", "GET", "/organisations/"+labour, "", "200"); !strings.Contains(now.at("merged"), "ILO-2") || !strings.Contains(now.at("merges"), "Typed twice") {
		t.Errorf("the one it is: %s", now.raw)
	}
	for language, want := range map[string]string{"en": "International Labour Organization", "fr": "OIT", "ru": "International Labour Organization"} {
		if got := called("ILO-2", language); got != want+", International Labour Organization" { // the Russian name was taken back
			t.Errorf("in %s the merged one is called %s", language, got)
		}
	}
	if got := pairs(); len(got) != 0 {
		t.Errorf("merged, and suggested: %v", got)
	}
	s.ask("adam", "POST", "/people/"+s.ids["audrey"].String()+"/memberships", fmt.Sprintf(`{"organisation":"%s","role":"auditor","from":"2026-03-02"}`, twin), "409 organisation-merged")

	// Undone by a later act, and told apart: they are not suggested again.
	s.ask("adam", "POST", "/organisations/"+twin+"/unmerging", `{"reason":""}`, "422 required")
	s.ask("adam", "POST", "/organisations/"+twin+"/unmerging", `{"reason":"Another body after all."}`, "200")
	if got := pairs(); len(got) != 1 {
		t.Errorf("parted, and not suggested: %v", got)
	}
	s.ask("adam", "POST", "/organisations/"+twin+"/telling-apart", fmt.Sprintf(`{"other":"%s","reason":"Two bodies."}`, labour), "204")
	s.ask("adam", "POST", "/organisations/"+twin+"/telling-apart", fmt.Sprintf(`{"other":"%s","reason":"Two bodies."}`, twin), "422 merged-into-itself")
	if got := pairs(); len(got) != 0 {
		t.Errorf("told apart, and suggested: %v", got)
	}
	if r := s.ask("audrey", "GET", "/organisations/"+twin, "", "200"); !strings.Contains(r.at("merges"), "Another body after all.") {
		t.Errorf("the record of the merge: %s", r.raw)
	}
}

// An organisation that a draft names and that was merged meanwhile is chosen anew by
// whoever writes; what bears its name is counted before anybody merges it.
func TestAMergedOrganisationIsChosenAnew(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("adam", "administrator", "MPTFO", "agent")
	s.person("ana", "applicant", "IOM", "un")
	s.person("eve", "applicant", "ILO", "un")
	note := s.note("QM")
	r := s.ask("ana", "POST", call+"/proposals", text(note), "201")
	s.ask("eve", "POST", call+"/proposals", `{"language":"en"}`, "201")
	p := "/proposals/" + r.at("id")
	right := s.ask("adam", "POST", "/organisations", `{"code":"ILO-HQ","name":"International Labour Organization","kind":"un"}`, "201").at("id")
	old := fmt.Sprintf("/organisations/%s", s.orgs["ILO"])
	if got := s.ask("adam", "GET", old, "", "200").at("uses"); got != "map[people:1 programmes:0 proposals:1 shares:1]" {
		t.Errorf("what bears its name: %s", got)
	}
	if s.ask("ana", "GET", old, "", "200").JSON()["uses"] != nil {
		t.Error("an applicant counts it too")
	}
	s.ask("adam", "POST", old+"/merging", fmt.Sprintf(`{"into":"%s","reason":"The headquarters have the MOU."}`, right), "200")
	if raw := string(s.ask("ana", "GET", p+"/lacks", "", "200").raw); !strings.Contains(raw, `"organisation-merged"`) || !strings.Contains(raw, `"/shares/1/organisation"`) {
		t.Errorf("a merged share: %s", raw)
	}
	note["shares"].([]map[string]any)[1]["organisation"] = right
	s.ask("ana", "PUT", p, text(note), "200", ifMatch(r.tag()))
	if raw := string(s.ask("ana", "GET", p+"/lacks", "", "200").raw); strings.Contains(raw, "organisation-merged") {
		t.Errorf("chosen anew: %s", raw)
	}
}
