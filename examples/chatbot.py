"""A chatbot in the terminal, with citations.

    python examples/chatbot.py data/documents
    python examples/chatbot.py --store http://127.0.0.1:6333 --llm mistral:mistral-small-latest --llm ollama:qwen3

An empty line or Ctrl-D ends it.
"""

from __future__ import annotations

import argparse
import sys

from jazari_rag import AnswerPart, Assistant, JazariError


def converse(assistant: Assistant) -> None:
    """Reads questions from standard input until it ends."""
    chat = assistant.chat()
    while question := _read():
        for part in chat.stream(question):
            if isinstance(part, AnswerPart):
                print(part.text, end="", flush=True)
                continue
            print()
            for citation in part.citations:
                print(f"   {citation}")
            print()


def _read() -> str:
    try:
        return input("> ").strip()
    except EOFError:
        return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="*", help="files and folders to ingest first")
    parser.add_argument("--store", default="knowledge", help="a folder, or the URL of a Qdrant server")
    parser.add_argument(
        "--llm", action="append", help="BACKEND:MODEL; given again: who writes when the one before fails"
    )
    arguments = parser.parse_args()
    try:
        with Assistant.open(arguments.store, llm=arguments.llm) as assistant:
            if arguments.documents:
                print(assistant.ingest(*arguments.documents), file=sys.stderr)
            converse(assistant)
    except JazariError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
