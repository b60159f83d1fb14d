# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What to measure, from the command line or from make: ``make bench RECORDS=…``."""

import argparse
import os

MONTH = "2026-10"
#: The size that the goals speak of.
DEFAULTS = {"records": 1_000_000, "subscriptions": 10_000, "seed": 7}


def read_options(words=()):
    """Return records, subscriptions, seed, workers, fresh and json as a namespace.

    Variables of the environment (which ``make NAME=value`` sets) are the defaults.
    """
    parser = argparse.ArgumentParser(prog="benchmark", description=__doc__)
    _number(parser, "records", "usage records of the month")
    _number(parser, "subscriptions", "subscriptions of the cooperative")
    _number(parser, "seed", "seed of the generator")
    _number(parser, "workers", "processes that make the bills")
    parser.add_argument("--json", action="store_true", help="print JSON, no table")
    parser.add_argument(
        "--fresh",
        action="store_true",
        default=os.environ.get("FRESH") == "1",
        help="load the world anew even if a database of this size is there",
    )
    return parser.parse_args(words)


def _number(parser, name, text):
    default = DEFAULTS.get(name, os.cpu_count() or 1)
    default = int(os.environ.get(name.upper(), default))
    parser.add_argument(
        f"--{name}",
        type=int,
        metavar="N",
        default=default,
        help=f"{text}; default {default:,}",
    )
