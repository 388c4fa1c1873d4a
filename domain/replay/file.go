// Package replay reads a decision's file and counts the decision again, by the file
// alone: no database, and none of the code that counted it the first time. What the
// file is, byte by byte, is told in docs/decision-file.md.
package replay

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// Format is the shape of the file. Another shape takes the next number.
const Format = 1

// signed stands before what is signed, so that a signature is of a decision's file and
// of nothing else that the key may sign.
const signed = "startup-fund decision file 1\n"

// private are the members of a record that its reader may not see: who said what, who
// was there, with a seat and without, whose interests were whose, and what came too late. Each is withheld whole, by its salted hash.
var private = []string{"/announced_by", "/arithmetic/majority", "/arithmetic/positions", "/attendances", "/casting", "/in_writing/late", "/interests", "/mandates", "/positions", "/presences", "/referendum/confirmations", "/texts", "/unanswered"}

// counted are the rules on which a count rests.
var counted = regexp.MustCompile(`^/(body/(chair|quorum|consensus|no_objection|vote)|interests|constituencies)/(.*/)?(applies|decides|quorum_count|share|threshold|of|per_constituency|quorum_applies|silent_join|silence_counts|majority|tie|effect|own_organisation|emptied|seats)$`)

// inWriting are the rules beside them on which the end of a silence rests.
var inWriting = regexp.MustCompile(`^/(body/no_objection/(days|days_are|extension_days)|fund/(time_zone|working_days|holidays))$`)

// referred are the rules beside them on which it rests what became of positions ad referendum.
var referred = regexp.MustCompile(`^/(body/consensus/referendum/(waits|days|days_are|silence)|fund/(time_zone|working_days|holidays))$`)

// fourth are the rules beside them on which a count of a record of format 4 rests: files of
// older ones are as they were.
var fourth = regexp.MustCompile(`^/body/(vote/all_answer|quorum/vacant)$`)

// File is a decision as it leaves the fund.
type File struct {
	Format    int               `json:"format"`
	Record    map[string]any    `json:"record"` // as the fund keeps it; what is withheld is {"withheld": hash}
	Rules     map[string]string `json:"rules"`  // the charter's on which a count rests, in force for it, by path
	Salts     map[string]string `json:"salts"`  // of the private members that are shown, by pointer
	Key       string            `json:"key"`
	Signature string            `json:"signature"`
}

// Write makes the file of a decision: record is its record as it was kept, rules the
// charter's of its version. Withhold leaves out what only some may read; the signature
// is the same with it and without.
func Write(record []byte, rules map[string]string, key ed25519.PrivateKey, withhold bool) ([]byte, error) {
	r, err := object(record)
	if err != nil {
		return nil, err
	}
	f := File{Format: Format, Record: r, Rules: map[string]string{}, Salts: map[string]string{}}
	_, written := r["in_writing"]
	_, refers := r["referendum"]
	format, _ := r["format"].(json.Number)
	n, _ := format.Int64()
	for path, value := range rules {
		if counted.MatchString(path) || written && inWriting.MatchString(path) || refers && referred.MatchString(path) || n >= 4 && fourth.MatchString(path) {
			f.Rules[path] = value
		}
	}
	for _, at := range private {
		if _, ok := f.member(at); ok {
			f.Salts[at] = hex.EncodeToString(salt(key, record, at))
		}
	}
	text, err := f.masked()
	if err != nil {
		return nil, err
	}
	f.Key, f.Signature = hex.EncodeToString(key.Public().(ed25519.PublicKey)), hex.EncodeToString(ed25519.Sign(key, text))
	if withhold {
		for at, s := range f.Salts {
			if err := f.withhold(at, s); err != nil {
				return nil, err
			}
		}
		f.Salts = map[string]string{}
	}
	return canonical(f), nil
}

// salt is chance to whoever has not the key, and the same whenever the file is made.
func salt(key ed25519.PrivateKey, record []byte, at string) []byte {
	mac := hmac.New(sha256.New, key.Seed())
	sum := sha256.Sum256(record)
	mac.Write(sum[:])
	mac.Write([]byte(at))
	return mac.Sum(nil)
}

