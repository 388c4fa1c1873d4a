package api

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A concept note from draft to a screened submission, with everybody who has no
// part in it standing beside.
func TestAConceptNoteIsWrittenEndorsedSubmittedAndScreened(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("ana", "applicant", "IOM", "un")
	s.person("eve", "applicant", "ILO", "un")
	s.person("fara", "focal-point", "QM", "state")
	s.person("foe", "focal-point", "QN", "state")
	s.person("max", "member", "XD", "state")
	s.person("aud", "auditor", "OIOS", "un")
	s.person("adm", "administrator", "IOM", "un")

	// A draft may be empty, and is its own people's.
	r := s.ask("ana", "POST", call+"/proposals", `{}`, "201")
	p := "/proposals/" + r.at("id")
	if r.at("ref") != "P-2026-001" || r.at("stage") != "draft" || r.at("may") != "[proposal.save proposal.withdraw]" {
		t.Errorf("the draft: %s", r.raw)
	}
	s.ask("fara", "GET", p, "", "404 not-found") // it names no state yet
	s.ask("", "GET", p, "", "401 sign-in-first")
	s.ask("adm", "GET", p, "", "403 not-permitted")

	// Saving: whole, against the version that was read.
	note := s.note("QM")
	s.ask("ana", "PUT", p, text(note), "428 say-which-version")
	s.ask("eve", "PUT", p, text(note), "404 not-found", ifMatch(r.tag()))
	s.ask("ana", "PUT", p, text(note), "412 changed-since", ifMatch(`"7"`))
	r = s.ask("ana", "PUT", p, text(note), "200", ifMatch(r.tag()))
	s.ask("ana", "PUT", p, text(note), "412 changed-since", ifMatch(`"1"`))
	if r.at("amount", "amount") != "1000000.00" || r.at("endorsed") != "false" {
		t.Errorf("saved: %s", r.raw)
	}
	for who, want := range map[string]string{"ana": "200", "fara": "200", "aud": "200", "eve": "404 not-found",
		"foe": "404 not-found", "max": "404 not-found", "sec": "404 not-found"} {
		s.ask(who, "GET", p, "", want)
		listed := len(s.ask(who, "GET", "/proposals", "", "200").List())
		if (want == "200") != (listed == 1) {
			t.Errorf("%s sees %d in the list", who, listed)
		}
	}

	// What is missing is told without a submission being tried, to its own people.
	lacks := s.ask("ana", "GET", p+"/lacks", "", "200")
	if got := lacks.at("lacks"); !strings.Contains(got, "not-endorsed") || strings.Contains(got, "required") {
		t.Errorf("what it lacks: %s", lacks.raw)
	}
	s.ask("eve", "GET", p+"/lacks", "", "404 not-found")

	// The endorsement is of this content, by this state.
	s.ask("ana", "POST", p+"/submission", "", "409 not-endorsed")
	s.ask("foe", "POST", p+"/endorsement", `{}`, "404 not-found", ifMatch(r.tag()))
	s.ask("ana", "POST", p+"/endorsement", `{}`, "403 not-permitted", ifMatch(r.tag()))
	s.ask("fara", "POST", p+"/endorsement", `{}`, "412 changed-since", ifMatch(`"1"`))
	read := r.tag()
	r = s.ask("fara", "POST", p+"/endorsement", `{"note":"NV 12/2026"}`, "200", ifMatch(read))
	s.ask("fara", "POST", p+"/endorsement", `{}`, "409 already-endorsed", ifMatch(r.tag()))
	// Ana was writing meanwhile, and loses no race: nobody else has changed a word. What she
	// saves is other content, which is not endorsed; and it is not endorsed unread.
	note["title"] = "Fair recruitment"
	r = s.ask("ana", "PUT", p, text(note), "200", ifMatch(read))
	s.ask("fara", "POST", p+"/endorsement", `{}`, "412 changed-since", ifMatch(read))
	if r.at("endorsed") != "false" || r.at("endorsement", "of_this_content") != "false" {
		t.Errorf("a change leaves it endorsed: %s", r.raw)
	}
	s.ask("ana", "POST", p+"/submission", "", "409 not-endorsed")
	r = s.ask("fara", "POST", p+"/endorsement", `{}`, "200", ifMatch(r.tag()))
	r = s.ask("ana", "GET", p, "", "200")
	if r.at("may") != "[proposal.save proposal.submit proposal.withdraw]" || r.at("endorsed") != "true" {
		t.Errorf("endorsed: %s", r.raw)
	}

	// Submission: a receipt, once, however often it is asked.
	s.ask("ana", "POST", p+"/submission", "", "428 idempotency-key-required", key(""))
	s.ask("eve", "POST", p+"/submission", "", "404 not-found")
	s.ask("fara", "POST", p+"/submission", "", "403 not-permitted")
	receipt := s.ask("ana", "POST", p+"/submission", "", "201", key("once"))
	if receipt.at("receipt") != "CALL-2026-01/P-2026-001/1" || receipt.at("at") != "2026-03-02T09:00:00Z" {
		t.Errorf("the receipt: %s", receipt.raw)
	}
	again := s.ask("ana", "POST", p+"/submission", "", "201", key("once"))
	if string(again.raw) != string(receipt.raw) {
		t.Errorf("asked twice: %s and %s", receipt.raw, again.raw)
	}
	s.ask("ana", "POST", p+"/submission", "", "409 wrong-stage")
	s.ask("ana", "PUT", p, text(note), "409 wrong-stage", ifMatch(s.ask("ana", "GET", p, "", "200").tag()))
	frozen := s.ask("max", "GET", p+"/versions/1", "", "200")
	if sum := sha256.Sum256(frozen.raw); hex.EncodeToString(sum[:]) != receipt.at("hash") {
		t.Errorf("the hash of %s is not %s", frozen.raw, receipt.at("hash"))
	}
	s.ask("max", "GET", p+"/versions/2", "", "404 not-found")
	s.ask("eve", "GET", p+"/versions/1", "", "404 not-found")

	// Screening gives it back; it is mended out of sight and submitted again.
	s.ask("ana", "POST", p+"/screening", allMet(1), "403 not-permitted")
	s.ask("sec", "POST", p+"/screening", `{"version":1,"outcome":"returned","reason":" "}`, "422 required")
	s.ask("sec", "POST", p+"/screening", `{"version":1,"outcome":"approved"}`, "422 unknown-value")
	s.ask("sec", "POST", p+"/screening", `{"version":1,"outcome":"returned","reason":"Say who recruits."}`, "200")
	s.ask("sec", "POST", p+"/screening", allMet(1), "409 wrong-stage")
	if due := s.ask("ana", "GET", p, "", "200").at("due"); due != "2026-04-01T22:00:00Z" {
		t.Errorf("it is to be back before %s", due)
	}
	s.days(40) // the call has closed, and it was to be back in 30
	note["title"], note["area"] = "Fair recruitment by whom", "area-5"
	r = s.ask("ana", "PUT", p, text(note), "200", ifMatch(s.ask("ana", "GET", p, "", "200").tag()))
	if seen := s.ask("max", "GET", p, "", "200"); seen.at("title") != "Fair recruitment" {
		t.Errorf("a member sees what is being mended: %s", seen.raw)
	}
	if line := s.ask("max", "GET", "/proposals?area=area-2&stage=returned", "", "200").List(); len(line) != 1 || line[0]["title"] != "Fair recruitment" {
		t.Errorf("so does the list: %v", line)
	}
	note["area"] = "area-2"
	r = s.ask("ana", "PUT", p, text(note), "200", ifMatch(r.tag()))
	s.ask("ana", "POST", p+"/submission", "", "409 not-endorsed")
	s.ask("fara", "POST", p+"/endorsement", `{}`, "200", ifMatch(r.tag()))
	second := s.ask("ana", "POST", p+"/submission", "", "201")
	if second.at("receipt") != "CALL-2026-01/P-2026-001/2" || second.at("late") != "true" || receipt.at("late") != "false" {
		t.Errorf("the second receipt: %s", second.raw)
	}
	if old := s.ask("ana", "POST", p+"/submission", "", "201", key("once")); old.at("receipt") != receipt.at("receipt") {
		t.Errorf("the first key now answers %s", old.raw)
	}
	s.ask("sec", "POST", p+"/screening", allMet(2), "200")

	// Withdrawn, it is over; and what was submitted stays.
	s.ask("eve", "POST", p+"/withdrawal", "", "404 not-found")
	r = s.ask("ana", "POST", p+"/withdrawal", "", "200")
	if r.at("may") != "[]" {
		t.Errorf("withdrawn, and yet: %s", r.at("may"))
	}
	s.ask("ana", "POST", p+"/withdrawal", "", "409 wrong-stage")
	s.ask("max", "GET", p+"/versions/2", "", "200")
}

