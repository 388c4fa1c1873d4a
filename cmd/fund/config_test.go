package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestEmptyEnvironmentIsEnough(t *testing.T) {
	for _, environ := range [][]string{nil, {"FUND_LISTEN=", "FUND_SECURE_COOKIES= ", "FUND_DATA="}} {
		c, err := loadConfig(environ)
		if err != nil {
			t.Fatal(err)
		}
		no := false
		want := config{Listen: "127.0.0.1:8080", PublicURL: "http://127.0.0.1:8080", SecureCookies: &no, Data: ".fund"}
		if !reflect.DeepEqual(c, want) {
			t.Errorf("%q gives %+v", environ, c)
		}
	}
}

func TestWhatFollowsFromTheRest(t *testing.T) {
	for _, row := range []struct {
		environ []string
		public  string
		secure  bool
	}{
		{[]string{"FUND_LISTEN=:9000"}, "http://127.0.0.1:9000", false},
		{[]string{"FUND_LISTEN=[::]:9000"}, "http://127.0.0.1:9000", false},
		{[]string{"FUND_LISTEN=[::1]:9000"}, "http://[::1]:9000", false},
		{[]string{"FUND_PUBLIC_URL=https://fund.example.org/"}, "https://fund.example.org", true},
		{[]string{"FUND_PUBLIC_URL=http://fund.example.org", "FUND_SECURE_COOKIES=true"}, "http://fund.example.org", true},
	} {
		c, err := loadConfig(row.environ)
		if err != nil {
			t.Errorf("%q: %v", row.environ, err)
			continue
		}
		if c.PublicURL != row.public || *c.SecureCookies != row.secure {
			t.Errorf("%q: %s, %v", row.environ, c.PublicURL, *c.SecureCookies)
		}
	}
}

func TestWrongFieldStopsTheProgramByItsName(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ set, names string }{
		{"FUND_LISTEN=8080", "FUND_LISTEN"},
		{"FUND_PDF=/no/such/chromium", "FUND_PDF"},
		{"FUND_TRUSTED_PROXIES=proxy.example.org", "FUND_TRUSTED_PROXIES"},
		{"FUND_TRUSTED_PROXIES=10.0.0.1, 0.0.0.0/0", "FUND_TRUSTED_PROXIES"},
		{"FUND_LISTEN=127.0.0.1:http-alt-x", "FUND_LISTEN"},
		{"FUND_LISTEN=127.0.0.1:70000", "FUND_LISTEN"},
		{"FUND_LISTEN=:0", "FUND_LISTEN"},
		{"FUND_PUBLIC_URL=fund.example.org", "FUND_PUBLIC_URL"},
		{"FUND_PUBLIC_URL=ftp://fund.example.org", "FUND_PUBLIC_URL"},
		{"FUND_PUBLIC_URL=https://a:b@fund.example.org?x=y", "FUND_PUBLIC_URL"},
		{"FUND_SECURE_COOKIES=yes", "FUND_SECURE_COOKIES"},
		{"FUND_SECURE_COOKIES=false\nFUND_PUBLIC_URL=https://fund.example.org", "FUND_SECURE_COOKIES"},
		{"FUND_DATABASE_URL=mysql://u:hush@h/d", "FUND_DATABASE_URL"},
		{"FUND_DATABASE_URL=host=h password=hush", "FUND_DATABASE_URL"},
		{"FUND_DATABASE_URL=postgres://u:hush@h:port/d", "FUND_DATABASE_URL"},
		{"FUND_OWNER_URL=postgres://u:hush@h/d", "FUND_OWNER_URL"},
		{"FUND_OWNER_URL=hush\nFUND_DATABASE_URL=postgres://h/d", "FUND_OWNER_URL"},
		{"FUND_DATA=" + file, "FUND_DATA"},
		{"FUND_SMTP_URL=http://u:hush@h", "FUND_SMTP_URL"},
		{"FUND_FILES_URL=http://u:hush@h/b", "FUND_FILES_URL"},
		{"FUND_SMTP_URL=smtp://u:hush@h:port", "FUND_SMTP_URL"},
		{"FUND_MAIL_FROM=nobody", "FUND_MAIL_FROM"},
		{"FUND_POSTGRES=/nowhere", "FUND_POSTGRES"},
	} {
		_, err := loadConfig(strings.Split(row.set, "\n"))
		if err == nil || !strings.HasPrefix(err.Error(), row.names+" ") {
			t.Errorf("%s: %v", row.set, err)
		} else if strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %q tells a password or is more than a line", row.set, err)
		}
	}
}

func TestConfigIsPrintedWithoutSecrets(t *testing.T) {
	c, err := loadConfig([]string{
		"FUND_DATABASE_URL=postgres://app:hush1@db/fund?sslmode=require&password=hush2",
		"FUND_OWNER_URL=postgresql://owner:hush3@db/fund?sslpassword=hush4",
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := printConfig(context.Background(), c, nil, &out, &out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "hush") {
		t.Errorf("a password is shown:\n%s", &out)
	}
	for i := range reflect.TypeFor[config]().NumField() {
		name := reflect.TypeFor[config]().Field(i).Tag.Get("env")
		if !strings.Contains("\n"+out.String(), "\n"+name+"=") {
			t.Errorf("%s is not shown:\n%s", name, &out)
		}
	}
	if !strings.Contains(out.String(), "postgres://app:xxxxx@db/fund?") || !strings.Contains(out.String(), "sslmode=require") {
		t.Errorf("what is no secret is hidden:\n%s", &out)
	}
}

func TestProxiesAreNamedByCommas(t *testing.T) {
	for given, want := range map[string]string{"": "[]", " ": "[]", "10.0.0.1": "[10.0.0.1]", "10.0.0.0/8, ::1": "[10.0.0.0/8 ::1]"} {
		c, err := loadConfig([]string{"FUND_TRUSTED_PROXIES=" + given})
		if got := fmt.Sprint(c.proxies()); err != nil || got != want {
			t.Errorf("%q trusts %s: %v", given, got, err)
		}
	}
}
