package store_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/store"
	"startupfund/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var day = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func voucher(from, to ledger.Account, amount string) ledger.Voucher {
	m, err := ledger.Parse(amount, ledger.USD)
	if err != nil {
		panic(err)
	}
	return ledger.Voucher{ID: uuid.New(), Kind: ledger.Allocation, BookedOn: day, ValueOn: day, Memo: "a test",
		Postings: []ledger.Posting{{From: from, To: to, Money: m}}}
}

// deposit puts the same on both sides of the books.
func deposit(amount string) ledger.Voucher {
	v := voucher("income:contributions:QMR", "agent:bank:USD", amount)
	v.Kind = ledger.Deposit
	v.Postings = append(v.Postings, voucher("fund:cover", "fund:available:unearmarked", amount).Postings...)
	return v
}

func person(t *testing.T, f *storetest.Fund) domain.Actor {
	id := uuid.New()
	if err := f.DB.Exec(`INSERT INTO persons (id, email, name, created_at) VALUES (?, ?, 'Ana', now())`, id, id.String()+"@example.org").Error; err != nil {
		t.Fatal(err)
	}
	return domain.Actor{Person: id}
}

func TestHistoryStands(t *testing.T) {
	f := storetest.New(t)
	if _, err := f.Post(context.Background(), store.As(person(t, f)), deposit("100.00")); err != nil {
		t.Fatal(err)
	}
	for _, role := range []string{"", "fund_app", "fund_owner"} { // the superuser first
		for _, table := range store.History() {
			for _, sql := range []string{"UPDATE " + table + " SET " + column(t, f, table) + " = " + column(t, f, table), "DELETE FROM " + table, "TRUNCATE " + table + " CASCADE"} {
				tx := f.DB.Begin()
				if role != "" {
					tx.Exec("SET LOCAL ROLE " + role)
				}
				err := tx.Exec(sql).Error
				tx.Rollback()
				if err == nil || !strings.Contains(err.Error(), "never changed") && !strings.Contains(err.Error(), "permission denied") {
					t.Errorf("as %q: %s: %v", role, sql, err)
				}
			}
		}
	}
}

func column(t *testing.T, f *storetest.Fund, table string) (name string) {
	err := f.DB.Raw(`SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND attidentity = '' ORDER BY attnum LIMIT 1`, table).Row().Scan(&name)
	if err != nil {
		t.Fatal(table, err)
	}
	return name
}

func TestTheProgramsRoleMakesNoTables(t *testing.T) {
	f := storetest.New(t)
	for _, sql := range []string{"CREATE TABLE x (a int)", "CREATE TEMPORARY TABLE postings (a int)", "ALTER TABLE postings DISABLE TRIGGER ALL",
		"DROP TRIGGER stands_for_ever ON postings", "SET session_replication_role = replica"} {
		tx := f.DB.Begin()
		tx.Exec("SET LOCAL ROLE fund_app")
		if err := tx.Exec(sql).Error; err == nil {
			t.Errorf("%s was allowed", sql)
		}
		tx.Rollback()
	}
}

func TestARefusedActLeavesNothing(t *testing.T) {
	f := storetest.New(t)
	by := store.As(person(t, f))
	_, err := f.Post(context.Background(), by, deposit("100.00"), voucher("fund:available:unearmarked", "fund:allocated:JP:IOM", "100.01"))
	if !errors.Is(err, ledger.ErrInsufficient) {
		t.Fatalf("got %v", err)
	}
	for _, table := range []string{"vouchers", "postings", "events", "balances"} {
		var n int
		f.DB.Raw("SELECT count(*) FROM " + table).Row().Scan(&n)
		if n != 0 {
			t.Errorf("%s keeps %d rows of a refused act", table, n)
		}
	}
}

// Eight withdrawals of 40 at once, where 100 is there: two go through.
func TestEightWithdrawalsAtOnce(t *testing.T) {
	f := storetest.New(t)
	by := store.As(person(t, f))
	if _, err := f.Post(context.Background(), by, deposit("100.00")); err != nil {
		t.Fatal(err)
	}
	var paid, refused atomic.Int64
	f.Gate(t, `LOCK TABLE balances IN EXCLUSIVE MODE`, 8, func() {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				_, err := f.Post(context.Background(), by, voucher("fund:available:unearmarked", "fund:allocated:JP:IOM", "40.00"))
				switch {
				case err == nil:
					paid.Add(1)
				case errors.Is(err, ledger.ErrInsufficient):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
	if paid.Load() != 2 || refused.Load() != 6 {
		t.Errorf("%d went through, %d were refused", paid.Load(), refused.Load())
	}
}

func TestAskingTwiceDoesItOnce(t *testing.T) {
	f := storetest.New(t)
	by := store.As(person(t, f))
	by.Key, by.Hash = "k1", []byte("what")
	v := deposit("100.00")
	for range 3 {
		if n, err := f.Post(context.Background(), by, v); err != nil || n != 1 {
			t.Fatalf("%d %v", n, err)
		}
	}
	other := by
	other.Hash = []byte("something else")
	if _, err := f.Post(context.Background(), other, deposit("1.00")); !errors.Is(err, domain.ErrKeyReused) {
		t.Errorf("got %v", err)
	}
	stranger := store.As(person(t, f))
	stranger.Key, stranger.Hash = by.Key, by.Hash
	if _, err := f.Post(context.Background(), stranger, deposit("5.00")); err != nil {
		t.Errorf("a key is one person's own: %v", err)
	}
	var n int
	f.DB.Raw("SELECT count(*) FROM vouchers").Row().Scan(&n)
	if n != 2 {
		t.Errorf("%d vouchers", n)
	}
}

// The same key from eight at once: one does it, seven hear the same answer.
func TestOneKeyFromEightAtOnce(t *testing.T) {
	f := storetest.New(t)
	by := store.As(person(t, f))
	by.Key, by.Hash = "k", []byte("h")
	f.Gate(t, `LOCK TABLE idempotency_keys IN EXCLUSIVE MODE`, 8, func() {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if n, err := f.Post(context.Background(), by, deposit("1.00")); err != nil || n != 1 {
					t.Errorf("%d %v", n, err)
				}
			})
		}
		all.Wait()
	})
	var n int
	f.DB.Raw("SELECT count(*) FROM vouchers").Row().Scan(&n)
	if n != 1 {
		t.Errorf("%d vouchers", n)
	}
}

func TestAVoucherIsReversedOnce(t *testing.T) {
	f := storetest.New(t)
	by := store.As(person(t, f))
	v := deposit("100.00")
	if _, err := f.Post(context.Background(), by, v); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Post(context.Background(), by, v.Reverse(uuid.New(), day, "entered twice")); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Post(context.Background(), by, v.Reverse(uuid.New(), day, "again")); !errors.Is(err, ledger.ErrReversed) {
		t.Errorf("got %v", err)
	}
}
