package charter

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"startupfund/domain/problem"
)

// Limits of a document. The shipped one has 60 KB and nests ten deep.
const (
	maxBytes  = 256 << 10
	maxLine   = 10 << 10 // a text of the longest kind, in any script, on one line
	maxIndent = 40
	maxFlow   = 6
	maxList   = 1000
	maxText   = 2000 // characters
	maxFound  = 50   // refusals told of one document
)

// plain parses the document's text into one tree without references. The limits
// stand before the lexer and the tokens before the parser, so that a hostile
// document costs no more than its own length.
func plain(document []byte) (ast.Node, problem.Problem) {
	if len(document) > maxBytes {
		return nil, invalid("", "document-size", len(document))
	}
	if !utf8.Valid(document) {
		return nil, invalid("", "utf-8", "")
	}
	text := string(document)
	for i, line := range strings.Split(text, "\n") {
		if len(line) > maxLine || len(line)-len(strings.TrimLeft(line, " ")) > maxIndent || strings.Contains(line, "\t") {
			return nil, invalid("", "plain-yaml", "line "+strconv.Itoa(i+1))
		}
	}
	tokens := lexer.Tokenize(text)
	if t := foreign(tokens); t != nil {
		return nil, invalid("", "plain-yaml", "line "+strconv.Itoa(t.Position.Line)+": "+clip(t.Value))
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		// The parser's message starts with [line:column]; the rest draws a picture.
		at, _, _ := strings.Cut(strings.TrimPrefix(err.Error(), "["), "]")
		return nil, invalid("", "plain-yaml", clip(at))
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, invalid("", "one-document", len(file.Docs))
	}
	return file.Docs[0].Body, problem.Problem{}
}

// foreign is the first token of what a charter does not need, if there is one.
func foreign(tokens token.Tokens) *token.Token {
	flow, line, entries := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			line, entries = t.Position.Line, 0
		}
		switch t.Type {
		case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType, token.DirectiveType,
			token.MappingKeyType, token.InvalidType:
			return t
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.SequenceEntryType:
			entries++
		}
		if flow > maxFlow || entries > 1 {
			return t
		}
	}
	return nil
}
