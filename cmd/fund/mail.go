package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"time"

	"startupfund/exchange/mail"
)

// postOffice is where letters go: the mail server that is set, or a folder, and
// then it says so.
func postOffice(cfg config, stdout io.Writer) (post mail.Post, mailed bool, err error) {
	from := cfg.MailFrom
	if from == "" {
		host := "localhost"
		if u, err := url.Parse(cfg.PublicURL); err == nil && u.Hostname() != "" {
			host = u.Hostname()
		}
		from = "fund@" + host
	}
	if cfg.SMTPURL == "" {
		dir := filepath.Join(cfg.Data, "mail")
		fmt.Fprintf(stdout, "No mail server is set (FUND_SMTP_URL): letters are kept as files in %s.\n", dir)
		return mail.Folder{Dir: dir, From: from}, false, nil
	}
	server, err := mail.NewSMTP(cfg.SMTPURL, from)
	if err != nil {
		return nil, false, fmt.Errorf("FUND_SMTP_URL or FUND_MAIL_FROM is wrong: %w", err)
	}
	return server, true, nil
}

// finish lets jobs under way end before the database is let go of.
func finish(stop func(context.Context) error, stderr io.Writer) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := stop(ctx); err != nil {
		fmt.Fprintf(stderr, "fund: some jobs did not end in time; they are done again at the next start: %v.\n", err)
	}
}
