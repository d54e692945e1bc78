"""Large pages go one after the other; one that hangs does not stop the rest."""

from threading import Event, Thread

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from trellis.kit import turns
from trellis.kit.turns import in_turn

ASKED = RequestFactory().get("/pool/")


def test_one_large_page_waits_for_another_but_no_small_one_does():
    begun, may_end, order = Event(), Event(), []

    @in_turn
    def large(request):
        begun.set()
        assert may_end.wait(5)
        order.append("large")
        return HttpResponse()

    @in_turn
    def other(request):
        order.append("other")
        return HttpResponse()

    threads = [Thread(target=large, args=(ASKED,)), Thread(target=other, args=(ASKED,))]
    threads[0].start()
    assert begun.wait(5)
    threads[1].start()
    order.append("small")  # what is not marked goes on meanwhile
    may_end.set()
    for thread in threads:
        thread.join(5)
    assert order == ["small", "large", "other"]


def test_a_page_that_fails_gives_its_turn_back():
    @in_turn
    def failing(request):
        raise ValueError("as it happens")

    for _again in range(2):
        with pytest.raises(ValueError, match="as it happens"):
            failing(ASKED)


def test_who_waited_long_enough_goes_along(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)

    @in_turn
    def inner(request):
        return HttpResponse("there")

    @in_turn
    def outer(request):
        return inner(request)  # would wait for itself for ever

    assert outer(ASKED).content == b"there"
