"""Who may come in: every address says who it is for, and a stranger gets no further than the public ones."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

MEANT_PUBLIC = {
    "healthz": "asked by machines",
    "favicon.ico": "asked by browsers",
    "preferences/language/": "the sign-in page has the switch too",
    "preferences/theme/": "the sign-in page has the switch too",
    "verify/": "where a number can be typed in",
    "verify/<slug:number>/": "whoever is shown a certificate may ask whether it is true",
    "certificates/<slug:number>.svg": "the code on that page; it holds no more than the page's own address",
    "calendar/<str:token>.ics": "calendars cannot sign in; the address is the key, renewed and revoked by its person",
    "invitations/<str:token>/": "the link is the key, and the first sign-in",
}
# Of allauth, which knows no marks of ours. Each is for people without a session, by its nature.
OPEN_BY_NATURE = {
    "account_login": "signing in",
    "account_logout": "signing out, also twice",
    "account_signup": "answers that sign-up is closed: people are imported and invited",
    "account_inactive": "says that an account is closed",
    "account_reset_password": "the password is forgotten",
    "account_reset_password_done": "says that a letter was sent",
    "account_reset_password_from_key": "the link of that letter",
    "account_reset_password_from_key_done": "says that it worked",
    "mfa_authenticate": "the second step of signing in; without a first one it sends back",
    "mfa_login_webauthn": "signing in by passkey",
}
EXAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}

# Nothing of ours leads there, and need not.
LINKED_FROM_OUTSIDE = {
    "healthz": "asked by machines",
    "favicon.ico": "asked by browsers",
    "styleguide/": "for who builds pages",
    "invitations/<str:token>/": "in the letter",
}


def addresses(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route, pattern


def ours(pattern: URLPattern) -> bool:
    return not pattern.callback.__module__.startswith("allauth.") and not hasattr(pattern.callback, "view_class")


def example(route: str) -> str:
    """An address of that route, for things that need not exist."""
    for kind, value in EXAMPLES.items():
        route = re.sub(rf"<{kind}:\w+>", value, route)
    route = re.sub(r"<\w+>", "x", re.sub(r"\(\?P<\w+>[^)]*\)", "x", route))
    return "/" + route.replace("^", "").replace("$", "")


def test_every_view_of_ours_says_who_it_is_for():
    unmarked = [route for route, pattern in addresses() if ours(pattern) and not hasattr(pattern.callback, "audience")]
    assert not unmarked, "mark these with @public, @signed_in or @needs (trellis.kit.access), outermost"


def test_addresses_of_others_are_guarded_or_listed_with_a_reason():
    theirs = {p.name for _, p in addresses() if not ours(p)}
    assert set(OPEN_BY_NATURE) <= theirs, "the list has lost touch with the addresses"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in_from_everywhere_else(client, method):
    let_in = []
    for route, pattern in addresses():
        is_public = getattr(pattern.callback, "audience", "") == "public"
        if is_public or pattern.name in OPEN_BY_NATURE:
            continue
        response = getattr(client, method)(example(route))
        # 405: asked in a way that the address does not know; nothing was shown or done.
        sent_away = response.status_code in {301, 302} and "/account/" in response.headers["Location"]
        if not sent_away and response.status_code not in {401, 403, 405}:
            let_in.append(f"{method} {example(route)}: {response.status_code}")
    assert not let_in


def test_what_is_public_is_meant_to_be():
    """A new public address is a decision: it is written down here, with its reason."""
    public = {route for route, p in addresses() if getattr(p.callback, "audience", "") == "public"}
    assert public == set(MEANT_PUBLIC), "public addresses and the list of them differ"


def test_something_leads_to_every_address():
    """By its name, or written out as lower rooms write the addresses of higher ones: a page nobody can find is none."""
    told = [each for kind in ("html", "py") for each in Path("trellis").rglob(f"*.{kind}") if "tests" not in each.parts]
    text = "".join(each.read_text(encoding="utf-8") for each in told if each.name != "urls.py")
    written = re.sub(r"\{\{.*?\}\}|\{[^{}%]*\}", "*", text)
    lonely = []
    for route, pattern in addresses():
        name = rf"""\b(url|reverse)[\s(]+["'](\w+:)?{pattern.name}["']"""
        if not ours(pattern) or route in LINKED_FROM_OUTSIDE or re.search(name, text):
            continue
        # One view at several addresses, each with its word: their links are written with that word as a variable.
        either = "|".join([r"<[^>]+>", *(rf"(?<=/){word}(?=/)" for word in pattern.default_args.values())])
        if "/" + re.sub(either, "*", route) not in written:
            lonely.append(route)
    assert not lonely, "link these from where their user is"
