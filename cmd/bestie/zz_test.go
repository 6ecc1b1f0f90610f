package main

import (
	"fmt"
	"os"
	"testing"
)

func TestZZ(t *testing.T) {
	role := os.Getenv("ZZ_ROLE")
	if role == "" {
		t.Skip()
	}
	m := measure(t, role, work{50, 200})
	fmt.Printf("%s %+v\n", role, m)
}
