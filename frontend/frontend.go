// Package frontend holds the pages inside the program: the app as it was built,
// and the templates and style of the public site.
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

// Site holds the templates (site/*.html), the style and the mark of the public
// pages, and what style they share with the app.
//
//go:embed site src/ui/tokens.css src/chart/chart.css
var Site embed.FS

// Dist is the built pages; it holds no index.html until they were built.
func Dist() fs.FS {
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // "dist" is a valid path
	}
	return built
}
