package api

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// titles are what a list holds, in its order.
func titles(r reply) (all []string) {
	for _, p := range r.List() {
		all = append(all, p["title"].(string))
	}
	return all
}

// nextOf is the address of the page after it, or "".
func nextOf(r reply) string {
	next, _, more := strings.Cut(strings.TrimPrefix(r.header.Get("Link"), "</api/v1"), ">")
	if !more {
		return ""
	}
	return next
}

// found lists what somebody's list holds under a query, sorted.
func (s *story) found(who, query string) string {
	s.t.Helper()
	list := titles(s.ask(who, "GET", "/proposals?"+query, "", "200"))
	slices.Sort(list)
	return strings.Join(list, " | ")
}

// entered submits what an applicant of QM's says in place of the note's own words.
func (s *story) entered(call string, change map[string]any) string {
	s.t.Helper()
	note := s.note("QM")
	for k, v := range change {
		note[k] = v
	}
	r := s.ask("applicant-qm", "POST", call+"/proposals", text(note), "201")
	path := "/proposals/" + r.at("id")
	s.ask("focal-qm", "POST", path+"/endorsement", `{"note":"NV 12/2026"}`, "200", ifMatch(r.tag()))
	s.ask("applicant-qm", "POST", path+"/submission", "", "201")
	return path
}

func (s *story) authors() string {
	s.person("applicant-qm", "applicant", "PMU-QM", "un")
	s.person("focal-qm", "focal-point", "QM", "state")
	s.person("audit", "auditor", "OIOS", "un")
	s.person("chair", "coordinator", "IOM-CO", "un")
	return s.openCall()
}

func TestSixLanguagesAreSearched(t *testing.T) {
	s := newStory(t)
	call := s.authors()
	for _, p := range []struct{ language, title, summary string }{
		{"en", "Remittances", "Migrants' families receive what was sent to them, at lower costs."},
		{"fr", "Protéger les enfants", "Les écoles accueillent les enfants migrants et leurs familles."},
		{"es", "Migración laboral", "Los trabajadores son contratados con equidad."},
		{"ar", "حماية المهاجرين", "تُدرَّب البلديات على خدمة المهاجرات في المدن."},
		{"ru", "Трудовая миграция", "Работники получают справедливые договоры."},
		{"zh", "安全移民", "为移民工人提供法律援助和职业培训。"},
	} {
		s.entered(call, map[string]any{"language": p.language, "title": p.title, "summary": p.summary})
	}
	for looked, want := range map[string]string{
		"remittance":        "Remittances",
		"cost":              "Remittances",          // another form of the word
		"remit":             "Remittances",          // its beginning
		`"lower costs"`:     "Remittances",          // next to each other
		`"costs lower"`:     "",                     // and not so
		"ecole":             "Protéger les enfants", // without its accent, and in the singular
		"PROTÉGER":          "Protéger les enfants", //
		"migracion":         "Migración laboral",    //
		"trabajador":        "Migración laboral",    //
		"مهاجر":             "حماية المهاجرين",      // without article and ending
		"المهاجرون":         "حماية المهاجرين",      // another case
		"миграции":          "Трудовая миграция",    //
		"договор":           "Трудовая миграция",    //
		"移民":                "安全移民",                 //
		"法律援助":              "安全移民",                 // in the summary
		"援":                 "安全移民",                 // one character
		"助援":                "",                     // the other way round
		"QM remittances":    "Remittances",          // a state and a word
		"PMU-QM laboral":    "Migración laboral",    // an organisation and a word
		"nothing of it":     "",
		"<b>':* & | ! (% _": "",
	} {
		if got := s.found("sec", "q="+url.QueryEscape(looked)); got != want {
			t.Errorf("%s finds %q, not %q", looked, got, want)
		}
	}
	s.ask("sec", "GET", "/proposals?q=%3F%21", "", "422 nothing-to-look-for")
	first := s.ask("sec", "GET", "/proposals?q=p-2026-00", "", "200").List()
	if len(first) != 6 || first[0]["ref"] != "P-2026-006" {
		t.Errorf("the beginning of a ref finds %v", first)
	}
	excerpt := fmt.Sprint(s.ask("sec", "GET", "/proposals?q="+url.QueryEscape("法律援助"), "", "200").List()[0]["excerpt"])
	if !strings.Contains(excerpt, "map[found:true text:法律援助]") {
		t.Errorf("what was found is not marked: %s", excerpt)
	}
	// The small words of each language are not what was looked for, and are not marked.
	for looked, want := range map[string]string{
		"lower than the costs of families": "families lower costs",
		"des enfants et leurs familles":    "enfants leurs familles", // its list of French has no plural of "leur"
		"los trabajadores con equidad":     "trabajadores equidad",
		"البلديات على المدن":               "البلديات المدن",
		`"البلديات على خدمة"`:              "البلديات خدمة",
		"البلديات من المدن":                "البلديات المدن", // which the text does not say
		"работники и договоры":             "Работники договоры",
	} {
		var marked []string
		for _, line := range s.ask("sec", "GET", "/proposals?q="+url.QueryEscape(looked), "", "200").List() {
			for _, piece := range line["excerpt"].([]any) {
				if p := piece.(map[string]any); p["found"] == true {
					marked = append(marked, p["text"].(string))
				}
			}
		}
		if got := strings.Join(marked, " "); got != want {
			t.Errorf("%s marks %q, not %q", looked, got, want)
		}
	}
	if got := s.found("sec", "q="+url.QueryEscape("移民")+"&language=ru"); got != "" {
		t.Errorf("a search that is narrowed as well finds %s", got)
	}
}

