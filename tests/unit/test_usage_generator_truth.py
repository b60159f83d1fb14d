# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the generator says of its rows is what a second reading finds in them."""

from collections import Counter

import pytest
from usage_generator_reader import Guide, read_rows
from usage_generator_sample import (
    SETTINGS,
    sample_files,
    sample_summary,
    sample_truth,
    sample_world,
)


@pytest.fixture(scope="module")
def readings():
    """Each row of each file as the second reading sees it, in the order of names."""
    guide, seen, found = Guide(sample_world()), set(), {}
    for path in sample_files("*"):
        for number, key, served, start, reason in read_rows(path):
            if reason:
                verdict = ("rejected", reason, "")
            elif key in seen:
                verdict = ("rejected", "duplicate", "")
            else:
                seen.add(key)
                verdict = guide.verdict(served, start)
            found[path.name, number] = verdict
    return found


def test_truth_of_each_row_equals_a_second_reading(readings):
    differences = [
        (row, readings.get((row["file"], int(row["line"]))))
        for row in sample_truth()
        if readings.get((row["file"], int(row["line"])))
        != (row["outcome"], row["reason"], row["subscription"])
    ]
    assert differences == []


def test_truth_has_exactly_the_rows_of_the_files(readings):
    told = [(row["file"], int(row["line"])) for row in sample_truth()]
    assert len(told) == len(set(told)) == SETTINGS.record_count
    assert set(told) == set(readings)


def test_summary_counts_are_those_of_the_truth():
    told = Counter((row["outcome"], row["reason"]) for row in sample_truth())
    summary = sample_summary()
    counted = {(r["outcome"], r["reason"]): r["rows"] for r in summary["outcomes"]}
    assert counted == told
    assert summary["rows"] == SETTINGS.record_count
    defects = Counter(row["defect"] for row in sample_truth() if row["defect"])
    assert summary["defects"] == defects


def test_file_counts_in_summary_are_those_of_the_truth():
    told = Counter(row["file"] for row in sample_truth())
    files = sample_summary()["files"]
    assert {name: entry["rows"] for name, entry in files.items()} == {
        name: told[name] for name in files
    }
    assert set(files) == {path.name for path in sample_files("*")}


def test_defects_appear_as_often_as_their_share_says():
    shares = {
        "duplicate_in_file": 48,
        "duplicate_across_files": 48,
        "unknown_number": 60,
        "number_not_in_use": 24,
        "structure": 12,
        "bad_value": 12,
        "missing_value": 7,
        "unknown_usage_type": 5,
        "out_of_range": 6,
        "encoding": 5,
        "mojibake": 6,
        "across_midnight": 12,
        "late": 60,
        "late_previous_month": 12,
    }
    defects = sample_summary()["defects"]
    assert {name: defects[name] for name in shares} == shares


def test_number_that_changes_hands_is_guided_to_both_holders():
    holders = {}
    for row in sample_world()["assignments"]:
        if row["kind"] == "msisdn":
            holders.setdefault(row["resource"], []).append(row["subscription"])
    shared = [codes for codes in holders.values() if len(codes) == 2]
    assert shared
    guided = Counter(row["subscription"] for row in sample_truth())
    for old, new in shared:
        assert guided[old] > 0
        assert guided[new] > 0


def test_no_file_has_so_many_rejections_that_it_were_refused_whole():
    rejected = Counter(
        row["file"] for row in sample_truth() if row["outcome"] == "rejected"
    )
    for name, entry in sample_summary()["files"].items():
        assert rejected[name] <= 0.10 * entry["rows"], name
