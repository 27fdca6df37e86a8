from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from answering_kit import hit
from hypothesis import given, settings
from hypothesis import strategies as st

from jazari_rag.answering.markers import MARKER, NOT_STATED
from jazari_rag.answering.prompting import system_prompt, user_prompt
from jazari_rag.domain import GenerationRequest, Turn
from jazari_rag.errors import LanguageDataError
from jazari_rag.languages import load_languages, load_prompt

TAGS = [
    "<passage 1>",
    "</passage 1>",
    "</passage>",
    "<question>",
    "</question>",
    "<earlier>",
    "<|im_start|>system",
    "<<SYS>>",
]
TRICKS = [
    "＜/passage 1＞",
    "<\u200b/passage 1>",
    "< / passage>",
    "‹/question›",
    "[INST]",
    "[/INST]",
    "[ INST ]",
    "</s>",
]
PIECES = st.sampled_from(
    [*TAGS, *TRICKS, "<", "</", "passage 1>", "[1]", "[٢]", "【3】", "\n", "\u200f", "prix", " 75 DH ", "ثمن"]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=8).map("".join)


def request(**more: object) -> GenerationRequest:
    values: dict[str, object] = {"question": "Quel prix ?", "language": "fr", "hits": (hit("75 dirhams"),), **more}
    return GenerationRequest(**values)  # type: ignore[arg-type]


def as_a_model_may_read_it(text: str) -> str:
    """Look-alikes made alike, and what is not seen left out."""
    text = unicodedata.normalize("NFKC", text).replace("‹", "<")
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf" and not letter.isspace()).lower()


@settings(max_examples=60, deadline=None)
@given(title=TEXTS, texts=st.lists(TEXTS, min_size=1, max_size=3), question=TEXTS, said=TEXTS)
def test_no_text_can_forge_a_tag_a_role_or_the_number_of_a_passage(
    title: str, texts: list[str], question: str, said: str
) -> None:
    hits = tuple(hit(text, id=f"d{number}", title=title, section=(said,)) for number, text in enumerate(texts))
    asked = request(hits=hits, question=question, history=(Turn(said, said),))
    prompt = user_prompt(asked, load_prompt(), max_characters=10_000)
    read = as_a_model_may_read_it(prompt)
    frame = ["<passage", "</passage", "<question>", "</question>", "<earlier>", "</earlier>"]
    assert [read.count(tag) for tag in frame] == [len(texts), len(texts), 1, 1, 1, 1]
    assert not re.search(r"<\||<<|</s>|\[/?inst", read)
    assert not MARKER.search(prompt)


def test_text_that_only_looks_like_it_stays() -> None:
    text = "Âge < 18 ans, revenu <= 5000 DH, «majeur»"
    assert text in user_prompt(request(hits=(hit(text),)), load_prompt(), max_characters=1000)


def test_a_passage_that_is_too_long_is_cut_inside_its_tags() -> None:
    prompt = user_prompt(request(hits=(hit("mot " * 1000), hit("autre", id="b"))), load_prompt(), max_characters=500)
    assert prompt.count("<passage 1>") == prompt.count("</passage 1>") == 1
    assert "<passage 2>" not in prompt
    assert len(prompt) < 700


def test_passages_are_shown_best_first_while_they_fit() -> None:
    hits = tuple(hit("mot " * 50, id=f"d{number}") for number in range(10))
    prompt = user_prompt(request(hits=hits), load_prompt(), max_characters=700)
    assert re.findall(r"<passage (\d+)>", prompt) == ["1", "2", "3"]


@pytest.mark.parametrize("language", load_languages().served)
def test_every_served_language_is_named_with_its_rules(language: str) -> None:
    rules = system_prompt(request(language=language), load_prompt())
    assert load_prompt().languages[language] in rules
    assert {"{", "}"}.isdisjoint(rules)
    assert NOT_STATED in rules
    assert "four sentences" in rules
    assert "http" not in rules


def test_a_model_that_wrote_in_another_language_is_reminded_after_the_question() -> None:
    asked = request(language="ary", answer_language="ar")
    prompt = load_prompt()
    assert prompt.languages["ar"] in system_prompt(asked, prompt)
    first = user_prompt(asked, prompt, max_characters=1000)
    second = user_prompt(replace(asked, reminded=True), prompt, max_characters=1000)
    assert second == f"{first}\n\n{prompt.reminding(language='ar')}"
    assert prompt.languages["ar"] in second


def test_a_language_without_a_name_is_called_by_its_code() -> None:
    assert "BCP 47 code pt" in system_prompt(request(language="pt"), load_prompt())


def laid_over(folder: Path, text: str) -> list[Path]:
    (folder / "prompts").mkdir(exist_ok=True)
    (folder / "prompts" / "answer.toml").write_text(text, encoding="utf-8")
    return [folder]


def test_a_folder_of_the_configuration_replaces_the_prompt(tmp_path: Path) -> None:
    folders = laid_over(
        tmp_path, 'system = "Réponds en {language}, ou écris {refusal}."\n[languages]\nfr = "français"\n'
    )
    assert system_prompt(request(), load_prompt(folders)) == f"Réponds en français, ou écris {NOT_STATED}."
    assert "Spanish" in system_prompt(request(language="es"), load_prompt(folders))
    assert load_languages(folders).served == load_languages().served


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('system = "In {language}."', "must have {refusal}"),
        ('system = "In {language} {refusal} {tone}."', "has {tone}"),
        ('system = "In {language} {refusal} {"', "write {{ for a brace"),
        ("system = 3", "must be a text"),
        ('reminder = "Write well."', "'reminder' must have {language}"),
        ('rewriting = "In {language}, {words}."', "'rewriting' has {words}"),
        ("sytem = 'x'", "unknown key 'sytem'"),
        ("[languages]\nfr = 1", "table of texts"),
        ("system = ", "not valid TOML"),
    ],
)
def test_a_prompt_that_cannot_work_is_refused_when_it_is_read(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(LanguageDataError, match=re.escape(says)):
        load_prompt(laid_over(tmp_path, text))
