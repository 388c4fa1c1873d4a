package api

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// unjustified are proposals in a stage without the rows that justify it. It asks the
// database alone, and of the newest version: no rule of the domain stands behind it.
const unjustified = `
	WITH newest AS (SELECT DISTINCT ON (proposal) * FROM proposal_versions ORDER BY proposal, n DESC),
	found AS (SELECT DISTINCT ON (proposal, n) * FROM screenings ORDER BY proposal, n, finding DESC)
	SELECT p.ref || ' is ' || p.stage || ' at version ' || coalesce(v.n, 0) FROM proposals p
	LEFT JOIN newest v ON v.proposal = p.id LEFT JOIN found s ON s.proposal = p.id AND s.n = v.n
	WHERE NOT CASE p.stage
		WHEN 'draft' THEN v.n IS NULL
		WHEN 'submitted' THEN EXISTS (SELECT FROM endorsements e WHERE e.proposal = p.id AND e.state = p.state AND e.content_hash = v.content_hash)
			AND (s.id IS NULL OR EXISTS (SELECT FROM appeals a JOIN appeal_decisions d ON d.appeal = a.id WHERE a.screening = s.id AND d.upheld))
		WHEN 'returned' THEN coalesce(s.outcome = 'returned', false) OR EXISTS (SELECT FROM reopenings r WHERE r.proposal = p.id AND r.n = v.n)
		WHEN 'ineligible' THEN s.outcome = 'ineligible'
		WHEN 'eligible' THEN s.outcome = 'eligible'
		WHEN 'approved' THEN s.outcome = 'eligible' AND EXISTS (SELECT FROM decisions d WHERE d.kind = 'grant' AND d.proposal = p.id AND d.proposal_version = v.n)
		WHEN 'declined' THEN EXISTS (SELECT FROM declinings d WHERE d.proposal = p.id AND d.n = v.n)
		WHEN 'withdrawn' THEN EXISTS (SELECT FROM events x WHERE x.subject = p.id::text AND x.act = 'proposal.withdraw')
		ELSE false END
	OR (p.stage = 'approved') <> EXISTS (SELECT FROM decisions d WHERE d.kind = 'grant' AND d.proposal = p.id)`

// stands is all that acts on a proposal leave behind: a refusal leaves nothing.
const stands = `
	SELECT concat_ws(' ', p.stage, p.version, p.updated_at, (SELECT count(*) FROM proposal_versions v WHERE v.proposal = p.id),
		(SELECT count(*) FROM endorsements e WHERE e.proposal = p.id), (SELECT count(*) FROM screenings s WHERE s.proposal = p.id),
		(SELECT count(*) FROM reopenings r WHERE r.proposal = p.id), (SELECT count(*) FROM declinings d WHERE d.proposal = p.id),
		(SELECT count(*) FROM appeals a JOIN screenings s ON s.id = a.screening WHERE s.proposal = p.id),
		(SELECT count(*) FROM events x WHERE x.subject = p.id::text)) FROM proposals p WHERE p.id = ?`

