package api

import (
	"context"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"startupfund/exchange/mail"
	"startupfund/exchange/mail/mailtest"
	"startupfund/store"
	"startupfund/store/storetest"
)

// mailed gives a story a real mail server; jobs are done once work is called.
func (s *story) mailed() *mailtest.Server {
	s.t.Helper()
	server := mailtest.Start(s.t)
	post, err := mail.NewSMTP(server.URL, "The Fund <fund@example.org>")
	must(s.t, err)
	s.server.Post, s.server.Mailed, s.server.PublicURL = post, true, "https://fund.example.org"
	return server
}

// work does jobs until the returned function is called, or the test ends.
func (s *story) work(deliver func(context.Context, store.Mail, store.Try) error) (stop func()) {
	s.t.Helper()
	end, err := s.Work(context.Background(), store.Workers{Mail: deliver, Run: s.server.Perform, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Poll: 20 * time.Millisecond, Retry: func(int) time.Duration { return 0 }})
	must(s.t, err)
	stopped := false
	stop = func() {
		if !stopped {
			stopped = true
			must(s.t, end(context.Background()))
		}
	}
	s.t.Cleanup(stop)
	return stop
}

// idle waits until no job is left to do.
func (s *story) idle() {
	s.t.Helper()
	storetest.Eventually(s.t, func() bool {
		var left int
		must(s.t, s.DB.Raw(`SELECT count(*) FROM river_job WHERE finalized_at IS NULL AND scheduled_at < now() + interval '1 minute'`).Row().Scan(&left))
		return left == 0
	})
}

var linkInMail = regexp.MustCompile(`https://fund\.example\.org/([a-z]{2})/password\?token=([0-9a-f]{64})`)

func token(t *testing.T, m mailtest.Taken) (lang, token string) {
	t.Helper()
	found := linkInMail.FindStringSubmatch(m.Body)
	if found == nil {
		t.Fatalf("no link in %s", m.Body)
	}
	return found[1], found[2]
}

// Somebody is invited in their language by a letter, and by nothing else; the
// link in it works once.
func TestInvitationIsMailed(t *testing.T) {
	s := newStory(t)
	server := s.mailed()
	s.person("root", "administrator", "MPTFO", "agent")
	r := s.ask("root", "POST", "/people", `{"email":"layla@example.org","name":"Layla","language":"ar"}`, "201")
	if strings.Contains(string(r.raw), "token") {
		t.Errorf("the link is told to the administrator: %s", r.raw)
	}
	if len(server.Taken()) != 0 {
		t.Fatal("a letter went out before anybody does jobs")
	}
	s.work(s.server.Deliver) // as after a kill between commit and sending: the row is there
	s.idle()
	got := server.Taken()
	if len(got) != 1 || got[0].To != "layla@example.org" || !strings.Contains(got[0].Body, "\u200f") {
		t.Fatalf("letters: %+v", got)
	}
	lang, link := token(t, got[0])
	if lang != "ar" {
		t.Errorf("the link is to %s", lang)
	}
	var kept int
	must(t, s.DB.Raw(`SELECT count(*) FROM river_job WHERE args::text LIKE ?`, "%"+link+"%").Row().Scan(&kept))
	if kept != 0 {
		t.Error("the link is kept in the job")
	}
	s.ask("", "POST", "/invitation", `{"token":"`+link+`","password":"a long enough phrase"}`, "204")
	s.ask("", "POST", "/invitation", `{"token":"`+link+`","password":"another long phrase"}`, "422 invitation-not-valid")
	s.ask("", "POST", "/session", `{"email":"layla@example.org","password":"a long enough phrase"}`, "201")
}

// An act that is refused sends no letter.
func TestNoLetterWithoutItsAct(t *testing.T) {
	s := newStory(t)
	server := s.mailed()
	s.person("root", "administrator", "MPTFO", "agent")
	s.person("ana", "applicant", "IOM", "un")
	must(t, s.DB.Exec(`CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		IF NEW.act = 'person.create' THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$`).Error)
	must(t, s.DB.Exec(`CREATE TRIGGER no BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION no()`).Error)
	s.work(s.server.Deliver)
	s.ask("root", "POST", "/people", `{"email":"layla@example.org","name":"Layla","language":"ar"}`, "500 fault") // when its job was already written
	s.ask("root", "POST", "/people/"+s.ids["ana"].String()+"/invitation", "", "201")
	s.idle()
	if got := server.Taken(); len(got) != 1 || got[0].To != "ana@example.org" {
		t.Errorf("letters: %+v", got)
	}
}

// A letter that could not be sent is tried again, and one under way when the
// program stops is not lost.
func TestLettersAreTriedAgain(t *testing.T) {
	s := newStory(t)
	server := s.mailed()
	s.person("root", "administrator", "MPTFO", "agent")
	server.Refuse(mailtest.Later)
	tries := make(chan int, 100)
	stop := s.work(func(ctx context.Context, m store.Mail, try store.Try) error {
		err := s.server.Deliver(ctx, m, try)
		if err != nil {
			tries <- 1
		}
		return err
	})
	s.ask("root", "POST", "/people", `{"email":"layla@example.org","name":"Layla","language":"fr"}`, "201")
	<-tries
	stop()
	server.Refuse(nil)
	s.work(s.server.Deliver) // the program starts again
	s.idle()
	if got := server.Taken(); len(got) != 1 {
		t.Fatalf("letters: %+v", got)
	}
	_, link := token(t, server.Taken()[0])
	s.ask("", "POST", "/invitation", `{"token":"`+link+`","password":"a long enough phrase"}`, "204")
	var failed *time.Time
	must(t, s.DB.Raw(`SELECT mail_failed_at FROM persons WHERE email = 'layla@example.org'`).Row().Scan(&failed))
	if failed != nil {
		t.Error("a letter put off counts as bounced")
	}
}

