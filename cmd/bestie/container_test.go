package main

import (
	"bytes"
	"context"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"bestie/store"
)

// instruction is one line of the Dockerfile, continued lines joined.
type instruction struct{ verb, rest string }

func dockerfile(t *testing.T) (list []instruction) {
	t.Helper()
	src, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(strings.ReplaceAll(string(src), "\\\n", " ")) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		verb, rest, _ := strings.Cut(line, " ")
		list = append(list, instruction{verb, strings.Join(strings.Fields(rest), " ")})
	}
	return list
}

// last is what the last instruction of a kind says, "" if there is none: the last
// stage is the image.
func last(list []instruction, verb string) string {
	for _, i := range slices.Backward(list) {
		if i.verb == verb {
			return i.rest
		}
	}
	return ""
}

// TestDockerfile: what an image must and must not say.
func TestDockerfile(t *testing.T) {
	list := dockerfile(t)
	for verb, want := range map[string]string{
		"FROM":        `^scratch$`,
		"USER":        `^[1-9]\d*:[1-9]\d*$`,
		"VOLUME":      `^/data$`,
		"WORKDIR":     `^/data$`,
		"ENV":         `^BESTIE_DATA_DIR=/data$`,
		"STOPSIGNAL":  `^SIGTERM$`,
		"HEALTHCHECK": `--timeout=\d+s .*CMD \["/bestie", "health"\]$`,
		"ENTRYPOINT":  `^\["/bestie"\]$`,
		"CMD":         `^\["run"\]$`,
	} {
		if got := last(list, verb); !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("%s is %q, want %s", verb, got, want)
		}
	}
	volume := slices.IndexFunc(list, func(i instruction) bool { return i.verb == "VOLUME" })
	for at, i := range list {
		if i.verb == "FROM" && i.rest != "scratch" && !regexp.MustCompile(`^[a-z]+:\d+\.\d+\.\d+( AS [a-z]+)?$`).MatchString(i.rest) {
			t.Errorf("FROM %s: an image must be pinned to a version", i.rest)
		}
		if at > volume && (i.verb == "COPY" || i.verb == "RUN") {
			t.Errorf("%s %s comes after VOLUME and changes nothing", i.verb, i.rest)
		}
	}
	if want := regexp.MustCompile(`^golang:` + regexp.QuoteMeta(goVersion(t)) + `\.\d+ AS build$`); !want.MatchString(list[0].rest) {
		t.Errorf("FROM %s is not of the Go version of go.mod, %s", list[0].rest, goVersion(t))
	}
}

// goVersion is the version that go.mod asks for, without the patch.
func goVersion(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(src)
	if found == nil {
		t.Fatal("go.mod names no Go version")
	}
	return string(found[1])
}

// TestCompose: the example gives the container nothing that it does not need, and
// time for an orderly end.
func TestCompose(t *testing.T) {
	src, err := os.ReadFile("../../compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]struct {
			Image       string   `yaml:"image"`
			ReadOnly    bool     `yaml:"read_only"`
			CapDrop     []string `yaml:"cap_drop"`
			SecurityOpt []string `yaml:"security_opt"`
			Restart     string   `yaml:"restart"`
			Grace       string   `yaml:"stop_grace_period"`
			Tmpfs       []string `yaml:"tmpfs"`
			Privileged  bool     `yaml:"privileged"`
			Logging     struct {
				Options map[string]string `yaml:"options"`
			} `yaml:"logging"`
		} `yaml:"services"`
	}
	if err = yaml.Unmarshal(src, &file); err != nil {
		t.Fatal(err)
	}
	s, ok := file.Services["bestie"]
	grace, err := time.ParseDuration(s.Grace)
	switch {
	case !ok || err != nil:
		t.Fatalf("no service bestie with a stop_grace_period: %v", err)
	case grace <= farewell:
		t.Errorf("stop_grace_period %s, want more than the %s that an orderly end may take", grace, farewell)
	case !s.ReadOnly || s.Privileged || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Contains(s.SecurityOpt, "no-new-privileges:true"):
		t.Errorf("the container may do more than it needs: %+v", s)
	case s.Restart != "unless-stopped" || s.Logging.Options["max-size"] == "" || len(s.Tmpfs) == 0 || strings.HasSuffix(s.Image, "latest"):
		t.Errorf("something is missing: %+v", s)
	}
}

// buildAsDockerfile builds the binary by the very line of the Dockerfile.
func buildAsDockerfile(t *testing.T, args map[string]string) (binary string) {
	t.Helper()
	binary = filepath.Join(t.TempDir(), "bestie")
	at := slices.IndexFunc(dockerfile(t), func(i instruction) bool { return i.verb == "RUN" && strings.Contains(i.rest, "go build") })
	if at < 0 {
		t.Fatal("the Dockerfile builds nothing")
	}
	line := dockerfile(t)[at].rest
	if !strings.Contains(line, " -o /out/bestie ") {
		t.Fatalf("the Dockerfile does not build /out/bestie: %s", line)
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-c", strings.Replace(line, "/out/bestie", `"$BINARY"`, 1))
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(), "BINARY="+binary)
	for name, value := range args {
		if !slices.Contains(dockerfile(t), instruction{"ARG", name}) {
			t.Errorf("the Dockerfile has no ARG %s", name)
		}
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s\n%v\n%s", line, err, out)
	}
	return binary
}

