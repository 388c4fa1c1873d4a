package api

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// later has the fund adopt rules that take effect on a day: a fourth seat of the Network,
// two of the donors and terms of two years.
func (s *story) later(day string) {
	s.t.Helper()
	document := string(charter.Default())
	for _, x := range [][2]string{
		{"version: 1\neffective_from: 2019-05-08", "version: 2\neffective_from: " + day},
		{"    seats:\n      value: 3\n", "    seats:\n      value: 4\n"}, // the Network's is the first
	} {
		if !strings.Contains(document, x[0]) {
			s.t.Fatalf("the shipped rules lack %q", x[0])
		}
		document = strings.Replace(document, x[0], x[1], 1)
	}
	donors := strings.Index(document, "  - key: donors\n")
	document = document[:donors] + strings.Replace(document[donors:], "    seats:\n      value: 3\n", "    seats:\n      value: 2\n", 1)
	terms := strings.Index(document, "\nterms:\n")
	document = document[:terms] + strings.Replace(document[terms:], "value: 12", "value: 24", 1)
	c, err := charter.Parse([]byte(document))
	must(s.t, err)
	sum := sha256.Sum256([]byte(document))
	must(s.t, s.DB.Exec(`INSERT INTO charters (version, effective_from, time_zone, adopted_by, document, sha256, recorded_at) VALUES (2, ?, ?, 'the story', ?, ?, now())`,
		day, c.Fund.TimeZone.Value.String(), document, sum[:]).Error)
	must(s.t, s.DB.Exec(`INSERT INTO seats (id, constituency, name) VALUES (?, 'network', 'network-4')`, uuid.New()).Error)
}

