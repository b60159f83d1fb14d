"""Programs that the set-up runs: their log, and the sentence when they fail."""

import sys

import pytest
from instance import process
from instance.errors import SetupError


def python(code):
    return [sys.executable, "-c", code]


def test_the_output_goes_to_the_log(tmp_path):
    log = tmp_path / "logs" / "it.log"
    process.run(python("print('one'); print('two')"), title="It", log=log)
    assert log.read_text() == "one\ntwo\n"


def test_a_failure_names_the_log_and_quotes_its_end(tmp_path, capsys):
    log = tmp_path / "it.log"
    with pytest.raises(SetupError) as caught:
        process.run(python("print('why'); raise SystemExit(3)"), title="It", log=log)
    assert str(caught.value) == (
        f"It: it ended with code 3. Its log is {log} and ends with:\n    why"
    )
    assert "✗ It" in capsys.readouterr().out


def test_a_script_can_be_given_as_input(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("print('from the file')")
    log = tmp_path / "it.log"
    process.run([sys.executable, "-"], title="It", log=log, stdin=script)
    assert log.read_text() == "from the file\n"


def test_a_program_that_is_not_there_prints_nothing():
    assert process.output(["no-such-program-anywhere"]) == ""


def test_odoos_prefix_is_not_shown_while_waiting():
    line = "2026-11-22 01:07:01,208 41 INFO db odoo.modules.loading: Loading sale (3/9)"
    assert process.ODOO_PREFIX.sub("", line) == "Loading sale (3/9)"
