package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// SMTP hands letters to a mail server, one connection a letter.
type SMTP struct {
	from   string
	client *gomail.Client
}

// NewSMTP reads the server's address: "smtp://user:password@host:587" takes TLS by
// STARTTLS, and insists on it where a password is to be told or the host is not
// this machine; "smtps://…:465" begins with TLS. No error repeats the address.
func NewSMTP(address, from string) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return nil, errors.New("it is not an address such as smtp://user:password@mail.example.org:587")
	}
	if _, err := netmail.ParseAddress(from); err != nil {
		return nil, errors.New("the sender is not an address such as fund@example.org")
	}
	port, tls := 587, gomail.TLSMandatory
	if u.Scheme == "smtps" {
		port = 465
	}
	if text := u.Port(); text != "" {
		if port, err = strconv.Atoi(text); err != nil {
			return nil, errors.New("its port is no number")
		}
	}
	options := []gomail.Option{gomail.WithPort(port), gomail.WithTimeout(30 * time.Second)}
	if u.User != nil {
		password, _ := u.User.Password()
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	} else if host := u.Hostname(); host == "localhost" || strings.HasPrefix(host, "127.") || host == "::1" {
		tls = gomail.TLSOpportunistic
	}
	if u.Scheme == "smtps" {
		options = append(options, gomail.WithSSL())
	} else {
		options = append(options, gomail.WithTLSPolicy(tls))
	}
	client, err := gomail.NewClient(u.Hostname(), options...)
	if err != nil {
		return nil, errors.New("the mail library does not take its parts")
	}
	return &SMTP{from, client}, nil
}

// Send delivers one letter.
func (s *SMTP) Send(ctx context.Context, l Letter) error {
	m, err := compose(l, s.from, time.Now())
	if err != nil {
		return err
	}
	if err := s.client.DialAndSendWithContext(ctx, m); err != nil {
		return refusal(err)
	}
	return nil
}

// Folder keeps letters as files, where there is no mail server. They hold one-time
// links: the folder is its owner's alone.
type Folder struct {
	Dir  string
	From string
}

// Send writes the letter into "<ID>.eml", all of it or nothing.
func (f Folder) Send(_ context.Context, l Letter) error {
	m, err := compose(l, f.From, time.Now())
	if err != nil {
		return err
	}
	if l.ID != filepath.Base(l.ID) {
		return fmt.Errorf("the letter's name %q is a path", l.ID)
	}
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(f.Dir, ".letter")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if _, err := m.WriteTo(file); err != nil {
		file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), filepath.Join(f.Dir, l.ID+".eml"))
}
