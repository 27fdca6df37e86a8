"""What the commands print, for people and for scripts."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag import UsageError
from jazari_rag.cli import render
from jazari_rag.cli.options import pairs
from jazari_rag.cli.output import Output, plain
from jazari_rag.cli.talk import talk
from jazari_rag.domain import Answer, AnswerPart, AnswerStatus, Citation, Document, Failure, Hit, IngestReport, Passage
from jazari_rag.errors import BackendUnavailableError

PASSAGE = Passage("guide#1", "guide", "Le timbre coûte 75 dirhams.", 4, ("Frais",), 10, 37, "fr")
DOCUMENT = Document("guide", "Guide de la CNIE", "guide.pdf", "fr", "r1", passages=3)
CITATION = Citation(1, "guide", DOCUMENT.title, DOCUMENT.source, None, 4, (), PASSAGE.text, 10, 37, "fr", "r1")
ANSWER = Answer(AnswerStatus.ANSWERED, "Le timbre coûte 75 dirhams. [1]", "fr", (CITATION,), contact="Commune")


def captured(*, as_json=False):
    return Output(json=as_json, stdout=io.StringIO(), stderr=io.StringIO())


def test_an_answer_shows_its_text_then_a_line_a_citation():
    text, contact, blank, *citations = render.answer(ANSWER).split("\n")
    assert (text, contact, blank) == (ANSWER.text, "Commune", "")
    assert citations == [str(CITATION)]


def test_the_hits_document_has_the_promised_keys():
    printed = json.loads(json.dumps(render.hits_document("timbre", "fr", [Hit(PASSAGE, 1.5, DOCUMENT)] * 2)))
    assert set(printed) == {"query", "language", "hits"}
    assert [hit["rank"] for hit in printed["hits"]] == [1, 2]
    keys = {"rank", "score", "document_id", "passage_id", "title", "source", "page", "section", "language", "text"}
    assert set(printed["hits"][0]) == keys


def test_a_report_says_every_failure_and_how_to_remove_what_is_missing():
    failure = Failure("scan.pdf", "no text", page=2)
    report = IngestReport(added=1, failed=1, missing=1, failures=(failure,), missing_ids=("old.md",))
    shown = render.ingest_report(report, prune_command="jazari ingest --prune --store s folder")
    assert "1 added" in shown
    assert f"failed: {failure}" in shown
    assert "old.md" in shown
    assert "jazari ingest --prune --store s folder" in shown


@given(st.text())
def test_a_document_cannot_send_commands_to_the_terminal(text):
    shown = plain(text)
    assert not any((ord(char) < 0x20 and char not in "\n\t") or 0x7F <= ord(char) < 0xA0 for char in shown)
    assert plain("شحال\u200f\tكتقام\n") == "شحال\u200f\tكتقام\n"


def test_json_output_is_valid_even_with_numbers_that_json_does_not_know():
    output = captured(as_json=True)
    output.document({"scores": [float("nan"), float("inf"), 1.0], "name": "العربية"})
    assert json.loads(output.stdout.getvalue()) == {"scores": [None, None, 1.0], "name": "العربية"}
    assert "العربية" in output.stdout.getvalue()


def test_no_bar_is_drawn_where_there_is_no_terminal():
    output = captured()
    with output.progress() as progress:
        progress(1, 2, "a.pdf")
    assert output.stderr.getvalue() == output.stdout.getvalue() == ""


def test_metadata_is_text_unless_marked_as_json():
    given_items = ["year=2024", "year2:=2024", "topic=a", "topic=b", "url=https://x.example/?a=b", "open:=true"]
    assert pairs(given_items) == {
        "year": "2024",
        "year2": 2024,
        "topic": ["a", "b"],
        "url": "https://x.example/?a=b",
        "open": True,
    }


@pytest.mark.parametrize("item", ["novalue", "=x", ":=1", "a:=nope", "a:={}", "a:=null", "a:=[1]"])
def test_metadata_that_is_no_pair_is_refused(item):
    with pytest.raises(UsageError):
        pairs([item])


class Scripted:
    """A conversation whose turns are written beforehand; an error among them is raised."""

    def __init__(self, *turns):
        self.turns = list(turns)
        self.asked = []

    def stream(self, question):
        self.asked.append(question)
        turn = self.turns.pop(0)
        if isinstance(turn, Exception):
            raise turn
        yield from turn


def test_a_conversation_goes_on_after_a_failure_and_remembers_it(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("combien ?\n\n  et encore ?\n/quit\nnever\n"))
    conversation = Scripted(BackendUnavailableError("down"), [AnswerPart(ANSWER.text, (CITATION,)), ANSWER])
    output = captured()
    turns, failed = talk(conversation, output)
    assert failed
    assert conversation.asked == ["combien ?", "et encore ?"]
    assert [set(turn) for turn in turns] == [{"question", "error"}, {"question", "answer"}]
    assert output.stdout.getvalue().count(ANSWER.text) == 1
    assert str(CITATION) in output.stdout.getvalue()
    assert "down" in output.stderr.getvalue()


def test_an_abstention_in_a_conversation_is_shown_and_is_no_failure(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("météo ?\n"))
    output = captured()
    refusal = Answer(AnswerStatus.NO_EVIDENCE, "Je n'ai rien trouvé.", "fr")
    _, failed = talk(Scripted([refusal]), output)
    assert not failed
    assert "Je n'ai rien trouvé." in output.stdout.getvalue()


def test_an_answer_that_came_out_otherwise_than_it_was_streamed_is_shown_whole(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("combien ?\n"))
    output = captured()
    talk(Scripted([AnswerPart("Le timbre "), ANSWER]), output)
    assert ANSWER.text in output.stdout.getvalue()
