package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // a charter's time zone must be known on every machine

	"startupfund/api"
	"startupfund/policy"
	"startupfund/store"
)

// serve answers HTTP until it is told to stop; what is under way then is finished.
func serve(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	example := flags.Bool("example", false, "make the example fund in an empty database, and serve it on this machine only")
	if _, err := parse(flags, args, stderr); err != nil {
		return err
	}
	door, err := listen(cfg.Listen, *example)
	if err != nil {
		return err
	}
	defer door.Close()
	// Port 0 is any that is free: people are told which one it became.
	cfg.PublicURL = strings.Replace(cfg.PublicURL, "//"+reachable(cfg.Listen), "//"+reachable(door.Addr().String()), 1)
	fund, stop, err := openStore(ctx, cfg, stderr)
	if err != nil {
		return err
	}
	defer stop()
	if !fund.Guarded {
		fmt.Fprintln(stderr, "fund: this database login may not make roles, so that triggers alone guard the history; docs/operations.md says how to do better.")
	}
	table, err := policy.New()
	if err != nil {
		return err
	}
	words, err := api.LoadWords()
	if err != nil {
		return err
	}
	post, mailed, err := postOffice(cfg, stdout)
	if err != nil {
		return err
	}
	server := &api.Server{Store: fund, Policy: table, Words: words, Secure: *cfg.SecureCookies, Log: slog.New(slog.NewJSONHandler(stderr, nil)),
		Post: post, Mailed: mailed, PublicURL: cfg.PublicURL, TrustedProxies: cfg.proxies(), Print: printer(cfg.PDF), Ending: ctx.Done()}
	if err := offerSetup(ctx, cfg, fund, server, *example, stdout); err != nil {
		return err
	}
	handler := server.Handler()
	stopJobs, err := fund.Work(ctx, store.Workers{Mail: server.Deliver, Run: server.Perform, Log: server.Log})
	if err != nil {
		return err
	}
	defer finish(stopJobs, stderr)
	if *example {
		if err := showExample(ctx, cfg, fund, stdout); err != nil {
			return err
		}
	}
	fmt.Fprintf(stdout, "The fund is served on %s. Stop it with Ctrl-C.\n", cfg.PublicURL)
	return answer(ctx, door, handler)
}

// offerSetup prints, for an empty fund, the token with which it is set up in the
// browser. It is known to this machine's console alone and ends with the program.
func offerSetup(ctx context.Context, cfg config, fund *store.Store, server *api.Server, example bool, stdout io.Writer) error {
	f, err := fund.Fund(ctx)
	if err != nil || f.Founded || example {
		return err
	}
	server.SetupToken = rand.Text()
	fmt.Fprintf(stdout, "This fund is empty. Set it up with `fund init`, or on %s/app/setup#token=%s\n", cfg.PublicURL, server.SetupToken)
	return nil
}

// listen takes the address before anything else is begun.
func listen(address string, loopback bool) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); loopback && err == nil && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("the example is for this machine only, and FUND_LISTEN is %s: use 127.0.0.1 and a port", address)
	}
	door, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("another program has %s: stop that one, or set FUND_LISTEN to another port, such as 127.0.0.1:8081", address)
	}
	if err != nil {
		return nil, fmt.Errorf("the fund cannot listen on %s: %w", address, err)
	}
	return door, nil
}

// answer serves until ctx ends and then lets what is under way finish.
func answer(ctx context.Context, door net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 5 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(door) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	if err := server.Shutdown(patience); err != nil {
		return fmt.Errorf("some requests did not end in time: %w", err)
	}
	return nil
}
