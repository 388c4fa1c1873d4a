package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"startupfund/store/storetest"
)

// bodyOf13 seats three organisations in each constituency and the Coordinator's
// in the chair, one representative each, and a meeting with all in the room. Its
// people are called by their seats: "donors-2", "chair".
func bodyOf13(t *testing.T) (s *story, meeting string) {
	t.Helper()
	s = newStory(t)
	s.person("sec", "secretariat", "IOM", "un")
	s.person("admin", "administrator", "FMU", "other")
	s.person("aud", "auditor", "OAI", "other")
	for _, x := range s.ask("sec", "GET", "/seats", "", "200").List() {
		name := x["name"].(string)
		hat, org, kind := "member", strings.ToUpper(name), "stakeholder"
		switch x["constituency"] {
		case "chair":
			hat, org, kind = "coordinator", "IOM", "un"
		case "network":
			if kind = "un"; name == "network-2" {
				org = "PMU-RECIPIENTS-1" // that applies for that state
			}
		case "donors", "recipients":
			kind = "state"
		}
		s.person(name, hat, org, kind)
		until := `, "until": "2026-12-31"`
		if name == "chair" {
			until = ""
		}
		s.ask("admin", "POST", "/seats/"+x["id"].(string)+"/terms", fmt.Sprintf(`{"organisation": "%s", "from": "2026-01-01"%s, "note": "letter"}`, s.orgs[org], until), "201")
		s.ids["seat "+name] = uuid.MustParse(x["id"].(string))
	}
	meeting = "/meetings/" + s.ask("sec", "POST", "/meetings", `{"title": "Second meeting", "starts_at": "2026-03-02T09:00:00Z"}`, "201").at("id")
	s.ask("chair", "POST", meeting+"/opening", "", "200")
	for _, name := range s.members() {
		s.ask(name, "POST", meeting+"/presences", `{}`, "201")
	}
	return s, meeting
}

