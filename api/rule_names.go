package api

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"startupfund/domain/charter"
)

// dictionaries are what the rules of a charter and the words among their values are
// called, by language. An entry of api/words/rule.* or value.* is named by the last
// word of a rule's path, or by more of its end where one word means two things: of
// "rule.vote.threshold" and "rule.threshold" the longer wins.
func dictionaries() (map[string]map[string]string, error) {
	all := map[string]map[string]string{}
	for _, language := range languages {
		all[language] = map[string]string{}
		for _, area := range []string{"rule", "value"} {
			text, err := wordFiles.ReadFile("words/" + area + "." + language + ".yaml")
			if err != nil {
				return nil, err
			}
			var some map[string]string
			if err := yaml.Unmarshal(text, &some); err != nil {
				return nil, err
			}
			maps.Copy(all[language], some)
		}
	}
	return all, nil
}

// colons are what stands between whose a thing is and what it is.
var colons = map[string]string{"en": ": ", "es": ": ", "ru": ": ", "ar": ": ", "fr": "\u00a0: ", "zh": "："}

// ruleNames says what rules, members of their lists and words of their values are called
// in a language.
type ruleNames struct {
	tongue
	members map[string]string // names of the members of lists, by path
}

// names takes the names of members from versions of the rules; the last that has one says it.
func (t tongue) names(versions ...[]charter.Stated) ruleNames {
	n := ruleNames{t, map[string]string{}}
	for _, stated := range versions {
		for _, r := range stated {
			if member, is := strings.CutSuffix(r.Path, "/name"); is && r.Kind == charter.KindNames {
				n.members[member] = n.text(r)
			}
		}
	}
	return n
}

// entry is the longest in the dictionary that ends a word; "" where there is none.
func (n ruleNames) entry(kind, word string) string {
	for {
		if text := n.rules[kind+word]; text != "" {
			return text
		}
		_, rest, more := strings.Cut(word, ".")
		if !more {
			return ""
		}
		word = rest
	}
}

// called names a rule, a list or a member of one within its part of the charter. What
// the dictionary does not have goes by its path.
func (n ruleNames) called(path string) string {
	var around []string
	for _, p := range charter.Places(path) {
		switch p.Is {
		case charter.PlaceRule:
			name := n.entry("rule.", p.Word)
			switch {
			case name == "":
				return pathWords(path)
			case len(around) == 0:
				return name
			}
			return strings.Join(around, " › ") + colons[n.language] + name
		case charter.PlaceMember:
			around = append(around, n.member(p))
		default:
			name := n.entry("rule-list.", p.Word)
			if name == "" {
				return pathWords(path)
			}
			if strings.Contains(p.Word, ".") || p.Path == path { // else it is the whole part, which says so
				around = append(around, name)
			}
		}
	}
	if len(around) == 0 {
		return pathWords(path)
	}
	return strings.Join(around, " › ")
}

// member is what a member of a list is called: by its own rule, by the dictionary where
// its list numbers its members, or by its key.
func (n ruleNames) member(p charter.Place) string {
	if name := n.members[p.Path]; name != "" {
		return name
	}
	key := p.Path[strings.LastIndexByte(p.Path, '/')+1:]
	if name := n.entry("rule-member.", p.Word); name != "" {
		return strings.ReplaceAll(name, "{n}", key[strings.LastIndexByte(key, '-')+1:])
	}
	return key
}

// pathWords is a path within its part, for what has no name yet.
func pathWords(path string) string {
	part, rest, within := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if !within {
		return part
	}
	return strings.ReplaceAll(rest, "/", " › ")
}

// around is the names of the members that a rule stands in, outermost first.
func (n ruleNames) around(path string) []string {
	list := []string{}
	for i := 1; i < len(path); i++ {
		if name := n.members[path[:i]]; path[i] == '/' && name != "" {
			list = append(list, name)
		}
	}
	return list
}

// keysOf are the rules whose value is the key of a list's member, with that list.
var keysOf = map[string]string{"rotation.balance.among": "/constituencies/", "rotation.of_states": "/constituencies/",
	"rotation.of_entities": "/constituencies/", "rotation.of_others": "/constituencies/", "budget.indirect.line": "/budget/lines/"}

// word is what one word of a rule's value is called: in that rule, in its part or
// anywhere. What is not known stands as it is.
func (n ruleNames) word(of, word string) string {
	if name := n.members[keysOf[of]+word]; keysOf[of] != "" && name != "" {
		return name
	}
	if name := n.worded(of, word); name != "" {
		return name
	}
	return word
}

// worded is the entry of the dictionary for a word in a rule; "" where there is none.
func (n ruleNames) worded(of, word string) string {
	part, _, _ := strings.Cut(of, ".")
	for of != "" {
		if name := n.rules["value."+of+"."+word]; name != "" {
			return name
		}
		_, of, _ = strings.Cut(of, ".")
	}
	if name := n.rules["value."+part+"."+word]; name != "" {
		return name
	}
	return n.rules["value."+word]
}

// among is what each word to choose from is called.
func (n ruleNames) among(s charter.Stated) []string {
	list, of := []string{}, rulePlace(s.Path)
	for _, w := range s.Among {
		list = append(list, n.word(of, w))
	}
	return list
}

func rulePlace(path string) string {
	if all := charter.Places(path); len(all) > 0 {
		return all[len(all)-1].Word
	}
	return ""
}

// text is a rule's value as a table shows it: names and words in the language, lists
// with its commas.
func (n ruleNames) text(s charter.Stated) string {
	of := rulePlace(s.Path)
	say := bareText
	switch s.Kind {
	case charter.KindNames:
		var names charter.Names
		if json.Unmarshal(s.Value, &names) == nil {
			return names.In(n.language)
		}
	case charter.KindFraction:
		var f struct{ Numerator, Denominator int }
		if json.Unmarshal(s.Value, &f) == nil {
			return strconv.Itoa(f.Numerator) + "/" + strconv.Itoa(f.Denominator)
		}
	case charter.KindOne, charter.KindSome, charter.KindYesNo:
		say = func(raw json.RawMessage) string { return n.word(of, bareText(raw)) }
	default:
		if keysOf[of] != "" {
			say = func(raw json.RawMessage) string { return n.word(of, bareText(raw)) }
		}
	}
	var list []json.RawMessage
	if json.Unmarshal(s.Value, &list) != nil {
		return say(s.Value)
	}
	var parts []string
	for _, x := range list {
		parts = append(parts, say(x))
	}
	if s.Kind == charter.KindTexts { // which may have commas of their own
		return strings.Join(parts, " · ")
	}
	return strings.Join(parts, commas[n.language])
}

func bareText(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	return string(raw)
}