// Everything that stands in the way of a submission is told at once, each at its
// field.
func TestWhatADraftLacksIsToldAtOnce(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("ana", "applicant", "IOM", "un")
	s.org("QM", "state")
	fields := func(note map[string]any) string {
		r := s.ask("ana", "POST", call+"/proposals", text(note), "201")
		refused := s.send("ana", "POST", "/proposals/"+r.at("id")+"/submission", "")
		if refused.status < 400 {
			t.Fatalf("taken: %s", refused.raw)
		}
		list, _ := refused.JSON()["errors"].([]any)
		if list == nil {
			return refused.at("field") + " " + refused.at("code")
		}
		var all []string
		for _, e := range list {
			m := e.(map[string]any)
			all = append(all, fmt.Sprint(m["field"], " ", m["code"]))
		}
		return strings.Join(all, ", ")
	}
	with := func(change func(map[string]any)) map[string]any { n := s.note("QM"); change(n); return n }
	share := func(org, kind, amount string) map[string]any {
		return map[string]any{"organisation": s.org(org, kind), "amount": map[string]string{"amount": amount, "currency": "USD"}}
	}
	for name, c := range map[string]struct {
		note map[string]any
		want string
	}{
		"nothing": {map[string]any{}, "/title required, /summary required, /state required, /area required, /objectives required, " +
			"/markers/human-rights required, /markers/gender required, /markers/child required, /shares required"},
		"all but the state's word": {s.note("QM"), "/state not-endorsed"},
		"another area's objective, an unknown step, a marker without a reason, one too many": {with(func(n map[string]any) {
			n["objectives"] = []int{2, 4}
			n["markers"] = map[string]any{"gender": map[string]string{"code": "9", "reason": "x"}, "child": map[string]string{"code": "1"},
				"human-rights": map[string]string{"code": "1", "reason": "x"}, "climate": map[string]string{"code": "1", "reason": "x"}}
		}), "/objectives/1 objective-of-another-area, /markers/climate unknown-value, /markers/gender/code unknown-value, /markers/child/reason required, /state not-endorsed"},
		"an agency for a state, a state among the agencies, one twice, nothing asked, too little": {with(func(n map[string]any) {
			n["state"] = s.org("IOM", "un")
			n["shares"] = []any{share("QM", "state", "1.00"), share("ILO", "un", "0.00"), share("ILO", "un", "2.00"), map[string]any{}}
		}), "/state not-a-state, /shares/0/organisation not-a-un-organisation, /shares/1/amount amount-not-positive, /shares/2/organisation organisation-named-twice, " +
			"/shares/3/organisation required, /shares/3/amount required, /shares amount-below-minimum, /state not-endorsed"},
		"a cent too much, too long a title": {with(func(n map[string]any) {
			n["title"] = strings.Repeat("é", 201)
			n["shares"] = []any{share("ILO", "un", "5000000.01")}
		}), "/title too-long, /shares amount-above-maximum, /state not-endorsed"},
		"an unknown area": {with(func(n map[string]any) { n["area"] = "area-9" }), "/area unknown-value, /state not-endorsed"},
	} {
		if got := fields(c.note); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}

	// What could not be kept is refused when it is saved, and nothing else is.
	for body, want := range map[string]string{
		`{"state":"QM"}`: "422 unknown-value",
		`{"state":"6b1b36cb-0000-4000-8000-000000000000"}`: "422 unknown-value",
		`{"objectives":[24]}`:                              "422 unknown-value",
		`{"language":"de"}`:                                "422 unknown-value",
		`{"title":"a\u0000b"}`:                             "422 hidden-characters",
		`{"stage":"approved"}`:                             "422 unknown-member",
		`{"shares":[{"organisation":null,"amount":{"amount":"1e9","currency":"USD"}}]}`: "422 bad-amount",
		`{"shares":[{"amount":{"amount":"1.001","currency":"USD"}}]}`:                   "422 too-many-decimals",
		`{"shares":[{"amount":{"amount":"1.00","currency":"EUR"}}]}`:                    "409 other-currency",
		`{"shares":[{"amount":{"amount":"-1.00","currency":"USD"}}]}`:                   "422 amount-not-positive",
		`{"shares":[{"organisation":null,"amount":null}],"area":"not yet known"}`:       "201",
	} {
		s.ask("ana", "POST", call+"/proposals", body, want)
	}
}

