package main

import (
	"os"
	"runtime/pprof"
	"testing"
	"fmt"
)

func init() {
	if f := os.Getenv("ZZ_PROFILE"); f != "" && os.Getenv(childVariable) != "" {
		w, _ := os.Create(fmt.Sprintf("%s.%d", f, os.Getpid()))
		_ = pprof.StartCPUProfile(w)
		zzStop = func() { pprof.StopCPUProfile(); w.Close() }
	}
}

var zzStop = func() {}

func TestZZ(t *testing.T) {
	role := os.Getenv("ZZ_ROLE")
	m := measure(t, role, work{50, 40})
	fmt.Printf("%s %+v\n", role, m)
}