// Whatever people do to a proposal, right or wrong, in whatever order, it never comes
// to a stage without the rows that justify it; and a refusal changes nothing.
func TestNoStageWithoutItsRows(t *testing.T) {
	walks, steps := 8, 30
	if os.Getenv("FUND_TEST_LONG") != "" {
		walks, steps = 60, 120
	}
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "90000000.00")
	call := s.openCall()
	s.person("ana", "applicant", "PMU-QM", "un")
	s.person("eve", "applicant", "PMU-XX", "un")
	s.person("foc", "focal-point", "QM", "state")
	s.person("other", "focal-point", "QN", "state")
	everybody := []string{"ana", "eve", "foc", "other", "sec", "chair", "donors-1", "aud", ""}
	// What leads on from a stage is tried more often: a walk of chance alone stays where it is.
	onward := map[string]string{"draft": "endorse, submit", "submitted": "find eligible, find ineligible, return", "returned": "endorse, submit",
		"ineligible": "appeal, uphold", "eligible": "grant, withdraw, reopen"}
	reached := map[string]int{}
	for walk := range walks {
		chance := rand.New(rand.NewPCG(2026, uint64(walk)))
		note := s.note("QM", "ILO 300000.00", "UNHCR 150000.00")
		path := "/proposals/" + s.ask("ana", "POST", call+"/proposals", text(note), "201").at("id")
		id := strings.TrimPrefix(path, "/proposals/")
		// Half the time whoever may do it does: else a walk would come nowhere.
		by := func(right string) string {
			if chance.IntN(4) > 0 {
				return right
			}
			return everybody[chance.IntN(len(everybody))]
		}
		tag := func() option { return ifMatch(s.send("aud", "GET", path, "").tag()) }
		screen := func(outcome string) string { return fmt.Sprintf(`{"outcome":%q,"reason":"As it is."}`, outcome) }
		word := ""
		grant := func() int {
			r := s.send(by("sec"), "POST", meeting+"/questions", grantOf(id, ""))
			if r.status != 201 {
				return r.status
			}
			q := "/questions/" + r.at("id")
			s.send("chair", "POST", q+"/opening", "")
			s.send("donors-1", "POST", q+"/positions", `{"position": "agree"}`)
			r = s.send("chair", "POST", q+"/decision", `{}`)
			if r.status != 201 {
				s.send("chair", "POST", q+"/withdrawal", "")
				return 0
			}
			word = r.at("number")
			return r.status
		}
		acts := []struct {
			name string
			do   func() int
		}{
			{"save", func() int {
				note["title"] = fmt.Sprintf("Title %d", chance.IntN(3))
				return s.send(by("ana"), "PUT", path, text(note), tag()).status
			}},
			{"endorse", func() int { return s.send(by("foc"), "POST", path+"/endorsement", `{"note":"NV"}`, tag()).status }},
			{"endorse", func() int { return s.send(by("foc"), "POST", path+"/endorsement", `{"note":"NV"}`, tag()).status }},
			{"submit", func() int { return s.send(by("ana"), "POST", path+"/submission", "").status }},
			{"submit", func() int { return s.send(by("ana"), "POST", path+"/submission", "").status }},
			{"find eligible", func() int { return s.send(by("sec"), "POST", path+"/screening", screen("eligible")).status }},
			{"find eligible", func() int { return s.send(by("sec"), "POST", path+"/screening", screen("eligible")).status }},
			{"find ineligible", func() int { return s.send(by("sec"), "POST", path+"/screening", screen("ineligible")).status }},
			{"return", func() int { return s.send(by("sec"), "POST", path+"/screening", screen("returned")).status }},
			{"screen as approved", func() int { return s.send(by("sec"), "POST", path+"/screening", screen("approved")).status }},
			{"appeal", func() int { return s.send(by("ana"), "POST", path+"/appeal", `{"reason":"It is not so."}`).status }},
			{"uphold", func() int {
				return s.send(by("sec"), "POST", path+"/appeal-decision", `{"upheld":true,"reason":"It is not."}`).status
			}},
			{"reopen", func() int { return s.send(by("sec"), "POST", path+"/reopening", `{"reason":"To be mended."}`).status }},
			{"decline", func() int {
				return s.send(by("sec"), "POST", path+"/declining", fmt.Sprintf(`{"decision":%q,"reason":"Not now."}`, word)).status
			}},
			{"withdraw", func() int {
				if chance.IntN(6) > 0 { // an end of the walk: not too soon
					return 0
				}
				return s.send(by("ana"), "POST", path+"/withdrawal", "").status
			}},
			{"grant", grant}, {"grant", grant},
		}
		now := func() (text string) {
			must(t, s.DB.Raw(stands, id).Row().Scan(&text))
			return text
		}
		var told []string
		for range steps {
			before := now()
			stage, _, _ := strings.Cut(before, " ")
			act := acts[chance.IntN(len(acts))]
			for chance.IntN(2) == 0 && !strings.Contains(onward[stage], act.name) {
				act = acts[chance.IntN(len(acts))]
			}
			status := act.do()
			after := now()
			told = append(told, fmt.Sprintf("%s: %d", act.name, status))
			if status >= 400 && after != before {
				t.Fatalf("walk %d: a refusal left something: %s became %s\n%s", walk, before, after, strings.Join(told, "\n"))
			}
			if status >= 500 {
				t.Fatalf("walk %d fails\n%s", walk, strings.Join(told, "\n"))
			}
			var wrong []string
			must(t, s.DB.Raw(unjustified).Scan(&wrong).Error)
			if len(wrong) > 0 {
				t.Fatalf("walk %d: %v\n%s", walk, wrong, strings.Join(told, "\n"))
			}
			stage, _, _ = strings.Cut(after, " ")
			reached[stage]++
		}
	}
	for _, stage := range []string{"draft", "submitted", "returned", "ineligible", "eligible", "approved", "withdrawn"} {
		if reached[stage] == 0 {
			t.Errorf("no walk came to %s: %v", stage, reached)
		}
	}
	t.Log(reached)
}
