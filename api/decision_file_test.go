package api

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/replay"
)

// The signed file of a decision is whole for whoever reads its whole record. Who is recused,
// who may not read positions and the public get the one that withholds: always the same one,
// with the same signature, in which is nothing more than in the abridged record.
func TestADecisionLeavesAsASignedFile(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("rohan", "agent-preparer", "MPTFO", "un")
	s.pot("unearmarked", "900000.00")
	q := s.listed(meeting, grantOf(s.noted(s.openCall(), "RECIPIENTS-1", "NETWORK-1 600000.00"), ""))
	s.ask("donors-2", "POST", q+"/interests", `{"kind": "personal", "note": "My brother."}`, "201")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "abstain", "reason": "The budget is thin."}`, "201")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	s.ask("", "GET", "/decisions/1999-001/file", "", "404 not-found")

	key := strings.TrimSpace(string(s.ask("", "GET", "/decisions/key", "", "200").raw))
	known, err := hex.DecodeString(key)
	must(t, err)
	var public, signature string
	for who, whole := range map[string]bool{"": false, "rohan": false, "admin": false, "recipients-1": false, "donors-2": false, "donors-1": true, "sec": true, "aud": true} {
		r := s.ask(who, "GET", "/decisions/"+number+"/file", "", "200")
		if again := s.ask(who, "GET", "/decisions/"+number+"/file", "", "200"); !bytes.Equal(again.raw, r.raw) {
			t.Errorf("%q gets another file the second time", who)
		}
		if named := strings.Contains(r.header.Get("Content-Disposition"), "-public"); named == whole {
			t.Errorf("%q gets %s", who, r.header.Get("Content-Disposition"))
		}
		report, err := replay.Verify(r.raw, known)
		if err != nil || !report.Holds() || (len(report.Withheld) == 0) != whole || report.Key != key {
			t.Errorf("%q: %+v, %v", who, report, err)
		}
		for _, told := range []string{"My brother.", "The budget is thin.", `"personal"`, s.ids["donors-1"].String(), s.ids["chair"].String()} {
			if strings.Contains(string(r.raw), told) != whole {
				t.Errorf("the file of %q tells %q, or should", who, told)
			}
		}
		if signature == "" {
			signature = r.at("signature")
		}
		if r.at("signature") != signature {
			t.Errorf("%q gets another signature", who)
		}
		if asked := s.ask(who, "GET", "/decisions/"+number+"/file?withhold=true", "", "200"); whole == bytes.Equal(asked.raw, r.raw) || strings.Contains(string(asked.raw), "My brother.") {
			t.Errorf("%q asks for the public file and gets %s", who, asked.raw)
		}
		if whole {
			continue
		}
		if public == "" {
			public = string(r.raw)
		}
		if string(r.raw) != public {
			t.Errorf("%q gets another file than the public", who)
		}
		if open, abridged := opened(t, r.raw), s.ask(who, "GET", "/decisions/"+number, "", "200").at("record"); open != abridged {
			t.Errorf("open in the file of %q is\n%s\nand its page says\n%s", who, open, abridged)
		}
	}
	s.allHolds()
}

// opened is the record of a file without what is withheld in it, by name.
func opened(t *testing.T, file []byte) string {
	t.Helper()
	var f struct {
		Record map[string]any `json:"record"`
	}
	dec := json.NewDecoder(bytes.NewReader(file))
	dec.UseNumber()
	must(t, dec.Decode(&f))
	var strip func(m map[string]any)
	strip = func(m map[string]any) {
		for name, v := range m {
			if in, ok := v.(map[string]any); ok {
				if in["withheld"] != nil {
					delete(m, name)
					continue
				}
				strip(in)
			}
		}
	}
	strip(f.Record)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	must(t, enc.Encode(f.Record))
	return strings.TrimSpace(b.String())
}

// The records before format 3 say in what is signed in the open why a seat is recused: their
// files are for those alone who read the whole.
func TestAnOldRecordThatTellsInterestsHasNoPublicFile(t *testing.T) {
	c, err := charter.Parse(charter.Default())
	must(t, err)
	i := domain.Item{Charter: c}
	told := []byte(`{"format":2,"number":"2026-001","roll":[{"recused":true,"reason":"personal"}]}`)
	for record, want := range map[string]bool{string(told): true, `{"format":2,"number":"2026-001","roll":[{"recused":false,"reason":""}]}`: false, `{"format":3,"number":"2026-001","roll":[{"recused":true}]}`: false} {
		if whole, err := i.FileFor(domain.Actor{}, []byte(record)); whole || (err != nil) != want {
			t.Errorf("%s: %v, %v", record, whole, err)
		}
	}
	if whole, err := i.FileFor(domain.Actor{Hat: domain.Hat{Role: domain.Auditor}}, told); !whole || err != nil {
		t.Errorf("the auditor: %v, %v", whole, err)
	}
}