func (s *story) members() []string {
	var names []string
	for name := range s.people {
		if strings.Contains(name, "-") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// noted is the id of an eligible proposal of a state on the body.
func (s *story) noted(call, state string, shares ...string) string {
	s.t.Helper()
	return strings.TrimPrefix(s.eligible(call, state, shares...), "/proposals/")
}

// pot puts money under an earmark, both sides of the books.
func (s *story) pot(earmark, amount string) {
	s.t.Helper()
	event, voucher := uuid.New(), uuid.New()
	posting := func(from, to string) string {
		return fmt.Sprintf(`{"from": "%s", "to": "%s", "amount": "%s", "currency": "USD"}`, from, to, amount)
	}
	both := s.DB.Begin() // the event is asked for at the end
	must(s.t, both.Exec(`INSERT INTO events (id, at, role, act, subject_kind, subject, charter_version, changes)
		VALUES (?, ?, 'operator', 'test.deposit', 'test', '1', 1, '{}')`, event, storetest.Start).Error)
	must(s.t, both.Exec(`SELECT count(*) FROM post_vouchers(?::jsonb)`, fmt.Sprintf(`[{"id": "%s", "kind": "deposit", "booked_on": "2026-02-01", "value_on": "2026-02-01",
		"posted_at": "2026-02-01T00:00:00Z", "memo": "", "subject_kind": "test", "subject": "1", "charter_version": 1, "event": "%s", "postings": [%s, %s]}]`,
		voucher, event, posting("income:contributions:QMR", "agent:bank:USD"), posting("fund:cover", "fund:available:"+earmark))).Error)
	must(s.t, both.Commit().Error)
}

func (s *story) listed(meeting, body string) string {
	s.t.Helper()
	return "/questions/" + s.ask("sec", "POST", meeting+"/questions", body, "201").at("id")
}

func grantOf(proposal, rest string) string {
	return fmt.Sprintf(`{"kind": "grant", "procedure": "consensus", "title": "A grant", "text": "The body approves it.", "language": "en", "proposal": "%s"%s}`, proposal, rest)
}

const policyVote = `{"kind": "policy", "procedure": "vote", "title": "A paper", "text": "The body endorses it.", "language": "en"}`

func TestAGrantIsAdoptedByConsensus(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("area-2", "300000.00")
	s.pot("unearmarked", "900000.00")
	q := s.listed(meeting, grantOf(s.noted(s.openCall(), "RECIPIENTS-1", "NETWORK-1 600000.00", "UNICEF 400000.00"), ""))

	// Who may, and what is asked before the question is put.
	s.ask("", "GET", q, "", "401 sign-in-first")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree"}`, "409 question-stage")
	s.ask("donors-1", "POST", q+"/opening", "", "403 not-presiding")
	s.ask("sec", "POST", q+"/opening", "", "403 not-permitted")
	s.ask("donors-2", "POST", q+"/interests", `{"kind": "programme-donor", "note": "500,000 beside the pool"}`, "201")
	s.ask("donors-2", "POST", q+"/interests", `{"kind": "programme-donor"}`, "409 interest-on-record")
	s.ask("donors-2", "POST", q+"/interests", `{"kind": "cousin"}`, "422 unknown-value")

	// The recused see that it is there, and why they are out of it.
	for who, kind := range map[string]string{"recipients-1": "own-state", "network-1": "implementing-partner", "network-2": "own-organisation"} {
		r := s.ask(who, "GET", q, "", "200")
		if r.at("hidden") != kind || strings.Contains(string(r.raw), "endorses") || strings.Contains(string(r.raw), "approves") || strings.Contains(string(r.raw), "1000000") {
			t.Errorf("%s sees %s", who, r.raw)
		}
		s.ask(who, "GET", q+"/arithmetic", "", "404 not-found")
	}
	a := s.ask("chair", "GET", q+"/arithmetic", "", "200").JSON()
	quorum := a["quorum"].(map[string]any)
	if quorum["base"] != 9.0 || quorum["needed"] != 6.0 || quorum["present"] != 9.0 || quorum["spare"] != 3.0 || quorum["met"] != true {
		t.Errorf("quorum %v", quorum)
	}

	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("chair", "POST", q+"/opening", "", "409 question-stage")
	s.ask("donors-1", "POST", q+"/interests", `{"kind": "other"}`, "409 question-stage")
	s.ask("recipients-1", "POST", q+"/positions", `{"position": "agree"}`, "403 recused")
	s.ask("chair", "POST", q+"/positions", `{"position": "agree"}`, "403 chair-takes-no-position")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "yes"}`, "422 unknown-position")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "object"}`, "422 position-needs-a-reason")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree"}`, "428 idempotency-key-required", key(""))
	s.ask("donors-1", "POST", q+"/positions", `{"position": "object", "reason": "The budget is thin."}`, "201")
	s.ask("sec", "POST", q+"/positions", fmt.Sprintf(`{"position": "awaiting-instructions", "seat": "%s"}`, s.ids["seat donors-3"]), "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "409 standing-objection")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree", "reason": "Explained."}`, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "409 awaiting-instructions")
	s.ask("donors-3", "POST", q+"/positions", `{"position": "ad-referendum"}`, "201")
	s.ask("donors-1", "POST", q+"/decision", `{}`, "403 not-presiding")
	s.ask("chair", "POST", q+"/decision", `{"casting": "yes"}`, "422 no-casting-vote-asked")

	// Asking twice does it once.
	got := s.ask("chair", "POST", q+"/decision", `{}`, "201", key("k"))
	again := s.ask("chair", "POST", q+"/decision", `{}`, "201", key("k"))
	if got.at("number") != "2026-001" || got.at("programme") != "JP-2026-001" || string(got.raw) != string(again.raw) {
		t.Fatalf("%s\n%s", got.raw, again.raw)
	}
	s.ask("chair", "POST", q+"/decision", `{}`, "409 question-stage")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree"}`, "409 question-stage")

	// The money came first from the earmark, then from what is free.
	for account, want := range map[string]string{"fund:available:area-2": "0.000", "fund:available:unearmarked": "200000.000",
		"fund:allocated:JP-2026-001:NETWORK-1": "600000.000", "fund:allocated:JP-2026-001:UNICEF": "400000.000"} {
		var held string
		s.DB.Raw(`SELECT held::text FROM balances WHERE account = ?`, account).Row().Scan(&held)
		if held != want {
			t.Errorf("%s holds %s, not %s", account, held, want)
		}
	}
	s.recordsAreReadAsTheCharterSays()
	p := s.ask("", "GET", "/programmes", "", "200").List()
	if len(p) != 1 || p[0]["decision"] != "2026-001" || p[0]["proposal"] != "P-2026-001" {
		t.Errorf("programmes: %v", p)
	}
	s.ask("", "GET", "/programmes/"+p[0]["id"].(string), "", "200")
	s.ask("", "GET", "/decisions/2026-002", "", "404 not-found")
}

