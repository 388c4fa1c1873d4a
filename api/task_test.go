package api

import (
	"slices"
	"strings"
	"testing"
)

// waits lists "kind ref" of what waits on somebody, in the order shown.
func (s *story) waits(who string) []string {
	s.t.Helper()
	list := []string{}
	for _, x := range s.ask(who, "GET", "/tasks", "", "200").JSON()["tasks"].([]any) {
		task := x.(map[string]any)
		list = append(list, task["kind"].(string)+" "+task["ref"].(string))
	}
	return list
}

func (s *story) waitsOn(who string, want ...string) {
	s.t.Helper()
	if got := s.waits(who); !slices.Equal(got, want) {
		s.t.Errorf("on %s waits %v, not %v", who, got, want)
	}
}

// A draft waits on its authors until the call closes, a submission on the
// secretariat, an eligible proposal on each member who may score it, until scored.
func TestAProposalWaitsOnOneAfterAnother(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	for _, org := range []string{"QMM", "QMN", "QMX"} {
		s.person("member-"+strings.ToLower(org), "member", org, "state")
		s.seat(org, "recipients")
	}
	s.person("adviser-qmm", "member/adviser", "QMM", "state")
	s.person("member-of-nothing", "member", "QNZ", "state")
	s.person("ana", "applicant", "ORG-A", "un")
	s.person("ben", "applicant", "ORG-B", "un")
	s.person("fay", "focal-point", "QMX", "state")
	s.org("UNICEF", "un")

	r := s.ask("ana", "POST", call+"/proposals", text(s.note("QMX", "UNICEF 400000.00")), "201")
	ref := r.at("ref")
	s.waitsOn("ana", "proposal.finish "+ref)
	s.waitsOn("fay", "proposal.endorse "+ref)
	for _, who := range []string{"ben", "sec", "member-qmm"} {
		s.waitsOn(who)
	}
	task := s.ask("ana", "GET", "/tasks", "", "200").JSON()["tasks"].([]any)[0].(map[string]any)
	if task["act"] != "proposal.save" || task["due"] == nil || task["path"] != "/proposals/"+r.at("id") {
		t.Errorf("the draft: %v", task)
	}
	path := "/proposals/" + r.at("id")
	s.ask("fay", "POST", path+"/endorsement", `{"note":""}`, "200", ifMatch(r.tag()))
	s.waitsOn("fay")
	if act := s.ask("ana", "GET", "/tasks", "", "200").JSON()["tasks"].([]any)[0].(map[string]any)["act"]; act != "proposal.submit" {
		t.Errorf("an endorsed draft waits for %v", act)
	}
	s.ask("ana", "POST", path+"/submission", "", "201")
	s.waitsOn("ana")
	s.waitsOn("sec", "proposal.screen "+ref)
	s.waitsOn("member-qmm")
	s.ask("sec", "POST", path+"/screening", allMet(1), "200")
	s.waitsOn("sec")
	s.waitsOn("member-qmm", "proposal.score "+ref)
	for _, who := range []string{"member-qmx", "adviser-qmm", "member-of-nothing"} { // own state; reads only; no seat
		s.waitsOn(who)
	}
	s.ask("member-qmm", "POST", path+"/scores", points(4), "201")
	s.waitsOn("member-qmm")
	s.waitsOn("member-qmn", "proposal.score "+ref)

	s.ask("ben", "POST", call+"/proposals", text(s.note("QMX", "UNICEF 400000.00")), "201")
	s.waitsOn("ben", "proposal.finish P-2026-002")
	s.days(400) // the call has closed
	s.waitsOn("ben")
	s.waitsOn("fay")
	s.ask("", "GET", "/tasks", "", "401 sign-in-first")
}

