package store

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/argon2"

	"startupfund/domain"
)

// hashing is how much work one guess at a password costs: argon2id as OWASP
// advises. The parameters are kept with each hash, so that they can grow: a hash
// made with others is made anew when its owner next signs in.
type hashing struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

var hashingNow = hashing{memory: 19 << 10, passes: 2, threads: 1}

// hashingAtOnce bounds the memory that guesses can take: 4 × 19 MiB.
const hashingAtOnce = 4

// hashingPatience is how long a guess waits for its turn before the fund says
// that it is busy.
const hashingPatience = 5 * time.Second

const hashLength = 32

var (
	hashingSlots = make(chan struct{}, hashingAtOnce)

	hashings   atomic.Int64 // done so far, for the test that no account costs more than another
	mostAtOnce atomic.Int64
)

// hash is what is kept of a password: "$argon2id$v=19$m=19456,t=2,p=1$salt$sum".
func hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	sum, err := hashingNow.sum(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashingNow.memory, hashingNow.passes, hashingNow.threads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum)), nil
}

// nobodys is a hash that no password fits. It is tried where there is no account,
// so that a guess at one costs the same as at another.
const nobodys = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// fits tells whether kept is of this password, and whether it was made with
// other parameters than today's. An empty kept takes as long and fits nothing.
func fits(ctx context.Context, kept, password string) (ok, old bool, err error) {
	absent := kept == ""
	if absent {
		kept = nobodys
	}
	h, salt, want, err := parseHash(kept)
	if err != nil {
		return false, false, err
	}
	sum, err := h.sum(ctx, password, salt)
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(sum, want) == 1 && !absent, h != hashingNow, nil
}

func parseHash(kept string) (h hashing, salt, sum []byte, err error) {
	parts := strings.Split(kept, "$")
	var version int
	if len(parts) != 6 || parts[1] != "argon2id" {
		return h, nil, nil, fmt.Errorf("a password's hash is of no known kind")
	}
	if _, err = fmt.Sscanf(parts[2], "v=%d", &version); err == nil && version != argon2.Version {
		err = fmt.Errorf("argon2 version %d", version)
	}
	if err == nil {
		_, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.passes, &h.threads)
	}
	if err == nil {
		salt, err = base64.RawStdEncoding.DecodeString(parts[4])
	}
	if err == nil {
		sum, err = base64.RawStdEncoding.DecodeString(parts[5])
	}
	if err == nil && len(sum) != hashLength {
		err = fmt.Errorf("%d bytes", len(sum))
	}
	if err != nil {
		return h, nil, nil, fmt.Errorf("a password's hash cannot be read: %w", err)
	}
	return h, salt, sum, nil
}

// sum does the work, a few at once.
func (h hashing) sum(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case hashingSlots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(hashingPatience):
		return nil, domain.ErrBusy
	}
	defer func() { <-hashingSlots }()
	hashings.Add(1)
	if n := int64(len(hashingSlots)); n > mostAtOnce.Load() {
		mostAtOnce.Store(n)
	}
	return argon2.IDKey([]byte(domain.Password(password)), salt, h.passes, h.memory, h.threads, hashLength), nil
}

// HashingAtOnce is how many guesses are worked out at once at most.
const HashingAtOnce = hashingAtOnce

// Hashings are the passwords hashed since the program began, and the most that
// were at work at once: what the tests of equal effort and bounded memory count.
func Hashings() (done, atOnce int64) { return hashings.Load(), mostAtOnce.Load() }