func TestListsAreNarrowedOrderedAndCounted(t *testing.T) {
	s := newStory(t)
	call := s.authors()
	s.submitted(call, "QN", "IOM 500000.00", "ILO 400000.00")
	s.eligible(call, "QO", "UNDP 700000.00", "ILO 300000.00")
	s.entered(call, map[string]any{"title": "Another area", "area": "area-1", "objectives": []int{1}})
	kenya := s.org("QP", "state")
	must(t, s.DB.Exec(`UPDATE organisations SET iso3166 = 'KE', name = 'Kenya' WHERE id = ?`, kenya).Error)
	s.submitted(call, "QP", "IOM 100000.00", "ILO 900000.00")
	id := strings.TrimPrefix(call, "/calls/")
	for query, want := range map[string]string{
		"":                                     "Another area | Safe recruitment in QN | Safe recruitment in QO | Safe recruitment in QP",
		"stage=submitted,eligible&area=area-2": "Safe recruitment in QN | Safe recruitment in QO | Safe recruitment in QP",
		"stage=eligible":                       "Safe recruitment in QO",
		"turn=body":                            "Safe recruitment in QO",
		"area=area-1":                          "Another area",
		"objective=1,8":                        "Another area",
		"objective=7":                          "Safe recruitment in QN | Safe recruitment in QO | Safe recruitment in QP",
		"call=" + id + "&scope=national&phase=concept&language=en": "Another area | Safe recruitment in QN | Safe recruitment in QO | Safe recruitment in QP",
		"scope=regional": "",
		"late=true":      "",
		"region=002":     "Safe recruitment in QP",
		"region=019,150": "",
		"state=" + s.orgs["QN"].String() + "," + s.orgs["QO"].String(): "Safe recruitment in QN | Safe recruitment in QO",
		"organisation=" + s.orgs["PMU-QM"].String():                    "Another area",
		"partner=" + s.orgs["UNDP"].String():                           "Safe recruitment in QO",
		"least=900000.01":                                              "Another area | Safe recruitment in QO | Safe recruitment in QP",
		"most=900000.00":                                               "Safe recruitment in QN",
		"from=2026-03-02&until=2026-03-02":                             "Another area | Safe recruitment in QN | Safe recruitment in QO | Safe recruitment in QP",
		"from=2026-03-03":                                              "",
		"until=2026-03-01":                                             "",
		"q=kenya":                                                      "Safe recruitment in QP",
		"q=%22safe+recruitment%22":                                     "Safe recruitment in QN | Safe recruitment in QO | Safe recruitment in QP",
		"q=%22recruitment+safe%22":                                     "",
		"q=%22recruited+fairly%22&stage=eligible&sort=-amount":         "Safe recruitment in QO",
		"q=kenya&turn=body":                                            "",
		"q=recruitment&turn=body,applicant&stage=eligible,returned":    "Safe recruitment in QO",
	} {
		if got := s.found("sec", query); got != want {
			t.Errorf("%s holds %q, not %q", query, got, want)
		}
		counted, _, _ := strings.Cut(query, "&sort=") // nothing is counted in an order
		if total := s.ask("sec", "GET", "/proposals/counts?"+counted, "", "200").at("total"); want != "" && total != fmt.Sprint(strings.Count(want, " | ")+1) || want == "" && total != "0" {
			t.Errorf("%s counts %s of %q", query, total, want)
		}
	}
	for query, code := range map[string]string{"stage=lost": "422 unknown-value", "turn=chair": "422 unknown-value", "call=x": "422 unknown-value", "sort=colour": "422 unknown-value",
		"least=much": "422 bad-amount", "from=yesterday": "422 bad-day", "after=eA": "422 malformed", "objective=a": "422 unknown-value"} {
		if r := s.send("sec", "GET", "/proposals?"+query, ""); fmt.Sprint(r.status, " ", r.at("code")) != code {
			t.Errorf("%s: %d %s", query, r.status, r.raw)
		}
	}
	counts := func(query, field string) string {
		var all []string
		for _, c := range s.ask("sec", "GET", "/proposals/counts?"+query, "", "200").JSON()["counts"].(map[string]any)[field].([]any) {
			all = append(all, fmt.Sprint(c.(map[string]any)["value"], "=", c.(map[string]any)["n"]))
		}
		slices.Sort(all)
		return strings.Join(all, " ")
	}
	// A field is counted under what is chosen of the others, and not under itself.
	for _, x := range [][3]string{{"", "stage", "eligible=1 submitted=3"}, {"stage=eligible", "stage", "eligible=1 submitted=3"}, {"stage=eligible", "area", "area-2=1"},
		{"area=area-1", "stage", "submitted=1"}, {"", "objective", "1=1 2=3 7=3"}, {"", "turn", "body=1 secretariat=3"}, {"", "region", "002=1"}, {"turn=body", "turn", "body=1 secretariat=3"},
		{"q=kenya", "area", "area-2=1"}, {"stage=eligible&area=area-1", "stage", "submitted=1"}} {
		if got := counts(x[0], x[1]); got != x[2] {
			t.Errorf("%s by %s: %s, not %s", x[0], x[1], got, x[2])
		}
	}
	// Every order, both ways, page by page, holds each once.
	for _, order := range []string{"ref", "title", "organisation", "state", "call", "area", "stage", "amount", "submitted"} {
		for _, sort := range []string{order, "-" + order} {
			var all []string
			for next := "/proposals?limit=1&sort=" + sort; next != ""; {
				r := s.ask("sec", "GET", next, "", "200")
				all = append(all, titles(r)...)
				next = nextOf(r)
				if len(all) > 4 {
					t.Fatalf("%s does not end", sort)
				}
			}
			if sorted := slices.Sorted(slices.Values(all)); len(all) != 4 || len(slices.Compact(sorted)) != 4 {
				t.Errorf("by %s: %v", sort, all)
			}
		}
	}
	// A phrase is looked for in no more texts than are shown, and every page has its own.
	for _, sort := range []string{"", "&sort=-amount", "&sort=title"} {
		var all []string
		for next := "/proposals?limit=1&q=%22safe+recruitment%22" + sort; next != "" && len(all) < 9; {
			r := s.ask("sec", "GET", next, "", "200")
			all, next = append(all, titles(r)...), nextOf(r)
		}
		if slices.Sort(all); len(all) != 3 || len(slices.Compact(all)) != 3 {
			t.Errorf("a phrase, page by page%s: %v", sort, all)
		}
	}
	if got := titles(s.ask("sec", "GET", "/proposals?sort=-amount", "", "200")); got[3] != "Safe recruitment in QN" {
		t.Errorf("by amount, the largest first: %v", got)
	}
}

