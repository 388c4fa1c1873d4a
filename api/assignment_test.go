package api

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// Seats are asked to assess evenly, none with a stake; whoever is asked is told and
// finds it among her tasks, with the day; what an interest takes away is asked of another.
func TestAssessorsAreSharedOut(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p, q := s.eligible(call, "QM", "UNICEF 600000.00"), s.eligible(call, "QN", "ILO 500000.00")
	for _, m := range []struct{ name, hat, org, kind, constituency string }{
		{"dora", "member", "XD", "state", "donors"}, {"dan", "member/alternate", "XE", "state", "donors"},
		{"qmar", "member", "QM", "state", "recipients"}, {"rita", "member", "QR", "state", "recipients"},
		{"nina", "member", "WFP", "un", "network"}, {"ulla", "member", "UNICEF", "un", "network"}, {"ada", "member/adviser", "WFP", "un", ""},
	} {
		s.person(m.name, m.hat, m.org, m.kind)
		if m.constituency != "" {
			s.seat(m.org, m.constituency)
		}
	}
	s.person("chair", "coordinator", "IOM", "un")
	s.person("aud", "auditor", "OIOS", "un")
	path := strings.TrimSuffix(call, "/proposals") + "/assessors"
	due := start.AddDate(0, 0, 14).Format("2006-01-02")

	before := s.ask("sec", "GET", path, "", "200")
	if before.at("asked") != "3" || before.at("least") != due || len(before.JSON()["proposed"].([]any)) != 6 {
		t.Fatalf("before anybody is asked: %s", before.raw)
	}
	s.ask("nina", "GET", path, "", "403 not-permitted")
	s.ask("chair", "POST", path, `{"due":"`+due+`"}`, "403 not-permitted")
	s.ask("sec", "POST", path, `{"due":"`+start.AddDate(0, 0, 13).Format("2006-01-02")+`"}`, "422 assessment-due-too-soon")
	s.waitsOn("nina", "proposal.score P-2026-001", "proposal.score P-2026-002") // nobody is asked: it waits on every seat
	s.ask("sec", "POST", path, `{"due":"`+due+`"}`, "200")
	s.ask("sec", "POST", path, `{"due":"`+due+`"}`, "409 nothing-to-share-out")

	asked := func() map[string]string { // "QM": seats of those who wait, in order
		found := map[string]string{}
		for _, x := range s.ask("sec", "GET", path, "", "200").JSON()["proposals"].([]any) {
			e := x.(map[string]any)
			var names []string
			for _, a := range e["asked"].([]any) {
				if a := a.(map[string]any); a["state"] == "waiting" {
					names = append(names, a["name"].(string))
				}
			}
			found[fmt.Sprint("/proposals/", e["proposal"])] = strings.Join(names, ", ")
		}
		return found
	}
	first := asked()
	for of, mine := range map[string]string{p: "QM UNICEF", q: ""} {
		if n := len(strings.Split(first[of], ", ")); n != 3 {
			t.Errorf("%d seats are asked to assess %s: %s", n, of, first[of])
		}
		for _, own := range strings.Fields(mine) {
			if strings.Contains(first[of], " "+own) {
				t.Errorf("%s is asked to assess its own: %s", own, first[of])
			}
		}
	}
	after := s.ask("sec", "GET", path, "", "200")
	for _, x := range after.JSON()["seats"].([]any) {
		if load := x.(map[string]any)["load"].(float64); load != 1 {
			t.Errorf("six seats and six to assess, and one has %v: %s", load, after.raw)
		}
	}

	// Whoever is asked finds it, with the day; whoever is not may score all the same.
	s.wasTold("nina", "assessment-asked")
	if told := s.told("ada"); len(told) != 1 {
		t.Errorf("an adviser of an organisation that is asked reads along: %v", told)
	}
	mine, other, ref := p, q, "P-2026-001"
	if strings.Contains(first[q], " WFP") {
		mine, other, ref = q, p, "P-2026-002"
	}
	s.waitsOn("nina", "proposal.score "+ref)
	if list := string(s.ask("nina", "GET", "/assessments", "", "200").raw); strings.Count(list, `"asked":true,"due":"`+due+`"`) != 1 {
		t.Errorf("to assess: %s", list)
	}
	s.ask("nina", "POST", other+"/scores", points(3), "201")

	// Her own is in by now, and one who turns out to have a stake is replaced.
	seats := map[string]string{}
	for _, x := range after.JSON()["seats"].([]any) {
		seats[x.(map[string]any)["name"].(string)] = x.(map[string]any)["id"].(string)
	}
	by := func(seat, day, reason string) string {
		return fmt.Sprintf(`{"seat":%q,"due":%q,"reason":%q}`, seats[seat], day, reason)
	}
	s.ask("sec", "POST", p+"/assessors", by("recipients QM", due, "Knows the country"), "409 seat-may-not-assess")
	s.ask("sec", "POST", mine+"/assessors", by("network WFP", due, "Knows the field"), "409 seat-asked-already")
	s.ask("sec", "POST", mine+"/assessors", by("donors XD", "2026-03-05", ""), "422 required")
	var id string
	for _, x := range after.JSON()["proposals"].([]any) {
		for _, a := range x.(map[string]any)["asked"].([]any) {
			if a := a.(map[string]any); a["name"] == "network WFP" {
				id = a["id"].(string)
			}
		}
	}
	off := "/assignments/" + id + "/ending"
	s.ask("chair", "POST", off, `{"reason":"No"}`, "403 not-permitted")
	s.ask("sec", "POST", off, `{"reason":" "}`, "422 required")
	s.ask("sec", "POST", off, `{"reason":"On leave until the meeting"}`, "200")
	s.ask("sec", "POST", off, `{"reason":"Again"}`, "409 asking-is-over")
	s.ask("sec", "POST", "/assignments/6b1b36cb-0000-4000-8000-000000000000/ending", `{"reason":"None"}`, "404 not-found")
	s.waitsOn("nina")
	s.ask("sec", "POST", path, `{"due":"`+due+`"}`, "200")
	if n := len(strings.Split(asked()[mine], ", ")); n != 3 {
		t.Errorf("the one who was let off is replaced: %s", asked()[mine])
	}
	s.ask("aud", "GET", path, "", "200")

	// Before screening and after withdrawal nobody is asked.
	r := s.submitted(call, "QO")
	s.ask("sec", "POST", r+"/assessors", by("donors XD", due, "Early"), "409 wrong-stage")
}

