package store

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// digestHour is when daily letters are written, in the fund's time.
const digestHour = 6

// digest has what a person was told mailed tomorrow morning, in one letter.
func (t *tx) digest(person uuid.UUID) error {
	var waits bool
	if err := t.Raw(`SELECT EXISTS (SELECT FROM river_job WHERE kind = 'mail' AND state IN ('scheduled', 'available', 'retryable')
		AND args @> jsonb_build_object('about', 'digest', 'person', ?::text))`, person.String()).Row().Scan(&waits); err != nil || waits {
		return err
	}
	morning := t.charter.Begins(t.today().AddDate(0, 0, 1)).Add(digestHour * time.Hour)
	return t.mail(Mail{About: AboutDigest, Person: person}, morning.Sub(t.now))
}

// receipts are the kinds of notice that are mailed however somebody wants them.
var receipts = func() (kinds []string) {
	for _, n := range domain.Notices {
		if n.Receipt() {
			kinds = append(kinds, string(n))
		}
	}
	return kinds
}()

// toMail is what a letter tells a person: one notice or a day's, unread, not
// mailed before, still theirs to know, and a receipt or wanted by mail in this way today.
func (t *tx) toMail(m Mail) (p domain.Person, list []Notice, err error) {
	choice := map[About]MailChoice{AboutNotice: MailEach, AboutDigest: MailDaily}[m.About]
	p, err = scanPerson(t.Raw(personColumns+`WHERE p.id = ? AND p.disabled_at IS NULL AND (p.mail = ? OR EXISTS (SELECT FROM notices r WHERE r.id = ? AND r.kind IN ?))`,
		m.Person, string(choice), m.Notice, receipts).Row())
	if err != nil {
		return p, nil, err
	}
	hidden, err := t.hiddenNotices(p.ID)
	if err != nil {
		return p, nil, err
	}
	list, err = t.notices(`n.person = ? AND (? OR n.id = ?) AND (n.read_at IS NULL OR NOT ? AND n.kind IN ?) AND n.mailed_at IS NULL AND n.seq NOT IN ? ORDER BY n.seq LIMIT 100`,
		p.ID, m.About == AboutDigest, m.Notice, m.About == AboutDigest, receipts, hidden)
	if err == nil && len(list) == 0 {
		err = domain.ErrMissing
	}
	return p, list, err
}

// noticeLetter is one notice or a day's; nil where there is nothing to tell.
func (s *Store) noticeLetter(ctx context.Context, m Mail) (*Letter, error) {
	l, err := read(ctx, s, domain.Actor{}, func(t *tx) (*Letter, error) {
		p, list, err := t.toMail(m)
		return &Letter{About: m.About, Person: p.ID, To: p.Email, Name: p.Name, Language: p.Language, Notices: list}, err
	})
	if errors.Is(err, domain.ErrMissing) {
		return nil, nil
	}
	return l, err
}

func seqs(list []Notice) []int64 {
	out := []int64{0}
	for _, n := range list {
		out = append(out, n.Seq)
	}
	return out
}
