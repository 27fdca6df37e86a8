"""What a document is, by what its title and its first page say: kind, number, dates, authority, country."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jazari_rag.domain import DocumentFacts, Fact, MarkKind, Page, ReadDocument
from jazari_rag.languages import Language, Languages
from jazari_rag.text.normalise import SearchText, fold, search_text
from jazari_rag.text.numbering import any_of, number_forms

_HEAD = 3_000
"""Characters at the front of a document in which it says what it is."""
_SAMPLE = 20_000
"""Characters in which a country is looked for."""
_AUTHORITY_WORDS = 8
_NEAR = 160
"""Characters after a document's number within which its own dates stand."""
IN_TITLE, IN_LINE, IN_TEXT = 0.9, 0.7, 0.5
"""Confidence of what the title says, the beginning of a line of the first page, and any other place of it."""

_DIGITS = r"\d[\d.\-/]*\d|\d"
_BARE = r"(?!\d{1,2}[.\-/]\d{1,2}[.\-/]\d{4})\d+(?:[.\-]\d+)+(?![\d/])"
"""A number without a sign, right behind the kind: in several parts, and no date."""
_NUMERIC_DATE = re.compile(r"(?<!\d)(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})[/.](\d{1,2})[/.](\d{4}))(?!\d)")


@dataclass(frozen=True, slots=True)
class _Place:
    """A text that is searched: the title (page 0), or what a page says at its front."""

    page: int
    display: str
    folded: SearchText
    confidence: float


def find_facts(read: ReadDocument, languages: Languages) -> DocumentFacts:
    """Each fact with where it stands and how sure it is; None for what the document does not say."""
    places = [_place(0, read.title), *(_place(page.number, _front(page)) for page in _first_pages(read.pages))]
    kind = _first(_kinds(places, languages))
    reference = _best(_references(places, languages), prefer=kind.value if kind else "")
    dates = tuple(_dates(places, languages, after=reference))
    return DocumentFacts(
        title=Fact(read.title, read.title, 0, 0, len(read.title), IN_TITLE) if read.title else None,
        kind=kind,
        reference=reference,
        dates=dates,
        authority=_first(_authorities(places, languages)),
        jurisdiction=_jurisdiction(read.pages, languages),
    )


def _first_pages(pages: Sequence[Page]) -> Iterator[Page]:
    """The pages that hold the first characters."""
    seen = 0
    for page in pages:
        if seen >= _HEAD:
            return
        seen += len(page.text)
        yield page


def _front(page: Page) -> str:
    """The front of a page, with what is left out of its passages blanked, so that offsets stay."""
    text = list(page.text[:_HEAD])
    for mark in page.marks:
        if mark.kind is MarkKind.HIDDEN:
            text[mark.start : mark.end] = " " * (min(mark.end, len(text)) - min(mark.start, len(text)))
    return "".join(text)


def _place(page: int, display: str) -> _Place:
    return _Place(page, display, search_text(display), IN_TEXT if page else IN_TITLE)


def _fact(place: _Place, value: str, span: tuple[int, int], confidence: float) -> Fact:
    start, end = place.folded.origin(*span)
    return Fact(value, place.display[start:end].strip(), place.page, start, end, confidence)


def _first(facts: Iterable[Fact]) -> Fact | None:
    """The surest; of two alike, the one that stands first."""
    return max(facts, key=lambda fact: fact.confidence, default=None)


@dataclass(frozen=True, slots=True)
class _Forms:
    """How a language says what a document is, over folded text."""

    kinds: re.Pattern[str]
    kind_of: Mapping[str, str]
    numbered: re.Pattern[str]
    date: re.Pattern[str]
    hijri: re.Pattern[str]
    months: Mapping[str, int]
    hijri_months: Mapping[str, int]
    authority: re.Pattern[str]
    countries: Mapping[str, tuple[tuple[str, ...], re.Pattern[str]]]
    """First words of folded names, and the pattern of whole names: it is slow, and asked where a first word stands."""


def _kinds(places: Sequence[_Place], languages: Languages) -> Iterator[Fact]:
    for place in places:
        for forms in _all_forms(languages):
            for match in forms.kinds.finditer(place.folded.text):
                numbered = forms.numbered.match(place.folded.text, match.start("kind")) is not None
                sure = IN_TITLE if place.page == 0 else IN_LINE if numbered else IN_TEXT
                yield _fact(place, forms.kind_of[_plain(match["kind"])], match.span("kind"), sure)


def _references(places: Sequence[_Place], languages: Languages) -> Iterator[tuple[str, Fact]]:
    for place in places:
        for forms in _all_forms(languages):
            for match in forms.numbered.finditer(place.folded.text):
                opens = not place.folded.text[: match.start()].rpartition("\n")[2].strip(" \t\"'«“*#-")
                sure = (IN_TITLE if opens else IN_LINE) if place.page == 0 else IN_LINE if opens else IN_TEXT
                group = "number" if match["number"] else "bare"
                yield forms.kind_of[_plain(match["kind"])], _fact(place, match[group], match.span(group), sure)


def _best(found: Iterable[tuple[str, Fact]], *, prefer: str) -> Fact | None:
    """The surest number of a document of this kind."""
    own = [fact for kind, fact in found if kind == prefer or (not prefer and fact.confidence > IN_TEXT)]
    return _first(own)


