package mail

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"startupfund/exchange/mail/mailtest"
)

var hello = Letter{ID: "7", To: "ana@example.org", Name: "Ана Ó", Subject: "Ваша заявка P-2026-001", Text: "Здравствуйте.\n\nhttps://fund.example.org/x?y=1\n", Language: "ru"}

func post(t *testing.T, s *mailtest.Server) *SMTP {
	t.Helper()
	p, err := NewSMTP(s.URL, "The Fund <fund@example.org>")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A real server takes a letter whole, in any writing.
func TestALetterArrives(t *testing.T) {
	s := mailtest.Start(t)
	if err := post(t, s).Send(context.Background(), hello); err != nil {
		t.Fatal(err)
	}
	got := s.Taken()
	if len(got) != 1 || got[0].To != "ana@example.org" || got[0].From != "fund@example.org" {
		t.Fatalf("taken: %+v", got)
	}
	if got[0].Subject() != hello.Subject {
		t.Errorf("the subject became %q", got[0].Subject())
	}
	if want := "Здравствуйте.\r\n\r\nhttps://fund.example.org/x?y=1\r\n"; got[0].Body != want {
		t.Errorf("the text became %q", got[0].Body)
	}
	for name, want := range map[string]string{"Content-Language": "ru", "Auto-Submitted": "auto-generated", "Message-Id": "<7@example.org>"} {
		if got := got[0].Header.Get(name); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	if kind := got[0].Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/plain; charset=UTF-8") {
		t.Errorf("it is %s", kind)
	}
}

// Arabic lines run from the right, and an address stays what it is.
func TestArabicRunsFromTheRight(t *testing.T) {
	s := mailtest.Start(t)
	l := hello
	l.Language, l.Text = "ar", "P-2026-001 قُدِّم\nhttps://fund.example.org/ar/x"
	if err := post(t, s).Send(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	if want := "\u200fP-2026-001 قُدِّم\r\nhttps://fund.example.org/ar/x\r\n"; s.Taken()[0].Body != want {
		t.Errorf("the text became %q", s.Taken()[0].Body)
	}
}

// Nobody's name, title or address writes a header of its own.
func TestHeadersCannotBeInjected(t *testing.T) {
	s := mailtest.Start(t)
	p := post(t, s)
	for name, spoil := range map[string]func(*Letter){
		"subject":       func(l *Letter) { l.Subject = "x\r\nBcc: eve@example.org" },
		"subject, bare": func(l *Letter) { l.Subject = "x\nBcc: eve@example.org" },
		"name":          func(l *Letter) { l.Name = "Ana\r\nBcc: eve@example.org" },
		"address":       func(l *Letter) { l.To = "ana@example.org\r\nBcc: eve@example.org" },
		"id":            func(l *Letter) { l.ID = "7\r\nBcc: eve@example.org" },
		"next line":     func(l *Letter) { l.Subject = "x\u0085Bcc: eve@example.org" },
	} {
		l := hello
		spoil(&l)
		if err := p.Send(context.Background(), l); !errors.Is(err, ErrHeader) {
			t.Errorf("%s: %v", name, err)
		}
	}
	l := hello
	l.Name = `Ana" <eve@example.org>, "x` // quoted, it is a name and no more
	l.Text = "first\n.\nRCPT TO:<eve@example.org>\n"
	if err := p.Send(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	got := s.Taken()
	if len(got) != 1 || got[0].To != "ana@example.org" || got[0].Header.Get("Bcc") != "" || !strings.Contains(got[0].Body, "\r\n.\r\nRCPT") {
		t.Errorf("it arrived as %+v", got)
	}
	if to, err := got[0].Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != "ana@example.org" {
		t.Errorf("To is %v, %v", to, err)
	}
}

// What a server refuses for good bounces; what it puts off may be tried again.
func TestBouncesAreTold(t *testing.T) {
	s := mailtest.Start(t)
	p := post(t, s)
	var bounce Bounce
	s.Refuse(mailtest.Bounced)
	if err := p.Send(context.Background(), hello); !errors.As(err, &bounce) || !strings.Contains(bounce.Reason, "no such mailbox") {
		t.Errorf("refused for good: %v", err)
	}
	s.Refuse(mailtest.Later)
	if err := p.Send(context.Background(), hello); err == nil || errors.As(err, &bounce) {
		t.Errorf("put off: %v", err)
	}
	gone, err := NewSMTP("smtp://127.0.0.1:1", "fund@example.org")
	if err != nil {
		t.Fatal(err)
	}
	if err := gone.Send(context.Background(), hello); err == nil || errors.As(err, &bounce) {
		t.Errorf("no server: %v", err)
	}
}

// A wrong setting is refused at the start, and its password is told to nobody.
func TestSettingsAreChecked(t *testing.T) {
	for _, url := range []string{"", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://u:sesame@mail.example.org/inbox", "smtp://u:sesame@[::1"} {
		if _, err := NewSMTP(url, "fund@example.org"); err == nil || strings.Contains(err.Error(), "sesame") {
			t.Errorf("%q: %v", url, err)
		}
	}
	if _, err := NewSMTP("smtp://mail.example.org", "no address"); err == nil {
		t.Error("a sender that is no address was taken")
	}
}

// A password is never told to a server that offers no TLS.
func TestPasswordsWantTLS(t *testing.T) {
	s := mailtest.Start(t)
	p, err := NewSMTP(strings.Replace(s.URL, "//", "//fund:sesame@", 1), "fund@example.org")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Send(context.Background(), hello); err == nil || len(s.Taken()) != 0 {
		t.Errorf("%v", err)
	}
}

func TestFolderKeepsLetters(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	f := Folder{dir, "fund@example.org"}
	if err := f.Send(context.Background(), hello); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "7.eml"))
	if err != nil || !strings.Contains(string(b), "To: ") {
		t.Errorf("%s %v", b, err)
	}
	info, _ := os.Stat(dir)
	if info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v", info.Mode())
	}
	l := hello
	l.ID = "../7"
	if err := f.Send(context.Background(), l); err == nil {
		t.Error("a path was taken for a name")
	}
}