// A program that was killed while it sent a letter leaves the job running for
// ever, as far as anybody can see: after a while another takes it up.
func TestALetterSurvivesAKill(t *testing.T) {
	s := newStory(t)
	server := s.mailed()
	s.person("root", "administrator", "MPTFO", "agent")
	s.ask("root", "POST", "/people", `{"email":"layla@example.org","name":"Layla","language":"fr"}`, "201")
	must(t, s.DB.Exec(`UPDATE river_job SET state = 'running', attempt = 1, attempted_at = now() - interval '10 minutes', attempted_by = '{killed}'`).Error)
	s.work(s.server.Deliver)
	storetest.Eventually(t, func() bool { return len(server.Taken()) > 0 })
	s.idle()
	if got := server.Taken(); len(got) != 1 {
		t.Errorf("letters: %+v", got)
	}
}

// A forgotten password: the same answer for everybody, a letter for who is known,
// a link for an hour, and not without end.
func TestForgottenPassword(t *testing.T) {
	s := newStory(t)
	server := s.mailed()
	s.person("ana", "applicant", "IOM", "un")
	s.person("dan", "applicant", "IOM", "un")
	must(t, s.DB.Exec(`UPDATE persons SET disabled_at = now() WHERE name = 'dan'`).Error)
	must(t, s.DB.Exec(`UPDATE sessions SET ended_at = now() WHERE person = ?`, s.ids["dan"]).Error)
	s.work(s.server.Deliver)
	known := s.ask("", "POST", "/password-reset", `{"email":"Ana@example.org"}`, "202")
	for _, email := range []string{"nobody@example.org", "dan@example.org"} {
		if other := s.ask("", "POST", "/password-reset", `{"email":"`+email+`"}`, "202"); string(other.raw) != string(known.raw) || len(other.header) != len(known.header) {
			t.Errorf("%s is answered otherwise: %s %v", email, other.raw, other.header)
		}
	}
	s.ask("", "POST", "/password-reset", `{"email":"no address"}`, "422 bad-email")
	s.idle()
	if got := server.Taken(); len(got) != 1 || got[0].To != "ana@example.org" {
		t.Fatalf("letters: %+v", got)
	}
	_, late := token(t, server.Taken()[0])
	s.Clock.Add(61 * time.Minute)
	s.ask("", "POST", "/invitation", `{"token":"`+late+`","password":"a long enough phrase"}`, "422 invitation-not-valid")
	for range store.ResetsPerAccount {
		s.ask("", "POST", "/password-reset", `{"email":"ana@example.org"}`, "202")
		s.ask("", "POST", "/password-reset", `{"email":"nobody@example.org"}`, "202")
	}
	s.ask("", "POST", "/password-reset", `{"email":"ana@example.org"}`, "429 too-many-attempts")
	s.ask("", "POST", "/password-reset", `{"email":"nobody@example.org"}`, "429 too-many-attempts")
	s.idle()
	got := server.Taken()
	_, first := token(t, got[len(got)-2])
	_, last := token(t, got[len(got)-1])
	s.ask("", "POST", "/invitation", `{"token":"`+last+`","password":"a long enough phrase"}`, "204")
	s.ask("", "POST", "/invitation", `{"token":"`+first+`","password":"another long phrase"}`, "422 invitation-not-valid") // one used ends the others
	s.ask("ana", "GET", "/session", "", "401 sign-in-first")                                                               // and every session
}

// A bounce is told to its owner and to the administrator, until the address
// changes or a letter arrives.
func TestBouncedMailIsTold(t *testing.T) {
	s := newStory(t)
	server := s.mailed()
	s.person("root", "administrator", "MPTFO", "agent")
	s.person("ana", "applicant", "IOM", "un")
	s.work(s.server.Deliver)
	server.Refuse(mailtest.Bounced)
	ask := func() { s.ask("root", "POST", "/people/"+s.ids["ana"].String()+"/invitation", "", "201"); s.idle() }
	ask()
	if r := s.ask("ana", "GET", "/session", "", "200"); !strings.Contains(r.at("mail_failure", "reason"), "no such mailbox") {
		t.Errorf("she is not told: %s", r.raw)
	}
	p := s.ask("root", "GET", "/people/"+s.ids["ana"].String(), "", "200")
	if !strings.Contains(p.at("mail_failure", "reason"), "no such mailbox") {
		t.Errorf("the administrator is not told: %s", p.raw)
	}
	same := s.ask("root", "PUT", "/people/"+s.ids["ana"].String(), `{"email":"ana@example.org","name":"Ana B","language":"en"}`, "200", ifMatch(p.tag()))
	if same.at("mail_failure") == "<nil>" {
		t.Error("another name made the address work")
	}
	p = s.ask("root", "PUT", "/people/"+s.ids["ana"].String(), `{"email":"ana@example.net","name":"Ana","language":"en"}`, "200", ifMatch(same.tag()))
	if p.at("mail_failure") != "<nil>" {
		t.Errorf("a new address has the old one's failure: %s", p.raw)
	}
	ask()
	server.Refuse(nil)
	ask()
	if r := s.ask("ana", "GET", "/session", "", "200"); r.at("mail_failure") != "<nil>" {
		t.Errorf("a letter arrived, and still: %s", r.raw)
	}
}
