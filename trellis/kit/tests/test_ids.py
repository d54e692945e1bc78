import pytest

from trellis.kit.ids import id_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7", 7),
        (None, 0),
        ("", 0),
        ("seven", 0),
        ("-7", 0),
        ("7.0", 0),
        ("9" * 18, int("9" * 18)),
        pytest.param("9" * 19, 0, id="more than a database counts to"),
        pytest.param("9" * 5000, 0, id="more than Python reads"),
    ],
)
def test_an_id_or_none(text, found):
    assert id_in(text) == found
