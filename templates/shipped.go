package templates

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Loading would take three times as long if it had to find out by training
// thrice how far its probabilities are to be trusted. For the library that ships
// with the program that is known beforehand: words/calibration.txt, which
// TestCalibrationIsFresh writes (make calibrate) and watches. It bears the key of
// everything it was made from, the code included, so it cannot be stale: for any
// other library, word or line of code it is passed over.

//go:embed calibrate.go features.go lexicon.go matcher.go normalise.go repair.go stem.go train.go
var learningCode embed.FS

const calibrationFile = "words/calibration.txt"

// shippedCalibration reads the file; without a readable one nothing matches.
var shippedCalibration = sync.OnceValue(func() calibration {
	var c calibration
	data, err := wordFiles.ReadFile(calibrationFile)
	if err != nil {
		return c
	}
	text := string(data)
	if at := strings.LastIndexByte(strings.TrimSpace(text), '\n'); at >= 0 {
		text = text[at+1:]
	}
	if _, err := fmt.Sscan(text, &c.key, &c.sharpness, &c.threshold); err != nil {
		return calibration{}
	}
	return c
})

// learningKey names everything that learning depends on: the code, the words and
// the examples in their order.
func learningKey(s *shelf) string {
	sum := sha256.New()
	for _, files := range []embed.FS{learningCode, wordFiles} {
		_ = fs.WalkDir(files, ".", func(file string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() && file != calibrationFile {
				data, _ := files.ReadFile(file) // embedded: it is there
				fmt.Fprintln(sum, file, len(data))
				sum.Write(data)
			}
			return nil
		})
	}
	for _, t := range s.templates {
		writeExamples(sum, t.Intent, t.examples)
	}
	for _, intent := range s.intents() {
		writeExamples(sum, intent, s.others[intent])
	}
	for _, form := range slices.Sorted(maps.Keys(s.words)) {
		fmt.Fprintln(sum, "owner's word", form, s.words[form])
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

func writeExamples(sum interface{ Write([]byte) (int, error) }, intent string, examples []line) {
	for _, e := range examples {
		fmt.Fprintf(sum, "%s\t%s\n", intent, e.text)
	}
}
