package api

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// state makes an invented state known to the fund, in groups and in the recipients'
// constituency.
func (s *story) recipient(code, iso string, groups ...string) string {
	s.t.Helper()
	id := s.ask("admin", "POST", "/organisations", fmt.Sprintf(`{"code": "%s", "name": "%s", "kind": "state", "iso3166": "%s"}`, code, code, iso), "201").at("id")
	s.orgs[code] = uuid.MustParse(id)
	for _, g := range groups {
		s.ask("sec", "POST", "/organisations/"+id+"/groups", fmt.Sprintf(`{"group": "%s", "from": "2019-05-08", "note": "the example"}`, g), "201")
	}
	s.ask("sec", "POST", "/constituencies", fmt.Sprintf(`{"organisation": "%s", "constituency": "recipients", "from": "2020-01-01", "note": "letter"}`, id), "201")
	return id
}

// A year of rotation, as its people see it: who may come next and why not, a
// nomination, a choice, the Coordinator's word, a letter, and a seat given up.
func TestRotation(t *testing.T) {
	s := newStory(t) // on 2 March 2026
	s.person("sec", "secretariat", "IOM", "un")
	s.person("cora", "coordinator", "IOM", "un")
	s.person("admin", "administrator", "FMU", "other")
	s.person("aud", "auditor", "OAI", "other")
	ada := s.recipient("ADA", "QM", "african")
	bea := s.recipient("BEA", "QN", "african", "ldc")
	cai := s.recipient("CAI", "QO", "asia-pacific")
	dot := s.recipient("DOT", "QP", "latin-american-and-caribbean")
	eve := s.recipient("EVE", "QQ", "eastern-european")
	s.person("m-ada", "member", "ADA", "state")
	s.person("m-ada-adviser", "member/adviser", "ADA", "state")
	s.person("m-un", "member", "UNHCR", "un")
	seats := map[string]string{}
	for _, x := range s.ask("", "GET", "/seats", "", "200").List() {
		seats[x["name"].(string)] = x["id"].(string)
	}
	for n, o := range []string{"ADA", "CAI", "DOT"} {
		s.ask("sec", "POST", "/seats/"+seats[fmt.Sprintf("recipients-%d", n+1)]+"/terms",
			fmt.Sprintf(`{"organisation": "%s", "from": "2026-01-01", "until": "2026-12-31", "note": "the first composition"}`, s.orgs[o]), "201")
		s.ask("sec", "POST", "/seats/"+seats["donors-1"]+"/terms", `{"organisation": "`+s.orgs["UNHCR"].String()+`", "from": "2026-01-02", "until": "2026-12-31", "note": "later"}`, "409 seat-through-nominations")
	}

	// Facts: one constituency at a time, one regional group, a kind for stakeholders alone.
	belong := `{"organisation": "%s", "constituency": "%s", "kind": "%s", "from": "%s", "note": "letter"}`
	s.ask("sec", "POST", "/constituencies", fmt.Sprintf(belong, bea, "donors", "", "2026-01-01"), "409 one-constituency-at-a-time")
	s.ask("sec", "POST", "/constituencies", fmt.Sprintf(belong, s.orgs["UNHCR"], "network", "media", "2026-01-01"), "422 kind-is-a-stakeholders")
	s.ask("sec", "POST", "/constituencies", fmt.Sprintf(belong, s.org("CWAB", "stakeholder"), "stakeholders", "", "2026-01-01"), "422 kind-of-stakeholder-needed")
	for constituency, org := range map[string]string{"recipients": "UNHCR", "network": "CAI", "donors": "CWAB"} {
		s.ask("sec", "POST", "/constituencies", fmt.Sprintf(belong, s.orgs[org], constituency, "", "1990-01-01"), "422 not-of-that-kind")
	}
	s.ask("sec", "POST", "/constituencies", strings.Replace(fmt.Sprintf(belong, s.orgs["UNHCR"], "network", "", "2026-01-01"), "letter", " ", 1), "422 required")
	s.ask("sec", "POST", "/constituencies", fmt.Sprintf(belong, s.orgs["UNHCR"], "nobody", "", "2026-01-01"), "422 unknown-value")
	s.ask("aud", "POST", "/constituencies", fmt.Sprintf(belong, s.orgs["UNHCR"], "network", "", "2026-01-01"), "403 not-permitted")
	s.ask("sec", "POST", "/constituencies", fmt.Sprintf(belong, s.orgs["UNHCR"], "network", "", "2026-01-01"), "201")
	s.ask("sec", "POST", "/organisations/"+bea+"/groups", `{"group": "asia-pacific", "from": "2026-01-01", "note": "x"}`, "409 one-regional-group")
	s.ask("sec", "POST", "/organisations/"+bea+"/groups", `{"group": "ldc", "from": "2026-01-01", "note": "x"}`, "409 in-that-group-already")
	s.ask("sec", "POST", "/organisations/"+s.orgs["UNHCR"].String()+"/groups", `{"group": "ldc", "from": "2026-01-01", "note": "x"}`, "409 groups-are-of-states")
	nepal := s.ask("admin", "POST", "/organisations", `{"code": "NPL", "name": "Nepal", "kind": "state", "iso3166": "NP"}`, "201").at("id")
	in := s.ask("", "GET", "/organisations/"+nepal+"/groups", "", "200").List()
	if got := fmt.Sprint(in[0]["group"], in[1]["group"], in[1]["until"], in[2]["group"]); got != "asia-pacificldc2026-11-23lldc" {
		t.Errorf("Nepal is in %s", got)
	}
	s.ask("sec", "POST", "/group-terms/"+in[1]["id"].(string)+"/ending", `{"until": "2027-11-23", "note": "put off"}`, "200")

	// The plan, for who sits and serves: nobody else. The outlook is the secretariat's.
	s.ask("", "GET", "/rotation", "", "401 sign-in-first")
	s.ask("admin", "GET", "/rotation", "", "403 not-permitted")
	s.ask("cora", "GET", "/rotation/outlook", "", "403 not-permitted")
	if rounds := s.ask("sec", "GET", "/rotation/outlook", "", "200").JSON()["rounds"].([]any); len(rounds) < 10 {
		t.Errorf("%d rounds in ten years", len(rounds))
	}
	v := s.vacancy("aud", "recipients-2", "2026-03-02", seats)
	if v["from"] != "2027-01-01" || v["until"] != "2027-12-31" || v["before"] != "CAI" {
		t.Errorf("recipients-2 falls vacant %v to %v after %v", v["from"], v["until"], v["before"])
	}
	plan := s.ask("m-ada", "GET", "/rotation", "", "200").JSON()
	round := plan["rounds"].([]any)[1].(map[string]any)
	first := map[string]any{}
	for _, c := range round["proposal"].(map[string]any)["choices"].([]any) {
		first[c.(map[string]any)["code"].(string)] = c.(map[string]any)["why"].(map[string]any)["code"]
	}
	if round["day"] != "2027-01-01" || first["BEA"] == nil || first["EVE"] == nil || len(first) != 3 {
		t.Errorf("on %v %v are proposed", round["day"], first)
	}
	ticket := fmt.Sprintf("%x", sha256.Sum256([]byte("MIG00 rotation 2027-01-01\nBEA")))
	for _, c := range v["candidates"].([]any) {
		if c := c.(map[string]any); c["code"] == "BEA" && (c["lot"] != ticket || fmt.Sprint(c["wait"], c["months"]) != "365 0") {
			t.Errorf("BEA: %v", c)
		}
	}

	// Nominating: one's own constituency, who may serve, once.
	of := "/seats/" + seats["recipients-1"] + "/nominations"
	s.ask("aud", "POST", of, `{"organisation": "`+bea+`"}`, "403 not-permitted")
	s.ask("m-un", "POST", of, `{"organisation": "`+bea+`"}`, "403 not-of-this-constituency")
	s.ask("m-ada-adviser", "POST", of, `{"organisation": "`+bea+`"}`, "403 adviser-does-not-decide")
	s.ask("sec", "POST", of, `{"organisation": "`+bea+`"}`, "422 required")
	s.ask("m-ada", "POST", of, `{"organisation": "`+s.orgs["UNHCR"].String()+`"}`, "409 not-eligible")
	s.ask("m-ada", "POST", of, `{"organisation": "`+uuid.NewString()+`"}`, "422 unknown-value")
	s.ask("m-ada", "POST", "/seats/"+seats["chair"]+"/nominations", `{"organisation": "`+bea+`"}`, "409 seat-not-vacant")
	nominate := func(by, seat, org string) string {
		return s.ask(by, "POST", "/seats/"+seats[seat]+"/nominations", `{"organisation": "`+org+`", "note": "Note of the group"}`, "201").at("id")
	}
	n1 := nominate("m-ada", "recipients-1", eve)
	s.ask("sec", "POST", of, `{"organisation": "`+eve+`", "note": "again"}`, "409 nominated-already")
	n1b := nominate("sec", "recipients-1", bea)
	n2, n3 := nominate("sec", "recipients-2", cai), nominate("m-ada", "recipients-3", dot)
	s.ask("m-ada", "POST", "/nominations/"+n1+"/choice", `{"note": "us"}`, "403 not-permitted")
	s.ask("sec", "POST", "/nominations/"+n1+"/choice", `{"note": ""}`, "422 required")
	for _, n := range []string{n1, n2, n3} {
		s.ask("sec", "POST", "/nominations/"+n+"/choice", `{"note": "Letter of the group's chair"}`, "200")
	}
	s.ask("sec", "POST", "/nominations/"+n1b+"/choice", `{"note": "too"}`, "409 another-chosen")

	// Confirming: all or none; the balance, or a rule set aside by name and with a reason.
	confirm := func(aside, reason string, nominations ...string) string {
		return fmt.Sprintf(`{"nominations": ["%s"], "aside": [%s], "reason": "%s"}`, strings.Join(nominations, `", "`), aside, reason)
	}
	s.ask("sec", "POST", "/rotation/confirmation", confirm("", "", n1, n2, n3), "403 not-permitted")
	s.ask("cora", "POST", "/rotation/confirmation", `{"nominations": []}`, "422 required")
	s.ask("cora", "POST", "/rotation/confirmation", confirm("", "", uuid.NewString()), "404 not-found")
	s.ask("cora", "POST", "/rotation/confirmation", confirm("", "", n1b), "409 nomination-settled")
	refused := s.ask("cora", "POST", "/rotation/confirmation", confirm("", "", n1, n2, n3), "409 balance-not-kept")
	if detail := refused.at("detail"); !strings.Contains(detail, "Not kept: A least developed country among the recipient countries.") {
		t.Errorf("refused: %s", detail)
	}
	s.ask("cora", "POST", "/rotation/confirmation", confirm(`"recipients-least-developed"`, "", n1, n2, n3), "422 say-why-a-rule-is-set-aside")
	s.ask("cora", "POST", "/rotation/confirmation", confirm(`"recipients-regions"`, "why", n1, n2, n3), "422 rule-is-kept")
	s.ask("sec", "POST", "/nominations/"+n1+"/withdrawal", `{"note": "The group thought again"}`, "200")
	s.ask("sec", "POST", "/nominations/"+n1b+"/choice", `{"note": "Second letter"}`, "200")
	done := s.ask("cora", "POST", "/rotation/confirmation", confirm("", "", n1b, n2, n3), "200").List()
	s.ask("cora", "POST", "/rotation/confirmation", confirm("", "", n1b), "409 nomination-settled")
	s.ask("sec", "POST", "/nominations/"+n1b+"/withdrawal", `{"note": "no"}`, "409 nomination-settled")
	if got := s.holders("2027-01-01"); got != "BEA CAI DOT" {
		t.Errorf("on 1 January 2027 %s sit", got)
	}
	if got := s.holders("2026-12-31"); got != "ADA CAI DOT" {
		t.Errorf("on 31 December 2026 %s sat", got)
	}

	// The letters, in six languages.
	term := done[0]["term"].(string)
	letters := s.ask("cora", "GET", "/seat-terms/"+term+"/letter", "", "200").List()
	if len(letters) != 6 || !strings.Contains(letters[0]["text"].(string), "BEA, chosen by its constituency (Recipient countries), holds Recipient countries 1") {
		t.Errorf("letters %v", letters)
	}
	s.ask("", "GET", "/seat-terms/"+term+"/letter", "", "401 sign-in-first")

	// A seat given up is filled for the rest of its term; who sat stays.
	up := "/seat-terms/" + term + "/giving-up"
	s.ask("cora", "POST", up, `{"why": "resigned", "until": "2027-03-31", "note": "note"}`, "403 not-permitted")
	s.ask("sec", "POST", up, `{"why": "bored", "until": "2027-03-31", "note": "note"}`, "422 unknown-value")
	s.ask("sec", "POST", up, `{"why": "resigned", "until": "2026-03-01", "note": "note"}`, "422 seat-not-given-up-in-the-past")
	s.ask("sec", "POST", up, `{"why": "resigned", "until": "2027-03-31", "note": "Note verbale"}`, "200")
	member := ""
	for _, b := range s.ask("", "GET", "/constituencies?on=2027-01-01", "", "200").List() {
		if b["code"] == "BEA" {
			member = b["id"].(string)
		}
	}
	s.ask("sec", "POST", "/belongings/"+member+"/ending", `{"until": "2027-03-30"}`, "409 holds-a-seat-there")
	s.ask("sec", "POST", "/belongings/"+member+"/ending", `{"until": "2027-03-31", "note": "letter"}`, "200")
	v = s.vacancy("sec", "recipients-1", "2026-06-01", seats)
	if v["from"] != "2027-04-01" || v["until"] != "2027-12-31" || v["rest"] != true {
		t.Errorf("the rest of a term: %v to %v, %v", v["from"], v["until"], v["rest"])
	}
	for _, c := range v["candidates"].([]any) {
		if c := c.(map[string]any); c["code"] == "BEA" {
			why := c["reasons"].([]any)[0].(map[string]any)
			if why["code"] != "not-of-constituency" || why["sentence"] == "" {
				t.Errorf("BEA: %v", why)
			}
		}
	}

	// Whoever replaces them is nominated, chosen and confirmed for that rest, and may give it up too.
	for _, n := range v["nominations"].([]any) {
		if n.(map[string]any)["state"] == "confirmed" {
			t.Errorf("the rest of a term given up looks filled: %v", n)
		}
	}
	s.days(60)
	rest := nominate("m-ada", "recipients-1", ada)
	late := nominate("sec", "recipients-1", eve)
	s.ask("sec", "POST", "/nominations/"+rest+"/choice", `{"note": "Third letter"}`, "200")
	again := s.ask("cora", "POST", "/rotation/confirmation", confirm(`"recipients-least-developed"`, "No least developed country stands", rest), "200").List()
	s.ask("sec", "POST", "/nominations/"+late+"/choice", `{"note": "too"}`, "409 another-chosen")
	if got := s.holders("2027-03-31") + "; " + s.holders("2027-04-01"); got != "BEA CAI DOT; ADA CAI DOT" {
		t.Errorf("before and after the change %s sit", got)
	}
	s.ask("sec", "POST", "/seat-terms/"+again[0]["term"].(string)+"/giving-up", `{"why": "recalled", "until": "2027-05-31", "note": "Note"}`, "200")
	if v = s.vacancy("sec", "recipients-1", "2026-06-01", seats); v["from"] != "2027-06-01" || v["until"] != "2027-12-31" {
		t.Errorf("the rest of the rest: %v to %v", v["from"], v["until"])
	}
}

// vacancy is a seat in the plan of a day.
func (s *story) vacancy(who, seat, on string, seats map[string]string) map[string]any {
	s.t.Helper()
	for _, r := range s.ask(who, "GET", "/rotation?on="+on, "", "200").JSON()["rounds"].([]any) {
		for _, v := range r.(map[string]any)["vacancies"].([]any) {
			if v := v.(map[string]any); v["seat"] == seats[seat] {
				return v
			}
		}
	}
	s.t.Fatalf("%s does not fall vacant after %s", seat, on)
	return nil
}

func (s *story) holders(on string) string {
	s.t.Helper()
	var codes []string
	for _, x := range s.ask("", "GET", "/seats?on="+on, "", "200").List() {
		if h, ok := x["holder"].(map[string]any); ok {
			codes = append(codes, h["code"].(string))
		}
	}
	slices.Sort(codes)
	return strings.Join(codes, " ")
}
