package main

import "syscall"

// clockSynced asks the kernel whether a time service keeps the clock right.
// known is false where the kernel does not say.
func clockSynced() (synced, known bool) {
	const (
		unsynced  = 0x40 // STA_UNSYNC
		timeError = 5    // TIME_ERROR
	)
	var t syscall.Timex // Modes 0: read, change nothing
	state, err := syscall.Adjtimex(&t)
	if err != nil {
		return false, false
	}
	return state != timeError && t.Status&unsynced == 0, true
}
