# Makefile - a thin front for Meson: each target is one or two calls.
#
#   make          the program, in build/        make test     all tests
#   make asan     tests under ASan and UBSan    make warnings gcc and clang, -Werror
#   make fuzz     each target for SECONDS=60    make lint     what no compiler checks
#   make fmt      clang-format all              make golden   rewrite golden files: review them
#   make bench    speed and memory              make install  to PREFIX=/usr/local
#   make models   train them anew, from DATELINE_SHARED=../shared
BUILD ?= build
PREFIX ?= /usr/local
SECONDS ?= 60
DATELINE_SHARED ?= ../shared
# Homebrew keeps these apart from the system's own.
ifeq ($(shell uname),Darwin)
export PKG_CONFIG_PATH := $(shell brew --prefix libarchive)/lib/pkgconfig:$(shell brew --prefix sqlite)/lib/pkgconfig:$(shell brew --prefix curl)/lib/pkgconfig:$(shell brew --prefix libxml2)/lib/pkgconfig:$(shell brew --prefix zlib)/lib/pkgconfig:$(PKG_CONFIG_PATH)
endif

all: $(BUILD)/build.ninja
	@meson compile -C $(BUILD)

$(BUILD)/build.ninja:
	@meson setup $(BUILD) >/dev/null

test: all
	@meson test -C $(BUILD) --print-errorlogs
	@python3 tools/test_summary.py $(BUILD)/meson-logs/testlog.json

# Leaks are looked for too; every arena allocation is a malloc of its own.
asan:
	@test -d build-asan || meson setup build-asan --buildtype=debugoptimized \
	    -Db_ndebug=false -Db_sanitize=address,undefined -Darena_malloc=true \
	    -Db_lundef=false >/dev/null
	@ASAN_OPTIONS=allocator_may_return_null=1 DATELINE_KILLS=20 \
	    meson test -C build-asan --print-errorlogs --timeout-multiplier 10
	@python3 tools/test_summary.py build-asan/meson-logs/testlog.json

# No warning from either compiler.
warnings:
	@for cc in gcc clang; do \
	    test -d build-$$cc || CC=$$cc meson setup build-$$cc --werror >/dev/null; \
	    meson compile -C build-$$cc || exit 1; done

fuzz:
	@test -d build-fuzz || CC=clang meson setup build-fuzz -Dfuzz=true \
	    --buildtype=debugoptimized -Db_ndebug=false -Db_lundef=false >/dev/null
	@meson compile -C build-fuzz
	@tools/fuzz.sh build-fuzz $(SECONDS)

lint:
	@python3 tools/lint.py

fmt:
	@clang-format -i $$(find src include test fuzz examples -name '*.[ch]')

golden: all
	@GOLDEN_REWRITE=1 meson test -C $(BUILD) --print-errorlogs
	@git diff --stat -- test/golden

bench: all
	@python3 bench/run.py --bin $(BUILD)/dateline
	@python3 bench/run.py --bin $(BUILD)/dateline --pages
	@python3 bench/run.py --bin $(BUILD)/dateline --memory

# Some forty minutes on two cores. The same data and machine give the same
# bytes; do not commit new versions lightly, they stay in the history.
models: all
	@meson compile -C $(BUILD) train-tagger
	@$(BUILD)/train/tagger/train-tagger $(DATELINE_SHARED)/data/language \
	    $(BUILD)/lexicon/en.lexicon model/en/en.tagger
	@python3 train/lemma.py $(DATELINE_SHARED)/data/language model/en/en.lemmas
	@meson compile -C $(BUILD) train_attribution
	@gzip -dc $(DATELINE_SHARED)/data/quotes/polnear-train/train.jsonl.gz | \
	    $(BUILD)/train/train_attribution model/en/attribution.chain

install: $(BUILD)/build.ninja
	@meson configure $(BUILD) --prefix=$(abspath $(PREFIX))
	@meson install -C $(BUILD)

clean:
	@rm -rf build build-*

.PHONY: all test asan warnings fuzz lint fmt golden bench models install clean
