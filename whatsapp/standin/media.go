package standin

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

const (
	// mediaHost is the name clients are told to upload to and download from.
	mediaHost = "mmg.whatsapp.net"
	// maxMedia bounds one file, in bytes.
	maxMedia = 256 << 20
)

// serveMedia is the upload and download host. It stores what the client
// encrypted, keyed by the upload token (the hash of the ciphertext).
func (s *Server) serveMedia(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		return
	}
	defer s.served.Done()
	s.countUploads(+1)
	defer s.countUploads(-1)
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	key := parts[len(parts)-1]
	switch {
	case r.Method == http.MethodPost && len(parts) == 3 && parts[0] == "mms":
		s.upload(w, r, key)
	case r.Method == http.MethodGet && len(parts) == 3 && parts[0] == "v":
		s.download(w, r, key)
	default:
		http.NotFound(w, r)
	}
}

func (s *Server) countUploads(by int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
	s.uploads += by
}

func (s *Server) upload(w http.ResponseWriter, r *http.Request, key string) {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxMedia))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.media[key] = data
	s.mu.Unlock()
	path := fmt.Sprintf("/v/t62/%s?ccb=1", key) // the download appends "&hash=…": there must be a "?"
	_ = json.NewEncoder(w).Encode(map[string]string{
		"url": "https://" + mediaHost + path, "direct_path": path, "handle": key, "object_id": key,
	})
}

func (s *Server) download(w http.ResponseWriter, r *http.Request, key string) {
	s.mu.Lock()
	data, ok := s.media[key]
	s.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(data)
}

// MediaCount is the number of files on the media host.
func (s *Server) MediaCount() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.media)
}