// The last microsecond is in time, the closing instant is not; and what cannot be
// mended is said alone.
func TestTheDeadlineIsAnInstant(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("ana", "applicant", "IOM", "un")
	s.person("fara", "focal-point", "QM", "state")
	draft := func() string {
		r := s.ask("ana", "POST", call+"/proposals", text(s.note("QM")), "201")
		p := "/proposals/" + r.at("id")
		s.ask("fara", "POST", p+"/endorsement", `{}`, "200", ifMatch(r.tag()))
		return p
	}
	first, late, empty := draft(), draft(), "/proposals/"+s.ask("ana", "POST", call+"/proposals", `{}`, "201").at("id")
	closes := start.AddDate(0, 0, 30)
	s.Clock.Set(closes.Add(-time.Microsecond))
	s.ask("ana", "POST", first+"/submission", "", "201")
	s.Clock.Set(closes)
	s.ask("ana", "POST", late+"/submission", "", "409 call-closed")
	s.ask("ana", "POST", empty+"/submission", "", "409 call-closed")
	s.ask("ana", "POST", call+"/proposals", `{}`, "409 call-closed")
	if r := s.ask("ana", "GET", late, "", "200"); strings.Contains(r.at("may"), "proposal.submit") {
		t.Errorf("too late, and yet: %s", r.at("may"))
	}
	s.Clock.Set(start.Add(-time.Microsecond))
	s.ask("ana", "POST", call+"/proposals", `{}`, "409 call-not-open")
}

