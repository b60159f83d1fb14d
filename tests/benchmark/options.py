# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What to measure, from the command line or from make: ``make bench RECORDS=…``."""

import argparse
import os

from .presets import PRESETS, SEED, STANDARD

MONTH = "2026-10"
SIZES = ("records", "subscriptions", "seed", "workers")


def read_options(words=()):
    """Return records, subscriptions, seed, workers, fresh and json as a namespace.

    Variables of the environment (which ``make NAME=value`` sets) are the defaults;
    where they say nothing, the preset does.
    """
    parser = argparse.ArgumentParser(prog="benchmark", description=__doc__)
    parser.add_argument(
        "--preset",
        choices=PRESETS,
        default=os.environ.get("PRESET", STANDARD),
        help=f"a size by its name; default {STANDARD}",
    )
    for name, text in (
        ("records", "usage records of the month"),
        ("subscriptions", "subscriptions of the cooperative"),
        ("seed", f"seed of the generator; default {SEED}"),
        ("workers", "processes that make the bills; default: as many as cores"),
    ):
        parser.add_argument(f"--{name}", type=int, metavar="N", help=text)
    parser.add_argument("--json", action="store_true", help="print JSON, no table")
    parser.add_argument(
        "--fresh",
        action="store_true",
        default=os.environ.get("FRESH") == "1",
        help="load the world anew even if a database of this size is there",
    )
    options = parser.parse_args(words)
    _fill(parser, options)
    return options


def _fill(parser, options):
    """Fill in what the command line left open."""
    if options.preset not in PRESETS:
        parser.error(f"there is no preset {options.preset}: {', '.join(PRESETS)}")
    preset = PRESETS[options.preset]
    defaults = {
        "records": preset.records,
        "subscriptions": preset.subscriptions,
        "seed": SEED,
        "workers": os.cpu_count() or 1,
    }
    for name in SIZES:
        if getattr(options, name) is None:
            value = int(os.environ.get(name.upper(), defaults[name]))
            setattr(options, name, value)
