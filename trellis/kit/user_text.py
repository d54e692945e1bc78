"""What people write, shown: Markdown stored as typed and made clean each time it is read.

No HTML of theirs comes through, no script, no picture from elsewhere that would tell its host who reads: a picture
becomes a link that says where it leads. Links go to http, https, mail, or a page of ours.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MOST = 20_000
# Control signs, and those that turn the direction of what follows: a name could be made to read as another one.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
ADDRESS = re.compile(r"https?://[^\s<>\"'`\\，。；：、！？（）《》「」“”]+")
TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a", "span"}
ATTRIBUTES = {"a": {"href", "target"}, "ol": {"start"}}


def without_unseen(text: str) -> str:
    """The text without signs that nobody sees and that change how others are read."""
    return UNSEEN.sub("", text)


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: the web, mail, or a page of ours."""
    address = address.strip()
    if address.startswith("/"):
        return not address.startswith(("//", "/\\"))
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() == "mailto" or (parts.scheme.lower() in ("http", "https") and bool(parts.netloc))


def host_of(address: str) -> str:
    """The machine an address leads to; empty for what is no address of the web."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def user_text(text: str) -> SafeString:
    """Markdown as HTML that is safe on a page of ours; at most 20,000 characters of it."""
    shown = _markdown.render(without_unseen(text.replace("\r\n", "\n").replace("\r", "\n"))[:MOST])
    clean = nh3.clean(
        shown,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes={"span": {"user-text__h"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
    return mark_safe(clean)


def _link_bare_addresses(state: StateCore) -> None:
    """An address that stands in a text by itself is a link, as people expect of what they pasted."""
    for block in state.tokens:
        if block.type == "inline" and block.children and "://" in block.content:
            block.children = list(_linked(block.children))


def _linked(tokens: Sequence[Token]) -> Sequence[Token]:
    made: list[Token] = []
    within = 0
    for token in tokens:
        within += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not within and "://" in token.content:
            made.extend(_split(token.content))
        else:
            made.append(token)
    return made


def _split(text: str) -> Sequence[Token]:
    parts: list[Token] = []
    last = 0
    for match in ADDRESS.finditer(text):
        address = match.group().rstrip(".,;:!?)")
        if not is_safe_address(address):
            continue
        parts.append(_text(text[last : match.start()]))
        parts.append(Token("link_open", "a", 1, attrs={"href": address}))
        parts.append(_text(address))
        parts.append(Token("link_close", "a", -1))
        last = match.start() + len(address)
    return [*parts, _text(text[last:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


class _Renderer(RendererHTML):
    """Headings keep to the page's own order, and a picture is a link that says where it leads."""

    def heading_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return '<p><span class="user-text__h">'

    def heading_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return "</span></p>"

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Elsewhere opens beside, so that what one was writing stays; a page of ours opens here."""
        address = str(tokens[idx].attrGet("href") or "")
        target = "" if address.startswith("/") else ' target="_blank"'
        return f'<a href="{escape(address)}"{target}>'

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        address, words = str(tokens[idx].attrGet("src") or ""), escape(tokens[idx].content)
        host = host_of(address)
        if not host or not is_safe_address(address):
            return str(words)
        said = escape(_("Show the picture from %(host)s") % {"host": host})
        label = f"{words} ({said})" if words else said
        if any(token.type == "link_open" for token in tokens[:idx]):
            return str(label)  # a picture within a link: one link is enough
        return f'<a href="{escape(address)}" target="_blank">{label}</a>'


def _made() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=_Renderer).enable("strikethrough")
    made.disable(["html_block", "html_inline"])
    made.validateLink = is_safe_address  # type: ignore[method-assign, assignment]
    made.core.ruler.push("bare_addresses", _link_bare_addresses)
    return made


_markdown = _made()
