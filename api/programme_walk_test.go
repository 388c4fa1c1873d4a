package api

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"
)

// unjustifiedProgrammes are programmes in a state without the rows that justify it, asked
// of the database alone.
const unjustifiedProgrammes = `
	WITH last AS (SELECT DISTINCT ON (programme) * FROM programme_steps ORDER BY programme, n DESC),
	begun AS (SELECT programme FROM programme_steps WHERE step = 'start'),
	ordered AS (SELECT q.change, d.id AS decision, x.kind, x.programme FROM decisions d JOIN questions q ON q.id = d.question AND q.state = 'adopted' JOIN change_requests x ON x.id = q.change AND x.state = 'adopted')
	SELECT j.code || ' is ' || j.state || ' after ' || coalesce(s.step, 'nothing') FROM programmes j LEFT JOIN last s ON s.programme = j.id
	WHERE coalesce(s.state, 'approved') <> j.state OR NOT EXISTS (SELECT FROM decisions d WHERE d.id = j.decision AND d.kind = 'grant' AND d.proposal = j.proposal)
	OR EXISTS (SELECT FROM begun b WHERE b.programme = j.id) AND (j.starts_on IS NULL OR NOT EXISTS (SELECT FROM transfer_requests r WHERE r.programme = j.id AND r.stage = 'sent'))
	OR NOT CASE j.state
		WHEN 'approved' THEN j.id NOT IN (SELECT programme FROM begun)
		WHEN 'active' THEN j.id IN (SELECT programme FROM begun)
		WHEN 'suspended' THEN EXISTS (SELECT FROM ordered o WHERE o.programme = j.id AND o.kind = 'suspension' AND EXISTS (SELECT FROM programme_steps x WHERE x.programme = j.id AND x.decision = o.decision AND x.state = 'suspended'))
		WHEN 'cancelled' THEN EXISTS (SELECT FROM ordered o WHERE o.programme = j.id AND o.kind = 'cancellation' AND o.decision = s.decision)
			AND NOT EXISTS (SELECT FROM balances b WHERE starts_with(b.account, 'fund:allocated:' || j.code || ':') AND b.held <> 0)
		WHEN 'operationally-closed' THEN s.step = 'close-operations' AND j.ends_on <= s.at::date
		WHEN 'financially-closed' THEN s.step = 'close-books'
			AND NOT EXISTS (SELECT FROM programme_shares h WHERE h.programme = j.id AND NOT EXISTS (SELECT FROM closing_statements c WHERE c.programme = j.id AND c.organisation = h.organisation))
		ELSE false END`

// programmeStands is all that acts on a programme leave behind: a refusal leaves nothing.
const programmeStands = `
	SELECT concat_ws(' ', j.state, j.version, j.starts_on, j.ends_on, (SELECT count(*) FROM programme_steps x WHERE x.programme = j.id),
		(SELECT string_agg(x.ref || x.state, ',' ORDER BY x.n) FROM change_requests x WHERE x.programme = j.id),
		(SELECT string_agg(r.stage, ',' ORDER BY r.id) FROM transfer_requests r WHERE r.programme = j.id),
		(SELECT string_agg(b.account || b.held, ',' ORDER BY b.account) FROM balances b WHERE starts_with(b.account, 'fund:allocated:' || j.code || ':')),
		(SELECT count(*) FROM reports r WHERE r.programme = j.id)) FROM programmes j WHERE j.id = ?`