// read parses a file strictly: one object, in its one spelling, with nothing that this
// format has not.
func read(text []byte) (File, error) {
	var f File
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	dec.UseNumber()
	if err := dec.Decode(&f); err != nil {
		return f, fmt.Errorf("it is no decision file: %w", err)
	}
	if f.Format != Format {
		return f, fmt.Errorf("it is of format %d; this program reads format %d", f.Format, Format)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) || !bytes.Equal(bytes.TrimRight(text, "\n"), canonical(f)) {
		return f, errors.New("it is not in its one spelling: members by name, no space, nothing after it")
	}
	return f, nil
}

// masked is what is signed: the file with every private member withheld.
func (f File) masked() ([]byte, error) {
	m := File{Format: f.Format, Rules: f.Rules}
	var err error
	if m.Record, err = object(canonical(f.Record)); err != nil {
		return nil, err
	}
	for at, s := range f.Salts {
		if err := m.withhold(at, s); err != nil {
			return nil, err
		}
	}
	for _, at := range private {
		if v, ok := m.member(at); ok && hidden(v) == "" {
			return nil, fmt.Errorf("%s has no salt", at)
		}
	}
	return append([]byte(signed), canonical(map[string]any{"format": m.Format, "record": m.Record, "rules": m.Rules})...), nil
}

// authentic tells whether the file is as the fund signed it. Known, where given, is the
// fund's key as its reader has it from elsewhere.
func (f File) authentic(known ed25519.PublicKey) error {
	key, err := unhex(f.Key)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return errors.New("its key is none")
	}
	if len(known) > 0 && !bytes.Equal(known, key) {
		return errors.New("it is signed with another key than the fund's")
	}
	signature, err := unhex(f.Signature)
	if err != nil {
		return errors.New("its signature is none")
	}
	text, err := f.masked()
	if err != nil {
		return err
	}
	if !ed25519.Verify(key, text, signature) {
		return errors.New("it is not what was signed: something in it was changed")
	}
	return nil
}

// withhold puts a member's salted hash in its place.
func (f File) withhold(at, salted string) error {
	v, ok := f.member(at)
	s, err := unhex(salted)
	if !ok || err != nil || len(s) != sha256.Size {
		return fmt.Errorf("%s has no salt of its own", at)
	}
	in, name := f.holder(at)
	sum := sha256.Sum256(append(s, canonical(v)...))
	in[name] = map[string]any{"withheld": hex.EncodeToString(sum[:])}
	return nil
}

func (f File) holder(at string) (map[string]any, string) {
	in, parts := f.Record, strings.Split(strings.TrimPrefix(at, "/"), "/")
	for _, p := range parts[:len(parts)-1] {
		in, _ = in[p].(map[string]any)
	}
	return in, parts[len(parts)-1]
}

func (f File) member(at string) (any, bool) {
	in, name := f.holder(at)
	v, ok := in[name]
	return v, ok
}

// unhex reads bytes in their one spelling, in small letters.
func unhex(text string) ([]byte, error) {
	b, err := hex.DecodeString(text)
	if err == nil && hex.EncodeToString(b) != text {
		err = errors.New("capital letters")
	}
	return b, err
}

// hidden is the salted hash that stands in the place of a member, or "".
func hidden(v any) string {
	m, _ := v.(map[string]any)
	h, _ := m["withheld"].(string)
	if len(m) != 1 {
		return ""
	}
	return h
}

func object(text []byte) (map[string]any, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var r map[string]any
	if err := dec.Decode(&r); err != nil {
		return nil, fmt.Errorf("its record: %w", err)
	}
	return r, nil
}

// canonical is JSON in one spelling: members by name, no space, nothing escaped that
// need not be.
func canonical(v any) []byte {
	if f, ok := v.(File); ok {
		v = map[string]any{"format": f.Format, "record": f.Record, "rules": f.Rules, "salts": f.Salts, "key": f.Key, "signature": f.Signature}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("replay: what cannot be written: " + err.Error()) // it is made of maps and texts
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
