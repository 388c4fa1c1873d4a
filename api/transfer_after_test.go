package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// sentTransfer is a transfer of 40,000 to IOM that was sent, out of 100,000.
func (s *story) sentTransfer() (jp, path string, r reply) {
	s.t.Helper()
	s.committed("2000000.00")
	id := s.programme("JP-1", map[string]string{"IOM": "100000.00"})
	s.mou("IOM")
	r = s.request(id, "IOM", "40000.00")
	path = "/transfer-requests/" + r.at("id")
	r = s.hands(path, r, [2]string{"cora", "signature"}, [2]string{"pia", "preparation"}, [2]string{"rolf", "release"})
	return "/programmes/" + id.String(), path, s.ask("pia", "POST", path+"/sending", `{"sent_on":"2026-03-02"}`, "200", ifMatch(r.tag()))
}

func (s *story) hands(path string, r reply, steps ...[2]string) reply {
	s.t.Helper()
	for _, step := range steps {
		r = s.ask(step[0], "POST", path+"/"+step[1], "", "200", ifMatch(r.tag()))
	}
	return r
}

// The organisation says what came; the agent is told of a difference.
func TestATransferIsAcknowledged(t *testing.T) {
	s := agency(t)
	_, path, r := s.sentTransfer()
	due := r.at("acknowledge_by")
	if due != "2026-03-16" {
		t.Errorf("acknowledged by %s", due)
	}
	if got := s.tasksOf("otto"); !strings.Contains(got, "transfer.acknowledge") {
		t.Errorf("its task: %s", got)
	}
	say := func(on, amount string) string {
		return fmt.Sprintf(`{"received_on":%q,"amount":%s,"note":"Bank charge"}`, on, usd(amount))
	}
	s.ask("olga", "POST", path+"/acknowledgement", say("2026-03-02", "40000.00"), "404 not-found", ifMatch(r.tag()))
	s.ask("pia", "POST", path+"/acknowledgement", say("2026-03-02", "40000.00"), "403 not-permitted", ifMatch(r.tag()))
	s.ask("otto", "POST", path+"/acknowledgement", say("2026-03-01", "40000.00"), "422 before-it-was-sent", ifMatch(r.tag()))
	s.ask("otto", "POST", path+"/acknowledgement", say("2027-03-01", "40000.00"), "422 day-in-the-future", ifMatch(r.tag()))
	s.ask("otto", "POST", path+"/acknowledgement", say("2026-03-02", "0.00"), "422 amount-not-positive", ifMatch(r.tag()))
	r = s.ask("otto", "POST", path+"/acknowledgement", say("2026-03-02", "39975.00"), "200", ifMatch(r.tag()))
	if r.at("stage") != "acknowledged" || r.at("receipt", "difference", "amount") != "25.00" || r.at("receipt", "by", "name") != "otto" {
		t.Errorf("%s", r.raw)
	}
	s.wasToldOf("pia", "transfer-differs")
	s.ask("otto", "POST", path+"/acknowledgement", say("2026-03-02", "39975.00"), "409 wrong-transfer-stage", ifMatch(r.tag()))
	s.ask("pia", "POST", path+"/return", `{"returned_on":"2026-03-02","reason":"No"}`, "409 wrong-transfer-stage", ifMatch(r.tag()))
	if got := s.tasksOf("otto"); strings.Contains(got, "transfer.acknowledge") {
		t.Errorf("its task stays: %s", got)
	}
	s.allHolds()
}

