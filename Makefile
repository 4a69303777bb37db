# `make help` lists what there is. GNU make 3.81 and a POSIX sh suffice, so macOS needs nothing more.
# What has been set up leaves a stamp inside .venv or node_modules; a second run starts at once.

.DEFAULT_GOAL := site
.NOTPARALLEL:
.PHONY: help site serve test check audit bench bench-search card pictures fuzz deps-audit lock clean node browser

BIN := .venv/bin
NPM_BIN := node_modules/.bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet install

help:
	@echo 'make site    build the site into site/ (needs Python >= 3.11 and make only)'
	@echo 'make serve   the same, then serve it on http://127.0.0.1:8000 with live reload'
	@echo 'make test    every check and test (needs node >= 20.19; Chromium and a CJK font)'
	@echo 'make check   linters, types, formatting, and that the committed pages are current'
	@echo 'make audit   Lighthouse, five runs on each of five pages (about 8 minutes; needs npm and Chromium)'
	@echo 'make bench   what building costs at four sizes, beside plain Material (about half an hour)'
	@echo 'make bench-search  the search beside Pagefind and Material, at three sizes (about 20 minutes; needs npm and Chromium)'
	@echo 'make card    draw theme/assets/card.png anew; make pictures: those of docs/review.md'
	@echo 'make fuzz    1,000 mutated pages, layouts and arguments through the commands (about 2 minutes)'
	@echo 'make deps-audit  hashes, licences and known faults of what is pinned (asks PyPI and npm; says so where they do not answer)'
	@echo 'make lock    write requirements/*.lock and package-lock.json anew (needs uv); LOCK=--upgrade takes newer versions'
	@echo 'make clean   remove everything that make has made'
	@echo
	@echo 'PYTHON=/path/to/python3 chooses the interpreter, CHROMIUM= and FIREFOX=/path/to/browser the browsers.'

site: .venv/site.stamp
	@$(BIN)/archive site

serve: .venv/site.stamp
	@$(BIN)/archive serve

# pytest comes last: its closing line is what CI and people read.
test: node .venv/test.stamp browser check
	@echo 'Running the tests …'
	@CHROMIUM="$$($(FIND_CHROMIUM))" $(BIN)/pytest --numprocesses=auto --dist=loadgroup

# node comes first: it is the one thing that make cannot set up itself.
check: node .venv/test.stamp node_modules/.package-lock.json
	@echo 'Checking Python: ruff, mypy …'
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { $(BIN)/ruff format --diff; exit 1; }
	@$(BIN)/mypy
	@echo 'Checking scripts, styles and the workflows: prettier, tsc, zizmor …'
	@$(NPM_BIN)/prettier --check --log-level=warn --no-error-on-unmatched-pattern \
	  'theme/assets/**/*.{css,js}' 'build_scripts/review/static/*.{css,html,js}'
	@scripts=$$(find theme/assets/js build_scripts/review/static -name '*.js' 2>/dev/null); \
	  [ -z "$$scripts" ] || $(NPM_BIN)/tsc $(TSC_FLAGS) $$scripts
	@$(BIN)/zizmor --offline --quiet --color never --no-progress --strict-collection .github/workflows
	@echo 'Checking the archive, and that the pages under content/ are what the build scripts make …'
	@$(BIN)/archive check
	@$(BIN)/archive build --check

TSC_FLAGS := --noEmit --allowJs --checkJs --strict --target es2020 --module esnext --moduleResolution bundler \
  --lib es2020,dom,dom.iterable

# Lighthouse on the site as it is released; it is large, so its packages are its own. The address must be the one it is served at.
AUDIT_PORT := 8473
audit: node .venv/site.stamp browser
	@cd tests/audit && [ -f node_modules/.package-lock.json ] || npm ci --ignore-scripts --loglevel=error >/dev/null
	@SITE_URL=http://127.0.0.1:$(AUDIT_PORT)/kfq/ $(BIN)/archive site --out site.audit
	@CHROMIUM="$$($(FIND_CHROMIUM))" node tests/audit/lighthouse.mjs site.audit /kfq/ $(AUDIT_PORT)

# The tables in docs/build-benchmark.md. BENCH=--sizes=100,1000 measures less.
# Fails on what is counted (files unlike a clean build, the growth of bytes and files), never on seconds.
bench: .venv/test.stamp
	@$(BIN)/python -m tests.bench.build $(BENCH) --write docs/build-benchmark.md

# The table in docs/search-benchmark.md. Pagefind is fetched into .build/ only here.
bench-search: node .venv/test.stamp browser
	@CHROMIUM="$$($(FIND_CHROMIUM))" $(BIN)/python -m tests.bench.search --write docs/search-benchmark.md

# The picture beside a link; committed, for the site's build has no browser.
card: .venv/test.stamp browser
	@CHROMIUM="$$($(FIND_CHROMIUM))" $(BIN)/python -m tests.card
# RUNS=10000 runs more of them, SEED=1000 others.
fuzz: .venv/test.stamp
	@$(BIN)/python -m tests.fuzz --runs $(or $(RUNS),1000) --seed $(or $(SEED),0)

# pip-audit has an environment of its own: what it needs is nothing to the site.
.venv/audit/bin/pip-audit: .venv/test.stamp requirements/audit.lock
	@$(BIN)/python -m venv .venv/audit
	@.venv/audit/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/audit.lock

