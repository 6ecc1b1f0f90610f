package templates

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

var calibrateAgain = flag.Bool("calibrate", false, "write words/calibration.txt")

// TestCalibrationIsFresh: the shipped library loads without training three more
// times. Without the right key it would still answer alike, only later.
func TestCalibrationIsFresh(t *testing.T) {
	s := readShelf(t)
	key := learningKey(s)
	if *calibrateAgain {
		c := fitSecondStage(t)
		text := fmt.Sprintf("# How far the model of the shipped library is to be trusted (make calibrate).\n"+
			"# key and sharpness are those of these examples, words and code; the rest are the weights\n"+
			"# of the second stage (confidence.go, questions.go), fitted to examples not learnt.\n"+
			"key: %s\nsharpness: %.3f\nconfidence:%s\npiece:%s\nseveral:%s\n",
			key, newMatcher(s).trust.sharpness, numbers(c.confidence), numbers(c.piece), numbers(c.several))
		if err := os.WriteFile(calibrationFile, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if c := shippedCalibration(); c.key != key {
		t.Errorf("%s was made for another library (%s, now %s): make calibrate", calibrationFile, c.key, key)
	}
}

func numbers(list []float64) (out string) {
	for _, n := range list {
		out += fmt.Sprintf(" %.3f", n)
	}
	return out
}
