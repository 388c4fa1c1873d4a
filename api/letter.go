package api

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"startupfund/exchange/mail"
	"startupfund/store"
)

// Deliver writes a letter in its reader's language and has it sent. A bounce, and
// a last attempt that failed, are put on the person's record; any other failure is
// an error, and the job is tried again.
func (s *Server) Deliver(ctx context.Context, m store.Mail, try store.Try) error {
	l, err := s.Store.Letter(ctx, m)
	if err != nil || l == nil {
		return err
	}
	fund, err := s.Store.Fund(ctx)
	if err != nil {
		return err
	}
	err = s.Post.Send(ctx, s.letter(*l, try, fund.Zone))
	var bounce mail.Bounce
	switch {
	case err == nil:
		return s.Store.LetterArrived(ctx, *l)
	case errors.As(err, &bounce):
		s.Log.WarnContext(ctx, "mail bounced", "person", l.Person, "reason", bounce.Reason)
		return s.Store.LetterBounced(ctx, *l, bounce.Reason)
	case try.Last:
		return errors.Join(err, s.Store.LetterBounced(ctx, *l, err.Error()))
	}
	return err
}

// letter is what is sent: a greeting, what there is to say, and where it comes from.
// Of a notice it says no more than the notice itself.
func (s *Server) letter(l store.Letter, try store.Try, zone string) mail.Letter {
	w := s.Words.in(l.Language)
	about := "mail." + string(l.About)
	say := map[string]any{"name": l.Name, "expires": w.instantIn(l.Expires, zone), "count": len(l.Notices)}
	subject, lines := w.say(about+".subject", say), []string{w.say("mail.greeting", say), "", w.say(about+".text", say)}
	if l.Token != "" {
		lines = append(lines, "", fmt.Sprintf("%s/%s/password?token=%s", s.PublicURL, l.Language, l.Token), "", w.say(about+".expires", say))
	}
	for _, n := range l.Notices {
		title, text := w.notice(n, zone)
		if l.About == store.AboutNotice {
			subject, lines = title, []string{lines[0], "", text}
			continue
		}
		lines = append(lines, "", "• "+title, text)
	}
	if len(l.Notices) > 0 {
		lines = append(lines, "", w.say("mail.open", say), s.PublicURL+"/app/")
	}
	lines = append(lines, "", "-- ", w.say("mail.footer", say), s.PublicURL)
	return mail.Letter{ID: "mail-" + strconv.FormatInt(try.Job, 10), To: l.To, Name: l.Name, Language: l.Language,
		Subject: subject, Text: strings.Join(lines, "\n")}
}