// recordsAreReadAsTheCharterSays opens decision 2026-001 as several readers.
func (s *story) recordsAreReadAsTheCharterSays() {
	s.t.Helper()
	for who, complete := range map[string]bool{"": false, "donors-1": true, "sec": true, "aud": true, "admin": false, "recipients-1": false, "network-2": false, "network-1": true} {
		r := s.ask(who, "GET", "/decisions/2026-001", "", "200")
		record, sum := r.at("record"), sha256.Sum256([]byte(r.at("record")))
		if whole := hex.EncodeToString(sum[:]) == r.at("record_sha256"); whole != complete || (r.at("complete") == "true") != complete {
			s.t.Errorf("%q reads it whole: %v", who, whole)
		}
		if said := strings.Contains(record, "The budget is thin."); said != complete {
			s.t.Errorf("%q reads who said what: %v", who, said)
		}
		var tree map[string]any
		must(s.t, json.Unmarshal([]byte(record), &tree))
		if tree["outcome"] != "adopted" || len(tree["roll"].([]any)) != 13 || len(tree["draws"].([]any)) != 3 {
			s.t.Errorf("%q reads %s", who, record)
		}
	}
}

func TestWhoMaySitAndSpeak(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("deputy", "member/alternate", "DONORS-1", "state")
	s.person("adviser", "member/adviser", "DONORS-1", "state")
	s.person("stranger", "member", "QXX", "state")
	s.ask("deputy", "POST", meeting+"/presences", `{}`, "409 representative-present")
	s.ask("adviser", "POST", meeting+"/presences", `{}`, "403 adviser-does-not-decide")
	s.ask("stranger", "POST", meeting+"/presences", `{}`, "403 no-seat")
	s.ask("donors-2", "POST", meeting+"/presences", `{}`, "409 in-another-seat")
	s.ask("donors-2", "POST", meeting+"/presences", fmt.Sprintf(`{"person": "%s"}`, s.ids["deputy"]), "422 not-accredited")
	for _, x := range []struct {
		who string
		may bool
	}{{"deputy", true}, {"donors-2", true}, {"chair", true}, {"adviser", false}, {"stranger", false}} {
		if got := strings.Contains(string(s.ask("sec", "GET", meeting+"/accredited", "", "200").raw), `"person":"`+fmt.Sprint(s.ids[x.who])+`"`); got != x.may {
			t.Errorf("%s may sit down: %v", x.who, got)
		}
	}
	s.ask("sec", "POST", meeting+"/presences", fmt.Sprintf(`{"person": "%s", "seat": "%s"}`, s.ids["stranger"], s.ids["seat donors-1"]), "422 not-accredited")

	room := s.ask("sec", "GET", meeting, "", "200").JSON()["room"].([]any)
	var chair string
	for _, p := range room {
		if m := p.(map[string]any); m["seat_name"] == "donors-1" {
			chair = m["id"].(string)
		}
	}
	s.ask("donors-2", "POST", "/presences/"+chair+"/leaving", "", "404 not-found")
	s.ask("donors-1", "POST", "/presences/"+chair+"/leaving", "", "204")
	s.ask("donors-1", "POST", "/presences/"+chair+"/leaving", "", "409 not-present")

	q := s.listed(meeting, policyVote)
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("stranger", "POST", q+"/positions", `{"position": "yes"}`, "403 no-seat")
	s.ask("adviser", "POST", q+"/positions", `{"position": "yes"}`, "403 adviser-does-not-decide")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "yes"}`, "409 not-present")
	s.ask("sec", "POST", meeting+"/presences", fmt.Sprintf(`{"person": "%s", "seat": "%s"}`, s.ids["deputy"], s.ids["seat donors-1"]), "201")
	s.ask("deputy", "POST", q+"/positions", `{"position": "yes"}`, "201")
	s.ask("donors-1", "POST", meeting+"/presences", `{}`, "201") // the representative takes the seat over
	s.ask("deputy", "POST", q+"/positions", `{"position": "no"}`, "409 not-present")
	if n := s.ask("donors-1", "POST", q+"/positions", `{"position": "abstain"}`, "201").at("n"); n != "2" {
		t.Errorf("the seat's second position is its %s", n)
	}
	s.ask("chair", "POST", meeting+"/closing", "", "409 question-under-way")
	s.ask("chair", "POST", q+"/withdrawal", `{"reason":"It is not ripe."}`, "200")
	s.ask("chair", "POST", meeting+"/closing", "", "200")
	s.ask("sec", "POST", meeting+"/questions", policyVote, "409 meeting-stage")
	s.ask("donors-1", "POST", meeting+"/presences", `{}`, "409 meeting-stage")
}

// A term that ended yesterday gives no seat; one that ends while a question is
// open takes none away.
func TestSeatsRotate(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("new", "member", "QNW", "state")
	q := s.listed(meeting, policyVote)
	s.ask("chair", "POST", q+"/opening", "", "200")
	// Who comes first is given the seat; who comes after, the constituency chooses. The Chair's seat has none.
	give := func(who, seat, org, from, until, want string) {
		t.Helper()
		s.ask(who, "POST", "/seats/"+s.ids["seat "+seat].String()+"/terms", fmt.Sprintf(`{"organisation": "%s", "from": "%s", "until": "%s", "note": ""}`, s.orgs[org], from, until), want)
	}
	give("donors-1", "donors-1", "QNW", "2027-01-01", "2027-12-31", "403 not-permitted")
	give("admin", "donors-1", "QNW", "2027-01-01", "2028-01-01", "422 seat-term-too-long")
	give("admin", "donors-1", "QNW", "2027-01-01", "2026-01-01", "422 term-ends-before-it-begins")
	for _, who := range []string{"admin", "sec"} {
		give(who, "donors-1", "QNW", "2027-01-01", "2027-12-31", "409 seat-through-nominations")
		give(who, "donors-2", "DONORS-2", "2027-01-01", "2027-12-31", "409 seat-through-nominations")
	}
	give("sec", "chair", "QNW", "2026-12-31", "2027-12-31", "409 seat-held")
	for _, x := range s.ask("sec", "GET", "/seats", "", "200").List() {
		if may := slices.Contains(x["may"].([]any), any("seat.give")); may != (x["name"] == "chair") {
			t.Errorf("of %s may be done %s", x["name"], x["may"])
		}
	}
	nominated := func(seat, org string) string {
		n := s.ask("sec", "POST", "/seats/"+s.ids["seat "+seat].String()+"/nominations", fmt.Sprintf(`{"organisation": "%s", "note": "letter"}`, s.orgs[org]), "201").at("id")
		s.ask("sec", "POST", "/nominations/"+n+"/choice", `{"note": "letter"}`, "200")
		return n
	}
	s.ask("sec", "POST", "/constituencies", fmt.Sprintf(`{"organisation": "%s", "constituency": "donors", "from": "2026-01-01", "note": "letter"}`, s.orgs["QNW"]), "201")
	s.ask("chair", "POST", "/rotation/confirmation", `{"nominations": ["`+nominated("donors-1", "QNW")+`"], "aside": [], "reason": ""}`, "200")

	holder := func(day string) string {
		for _, x := range s.ask("", "GET", "/seats?on="+day, "", "200").List() {
			if h, held := x["holder"].(map[string]any); held && x["name"] == "donors-1" {
				return h["code"].(string)
			}
		}
		return "nobody"
	}
	for day, want := range map[string]string{"2025-12-31": "nobody", "2026-01-01": "DONORS-1", "2026-12-31": "DONORS-1", "2027-01-01": "QNW", "2027-12-31": "QNW", "2028-01-01": "nobody"} {
		if got := holder(day); got != want {
			t.Errorf("on %s %s sat, not %s", day, got, want)
		}
	}

	s.days(305) // 1 January 2027
	s.ask("donors-1", "POST", q+"/positions", `{"position": "yes"}`, "201")
	s.ask("new", "POST", q+"/positions", `{"position": "no"}`, "403 no-seat")
	s.ask("chair", "POST", q+"/withdrawal", `{"reason":"It is not ripe."}`, "200")
	next := s.listed(meeting, policyVote)
	if got := s.ask("chair", "GET", next+"/arithmetic", "", "200").JSON()["quorum"].(map[string]any); got["base"] != 1.0 || got["met"] != false {
		t.Errorf("of the old body nobody sits: %v", got)
	}
	s.ask("chair", "POST", next+"/opening", "", "409 quorum-not-met")
	s.ask("donors-1", "POST", next+"/positions", `{"position": "yes"}`, "409 question-stage")
}

func TestAVoteFallsAndAnotherIsCarried(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	s.ask("chair", "POST", q+"/opening", "", "200")
	for i, who := range s.members() {
		s.ask(who, "POST", q+"/positions", fmt.Sprintf(`{"position": "%s"}`, []string{"yes", "no", "abstain"}[i%3]), "201")
	}
	r := s.ask("chair", "POST", q+"/decision", `{}`, "200")
	if r.at("state") != "not-adopted" {
		t.Errorf("four against four: %s", r.raw)
	}
	if n := len(s.ask("", "GET", "/decisions", "", "200").List()); n != 0 {
		t.Errorf("%d decisions of a vote that fell", n)
	}
	q = s.listed(meeting, policyVote)
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "no"}`, "201")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "yes"}`, "201")
	s.callsTheRest("chair", q)
	if r := s.ask("chair", "POST", q+"/decision", `{}`, "201"); r.at("number") != "2026-001" {
		t.Errorf("%s", r.raw)
	}
}

func TestAQuestionIsListedAsTheCharterHasIt(t *testing.T) {
	s, meeting := bodyOf13(t)
	p := s.noted(s.openCall(), "RECIPIENTS-1")
	question := func(kind, procedure, text, language string) string {
		return fmt.Sprintf(`{"kind": "%s", "procedure": "%s", "title": "T", "text": "%s", "language": "%s"}`, kind, procedure, text, language)
	}
	for _, x := range []struct{ body, want string }{
		{question("gift", "vote", "", "tlh"), "422 unknown-value"},
		{question("grant", "vote", "", "tlh"), "422 procedure-not-allowed"},
		{question("grant", "no-objection", "", "tlh"), "422 not-in-a-meeting"},
		{question("policy", "vote", " ", "tlh"), "422 required"},
		{question("policy", "vote", "x", "tlh"), "422 unknown-value"},
		{question("grant", "consensus", "x", "en"), "422 required"},
		{grantOf(uuid.NewString(), ""), "422 unknown-value"},
		{grantOf(p, `, "amount": {"amount": "0.00", "currency": "USD"}`), "422 amount-not-positive"},
		{grantOf(p, `, "amount": {"amount": "1000000.01", "currency": "USD"}`), "422 grant-above-the-request"},
		{grantOf(p, `, "amount": {"amount": "1.00", "currency": "EUR"}`), "409 other-currency"},
		{grantOf(p, `, "amount": {"amount": "1.001", "currency": "USD"}`), "422 too-many-decimals"},
		{grantOf(p, `, "amount": {"amount": "900000.00", "currency": "USD"}`), "422 shares-do-not-add-up"},
		{grantOf(p, `, "earmark": "area-1"`), "422 earmark-does-not-fit"},
		{grantOf(p, fmt.Sprintf(`, "shares": [{"organisation": "%s", "amount": {"amount": "1000000.00", "currency": "USD"}}]`, s.orgs["DONORS-1"])), "422 not-a-participating-organisation"},
		{grantOf(p, `, "earmark": "area-2"`), "201"},
	} {
		s.ask("sec", "POST", meeting+"/questions", x.body, x.want)
	}
	s.ask("chair", "POST", meeting+"/questions", policyVote, "403 not-permitted")
	s.ask("applicant-recipients-1", "POST", "/proposals/"+p+"/withdrawal", "", "200")
	s.ask("sec", "POST", meeting+"/questions", grantOf(p, ""), "409 proposal-not-decidable")
}

// Two grants at once that the money can bear one of: one is adopted, and the other
// leaves nothing behind.
func TestTwoGrantsAtOnce(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "1500000.00")
	var questions []string
	call := s.openCall()
	for _, state := range []string{"RECIPIENTS-1", "RECIPIENTS-2"} {
		q := s.listed(meeting, grantOf(s.noted(call, state), ""))
		s.ask("chair", "POST", q+"/opening", "", "200")
		questions = append(questions, q)
	}
	status := make([]int, 2)
	s.Gate(t, `LOCK TABLE balances IN EXCLUSIVE MODE`, 2, func() {
		var all sync.WaitGroup
		for i, q := range questions {
			all.Go(func() { status[i] = s.send("chair", "POST", q+"/decision", `{}`).status })
		}
		all.Wait()
	})
	if slices.Sort(status); !slices.Equal(status, []int{201, 409}) {
		t.Errorf("answers %v", status)
	}
	var decisions, programmes, open, approved int
	s.DB.Raw(`SELECT (SELECT count(*) FROM decisions), (SELECT count(*) FROM programmes), (SELECT count(*) FROM questions WHERE state = 'open'),
		(SELECT count(*) FROM proposals WHERE stage = 'approved')`).Row().Scan(&decisions, &programmes, &open, &approved)
	if decisions != 1 || programmes != 1 || open != 1 || approved != 1 {
		t.Errorf("%d decisions, %d programmes, %d open, %d approved", decisions, programmes, open, approved)
	}
	for _, q := range questions {
		if s.ask("chair", "GET", q, "", "200").at("state") == "open" {
			s.ask("chair", "POST", q+"/decision", `{}`, "409 grant-not-covered")
		}
	}
}

// Eight positions of one seat at once are its first to eighth; positions that come
// while the question is closed are in the record or refused.
func TestPositionsAtOnce(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	s.ask("chair", "POST", q+"/opening", "", "200")
	lock := `SELECT id FROM questions FOR UPDATE`
	s.Gate(t, lock, 8, func() {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { s.send("donors-1", "POST", q+"/positions", `{"position": "yes"}`) })
		}
		all.Wait()
	})
	var n, last int
	s.DB.Raw(`SELECT count(*), max(n) FROM positions`).Row().Scan(&n, &last)
	if n != 8 || last != 8 {
		t.Errorf("%d positions up to %d", n, last)
	}
	s.callsTheRest("chair", q) // they may still answer
	var taken, closed int
	s.Gate(t, lock, 8, func() {
		var all sync.WaitGroup
		var mu sync.Mutex
		for _, who := range s.members()[:7] {
			all.Go(func() {
				if s.send(who, "POST", q+"/positions", `{"position": "yes"}`).status == 201 {
					mu.Lock()
					taken++
					mu.Unlock()
				}
			})
		}
		all.Go(func() { closed = s.send("chair", "POST", q+"/decision", `{}`).status })
		all.Wait()
	})
	if closed != 201 {
		t.Fatalf("closing answered %d", closed)
	}
	var record string
	s.DB.Raw(`SELECT count(*) - 8 FROM positions`).Row().Scan(&n)
	s.DB.Raw(`SELECT record FROM decisions`).Row().Scan(&record)
	if n != taken || strings.Count(record, `"recorded_by"`) != 8+taken {
		t.Errorf("%d were taken, %d kept, %d are in the record", taken, n, strings.Count(record, `"recorded_by"`)-8)
	}
}
