"""The commands behind `make`: `python -m instance <command>`."""

import argparse
import fcntl
import sys
from contextlib import contextmanager

from . import cleaning, demo, linting, progress, rating, serving, testing
from .errors import SetupError
from .instance import Instance
from .paths import Paths


def main(words: list[str] | None = None) -> int:
    """Run one command; what a person can put right is printed in one sentence."""
    options = _parser().parse_args(words)
    try:
        return options.command(options)
    except SetupError as error:
        progress.say(f"\n{error}", "bold red")
        return 1
    except KeyboardInterrupt:
        progress.say("\nStopped.", "yellow")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="instance", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, (text, command) in COMMANDS.items():
        sub = commands.add_parser(name, help=text)
        sub.set_defaults(command=command)
        if name == "test":
            sub.add_argument("-k", dest="pattern", default="", help="only these tests")
    return parser


def _test(options) -> int:
    with _alone(Paths()):
        return testing.run_tests(Instance(), options.pattern)


def _demo(_options) -> int:
    with _alone(Paths()):
        return demo.make_demo(Instance())


def _bench(_options) -> int:
    with _alone(Paths()):
        return demo.run_benchmark(Instance())


def _drill(_options) -> int:
    with _alone(Paths()):
        return demo.run_drills(Instance())


def _rate(_options) -> int:
    with _alone(Paths()):
        return rating.rate(Instance())


def _prepare(_options) -> int:
    with _alone(Paths()):
        Instance().prepare()
    return 0


@contextmanager
def _alone(paths: Paths):
    """Let one long command at a time work on the databases of a checkout."""
    paths.make_folders()
    with open(paths.state / "command.lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress.say("Another make is at work in this checkout; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


COMMANDS = {
    "demo": ("make the demo database", _demo),
    "test": ("run all tests", _test),
    "bench": ("run the benchmark", _bench),
    "drill": ("plant bugs that the tests must see", _drill),
    "rate": ("rate a file of usage by a tariff document", _rate),
    "prepare": ("have Odoo and PostgreSQL ready", _prepare),
    "serve": ("run Odoo on the demo database", lambda _: serving.serve(Instance())),
    "shell": ("open Odoo's shell on it", lambda _: serving.shell(Instance())),
    "lint": ("run the hooks of pre-commit", lambda _: linting.lint(Paths())),
    "format": (
        "let ruff and sqlfluff rewrite the source",
        lambda _: linting.format_source(Paths()),
    ),
    "stop": ("stop what was started", lambda _: cleaning.stop(Paths())),
    "clean": ("stop, and remove what was made", lambda _: cleaning.clean(Paths())),
    "distclean": ("clean, and the downloads", lambda _: cleaning.clean(Paths(), True)),
}

if __name__ == "__main__":
    sys.exit(main())
