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
		WHEN 'draft' THEN v.n IS NULL OR p.phase = 'document' AND coalesce(v.content::jsonb->>'phase', '') IN ('', 'concept')
		WHEN 'submitted' THEN EXISTS (SELECT FROM endorsements e WHERE e.proposal = p.id AND e.state = p.state AND e.content_hash = v.content_hash)
			AND (s.id IS NULL OR EXISTS (SELECT FROM appeals a JOIN appeal_decisions d ON d.appeal = a.id WHERE a.screening = s.id AND d.upheld))
		WHEN 'returned' THEN coalesce(s.outcome = 'returned', false) OR EXISTS (SELECT FROM reopenings r WHERE r.proposal = p.id AND r.n = v.n)
		WHEN 'ineligible' THEN s.outcome = 'ineligible'
		WHEN 'eligible' THEN s.outcome = 'eligible'
		WHEN 'approved' THEN s.outcome = 'eligible' AND EXISTS (SELECT FROM decisions d WHERE d.kind = 'grant' AND d.proposal = p.id AND d.proposal_version = v.n)
		WHEN 'declined' THEN EXISTS (SELECT FROM declinings d WHERE d.proposal = p.id AND d.n = v.n)
		WHEN 'withdrawn' THEN EXISTS (SELECT FROM events x WHERE x.subject = p.id::text AND x.act = 'proposal.withdraw')
		ELSE false END
	OR (p.stage = 'approved') <> EXISTS (SELECT FROM decisions d WHERE d.kind = 'grant' AND d.proposal = p.id)
	OR (SELECT c.stages FROM calls c WHERE c.id = p.call) = 2 AND (
		(p.phase = 'document') <> EXISTS (SELECT FROM decisions d JOIN screenings f ON f.proposal = d.proposal AND f.n = d.proposal_version AND f.outcome = 'eligible'
			WHERE d.kind = 'pipeline' AND d.proposal = p.id AND f.at <= d.adopted_at)
		OR p.stage = 'approved' AND v.content::jsonb->>'phase' IS DISTINCT FROM 'document')`

// stands is all that acts on a proposal leave behind: a refusal leaves nothing.
const stands = `
	SELECT concat_ws(' ', CASE p.phase WHEN 'document' THEN 'document-' ELSE '' END || p.stage, p.version, p.updated_at, (SELECT count(*) FROM proposal_versions v WHERE v.proposal = p.id),
		(SELECT count(*) FROM endorsements e WHERE e.proposal = p.id), (SELECT count(*) FROM screenings s WHERE s.proposal = p.id),
		(SELECT count(*) FROM reopenings r WHERE r.proposal = p.id), (SELECT count(*) FROM declinings d WHERE d.proposal = p.id),
		(SELECT count(*) FROM appeals a JOIN screenings s ON s.id = a.screening WHERE s.proposal = p.id),
		(SELECT count(*) FROM events x WHERE x.subject = p.id::text)) FROM proposals p WHERE p.id = ?`

// wanderer does to one thing, in whatever order, what people do to it, right or wrong.
type wanderer struct {
	*story
	chance      *rand.Rand
	id          string            // of what it is done to
	stands      string            // SQL: its stage, and all that acts on it leave behind
	unjustified string            // SQL: what of its kind is in a stage without the rows that justify it
	onward      map[string]string // by stage: what leads on. It is tried more often, as a walk of chance alone stays where it is
	acts        []deed
	stage       string
}

// deed is done to it; do answers the status, or 0 of several acts of which some may be
// refused.
type deed struct {
	name string
	do   func() int
}

// by is mostly who may do it: else a walk would come nowhere.
func (w *wanderer) by(right string, wrong []string, oneIn int) string {
	if w.chance.IntN(oneIn) > 0 {
		return right
	}
	return wrong[w.chance.IntN(len(wrong))]
}

func (w *wanderer) next() deed {
	d := w.acts[w.chance.IntN(len(w.acts))]
	for w.chance.IntN(2) == 0 && !strings.Contains(w.onward[w.stage], d.name) {
		d = w.acts[w.chance.IntN(len(w.acts))]
	}
	return d
}

func (w *wanderer) now() (text string) {
	must(w.t, w.DB.Raw(w.stands, w.id).Row().Scan(&text))
	w.stage, _, _ = strings.Cut(text, " ")
	return text
}

// walk goes so many steps: a refusal leaves nothing, none is the program's own fault,
// and after each step every stage is justified. It counts the stages it came to.
func (w *wanderer) walk(steps int, reached map[string]int) {
	w.t.Helper()
	var told []string
	before := w.now()
	for range steps {
		d := w.next()
		status := d.do()
		after := w.now()
		told = append(told, fmt.Sprintf("%s: %d", d.name, status))
		if status >= 500 || status >= 400 && after != before {
			w.t.Fatalf("%s became %s\n%s", before, after, strings.Join(told, "\n"))
		}
		var wrong []string
		must(w.t, w.DB.Raw(w.unjustified).Scan(&wrong).Error)
		if len(wrong) > 0 {
			w.t.Fatalf("%v\n%s", wrong, strings.Join(told, "\n"))
		}
		reached[w.stage]++
		before = after
	}
}

// cameTo tells of stages that no walk came to.
func (s *story) cameTo(reached map[string]int, stages ...string) {
	s.t.Helper()
	for _, stage := range stages {
		if reached[stage] == 0 {
			s.t.Errorf("no walk came to %s: %v", stage, reached)
		}
	}
	s.t.Log(reached)
}

// Whatever people do to a proposal, right or wrong, in whatever order, it never comes
// to a stage without the rows that justify it; and a refusal changes nothing.
func TestNoStageWithoutItsRows(t *testing.T) {
	everyStage(t, (*story).openCall, nil, "draft", "submitted", "returned", "ineligible", "eligible", "approved", "withdrawn")
}

// The same where a note is selected first: nothing becomes a document that the body has
// not selected, and nothing is granted but a document.
func TestNoDocumentWithoutItsSelection(t *testing.T) {
	everyStage(t, (*story).twoStages, func(s *story, note map[string]any, phase string) {
		note["answers"] = answersOf(s.t, conceptAnswers)
		if phase == "document" {
			note["answers"], note["budget"] = s.documentAnswers("QM", "ILO", "UNHCR", "UNWOMEN"), s.budgetOf(shares...)
		}
	}, "draft", "submitted", "eligible", "document-draft", "document-submitted", "document-eligible", "document-approved")
}

// shares come to what the example's document says that it costs, with what others give.
var shares = []string{"ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00"}

// everyStage walks proposals of a call through whatever people do to them; fill writes
// what the form of a phase asks.
func everyStage(t *testing.T, announce func(*story) string, fill func(s *story, note map[string]any, phase string), stages ...string) {
	walks, steps := 8, 30
	if os.Getenv("FUND_TEST_LONG") != "" {
		walks, steps = 60, 120
	}
	ends := 6 // one withdrawal in so many ends the walk: not too soon
	if fill != nil {
		steps, ends = 2*steps, 60 // the way is longer
	}
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "90000000.00")
	call := announce(s)
	s.person("ana", "applicant", "PMU-QM", "un")
	s.person("eve", "applicant", "PMU-XX", "un")
	s.person("foc", "focal-point", "QM", "state")
	s.person("other", "focal-point", "QN", "state")
	everybody := []string{"ana", "eve", "foc", "other", "sec", "chair", "donors-1", "aud", ""}
	onward := map[string]string{"draft": "endorse, submit", "submitted": "find eligible, find ineligible, return", "returned": "endorse, submit",
		"ineligible": "appeal, uphold", "eligible": "grant, withdraw, reopen, select", "document-draft": "save, endorse, submit",
		"document-submitted": "find eligible, return", "document-returned": "endorse, submit", "document-eligible": "grant"}
	reached := map[string]int{}
	for walk := range walks {
		chance := rand.New(rand.NewPCG(2026, uint64(walk)))
		note := s.note("QM", shares...)
		if fill != nil {
			fill(s, note, "concept")
		}
		path := "/proposals/" + s.ask("ana", "POST", call+"/proposals", text(note), "201").at("id")
		id := strings.TrimPrefix(path, "/proposals/")
		w := &wanderer{story: s, chance: chance, id: id, stands: stands, unjustified: unjustified, onward: onward}
		by := func(right string) string { return w.by(right, everybody, 4) }
		tag := func() option { return ifMatch(s.send("aud", "GET", path, "").tag()) }
		screen := func(outcome string) string {
			version, _ := s.send("aud", "GET", path, "").JSON()["submission"].(map[string]any)
			n, _ := version["n"].(float64)
			return on(int(n), finding(outcome, "As it is.", checks()))
		}
		word := ""
		decide := func(what string) int {
			r := s.send(by("sec"), "POST", meeting+"/questions", what)
			if r.status != 201 {
				return r.status
			}
			q := "/questions/" + r.at("id")
			s.send("chair", "POST", q+"/opening", "")
			s.send("donors-1", "POST", q+"/positions", `{"position": "agree"}`)
			r = s.send("chair", "POST", q+"/decision", `{}`)
			if r.status != 201 {
				s.send("chair", "POST", q+"/withdrawal", `{"reason":"It is not ripe."}`)
				return 0
			}
			word = r.at("number")
			return r.status
		}
		grant := func() int { return decide(grantOf(id, "")) }
		choose := func() int {
			return decide(`{"kind": "pipeline", "procedure": "consensus", "title": "Selection", "text": "The body selects it.", "language": "en", "proposal": "` + id + `"}`)
		}
		w.acts = []deed{
			{"save", func() int {
				note["title"] = fmt.Sprintf("Title %d", chance.IntN(3))
				if fill != nil {
					fill(s, note, s.send("aud", "GET", path, "").at("phase"))
				}
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
				if chance.IntN(ends) > 0 {
					return 0
				}
				return s.send(by("ana"), "POST", path+"/withdrawal", "").status
			}},
			{"grant", grant}, {"grant", grant},
		}
		if fill != nil {
			w.acts = append(w.acts, deed{"select", choose}, deed{"select", choose})
		}
		w.walk(steps, reached)
	}
	s.cameTo(reached, stages...)
}
