package store

import (
	"context"
	"errors"

	"startupfund/domain"
	"startupfund/domain/replay"
)

var errNoSeal = errors.New("this program was given no place for the fund's signing key")

// SignedFile is a decision as a file that anybody can count again, signed by the fund: with
// what only some may read, or with its salted hashes in its place. One decision has one file
// of each, however often it is asked for.
func (s *Store) SignedFile(ctx context.Context, by domain.Actor, d DecisionFile, withhold bool) ([]byte, error) {
	if s.seal == nil {
		return nil, errNoSeal
	}
	key, err := s.seal.Key()
	if err != nil {
		return nil, err
	}
	c, err := s.CharterVersion(ctx, by, d.CharterVersion)
	if err != nil {
		return nil, err
	}
	rules := map[string]string{}
	for _, l := range c.Rules() {
		rules[l.Path] = l.Value
	}
	file, err := replay.Write(d.Record, rules, key, withhold)
	return append(file, '\n'), err
}

// PublicKey is the one by which the fund's signature is known: 64 hexadecimal digits.
func (s *Store) PublicKey() (string, error) {
	if s.seal == nil {
		return "", errNoSeal
	}
	return s.seal.Public()
}
