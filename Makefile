# Every target is one line of `make help`. The tools come with the module (the
# tool lines of go.mod): nothing but Go needs to be installed.
GO ?= go
FUZZTIME ?= 30s
ROUNDS ?= 5
SEEDS ?= 20
SEED ?= 1

.DEFAULT_GOAL := help
.PHONY: help build image test race cover bench crash fuzz hostile lint format example vuln demo rehearse calibrate clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the static binary bin/bestie
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/bestie ./cmd/bestie

image: ## build the container image bestie:local (needs Docker)
	docker build -t bestie:local --build-arg VERSION="$$(git describe --tags --always --dirty)" \
	  --build-arg COMMIT="$$(git rev-parse HEAD)" --build-arg BUILT="$$(git log -1 --format=%cI)" .

test: ## run every test
	$(GO) test ./...

race: ## run every test under the race detector (needs a C compiler)
	$(GO) test -race ./...

cover: ## run every test and show which statements none of them reaches
	$(GO) test -coverpkg=./... -coverprofile=coverage.out ./...
	$(GO) tool cover -func=coverage.out | tail -n 1

bench: ## compare with a bare client in ROUNDS (5) rounds, then run the benchmarks
	$(GO) test ./cmd/bestie -run '^(TestPerformance|TestPagesLeaveInTime)$$' -count=1 -timeout 1h -v -performance $(ROUNDS)
	$(GO) test ./store -run '^TestAudienceScale$$' -count=1 -v -audience.people 100000
	$(GO) test ./templates -run '^(TestCrossValidation|TestExams)$$' -count=1 -v -folds
	$(GO) test ./store -run '^TestReportScale$$' -count=1 -v -report.waits 100000
	$(GO) test ./store -run '^TestPlanScale$$' -count=1 -timeout 1h -v -audience.people 100000
	$(GO) test ./scheduler -run '^TestSendsCostTheSame$$' -count=1 -v -promo.people 1000
	$(GO) test ./store -run '^TestLedgerScale$$' -count=1 -v -ledger.entries 100000
	$(GO) test ./store -run '^TestLedgerScale$$' -count=1 -v -ledger.entries 1000000
	$(GO) test -run '^$$' -bench . -benchmem ./...

crash: ## kill the program thousands of times, SEEDS (20) seeds of every flow
	$(GO) test ./cmd/bestie -run '^TestCrash' -crash.seeds $(SEEDS) -count 1 -timeout 3h -v
	$(GO) test ./store -run '^TestCrashLedger$$' -count $(SEEDS) -timeout 1h -v

fuzz: ## give every fuzz target FUZZTIME (30s)
	@set -e; for package in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
	    echo "$$package $$target"; \
	    $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1s $$package; \
	  done; \
	done

hostile: ## play the 10,000 hostile messages made from SEED (1)
	$(GO) test ./whatsapp ./cmd/bestie -run '^TestHostile' -count=1 -v -args -hostile-seed $(SEED)

lint: ## check formatting, suspicious code, and the arrows between the packages
	@unformatted=$$($(GO) tool gofumpt -l .) && test -z "$$unformatted" || { echo "not formatted (make format):"; echo "$$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) test -run '^TestArchitecture' ./cmd/bestie

format: ## format every file
	$(GO) tool gofumpt -w .

example: ## write bestie.example.yaml from the table of settings
	$(GO) test ./cmd/bestie -run '^TestExample$$' -update

vuln: ## look for known vulnerabilities (asks the database on the network)
	$(GO) tool govulncheck ./...

demo: ## play the whole product without a phone and without a network
	$(GO) run ./cmd/bestie demo

rehearse: ## play every conversation script
	$(GO) run ./cmd/bestie rehearse cmd/bestie/testdata/rehearse

calibrate: ## find out anew how far the matcher may be trusted (after a change of examples, words or learning)
	$(GO) test ./templates -run '^TestCalibrationIsFresh$$' -count=1 -calibrate

clean: ## remove what was built
	rm -rf bin coverage.out
