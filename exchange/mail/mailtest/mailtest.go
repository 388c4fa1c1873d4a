// Package mailtest is a real SMTP server on loopback for tests.
package mailtest

import (
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// Server takes letters and keeps them. Refuse, where set, answers a recipient: a
// *smtp.SMTPError is told as it is.
type Server struct {
	URL    string
	mu     sync.Mutex
	taken  []Taken
	refuse func(to string) error
}

// Taken is a letter as it came over the wire.
type Taken struct {
	From, To string
	Raw      string
	*mail.Message
	Body string // its text, decoded
}

// Start runs a server until the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{URL: "smtp://" + l.Addr().String()}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }))
	server.Domain = "mail.test"
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return s
}

// Refuse sets what is answered to recipients from now on; nil takes them all.
func (s *Server) Refuse(answer func(to string) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = answer
}

// Bounced is the answer of a server that knows no such mailbox.
func Bounced(string) error {
	return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
}

// Later is the answer of a server that is busy.
func Later(string) error {
	return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "try again later"}
}

// Taken are the letters taken so far.
func (s *Server) Taken() []Taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Taken(nil), s.taken...)
}

type session struct {
	server   *Server
	from, to string
}

func (s *session) Reset()                                      {}
func (s *session) Logout() error                               { return nil }
func (s *session) Mail(from string, _ *smtp.MailOptions) error { s.from = from; return nil }
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.to = to
	if s.server.refuse != nil {
		return s.server.refuse(to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := mail.ReadMessage(strings.NewReader(string(raw)))
	if err != nil {
		return err
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		return err
	}
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.taken = append(s.server.taken, Taken{s.from, s.to, string(raw), m, string(body)})
	return nil
}

// Subject is the letter's, decoded.
func (t Taken) Subject() string {
	text, err := new(mime.WordDecoder).DecodeHeader(t.Header.Get("Subject"))
	if err != nil {
		return err.Error()
	}
	return text
}
