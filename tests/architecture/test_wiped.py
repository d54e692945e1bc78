"""An erased person's private texts are in no byte of the database's files."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import sleep
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from tests.architecture.academy import settle
from tests.architecture.own import furnish_own
from tests.architecture.test_killed import in_a_process
from trellis.domains.growth.models import Board, Card, Column
from trellis.domains.people.actions.erasure import erase
from trellis.kit.tasks.wiping import private_tables, wipe

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
OURS, HERS = b"vqzx000", "kq000 vqzx000 "
CARDS = 400


@pytest.fixture
def who(hire: Any, company: Any) -> SimpleNamespace:
    return settle(hire, company)


def fill_boards(who: SimpleNamespace) -> None:
    """Cards of Linh between those of Dung, written over and over as in years: pages split and leave copies."""
    dice = Random(8)  # noqa: S311, the same boards each time
    columns = {
        whose: Column.objects.create(board=Board.objects.create(owner=owner, name=whose), name=whose, rank="a")
        for whose, owner in ((HERS, who.linh), ("other ", who.dung))
    }
    for _each in range(CARDS):
        whose = dice.choice([HERS, "other "])
        card = Card.objects.create(column=columns[whose], rank="a", title=whose, notes=whose * dice.randint(1, 90))
        Card.objects.filter(pk=dice.randint(1, card.pk), notes__startswith=whose).update(
            notes=whose * dice.randint(1, 120)
        )


def a_column(owner: Any) -> Column:
    return Column.objects.create(board=Board.objects.create(owner=owner, name="b"), name="c", rank="a")


def in_time(act: Callable[[], bool]) -> None:
    """As the task does it: again, when somebody was in the way (the server's own analysis may be)."""
    for _again in range(50):
        try:
            assert act()
        except TimeoutError:
            sleep(0.2)
        else:
            return
    raise AssertionError("in the way all the time")


def files_of_postgresql() -> Path | None:
    """Where the server keeps this database, when it is on this machine and we may look: not its log (operating.md)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('data_directory', true), oid FROM pg_database WHERE datname = %s",
            [connection.settings_dict["NAME"]],
        )
        where, database = cursor.fetchone()
    folder = Path(where or "/nowhere") / "base" / str(database)
    return folder if os.access(folder, os.R_OK | os.X_OK) else None


def bytes_in(folder: Path) -> bytes:
    """All that is on the disk once everything was written, and files that were given up are gone."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    return b"".join(each.read_bytes() for each in folder.iterdir() if each.is_file())


def test_no_byte_is_left_after_an_erasure(who, company, tmp_path, settings):
    settings.DATA = tmp_path
    furnish_own(who, company)
    fill_boards(who)
    if connection.vendor != "sqlite":
        folder = files_of_postgresql()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the server does by itself, every now and then
        assert not folder or bytes_in(folder).count(OURS) > CARDS
        erase(person=who.linh, actor=who.quan)
        in_time(wipe)
        with connection.cursor() as cursor:
            for table in private_tables():
                asked = f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE %s"  # noqa: S608, names of our own tables
                cursor.execute(asked, ["%vqzx000%"])
                assert cursor.fetchone() == (0,), table
        if folder:
            assert bytes_in(folder).count(OURS) == 0
            assert b"other" in bytes_in(folder), "what is somebody else's is still there"
        return
    file = tmp_path / "academy.sqlite3"
    with sqlite3.connect(file) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    copy.close()

    def all_bytes() -> bytes:
        return b"".join(each.read_bytes() for each in tmp_path.glob("academy.sqlite3*"))

    assert all_bytes().count(OURS) > CARDS
    in_a_process(lambda: erase(person=who.linh, actor=who.quan), file=file)
    assert all_bytes().count(OURS) == 0
    assert b"other" in all_bytes(), "what is somebody else's is still there"


def test_it_waits_for_the_transaction_to_end(who):
    from django.db import transaction

    with transaction.atomic():
        assert not wipe()
    in_time(wipe)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite waits for who reads")
def test_it_is_not_done_while_somebody_may_still_see_what_was_deleted(who):
    Card.objects.create(column=a_column(who.linh), rank="a", title="Gone soon")
    other = connection.copy()
    try:
        with other.cursor() as reading:
            reading.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            reading.execute("SELECT count(*) FROM django_migrations")
        Card.objects.all().delete()
        with pytest.raises(TimeoutError, match="growth_card"):
            wipe()
    finally:
        other.close()
    in_time(wipe)


def test_the_tables_are_those_that_say_they_are_private():
    assert {"growth_card", "growth_comment", "growth_goal"} <= set(private_tables())
