package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/caarlos0/env/v11"

	"startupfund/exchange/mail"
	"startupfund/store/blob"
)

// config is all that the environment sets. Each field works when its variable is
// absent or empty, or stops the program by the variable's name.
type config struct {
	Listen        string `env:"FUND_LISTEN" envDefault:"127.0.0.1:8080" help:"address and port of the pages"`
	PublicURL     string `env:"FUND_PUBLIC_URL" help:"where people reach them, http://FUND_LISTEN when empty"`
	SecureCookies *bool  `env:"FUND_SECURE_COOKIES" help:"cookies over https only; true when FUND_PUBLIC_URL is https"`
	Proxies       string `env:"FUND_TRUSTED_PROXIES" help:"whose X-Forwarded-For is believed: addresses or networks, by commas; nobody's when empty"`
	DatabaseURL   string `env:"FUND_DATABASE_URL" help:"PostgreSQL 15 or later; empty runs one of our own"`
	OwnerURL      string `env:"FUND_OWNER_URL" help:"the same database for its owner, who migrates it"`
	Data          string `env:"FUND_DATA" envDefault:".fund" help:"folder of what the program keeps by itself"`
	FilesURL      string `env:"FUND_FILES_URL" help:"bucket for attachments, s3://key:secret@s3.example.org/bucket?region=…; empty keeps them in FUND_DATA/files"`
	SMTPURL       string `env:"FUND_SMTP_URL" help:"mail server, smtp://user:password@host:587; empty keeps letters as files in FUND_DATA/mail"`
	MailFrom      string `env:"FUND_MAIL_FROM" help:"the sender of letters; fund@ the host of FUND_PUBLIC_URL when empty"`
	PDF           string `env:"FUND_PDF" help:"Chromium or Chrome, which makes PDFs of proposals; without it people print a page themselves"`
	Postgres      string `env:"FUND_POSTGRES" help:"folder with postgres and initdb, for the one of our own"`
}

// loadConfig reads environ ("NAME=value" lines), fills in what follows from the
// rest, and checks every field.
func loadConfig(environ []string) (config, error) {
	var c config
	set := env.ToMap(environ)
	for name, value := range set {
		if strings.TrimSpace(value) == "" {
			delete(set, name) // as when it is absent
		}
	}
	if err := env.ParseWithOptions(&c, env.Options{Environment: set}); err != nil {
		return config{}, named(err, set)
	}
	if c.PublicURL == "" {
		c.PublicURL = "http://" + reachable(c.Listen)
	}
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	if err := c.check(); err != nil {
		return config{}, err
	}
	if c.SecureCookies == nil {
		secure := strings.HasPrefix(c.PublicURL, "https://")
		c.SecureCookies = &secure
	}
	return c, nil
}

// reachable is listen as one may write it into a browser on this machine.
func reachable(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return listen
}

// named says which variable the parser stumbled over, by its name.
func named(err error, set map[string]string) error {
	var fault env.ParseError
	if errors.As(err, &fault) {
		if f, ok := reflect.TypeFor[config]().FieldByName(fault.Name); ok {
			name := f.Tag.Get("env")
			return fmt.Errorf("%s is %q, which is neither true nor false", name, set[name])
		}
	}
	return err
}

// proxies are the trusted ones, one by one.
func (c config) proxies() []string {
	return strings.FieldsFunc(c.Proxies, func(r rune) bool { return r == ',' || r == ' ' })
}

