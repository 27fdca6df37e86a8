"""What the developer of a portal writes: documents in at start-up, a JSON answer a question.

python examples/portal.py data/documents "Quel est le prix de la carte nationale ?"
"""

import json
import sys

from jazari_rag import AnswerStatus, Assistant


def reply(assistant: Assistant, question: str) -> dict[str, object]:
    answer = assistant.ask(question)
    if answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL):
        sources = [{"quote": c.quote, "title": c.title, "page": c.page, "link": c.url} for c in answer.citations]
        return {"text": answer.text, "language": answer.language, "sources": sources}
    return {"text": answer.text, "language": answer.language, "contact": answer.contact}


if __name__ == "__main__":
    folder, question = sys.argv[1:]
    with Assistant.open("knowledge") as assistant:
        print(assistant.ingest(folder), file=sys.stderr)
        print(json.dumps(reply(assistant, question), ensure_ascii=False, indent=2))
