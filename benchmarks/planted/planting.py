"""Right answers over passages, and the same answers with an error planted. A seed gives the same cases every time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from planted import forms
from planted.conditions import ROLES
from planted.negations import MORE_POLARITY, POLARITY
from planted.texts import FACTS

LANGUAGES = ("fr", "ar", "ary", "es", "en")
SOURCES = {
    "fr": ("fr", "fr", "ar"),
    "ar": ("ar", "ar", "fr"),
    "ary": ("ar", "fr", "ary"),
    "es": ("es", "fr"),
    "en": ("en", "fr", "ar"),
}
TOPICS = {**FACTS, "hijri": ("hijri", FACTS["force"][1])}
KIND_OF_ERROR = {"date": "date", "hijri": "date", "article": "reference", "law": "reference", "decree": "reference"}
OTHER_UNITS = {
    "days": ("months", "weeks", "years", "hours"), "months": ("days", "years", "weeks"), "years": ("months", "days"),
    "money": ("percent", "days", "months"), "percent": ("money", "days"),
}  # fmt: skip
Value = tuple[int, ...]
Polarity = dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]]


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence that cites passage `cite`; `error` is "" when it is right.

    `changed` says that the value is written in another form, or another language, than in its passage.
    """

    id: str
    error: str
    topic: str
    language: str
    source_language: str
    changed: bool
    sentence: str
    passages: tuple[str, ...]
    cite: int = 0


@dataclass(frozen=True, slots=True)
class _Fact:
    topic: str
    kind: str
    value: Value
    form: str

    def said(self, language: str, template: str, form: str, value: Value | None = None, kind: str = "") -> str:
        kind = kind or self.kind
        value = value or self.value
        if kind == "hijri":
            text = forms.hijri(value, language)
            text = text.translate(forms.EASTERN) if form == "eastern" and language in ("ar", "ary") else text
        else:
            text = forms.write(kind, value, language, form)
        return _capital(template.replace("{v}", text))


def cases(seed: int, scenarios: int) -> Iterator[Case]:
    """About four and a half cases a scenario, one of them or more right."""
    rng = random.Random(seed)
    for number in range(scenarios):
        language = LANGUAGES[number % len(LANGUAGES)]
        yield from _facts(rng, language, f"{seed}-{number}")
        if number % 2 == 0:
            yield from _role(rng, language, f"{seed}-{number}-role")
    yield from _polarity(rng, seed, POLARITY, "polarity", "negation")


def new_polarity(seed: int) -> Iterator[Case]:
    """Statements that a negation turns round, none of them among those of `cases`."""
    yield from _polarity(random.Random(seed), seed, MORE_POLARITY, "new polarity", "negation-new")


def _facts(rng: random.Random, language: str, name: str) -> Iterator[Case]:
    source = rng.choice(SOURCES[language])
    topics = rng.sample(sorted(TOPICS), 10)
    facts = [_fact(rng, topic) for topic in topics[:4]]
    passages = (_passage(rng, source, facts), *(_other(rng, source, topics[at : at + 3]) for at in (4, 7)))
    target = rng.choice(facts)

    def case(error: str, template: str, form: str, cite: int = 0, **other: object) -> Case:
        sentence = target.said(language, template, form, **other)  # type: ignore[arg-type]
        changed = form != target.form or source != language
        return Case(
            f"{name}-{error or 'right'}", error, target.topic, language, source, changed, sentence, passages, cite
        )

    answers = TOPICS[target.topic][1][language][1:]
    yield case("", rng.choice(answers), _form(rng, target.kind))
    yield case("", answers[0], target.form)
    wrong = _wrong(rng, target, facts)
    for _ in range(2):
        error = KIND_OF_ERROR.get(target.kind, "number")
        yield case(error, rng.choice(answers), _form(rng, target.kind), value=wrong)
        wrong = _wrong(rng, target, facts)
    yield case("source", rng.choice(answers), _form(rng, target.kind), cite=rng.choice((1, 2)))
    if target.kind in OTHER_UNITS:
        kind = rng.choice(OTHER_UNITS[target.kind])
        yield case("unit", rng.choice(answers), _form(rng, kind), kind=kind)
    for fact in facts:
        if fact.kind == target.kind and fact.value != target.value:
            yield case("inside", rng.choice(answers), _form(rng, target.kind), value=fact.value)
            break


