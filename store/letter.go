package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"startupfund/domain"
)

// MailChoice is how somebody wants notices by mail.
type MailChoice string

const (
	MailEach  MailChoice = "each"
	MailDaily MailChoice = "daily"
	MailNone  MailChoice = "none" // of notices; a link somebody asked for is sent all the same
)

// Letter is what a mail is to say, and to whom.
type Letter struct {
	About    About
	Person   uuid.UUID
	To       string
	Name     string
	Language string
	Token    Token // of a one-time link
	Expires  time.Time
	Notices  []Notice
}

// ForgetPassword has a link mailed with which a new password is chosen, where
// somebody answers to the address. What is done here and what it answers is the
// same where nobody does; the letter's writer finds out.
func (s *Store) ForgetPassword(ctx context.Context, email, address string) error {
	email, ok := domain.Email(email)
	if !ok {
		return domain.ErrEmail.At("/email")
	}
	if _, err := s.count(ctx, limit{"reset-" + accountKey(email), ResetsPerAccount}, limit{"reset-address:" + address, ResetsPerAddress}); err != nil {
		return err
	}
	_, err := act(ctx, s, As(domain.Actor{}), "password.forget", func(t *tx) (bool, error) {
		t.on("password-reset", uuid.New())
		return true, t.mail(Mail{About: AboutPassword, Email: email}, 0)
	})
	return err
}

// Letter is what a mail is to say now; nil, where there is nothing to say any
// more: nobody has the address, they are shut out, the link was used. A one-time
// link is made here, so that none is ever kept.
func (s *Store) Letter(ctx context.Context, m Mail) (*Letter, error) {
	if m.About == AboutNotice || m.About == AboutDigest {
		return s.noticeLetter(ctx, m)
	}
	var l *Letter
	_, err := act(ctx, s, As(domain.Actor{}), "letter.write", func(t *tx) (uuid.UUID, error) {
		l = nil
		p, err := t.addressee(m)
		if errors.Is(err, domain.ErrMissing) {
			return p.ID, errNothing
		}
		if err != nil {
			return p.ID, err
		}
		t.on("person", p.ID)
		t.changed("about", m.About)
		letter := Letter{About: m.About, Person: p.ID, To: p.Email, Name: p.Name, Language: p.Language}
		lasts := InvitationLasts
		if m.About == AboutPassword {
			lasts = ResetLasts
		}
		letter.Token, letter.Expires, err = t.link(p.ID, lasts)
		l = &letter
		return p.ID, err
	})
	if errors.Is(err, errNothing) {
		return nil, nil
	}
	return l, err
}

// errNothing ends an act that found nothing to do, and leaves no event.
var errNothing = errors.New("nothing to do")

// addressee is whom a letter goes to, held still.
func (t *tx) addressee(m Mail) (p domain.Person, err error) {
	switch m.About {
	case AboutPassword:
		p, err = scanPerson(t.Raw(personColumns+`WHERE p.email = ? AND p.disabled_at IS NULL `+lockPerson, m.Email).Row())
	case AboutInvitation:
		p, err = scanPerson(t.Raw(personColumns+`WHERE p.id = ? AND p.disabled_at IS NULL AND EXISTS (SELECT FROM invitations i
			WHERE i.person = p.id AND i.ended_at IS NULL AND i.expires_at > ?) `+lockPerson, m.Person, t.now).Row())
	default:
		err = domain.ErrMissing
	}
	return p, err
}

// LetterArrived notes that a letter was taken by the mail server: the address
// works. That is the post's own bookkeeping and no act: it leaves no event.
func (s *Store) LetterArrived(ctx context.Context, l Letter) error {
	return translate(s.db.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		t, err := s.begin(ctx, db, domain.Actor{})
		if err != nil {
			return err
		}
		if err := t.Exec(`UPDATE notices SET mailed_at = ? WHERE person = ? AND seq IN ? AND mailed_at IS NULL`, t.now, l.Person, seqs(l.Notices)).Error; err != nil {
			return err
		}
		return t.Exec(`UPDATE persons SET mail_failed_at = NULL, mail_failure = NULL WHERE id = ? AND email = ? AND mail_failed_at IS NOT NULL`,
			l.Person, l.To).Error
	}))
}

// LetterBounced notes that mail to a person does not arrive, and why, unless they
// have another address by now. They read it when they next sign in.
func (s *Store) LetterBounced(ctx context.Context, l Letter, reason string) error {
	_, err := act(ctx, s, As(domain.Actor{}), "letter.bounce", func(t *tx) (uuid.UUID, error) {
		t.on("person", l.Person)
		done := t.Exec(`UPDATE persons SET mail_failed_at = ?, mail_failure = ? WHERE id = ? AND email = ?`, t.now, clip(reason, 300), l.Person, l.To)
		if done.Error == nil && done.RowsAffected == 0 {
			return l.Person, errNothing
		}
		return l.Person, done.Error
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// ChooseMail is by's own choice of how to have notices mailed.
func (s *Store) ChooseMail(ctx context.Context, by Ask, choice MailChoice) error {
	_, err := act(ctx, s, by, "notice.prefer", func(t *tx) (uuid.UUID, error) {
		t.on("person", by.Person)
		if !slices.Contains([]MailChoice{MailEach, MailDaily, MailNone}, choice) {
			return by.Person, domain.ErrUnknownWord.With("given", clip(string(choice), 40)).At("/mail")
		}
		t.changed("mail", choice)
		if err := t.one(`UPDATE persons SET mail = ? WHERE id = ?`, string(choice), by.Person); err != nil || choice != MailDaily {
			return by.Person, err
		}
		return by.Person, t.digest(by.Person) // of what was on its way one by one
	})
	return err
}