// Whatever people do to a programme after its grant, in whatever order, it never comes to a
// state without the rows that justify it; and a refusal changes nothing.
func TestNoProgrammeStateWithoutItsRows(t *testing.T) {
	walks, steps := 7, 24
	if os.Getenv("FUND_TEST_LONG") != "" {
		walks, steps = 12, 80
	}
	s, meeting := bodyOf13(t)
	s.person("pia", "agent-preparer", "AGENT", "agent")
	s.person("rolf", "agent-releaser", "AGENT", "agent")
	s.person("otto", "organisation", "IOM", "un")
	s.mou("IOM")
	s.pot("unearmarked", "90000000.00")
	call := s.openCall()
	everybody := []string{"sec", "chair", "pia", "rolf", "otto", "donors-1", "aud", ""}
	onward := map[string]string{"approved": "pay, start", "active": "suspend, cancel, extend, end, end", "suspended": "resume, cancel", "operationally-closed": "close books", "cancelled": "end"}
	reached := map[string]int{}
	var granted []string
	for range walks { // before the call closes
		granted = append(granted, s.adopt(meeting, grantOf(s.noted(call, "QZ"), "")).at("programme"))
	}
	for walk, code := range granted {
		chance := rand.New(rand.NewPCG(7, uint64(walk)))
		var id string
		must(t, s.DB.Raw(`SELECT id FROM programmes WHERE code = ?`, code).Row().Scan(&id))
		jp := "/programmes/" + id
		w := &wanderer{story: s, chance: chance, id: id, stands: programmeStands, unjustified: unjustifiedProgrammes, onward: onward}
		by := func(right string) string { return w.by(right, everybody, 5) }
		tag := func(path string) option { return ifMatch(s.send("aud", "GET", path, "").tag()) }
		today := func() string { return s.Clock.Now().Format(time.DateOnly) }
		pay := func() int {
			r := s.send(by("sec"), "POST", jp+"/transfer-requests", fmt.Sprintf(`{"organisation":%q,"amount":%s}`, s.org("IOM", "un"), usd("50000.00")))
			path := "/transfer-requests/" + r.at("id")
			for _, step := range [][3]string{{"chair", "signature", ""}, {"pia", "preparation", ""}, {"rolf", "release", ""}, {"pia", "sending", fmt.Sprintf(`{"sent_on":%q}`, today())}} {
				if r.status < 300 {
					r = s.send(step[0], "POST", path+"/"+step[1], step[2], tag(path))
				}
			}
			return r.status
		}
		// A change is asked for, and most often taken through the body.
		change := func(kind string) func() int {
			return func() int {
				rest := ""
				if kind == "no-cost-extension" {
					rest = fmt.Sprintf(`,"ends_on":%q`, s.Clock.Now().AddDate(0, 0, 15+chance.IntN(30)).Format(time.DateOnly))
				}
				r := s.send(by("sec"), "POST", jp+"/change-requests", changeOf(kind, rest))
				if r.status != 201 || chance.IntN(4) == 0 {
					return r.status
				}
				if chance.IntN(5) == 0 {
					s.send(by("sec"), "POST", "/change-requests/"+r.at("id")+"/recording", "", tag("/change-requests/"+r.at("id")))
					return 0 // several acts, of which some may be refused
				}
				r = s.send(by("sec"), "POST", meeting+"/questions", revisionOf(r.at("id")))
				if r.status != 201 {
					return 0
				}
				q := "/questions/" + r.at("id")
				s.send("chair", "POST", q+"/opening", "")
				s.send("donors-1", "POST", q+"/positions", `{"position": "agree"}`)
				r = s.send(by("chair"), "POST", q+"/decision", `{}`)
				if r.status != 201 {
					s.send("chair", "POST", q+"/withdrawal", `{"reason":"It is not ripe."}`)
				}
				return 0
			}
		}
		passed := false
		w.acts = []deed{
			{"pay", func() int { pay(); return 0 }},
			{"start", func() int {
				ends := s.Clock.Now().AddDate(0, 0, 20).Format(time.DateOnly)
				return s.send(by("sec"), "POST", jp+"/start", fmt.Sprintf(`{"ends_on":%q}`, ends), tag(jp)).status
			}},
			{"suspend", change("suspension")}, {"resume", change("resumption")}, {"extend", change("no-cost-extension")},
			{"cancel", func() int {
				if chance.IntN(2) > 0 { // an end of the walk: not too soon
					return 0
				}
				return change("cancellation")()
			}},
			{"end", func() int {
				if !passed && w.stage == "active" && chance.IntN(3) == 0 {
					passed = true
					s.Clock.Add(40 * 24 * time.Hour)
				}
				return s.send(by("sec"), "POST", jp+"/operational-closure", `{"closed_on":"","reason":"It is over."}`).status
			}},
			{"close books", func() int {
				return s.send(by("rolf"), "POST", jp+"/financial-closure", `{"statements":{"IOM":"CFS-1","ILO":"CFS-2"},"reason":"All is in."}`).status
			}},
		}
		w.walk(steps, reached)
	}
	s.cameTo(reached, "approved", "active", "suspended", "cancelled", "operationally-closed")
}