// An entity that the charter has lead on an objective is suggested by whatever it is
// called there: its code, its short name, another name of its. A name that ended is none.
func TestWhoLeadsIsKnownByItsOtherNames(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.eligible(call, "QM", "ILO 500000.00")
	for _, code := range []string{"XA", "XB", "XC", "XD"} {
		s.person(strings.ToLower(code), "member", code, "un")
		s.seat(code, "network")
	}
	must(t, s.DB.Exec(`UPDATE organisations SET short_name = 'UNICEF' WHERE code = 'XB'`).Error)
	for code, ended := range map[string]any{"XC": nil, "XD": start} {
		must(t, s.DB.Exec(`INSERT INTO organisation_aliases (id, organisation, text, kind, language, person, at, ended_at) VALUES (?, ?, 'UNICEF', 'acronym', '', ?, ?, ?)`,
			uuid.New(), s.orgs[code], s.ids["sec"], start, ended).Error)
	}
	leads := map[string]string{}
	for _, x := range s.ask("sec", "GET", strings.TrimSuffix(call, "/proposals")+"/assessors", "", "200").JSON()["proposals"].([]any)[0].(map[string]any)["seats"].([]any) {
		beside := x.(map[string]any)
		leads[fmt.Sprint(beside["seat"])] = fmt.Sprint(beside["leads"])
	}
	for code, want := range map[string]string{"XA": "", "XB": "[7]", "XC": "[7]", "XD": ""} {
		var seat string
		must(t, s.DB.Raw(`SELECT seat::text FROM seat_terms WHERE organisation = ?`, s.orgs[code]).Row().Scan(&seat))
		if leads[seat] != want {
			t.Errorf("%s leads on %q, not %q", code, leads[seat], want)
		}
	}
	s.person("olga", "expert", "XC", "un")
	bodies := map[string]string{}
	for _, x := range s.ask("sec", "GET", p+"/advice", "", "200").JSON()["bodies"].([]any) {
		b := x.(map[string]any)
		bodies[fmt.Sprint(b["organisation"].(map[string]any)["code"])] = fmt.Sprint(b["leads"])
	}
	if bodies["XB"] != "[7]" || bodies["XC"] != "[7]" || bodies["XA"] != "" || bodies["XD"] != "" {
		t.Errorf("whose advice could be asked: %v", bodies)
	}
}
