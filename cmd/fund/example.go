package main

import (
	"context"
	"io"

	"startupfund/store"
)

// showExample makes the example fund where there is none, and prints what it
// holds and who can sign in.
func showExample(ctx context.Context, cfg config, fund *store.Store, stdout io.Writer) error {
	return nil
}