// What a person may not open is in no list, count or search of theirs; and whatever
// they may open is.
func TestNothingOutOfReachIsListedCountedOrFound(t *testing.T) {
	s := newStory(t)
	call := s.authors()
	s.ask("applicant-qm", "POST", call+"/proposals", text(s.note("QM")), "201")
	s.submitted(call, "QN")
	returned := s.submitted(call, "QO")
	s.ask("sec", "POST", returned+"/screening", `{"version":1,"outcome":"returned","points":[{"field":"/title","todo":"Name the sector."}]}`, "200")
	mended := s.ask("applicant-qo", "GET", returned, "", "200")
	note := s.note("QO")
	note["title"], note["summary"], note["area"] = "A secret between us", "Xylophones for everybody.", "area-3"
	s.ask("applicant-qo", "PUT", returned, text(note), "200", ifMatch(mended.tag()))
	s.person("ola", "applicant", "ELSEWHERE", "un")
	s.person("qz", "focal-point", "QZ", "state")
	all := map[string]string{}
	rows, err := s.DB.Raw(`SELECT id, ref FROM proposals`).Rows()
	must(t, err)
	for rows.Next() {
		var id, ref string
		must(t, rows.Scan(&id, &ref))
		all[id] = ref
	}
	rows.Close()
	for _, who := range []string{"sec", "chair", "audit", "applicant-qm", "applicant-qo", "focal-qm", "focal-qo", "ola", "qz"} {
		listed := map[string]bool{}
		for _, p := range s.ask(who, "GET", "/proposals", "", "200").List() {
			listed[p["id"].(string)] = true
		}
		n := 0
		for id, ref := range all {
			opens := s.send(who, "GET", "/proposals/"+id, "").status == 200
			if opens {
				n++
			}
			if opens != listed[id] {
				t.Errorf("%s opens %s: %t, and has it in the list: %t", who, ref, opens, listed[id])
			}
			if found := s.found(who, "q="+ref) != ""; found != opens {
				t.Errorf("%s opens %s: %t, and finds it by its ref: %t", who, ref, opens, found)
			}
		}
		if got := s.ask(who, "GET", "/proposals/counts", "", "200").at("total"); got != fmt.Sprint(n) {
			t.Errorf("%s may open %d and counts %s", who, n, got)
		}
	}
	for who, sees := range map[string]bool{"sec": false, "chair": false, "applicant-qo": true, "focal-qo": true, "audit": true, "applicant-qm": false} {
		for _, query := range []string{"q=xylophone", "q=secret", "area=area-3"} {
			if got := s.found(who, query); (got == "A secret between us") != sees || got != "" && !sees {
				t.Errorf("%s, %s, what is being mended: %q", who, query, got)
			}
			if got := s.ask(who, "GET", "/proposals/counts?"+query, "", "200").at("total"); (got == "1") != sees {
				t.Errorf("%s, %s counts %s", who, query, got)
			}
		}
	}
	if got := s.found("sec", "q=recruited"); got != "Safe recruitment in QN | Safe recruitment in QO" {
		t.Errorf("the secretariat finds what was submitted: %s", got)
	}
}

