"""Deletes documents and lets go of old versions; where one had duplicates, the first takes its passages over.

A duplicate has no passages of its own: without this, its content would go with an original that is deleted or changed,
though its own source is still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jazari_rag.domain import Document, IndexedPassage, Metadata, Where
from jazari_rag.ports import PassageStore


def delete_documents(store: PassageStore, document_id: str | None = None, *, where: Where | None = None) -> int:
    """Deletes one document, or all that `where` fits, or both at once; returns how many."""
    store.begin()
    doomed = [document for document in store.documents(where) if document_id in (None, document.id)]
    heirs = Heirs(store, store.documents(), leaving={document.id for document in doomed})
    for document in doomed:
        heirs.release(document)
        store.delete(document.id)
    store.commit()
    return len(doomed)


class Heirs:
    """Who repeats whom, among documents as they were when a session began.

    Args:
        store: Where they are.
        documents: All of them.
        leaving: Ids that will be deleted: they inherit nothing.
    """

    def __init__(self, store: PassageStore, documents: Iterable[Document], *, leaving: Iterable[str] = ()) -> None:
        self._store = store
        self._repeating: dict[str, list[str]] = {}
        gone = set(leaving)
        for document in documents:
            if document.duplicate_of is not None and document.id not in gone:
                self._repeating.setdefault(document.duplicate_of, []).append(document.id)

    def release(self, original: Document) -> None:
        """To be called before `original` is deleted or gets other content, so that what it shares is never absent."""
        ids = self._repeating.pop(original.id, [])
        current = [document for document in map(self._store.document, ids) if document is not None]
        heirs = [document for document in current if document.duplicate_of == original.id]
        if heirs:
            _inherit(self._store, original, heirs)
            self._repeating[heirs[0].id] = [other.id for other in heirs[1:]]


def _inherit(store: PassageStore, original: Document, heirs: Sequence[Document]) -> None:
    heir, *others = heirs
    passages = [_handed_over(item, original, heir) for item in store.passages(original.id)]
    store.replace(replace(heir, duplicate_of=None, passages=len(passages), pages=original.pages), passages)
    for other in others:
        store.record(replace(other, duplicate_of=heir.id))


def _handed_over(item: IndexedPassage, original: Document, heir: Document) -> IndexedPassage:
    passage = item.passage
    own: Metadata = {key: value for key, value in passage.metadata.items() if key not in original.metadata}
    return replace(
        item,
        passage=replace(
            passage,
            id=heir.id + passage.id.removeprefix(original.id),
            document_id=heir.id,
            metadata={**own, **heir.metadata},
        ),
    )
