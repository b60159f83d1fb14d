"""`make rate`: from make's variables to the command's options."""

import pytest
from instance.errors import SetupError
from instance.rating import arguments

GIVEN = {"TARIFF": "/a/t.json", "USAGE": "/a/u.csv", "OUTPUT": "/a/o.csv"}


def test_the_files_become_options_of_the_command():
    assert arguments(GIVEN | {"SUMMARY": "/a/s.csv"}) == [
        "--tariff", "/a/t.json", "--usage", "/a/u.csv",
        "--output", "/a/o.csv", "--summary", "/a/s.csv",
    ]  # fmt: skip


def test_a_path_is_taken_from_where_make_was_called(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert arguments(GIVEN | {"OUTPUT": "o.csv"})[-1] == str(tmp_path / "o.csv")


def test_a_missing_file_is_named_with_an_example():
    with pytest.raises(SetupError, match="USAGE, OUTPUT"):
        arguments({"TARIFF": "t.json"})
