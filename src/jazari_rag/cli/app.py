"""The commands, each thin: what they ask of the assistant, and what becomes of the reply."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jazari_rag.cli import render
from jazari_rag.cli.options import (
    ConfigFile,
    EmbedderName,
    Filters,
    Json,
    Language,
    Limit,
    Llm,
    Question,
    Store,
    open_assistant,
    pairs,
    settings,
    where,
)
from jazari_rag.cli.output import Output, clean
from jazari_rag.domain import AnswerStatus
from jazari_rag.ingestion.inputs import check_paths

app = typer.Typer(
    help="Answers citizens from an administration's own documents, with sources that can be checked.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
FAILED = 1


def _version(wanted: bool) -> None:
    if wanted:
        from jazari_rag import __version__

        typer.echo(f"jazari {__version__}")
        raise typer.Exit


@app.callback()
def root(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False) -> None:
    """Answers citizens from an administration's own documents, with sources that can be checked."""


@app.command()
def ingest(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files and folders.")],
    store: Store = None,
    config: ConfigFile = None,
    json: Json = False,
    prune: Annotated[bool, typer.Option("--prune", help="Delete documents whose file is gone.")] = False,
    allow_empty: Annotated[bool, typer.Option("--allow-empty", help="Let --prune delete everything.")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Empty the store first.")] = False,
    metadata: Annotated[
        list[str] | None, typer.Option("--metadata", metavar="KEY=VALUE", help="Kept with every document; repeatable.")
    ] = None,
    embedder: EmbedderName = None,
) -> None:
    """Bring the store in line with files; what did not change costs nothing."""
    output: Output = context.obj
    kept, chosen = pairs(metadata), settings(config, embedder=embedder)
    check_paths(paths)  # before a store is emptied for nothing
    with open_assistant(chosen, store, existing=False, rebuild=rebuild) as assistant, output.progress() as progress:
        report = assistant.ingest(
            *paths, metadata=kept or None, prune=prune, allow_empty=allow_empty, progress=progress
        )
    if json:
        output.document({"inputs": report.inputs, **report.to_dict()})
    else:
        again = " ".join(["jazari ingest --prune --store", store or chosen.location, *map(str, paths)])
        output.say(render.ingest_report(report, prune_command=again))
    if report.failed:
        raise typer.Exit(FAILED)


@app.command()
def ask(
    context: typer.Context,
    question: Question,
    store: Store = None,
    config: ConfigFile = None,
    json: Json = False,
    language: Language = None,
    limit: Limit = None,
    llm: Llm = None,
    embedder: EmbedderName = None,
    filters: Filters = None,
) -> None:
    """Answer a question, with citations, or say why not."""
    output: Output = context.obj
    chosen, only = settings(config, llm=llm, embedder=embedder), where(filters)
    with open_assistant(chosen, store) as assistant:
        answer = assistant.ask(question, language=language, where=only, limit=limit)
    if json:
        output.document(answer.to_dict())
    else:
        output.say(render.answer(answer))
    if answer.status is AnswerStatus.BACKEND_FAILED:
        raise typer.Exit(FAILED)


@app.command()
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(parser=clean, metavar="QUERY")],
    store: Store = None,
    config: ConfigFile = None,
    json: Json = False,
    language: Language = None,
    limit: Limit = None,
    embedder: EmbedderName = None,
    filters: Filters = None,
) -> None:
    """Show the passages that fit best, best first."""
    output: Output = context.obj
    chosen, only = settings(config, embedder=embedder), where(filters)
    with open_assistant(chosen, store) as assistant:
        hits = assistant.search(query, limit=limit or 10, language=language, where=only)
        found = language or assistant.identify(query)
    if json:
        output.document(render.hits_document(query, found, hits))
    else:
        output.say(render.hits(hits))


@app.command()
def chat(
    context: typer.Context,
    store: Store = None,
    config: ConfigFile = None,
    json: Json = False,
    language: Language = None,
    llm: Llm = None,
    embedder: EmbedderName = None,
) -> None:
    """Talk: a question a line, follow-ups are understood; /quit ends."""
    from jazari_rag.cli.talk import talk

    output: Output = context.obj
    with open_assistant(settings(config, llm=llm, embedder=embedder), store) as assistant:
        turns, failed = talk(assistant.chat(language=language), output)
    if json:
        output.document({"turns": turns})
    if failed:
        raise typer.Exit(FAILED)


