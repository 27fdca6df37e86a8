"""The async twins do what their verbs do."""

from __future__ import annotations

import asyncio
from pathlib import Path

from jazari_rag import Assistant


def test_documents_are_listed_searched_and_deleted_without_blocking(tmp_path: Path) -> None:
    (tmp_path / "sheet.md").write_text("# Carte nationale\n\nLe timbre coûte 75 dirhams.\n", encoding="utf-8")

    async def journey(assistant: Assistant) -> None:
        assert (await assistant.aingest(tmp_path / "sheet.md")).added == 1
        assert [document.id for document in await assistant.adocuments()] == ["sheet.md"]
        assert await assistant.asearch("timbre") == assistant.search("timbre")
        assert (await assistant.aask("Combien coûte le timbre ?")).citations
        assert await assistant.adelete("sheet.md") == 1
        assert await assistant.adocuments() == []

    with Assistant.open(tmp_path / "store") as assistant:
        asyncio.run(journey(assistant))
