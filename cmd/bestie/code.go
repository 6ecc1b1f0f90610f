package main

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
)

// stageCode is what a stage's codes are, so that a script can type them.
const stageCode = "135790"

// code makes a one-time code of six digits.
func (a *App) code() string {
	if a.opt.Stage {
		return stageCode
	}
	var b [8]byte
	_, _ = rand.Read(b[:]) // it never fails
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(b[:])%1_000_000)
}
