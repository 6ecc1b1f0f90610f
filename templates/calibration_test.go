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
		c := newMatcher(s).trust
		text := fmt.Sprintf("# How far the model of the shipped library is to be trusted (make calibrate):\n# key, sharpness, threshold.\n%s %.3f %.3f\n", key, c.sharpness, c.threshold)
		if err := os.WriteFile(calibrationFile, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if c := shippedCalibration(); c.key != key {
		t.Errorf("%s was made for another library (%s, now %s): make calibrate", calibrationFile, c.key, key)
	}
}
