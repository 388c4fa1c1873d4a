package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// Ask is who asks and, where asking twice must do it once, the key and the hash
// of what was asked.
type Ask struct {
	domain.Actor
	Key  string
	Hash []byte

	arrives uuid.UUID // the question to which it brings a word: whoever closes that waits for it
}

// As is an Ask without a key.
func As(a domain.Actor) Ask { return Ask{Actor: a} }

// tx is one act, or one reading, under way. It cannot leave the package, and so
// neither can half an act.
type tx struct {
	*gorm.DB
	store     *Store
	ctx       context.Context
	by        domain.Actor
	now       time.Time // the database's clock at the start, before any lock was waited for
	charter   charter.Charter
	event     uuid.UUID
	subject   subject
	changes   map[string]any
	concerned uuid.UUID           // the person whom the act is about, where one is told of it
	merged    domain.Kin          // once it was read: kin
	numbers   map[uuid.UUID]int64 // of the vouchers posted in this act
}

type subject struct{ kind, id string }

// on names what the act is about, for its event and its vouchers.
func (t *tx) on(kind string, id any) { t.subject = subject{kind, fmt.Sprint(id)} }

// changed notes, in the event, what became of a fact. Names and addresses of
// people stay out of it: an event is never rewritten.
func (t *tx) changed(name string, value any) { t.changes[name] = value }

// today is the day in the charter's time zone.
func (t *tx) today() time.Time { return t.charter.Day(t.now) }

// act is the only writer. It begins, does, tells whom it concerns, records in the
// same transaction who did what to which object under which rules, and commits. Under a key that was
// used before it gives the answer of then and does nothing. A collision with
// another act is tried again, whole, a few times.
func act[T any](ctx context.Context, s *Store, by Ask, name string, do func(*tx) (T, error)) (answer T, err error) {
	for try := 0; ; try++ {
		answer, err = once(ctx, s, by, name, do)
		if !collided(err) || try == 5 {
			return answer, translate(err)
		}
		select {
		case <-ctx.Done():
			return answer, ctx.Err()
		case <-time.After(time.Duration(1+rand.IntN(20<<try)) * time.Millisecond):
		}
	}
}

func once[T any](ctx context.Context, s *Store, by Ask, name string, do func(*tx) (T, error)) (answer T, err error) {
	if by.Person == uuid.Nil {
		by.Key = "" // keys are kept by person
	}
	err = s.db.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if err := arrived(db, by.arrives); err != nil { // before the clock is read
			return err
		}
		t, err := s.begin(ctx, db, by.Actor)
		if err != nil {
			return err
		}
		if err := t.unhurried(); err != nil {
			return err
		}
		if by.Key != "" {
			done, err := t.before(by, &answer)
			if err != nil || done {
				return err
			}
		}
		if answer, err = do(t); err != nil {
			return err
		}
		if err := t.tell(name); err != nil {
			return err
		}
		if err := t.record(name); err != nil {
			return err
		}
		if by.Key != "" {
			return t.remember(by, answer)
		}
		return nil
	})
	if err != nil {
		var none T
		return none, err
	}
	return answer, nil
}

// read runs do on one unchanging picture of the fund.
func read[T any](ctx context.Context, s *Store, by domain.Actor, do func(*tx) (T, error)) (answer T, err error) {
	err = s.db.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		t, err := s.begin(ctx, db, by)
		if err != nil {
			return err
		}
		answer, err = do(t)
		return err
	}, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	return answer, translate(err)
}

// begin reads the clock and the rules in force.
func (s *Store) begin(ctx context.Context, db *gorm.DB, by domain.Actor) (*tx, error) {
	t := &tx{DB: db, store: s, ctx: ctx, by: by, event: uuid.New(), changes: map[string]any{}, numbers: map[uuid.UUID]int64{}}
	var override *time.Time
	if s.clock != nil {
		now := s.clock().UTC()
		override = &now
	}
	var version int
	err := db.Raw(`SELECT at, coalesce((SELECT version FROM charters_standing WHERE effective_from <= (at AT TIME ZONE time_zone)::date
		ORDER BY effective_from DESC, version DESC LIMIT 1), 0)
		FROM (SELECT coalesce(?::timestamptz, clock_timestamp()) AS at) n`, override).Row().Scan(&t.now, &version)
	if err != nil {
		return nil, err
	}
	t.now = t.now.UTC()
	if version == 0 {
		return nil, charter.ErrNoneInForce.With("day", t.now.Format(time.DateOnly))
	}
	t.charter, err = t.charterOf(version)
	return t, err
}