// An open question waits on the seats that have not spoken, and on whoever
// presides; on nobody who is out of it.
func TestAQuestionWaitsOnWhoHasNotSpoken(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "1000000.00")
	q := s.listed(meeting, grantOf(s.noted(s.openCall(), "RECIPIENTS-1", "NETWORK-1 600000.00", "UNICEF 400000.00"), ""))
	decides := func(who string) []string {
		return slices.DeleteFunc(s.waits(who), func(x string) bool { return !strings.HasPrefix(x, "decision.") })
	}
	if got := decides("donors-1"); len(got) != 0 {
		t.Errorf("before it is put: %v", got)
	}
	s.ask("chair", "POST", q+"/opening", "", "200")
	if got := decides("donors-1"); !slices.Equal(got, []string{"decision.position M-2026-01/1"}) {
		t.Errorf("once it is put: %v", got)
	}
	for _, who := range []string{"recipients-1", "network-1", "network-2"} {
		if got := decides(who); len(got) != 0 {
			t.Errorf("on %s, who is recused: %v", who, got)
		}
	}
	if got := decides("chair"); !slices.Equal(got, []string{"decision.announce M-2026-01/1"}) {
		t.Errorf("on the chair: %v", got)
	}
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	if got := decides("donors-1"); len(got) != 0 {
		t.Errorf("once she has spoken: %v", got)
	}
}

// A transfer waits on one hand at a time.
func TestATransferWaitsOnOneHandAtATime(t *testing.T) {
	s := agency(t)
	s.committed("1000000.00")
	jp := s.programme("MIG-JP-2026-001", map[string]string{"IOM": "700000.00"})
	s.mou("IOM")
	s.waitsOn("sven", "transfer.request MIG-JP-2026-001")
	s.hat("pia-releases", "pia", "agent-releaser", "AGENT")
	r := s.request(jp, "IOM", "490000.00")
	path, ref := "/transfer-requests/"+r.at("id"), r.at("ref")
	at := func(step string, want map[string]string) {
		for _, who := range []string{"sven", "cora", "pia", "rolf", "pia-releases", "otto", "aude"} {
			list := []string{}
			if task := want[who]; strings.Contains(task, " ") {
				list = append(list, task)
			} else if task != "" {
				list = append(list, task+" "+ref)
			}
			if got := s.waits(who); !slices.Equal(got, list) {
				t.Errorf("%s: on %s waits %v, not %v", step, who, got, list)
			}
		}
	}
	at("requested", map[string]string{"cora": "transfer.sign"})
	r = s.ask("cora", "POST", path+"/signature", "", "200", ifMatch(r.tag()))
	at("signed", map[string]string{"pia": "transfer.prepare"})
	r = s.ask("pia", "POST", path+"/preparation", "", "200", ifMatch(r.tag()))
	at("prepared", map[string]string{"rolf": "transfer.release"}) // not on pia under another hat
	r = s.ask("rolf", "POST", path+"/release", "", "200", ifMatch(r.tag()))
	at("released", map[string]string{"pia": "transfer.send", "rolf": "transfer.send", "pia-releases": "transfer.send"})
	s.ask("rolf", "POST", path+"/sending", `{"sent_on":"2026-03-02"}`, "200", ifMatch(r.tag()))
	at("sent", map[string]string{"sven": "programme.start MIG-JP-2026-001", "otto": "transfer.acknowledge"}) // the first transfer begins it
}

// A meeting waits on the Chair from a day before its time.
func TestAMeetingWaitsToBeOpened(t *testing.T) {
	s := newStory(t)
	s.person("sec", "secretariat", "IOM", "un")
	s.person("chair", "coordinator", "IOM", "un")
	m := s.ask("sec", "POST", "/meetings", `{"title": "Third meeting", "starts_at": "2026-03-04T09:00:00Z"}`, "201")
	s.waitsOn("chair")
	s.days(1)
	s.waitsOn("chair", "meeting.open "+m.at("ref"))
	s.waitsOn("sec")
	s.ask("chair", "POST", "/meetings/"+m.at("id")+"/opening", "", "200")
	s.waitsOn("chair")
}
