# What to run: `make run` shows what Entente does, `make test` checks everything.

CARGO ?= cargo
PYTHON ?= python3
NPM ?= npm

# npm leaves this file where an installation is complete.
DICTIONARY := dictionary/node_modules/.package-lock.json
WEB := crates/serve/web/node_modules/.package-lock.json

.PHONY: help dictionary web build run test e2e api screenshots quality quality-save quality-peers bench bench-save bench-count bench-count-save \
	bench-store bench-joins golden clean

help:
	@echo "make run         build, code the samples into a store, show its pages to your browser"
	@echo "make test        formatting, lints, documentation, all tests, the lexicon's examples, the pages in a browser"
	@echo "make e2e         the pages in a real browser (part of make test)"
	@echo "make api         what /openapi.json says, held against the running server (part of make test)"
	@echo "make screenshots  the pictures of the README"
	@echo "make build       the release binary"
	@echo "make dictionary  bring the Japanese dictionary"
	@echo "make web         bring the library that draws the charts of the pages"
	@echo "make quality     score the coder on the samples, and on the folder of gold records given as GOLD=DIR"
	@echo "make quality-save  the same, and write the tables into docs/quality.md"
	@echo "make quality-peers  compare with ja-timex, pyNormalizeNumExp and GiNZA on the samples, and on GOLD=DIR"
	@echo "make bench       time Entente beside MeCab; CORPUS=FILE.jsonl is read, else samples and generated articles;"
	@echo "                 BENCH='--peers --large --only SECTION' chooses what (benches/speed.py --help)"
	@echo "make bench-save  the same, and write the tables into docs/performance.md"
	@echo "make bench-count  count the instructions of each room, beside those of before; needs valgrind"
	@echo "make bench-count-save  the same, and write benches/counts.tsv"
	@echo "make bench-store  fill a store with a generated corpus and time it"
	@echo "make bench-joins  score how a generated corpus is joined"
	@echo "make golden      write the snapshots in tests/golden anew"
	@echo "make clean       remove what was built"

dictionary: $(DICTIONARY)

$(DICTIONARY): dictionary/package.json dictionary/package-lock.json dictionary/SHA256
	cd dictionary && $(NPM) ci --ignore-scripts
	@touch $@

web: $(WEB)

$(WEB): crates/serve/web/package.json crates/serve/web/package-lock.json
	cd crates/serve/web && $(NPM) ci --ignore-scripts
	@touch $@

build: dictionary web
	$(CARGO) build --release

run: build
	@mkdir -p target
	rm -rf target/samples.db target/samples.db-* target/samples.db.index
	$(CARGO) run --release --quiet -- ingest --db target/samples.db samples/articles.jsonl
	$(CARGO) run --release --quiet -- serve --db target/samples.db --listen $(or $(LISTEN),127.0.0.1:8080)

test: dictionary web
	$(CARGO) fmt --all -- --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps
	$(CARGO) test --workspace
	$(DEBUG) lexicon check
	$(API)
	$(E2E)

# The binary that the tests built: to build it alone would choose other features of what it needs, and take minutes.
DEBUG := "$(CURDIR)/target/debug/entente"
API = PYTHON=$(PYTHON) tests/api/run.sh $(DEBUG) "$(CURDIR)/target/schemathesis"
E2E = tests/pages/run.sh $(DEBUG) tests

e2e: dictionary web
	$(CARGO) build --quiet --package entente-cli
	$(E2E)

api: dictionary web
	$(CARGO) build --quiet --package entente-cli
	$(API)

screenshots: build
	tests/pages/run.sh "$(CURDIR)/target/release/entente" screenshots

quality: dictionary
	$(CARGO) run --release --quiet --package entente-quality -- --causes --against docs/quality.md samples $(GOLD)

quality-save: dictionary
	$(CARGO) run --release --quiet --package entente-quality -- --causes --against docs/quality.md --save docs/quality.md samples $(GOLD)

# Needs Python 3.9 or newer with its module venv; the first run installs the peers into target/peers.
quality-peers: build
	$(PYTHON) tools/peers/peers.py --entente target/release/entente samples $(GOLD)

# Needs Python 3.9 or newer; MeCab is optional (Debian: mecab mecab-ipadic-utf8).
SPEED = $(PYTHON) benches/speed.py $(if $(CORPUS),--corpus $(CORPUS)) $(BENCH)

bench bench-save: build
	$(CARGO) build --release --package entente-bench
	$(SPEED) $(if $(filter bench-save,$@),--save docs/performance.md)

# The profile `quick` keeps the counts from depending on link-time optimization.
bench-count bench-count-save: dictionary
	$(CARGO) build --profile quick --package entente-bench
	$(PYTHON) benches/count.py --bin target/quick $(if $(filter bench-count-save,$@),--save)

# A generated corpus in a store: BENCH_DOCUMENTS of them.
bench-store: build
	$(CARGO) build --release --package entente-bench
	benches/store.sh $(or $(BENCH_DOCUMENTS),100000)

# How well a generated corpus is joined, against what is true of it.
bench-joins: build
	$(CARGO) build --release --package entente-bench
	target/release/generate --documents $(or $(BENCH_DOCUMENTS),20000) --seed 1 --out target/bench-joins
	target/release/entente code target/bench-joins/articles.jsonl > target/bench-joins/records.jsonl
	target/release/account-joins target/bench-joins/records.jsonl > target/bench-joins/found.jsonl
	target/release/score-joins target/bench-joins/truth.json target/bench-joins/found.jsonl

golden: dictionary web
	INSTA_UPDATE=always $(CARGO) test --package entente-cli --test golden

clean:
	$(CARGO) clean
	rm -rf dictionary/node_modules crates/serve/web/node_modules tests/pages/node_modules