// An interest that takes sight of a proposal takes it out of a member's lists.
func TestWhatAnInterestHidesIsInNoList(t *testing.T) {
	s := newStory(t)
	call := s.authors()
	s.submitted(call, "QN")
	s.submitted(call, "QO")
	s.person("nia", "member", "QN", "state")
	s.person("ona", "member", "PMU-QO", "un")
	for who, want := range map[string]string{"nia": "Safe recruitment in QO", "ona": "Safe recruitment in QN",
		"focal-qn": "Safe recruitment in QN", "chair": "Safe recruitment in QN | Safe recruitment in QO"} {
		for _, query := range []string{"", "q=recruitment", "stage=submitted", "q=P-2026"} {
			if got := s.found(who, query); got != want {
				t.Errorf("%s %q: %s", who, query, got)
			}
		}
		if got := s.ask(who, "GET", "/proposals/counts", "", "200").at("total"); got != fmt.Sprint(strings.Count(want, "|")+1) {
			t.Errorf("%s counts %s", who, got)
		}
	}
	if domain.Unlisted(charter.MustDefault(), domain.Secretariat) != nil {
		t.Error("the secretariat of an implementing organisation loses sight of proposals")
	}
}

// What an interest takes out of a member's lists she does not read by its id either,
// nor what hangs on it; under the hat of the focal point it is her own file.
func TestWhatAnInterestHidesIsNotReadByItsIDEither(t *testing.T) {
	s := newStory(t)
	call := s.authors()
	own, other := s.submitted(call, "QN"), s.submitted(call, "QO")
	s.person("nia", "member", "QN", "state")
	s.person("ona", "member", "PMU-QN", "un")
	for _, path := range []string{"", "/lacks", "/versions/1", "/document?format=html", "/document?format=pdf", "/budget", "/budget-sheet", "/scores"} {
		for _, who := range []string{"nia", "ona"} {
			if r := s.send(who, "GET", own+path, ""); r.status != 404 || r.at("code") != "not-found" {
				t.Errorf("%s reads %s of what is hidden: %d %s", who, path, r.status, r.raw)
			}
		}
		if path == "/document?format=pdf" {
			s.ask("focal-qn", "GET", own+path, "", "422 no-pdf-here")
		} else if path != "/scores" && s.send("focal-qn", "GET", own+path, "").status != 200 {
			t.Errorf("the state does not read %s of its own", path)
		}
		if hidden, absent := s.send("nia", "GET", own+path, ""), s.send("nia", "GET", "/proposals/00000000-0000-4000-8000-000000000000"+path, ""); hidden.at("detail") != absent.at("detail") {
			t.Errorf("%s: what is hidden is told apart from what is not there: %s, %s", path, hidden.raw, absent.raw)
		}
	}
	s.ask("nia", "GET", other, "", "200")
	s.ask("ona", "GET", other, "", "200")
	s.ask("nia", "GET", "/attachments?kind=proposal&subject="+strings.TrimPrefix(own, "/proposals/"), "", "404 not-found")
}

