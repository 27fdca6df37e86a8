"""Deletes documents; where one had duplicates, the first of them takes its passages over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jazari_rag.domain import Document, IndexedPassage, Where
from jazari_rag.ports import PassageStore


def delete_documents(store: PassageStore, document_id: str | None = None, *, where: Where | None = None) -> int:
    """Deletes one document, or all that `where` fits, or both at once; returns how many."""
    store.begin()
    doomed = [document for document in store.documents(where) if document_id in (None, document.id)]
    ids = {document.id for document in doomed}
    everything = store.documents()
    for document in doomed:
        heirs = [other for other in everything if other.duplicate_of == document.id and other.id not in ids]
        if heirs:
            _inherit(store, document, heirs)
        store.delete(document.id)
    store.commit()
    return len(doomed)


def _inherit(store: PassageStore, original: Document, heirs: Sequence[Document]) -> None:
    """Before the original goes, so that its content is never absent."""
    heir, *others = heirs
    passages = [_renamed(item, original.id, heir.id) for item in store.passages(original.id)]
    store.replace(replace(heir, duplicate_of=None, passages=len(passages), pages=original.pages), passages)
    for other in others:
        store.record(replace(other, duplicate_of=heir.id))


def _renamed(item: IndexedPassage, old: str, new: str) -> IndexedPassage:
    passage = item.passage
    return replace(item, passage=replace(passage, id=new + passage.id.removeprefix(old), document_id=new))