// TestContainer: the binary needs nothing beside itself. It is static, and in a root
// folder with nothing else in it, as a user without rights and without environment,
// it knows its version, the time zone and the certificates, and plays the demo.
func TestContainer(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the whole program anew, which takes a minute the first time")
	}
	t.Parallel()
	binary := buildAsDockerfile(t, map[string]string{"VERSION": "v9.8.7", "COMMIT": "0123abcd", "BUILT": "2026-11-22T10:00:00Z"})
	file, err := elf.Open(binary)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, p := range file.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("the binary wants an interpreter: it is not static")
		}
	}
	if libraries, err := file.ImportedLibraries(); err == nil && len(libraries) > 0 {
		t.Errorf("the binary wants libraries: %v", libraries)
	}
	if os.Getuid() != 0 {
		t.Skip("only root may change the root folder")
	}
	box := newBox(t, binary)
	if out := box.run(t, exitOK, nil, "version"); !strings.Contains(out, "bestie v9.8.7\ncommit 0123abcd\nwhatsmeow v0.") {
		t.Errorf("version: %s", out)
	}
	out := box.run(t, exitFailed, box.environ, "doctor")
	for _, want := range []string{
		"WIB; the machine's own zone, UTC", "certificate authorities are known", "every text renders",
		"the data folder is private", "business.number is not set",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("doctor does not say %q:\n%s", want, out)
		}
	}
	if out = box.run(t, exitFailed, box.environ, "health"); !strings.Contains(out, "there is no app.db in /data") {
		t.Errorf("health: %s", out)
	}
	if out = box.run(t, exitFailed, append(box.environ, "BESTIE_BUSINESS_NUMBER=081234567890"), "run"); !strings.Contains(out, "No WhatsApp number is linked yet") {
		t.Errorf("run: %s", out)
	}
	if out = box.run(t, exitFailed, box.environ, "health"); !strings.Contains(out, "no heartbeat") {
		t.Errorf("health: %s", out)
	}
	if out = box.run(t, exitOK, box.environ, "backup", "copy.db"); !strings.Contains(out, "was copied") {
		t.Errorf("backup: %s", out)
	}
	if out = box.run(t, exitOK, box.environ, "restore", "copy.db"); !strings.Contains(out, "was restored") {
		t.Errorf("restore: %s", out)
	}
	if out = box.run(t, exitOK, nil, "demo"); !strings.Contains(out, "rina > ") {
		t.Errorf("demo: %s", out)
	}
	left, err := filepath.Glob(filepath.Join(box.root, "data", ".bestie-stage-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("the demo leaves %v behind, %v", left, err)
	}
	if err = os.Chown(filepath.Join(box.root, "data", store.FileName), 0, 0); err != nil {
		t.Fatal(err)
	}
	if out = box.run(t, exitFailed, box.environ, "doctor"); !strings.Contains(out, "RED   app.db cannot be written by this user") {
		t.Errorf("doctor where a file is another user's: %s", out)
	}
	box.close(t)
	if out = box.run(t, exitFailed, nil, "demo"); !strings.Contains(out, "Hint: set TMPDIR") {
		t.Errorf("demo where nothing can be written: %s", out)
	}
	if out = box.run(t, exitFailed, box.environ, "health"); !strings.Contains(out, "app.db cannot be read") {
		t.Errorf("health where nothing can be written: %s", out)
	}
	if out = box.run(t, exitFailed, box.environ, "doctor"); !strings.Contains(out, "RED   the data folder /data cannot be written by this user") {
		t.Errorf("doctor where nothing can be written: %s", out)
	}
}

// box is a root folder that holds the binary and an empty data folder.
type box struct {
	root    string
	user    uint32
	environ []string // of the image
}

func newBox(t *testing.T, binary string) box {
	t.Helper()
	list := dockerfile(t)
	user, _, _ := strings.Cut(last(list, "USER"), ":")
	id, err := strconv.ParseUint(user, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	b := box{root: t.TempDir(), user: uint32(id), environ: []string{last(list, "ENV")}}
	data := filepath.Join(b.root, "data")
	program, err := os.ReadFile(binary)
	if err == nil {
		err = os.WriteFile(filepath.Join(b.root, "bestie"), program, 0o755)
	}
	if err == nil {
		err = os.Mkdir(data, 0o700)
	}
	if err == nil {
		err = os.Chown(data, int(id), int(id))
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// close takes the data folder away from the user.
func (b box) close(t *testing.T) {
	t.Helper()
	data := filepath.Join(b.root, "data")
	if err := os.Chmod(data, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(data, 0, 0); err != nil {
		t.Fatal(err)
	}
}

// run runs a command in the box and returns what it says on both outputs.
func (b box) run(t *testing.T, code int, environ []string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, "/bestie", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = "/data", &out, &out
	cmd.Env = append([]string{}, environ...) // not nil: nil is the test's own
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: b.root, Credential: &syscall.Credential{Uid: b.user, Gid: b.user}}
	err := cmd.Run()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != code {
		t.Errorf("bestie %s ended with %v, want exit code %d:\n%s", strings.Join(args, " "), err, code, out.String())
	}
	return out.String()
}