// before claims the key. Where it was claimed already, the answer of then is
// given, or another request under it refused.
func (t *tx) before(by Ask, answer any) (done bool, err error) {
	claimed := t.Exec(`INSERT INTO idempotency_keys (person, key, hash, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		by.Person, by.Key, by.Hash, t.now)
	if claimed.Error != nil || claimed.RowsAffected == 1 {
		return false, claimed.Error
	}
	var hash, kept []byte
	if err := t.Raw(`SELECT hash, answer FROM idempotency_keys WHERE person = ? AND key = ?`, by.Person, by.Key).Row().Scan(&hash, &kept); err != nil {
		return false, err
	}
	if !bytes.Equal(hash, by.Hash) {
		return false, domain.ErrKeyReused
	}
	return true, json.Unmarshal(kept, answer)
}

func (t *tx) remember(by Ask, answer any) error {
	kept, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	return t.Exec(`UPDATE idempotency_keys SET answer = ? WHERE person = ? AND key = ?`, string(kept), by.Person, by.Key).Error
}

func (t *tx) record(act string) error {
	if t.subject.kind == "" {
		return fmt.Errorf("the act %s names no subject", act)
	}
	changes, err := json.Marshal(t.changes)
	if err != nil {
		return err
	}
	role := t.by.Hat.Role
	if role == "" {
		role = domain.Public
	}
	return t.Exec(`INSERT INTO events (id, at, person, organisation, role, act, subject_kind, subject, charter_version, changes)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, t.event, t.now, orNull(t.by.Person), orNull(t.by.Hat.Organisation), string(role),
		act, t.subject.kind, t.subject.id, t.charter.Version, string(changes)).Error
}

// next is the number after the last one given under name. The row stays locked
// until the act ends, so that numbers are dense and in the order of commits.
func (t *tx) next(name string) (n int64, err error) {
	err = t.Raw(`INSERT INTO counters (name, last) VALUES (?, 1)
		ON CONFLICT (name) DO UPDATE SET last = counters.last + 1 RETURNING last`, name).Row().Scan(&n)
	return n, err
}

var forUpdate = clause.Locking{Strength: "UPDATE"}

// missing turns gorm's word for an empty answer into ours.
func missing(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, sql.ErrNoRows) {
		return domain.ErrMissing
	}
	return err
}

// orNull keeps an absent id out of a foreign key.
func orNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// errOvertaken gives an act up that began by what another has changed since.
var errOvertaken = errors.New("overtaken by another act")

// collided tells that the database set two acts against each other and gave up
// on this one: the whole of it may be tried again.
func collided(err error) bool {
	var pg *pgconn.PgError
	return errors.Is(err, errOvertaken) || errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// promises are the constraints that refuse people rather than programs, and
// what they say. Where a rule of the domain asks first, the constraint stands
// behind it for the race.
var promises = map[string]error{
	"not_below_zero": ledger.ErrInsufficient,
	"reversed_once":  ledger.ErrReversed,

	"statement_imported_once":       domain.ErrImportedBefore,
	"one_statement_follows_another": domain.ErrStatementGap,
	"one_first_statement":           domain.ErrStatementGap,
	"line_matched_once":             domain.ErrLineMatched,
	"posting_matched_once":          domain.ErrLineMatched,
	"match_undoings_pkey":           domain.ErrMatchUndone,
}

// translate turns what the database promised into the refusal it stands for.
func translate(err error) error {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return err
	}
	if refusal, ok := promises[pg.ConstraintName]; ok {
		return refusal
	}
	switch pg.Code {
	case "40001", "40P01", "55P03", "57014": // collision, deadlock, lock wait, statement time
		return domain.ErrBusy
	case "53100", "53200", "53300", "57P01", "57P02", "57P03": // disk, memory, connections, going down
		return domain.ErrBusy
	}
	return err
}
