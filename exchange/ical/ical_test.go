package ical

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var at = time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 3600))

func written(t *testing.T, list ...Entry) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, Calendar{Name: "The body", Entries: list, Now: at}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Every line ends with CR LF and has at most 75 bytes, none cuts a character in two, and
// what is unfolded and unescaped is what was told.
func TestLinesAreFoldedAndEscaped(t *testing.T) {
	title := "Réunion; ordre du jour, partie 2 \\ " + strings.Repeat("اجتماع الهيئة ", 12) + "\nnew line\r\nBEGIN:VALARM"
	text := written(t, Entry{UID: "meeting-1", Sequence: 3, At: at, Until: at.Add(time.Hour), Title: title, Description: "x,y;z", Place: "Room A, Geneva", Link: "https://example.org/a;b?c=1,2"})
	if strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") {
		t.Error("a line does not end with CR and LF")
	}
	for _, line := range strings.Split(text, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("%d bytes, valid %t: %q", len(line), utf8.ValidString(line), line)
		}
	}
	whole := strings.ReplaceAll(text, "\r\n ", "")
	for _, want := range []string{"BEGIN:VCALENDAR\r\n", "VERSION:2.0\r\n", "METHOD:PUBLISH\r\n", "UID:meeting-1\r\n", "SEQUENCE:3\r\n", "DTSTART:20260302T080000Z\r\n",
		"DTEND:20260302T090000Z\r\n", `LOCATION:Room A\, Geneva` + "\r\n", `DESCRIPTION:x\,y\;z` + "\r\n", "STATUS:CONFIRMED\r\n", "END:VCALENDAR\r\n"} {
		if !strings.Contains(whole, want) {
			t.Errorf("no %q in\n%s", want, whole)
		}
	}
	summary := regexp.MustCompile(`SUMMARY:(.*)\r\n`).FindStringSubmatch(whole)[1]
	if got := strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(summary); got != strings.ReplaceAll(title, "\r", "") {
		t.Errorf("the title came out as %q", got)
	}
	if strings.Count("\r\n"+whole, "\r\nBEGIN:") != 2 {
		t.Error("a title opened a component")
	}
}

func TestWithoutAnEndOrAPlaceNothingIsSaidOfThem(t *testing.T) {
	text := written(t, Entry{UID: "a", At: at, Title: "A", Cancelled: true})
	for _, not := range []string{"DTEND", "LOCATION", "URL", "DESCRIPTION"} {
		if strings.Contains(text, not) {
			t.Errorf("%s is there: %s", not, text)
		}
	}
	if !strings.Contains(text, "STATUS:CANCELLED\r\n") || strings.Count(text, "BEGIN:VEVENT") != 1 {
		t.Error(text)
	}
}
