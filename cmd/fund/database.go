package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"startupfund/store"
	"startupfund/store/blob"
	"startupfund/store/pg"
	"startupfund/store/seal"
)

// openDatabase gives the address of the fund's database: FUND_DATABASE_URL's, once
// its version is known to do, or that of a PostgreSQL of our own, started or, where
// another command already runs it, joined. Whoever opens it calls stop at the end;
// what stop takes to say goes to notes.
func openDatabase(ctx context.Context, cfg config, notes io.Writer) (address string, stop func(), err error) {
	if cfg.DatabaseURL != "" {
		if err := pg.CheckVersion(ctx, "FUND_DATABASE_URL", cfg.DatabaseURL); err != nil {
			return "", nil, err
		}
		if cfg.OwnerURL != "" {
			if err := pg.CheckVersion(ctx, "FUND_OWNER_URL", cfg.OwnerURL); err != nil {
				return "", nil, err
			}
		}
		return cfg.DatabaseURL, func() {}, nil
	}
	server, err := pg.Start(ctx, pg.Options{Data: cfg.Data, Folder: cfg.Postgres, Log: notes})
	if err != nil {
		return "", nil, err
	}
	stop = func() {
		// The program's own context has ended by now.
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := server.Stop(ctx); err != nil {
			fmt.Fprintf(notes, "fund: %v.\n", err)
		}
	}
	return server.URL("fund"), stop, nil
}

// openStore opens the fund in its database. Whoever opens it calls stop.
func openStore(ctx context.Context, cfg config, notes io.Writer) (*store.Store, func(), error) {
	address, stop, err := openDatabase(ctx, cfg, notes)
	if err != nil {
		return nil, nil, err
	}
	blobs, err := openFiles(cfg)
	if err != nil {
		stop()
		return nil, nil, err
	}
	answers(ctx, blobs, notes)
	s, err := store.Open(ctx, store.Options{URL: address, OwnerURL: cfg.OwnerURL, Blobs: blobs, Seal: seal.In(cfg.Data)})
	if err != nil {
		stop()
		return nil, nil, err
	}
	return s, func() { s.Close(); stop() }, nil
}

// openFiles is where the bytes of attachments are kept: the bucket that is set, or
// a folder beside the program's other data.
func openFiles(cfg config) (blob.Blobs, error) {
	if cfg.FilesURL != "" {
		return blob.Address(cfg.FilesURL)
	}
	return blob.NewFolder(filepath.Join(cfg.Data, "files"))
}

// answers says at the start where a bucket is not there: the fund goes on without,
// and refuses files until it is.
func answers(ctx context.Context, blobs blob.Blobs, notes io.Writer) {
	b, is := blobs.(*blob.Bucket)
	if !is {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := b.Ready(ctx); err != nil {
		fmt.Fprintf(notes, "fund: FUND_FILES_URL: the bucket does not answer (%v): files cannot be kept or read until it does.\n", err)
	}
}
