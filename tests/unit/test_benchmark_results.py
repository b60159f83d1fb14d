# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The benchmark's own arithmetic, measuring and reporting."""

import json
import sys
from pathlib import Path

import pytest
from benchmark import report
from benchmark.measure import MEBIBYTE, ProgramFailed, measure
from benchmark.options import read_options
from benchmark.parts import load_parts
from benchmark.presets import PRESETS, preset_of
from benchmark.results import BenchmarkResult, PlainResult, RatioResult, StepResult
from demo.truth.check import Difference


def a_result(**values):
    """Return a benchmark of two steps; the first one reaches its goal."""
    steps = [
        StepResult("load", "records", 500_000, 8.0, 300 * MEBIBYTE, 20 * MEBIBYTE),
        StepResult("preview", "bills", 5_000, 20.0),
    ]
    filled = {
        "command": "make bench",
        "machine": {"cores": "2"},
        "sizes": {"records": 500_000},
        "steps": steps,
        "plain": [PlainResult(3.0, 24.0), PlainResult(8.6, 40.0)],
        "own_milliseconds": 16.0,
        "own_lines_per_bill": 8.6,
    }
    return BenchmarkResult(**(filled | values))


def test_goal_is_taken_in_proportion_to_the_units():
    load, preview = a_result().steps
    assert load.goal_seconds == 10.0
    assert preview.goal_seconds == 15.0


def test_step_within_its_goal_is_met_and_one_above_is_not():
    load, preview = a_result().steps
    assert load.is_met is True
    assert preview.is_met is False


def test_step_that_takes_too_much_memory_is_not_met():
    step = StepResult("load", "records", 1_000_000, 1.0, 513 * MEBIBYTE)
    assert step.is_met is False


def test_step_without_goal_is_neither_met_nor_failed():
    step = StepResult("check", "controls", 9, 1.0)
    assert step.goal_seconds is None
    assert step.is_met is None


def test_rate_is_units_per_second():
    assert a_result().steps[0].rate == 62_500


def test_plain_odoo_is_compared_by_its_time_for_one_bill():
    own, short, alike = report.plain_sentences(a_result())
    assert "A bill of the month (8.6 lines)" in own
    assert "3.0 lines: 24.0 ms" in short
    assert "1.5 times as fast; goal 2, not met." in short
    assert "8.6 lines: 40.0 ms" in alike
    assert "2.5 times as fast; goal 2, met." in alike


def test_parts_of_loading_in_turn_add_up_to_the_whole():
    seconds = {"start": 2.0, "keep": 3.0, "load": 30.0, "copy": 4.0, "insert": 12.0}
    seconds |= {"other_sql": 1.0, "decode": 25.0}
    parts = load_parts(seconds, 36.5)
    in_turn = {part.name: part.seconds for part in parts if not part.is_beside}
    assert sum(in_turn.values()) == 36.5
    assert in_turn["wait for decoded rows, records of the files"] == 13.0
    beside = [(part.name, part.seconds) for part in parts if part.is_beside]
    assert beside == [("decode", 25.0)]
    result = a_result(load_parts=parts)
    assert report.part_rows(result)[-1] == ("decode (at the same time)", "25.0")


def test_wrong_records_are_told():
    assert "Every record" in report.truth_sentence(a_result())
    wrong = Difference("MW_1.csv", 7, "late", "guided S000001", "")
    text = report.truth_sentence(a_result(wrong_records=[wrong] * 9))
    assert text.startswith("9 records became something else than they must: ")
    assert text.count("MW_1.csv:7 must be “guided S000001”, is “”") == 5


def test_usual_way_is_extrapolated_from_its_sample():
    ratio = RatioResult("Loop", "event", 100, 2.0, 10_000, 4.0, "All agree.")
    assert (ratio.other_milliseconds, ratio.other_seconds) == (20, 200)
    assert ratio.ratio == 50
    [text] = report.ratio_sentences(a_result(ratios=[ratio]))
    assert "measured on 100 of 10,000, 200 s for all of them" in text
    assert "50 times as fast. All agree." in text


def test_every_preset_has_its_place_in_the_document():
    path = Path(__file__).parents[2] / "docs" / "benchmarks.md"
    text = path.read_text(encoding="utf-8")
    for name in PRESETS:
        assert report.BEGIN.format(name) in text
        assert report.END.format(name) in text


def test_preset_gives_the_sizes_and_is_known_by_them(monkeypatch):
    for name in ("RECORDS", "SUBSCRIPTIONS", "SEED", "PRESET"):
        monkeypatch.delenv(name, raising=False)
    options = read_options(["--preset", "large"])
    assert (options.records, options.subscriptions) == (4_000_000, 40_000)
    assert preset_of(options) == "large"
    assert preset_of(read_options(["--records", "7"])) is None
    monkeypatch.setenv("PRESET", "light_users")
    assert read_options().subscriptions == 100_000
    monkeypatch.setenv("PRESET", "nonsense")
    with pytest.raises(SystemExit):
        read_options()


def test_json_holds_goals_beside_the_figures(tmp_path):
    path = report.write_json(a_result(), tmp_path / "new")
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["steps"][0]["goal_seconds"] == 10.0
    assert data["steps"][1]["is_met"] is False
    assert [row["ratio"] for row in data["plain"]] == [1.5, 2.5]


def test_document_is_refreshed_between_its_markers_only(tmp_path):
    path = tmp_path / "benchmarks.md"
    path.write_text(
        "above\n<!-- benchmark large: begin -->\nold\n<!-- benchmark large: end -->\n"
        "below\n",
        encoding="utf-8",
    )
    report.refresh_document(a_result(), path, "large")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("above\n<!-- benchmark large: begin -->\n`make bench`\n")
    assert text.endswith("<!-- benchmark large: end -->\nbelow\n")
    assert "old" not in text
    assert (
        "| load | 500,000 records | 8.0 | 62,500 | 300 | 20 | ≤ 10.0 s | yes |" in text
    )


def test_document_without_markers_is_left_alone(tmp_path):
    path = tmp_path / "benchmarks.md"
    path.write_text("nothing here", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks"):
        report.refresh_document(a_result(), path, "large")
    assert path.read_text(encoding="utf-8") == "nothing here"


def test_measured_program_tells_its_time_and_peak_memory(tmp_path):
    code = "import time; kept = b'x' * 150_000_000; time.sleep(0.6)"
    measured = measure(
        [sys.executable, "-c", code],
        env=None,
        cwd=tmp_path,
        log=tmp_path / "program.log",
        database="none_of_this_name",
    )
    assert 0.6 <= measured.seconds < 30
    assert 150_000_000 < measured.program_bytes < 400_000_000
    assert measured.backend_bytes == 0


def test_program_that_fails_is_named_with_its_log(tmp_path):
    log = tmp_path / "program.log"
    with pytest.raises(ProgramFailed, match=r"code 3; see .*program\.log"):
        measure(
            [sys.executable, "-c", "import sys; print('why'); sys.exit(3)"],
            env=None,
            cwd=tmp_path,
            log=log,
            database="none_of_this_name",
        )
    assert log.read_text(encoding="utf-8") == "why\n"


def test_sizes_come_from_make_and_the_command_line_wins(monkeypatch):
    monkeypatch.setenv("RECORDS", "5000")
    monkeypatch.setenv("FRESH", "1")
    options = read_options(["--subscriptions", "50"])
    assert (options.records, options.subscriptions) == (5_000, 50)
    assert options.fresh is True
    assert read_options(["--records", "7"]).records == 7