func (c config) check() error {
	host, port, err := net.SplitHostPort(c.Listen)
	if n, bad := strconv.ParseUint(port, 10, 16); err != nil || bad != nil {
		return fmt.Errorf("FUND_LISTEN is %q, which is not an address with a port such as 127.0.0.1:8080", c.Listen)
	} else if n == 0 && host == "" {
		return fmt.Errorf("FUND_LISTEN is %q, which names neither an address nor a port", c.Listen)
	}
	if u, err := url.Parse(c.PublicURL); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("FUND_PUBLIC_URL is not an address such as https://fund.example.org")
	}
	if c.SecureCookies != nil && !*c.SecureCookies && strings.HasPrefix(c.PublicURL, "https://") {
		return fmt.Errorf("FUND_SECURE_COOKIES is false, but FUND_PUBLIC_URL is https: leave it out")
	}
	for _, proxy := range c.proxies() {
		_, _, err := net.ParseCIDR(proxy)
		if net.ParseIP(proxy) == nil && err != nil {
			return fmt.Errorf("FUND_TRUSTED_PROXIES names %q, which is neither an address nor a network such as 10.0.0.0/8", proxy)
		}
		if strings.HasSuffix(proxy, "/0") {
			return fmt.Errorf("FUND_TRUSTED_PROXIES names %q, which is everybody", proxy)
		}
	}
	for name, address := range map[string]string{"FUND_DATABASE_URL": c.DatabaseURL, "FUND_OWNER_URL": c.OwnerURL} {
		// The address is not repeated: it may hold a password.
		if u, err := url.Parse(address); address != "" && (err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql")) {
			return fmt.Errorf("%s is not an address such as postgres://fund@db.example.org/fund", name)
		}
	}
	if c.OwnerURL != "" && c.DatabaseURL == "" {
		return fmt.Errorf("FUND_OWNER_URL is set without FUND_DATABASE_URL: set both or neither")
	}
	if _, err := mail.NewSMTP(c.SMTPURL, "fund@example.org"); c.SMTPURL != "" && err != nil {
		return fmt.Errorf("FUND_SMTP_URL is wrong: %w", err) // its address is not repeated either
	}
	if _, err := mail.NewSMTP("smtp://localhost", c.MailFrom); c.MailFrom != "" && err != nil {
		return fmt.Errorf("FUND_MAIL_FROM is %q, which is not an address such as fund@example.org", c.MailFrom)
	}
	if _, err := blob.Address(c.FilesURL); c.FilesURL != "" && err != nil {
		return fmt.Errorf("FUND_FILES_URL is wrong: %w", err) // it holds a secret and is not repeated
	}
	if info, err := os.Stat(c.Data); err == nil && !info.IsDir() {
		return fmt.Errorf("FUND_DATA is %q, which is a file and not a folder", c.Data)
	}
	if _, err := exec.LookPath(c.PDF); c.PDF != "" && err != nil {
		return fmt.Errorf("FUND_PDF is %q, which is no program here", c.PDF)
	}
	if info, err := os.Stat(filepath.Join(c.Postgres, "postgres")); c.Postgres != "" && (err != nil || info.IsDir()) {
		return fmt.Errorf("FUND_POSTGRES is %q, where there is no program postgres", c.Postgres)
	}
	return nil
}

func printConfig(_ context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	if _, err := parse(flag.NewFlagSet("config", flag.ContinueOnError), args, stderr); err != nil {
		return err
	}
	return cfg.print(stdout)
}

// print writes one variable a line with what it is for, and no password.
func (c config) print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	value := reflect.ValueOf(c)
	for i := range value.NumField() {
		tag := value.Type().Field(i).Tag
		shown := fmt.Sprint(reflect.Indirect(value.Field(i)).Interface())
		fmt.Fprintf(table, "%s=%s\t# %s\n", tag.Get("env"), masked(shown), tag.Get("help"))
	}
	return table.Flush()
}

// masked is an address without its password, wherever it stands in it; anything
// else is as it was.
func masked(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" && u.RawQuery == "" && u.User == nil {
		return s
	}
	asked := u.Query()
	for _, secret := range []string{"password", "sslpassword", "passfile"} {
		if asked.Has(secret) {
			asked.Set(secret, "xxxxx")
			u.RawQuery = asked.Encode()
		}
	}
	return u.Redacted()
}
