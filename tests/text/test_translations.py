from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.errors import LanguageDataError
from jazari_rag.text.translations import Direction, Lexicon, shipped_lexicon, write_lexicon

STEMS = {"fr": ["lune", "unused", "arbre"], "en": ["tree", "moon", "wood"]}


def small(path: Path) -> Lexicon:
    forth = Direction("fr", "en", np.array([2, 0, 2]), np.array([2, 1, 0]), np.array([0.2, 1.0, 0.8]))
    write_lexicon(path, STEMS, [forth], {"en": {"tree": 7, "wood": 100_000}})
    return Lexicon(path)


def test_translations_come_back_best_first_with_their_weights(tmp_path: Path) -> None:
    lexicon = small(tmp_path / "lexicon.npz")
    (tree, wood) = lexicon.translations("arbre", "fr", "en")
    assert (tree[0], wood[0]) == ("tree", "wood")
    assert tree[1] == pytest.approx(0.8, abs=0.005)
    assert lexicon.translations("lune", "fr", "en") == [("moon", 1.0)]


def test_what_is_not_known_has_no_translation(tmp_path: Path) -> None:
    lexicon = small(tmp_path / "lexicon.npz")
    assert lexicon.translations("unused", "fr", "en") == []
    assert lexicon.translations("tree", "en", "fr") == []
    assert lexicon.translations("arbre", "fr", "zz") == []
    assert lexicon.words("fr") == {}


def test_words_keep_how_often_they_were_seen_up_to_a_limit(tmp_path: Path) -> None:
    assert small(tmp_path / "lexicon.npz").words("en") == {"tree": 7, "wood": 65_535}


def test_the_same_lexicon_is_written_as_the_same_bytes(tmp_path: Path) -> None:
    small(tmp_path / "a.npz")
    small(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_a_missing_lexicon_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(LanguageDataError, match="install the package again"):
        Lexicon(tmp_path / "none.npz").translations("arbre", "fr", "en")


@given(st.data())
def test_a_damaged_lexicon_is_read_right_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("lexicon") / "lexicon.npz"
    expected = small(path).translations("arbre", "fr", "en")
    content = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content) - 1))]
    else:
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    with suppress(LanguageDataError):
        assert Lexicon(path).translations("arbre", "fr", "en") == expected


def test_a_part_that_lost_its_name_is_no_language_that_is_not_served(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.npz"
    small(path)
    content = path.read_bytes()
    damaged = content[: len(content) // 2] + content[len(content) // 2 :].replace(b"fr-en-counts", b"fr-eo-counts")
    path.write_bytes(damaged)
    with pytest.raises(LanguageDataError, match="install the package again"):
        Lexicon(path).translations("arbre", "fr", "en")


def test_a_lexicon_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.npz"
    np.savez(path, format=np.array([99]))
    with pytest.raises(LanguageDataError, match="format"):
        Lexicon(path).translations("arbre", "fr", "en")


def test_parts_that_do_not_fit_together_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.npz"
    small(path)
    with np.load(path) as file:
        parts = dict(file)
    np.savez(path, **{**parts, "fr-en-targets": parts["fr-en-targets"] + 9})
    with pytest.raises(LanguageDataError, match="fit together"):
        Lexicon(path).translations("arbre", "fr", "en")


@pytest.mark.parametrize("source", ["ar", "en", "es", "fr"])
@pytest.mark.parametrize("target", ["ar", "en", "es", "fr"])
def test_the_shipped_lexicon_has_every_direction(source: str, target: str) -> None:
    assert shipped_lexicon().serves(source, target) == (source != target)


@pytest.mark.parametrize(
    ("term", "source", "target", "wanted"),
    [
        ("eau", "fr", "en", "water"),
        ("water", "en", "ar", "ماء"),
        ("water", "en", "fr", "eau"),
        ("agua", "es", "fr", "eau"),
    ],
)
def test_the_shipped_lexicon_knows_plain_words(term: str, source: str, target: str, wanted: str) -> None:
    from jazari_rag.languages import load_languages
    from jazari_rag.text.analyse import SnowballAnalyzer

    analyzer = SnowballAnalyzer(load_languages())
    found = shipped_lexicon().translations(analyzer.stem(term, source), source, target)
    assert analyzer.stem(wanted, target) in [stem for stem, _ in found[:3]]


def test_importing_the_library_reads_no_lexicon() -> None:
    script = "import sys, jazari_rag; print('numpy' in sys.modules, 'jazari_rag.text.translations' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert shown.split() == ["False", "False"]
