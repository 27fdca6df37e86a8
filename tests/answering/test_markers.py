from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.answering.markers import DraftParser, cited_positions, parse_draft, without_citations

WORDS = ["Le timbre coûte 75 dirhams", "selon l'art. 12", "خمسة عشر يوما", "M. Alami", "NOT_STATED"]
STOPS = [". ", ".", "؟ ", "! ", "…", "\n", "\r\n", " "]
MARKERS = [" [1]", "[2]", " [1, 2]", "【3】", "[١]", "["]
LAYOUT = ["\n- ", "\n1. ", "\n| a | b |", "**", "<think>", "</think>"]
pieces = st.sampled_from(WORDS + STOPS + MARKERS + LAYOUT)


@pytest.mark.parametrize(
    ("marker", "positions"),
    [
        ("[1]", (0,)),
        ("[1, 2]", (0, 1)),
        ("[1][3]", (0, 2)),
        ("[1-3]", (0, 1, 2)),
        ("[١]", (0,)),
        ("[۲، ۱]", (1, 0)),
        ("【1】", (0,)),
        ("【2†source】", (1,)),
        ("[source 2]", (1,)),
        ("[Sources : 1 et 3]", (0, 2)),
        ("[المصدر ٢]", (1,)),
        ("[^4]", (3,)),
        ("[1] … [1]", (0,)),
        ("[0]", ()),
        ("[2024]", ()),
        ("[sic]", ()),
        ("(1)", ()),
    ],
)
def test_markers_are_read_however_they_are_written(marker: str, positions: tuple[int, ...]) -> None:
    assert cited_positions(f"Un fait {marker}.") == positions


@pytest.mark.parametrize(
    "reply",
    [
        "Le timbre coûte 75 DH. [1] Le délai est de 15 jours. [2]",
        "Le timbre coûte 75 DH [1]. Le délai est de 15 jours [2].",
        "Le timbre coûte 75 DH.[1] Le délai est de 15 jours.[2]",
        "[1] Le timbre coûte 75 DH. [2] Le délai est de 15 jours.",
        "Le timbre coûte 75 DH. [1]\nLe délai est de 15 jours. [2]",
        "<think>Passage 1. [3]</think>\nLe timbre coûte 75 DH. [1] Le délai est de **15 jours**. [2]",
    ],
)
def test_a_marker_belongs_to_its_sentence_before_or_after_it(reply: str) -> None:
    drafts = parse_draft(reply)
    assert [(draft.text, draft.cites) for draft in drafts] == [
        ("Le timbre coûte 75 DH.", (0,)),
        ("Le délai est de 15 jours.", (1,)),
    ]


def test_arabic_sentences_end_at_their_own_stops() -> None:
    drafts = parse_draft("هل الوثيقة مجانية؟ [١] نعم، بدون رسوم. [٢]")
    assert [(draft.text, draft.cites) for draft in drafts] == [
        ("هل الوثيقة مجانية؟", (0,)),
        ("نعم، بدون رسوم.", (1,)),
    ]


def test_abbreviations_decimals_and_initials_do_not_end_a_sentence() -> None:
    (draft,) = parse_draft("Selon l'art. 12 et M. Alami, la taxe de 1.5 % (cf. p. 4) est due. [1]")
    assert draft.cites == (0,)


def test_items_and_rows_stay_whole_and_start_a_line() -> None:
    drafts = parse_draft(
        "Il faut [1] :\n1. Une photo. Récente. [1]\n٢- نسخة [2]\n| Frais | 75 DH [3] |\n|---|---|\n* Une copie [1]"
    )
    assert [(draft.text, draft.cites, draft.breaks_line) for draft in drafts] == [
        ("Il faut :", (0,), False),
        ("- Une photo. Récente.", (0,), True),
        ("- نسخة", (1,), True),
        ("Frais | 75 DH", (2,), True),
        ("- Une copie", (0,), True),
    ]


@pytest.mark.parametrize(
    "reply",
    [
        "NOT_STATED",
        " NOT_STATED.\n",
        "**NOT_STATED**",
        "`NOT STATED`",
        "NOT_STATED\nThe passages speak of tax. [1]",
        "",
        "[1]",
        "\n\n",
        "<think>never closed. [1]",
    ],
)
def test_a_refusal_or_nothing_makes_no_sentence(reply: str) -> None:
    assert parse_draft(reply) == ()


def test_a_refusal_of_a_part_leaves_the_rest() -> None:
    (draft,) = parse_draft("Le timbre coûte 75 DH. [1]\nNOT_STATED")
    assert draft.text == "Le timbre coûte 75 DH."


def test_a_reply_that_was_cut_loses_its_unfinished_sentence() -> None:
    parser = DraftParser()
    given = [*parser.feed("Rien n'est dû. [1] Sauf si vous n'av"), *parser.finish(cut=True)]
    assert [draft.text for draft in given] == ["Rien n'est dû."]


def test_a_sentence_is_given_out_before_the_next_one_ends() -> None:
    parser = DraftParser()
    assert parser.feed("Rien n'est dû. [1]") == []
    assert [draft.text for draft in parser.feed(" Le délai")] == ["Rien n'est dû."]


@given(st.lists(pieces, max_size=12), st.data())
def test_streaming_in_any_pieces_gives_what_the_whole_gives(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    parser = DraftParser()
    streamed = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        streamed += parser.feed(text[start:end])
    streamed += parser.finish()
    assert tuple(streamed) == parse_draft(text)


@given(st.text(max_size=200))
def test_any_text_is_read_and_no_marker_survives(text: str) -> None:
    for draft in parse_draft(text):
        assert draft.text == "- " + without_citations(draft.text[2:]) or draft.text == without_citations(draft.text)
        assert all(position >= 0 for position in draft.cites)
