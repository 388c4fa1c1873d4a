package api

import (
	"fmt"
	"strings"
	"testing"
)

// An item that is about a change of a programme, a condition or the rules has that among its
// papers, with what was and what would be; so has one that is dealt with in writing. Texts that
// were proposed are for those who may read positions.
func TestPapersHoldWhatAnItemIsAbout(t *testing.T) {
	s, meeting := bodyOf13(t)
	jp, conditions := s.conditioned(meeting)
	x := s.ask("otto", "POST", jp+"/change-requests", changeOf("budget-revision", fmt.Sprintf(`,"shares":[{"organisation":%q,"amount":%s},{"organisation":%q,"amount":%s}]`,
		s.org("IOM", "un"), usd("350000.00"), s.org("ILO", "un"), usd("550000.00"))), "201")
	_, rules, _ := s.drafted(strings.Replace(redrafting("2026-09-01", "/terms/months", "24"), `"note":""`, `"note":"Shorter is fairer."`, 1))
	condition := fmt.Sprint(conditions()[0]["id"])
	for _, c := range []struct {
		question, file string
		says           []string
	}{
		{revisionOf(x.at("id")), strings.ReplaceAll(x.at("ref"), "/", "-") + "-en.docx", []string{"The rains came late.", "Revision of the budget", "600,000.00", "350,000.00", "300,000.00", "550,000.00", "IOM", "ILO"}},
		{strings.Replace(revisionOf(condition), `"change"`, `"waives"`, 1), strings.ReplaceAll(fmt.Sprint(conditions()[0]["ref"]), "/", "-") + "-en.docx", []string{"The host agreement is signed."}},
		{amendOf(rules), "RULES-2026-001-en.docx", []string{"Longer terms", "Shorter is fairer.", "Length of a term, in months", "1 September 2026", ">24<"}},
	} {
		q := s.listed(meeting, c.question)
		raw := s.ask("donors-3", "GET", q+"/papers", "", "200").raw
		files := unzipped(t, raw)
		text := inside([]byte(files[c.file]))
		for _, says := range c.says {
			if !strings.Contains(text, says) {
				t.Errorf("%s does not say %q: %d files, %.3000s", c.file, says, len(files), text)
			}
		}
		if !strings.Contains(files["papers.txt"], c.file) {
			t.Errorf("papers.txt has no %s: %s", c.file, files["papers.txt"])
		}
		if all := unzipped(t, s.ask("donors-3", "GET", meeting+"/papers", "", "200").raw); !strings.Contains(all["papers.txt"], c.file) {
			t.Errorf("the agenda's papers have no %s", c.file)
		}
	}

	// In another language the headings are the reader's, and what people wrote is as they wrote it.
	s.ask("donors-2", "PUT", "/session/language", `{"language":"ar"}`, "200")
	written := "/questions/" + s.ask("sec", "POST", "/silences", strings.Replace(policyVote, `"vote"`, `"no-objection"`, 1), "201").at("id")
	s.ask("donors-1", "POST", written+"/thread", `{"language": "en", "text": "Why now?"}`, "201")
	if files := unzipped(t, s.ask("donors-2", "GET", written+"/papers", "", "200").raw); !strings.Contains(files["text-en.txt"], "The body endorses it.") {
		t.Errorf("in writing: %v", files)
	}
	p := s.listed(meeting, policyQuestion)
	s.ask("chair", "POST", p+"/opening", "", "200")
	s.ask("donors-1", "POST", p+"/texts", `{"text": "The body takes note of it.", "reason": "Enough."}`, "201")
	s.person("rohan", "agent-releaser", "MPTFO", "un")
	for who, reads := range map[string]bool{"donors-3": true, "rohan": false} {
		files := unzipped(t, s.ask(who, "GET", p+"/papers", "", "200").raw)
		if got := files["proposed-texts-en.txt"]; strings.Contains(got, "takes note of it.") != reads {
			t.Errorf("%s reads the texts proposed: %q", who, got)
		}
	}
	s.allHolds()
}
