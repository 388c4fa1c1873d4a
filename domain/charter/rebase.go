package charter

import (
	"bytes"
	"slices"
	"strings"
)

// Rebasing is what becomes of a draft when another version was adopted after the one it
// starts from.
type Rebasing struct {
	Moved   []Difference // what the newer version changed and the draft leaves alone: it stands
	Clashes []Clash      // what both changed, each to something else: somebody chooses
	Settled []Edit       // what the draft asks for and the newer version says already
	Lost    []Edit       // whose place the newer version does not have
	Clear   []Edit       // what the draft alone changes
}

// Clash is a place that the draft and the newer version both changed.
type Clash struct {
	Edit
	Was *Stated // in the version that the draft starts from; nil where it has no such rule
	Now *Stated // in the newer one
}

// Rebase compares the edits of a draft, made to base, with a version adopted since.
func Rebase(base, newest Charter, edits []Edit) (r Rebasing) {
	moved, root := Compare(base, newest), newest.tree()
	was, now := byPath(base), byPath(newest)
	under := func(e Edit) bool { // whether the newer version changed anything there
		return slices.ContainsFunc(moved, func(d Difference) bool { return d.Path == e.Path || strings.HasPrefix(d.Path, e.Path+"/") })
	}
	var added []string
	for _, e := range order(edits) {
		at, in := root.at(e.Path)
		fresh := slices.ContainsFunc(added, func(p string) bool { return strings.HasPrefix(e.Path, p+"/") })
		switch {
		case e.Do == Add && at == nil && in.of != nil:
			added = append(added, e.Path)
			r.Clear = append(r.Clear, e)
		case e.Do == Set && fresh:
			r.Clear = append(r.Clear, e)
		case e.Do == Add && at != nil, e.Do == Remove && at == nil, e.Do == Set && now[e.Path] != nil && e.says(*now[e.Path]):
			r.Settled = append(r.Settled, e)
		case at == nil:
			r.Lost = append(r.Lost, e)
		case under(e):
			r.Clashes = append(r.Clashes, Clash{e, was[e.Path], now[e.Path]})
		default:
			r.Clear = append(r.Clear, e)
		}
	}
	drafted := func(path string) bool {
		return slices.ContainsFunc(edits, func(e Edit) bool { return e.Path == path || e.Do == Remove && strings.HasPrefix(path, e.Path+"/") })
	}
	for _, d := range moved {
		if !drafted(d.Path) {
			r.Moved = append(r.Moved, d)
		}
	}
	return r
}

// Kept are the edits that are left of the draft when of the clashes those at the paths
// named stay as drafted, and all others give way to the newer version.
func (r Rebasing) Kept(paths []string) []Edit {
	kept := slices.Clone(r.Clear)
	for _, c := range r.Clashes {
		if slices.Contains(paths, c.Path) {
			kept = append(kept, c.Edit)
		}
	}
	return order(kept)
}

func (e Edit) says(r Stated) bool {
	return bytes.Equal(repacked(e.Value), r.Value) && e.Source == r.Source && e.Reason == r.Reason
}

func byPath(c Charter) map[string]*Stated {
	by := map[string]*Stated{}
	for _, r := range c.Stated() {
		by[r.Path] = &r
	}
	return by
}
