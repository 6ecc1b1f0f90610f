package templates

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Loading would take three times as long if it had to find out by training
// thrice how sharp its probabilities are, and far longer to fit the second stage. For the library that ships
// with the program that is known beforehand: words/calibration.txt, which
// TestCalibrationIsFresh writes (make calibrate) and watches. It bears the key of
// everything it was made from, the code included, so it cannot be stale: for any
// other library, word or line of code it is passed over.

//go:embed calibrate.go clauses.go confidence.go features.go lexicon.go matcher.go normalise.go questions.go repair.go stem.go train.go
var learningCode embed.FS

const calibrationFile = "words/calibration.txt"

// How many weights the second stage has.
const confidenceWeights, pieceWeights, severalWeights = 6, 12, 9

// shippedCalibration reads the file. Without a readable one nothing is ever sure.
var shippedCalibration = sync.OnceValue(func() calibration {
	c := calibration{confidence: make([]float64, confidenceWeights), piece: make([]float64, pieceWeights), several: make([]float64, severalWeights)}
	_ = readWords(calibrationFile, func(name string, values []string) error {
		switch name {
		case "key":
			c.key = strings.Join(values, "")
		case "sharpness":
			sharpness := []float64{1}
			readNumbers(values, sharpness)
			c.sharpness = float32(sharpness[0])
		case "confidence":
			readNumbers(values, c.confidence)
		case "piece":
			readNumbers(values, c.piece)
		case "several":
			readNumbers(values, c.several)
		}
		return nil
	})
	return c
})

// readNumbers fills out, or leaves it when there are not as many numbers.
func readNumbers(values []string, out []float64) {
	read := make([]float64, len(out))
	for i, v := range values {
		n, err := strconv.ParseFloat(v, 64)
		if err != nil || len(values) != len(out) {
			return
		}
		read[i] = n
	}
	copy(out, read)
}

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
