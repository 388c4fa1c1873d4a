package api

import (
	"encoding/hex"
	"strconv"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/exchange/sheet"
	"startupfund/store"
)

// yearlyLineView is a year with how far its review is.
type yearlyLineView struct {
	Year     int                `json:"year"`
	State    domain.YearlyState `json:"state"`
	Versions int                `json:"versions"`
	Comments int                `json:"comments"`
}

// yearlyView is the review of a year as the caller may read it.
type yearlyView struct {
	Year     int                 `json:"year"`
	State    domain.YearlyState  `json:"state"`
	Version  int                 `json:"version"` // 0: as it stands now
	AsOf     string              `json:"as_of"`
	Hash     string              `json:"record_sha256,omitempty"`
	Abridged bool                `json:"abridged"`
	Versions []yearlyVersionView `json:"versions"`
	Tables   []yearlyTableView   `json:"tables"`
	Comments []yearlyCommentView `json:"comments"`
	Silent   []silentSeatView    `json:"silent"`
	May      []string            `json:"may"`

	Committee committeeView `json:"committee"`
}

type yearlyVersionView struct {
	N        int        `json:"n"`
	OpenedAt time.Time  `json:"opened_at"`
	ClosedAt *time.Time `json:"closed_at"`
	Hash     string     `json:"record_sha256,omitempty"`
}

type yearlyCommentView struct {
	ID           uuid.UUID `json:"id"`
	N            int       `json:"n"`
	Seat         string    `json:"seat"`
	Organisation string    `json:"organisation"`
	Language     string    `json:"language"`
	Text         string    `json:"text"`
	At           time.Time `json:"at"`
}

type silentSeatView struct {
	Seat         string `json:"seat"`
	Organisation string `json:"organisation"`
}

type committeeView struct {
	Constituency string                `json:"constituency"`
	Name         string                `json:"name"` // of the constituency, in the reader's language
	Members      []committeeMemberView `json:"members"`
	Joined       []committeeMemberView `json:"joined"`
	Left         []committeeMemberView `json:"left"`
}

type committeeMemberView struct {
	Organisation string `json:"organisation"`
	On           string `json:"on"`
	Note         string `json:"note"`
}

// yearlyReviews lists the years with how far their reviews are, the last first.
func (s *Server) yearlyReviews(a *asked) (answer, error) {
	return whole(func(y store.YearlyLine) yearlyLineView { return yearlyLineView(y) })(s.Store.YearlyReviews(a, a.by))
}

// year is the one that the address names; one of no calendar is not there.
func (a *asked) year() (int, error) {
	year, err := strconv.Atoi(a.Param("year"))
	if err != nil || year < 1 || year > 9999 {
		return 0, domain.ErrMissing
	}
	return year, nil
}

// yearlyFile reads the review of the year and the version that are asked for.
func (s *Server) yearlyFile(a *asked) (store.YearlyFile, error) {
	year, err := a.year()
	if err != nil {
		return store.YearlyFile{}, err
	}
	version, err := strconv.Atoi(a.DefaultQuery("version", "0"))
	if err != nil || version < 0 || version > 1_000_000 {
		return store.YearlyFile{}, domain.ErrMissing
	}
	return s.Store.Yearly(a, a.by, year, version)
}

// yearlyReview shows the review of a year.
func (s *Server) yearlyReview(a *asked) (answer, error) {
	f, err := s.yearlyFile(a)
	if err != nil {
		return answer{}, err
	}
	w, err := s.yearlyTeller(a, f, languageOf(a.Context))
	if err != nil {
		return answer{}, err
	}
	r := f.Figures
	v := yearlyView{Year: f.Year, State: f.State(), Version: r.Version, AsOf: r.AsOf, Abridged: r.Abridged, Versions: []yearlyVersionView{},
		Tables: w.tables(), Comments: each(r.Comments, viewOfYearlyComment), Silent: []silentSeatView{}, May: s.may(a.by, f.May), Committee: w.committee()}
	for n, o := range f.Openings {
		x := yearlyVersionView{N: o.N, OpenedAt: o.At.UTC()}
		if n < len(f.Closings) {
			at := f.Closings[n].At.UTC()
			x.ClosedAt, x.Hash = &at, hex.EncodeToString(f.Closings[n].Hash)
		}
		if x.N == r.Version {
			v.Hash = x.Hash
		}
		v.Versions = append(v.Versions, x)
	}
	for _, seat := range f.Silent {
		v.Silent = append(v.Silent, silentSeatView{seat.Name, seat.Code})
	}
	return shown(v)
}

func viewOfYearlyComment(c domain.YearlyComment) yearlyCommentView {
	return yearlyCommentView{c.ID, c.N, c.Seat, c.Organisation, c.Language, c.Text, c.At.UTC()}
}

// onYearly does an act on the review of a year and answers with how it stands then.
func (s *Server) onYearly(a *asked, do func(year int) (int, error)) (answer, error) {
	year, err := a.year()
	if err != nil {
		return answer{}, err
	}
	if _, err := do(year); err != nil {
		return answer{}, err
	}
	return s.yearlyReview(a)
}

// openYearly lets members comment on a year.
func (s *Server) openYearly(a *asked) (answer, error) {
	return s.onYearly(a, func(year int) (int, error) { return s.Store.OpenYearly(a, a.ask, year) })
}

type yearlyCommentRequest struct {
	Language string `json:"language"`
	Text     string `json:"text"`
}

// commentYearly puts on record what a seat has to say of a year.
func (s *Server) commentYearly(a *asked) (answer, error) {
	in, err := body[yearlyCommentRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.onYearly(a, func(year int) (int, error) { return s.Store.CommentYearly(a, a.ask, year, in.Language, in.Text) })
}

// closeYearly freezes the figures and the comments of a year.
func (s *Server) closeYearly(a *asked) (answer, error) {
	return s.onYearly(a, func(year int) (int, error) { return s.Store.CloseYearly(a, a.ask, year) })
}

// yearlyRow is one figure of a review, as it leaves in a list.
type yearlyRow struct {
	yearlyLine
	yearlyCell
	plain bool // for programs
}

var yearlyColumns = []column[yearlyRow]{
	{"part", func(r yearlyRow, word worded) sheet.Cell { return word("part", r.part) }},
	{"by", func(r yearlyRow, word worded) sheet.Cell { return word("by", r.by) }},
	{"line", func(r yearlyRow, _ worded) sheet.Cell {
		if r.plain {
			return r.key
		}
		return r.named
	}},
	{"measure", func(r yearlyRow, word worded) sheet.Cell { return word("measure", r.measure) }},
	{"value", func(r yearlyRow, word worded) sheet.Cell {
		if r.unsaid {
			return word("unsaid", "yes")
		}
		return r.value
	}},
	{"currency", func(r yearlyRow, _ worded) sheet.Cell { return r.currency() }},
}

// exportYearly gives the figures of a year as a file, one a row.
func (s *Server) exportYearly(a *asked) (answer, error) {
	f, err := s.yearlyFile(a)
	if err != nil {
		return answer{}, err
	}
	w, err := s.yearlyTeller(a, f, languageOf(a.Context))
	if err != nil {
		return answer{}, err
	}
	word, err := s.wording(a, "yearly")
	if err != nil {
		return answer{}, err
	}
	return leaving(s, a, "review-"+strconv.Itoa(f.Year), "yearly", yearlyColumns, word, func(do func(yearlyRow) error) error {
		for _, l := range w.lines() {
			for _, c := range l.cells {
				if err := do(yearlyRow{l, c, a.Query("format") == "json"}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
