// Package example makes the example fund: a real fund's published past, and on top
// of it an invented body, invented states and their concept notes, in every stage
// from a draft to a payment found again at the bank. It does by the acts of the
// store what people would have done, each on its own day.
package example

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/store"
)

// Code is the example's own, so that nothing it exports is taken for the fund's.
const Code = "EXAMPLE"

// Past is the code of the real fund whose published figures are its past.
const Past = "MPTF00135"

// Why there is no example to show.
var (
	ErrAnother    = errors.New("this database holds a fund that is not the example")
	ErrUnfinished = errors.New("the example was begun here and not finished")
)

// SignIn is a person who can sign in to the example, and what for.
type SignIn struct {
	Name, Email, Password string
	Sees                  string
}

// Options are what the example is made with.
type Options struct {
	Now time.Time // the first start: all its days count back from here

	// File hands over what a camt.053 file says, as an import does.
	File func(raw []byte) store.StatementFile

	// Keep is given who can sign in, before anything is made: what it fails to
	// keep, nobody could sign in with.
	Keep func([]SignIn) error
}

// Present tells whether the example is there and whole; one that was cut short is
// ErrUnfinished, a fund that is no example ErrAnother.
func Present(ctx context.Context, s *store.Store) (bool, error) {
	fund, err := s.Fund(ctx)
	if err != nil || !fund.Founded {
		return false, err
	}
	if !fund.Example {
		return false, ErrAnother
	}
	whole, err := s.ExampleFinished(ctx)
	if err == nil && !whole {
		err = ErrUnfinished
	}
	return whole, err
}

// Make makes the example in an empty database.
func Make(ctx context.Context, s *store.Store, o Options) (err error) {
	if there, err := Present(ctx, s); err != nil || there {
		return err
	}
	passwords := newPasswords()
	if err := o.Keep(passwords.list()); err != nil {
		return err
	}
	clock := &clock{at: o.Now}
	st := &story{Context: ctx, Options: o, clock: clock, Store: s.Under(clock.now), passwords: passwords,
		organisations: map[string]uuid.UUID{}, people: map[string]uuid.UUID{}, hats: map[string][]domain.Hat{}, seats: map[string]uuid.UUID{},
		room: map[string]domain.Presence{}, proposals: map[string]domain.Proposal{}}
	defer func() {
		switch fault := recover().(type) {
		case nil:
		case failure:
			err = fmt.Errorf("the example could not be made: %w", fault.error)
		default:
			panic(fault)
		}
	}()
	st.tell()
	return st.FinishExample(ctx)
}

// tell lets the days of the whole story pass.
func (st *story) tell() {
	st.clock.at = st.on(founded, 9, 0)
	st.rules = must(st.Charter(st, domain.Console(), time.Time{}))
	st.body = satEarlier
	st.found()
	st.commit()
	st.lives()
	st.call(firstCall, first)
	st.call(secondCall, second)
	st.stages()
	st.score()
	st.rotate()
	st.meet()
	st.pay()
	st.reconcile()
	st.write()
	st.meetNow()
	for len(st.agenda) > 0 {
		next := 0
		for i, m := range st.agenda {
			if m.at.Before(st.agenda[next].at) {
				next = i
			}
		}
		m := st.agenda[next]
		st.agenda = slices.Delete(st.agenda, next, next+1)
		st.until(m.at)
		m.do()
	}
}

// moment is something to be done at its time.
type moment struct {
	at time.Time
	do func()
}

// story is the example while it is being made.
type story struct {
	context.Context
	Options
	*store.Store
	clock     *clock
	rules     charter.Charter
	passwords passwords

	administrator store.Ask
	organisations map[string]uuid.UUID // by code
	people        map[string]uuid.UUID // by key
	hats          map[string][]domain.Hat
	seats         map[string]uuid.UUID       // by name
	body          map[string]string          // who represents the seats, by seat
	room          map[string]domain.Presence // by key, of the meeting under way
	proposals     map[string]domain.Proposal // by state, there is one of each; those in two stages by their key
	atBank        ledger.Money               // where the last bank statement closed
	agenda        []moment
}

// clock is the story's own time. It never goes back.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// at has something done at an hour, so many days before now.
func (st *story) at(days, hour, minute int, do func()) {
	st.agenda = append(st.agenda, moment{st.on(days, hour, minute), do})
}

// ago has something done so long before now.
func (st *story) ago(d time.Duration, do func()) {
	st.agenda = append(st.agenda, moment{st.Now.Add(-d), do})
}

// then has something done at an instant that may lie past the first start: then it
// does not happen.
func (st *story) then(at time.Time, do func()) {
	if at.Before(st.Now) {
		st.agenda = append(st.agenda, moment{at, do})
	}
}

// pass lets time go by while something is done.
func (st *story) pass(d time.Duration) { st.clock.at = st.clock.at.Add(d) }

// until moves the clock to t; where it is past that already, on by a second.
func (st *story) until(t time.Time) {
	if st.pass(time.Second); t.After(st.clock.at) {
		st.clock.at = t
	}
}

// on is an hour of a day so many days before now, of the Friday where it falls on
// a weekend: the people of the example rest.
func (st *story) on(days, hour, minute int) time.Time {
	y, m, d := st.Now.UTC().AddDate(0, 0, -days).Date()
	t := time.Date(y, m, d, hour, minute, 0, 0, time.UTC)
	switch t.Weekday() {
	case time.Saturday:
		t = t.AddDate(0, 0, -1)
	case time.Sunday:
		t = t.AddDate(0, 0, -2)
	}
	return t
}

// day is a calendar day so many days before now; weekends are days too.
func (st *story) day(days int) time.Time { return st.rules.Day(st.Now).AddDate(0, 0, -days) }

// failure carries an act's refusal out of the story, which is told without an if
// after every sentence.
type failure struct{ error }

func must[T any](v T, err error) T {
	if err != nil {
		panic(failure{place(err)})
	}
	return v
}

func ok(err error) {
	if err != nil {
		panic(failure{place(err)})
	}
}

// place says which line of the story was refused: a refusal alone would not tell.
func place(err error) error {
	_, file, line, _ := runtime.Caller(2)
	return fmt.Errorf("%s:%d: %w", filepath.Base(file), line, err)
}
