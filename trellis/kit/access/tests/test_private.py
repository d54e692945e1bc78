"""What is kept of a page outside of the academy."""

import pytest

pytestmark = pytest.mark.django_db


def test_no_cache_keeps_what_is_seen_by_who_is_signed_in(as_, linh):
    assert as_(linh).get("/")["Cache-Control"] == "private, no-cache"
    assert as_(linh).get("/journal/")["Cache-Control"] == "private, no-cache"  # refused


def test_what_must_not_be_kept_at_all_says_so_itself(as_, linh):
    assert as_(linh).get("/me/everything.json")["Cache-Control"] == "private, no-store"


def test_pages_for_everybody_may_be_kept(client):
    assert not client.get("/healthz").has_header("Cache-Control")