// What the bank returns is allocated again, and no refund; it goes out again through two
// people, or is given up.
func TestATransferComesBack(t *testing.T) {
	s := agency(t)
	jp, path, r := s.sentTransfer()
	first := r.at("transfer_voucher")
	s.holds(map[string]string{"fund:allocated:JP-1:IOM": "60000.00"})
	s.ask("sven", "POST", path+"/return", `{"returned_on":"2026-03-02","reason":"x"}`, "403 not-permitted", ifMatch(r.tag()))
	s.ask("pia", "POST", path+"/return", `{"returned_on":"2026-03-02","reason":" "}`, "422 required", ifMatch(r.tag()))
	s.ask("pia", "POST", path+"/return", `{"returned_on":"2026-03-01","reason":"Closed"}`, "422 before-it-was-sent", ifMatch(r.tag()))
	r = s.ask("pia", "POST", path+"/return", `{"returned_on":"2026-03-02","reason":"The account is closed."}`, "200", ifMatch(r.tag()))
	s.holds(map[string]string{"fund:allocated:JP-1:IOM": "100000.00", "fund:in-transit:JP-1:IOM": "0.00"})
	if r.at("stage") != "returned" || r.at("transfer_voucher") != "<nil>" && r.at("transfer_voucher") != "" || !strings.Contains(string(r.raw), "The account is closed.") {
		t.Errorf("%s", r.raw)
	}
	s.wasToldOf("otto", "transfer-returned")
	s.wasToldOf("sven", "transfer-returned")
	books := string(s.ask("", "GET", jp+"/books", "", "200").raw)
	if strings.Contains(books, "refunded") || !strings.Contains(books, `"transferred":{"amount":"0.00"`) || !strings.Contains(books, `"amount":"-40000.00"`) {
		t.Errorf("in the books: %s", books)
	}
	// It counts against what is allocated as long as it may go out again.
	s.ask("sven", "POST", jp+"/transfer-requests", fmt.Sprintf(`{"organisation":%q,"amount":%s}`, s.orgs["IOM"], usd("60000.01")), "409 above-allocation")
	r = s.hands(path, r, [2]string{"pia", "preparation"}, [2]string{"rolf", "release"})
	r = s.ask("pia", "POST", path+"/sending", `{"sent_on":"2026-03-02"}`, "200", ifMatch(r.tag()))
	if r.at("transfer_voucher") == first {
		t.Error("it went out by the same voucher")
	}
	r = s.ask("rolf", "POST", path+"/return", `{"returned_on":"2026-03-02","reason":"Again."}`, "200", ifMatch(r.tag()))
	if n := len(r.JSON()["tries"].([]any)); n != 2 {
		t.Errorf("%d tries", n)
	}
	r = s.ask("sven", "POST", path+"/withdrawal", "", "200", ifMatch(r.tag()))
	s.holds(map[string]string{"fund:allocated:JP-1:IOM": "100000.00"})
	s.ask("pia", "POST", path+"/preparation", "", "409 wrong-transfer-stage", ifMatch(r.tag()))
	s.allHolds()
}

// A payment that comes back to a programme that was cancelled meanwhile is available again.
func TestATransferComesBackToWhatWasCancelled(t *testing.T) {
	s, meeting := bodyOf13(t)
	jp := s.joint(meeting)
	s.mou("IOM")
	s.paid(jp, "IOM", "300000.00")
	x := s.ask("sec", "POST", jp+"/change-requests", changeOf("cancellation", ""), "201")
	s.adopt(meeting, revisionOf(x.at("id")))
	free := s.held("fund:available:area-2")
	r := s.ask("pia", "GET", "/transfer-requests", "", "200").List()[0]
	path := "/transfer-requests/" + r["id"].(string)
	back := s.ask("pia", "POST", path+"/return", fmt.Sprintf(`{"returned_on":%q,"reason":"Closed."}`, s.Clock.Now().Format("2006-01-02")), "200", ifMatch(s.ask("pia", "GET", path, "", "200").tag()))
	if back.at("stage") != "withdrawn" || s.held("fund:available:area-2") == free {
		t.Errorf("%s, area-2 had %s", back.at("stage"), free)
	}
	s.allHolds()
}

