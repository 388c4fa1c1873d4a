package api

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"startupfund/store/storetest"
)

// heldUp runs what somebody says, held up on its way once its clock is read, and then what
// closes the question at a later instant: both stand waiting before the first goes on.
func (s *story) heldUp(who, path, said string, later func(), close func()) (status int) {
	s.t.Helper()
	door := fmt.Sprintf(`INSERT INTO idempotency_keys (person, key, hash, at) VALUES ('%s', 'held-up', '\x00', now())`, s.ids[who])
	s.Gate(s.t, door, 2, func() {
		var both sync.WaitGroup
		both.Go(func() { status = s.send(who, "POST", path, said, key("held-up")).status })
		storetest.Eventually(s.t, func() (waits bool) {
			must(s.t, s.DB.Raw(`SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')`).Row().Scan(&waits))
			return waits
		})
		later()
		both.Go(close)
		both.Wait()
	})
	return status
}

// An objection of the last second is kept and counts, though the Chair announces a second
// later and the machine comes to her first.
func TestAnObjectionOfTheLastSecondIsHeard(t *testing.T) {
	s, _ := bodyOf13(t)
	q := s.circulated(inWriting)
	s.ask("chair", "POST", q+"/opening", "", "200")
	end := s.endOf(q)
	s.clockAt(end, -time.Second)
	var announced reply
	said := s.heldUp("donors-2", q+"/positions", objects, func() { s.clockAt(end, time.Second) }, func() { announced = s.send("chair", "POST", q+"/decision", `{}`) })
	if said != 201 || announced.at("code") != "standing-objection" {
		t.Fatalf("the objection was answered %d, the announcement %s", said, announced.raw)
	}
	if r := s.ask("chair", "GET", q, "", "200"); r.at("state") != "open" {
		t.Errorf("the question is %s", r.at("state"))
	}

	// One that comes after the end is late, and holds nothing up.
	s.ask("donors-3", "POST", q+"/positions", objects, "201")
	s.ask("chair", "POST", q+"/ladder", `{"text": "The Principals meet."}`, "200")
}

// Nor does it go up the ladder past what was said in time.
func TestTheLadderHearsTheLastSecond(t *testing.T) {
	s, _ := bodyOf13(t)
	q := s.circulated(inWriting)
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", objects, "201")
	end := s.endOf(q)
	s.clockAt(end, -time.Second)
	var up reply
	said := s.heldUp("donors-1", q+"/positions", `{"position": "agree"}`, func() { s.clockAt(end, time.Second) },
		func() { up = s.send("chair", "POST", q+"/ladder", `{"text": "The Principals meet."}`) })
	if said != 201 || up.status != 409 {
		t.Errorf("lifting was answered %d, the ladder %s", said, up.raw)
	}
	s.ask("chair", "POST", q+"/decision", `{}`, "201")
}

// A capital that refuses in the last second takes the consensus away, though the Chair
// concludes a second later and the machine comes to her first.
func TestACapitalOfTheLastSecondIsHeard(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.under(meeting, "/body/consensus/referendum/waits", "true")
	q := s.listed(meeting, policyQuestion)
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", adReferendum, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "200")
	end := s.ask("chair", "GET", q, "", "200").at("referendum", "ends_at")
	s.clockAt(end, -time.Second)
	var concluded reply
	said := s.heldUp("donors-1", q+"/confirmations", `{"confirmed": false, "reason": "No mandate."}`, func() { s.clockAt(end, time.Second) },
		func() { concluded = s.send("chair", "POST", q+"/decision", `{}`) })
	if said != 201 || concluded.at("code") != "referendum-refused" {
		t.Errorf("the capital was answered %d, the conclusion %s", said, concluded.raw)
	}
}

// A vote that was cast before the Chair closes is in the count.
func TestAVoteCastBeforeTheCloseIsCounted(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	s.ask("chair", "POST", q+"/opening", "", "200")
	for _, who := range []string{"donors-1", "network-1"} {
		s.ask(who, "POST", q+"/positions", `{"position": "yes"}`, "201")
	}
	s.callsTheRest("chair", q)
	var announced reply
	said := s.heldUp("donors-2", q+"/positions", `{"position": "no"}`, func() { s.Clock.Add(time.Second) }, func() { announced = s.send("chair", "POST", q+"/decision", `{}`) })
	if said != 201 || announced.status != 201 {
		t.Fatalf("the vote was answered %d, the announcement %s", said, announced.raw)
	}
	if r := s.ask("chair", "GET", q+"/arithmetic", "", "200"); r.at("positions", "blocks") != "1" {
		t.Errorf("counted are %s", r.at("positions"))
	}
	s.verified(announced.at("number"))
}
