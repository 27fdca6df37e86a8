"""Reads HTML: the main content with its headings, lists and tables. Nothing is fetched, no script is run."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree, html

from jazari_rag.adapters.characters import one_line
from jazari_rag.adapters.encodings import decode
from jazari_rag.adapters.html_blocks import write_blocks
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.adapters.titles import first_title, sensible_title
from jazari_rag.domain import Metadata, ReadDocument
from jazari_rag.errors import ReadError

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]+)", re.I
)
_SITE_SUFFIX = re.compile(r"\s+(?:[|•·»]|[-–—]|::)\s+")
_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{4}))?(?:[-_].*)?$")
_COOKIES = re.compile(r"cookie|consent|gdpr|rgpd", re.I)
_LONGEST_BANNER = 2500
_LEAST_SHARE = 0.3
_GONE = "//script|//style|//noscript|//template|//iframe|//object|//svg|//button|//input|//select|//textarea|//datalist"
_FURNITURE = (
    "//nav|//*[@role='navigation' or @role='banner' or @role='contentinfo' or @role='search' or @role='dialog']"
    "|//header[not(ancestor::main or ancestor::article or ancestor::*[@role='main'])]"
    "|//footer[not(ancestor::main or ancestor::article or ancestor::*[@role='main'])]"
    "|//aside[not(ancestor::main or ancestor::article or ancestor::*[@role='main'])]"
)


class HtmlReader:
    """One page. When in doubt text is kept: a fact that is left out can never be found.

    The title is `<title>` without the site's name, else the first `<h1>`, else the file's stem. `<html lang>` gives
    the language, a canonical link or `og:url` the `url` of the metadata.
    """

    def read(self, path: Path) -> ReadDocument:
        """The whole document.

        Raises:
            ReadError: It is binary or holds no element.
        """
        data = path.read_bytes()
        text, encoding = decode(data, declared=_declared(data))
        root = _parse(text)
        title = _title(root, path.stem)
        language, metadata = _language(root), _metadata(root)
        _remove(root, _GONE)
        body = root.find(".//body")
        builder = PageBuilder()
        write_blocks(_main(root if body is None else body), builder)
        page = builder.page(1, engine=f"lxml ({encoding})")
        return ReadDocument(title, (page,), language, metadata)


def language_tag(stated: str) -> str:
    """`fr-FR` as `fr`, `ary-Latn` as it is; empty when it is no language tag."""
    found = _LANGUAGE.match(stated.strip())
    if not found or found[1].lower() in ("und", "mul", "zxx"):
        return ""
    return found[1].lower() + (f"-{found[2].title()}" if found[2] else "")


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    if not found:
        return None
    name = (found[1] or found[2]).decode("ascii", "replace")
    # A page that can be read this far as ASCII is not in UTF-16, whatever it says.
    return "utf-8" if name.lower().startswith("utf-16") else name


def _parse(text: str) -> etree._Element:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"the HTML cannot be read: {error}") from None
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise ReadError("the HTML is nested too deeply to be read whole")
    return root


def _title(root: etree._Element, stem: str) -> str:
    heads = [_text(head) for head in root.iter("h1")]
    stated = one_line(next((_text(element) for element in root.iter("title")), ""))
    parts = _SITE_SUFFIX.split(stated)
    without_site = stated
    if len(parts) > 1 and sensible_title(parts[0]):
        cut = stated.rfind(parts[-1])
        shared = any(head and head.casefold() in parts[-1].casefold() for head in heads)
        without_site = parts[-1] if shared else stated[:cut].rstrip(" |•·»-–—:")
    return first_title([without_site, *heads, stated], stem)


def _language(root: etree._Element) -> str:
    element = root if root.tag == "html" else root.find(".//html")
    if element is None:
        return ""
    xml_lang = element.get("{http://www.w3.org/XML/1998/namespace}lang") or element.get("xml:lang")
    return language_tag(element.get("lang") or xml_lang or "")


def _metadata(root: etree._Element) -> Metadata:
    links = root.xpath("//link[@rel='canonical']/@href|//meta[@property='og:url']/@content")
    for link in links if isinstance(links, list) else []:
        address = str(link).strip()
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            return {"url": address}
    return {}


def _main(body: etree._Element) -> etree._Element:
    """The main content, if it is said which and is a good part of the whole; else all but the furniture."""
    _remove(body, _FURNITURE)
    for element in _select(body, "//div|//section|//aside"):
        named = f"{element.get('id', '')} {element.get('class', '')}"
        if _COOKIES.search(named) and len(_text(element)) < _LONGEST_BANNER:
            _drop(element)
    mains = _select(body, "//main|//*[@role='main']")
    if len(mains) == 1 and len(_text(mains[0])) >= _LEAST_SHARE * len(_text(body)):
        return mains[0]
    return body


def _select(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path.replace("//", ".//"))
    return [element for element in found if isinstance(element, etree._Element)] if isinstance(found, list) else []


def _remove(root: etree._Element, path: str) -> None:
    for element in _select(root, path):
        if element is not root:
            _drop(element)


def _drop(element: etree._Element) -> None:
    """Takes the element out and leaves the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    previous = element.getprevious()
    tail = " " + (element.tail or "")
    if previous is None:
        parent.text = (parent.text or "") + tail
    else:
        previous.tail = (previous.tail or "") + tail
    parent.remove(element)


def _text(element: etree._Element) -> str:
    return one_line("".join(str(piece) for piece in element.itertext()))
