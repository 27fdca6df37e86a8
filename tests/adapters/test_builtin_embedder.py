"""The embedder of the wheel: the same vectors as sentence-transformers, and an error where its files are damaged."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jazari_rag import Assistant
from jazari_rag.adapters.builtin_embedder import FOLDER, MODULE, BuiltinEmbedder
from jazari_rag.adapters.word_pieces import PieceReader
from jazari_rag.errors import ConfigurationError, StoreMismatchError

EMBEDDER = BuiltinEmbedder()
READER = PieceReader(FOLDER / MODULE / "tokenizer.json")
TEXTS = (
    "Où demander un acte de naissance ? L'état civil, à la commune (n° 37-99).",
    "أين أطلب عقد الازدياد؟ مكتب الحالة المدنيّة بالجماعة، القانون رقم 37.99",
    "¿Dónde se pide el certificado de nacimiento? 300 dirhams",
    "Where do I ask for a birth certificate?",
    "word" * 40,
)


def cosine(left: str, right: str) -> float:
    one, other = EMBEDDER.embed_queries([left, right])
    return float(np.dot(one, other))


def test_a_question_is_nearer_to_its_translation_than_to_another_question() -> None:
    pairs = [
        ("Comment obtenir un passeport ?", "كيف أحصل على جواز سفر؟"),
        ("Le juge prononce la peine", "يصدر القاضي العقوبة"),
        ("The child goes to school", "El niño va a la escuela"),
    ]
    for one, (question, translation) in enumerate(pairs):
        others = [other for number, (_, other) in enumerate(pairs) if number != one]
        assert cosine(question, translation) > max(cosine(question, other) for other in others)


@settings(deadline=None)
@given(st.text())
def test_vectors_are_finite_and_of_length_one_or_zero(text: str) -> None:
    (question,), (passage,) = EMBEDDER.embed_queries([text]), EMBEDDER.embed_passages([text])
    assert len(question) == len(passage) == EMBEDDER.dimension
    assert math.isclose(math.hypot(*passage), 1.0, abs_tol=1e-4)
    assert not any(question) or question == passage


def test_case_accents_and_the_forms_of_arabic_letters_do_not_matter() -> None:
    for one, other in (("État CIVIL", "etat civil"), ("الحالةُ المدنية", "الحاله المدنيه"), ("أعلى", "اعلي")):
        assert cosine(one, other) == pytest.approx(1.0, abs=1e-5)


def test_the_model_is_small_and_says_so_in_its_fingerprint() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 16_000_000
    assert EMBEDDER.fingerprint.startswith("builtin #")
    assert EMBEDDER.fingerprint == BuiltinEmbedder().fingerprint


@pytest.mark.parametrize("damage", ["missing", "cut", "other"])
def test_a_damaged_model_is_an_error_that_says_what_to_do(tmp_path: Path, damage: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "model")
    file = tmp_path / "model" / MODULE / "model.safetensors"
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:1000] if damage == "cut" else b"{}")
    with pytest.raises(ConfigurationError, match="install the package again"):
        BuiltinEmbedder(tmp_path / "model")


def test_an_assistant_finds_with_it_and_its_index_opens_with_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le passeport est délivré par la préfecture.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("La pêche est interdite en hiver.", encoding="utf-8")
    with Assistant.open(tmp_path / "store", embedder="builtin") as assistant:
        assistant.ingest(tmp_path / "a.txt", tmp_path / "b.txt")
        assert assistant.search("passeport")[0].document.id == "a.txt"
    with pytest.raises(StoreMismatchError):
        Assistant.open(tmp_path / "store", embedder="none")


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cn"))))  # Cn: letters of a newer Unicode than Python's
def test_pieces_read_word_by_word_are_the_tokenizers_own(text: str) -> None:
    assert READER.pieces(text) == READER.tokenizer.encode(text, add_special_tokens=False).ids


@pytest.mark.extra("semantic")
def test_sentence_transformers_gives_the_same_vectors() -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(FOLDER), device="cpu", local_files_only=True)
    theirs = model.encode(list(TEXTS), normalize_embeddings=True)
    assert np.allclose(theirs, np.array(EMBEDDER.embed_passages(TEXTS)), atol=1e-5)