def _role(rng: random.Random, language: str, name: str) -> Iterator[Case]:
    topic = rng.choice(sorted(ROLES))
    kind, texts = ROLES[topic]
    source = rng.choice(SOURCES[language])
    fact = _Fact(topic, kind, _value(rng, kind), _form(rng, kind))
    others = [_fact(rng, other) for other in rng.sample(["article", "phone", "copies", "law"], 2)]
    first = fact.said(source, texts[source][0][0], fact.form)
    passages = (_passage(rng, source, others, first), _other(rng, source, ["penalty", "decree"]))
    for error, answers in zip(
        ("", "", "role", "role"), (*texts[language][:1] * 2, *texts[language][1:] * 2), strict=True
    ):
        form = _form(rng, kind)
        sentence = fact.said(language, rng.choice(answers), form)
        changed = form != fact.form or source != language
        yield Case(f"{name}-{error or 'right'}", error, topic, language, source, changed, sentence, passages)


def _polarity(rng: random.Random, seed: int, polarity: Polarity, topic: str, name_of_error: str) -> Iterator[Case]:
    for language, statements in polarity.items():
        for number, (stated, right, wrong) in enumerate(statements):
            others = [_fact(rng, topic) for topic in rng.sample(sorted(TOPICS), 3)]
            passages = (_passage(rng, language, others, stated), _other(rng, language, ["fee", "delay"]))
            for error, sentences in (("", (stated, *right)), (name_of_error, wrong)):
                for place, sentence in enumerate(sentences):
                    name = f"{seed}-{language}-{number}-{error or 'right'}-{place}"
                    changed = sentence != stated
                    yield Case(name, error, topic, language, language, changed, sentence, passages)


def _fact(rng: random.Random, topic: str) -> _Fact:
    kind = TOPICS[topic][0]
    form = _form(rng, kind) if rng.random() < 0.5 else "plain"
    return _Fact(topic, kind, _value(rng, kind), form)


def _passage(rng: random.Random, language: str, facts: list[_Fact], *more: str) -> str:
    said = [fact.said(language, TOPICS[fact.topic][1][language][0], fact.form) for fact in facts]
    said += more
    rng.shuffle(said)
    return rng.choice((" ", "\n")).join(said)


def _other(rng: random.Random, language: str, topics: list[str]) -> str:
    return _passage(rng, language, [_fact(rng, topic) for topic in topics])


def _form(rng: random.Random, kind: str) -> str:
    return rng.choice(forms.FORMS.get(kind, ("plain", "eastern"))[: 5 if kind == "date" else None])


def _value(rng: random.Random, kind: str) -> Value:
    if kind == "money":
        return (rng.choice((rng.randrange(15, 100, 5), rng.randrange(100, 1000, 10), rng.randrange(1000, 9900, 100))),)
    if kind == "date":
        return rng.randrange(1956, 2031), rng.randrange(1, 13), rng.randrange(1, 29)
    if kind == "hijri":
        return rng.randrange(1374, 1448), rng.randrange(1, 13), rng.randrange(1, 29)
    if kind == "law":
        return rng.randrange(2, 99), rng.randrange(1, 26)
    if kind == "decree":
        return 2, rng.randrange(2, 26), rng.randrange(101, 999)
    if kind == "phone":
        return (rng.randrange(520_000_000, 699_999_999),)
    top = {"article": 200, "days": 90, "months": 36, "years": 60, "percent": 80, "copies": 9, "weeks": 12, "hours": 72}
    return (rng.randrange(2, top[kind]),)


def _wrong(rng: random.Random, target: _Fact, facts: list[_Fact]) -> Value:
    """Another value of the kind that no fact of the passage has, near the right one more often than not."""
    taken = {fact.value for fact in facts}
    while True:
        value = _near(rng, target) if rng.random() < 0.7 else _value(rng, target.kind)
        if value not in taken and all(part > 0 for part in value):
            return value


def _near(rng: random.Random, target: _Fact) -> Value:
    value = list(target.value)
    if target.kind in ("date", "hijri"):
        place = rng.randrange(3)
        value[place] += rng.choice((-1, 1))
        return value[0], min(max(value[1], 1), 12), min(max(value[2], 1), 28)
    if target.kind in ("law", "decree"):
        if target.kind == "law" and rng.random() < 0.3:
            return value[1], value[0]
        value[rng.randrange(len(value))] += rng.choice((-1, 1, 10))
        return tuple(value)
    n = value[0]
    if target.kind == "phone":
        return (n + rng.choice((1, 10, 1000, 100_000)),)
    swapped = int(str(n)[::-1].lstrip("0") or 1)
    near = rng.choice((n + 1, n - 1, n + 10, n * 10 if n < 999 else n // 10, swapped, n * 2 if n < 4000 else n - 1000))
    return (max(near, 2),)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
