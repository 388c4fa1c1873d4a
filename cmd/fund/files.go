package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"

	"startupfund/store/blob"
)

// moveFiles copies the bytes of attachments from where they are kept to another
// folder or bucket, to move there: FUND_FILES_URL says afterwards where they are.
func moveFiles(ctx context.Context, cfg config, args []string, stdout, stderr io.Writer) error {
	words, err := parse(flag.NewFlagSet("files", flag.ContinueOnError), args, stderr, "copy", "TO")
	if err != nil {
		return err
	}
	if words[0] != "copy" {
		return misuse("files can be copied, not %q: `fund files copy s3://…` or `fund files copy FOLDER`", words[0])
	}
	from, err := openFiles(cfg)
	if err != nil {
		return err
	}
	to, err := place(ctx, words[1])
	if err != nil {
		return err
	}
	done, err := blob.Copy(ctx, from, to)
	fmt.Fprintf(stdout, "%d files of %d bytes copied, %d were there.\n", done.Files, done.Bytes, done.There)
	return err
}

// place is a bucket by its address, or a folder by its path.
func place(ctx context.Context, where string) (blob.Blobs, error) {
	if !strings.HasPrefix(where, "s3://") {
		return blob.NewFolder(where)
	}
	b, err := blob.Address(where)
	if err != nil {
		return nil, err
	}
	return b, b.Ready(ctx)
}