// A release is taken back before it is sent, and given again by other steps.
func TestAReleaseIsTakenBack(t *testing.T) {
	s := agency(t)
	s.committed("1000.00")
	jp := s.programme("JP-1", map[string]string{"IOM": "100.00"})
	s.mou("IOM")
	r := s.request(jp, "IOM", "40.00")
	path := "/transfer-requests/" + r.at("id")
	r = s.hands(path, r, [2]string{"cora", "signature"}, [2]string{"pia", "preparation"}, [2]string{"rolf", "release"})
	s.ask("pia", "POST", path+"/release-reversal", `{"reason":"x"}`, "403 not-permitted", ifMatch(r.tag()))
	s.ask("rolf", "POST", path+"/release-reversal", `{"reason":""}`, "422 required", ifMatch(r.tag()))
	s.holds(map[string]string{"fund:in-transit:JP-1:IOM": "40.00"})
	r = s.ask("rolf", "POST", path+"/release-reversal", `{"reason":"Wrong account."}`, "200", ifMatch(r.tag()))
	s.holds(map[string]string{"fund:in-transit:JP-1:IOM": "0.00", "fund:allocated:JP-1:IOM": "100.00"})
	s.ask("rolf", "POST", path+"/release", "", "409 not-prepared", ifMatch(r.tag()))
	r = s.hands(path, r, [2]string{"pia", "preparation"}, [2]string{"rolf", "release"})
	s.ask("pia", "POST", path+"/sending", `{"sent_on":"2026-03-02"}`, "200", ifMatch(r.tag()))
	s.allHolds()
}

// From the charter's amount on two release, and neither prepared it.
func TestALargeTransferIsReleasedByTwo(t *testing.T) {
	s := agency(t)
	s.person("rosa", "agent-releaser", "AGENT", "agent")
	s.hat("piar", "pia", "agent-releaser", "AGENT")
	s.committed("4000000.00")
	jp := s.programme("JP-1", map[string]string{"IOM": "3000000.00"})
	s.mou("IOM")
	small := s.request(jp, "IOM", "999999.99")
	small = s.hands("/transfer-requests/"+small.at("id"), small, [2]string{"cora", "signature"}, [2]string{"pia", "preparation"}, [2]string{"rolf", "release"})
	if small.at("stage") != "released" || small.at("two_releasers") != "false" {
		t.Errorf("%s", small.raw)
	}
	r := s.request(jp, "IOM", "1000000.00")
	path := "/transfer-requests/" + r.at("id")
	r = s.hands(path, r, [2]string{"cora", "signature"}, [2]string{"pia", "preparation"}, [2]string{"rolf", "release"})
	if r.at("stage") != "prepared" || r.at("release_begun", "name") != "rolf" || strings.Contains(string(r.raw), `"may":["transfer.release"`) {
		t.Errorf("after the first: %s", r.raw)
	}
	s.holds(map[string]string{"fund:in-transit:JP-1:IOM": "999999.99"})
	s.wasToldOf("rosa", "transfer-to-release")
	s.ask("rolf", "POST", path+"/release", "", "403 released-by-one-already", ifMatch(r.tag()))
	s.ask("piar", "POST", path+"/release", "", "403 released-by-its-preparer", ifMatch(r.tag()))
	got := s.atOnce(2, `LOCK TABLE transfer_requests IN EXCLUSIVE MODE`, func(int) reply {
		return s.send("rosa", "POST", path+"/release", "", ifMatch(r.tag()))
	})
	if got[http.StatusOK] != 1 || got[http.StatusPreconditionFailed] != 1 {
		t.Errorf("%v", got)
	}
	for _, c := range []struct{ code, breaks, mends string }{
		{"large-transfers-have-two-releasers", "UPDATE transfer_requests SET release_begun_by = NULL WHERE amount = 1000000", "UPDATE transfer_requests SET release_begun_by = '" + s.ids["rolf"].String() + "' WHERE amount = 1000000"},
	} {
		s.breaks(c.code, c.breaks, c.mends)
	}
	// The database keeps three people apart whatever the program does.
	if err := s.DB.Exec(`UPDATE transfer_requests SET release_begun_by = released_by WHERE amount = 1000000`).Error; err == nil || !strings.Contains(err.Error(), "three_hands_release") {
		t.Errorf("two hands: %v", err)
	}
	s.allHolds()
}
