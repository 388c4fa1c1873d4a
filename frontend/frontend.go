// Package frontend holds the pages as they were built, inside the program.
package frontend

import (
	"embed"
	"io/fs"
)

// dist is what `make pages` builds. Only .keep in it is committed, so that Go
// builds before the pages do.
//
//go:embed all:dist
var dist embed.FS

// Dist is the built pages; it holds no index.html until they were built.
func Dist() fs.FS {
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // "dist" is a valid path
	}
	return built
}
