"""An answer is in the citizen's language: what a model says in another one is never shown, and asked for once more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from answering_kit import LICENCE_AR, PASSPORT, answerer, hit, languages
from hypothesis import given, settings
from hypothesis import strategies as st

from jazari_rag.answering.foreign import LanguageGate, is_in
from jazari_rag.answering.voice import Voice
from jazari_rag.domain import Answer, AnswerPart, AnswerStatus, DraftSentence, GenerationRequest
from jazari_rag.errors import BackendUnavailableError, ConfigurationError
from jazari_rag.testing import SilentGenerator

PRICE = "Combien coûte le timbre du passeport ?"
SAID = {
    "fr": "Le timbre du passeport coûte 500 dirhams pour chaque demandeur.",
    "en": "The stamp of the passport costs 500 dirhams for every applicant.",
    "es": "El timbre del pasaporte cuesta 500 dirhams para cada solicitante.",
    "ar": "يبلغ ثمن التمبر الخاص بجواز السفر 500 درهم لكل طالب.",
    "ary": "التمبر ديال الباسبور كيدير 500 درهم لكل واحد.",
    "ary-Latn": "Ttamber dyal lpassport kaydir 500 derhem l kol wa7ed.",
}
ALIKE = {("ar", "ary"), ("ary", "ar")}


class TwoAttempts:
    """Says one thing first, and another when it is reminded."""

    name = "twice"

    def __init__(self, first: Sequence[str], second: Sequence[str]) -> None:
        self._said = (first, second)
        self.requests: list[GenerationRequest] = []

    def generate(self, request: GenerationRequest) -> Iterator[DraftSentence]:
        self.requests.append(request)
        yield from (DraftSentence(text, (0,)) for text in self._said[request.reminded])


@pytest.mark.parametrize("asked", SAID)
@pytest.mark.parametrize("spoken", SAID)
def test_a_sentence_is_in_its_language_and_in_no_other(asked: str, spoken: str) -> None:
    judged = is_in(SAID[spoken], asked, languages())
    if spoken == asked or (spoken, asked) in ALIKE:
        assert judged is not False
    else:
        assert judged is False


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([*SAID.values(), "75 DH.", "Oui.", "It is free.", "مجانا."]), max_size=5, unique=True))
def test_every_sentence_passes_a_gate_or_is_refused_and_keeps_its_place(texts: list[str]) -> None:
    gate = LanguageGate("fr", languages())
    passed = [sentence.text for text in texts for sentence in gate.hear(DraftSentence(text, (0,)))]
    passed += [sentence.text for sentence in gate.end()]
    assert sorted([*passed, *(sentence.text for sentence in gate.refused)]) == sorted(texts)
    assert [text for text in texts if text in passed] == passed
    assert all(is_in(text, "fr", languages()) is not False for text in passed)


def test_a_short_beginning_in_another_language_is_not_shown_before_the_rest_tells() -> None:
    gate = LanguageGate("fr", languages())
    assert gate.hear(DraftSentence("It is free.", (0,))) == []
    assert gate.hear(DraftSentence(SAID["en"], (0,))) == []
    assert gate.has_spoken_otherwise
    assert [sentence.text for sentence in gate.refused] == ["It is free.", SAID["en"]]


def test_a_few_words_of_another_language_alone_are_refused_and_a_name_is_not() -> None:
    for text, passes in (("It is free of charge.", False), ("Watiqa Rabat", True), ("75 DH", True)):
        gate = LanguageGate("fr", languages())
        assert bool([*gate.hear(DraftSentence(text, (0,))), *gate.end()]) is passes


def test_a_model_that_spoke_another_language_is_told_and_its_second_reply_is_the_answer() -> None:
    model = TwoAttempts([SAID["en"], "It can be paid online."], [SAID["fr"]])
    *parts, answer = answerer(model).stream(PRICE)
    assert isinstance(answer, Answer)
    assert [request.reminded for request in model.requests] == [False, True]
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.text == f"{SAID['fr']} [1]"
    assert "".join(part.text for part in parts if isinstance(part, AnswerPart)) == answer.text
    assert answer.trace["generator"] == "twice"
    assert answer.trace["asked_again_for"] == [{"text": SAID["en"], "reason": "in another language"}]


@pytest.mark.parametrize("second", [[SAID["en"]], []])
def test_a_model_that_does_not_come_round_gives_way_to_quotations(second: list[str]) -> None:
    model = TwoAttempts([SAID["es"]], second)
    answer = answerer(model).answer(PRICE)
    assert len(model.requests) == 2
    assert (answer.trace["generator"], answer.trace["fallback_for"]) == ("extractive", "twice")
    assert "Le timbre du passeport coûte 500 dirhams." in answer.text


def test_a_model_that_changes_language_half_way_is_not_asked_again() -> None:
    model = TwoAttempts([SAID["fr"], SAID["en"]], [])
    answer = answerer(model).answer(PRICE)
    assert len(model.requests) == 1
    assert answer.status is AnswerStatus.PARTIAL
    assert answer.text == f"{SAID['fr']} [1]"


def test_a_short_true_sentence_before_a_failure_is_not_lost() -> None:
    class Failing(SilentGenerator):
        def generate(self, request: GenerationRequest) -> Iterator[DraftSentence]:
            yield DraftSentence("Le timbre coûte 500 dirhams.", (0,))
            raise BackendUnavailableError("cut")

    answer = answerer(Failing()).answer(PRICE)
    assert (answer.status, answer.text) == (AnswerStatus.PARTIAL, "Le timbre coûte 500 dirhams. [1]")


@pytest.mark.parametrize(("asked", "answered"), [("ary", "ary"), ("ary-Latn", "ary-Latn"), ("ar", "ar")])
def test_by_default_a_model_is_asked_to_write_in_the_language_and_script_of_the_question(
    asked: str, answered: str
) -> None:
    model = TwoAttempts([], [])
    answerer(model, hits=[LICENCE_AR]).answer("رخصة السياقة 300 درهم", language=asked)
    assert [request.written_in for request in model.requests] == [answered]


def test_darija_is_answered_in_arabic_where_the_configuration_says_so() -> None:
    arabic = "تبلغ رسوم تجديد رخصة السياقة 300 درهم للجميع."
    model = TwoAttempts([arabic], [])
    subject = answerer(model, hits=[LICENCE_AR], answer_languages={"aryLatn": "ar"}, contact={"ar": "المكتب"})
    answer = subject.answer("رخصة السياقة 300 درهم", language="ary-Latn")
    assert (model.requests[0].language, model.requests[0].written_in) == ("ary-Latn", "ar")
    assert (answer.language, answer.text, answer.contact) == ("ar", f"{arabic} [1]", "المكتب")
    assert (answer.trace["language"], answer.trace["answer_language"]) == ("ary-Latn", "ar")
    refused = subject.answer("chkoun sowwer l Joconde?", language="ary-Latn")
    assert refused.language == "ar"
    assert refused.text.startswith(languages().message("ar", refused.status.value))


def test_without_that_setting_arabic_letters_do_not_answer_arabizi() -> None:
    model = TwoAttempts(["تبلغ رسوم تجديد رخصة السياقة 300 درهم للجميع."], [])
    answer = answerer(model, hits=[LICENCE_AR]).answer("رخصة السياقة 300 درهم", language="ary-Latn")
    assert len(model.requests) == 2
    assert answer.trace["generator"] == "extractive"
    assert answer.text.startswith(languages().message("ary-Latn", "source_language_note", language="l3arabiya")[:10])


def test_a_language_that_is_not_served_is_refused_in_the_configuration() -> None:
    for wrong in ({"klingon": "ar"}, {"ary": "klingon"}):
        with pytest.raises(ConfigurationError, match="klingon"):
            Voice(languages(), answer_languages=wrong)


def test_a_quotation_keeps_its_language_and_says_it() -> None:
    sheet = hit("تبلغ رسوم CNIE Rabat 75 درهما.", id="sheet", title="CNIE", language="ar")
    answer = answerer(hits=[sheet, PASSPORT]).answer("CNIE Rabat ?", language="fr")
    assert answer.citations[0].language == "ar"
    assert answer.citations[0].quote in sheet.passage.text
    assert languages().name("ar", spoken="fr") in answer.text
