// Package document writes a text with headings, facts and tables as files that
// people open and print: a word processor's (.docx, Office Open XML) and a page of
// HTML made to be printed. It knows no fund: what stands in a document is the
// caller's to say.
package document

import "unicode"

// Document is what is written, in its order.
type Document struct {
	Title    string // of the file, and its first heading
	TitleIn  string // the language of the title, where it is not the document's
	Language string // of what stands around the text people wrote: "ar"
	Source   string // whose document it is, above the title
	Footer   string // at the foot of each page
	Page     string // before the number of a page: "Page"
	Blocks   []Block
}

// Block is one of the parts of a document. One of its fields is set.
type Block struct {
	Heading string // of a section
	Level   int    // of the heading, 2 or 3
	Text    Text   // paragraphs
	Facts   []Fact // named values, one under the other
	Table   *Table
}

// Text is what somebody wrote, or the caller's own words; a line break begins a
// new paragraph.
type Text struct {
	Is       string
	Language string // "" is the document's
	Quiet    bool   // a remark: smaller, and grey
}

// Fact is a value under its name.
type Fact struct {
	Name  string
	Value Text
}

// Table has a head that is repeated on each page. The first column of a row names
// it; the other cells are amounts where Amounts says so.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
	Total   []string // the last row, heavier; may be empty
	Amounts bool     // all but the first column
	Widths  []int    // of the columns, in hundredths of the sheet's; none: as wide as what they hold
}

// rightToLeft tells how a text runs: as its first letter of a direction does, or
// else as its language.
func rightToLeft(text, language string) bool {
	for _, c := range text {
		switch {
		case arabic(c):
			return true
		case unicode.IsLetter(c):
			return false
		}
	}
	return language == "ar"
}

// arabic tells whether a letter is of a script that runs from right to left.
func arabic(c rune) bool {
	return unicode.IsLetter(c) && unicode.In(c, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
}

// run is a part of a text that runs one way.
type run struct {
	text string
	rtl  bool
}

// runs parts a text where its direction changes. Spaces and signs go with what is
// before them, or where it ends with the paragraph.
func runs(text string, rtl bool) (parts []run) {
	start, way := 0, rtl
	for i, c := range text {
		is := way
		switch {
		case arabic(c):
			is = true
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			is = false
		}
		if is != way && i > start {
			parts = append(parts, run{text[start:i], way})
			start = i
		}
		way = is
	}
	if start < len(text) {
		parts = append(parts, run{text[start:], way})
	}
	return parts
}
