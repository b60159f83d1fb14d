# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What to measure, from the command line or from make: ``make bench RECORDS=…``."""

import argparse
import os

MONTH = "2026-10"


def read_options(words=()):
    """Return records, subscriptions, seed, workers, fresh and json as a namespace.

    Variables of the environment (which ``make NAME=value`` sets) are the defaults.
    """
    parser = argparse.ArgumentParser(prog="benchmark", description=__doc__)
    _number(parser, "records", 1_000_000, "usage records of the month")
    _number(parser, "subscriptions", 10_000, "subscriptions of the cooperative")
    _number(parser, "seed", 7, "seed of the generator")
    _number(parser, "workers", os.cpu_count() or 1, "processes that make the bills")
    parser.add_argument("--json", action="store_true", help="print JSON, no table")
    parser.add_argument(
        "--fresh",
        action="store_true",
        default=os.environ.get("FRESH") == "1",
        help="load the world anew even if a database of this size is there",
    )
    return parser.parse_args(words)


def _number(parser, name, default, text):
    parser.add_argument(
        f"--{name}",
        type=int,
        metavar="N",
        default=int(os.environ.get(name.upper(), default)),
        help=f"{text}; default {default:,}",
    )