def _dates(places: Sequence[_Place], languages: Languages, *, after: Fact | None) -> Iterator[Fact]:
    """The dates that stand right behind the document's number, on either calendar."""
    for place in places if after else ():
        if after is None or place.page != after.page:
            continue
        first = place.folded.place(after.end)
        for span, value in _dates_in(place.folded.text, first, languages):
            yield _fact(place, value, span, after.confidence)


def _dates_in(text: str, first: int, languages: Languages) -> Iterator[tuple[tuple[int, int], str]]:
    """Span and value (ISO 8601; of the Hijri calendar with "AH " before it) of the first date of each calendar."""
    end = min(len(text), first + _NEAR)
    for forms in _all_forms(languages):
        for pattern, months, prefix in ((forms.date, forms.months, ""), (forms.hijri, forms.hijri_months, "AH ")):
            match = pattern.search(text, first, end)
            if match:
                day = int(match["day"]) if match["day"].isdigit() else 1
                yield match.span(), f"{prefix}{int(match['year']):04}-{months[_plain(match['month'])]:02}-{day:02}"
    numeric = _NUMERIC_DATE.search(text, first, end)
    if numeric:
        parts = numeric.group(1, 2, 3) if numeric[1] else numeric.group(6, 5, 4)
        yield numeric.span(), "-".join(part.zfill(2) for part in parts)


def _authorities(places: Sequence[_Place], languages: Languages) -> Iterator[Fact]:
    for place in places:
        for forms in _all_forms(languages):
            match = forms.authority.search(place.folded.text)
            if match:
                start, end = place.folded.origin(*match.span())
                name = " ".join(place.display[start:end].split())
                # "Arrêté du ministre …" names who issued it; a law that creates an office names that too.
                before = _plain(place.folded.text[: match.start()]).removesuffix(" du")
                issued = place.page == 0 and before in forms.kind_of
                yield Fact(name, name, place.page, start, end, IN_TITLE if issued else IN_TEXT)


def _jurisdiction(pages: Sequence[Page], languages: Languages) -> Fact | None:
    """The country whose words are most, if they are most of all."""
    counts: Counter[str] = Counter()
    first: dict[str, Fact] = {}
    seen = 0
    for page in pages:
        place = _place(page.number, page.text[: _SAMPLE - seen])
        seen += len(place.display)
        for forms in _all_forms(languages):
            for country, (words, pattern) in forms.countries.items():
                if any(word in place.folded.text for word in words):
                    for match in pattern.finditer(place.folded.text):
                        counts[country] += 1
                        first.setdefault(country, _fact(place, country, match.span(), 0.0))
        if seen >= _SAMPLE:
            break
    if not counts:
        return None
    [(country, times)] = counts.most_common(1)
    found = first[country]
    return Fact(country, found.evidence, found.page, found.start, found.end, round(times / (counts.total() + 1), 2))


def _plain(word: str) -> str:
    return " ".join(word.split())


@lru_cache(maxsize=8)
def _all_forms(languages: Languages) -> tuple[_Forms, ...]:
    return tuple(_forms(language) for language in languages if language.kinds and not language.base)


def _forms(language: Language) -> _Forms:
    kind_of = {_plain(fold(word)): kind for kind, words in language.kinds.items() for word in words}
    months = {_plain(fold(word)): number for number, words in enumerate(language.months, 1) for word in words}
    hijri = {_plain(fold(word)): number for number, words in enumerate(language.hijri_months, 1) for word in words}
    named = any_of(kind_of)
    kind = rf"(?P<kind>{named})(?!\w)"
    # "décret pris pour l'application de la loi n° 51-99": the number is that of the law.
    between = rf"(?:[ \t\n]+(?!(?:{named})(?!\w))[^\s\d.,;:]+){{0,6}}?"
    day = r"(?<!\w)(?P<day>\d{1,2}|فاتح)(?:er)?[ \t\n]+(?:من[ \t]+|de[ \t]+)?"
    year = r"[ \t\n]*(?:de[ \t]+|del[ \t]+)?(?P<year>\d{4})(?!\d)"
    authority = rf"(?<!\w)(?:{any_of(fold(word) for word in language.authorities)})(?!\w)"
    ends = any_of(fold(word) for word in language.authority_ends)
    signed = rf"{between}[ \t\n]+(?:{number_forms(language).sign})[ \t]*(?P<number>{_DIGITS})"
    return _Forms(
        kinds=re.compile(rf"(?:\A|\n)[ \t\"'«“*#\-]*(?:\w{{1,3}}[ '])?{kind}"),
        kind_of=kind_of,
        numbered=re.compile(rf"(?<!\w){kind}(?:{signed}|[ \t\n]+(?P<bare>{_BARE}))"),
        date=re.compile(rf"{day}(?P<month>{any_of(months)}){year}"),
        hijri=re.compile(rf"{day}(?P<month>{any_of(hijri)}){year}"),
        months=months,
        hijri_months=hijri,
        authority=re.compile(rf"{authority}(?:[ \t]+(?!(?:{ends})(?!\w))[^\s\d.,،;:()«»]+){{0,{_AUTHORITY_WORDS}}}"),
        countries={country: _country(tuple(map(fold, words))) for country, words in language.jurisdictions.items()},
    )


def _country(names: tuple[str, ...]) -> tuple[tuple[str, ...], re.Pattern[str]]:
    return tuple(name.split()[0] for name in names), re.compile(rf"(?<!\w)(?:{any_of(names)})(?!\w)")