// A name that changes is found, and sorts, as it is now.
func TestARenamedStateIsFoundByItsNewName(t *testing.T) {
	s := newStory(t)
	call := s.authors()
	s.submitted(call, "QN")
	if got := s.found("sec", "q=cabo+verde"); got != "" {
		t.Errorf("found before: %s", got)
	}
	must(t, s.DB.Exec(`UPDATE organisations SET name = 'Cabo Verde' WHERE code = 'QN'`).Error)
	if got := s.found("sec", "q=cabo+verde"); got != "Safe recruitment in QN" {
		t.Errorf("found after: %s", got)
	}
}

func TestTheListLeavesAsAFile(t *testing.T) {
	s := newStory(t)
	call := s.authors()
	s.submitted(call, "QN", "IOM 500000.00", "ILO 400000.01")
	s.entered(call, map[string]any{"title": `=HYPERLINK("http://evil.example","Open")`, "area": "area-1", "objectives": []int{1}})
	s.ask("applicant-qm", "POST", call+"/proposals", text(s.note("QM")), "201")
	s.ask("sec", "PUT", "/session/language", `{"language":"ar"}`, "200")
	r := s.ask("sec", "GET", "/proposals/export?format=csv&sort=-amount&columns=ref,title,amount,stage,area", "", "200")
	want := "\ufeffالمرجع,العنوان,المبلغ,المرحلة,المجال المواضيعي\r\n"
	if got := string(r.raw); !strings.HasPrefix(got, want) || !strings.Contains(got, `'=HYPERLINK(`) || !strings.Contains(got, ",900000.01,مقدَّم,") || strings.Count(got, "\r\n") != 3 {
		t.Errorf("%s", got)
	}
	if d := r.header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment; filename=proposals.csv") {
		t.Error(d)
	}
	// What the list does not show, the file does not: drafts, what is out of reach, what is narrowed away.
	for _, x := range []struct{ who, query, want string }{{"sec", "", "2"}, {"applicant-qn", "", "1"}, {"applicant-qm", "", "2"}, {"audit", "", "3"}, {"sec", "&area=area-1", "1"}, {"sec", "&q=QN", "1"}} {
		list := s.ask(x.who, "GET", "/proposals/export?format=json"+x.query, "", "200").List()
		if fmt.Sprint(len(list)) != x.want {
			t.Errorf("%s %s: %d rows", x.who, x.query, len(list))
		}
	}
	one := s.ask("applicant-qn", "GET", "/proposals/export?format=json", "", "200").List()[0]
	if one["stage"] != "submitted" || one["amount"].(map[string]any)["amount"] != "900000.01" || one["late"] != "false" || fmt.Sprint(one["state"]) != "[QN]" {
		t.Error(one)
	}
	if raw := s.ask("sec", "GET", "/proposals/export?format=xlsx", "", "200").raw; !strings.HasPrefix(string(raw), "PK") {
		t.Errorf("%q", raw[:10])
	}
	s.ask("sec", "GET", "/proposals/export?format=pdf", "", "422 unknown-value")
	s.ask("sec", "GET", "/proposals/export?format=csv&columns=ref,ref", "", "422 unknown-value")
	s.ask("sec", "GET", "/proposals/export?format=csv&columns=secret", "", "422 unknown-value")
	s.person("nia", "member", "QN", "state")
	if list := s.ask("nia", "GET", "/proposals/export?format=json", "", "200").List(); len(list) != 1 || list[0]["area"] != "area-1" {
		t.Errorf("what an interest hides left as a file: %v", list)
	}
}

