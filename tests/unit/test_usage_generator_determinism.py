# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The same seed and size give the same bytes, whatever the machine's mood."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
import usage_generator
from usage_generator_sample import sample_folder

SETUP = Path(usage_generator.__file__).parents[1]


def run_generator(folder, *words, hash_seed="0", check=True):
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "usage_generator", "--out", str(folder), *words],
        cwd=SETUP,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=check,
    )


def digest(folder):
    """Return one digest over names and bytes of all that stands in a folder."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(str(path.relative_to(folder)).encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


SIZE = ("--subscriptions", "160", "--records", "12000")


def test_same_seed_in_another_process_gives_the_same_bytes(tmp_path):
    run_generator(tmp_path, "--seed", "11", *SIZE, hash_seed="4711")
    assert digest(tmp_path) == digest(sample_folder())


def test_other_seed_gives_other_bytes(tmp_path):
    run_generator(tmp_path, "--seed", "12", *SIZE)
    assert digest(tmp_path) != digest(sample_folder())


def test_second_month_in_a_folder_leaves_no_file_of_the_first(tmp_path):
    words = ("--subscriptions", "60", "--records", "2000")
    run_generator(tmp_path, *words, "--month", "2026-09")
    run_generator(tmp_path, *words, "--month", "2026-10")
    names = [path.name for path in (tmp_path / "files").iterdir()]
    assert len(names) == 31 + 5 + 31
    assert not [name for name in names if "202609" in name]


def test_defects_off_gives_guided_rows_only(tmp_path):
    words = ("--subscriptions", "60", "--records", "900", "--defects", "off")
    done = run_generator(tmp_path, *words)
    assert [line.split() for line in done.stdout.splitlines()[1:]] == [
        ["900", "guided"]
    ]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--month", "2026-13"), "2026-13"),
        (("--month", "october"), "october"),
        (("--records", "-1"), "-1 records"),
        (("--records", "1999"), "--defects off"),
        (("--subscriptions", "0"), "0 subscriptions"),
        # The only household that this seed draws has fibre and no telephone.
        (
            ("--seed", "12", "--subscriptions", "1", "--defects", "off"),
            "Nobody uses a line",
        ),
    ],
)
def test_impossible_wish_ends_with_code_2_and_names_it(tmp_path, words, part):
    done = run_generator(tmp_path, *words, check=False)
    assert done.returncode == 2
    assert part in done.stderr
    assert "Traceback" not in done.stderr
