# The ways to build, run and test Entente. README says what the machine needs.

SHELL := /bin/sh
DICTIONARY := dictionary/node_modules/.package-lock.json
ENTENTE := target/release/entente

.PHONY: all dictionary build run test golden lexicon clean

all: build

# Brings IPADIC through npm, as dictionary/package-lock.json pins it.
dictionary: $(DICTIONARY)

$(DICTIONARY): dictionary/package.json dictionary/package-lock.json
	cd dictionary && npm ci --ignore-scripts --no-audit --no-fund
	@touch $(DICTIONARY)

build: dictionary
	cargo build --release --locked -p entente-cli

# Codes the bundled samples and shows the dossier on China and Russia.
run: build
	$(ENTENTE) --lang ja dossier CHN RUS samples/articles.jsonl

test: dictionary
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked
	cargo test --workspace --locked
	cargo run --locked -q -p entente-cli -- lexicon check

# Writes the golden snapshots anew; read the difference before committing it.
golden: dictionary
	INSTA_UPDATE=always cargo test --locked -p entente-cli --test golden

lexicon: dictionary
	cargo run --locked -q -p entente-cli -- lexicon check

clean:
	cargo clean
	rm -rf dictionary/node_modules
