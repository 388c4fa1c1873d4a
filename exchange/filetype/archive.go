package filetype

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"io"
	"strings"
)

// What is read of an archive, so that telling it costs little.
const (
	mostDirectory = 4 << 20   // bytes of its list of entries
	mostEntries   = 20_000    // entries
	mostManifest  = 1 << 20   // bytes unpacked of the entry that says what it is
	mostUnpacked  = 512 << 20 // bytes that it says it unpacks to
	mostRatio     = 200       // times its own size
)

// directory is the list of entries' size, where the file ends as an archive does.
func directory(r io.ReaderAt, size int64) (int64, bool) {
	end := tail(r, size, 22+1<<16)
	at := bytes.LastIndex(end, []byte("PK\x05\x06"))
	if at < 0 || len(end)-at < 22 {
		return 0, false
	}
	return int64(binary.LittleEndian.Uint32(end[at+12:])), true
}

// archive tells documents that are archives apart by what they say they are,
// refuses those with programs in them and any other archive.
func archive(r io.ReaderAt, size int64) (Type, error) {
	list, ok := directory(r, size)
	if !ok || list > mostDirectory {
		return "", ErrBroken
	}
	z, err := zip.NewReader(r, size)
	if err != nil || len(z.File) == 0 || len(z.File) > mostEntries {
		return "", ErrBroken
	}
	var unpacked uint64
	for _, f := range z.File {
		if !plainName(f.Name) || f.UncompressedSize64 > mostUnpacked {
			return "", ErrBroken
		}
		unpacked += f.UncompressedSize64
		if program(f.Name) {
			return "", ErrMacros
		}
	}
	if unpacked > mostUnpacked || unpacked > 64<<20 && unpacked > uint64(size)*mostRatio {
		return "", ErrBroken
	}
	if first := z.File[0]; first.Name == "mimetype" && first.Method == zip.Store {
		return openDocument(first)
	}
	for _, f := range z.File {
		if f.Name == "[Content_Types].xml" {
			return officeOpen(f)
		}
	}
	return "", ErrUnknown
}

// program tells an entry that runs in the programs that open such documents.
func program(name string) bool {
	name = strings.ToLower(name)
	for _, part := range []string{"vbaproject", "vbadata", "macrosheets/", "activex/", "basic/", "scripts/"} {
		if strings.Contains("/"+name, "/"+part) || part[len(part)-1] != '/' && strings.Contains(name, part) {
			return true
		}
	}
	for _, end := range []string{".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".jar", ".scr", ".hta", ".class"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

func openDocument(f *zip.File) (Type, error) {
	said, err := unpack(f, 200)
	if err != nil {
		return "", ErrBroken
	}
	for _, t := range []Type{ODT, ODS, ODP} {
		if string(said) == t.Media() {
			return t, nil
		}
	}
	return "", ErrUnknown
}

// officeOpen reads which part the document begins with.
func officeOpen(f *zip.File) (Type, error) {
	said, err := unpack(f, mostManifest)
	if err != nil {
		return "", ErrBroken
	}
	found := ErrUnknown
	var is Type
	for d := xml.NewDecoder(bytes.NewReader(said)); ; {
		token, err := d.Token()
		if err == io.EOF {
			if is == "" {
				return "", found
			}
			return is, nil
		}
		if err != nil {
			return "", ErrBroken
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range element.Attr {
			switch {
			case a.Name.Local != "ContentType":
			case strings.Contains(strings.ToLower(a.Value), "macroenabled"), strings.Contains(a.Value, "vbaProject"):
				return "", ErrMacros
			case strings.HasSuffix(a.Value, "wordprocessingml.document.main+xml"):
				is = DOCX
			case strings.HasSuffix(a.Value, "spreadsheetml.sheet.main+xml"):
				is = XLSX
			case strings.HasSuffix(a.Value, "presentationml.presentation.main+xml"):
				is = PPTX
			}
		}
	}
}

// unpack reads an entry, and refuses one that is larger than it may be: what its
// header says of its size is not believed.
func unpack(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(b)) > most {
		err = ErrBroken
	}
	return b, err
}