func TestSearchesAreKept(t *testing.T) {
	s := newStory(t)
	s.authors()
	kept := s.ask("sec", "POST", "/searches", `{"name":"  To   screen ","query":"stage=submitted&sort=-amount","opens":true}`, "200")
	if kept.at("name") != "To screen" || kept.at("query") != "sort=-amount&stage=submitted" || kept.at("opens") != "true" {
		t.Errorf("%s", kept.raw)
	}
	s.ask("sec", "POST", "/searches", `{"name":"Large","query":"least=1000000","opens":true}`, "200")
	s.ask("sec", "POST", "/searches", `{"name":"Large","query":"least=2000000","opens":true}`, "200")
	list := s.ask("sec", "GET", "/searches", "", "200").List()
	if len(list) != 2 || list[0]["name"] != "Large" || list[0]["query"] != "least=2000000" || list[0]["opens"] != true || list[1]["opens"] != false {
		t.Errorf("%v", list)
	}
	if other := s.ask("chair", "GET", "/searches", "", "200").List(); len(other) != 0 {
		t.Errorf("another's: %v", other)
	}
	id := list[0]["id"].(string)
	s.ask("chair", "DELETE", "/searches/"+id, "", "404 not-found")
	s.ask("sec", "DELETE", "/searches/"+id, "", "204")
	s.ask("sec", "DELETE", "/searches/"+id, "", "404 not-found")
	s.ask("sec", "POST", "/searches", `{"name":" ","query":""}`, "422 search-unnamed")
	s.ask("sec", "POST", "/searches", `{"name":"x","query":"javascript=1"}`, "422 unknown-value")
	s.ask("sec", "POST", "/searches", `{"name":"x","query":"after=abc"}`, "422 unknown-value")
	s.ask("", "GET", "/searches", "", "401 sign-in-first")
	for n := 1; n < domain.MostSearches; n++ {
		s.ask("sec", "POST", "/searches", fmt.Sprintf(`{"name":"n%d","query":""}`, n), "200")
	}
	s.ask("sec", "POST", "/searches", `{"name":"one more","query":""}`, "409 searches-enough")
	s.ask("sec", "POST", "/searches", `{"name":"n1","query":"late=true"}`, "200")
}

