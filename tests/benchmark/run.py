# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""``make bench``: measure a month, step by step.

``make bench RECORDS=100000 SUBSCRIPTIONS=1000`` measures a smaller one. The database
``benchmark_run`` stays, to be looked at.
"""

import json

from instance import progress
from instance.errors import SetupError

from . import report
from .database import Workbench
from .goals import PLAIN_LINES
from .machine import describe_machine
from .measure import ProgramFailed
from .options import SIZES, read_options
from .presets import STANDARD, preset_of
from .results import BenchmarkResult, StepResult
from .steps import STAGES, Steps

DOCUMENT = "docs/benchmarks.md"
#: Steps that make up the month; the others are measured beside them.
_MONTH = tuple(name for name, _unit in STAGES)
_OWN_BILL_STEPS = ("invoice", "post")


def main(instance, words=()):
    """Measure and report; the document is refreshed by a benchmark of a preset's size.

    :param Instance instance: with Odoo and PostgreSQL ready
    :param list words: command line, see ``options.py``
    :raise SetupError: when a step fails
    """
    options = read_options(words)
    bench = Workbench(instance, options)
    truth = bench.prepare(options.fresh)
    try:
        result = _measure(instance, bench, options, truth["rows"])
    except ProgramFailed as error:
        raise SetupError(str(error)) from error
    path = report.write_json(result, instance.out / "benchmark")
    if options.json:
        print(json.dumps(result.as_json(), indent=1, ensure_ascii=False))
        return
    report.show(result)
    progress.say(f"All figures: {path}")
    preset = preset_of(options)
    if preset:
        report.refresh_document(result, instance.root / DOCUMENT, preset)
        progress.say(f"Refreshed: {DOCUMENT}, {preset}")


def _measure(instance, bench, options, record_count):
    result = BenchmarkResult(
        command=(
            f"make bench RECORDS={options.records} "
            f"SUBSCRIPTIONS={options.subscriptions} SEED={options.seed} "
            f"WORKERS={options.workers}"
        ),
        machine=describe_machine(instance),
        sizes={name: getattr(options, name) for name in SIZES},
    )
    steps = Steps(bench, options.workers)
    for name, unit in STAGES:
        result.steps.append(steps.stage(name, unit, record_count))
        if name == "load":
            result.steps.append(steps.replay(record_count))
        if name == "rate":
            result.steps.append(steps.rate_again())
            result.wrong_records = steps.wrong_records()
    _add_sums(result, record_count)
    load = next(step for step in result.steps if step.name == "load")
    result.load_parts = steps.load_parts(load.seconds)
    result.own_milliseconds = _own_milliseconds(result, options.workers)
    result.own_lines_per_bill = steps.lines_per_bill()
    if preset_of(options) in (STANDARD, None):
        _compare(result, steps)
    return result


def _compare(result, steps):
    """Measure what doesn't depend on the size: the other presets leave it out."""
    result.steps += [steps.simulate(), steps.quote()]
    result.plain = [
        steps.plain_moves(lines) for lines in (PLAIN_LINES, result.own_lines_per_bill)
    ]
    result.ratios = steps.ratios(result)


def _add_sums(result, record_count):
    """Add what the goals ask for as a sum of steps."""
    by_name = {step.name: step for step in result.steps}
    bills = [by_name[name] for name in _OWN_BILL_STEPS]
    month = [by_name[name] for name in _MONTH]
    result.steps += [
        StepResult(
            "invoice + post", "bills", bills[0].units, sum(s.seconds for s in bills)
        ),
        StepResult(
            "the whole month", "records", record_count, sum(s.seconds for s in month)
        ),
    ]


def _own_milliseconds(result, workers):
    """Return what a bill takes one of the workers."""
    bills = next(step for step in result.steps if step.name == "invoice + post")
    return 1_000 * bills.seconds * workers / max(bills.units, 1)
