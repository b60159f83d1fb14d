# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Hold the drills and say which bugs were seen."""

import os
import re
import tempfile
import time
from pathlib import Path

from instance import templates
from instance.addons import closure

from .drill import OutdatedDrillError
from .place import Place, copy_source
from .plan import all_drills

ROOT = Path(__file__).resolve().parents[2]
ADDON = "somconnexio_billing"
NAMES_VARIABLE = "DRILLS"
#: Of pytest: all passed; some failed. All else is no finding.
TESTS_PASSED, TESTS_FAILED = 0, 1
FAILED = re.compile(r"^\d+ failed", re.MULTILINE)
LAST_LINES = 15


def main(instance):
    """Hold the drills, or those in $DRILLS, on the instance of this checkout.

    :param Instance instance: prepared
    :return: exit code
    """
    addon = next(addon for addon in instance.addons if addon.name == ADDON)
    chain = tuple(closure(addon, instance.addons))
    layers = templates.layers(chain, templates.ground(instance))
    place = {
        "root": instance.root,
        "template": templates.ensure(instance, layers).name,
        "conf": Path(instance.conf),
        "python": str(instance.python),
        "environment": dict(instance.environment()),
    }
    return hold_in(place, os.environ.get(NAMES_VARIABLE, "").split())


def hold_in(place, names):
    """Hold drills in a folder of their own.

    :param dict place: what a Place is made of, but for its folder
    :param list names: of drills; none: all
    :return: exit code
    """
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        # Taken once: all drills are about the same source, whoever works on it.
        source = Path(folder) / "source"
        copy_source(place["root"], source)
        place = {**place, "root": source}
        unseen = hold(Place(folder=Path(folder) / "copy", **place), names)
    return 1 if unseen else 0


def hold(place, names=()):
    """Hold all drills, or those named; return how many bugs nobody saw.

    First the tests are run without any bug: they must be green, or a drill would say
    nothing.

    :param Place place: where
    :param names: of drills
    """
    drills = [drill for drill in all_drills() if not names or drill.name in names]
    tests = sorted({test for drill in drills for test in drill.tests})
    if not _are_green(place, tests):
        return len(drills)
    return sum(not _is_seen(place, drill) for drill in drills)


def _are_green(place, tests):
    with place.copies():
        code, output = place.run_tests(tests)
    print(f"{'no bug':18} {'green' if code == TESTS_PASSED else 'RED'}", flush=True)
    if code != TESTS_PASSED:
        print("\n".join(output.splitlines()[-LAST_LINES:]))
    return code == TESTS_PASSED


def _is_seen(place, drill):
    started = time.monotonic()
    with place.copies() as root:
        try:
            drill.plant(root)
        except OutdatedDrillError as error:
            print(error, flush=True)
            return False
        place.harm(drill.statements)
        code, output = place.run_tests(drill.tests)
    # An error is a test that could not be run: the bug may be unseen all the same.
    is_seen = code == TESTS_FAILED and FAILED.search(output)
    seconds = time.monotonic() - started
    word = "seen" if is_seen else "NOT SEEN"
    print(f"{drill.name:18} {word:8} {seconds:4.0f} s  {drill.bug}", flush=True)
    if not is_seen:
        print("\n".join(output.splitlines()[-LAST_LINES:]))
    return bool(is_seen)
