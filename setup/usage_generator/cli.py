# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The command line: ``python -m usage_generator --help``."""

import argparse
import sys
from pathlib import Path

from .errors import GeneratorError
from .generate import FILES_FOLDER, generate
from .rewrite import FOLDER, rewrite_first
from .settings import Settings, parse_month

EXIT_USAGE = 2


def main(words=None):
    """Generate what the command line asks for.

    :return: exit code: 0, or 2 when the wish cannot be granted
    """
    options = _parser().parse_args(words)
    try:
        settings = Settings(
            seed=options.seed,
            subscription_count=options.subscriptions,
            record_count=options.records,
            month_start=parse_month(options.month),
            has_defects=options.defects == "on",
        )
        summary = generate(settings, options.out, _show_progress)
        if options.rewrite:
            rewrite_first(options.out / FILES_FOLDER, options.out / FOLDER)
    except GeneratorError as error:
        print(f"usage_generator: {error}", file=sys.stderr)
        return EXIT_USAGE
    _print_summary(summary, options.out)
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="usage_generator",
        description="Write a cooperative's world and a month of its usage files.",
    )
    parser.add_argument("--seed", type=int, default=7, help="default: 7")
    parser.add_argument("--subscriptions", type=int, default=500, metavar="N")
    parser.add_argument("--records", type=int, default=60_000, metavar="N")
    parser.add_argument("--month", default="2026-10", metavar="YYYY-MM")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--defects", choices=("on", "off"), default="on")
    parser.add_argument(
        "--rewrite",
        action="store_true",
        help=f"also write a day as XLSX and a day as XML, into {FOLDER}",
    )
    return parser


def _show_progress(done, total):
    end = "\n" if done >= total else "\r"
    if sys.stderr.isatty():
        print(f"{done:>12,} of {total:,} records", end=end, file=sys.stderr)


def _print_summary(summary, folder):
    print(f"{summary['rows']:,} rows in {len(summary['files'])} files of {folder}:")
    for row in summary["outcomes"]:
        name = f"{row['outcome']} {row['reason']}".strip()
        print(f"{row['rows']:>12,} {name}")