// Eight submissions of one proposal at once: one version, one receipt.
func TestEightSubmissionsAtOnce(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("ana", "applicant", "IOM", "un")
	s.person("fara", "focal-point", "QM", "state")
	r := s.ask("ana", "POST", call+"/proposals", text(s.note("QM")), "201")
	p := "/proposals/" + r.at("id")
	s.ask("fara", "POST", p+"/endorsement", `{}`, "200", ifMatch(r.tag()))
	var taken, refused atomic.Int64
	s.Gate(t, `LOCK TABLE proposals IN EXCLUSIVE MODE`, 8, func() {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				switch r := s.send("ana", "POST", p+"/submission", ""); r.status {
				case 201:
					taken.Add(1)
				case 409:
					refused.Add(1)
				default:
					t.Errorf("%d %s", r.status, r.raw)
				}
			})
		}
		all.Wait()
	})
	var versions int
	must(t, s.DB.Raw(`SELECT count(*) FROM proposal_versions`).Row().Scan(&versions))
	if taken.Load() != 1 || refused.Load() != 7 || versions != 1 {
		t.Errorf("%d taken, %d refused, %d versions", taken.Load(), refused.Load(), versions)
	}
}

// A list is read page by page, and tells nobody of what is out of reach.
func TestProposalsAreListedPageByPage(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	for _, state := range []string{"QM", "QN", "QO"} {
		s.submitted(call, state)
	}
	s.person("ana", "applicant", "IOM", "un")
	s.ask("ana", "POST", call+"/proposals", `{}`, "201")
	s.person("max", "member", "XD", "state")
	var refs []string
	path := "/proposals?limit=2&call=" + strings.TrimPrefix(call, "/calls/")
	for path != "" {
		r := s.ask("max", "GET", path, "", "200")
		for _, p := range r.List() {
			refs = append(refs, p["ref"].(string))
		}
		next, _, more := strings.Cut(strings.TrimPrefix(r.header.Get("Link"), "</api/v1"), ">")
		if path = ""; more {
			path = next
		}
	}
	if strings.Join(refs, " ") != "P-2026-001 P-2026-002 P-2026-003" {
		t.Errorf("listed: %v", refs)
	}
	s.ask("max", "GET", "/proposals?limit=0", "", "422 malformed")
	s.ask("max", "GET", "/proposals?limit=201", "", "422 malformed")
	s.ask("max", "GET", "/proposals?stage=lost", "", "422 unknown-value")
	for who, want := range map[string]int{"applicant-qn": 1, "focal-qo": 1, "ana": 1, "sec": 3} {
		if n := len(s.ask(who, "GET", "/proposals", "", "200").List()); n != want {
			t.Errorf("%s sees %d, want %d", who, n, want)
		}
	}
}
