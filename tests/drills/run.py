# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Hold the drills and say which bugs were seen."""

import time

from .drill import OutdatedDrillError
from .plan import all_drills

TESTS_PASSED, TESTS_FAILED = 0, 1
#: pytest says so when a fixture or setUpClass broke, which is no finding.
LAST_LINES = 15


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
    is_seen = code == TESTS_FAILED
    seconds = time.monotonic() - started
    word = "seen" if is_seen else "NOT SEEN"
    print(f"{drill.name:18} {word:8} {seconds:4.0f} s  {drill.bug}", flush=True)
    if not is_seen:
        print("\n".join(output.splitlines()[-LAST_LINES:]))
    return is_seen