// Seats are filled under the rules of the day on which their terms begin; what was given
// ahead is taken back before it begins; and what was proposed is kept.
func TestRotationUnderRulesToCome(t *testing.T) {
	s := newStory(t) // on 2 March 2026
	s.person("sec", "secretariat", "IOM", "un")
	s.person("cora", "coordinator", "IOM", "un")
	s.person("m-un", "member", "UNHCR", "un")
	seats := map[string]string{}
	for _, x := range s.ask("", "GET", "/seats", "", "200").List() {
		seats[x["name"].(string)] = x["id"].(string)
	}
	for _, code := range []string{"UNHCR", "WFP", "FAO", "ILO", "UNDP"} {
		s.ask("sec", "POST", "/constituencies", fmt.Sprintf(`{"organisation": "%s", "constituency": "network", "from": "2020-01-01", "note": "letter"}`, s.org(code, "un")), "201")
	}
	s.ask("sec", "POST", "/seats/"+seats["network-1"]+"/terms", fmt.Sprintf(`{"organisation": "%s", "from": "2026-01-01", "until": "2026-12-31", "note": "first"}`, s.orgs["UNHCR"]), "201")
	s.later("2026-09-01")

	// Who sits today is by today's rules; the plan is by those of each day.
	plan := func(on string) string {
		var lines []string
		for _, r := range s.ask("sec", "GET", "/rotation?on="+on, "", "200").JSON()["rounds"].([]any) {
			for _, v := range r.(map[string]any)["vacancies"].([]any) {
				v := v.(map[string]any)
				switch name := strings.Fields(v["name"].(string)); name[len(name)-1] {
				case "3", "4":
					lines = append(lines, fmt.Sprint(v["constituency"], "-", name[len(name)-1], " ", v["from"], " ", v["until"], " ", r.(map[string]any)["seed"]))
					seats[fmt.Sprint(v["constituency"], "-", name[len(name)-1])] = v["seat"].(string)
				}
			}
		}
		return strings.Join(lines, "\n")
	}
	lists := func(on, name string) (holder any) {
		for _, x := range s.ask("", "GET", "/seats?on="+on, "", "200").List() {
			if x["name"] == name {
				return fmt.Sprint(x["holder"] != nil, " ", x["begins"])
			}
		}
		return "no such seat"
	}
	if got := lists("2026-03-02", "network-4"); got != "no such seat" {
		t.Errorf("a seat of rules to come stands among today's: %v", got)
	}
	if got := lists("2026-09-01", "network-4"); got != "false <nil>" {
		t.Errorf("from its first day the seat is there: %v", got)
	}
	// Seats that were never filled are drawn for from the day since when the fund has them, whoever asks when.
	want := `network-3 2026-03-02 2027-03-01 MIG00 rotation 2019-05-08
recipients-3 2026-03-02 2027-03-01 MIG00 rotation 2019-05-08
stakeholders-3 2026-03-02 2027-03-01 MIG00 rotation 2019-05-08
donors-3 2026-03-02 2026-08-31 MIG00 rotation 2019-05-08
network-4 2026-09-01 2028-08-31 MIG00 rotation 2026-09-01`
	if got := plan("2026-03-02"); got != want {
		t.Errorf("the plan:\n%s\nwant\n%s", got, want)
	}
	if got := plan("2026-09-02"); strings.Contains(got, "donors-3") || !strings.Contains(got, "network-3 2026-09-02 2028-09-01 MIG00 rotation 2019-05-08") {
		t.Errorf("the plan of September:\n%s", got)
	}
	s.ask("sec", "POST", "/seats/"+seats["network-4"]+"/terms", fmt.Sprintf(`{"organisation": "%s", "from": "2026-09-01", "until": "2027-08-31", "note": "quickly"}`, s.orgs["WFP"]), "409 seat-through-nominations")

	// Given ahead, taken back before it begins, and given again.
	given := func(code string) string {
		n := s.ask("m-un", "POST", "/seats/"+seats["network-4"]+"/nominations", `{"organisation": "`+s.orgs[code].String()+`"}`, "201").at("id")
		s.ask("sec", "POST", "/nominations/"+n+"/choice", `{"note": "Letter of the Network"}`, "200")
		return s.ask("cora", "POST", "/rotation/confirmation", `{"nominations": ["`+n+`"], "aside": [], "reason": ""}`, "200").List()[0]["term"].(string)
	}
	term := given("WFP")
	if got := fmt.Sprint(lists("2026-03-02", "network-4"), lists("2026-09-01", "network-4")); got != "false 2026-09-01true <nil>" {
		t.Errorf("given ahead: %s", got)
	}
	var drawn map[string]any
	for _, x := range s.ask("sec", "GET", "/seats", "", "200").List() {
		if x["name"] == "network-4" {
			drawn = x["terms"].([]any)[0].(map[string]any)["drawn"].(map[string]any)
		}
	}
	proposed := ""
	for code, id := range s.orgs {
		if drawn["proposed"] == id.String() {
			proposed = code
		}
	}
	if ticket := fmt.Sprintf("%x", sha256.Sum256([]byte("MIG00 rotation 2026-09-01\n"+proposed))); drawn["day"] != "2026-09-01" || drawn["lot"] != ticket || drawn["why"] == "" {
		t.Errorf("kept of the lot: %v", drawn)
	}
	up := "/seat-terms/" + term + "/giving-up"
	s.ask("sec", "POST", up, `{"why": "resigned", "note": " "}`, "422 required")
	s.ask("sec", "POST", up, `{"why": "resigned", "until": "2026-08-31", "note": "It cannot serve"}`, "422 seat-not-given-up-in-the-past")
	if never := s.ask("sec", "POST", up, `{"why": "resigned", "note": "It cannot serve"}`, "200").JSON()["never"]; never != true {
		t.Errorf("never began: %v", never)
	}
	s.ask("sec", "POST", up, `{"why": "resigned", "note": "again"}`, "404 not-found")
	s.ask("sec", "GET", "/seat-terms/"+term+"/letter", "", "404 not-found")
	if v := s.vacancy("sec", "network-4", "2026-03-02", seats); v["from"] != "2026-09-01" || v["nominations"].([]any)[0].(map[string]any)["state"] != "withdrawn" {
		t.Errorf("the vacancy is not back: %v to %v, %v", v["from"], v["until"], v["nominations"])
	}
	s.ask("sec", "POST", "/seat-terms/"+given("FAO")+"/giving-up", `{"why": "departed", "note": "It leaves"}`, "200")
	given("WFP")

	// A merge takes nothing away: who sat as another sat.
	s.person("admin", "administrator", "FMU", "other")
	s.merges("UNHCR", "FAO")
	v := s.vacancy("sec", "network-3", "2026-03-02", seats)
	for _, c := range v["candidates"].([]any) {
		c := c.(map[string]any)
		if c["code"] == "UNHCR" || c["code"] == "FAO" && c["eligible"] != false {
			t.Errorf("after the merge: %v", c)
		}
	}
}
