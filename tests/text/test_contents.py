"""Tables of contents: told from text by the dots that lead to page numbers."""

from __future__ import annotations

from jazari_rag.text.contents import contents_spans, is_contents

CONTENTS = "".join(f"Article {number} De la vente ............ {number + 3}\n" for number in range(1, 9))
LAW = "".join(f"Article {number}\nLe juge statue sur la demande qui lui est faite.\n" for number in range(1, 20))


def test_a_table_of_contents_is_one_wherever_it_stands() -> None:
    assert is_contents(CONTENTS)
    for text in (CONTENTS + LAW, LAW + CONTENTS, LAW + CONTENTS + LAW):
        [(start, end)] = contents_spans(text)
        assert start <= text.index("Article 1 De la vente")
        assert text[:end].rstrip().endswith("11")


def test_law_is_no_table_of_contents() -> None:
    assert not is_contents(LAW)
    assert contents_spans(LAW + "Le prix est de ... 5\nou de ... 7\n") == []