@app.command()
def documents(
    context: typer.Context, store: Store = None, config: ConfigFile = None, json: Json = False, filters: Filters = None
) -> None:
    """List what is stored."""
    output: Output = context.obj
    only = where(filters)
    with open_assistant(settings(config), store) as assistant:
        stored = assistant.documents(only)
    if json:
        output.document({"documents": [document.to_dict() for document in stored]})
    else:
        output.say(render.documents(stored))


@app.command()
def delete(
    context: typer.Context,
    document_ids: Annotated[list[str] | None, typer.Argument(metavar="[DOCUMENT_ID]…")] = None,
    store: Store = None,
    config: ConfigFile = None,
    json: Json = False,
    filters: Filters = None,
) -> None:
    """Delete documents, by id or by what they have in common (--where)."""
    output: Output = context.obj
    only = where(filters)
    with open_assistant(settings(config), store) as assistant:
        targets: list[str | None] = [*document_ids] if document_ids else [None]
        deleted = sum(assistant.delete(target, where=only) for target in targets)
    if json:
        output.document({"deleted": deleted})
    else:
        output.say(f"{deleted} deleted")


@app.command("eval")
def evaluation(
    context: typer.Context,
    corpus: Annotated[Path, typer.Option("--corpus", help="A .jsonl of documents.", show_default=False)],
    queries: Annotated[Path, typer.Option("--queries", help="A .jsonl of questions.", show_default=False)],
    config: ConfigFile = None,
    json: Json = False,
    embedder: EmbedderName = None,
    against: Annotated[
        list[Path] | None,
        typer.Option("--compare", metavar="FILE", help="Another configuration, on the same questions; repeatable."),
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="OUT", help="Write a report with plots.")] = None,
) -> None:
    """Measure how well documents are found for gold questions, in a fresh temporary store."""
    from jazari_rag.cli.evaluating import measured, report_document, report_text
    from jazari_rag.evaluation import evaluation_page

    output: Output = context.obj
    this = settings(config, embedder=embedder)
    others = {str(file): settings(file, embedder=embedder) for file in against or ()}
    report = measured(this, corpus, queries, output)
    compared = {name: measured(other, corpus, queries, output) for name, other in others.items()}
    if html is not None:
        html.write_text(evaluation_page(report, compared, title=queries.parent.name or "jazari"), encoding="utf-8")
    if json:
        output.document(report_document(report, compared))
    else:
        output.say(report_text(report, compared))
    if any(one.ingest.failures for one in (report, *compared.values())):
        raise typer.Exit(FAILED)


@app.command()
def inspect(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE")],
    config: ConfigFile = None,
    json: Json = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT", help="Also write a page to look at.", show_default=False)
    ] = None,
) -> None:
    """Show a document as it is read: what it is, its pages, their quality, its structure, its passages."""
    from jazari_rag.assembly import inspect_file
    from jazari_rag.cli import inspection, inspection_page

    output: Output = context.obj
    found = inspect_file(path, settings(config))
    if html is not None:
        inspection_page.write(html, found)
    if json:
        output.document(inspection.as_document(found))
    elif html is None:
        output.say(inspection.as_text(found))
    else:
        output.say(f"{html} shows {len(found.pages)} pages and {len(found.passages)} passages")


@app.command()
def doctor(context: typer.Context, store: Store = None, config: ConfigFile = None, json: Json = False) -> None:
    """Say what is installed, what is missing, and what would leave the machine."""
    from jazari_rag.cli.doctor import examine
    from jazari_rag.cli.tables import examination

    output: Output = context.obj
    chosen = settings(config)
    found = examine(chosen, store or chosen.location)
    if json:
        output.document(found)
    else:
        output.say(examination(found))


@app.command()
def demo(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="Instead of the project's data/documents.")] = None,
    store: Store = None,
    config: ConfigFile = None,
    json: Json = False,  # noqa: ARG001
    llm: Llm = None,
) -> None:
    """Ingest the sample documents and answer six questions in five languages."""
    from jazari_rag.cli.demo import demonstrate

    output: Output = context.obj
    if demonstrate(folder, store, settings(config, llm=llm), output):
        raise typer.Exit(FAILED)
