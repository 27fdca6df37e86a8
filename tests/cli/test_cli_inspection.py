"""`jazari inspect`: a page to look at, safe to open."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from jazari_rag.cli import main

TEXT = "# <script>alert(1)</script>\n\nالمادة 1\nنص <b onclick=x>أول</b> يحيل على المادة 2.\n\nالمادة 2\nنص ثان.\n"


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_shows_the_text_from_right_to_left_and_runs_nothing_of_it(tmp_path: Path) -> None:
    source, out = tmp_path / "loi.txt", tmp_path / "out.html"
    source.write_text(TEXT, encoding="utf-8")
    assert main(["inspect", str(source), "--html", str(out)]) == 0
    seen = Seen()
    seen.feed(out.read_text(encoding="utf-8"))
    assert TEXT.strip() in seen.text
    assert not {"script", "b"} & {tag for tag, _ in seen.tags}
    assert all("onclick" not in attributes for _, attributes in seen.tags)
    assert any(attributes.get("class") == "page" and attributes.get("dir") == "rtl" for _, attributes in seen.tags)
    assert any("reference" in (attributes.get("class") or "") for _, attributes in seen.tags)


def test_a_page_that_cannot_be_written_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "loi.txt"
    source.write_text(TEXT, encoding="utf-8")
    assert main(["inspect", str(source), "--html", str(tmp_path / "nowhere" / "out.html")]) == 2
    assert "--html" in capsys.readouterr().err


def test_what_is_shown_of_a_text_is_what_would_be_stored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "loi.txt"
    source.write_text(
        "Loi n° 43-20 relative aux services de confiance\n\nArticle premier\nUn texte.\n", encoding="utf-8"
    )
    assert main(["inspect", str(source), "--json"]) == 0
    metadata = json.loads(capsys.readouterr().out)["document"]["metadata"]
    assert (metadata["kind"], metadata["reference"], metadata["text_keys"]) == ("law", "43-20", ["law 43-20"])


def test_a_repaired_word_is_coloured_and_says_how_it_was_mended(tmp_path: Path) -> None:
    source, out = tmp_path / "note.txt", tmp_path / "out.html"
    source.write_text("يجب على اإلدارة أن تقدم المعلومات إلى األشخاص خالل ثالثين يوما.\n", encoding="utf-8")
    assert main(["inspect", str(source), "--html", str(out)]) == 0
    seen = Seen()
    seen.feed(out.read_text(encoding="utf-8"))
    repaired = [attributes for _, attributes in seen.tags if "repair" in (attributes.get("class") or "").split()]
    assert any("lam-alef" in (attributes.get("title") or "") for attributes in repaired)