deps-audit: node .venv/audit/bin/pip-audit
	@$(BIN)/pytest --quiet -n0 tests/test_dependencies.py
	@$(BIN)/python -m tests.deps_audit .venv/audit/bin/pip-audit

# The pictures of docs/review.md.
pictures: .venv/test.stamp browser
	@CHROMIUM="$$($(FIND_CHROMIUM))" $(BIN)/python -m tests.review_pictures

lock:
	@command -v uv >/dev/null || { echo 'make lock needs uv: pip install uv' >&2; exit 1; }
	cd requirements && $(UV_COMPILE) build.in --output-file build.lock
	cd requirements && $(UV_COMPILE) site.in --output-file site.lock
	cd requirements && $(UV_COMPILE) test.in --constraint site.lock --output-file test.lock
	cd requirements && $(UV_COMPILE) audit.in --output-file audit.lock
	npm install --package-lock-only

# --universal: one file for Linux and macOS. fewest: one version of each package for every Python, so that all build the same bytes.
UV_COMPILE = uv pip compile $(LOCK) --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
  --custom-compile-command 'make lock'

clean:
	rm -rf .venv node_modules tests/audit/node_modules site site.*/ .build build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find build_scripts tests -name __pycache__ -prune -exec rm -rf {} +

# ---- Python ----

# The scripts inside .venv name its folder and its interpreter: where either has moved, all of .venv is made anew.
ifneq ($(shell test -x $(BIN)/python && cat .venv/made-in 2>/dev/null),$(CURDIR))
.PHONY: .venv/made-in .venv/site.stamp .venv/test.stamp
endif

# The versions that the tests run on come first; a newer one serves where there is no other.
.venv/made-in:
	@$(APT_INSTALL); \
	for below in '3, 14' '9, 9'; do \
	  for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
	    "$$python" -c "import sys; sys.exit(not (3, 11) <= sys.version_info < ($$below))" 2>/dev/null && break 2; \
	    python=; \
	  done; \
	done; \
	if [ -z "$$python" ]; then \
	  echo 'Python 3.11 or newer is needed and was not found. Where it has another name: make PYTHON=/path/to/python3' >&2; \
	  exit 1; \
	fi; \
	version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	  apt_install "python$$version-venv" || { \
	    echo "$$python cannot make virtual environments. On Debian and Ubuntu: sudo apt-get install python$$version-venv" >&2; \
	    exit 1; \
	  }; \
	fi; \
	echo "Making .venv with Python $$version (about 5 s) …"; \
	rm -rf .venv && "$$python" -m venv .venv && echo '$(CURDIR)' > $@

# jieba is published as source only: setuptools is installed first and builds it, so that pip fetches nothing unpinned.
.venv/site.stamp: .venv/made-in requirements/build.lock requirements/site.lock pyproject.toml
	@echo 'Installing the pinned packages for the site (about 20 s) …'
	@$(PIP) --require-hashes --no-deps -r requirements/build.lock
	@$(PIP) --require-hashes --no-build-isolation --use-pep517 -r requirements/site.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.stamp: .venv/site.stamp requirements/test.lock
	@echo 'Installing the pinned packages for the tests (about 20 s) …'
	@$(PIP) --require-hashes --no-build-isolation --use-pep517 -r requirements/test.lock
	@touch $@

# ---- node, browser, font: for the tests only ----

node:
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null || { \
	  echo "The checks need node 20.19 or newer; found: $$(node --version 2>/dev/null || echo none). See https://nodejs.org" >&2; \
	  exit 1; \
	}

node_modules/.package-lock.json: package.json package-lock.json | node
	@echo 'Installing the pinned npm packages (about 5 s) …'
	@npm ci --loglevel=error >/dev/null
	@touch $@

browser:
	@$(APT_INSTALL); missing=; \
	[ -n "$$($(FIND_CHROMIUM))" ] || missing=chromium; \
	[ "$$(uname)" = Darwin ] || fc-list :lang=zh-cn 2>/dev/null | grep -q . || missing="$$missing fonts-noto-cjk"; \
	[ -z "$$missing" ] || apt_install $$missing || { \
	  echo "The browser tests need Chromium (or Chrome) and a font for Chinese. On Debian: sudo apt-get install $$missing" >&2; \
	  exit 1; \
	}; \
	[ -n "$$($(FIND_FIREFOX))" ] || apt_install firefox-esr || \
	  echo 'No Firefox is installed: the review page is tested in Chromium alone.'

# Prints the path of the first that is there.
FIND_CHROMIUM = for name in "$(CHROMIUM)" chromium chromium-browser google-chrome \
  '/Applications/Chromium.app/Contents/MacOS/Chromium' '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; \
  do command -v "$$name" && break; done

FIND_FIREFOX = for name in "$(FIREFOX)" firefox-esr firefox /Applications/Firefox.app/Contents/MacOS/firefox; \
  do command -v "$$name" && break; done

# Installs Debian packages where this is root on such a system, else fails; the caller says what to do.
# A package source that cannot be reached must not stop an install from the others: `update` may fail.
APT_INSTALL = apt_install() { \
  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1; \
  echo "Installing Debian's $$* (up to a minute) …"; \
  apt-get update -qq || true; \
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$$@" >/dev/null; \
  }
