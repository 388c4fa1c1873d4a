package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Bucket keeps bytes in a bucket of a server that speaks S3.
type Bucket struct {
	client *minio.Client
	name   string
}

// Address is read from "s3://key:secret@host/bucket": with ?region=eu-west-1 where
// the server asks for one, and ?http=true where it is reached without TLS.
func Address(address string) (*Bucket, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("it is not an address such as s3://key:secret@s3.example.org/bucket")
	}
	name := strings.Trim(u.Path, "/")
	if u.Scheme != "s3" || u.Host == "" || u.User == nil || name == "" || strings.Contains(name, "/") {
		return nil, errors.New("it is not an address such as s3://key:secret@s3.example.org/bucket")
	}
	secret, _ := u.User.Password()
	client, err := minio.New(u.Host, &minio.Options{Creds: credentials.NewStaticV4(u.User.Username(), secret, ""),
		Secure: u.Query().Get("http") != "true", Region: u.Query().Get("region"), BucketLookup: minio.BucketLookupAuto})
	if err != nil {
		return nil, fmt.Errorf("it is not an address of S3: %w", err)
	}
	return &Bucket{client, name}, nil
}

// Ready tells whether the bucket is there and may be read.
func (b *Bucket) Ready(ctx context.Context) error {
	there, err := b.client.BucketExists(ctx, b.name)
	if err == nil && !there {
		err = fmt.Errorf("there is no bucket %s", b.name)
	}
	return err
}

// Put keeps all or nothing: S3 shows an object once it is whole.
func (b *Bucket) Put(ctx context.Context, k Key, r io.Reader, size int64) error {
	if err := k.check(); err != nil {
		return err
	}
	_, err := b.client.PutObject(ctx, b.name, string(k), r, size, minio.PutObjectOptions{ContentType: "application/octet-stream", NumThreads: 1, SendContentMd5: true})
	return err
}

// Open reads what is kept under k.
func (b *Bucket) Open(ctx context.Context, k Key) (io.ReadCloser, int64, error) {
	if err := k.check(); err != nil {
		return nil, 0, err
	}
	o, err := b.client.GetObject(ctx, b.name, string(k), minio.GetObjectOptions{})
	if err != nil {
		return nil, 0, absent(err)
	}
	info, err := o.Stat()
	if err != nil {
		o.Close()
		return nil, 0, absent(err)
	}
	return o, info.Size, nil
}

// Size tells how much is kept under k.
func (b *Bucket) Size(ctx context.Context, k Key) (int64, error) {
	if err := k.check(); err != nil {
		return 0, err
	}
	info, err := b.client.StatObject(ctx, b.name, string(k), minio.StatObjectOptions{})
	return info.Size, absent(err)
}

// Remove forgets what is kept under k.
func (b *Bucket) Remove(ctx context.Context, k Key) error {
	if err := k.check(); err != nil {
		return err
	}
	if err := b.client.RemoveObject(ctx, b.name, string(k), minio.RemoveObjectOptions{}); absent(err) != ErrNone {
		return err
	}
	return nil
}

// Each visits all that is kept in one of the two folders.
func (b *Bucket) Each(ctx context.Context, folder string, do func(Entry) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop() // ends the listing where do gives up
	for o := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: folder + "/", Recursive: true}) {
		if o.Err != nil {
			return o.Err
		}
		if k := Key(o.Key); k.check() == nil {
			if err := do(Entry{k, o.Size, o.LastModified}); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

func absent(err error) error {
	if code := minio.ToErrorResponse(err).Code; code == "NoSuchKey" || code == "NotFound" {
		return ErrNone
	}
	return err
}
