// Package seal keeps the key with which the fund signs what leaves it: a file beside
// the program's other data. Whoever has it signs as the fund.
package seal

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Seal is the fund's signing key, read when it is needed first.
type Seal struct {
	file string
	mu   sync.Mutex
	key  ed25519.PrivateKey
}

// In is the seal that is kept in a folder. Nothing is read or made yet.
func In(folder string) *Seal { return &Seal{file: filepath.Join(folder, "signing.key")} }

// Key is the private key. Where there is none it is made.
func (s *Seal) Key() (ed25519.PrivateKey, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key != nil {
		return s.key, nil
	}
	key, err := read(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		if err := create(s.file); err != nil {
			return nil, err
		}
		key, err = read(s.file)
	}
	if err != nil {
		return nil, err
	}
	s.key = key
	return key, nil
}

// Public is the public key as the fund publishes it: 64 hexadecimal digits.
func (s *Seal) Public() (string, error) {
	key, err := s.Key()
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(key.Public().(ed25519.PublicKey)), nil
}

func read(file string) (ed25519.PrivateKey, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("%s holds no key of this program", file)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// create makes a key under its name at once and whole, or leaves the one that another
// program made meanwhile.
func create(file string) error {
	folder := filepath.Dir(file)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	made, err := os.CreateTemp(folder, ".signing-*") // its owner's alone
	if err != nil {
		return err
	}
	defer os.Remove(made.Name())
	seed := make([]byte, ed25519.SeedSize)
	_, _ = rand.Read(seed) // it never fails
	_, err = fmt.Fprintln(made, hex.EncodeToString(seed))
	if err := errors.Join(err, made.Sync(), made.Close()); err != nil {
		return err
	}
	if err := os.Link(made.Name(), file); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