// One act on many asks the same rules for each, and what one is refused stops no other.
func TestActsOnManyAskTheRulesOneByOne(t *testing.T) {
	s := newStory(t)
	call := s.authors()
	var ids []string
	for _, state := range []string{"QN", "QO", "QP"} {
		ids = append(ids, strings.TrimPrefix(s.submitted(call, state), "/proposals/"))
	}
	s.ask("sec", "POST", "/proposals/"+ids[1]+"/screening", `{"version":1,"outcome":"ineligible","reason":"Not of an owner state."}`, "200")
	draft := s.ask("applicant-qm", "POST", call+"/proposals", text(s.note("QM")), "201").at("id")
	outcomes := func(r reply) string {
		var all []string
		for _, o := range r.JSON()["outcomes"].([]any) {
			m := o.(map[string]any)
			word := fmt.Sprint(m["done"])
			if p, refused := m["problem"].(map[string]any); refused {
				word = p["code"].(string)
			}
			all = append(all, word)
		}
		return r.at("done") + "/" + r.at("refused") + ": " + strings.Join(all, " ")
	}
	chosen := func(version int, ids ...string) (list []any) {
		for _, id := range ids {
			list = append(list, map[string]any{"id": id, "version": version})
		}
		return list
	}
	// Nobody becomes eligible in bulk with nothing on the list looked at, nor unread.
	all := chosen(1, ids[0], ids[1], draft, ids[2])
	bare := text(map[string]any{"submissions": all, "finding": map[string]any{"outcome": "eligible"}})
	if r := s.ask("sec", "POST", "/proposals/screenings", bare, "200"); outcomes(r) != "0/4: required wrong-stage not-found required" {
		t.Errorf("%s\n%s", outcomes(r), r.raw)
	}
	for _, line := range s.ask("sec", "GET", "/proposals", "", "200").List() {
		if fmt.Sprint(line["submissions"]) != "1" {
			t.Errorf("the list does not say which version of %s is shown: %v", line["ref"], line["submissions"])
		}
	}
	sound := map[string]any{"outcome": "eligible", "reason": "", "checks": checks()}
	unread := text(map[string]any{"submissions": chosen(2, ids[0], ids[2]), "finding": sound})
	if r := s.ask("sec", "POST", "/proposals/screenings", unread, "200"); outcomes(r) != "0/2: another-version-by-now another-version-by-now" {
		t.Errorf("%s\n%s", outcomes(r), r.raw)
	}
	body := text(map[string]any{"submissions": all, "finding": sound})
	s.ask("chair", "POST", "/proposals/screenings", body, "403 not-permitted")
	r := s.ask("sec", "POST", "/proposals/screenings", body, "200", key("many"))
	if got := outcomes(r); got != "2/2: true wrong-stage not-found true" {
		t.Errorf("%s\n%s", got, r.raw)
	}
	// Asked again under the same key, what was done is done once, and is said to be.
	if again := s.ask("sec", "POST", "/proposals/screenings", body, "200", key("many")); outcomes(again) != outcomes(r) {
		t.Errorf("asked again: %s", outcomes(again))
	}
	if again := s.ask("sec", "POST", "/proposals/screenings", body, "200"); outcomes(again) != "0/4: wrong-stage wrong-stage not-found wrong-stage" {
		t.Errorf("asked anew: %s", outcomes(again))
	}
	if got := s.found("sec", "stage=eligible"); got != "Safe recruitment in QN | Safe recruitment in QP" {
		t.Error(got)
	}
	meeting := s.ask("sec", "POST", "/meetings", `{"title":"Third meeting","starts_at":"2026-03-20T09:00:00Z"}`, "201").at("id")
	listing := text(map[string]any{"ids": []string{ids[0], ids[1]}, "kind": "grant", "procedure": "consensus", "text": "The body grants what is asked for.", "language": "en"})
	r = s.ask("sec", "POST", "/meetings/"+meeting+"/listings", listing, "200")
	if got := outcomes(r); !strings.HasPrefix(got, "1/1: true ") {
		t.Errorf("%s\n%s", got, r.raw)
	}
	r = s.ask("sec", "POST", "/proposals/reopenings", text(map[string]any{"ids": []string{ids[2], ids[1]}, "reason": "Name the municipalities."}), "200")
	if got := outcomes(r); got != "1/1: true wrong-stage" {
		t.Errorf("%s\n%s", got, r.raw)
	}
	r = s.ask("sec", "POST", "/proposals/declinings", text(map[string]any{"ids": ids, "declining": map[string]any{"decision": "", "reason": "Not taken up."}}), "200")
	if got := outcomes(r); !strings.HasPrefix(got, "0/3: ") {
		t.Errorf("%s\n%s", got, r.raw)
	}
	r = s.ask("sec", "POST", "/proposals/reopenings", text(map[string]any{"ids": []string{ids[0], ids[1], ids[0]}, "reason": "x"}), "422 named-twice")
	if r.at("field") != "/ids/2" {
		t.Errorf("one of them twice, said at %s", r.at("field"))
	}
	s.ask("sec", "POST", "/proposals/screenings", text(map[string]any{"submissions": chosen(1, ids[0], ids[0]), "finding": sound}), "422 named-twice")
	s.ask("sec", "POST", "/proposals/reopenings", `{"ids":[],"reason":"x"}`, "422 nothing-chosen")
}
