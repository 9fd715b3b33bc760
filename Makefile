# make run, make test, make lint and make bench do everything on a fresh clone.
CORPUS ?= corpus
PORT ?= 8000
PYTHON ?= python3
# So many test files run at once; those of one file stay together.
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
ENGLISH := search_app/translations/en/LC_MESSAGES/messages.mo

.PHONY: run test test-cluster lint bench bench-quick bench-cluster cluster clean

run: $(VENV)/.installed $(VENV)/.fonts $(ENGLISH)
	./tests/install-system run
ifneq ($(CORPUS),corpus)
	$(BIN)/vankien forget --if-known corpus
endif
	$(BIN)/vankien index $(CORPUS)
	$(BIN)/vankien serve --port $(PORT)

test: $(VENV)/.installed-dev $(VENV)/.fonts $(VENV)/.axe $(VENV)/.cluster $(ENGLISH)
	./tests/install-system
	$(BIN)/pytest -n $(WORKERS) --dist loadfile -m "not alone"
	$(BIN)/pytest -m alone

test-cluster: $(VENV)/.installed-dev $(VENV)/.cluster $(ENGLISH)
	./tests/install-system
	$(BIN)/pytest -m "cluster or database"

cluster: $(VENV)/.installed-dev $(VENV)/.fonts $(VENV)/.cluster $(ENGLISH)
	$(BIN)/python -m tests.cluster.run --port $(PORT) $(CORPUS)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench.indexing
	$(BIN)/python -m tests.bench.engines

bench-quick: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench.engines --quick

bench-cluster: $(VENV)/.installed-dev $(VENV)/.cluster
	$(BIN)/python -m tests.bench.cluster

clean:
	rm -rf $(VENV) var

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Cần Python 3.11 trở lên.") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	touch $@

$(VENV)/.fonts: $(VENV)/.installed search_app/package-lock.json
	$(BIN)/python -m search_app.fonts
	touch $@

# What looks for barriers on the pages; without it those tests are skipped, or fail under CI=true.
$(VENV)/.axe: $(VENV)/.fonts
	cd search_app && npm ci --ignore-scripts --no-audit --no-fund --silent && touch ../$@ || \
		echo "Chưa cài được axe-core: cần npm và mạng. Các phép thử về trợ năng bị bỏ qua." >&2

# Real OpenSearch nodes; without them the tests on nodes are skipped, or fail under CI=true.
$(VENV)/.cluster: tests/cluster/pom.xml tests/cluster/src/main/java/SearchNode.java | $(VENV)/.installed
	./tests/install-system
	rm -rf $(VENV)/cluster
	mvn -B -q -f tests/cluster/pom.xml -Dstyle.color=never -Doutput=$(abspath $(VENV))/cluster \
		process-classes && touch $@ || \
		echo "Chưa dựng được máy OpenSearch để thử: cần Java 17 trở lên (JDK), Maven và mạng." \
			"Các phép thử trên cụm bị bỏ qua." >&2

$(ENGLISH): $(ENGLISH:.mo=.po) $(VENV)/.installed
	$(BIN)/pybabel -q compile -d search_app/translations
