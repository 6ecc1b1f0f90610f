package whatsapp

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/rs/zerolog"
	signal "go.mau.fi/libsignal/logger"
)

// redactor is the writer behind every log line of this package and its
// libraries. Those format whole sentences with numbers and names in them, so it
// is no use to filter fields: each line is decoded, cleaned and written again.
type redactor struct {
	out    zerolog.Logger
	closed func() bool // after the end, complaints about the closed database are noise; while storage fails, echoes
}

// ownLogger is for the lines of this package.
func ownLogger(out zerolog.Logger) zerolog.Logger {
	return zerolog.New(redactor{out, func() bool { return false }})
}

// libraryLogger is what whatsmeow, its database layer and libsignal log to, at
// level info and above: debug prints whole stanzas and pairing codes.
func libraryLogger(out zerolog.Logger, closed func() bool) zerolog.Logger {
	return zerolog.New(redactor{out, closed}).Level(zerolog.InfoLevel)
}

func (r redactor) Write(line []byte) (int, error) { return r.WriteLevel(zerolog.InfoLevel, line) }

// WriteLevel implements zerolog.LevelWriter.
func (r redactor) WriteLevel(level zerolog.Level, line []byte) (int, error) {
	if r.closed() {
		return len(line), nil
	}
	fields := map[string]any{}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	if err := decoder.Decode(&fields); err != nil {
		r.out.Warn().Msg("a log line of the WhatsApp library could not be read")
		return len(line), nil
	}
	message, _ := fields[zerolog.MessageFieldName].(string)
	delete(fields, zerolog.MessageFieldName)
	delete(fields, zerolog.LevelFieldName)
	for name, value := range fields {
		fields[name] = redactValue(value)
	}
	r.out.WithLevel(level).Fields(fields).Msg(redact(message))
	return len(line), nil
}

func redactValue(v any) any {
	switch v := v.(type) {
	case string:
		return redact(v)
	case json.Number: // a duration to the nanosecond reads like a telephone number
		if f, err := v.Float64(); err == nil && strings.Contains(v.String(), ".") {
			return json.Number(strconv.FormatFloat(f, 'f', 3, 64))
		}
	case []any:
		for i := range v {
			v[i] = redactValue(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = redactValue(v[name])
		}
	}
	return v
}

var (
	longNumber = regexp.MustCompile(`[0-9]{8,}`)
	lidServer  = regexp.MustCompile(`^(_[0-9]+)?([.:][0-9]+)*@(hosted\.)?lid\b`)
	signalLID  = regexp.MustCompile(`^_(1|129)\b`) // libsignal's form of a LID: user_domain:device
	pushName   = regexp.MustCompile(`\b(notify|name)="(?:[^"\\]|\\.)*"?`)
	messageID  = regexp.MustCompile(`^[0-9A-F]{16,}$`)
)

// maxSentence bounds a sentence, in bytes: the library quotes what senders chose,
// such as message IDs, at any length.
const maxSentence = 1000

// redact cleans a sentence: a phone number keeps its first five and last three
// digits ("62812****789"), a LID its last four, a push name nothing (field
// guide, section 7). Message IDs, upper-case hexadecimal, stay as they are.
func redact(s string) string {
	if len(s) > maxSentence {
		s = cut(s, maxSentence) + "…"
	}
	s = pushName.ReplaceAllString(s, `$1="…"`)
	var b strings.Builder
	at := 0
	for _, m := range longNumber.FindAllStringIndex(s, -1) {
		from, to := m[0], m[1]
		if isMessageID(s, from, to) {
			continue
		}
		b.WriteString(s[at:from])
		if lidServer.MatchString(s[to:]) || signalLID.MatchString(s[to:]) {
			b.WriteString("****" + s[to-4:to])
		} else {
			b.WriteString(s[from:from+5] + "****" + s[to-3:to])
		}
		at = to
	}
	b.WriteString(s[at:])
	return b.String()
}

// isMessageID tells whether the digits at s[from:to] belong to a message ID: not
// to digits alone.
func isMessageID(s string, from, to int) bool {
	start, end := from, to
	for start > 0 && isLetterOrDigit(s[start-1]) {
		start--
	}
	for end < len(s) && isLetterOrDigit(s[end]) {
		end++
	}
	return end-start > to-from && messageID.MatchString(s[start:end])
}

func isLetterOrDigit(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// signalSink carries what libsignal says to the client that was opened last:
// libsignal has one logger per process and prints to standard output without it.
type signalSink struct {
	log atomic.Pointer[zerolog.Logger]
}

var sink signalSink

// libsignal reads its logger from an unguarded variable in every session of the
// process, so it is set before the first of them can exist.
func init() {
	var l signal.Loggable = &sink
	signal.Setup(&l)
}

func (s *signalSink) Debug(string, string)           {}
func (s *signalSink) Info(string, string)            {}
func (s *signalSink) Configure(string)               {}
func (s *signalSink) Warning(caller, message string) { s.write(zerolog.WarnLevel, caller, message) }
func (s *signalSink) Error(caller, message string)   { s.write(zerolog.ErrorLevel, caller, message) }

func (s *signalSink) write(level zerolog.Level, caller, message string) {
	if l := s.log.Load(); l != nil {
		l.WithLevel(level).Str("caller", caller).Msg(message)
	}
}
