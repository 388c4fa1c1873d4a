package bench

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"startupfund/api"
	"startupfund/domain"
	"startupfund/policy"
	"startupfund/store"
	"startupfund/store/pg"
	"startupfund/store/seal"
)

// ground is an empty fund of the bench's own, in a PostgreSQL that keeps its
// promises (no fast and loose settings), served over HTTP on loopback.
type ground struct {
	*store.Store
	db       *pgxpool.Pool // a superuser's way in, for loading and for the floor
	address  string        // of the API: "http://127.0.0.1:…/api/v1"
	heard    *heard        // what the fund asks of its database
	client   *http.Client
	progress io.Writer
	ends     []func()
}

// clients at once, as the targets of the issues have them.
const clients = 32

// open makes the ground ready.
func open(ctx context.Context, o Options) (g *ground, err error) {
	g = &ground{progress: o.Progress, heard: &heard{}}
	defer func() {
		if err != nil {
			g.leave()
		}
	}()
	dir, err := os.MkdirTemp("", "fb")
	if err != nil {
		return nil, err
	}
	g.ends = append(g.ends, func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil { // as root the server runs under another uid
		return nil, err
	}
	g.say("starting a PostgreSQL of the bench's own")
	server, err := pg.Start(ctx, pg.Options{Data: filepath.Join(dir, "data"), Folder: o.Postgres})
	if err != nil {
		return nil, err
	}
	g.ends = append(g.ends, func() { server.Stop(context.WithoutCancel(ctx)) })
	if g.Store, err = store.Open(ctx, store.Options{URL: server.URL("fund"), Seal: seal.In(dir), Trace: g.heard}); err != nil {
		return nil, err
	}
	g.ends = append(g.ends, func() { g.Store.Close() })
	pool, err := pgxpool.ParseConfig(server.URL("fund"))
	if err != nil {
		return nil, err
	}
	pool.MaxConns = clients
	if g.db, err = pgxpool.NewWithConfig(ctx, pool); err != nil {
		return nil, err
	}
	g.ends = append(g.ends, g.db.Close)
	return g, g.serve()
}

// serve opens the API's door as `fund serve` does.
func (g *ground) serve() error {
	table, err := policy.New()
	if err != nil {
		return err
	}
	words, err := api.LoadWords()
	if err != nil {
		return err
	}
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := &api.Server{Store: g.Store, Policy: table, Words: words, Log: slog.New(slog.NewJSONHandler(io.Discard, nil))}
	server := &http.Server{Handler: s.Handler()}
	go server.Serve(door)
	g.ends = append(g.ends, func() { server.Close() })
	g.address = "http://" + door.Addr().String() + "/api/v1"
	g.client = &http.Client{Transport: &http.Transport{MaxIdleConns: 1000, MaxIdleConnsPerHost: 1000}, Timeout: time.Minute}
	return nil
}

func (g *ground) leave() {
	for _, end := range slices.Backward(g.ends) {
		end()
	}
}

func (g *ground) say(what string, about ...any) {
	if g.progress != nil {
		fmt.Fprintf(g.progress, "fund: "+what+".\n", about...)
	}
}

// person is somebody signed in for a day, under one hat since 2020.
type person struct {
	domain.Actor
	token string
}

func (g *ground) organisation(ctx context.Context, code, kind string) (uuid.UUID, error) {
	id := uuid.New()
	_, err := g.db.Exec(ctx, `INSERT INTO organisations (id, code, name, kind, created_at) VALUES ($1, $2, $2, $3, now())`, id, code, kind)
	return id, err
}

func (g *ground) person(ctx context.Context, name string, role domain.Role, organisation uuid.UUID) (person, error) {
	id, hat, token := uuid.New(), uuid.New(), rand.Text()
	sum := sha256.Sum256([]byte(token))
	var b pgx.Batch
	b.Queue(`INSERT INTO persons (id, email, name, created_at) VALUES ($1, $2, $3, now())`, id, name+"@example.org", name)
	capacity := ""
	if role == domain.Member {
		capacity = "representative"
	}
	b.Queue(`INSERT INTO memberships (id, person, organisation, role, capacity, term, created_at) VALUES ($1, $2, $3, $4, $5, '[2020-01-01,)', now())`,
		hat, id, organisation, string(role), capacity)
	b.Queue(`INSERT INTO sessions (id, token_hash, person, hat, created_at, seen_at, expires_at)
		VALUES ($1, $2, $3, $4, now(), now() + interval '1 day', now() + interval '2 days')`, uuid.New(), sum[:], id, hat)
	if err := g.db.SendBatch(ctx, &b).Close(); err != nil {
		return person{}, err
	}
	return person{domain.Actor{Person: id, Scope: domain.Any, Hat: domain.Hat{Membership: hat, Organisation: organisation, Role: role,
		Capacity: domain.Capacity(capacity)}}, token}, nil
}

// ask sends one request as p and gives the status and the whole answer.
func (g *ground) ask(ctx context.Context, p person, method, path string, body io.Reader, key string) (int, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, g.address+path, body)
	if err != nil {
		return 0, nil, err
	}
	r.AddCookie(&http.Cookie{Name: "fund", Value: p.token})
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	a, err := g.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	return a.StatusCode, text, err
}

// machine says what this ran on, without naming it.
func machine() string {
	return fmt.Sprintf("%d processors, %s/%s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
}
