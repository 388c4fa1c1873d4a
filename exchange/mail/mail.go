// Package mail writes letters as plain text and hands them to a mail server, or
// to a folder where there is none.
package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// Letter is one mail to one person.
type Letter struct {
	ID       string // the same at every attempt, so that a second copy is known as one
	To       string
	Name     string // of the reader
	Subject  string
	Text     string // lines end in "\n"
	Language string // "ar": written from right to left
}

// Post takes letters. An error that is a Bounce says that this letter will never
// arrive; any other may be tried again.
type Post interface {
	Send(context.Context, Letter) error
}

// Bounce is a mail server's word that the letter will never arrive.
type Bounce struct{ Reason string }

func (b Bounce) Error() string { return "the mail server refused it for good: " + b.Reason }

// ErrHeader refuses what would write headers of its own.
var ErrHeader = errors.New("a header of a letter holds a line break or another control character")

// rightToLeft has the lines of a plain text run from the right, whatever they
// begin with.
const rightToLeft = "\u200f"

// compose makes the message. from is "fund@example.org" or "The Fund <fund@example.org>".
func compose(l Letter, from string, at time.Time) (*gomail.Msg, error) {
	for _, header := range []string{l.ID, l.To, l.Name, l.Subject, from} {
		if strings.ContainsFunc(header, unicode.IsControl) {
			return nil, ErrHeader
		}
	}
	m := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP))
	if err := m.From(from); err != nil {
		return nil, fmt.Errorf("the sender's address: %w", err)
	}
	if err := m.AddTo((&netmail.Address{Name: l.Name, Address: l.To}).String()); err != nil {
		return nil, Bounce{"the address cannot be read"}
	}
	m.Subject(l.Subject)
	m.SetDateWithValue(at)
	_, host, _ := strings.Cut(strings.TrimSuffix(from, ">"), "@")
	m.SetMessageIDWithValue(l.ID + "@" + host)
	m.SetGenHeader(gomail.HeaderContentLang, l.Language)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // so that no out-of-office answers it
	m.SetBodyString(gomail.TypeTextPlain, directed(l))
	return m, nil
}

func directed(l Letter) string {
	lines := strings.Split(strings.TrimRight(l.Text, "\n"), "\n")
	if l.Language == "ar" {
		for i, line := range lines {
			if line != "" && !strings.HasPrefix(line, "http") { // an address must stay as it is
				lines[i] = rightToLeft + line
			}
		}
	}
	return strings.Join(lines, "\r\n") + "\r\n"
}

// refusal tells a refusal for good, 5xx, from one that may pass.
func refusal(err error) error {
	var failed *gomail.SendError
	if !errors.As(err, &failed) || failed.ErrorCode() < 500 || failed.ErrorCode() > 599 {
		return err
	}
	switch failed.Reason {
	case gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrSMTPDataClose: // not of the sender: that is ours to put right
		return Bounce{clip(failed.Error())}
	}
	return err
}

// clip keeps what a stranger's server says fit to be kept and shown.
func clip(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "?")), " ")
	if r := []rune(s); len(r) > 300 {
		return string(r[:300])
	}
	return s
}
