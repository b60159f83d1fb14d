# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The measured steps, each in processes of its own."""

import json
from decimal import Decimal
from pathlib import Path

from demo.truth import check_truth
from instance import progress

from .measure import ProgramFailed, measure
from .options import MONTH
from .parts import load_parts
from .results import PlainResult, RatioResult, StepResult

#: Step of the bill run, what it counts, and whether bills are its units.
STAGES = (
    ("load", "records"),
    ("rate", "events"),
    ("check", "controls"),
    ("preview", "bills"),
    ("invoice", "bills"),
    ("post", "bills"),
    ("deliver", "bills"),
)
_NOT_GREEN = 4
SCRIPTS = Path(__file__).with_name("scripts")
QUERIES = Path(__file__).with_name("queries")


class Steps:
    """Runs and measures steps on one database.

    :param Workbench bench: input and database
    :param int workers: processes that make the bills
    """

    def __init__(self, bench, workers):
        self._bench = bench
        self._instance = bench.instance
        self._workers = workers

    def stage(self, name, unit, record_count):
        """Measure one step of the bill run.

        The time of loading is that of the whole program, which also takes the files
        in; of all other steps, what the bill run itself says.
        """
        is_load = name == "load"
        measured = self._bill_month(name, with_files=is_load, is_timed=is_load)
        summary = self._summary()
        step = next(row for row in summary["steps"] if row["code"] == name)
        units = {
            "records": record_count,
            "events": step["rows"],
            "controls": step["rows"],
            "bills": summary["counters"]["account_count"],
        }[unit]
        seconds = measured.seconds if is_load else step["seconds"]
        return StepResult(name, unit, units, seconds, *measured[1:])

    def replay(self, record_count):
        """Measure what it takes to be sent the same files again.

        :raise ProgramFailed: when that changes the number of events
        """
        before = self._count_events()
        measured = self._bill_month("load", with_files=True)
        after = self._count_events()
        if after != before:
            raise ProgramFailed(f"The replay made {after} events out of {before}.")
        return StepResult("replay", "records", record_count, *measured)

    def rate_again(self):
        """Measure a second rating of the whole month.

        :raise ProgramFailed: when it makes another amount than the first one
        """
        result, measured = self._script_result("rate_again")
        before, after = Decimal(result["amount_before"]), Decimal(result["amount"])
        if after != before:
            raise ProgramFailed(f"Rated again, {before} became {after}.")
        return StepResult(
            "rate again", "events", result["rated"], result["seconds"], *measured[1:]
        )

    def simulate(self):
        """Measure a simulation of the whole month under the same tariffs.

        :raise ProgramFailed: when it makes another amount than the rating
        """
        result, measured = self._script_result("simulate")
        if Decimal(result["new_amount"]) != Decimal(result["old_amount"]):
            raise ProgramFailed(
                f"Simulated with its own tariffs, {result['old_amount']} became "
                f"{result['new_amount']}."
            )
        return StepResult(
            "simulate", "events", result["events"], result["seconds"], *measured[1:]
        )

    def quote(self):
        """Measure what it takes to tell an agent what a call would cost."""
        result, measured = self._script_result("quote")
        return StepResult(
            "quote", "quotes", result["quotes"], result["seconds"], *measured[1:]
        )

    def ratios(self, result):
        """Measure the usual ways of doing the month, on samples.

        :param BenchmarkResult result: with the suite's own steps
        :return: list of ``RatioResult``
        """
        own = {step.name: step for step in result.steps}
        contracts, _measured = self._script_result("contract_invoices")
        loop, _measured = self._script_result("orm_rating")
        return [
            RatioResult(
                "OCA contract's own invoicing, posted (fees only, usage left out)",
                "contract",
                contracts["sample"],
                contracts["seconds"],
                contracts["units"],
                own["invoice + post"].seconds * self._workers,
                "The suite's bills have the usage on them.",
            ),
            RatioResult(
                "Rating event by event with the ORM",
                "event",
                loop["sample"],
                loop["seconds"],
                own["rate"].units,
                own["rate"].seconds,
                f"Of the sample, {loop['agreeing']:,} events cost the same both ways.",
            ),
        ]

    def load_parts(self, total):
        """Return what the seconds of loading went into, as ``PartResult``."""
        text = self._parts_path.read_text(encoding="utf-8")
        return load_parts(json.loads(text), total)

    def lines_per_bill(self):
        """Return how many lines the month's bills have on average."""
        line_count, bill_count = self._query("lines_per_bill")
        return line_count / max(bill_count, 1)

    def plain_moves(self, lines_per_bill):
        """Measure plain Odoo's way to make and post bills.

        :param float lines_per_bill: on average
        :return: ``PlainResult``
        """
        path = self._bench.output / "plain_moves.json"
        self._script("plain_moves", path, LINES_PER_BILL=str(lines_per_bill))
        result = json.loads(path.read_text(encoding="utf-8"))
        seconds = result["create_seconds"] + result["post_seconds"]
        return PlainResult(
            result["lines"] / result["moves"], 1_000 * seconds / result["moves"]
        )

    def wrong_records(self):
        """Return the records that became something else than the generator knows.

        :return: list of ``demo.truth.check.Difference``
        """
        connection = self._bench.database.connect()
        try:
            with progress.step("Truth: compare what became of each record"):
                check = check_truth(connection, self._bench.input / "truth.csv.gz")
        finally:
            connection.close()
        return check.differences

    def _bill_month(self, until, with_files, is_timed=False):
        bench = self._bench
        # Its month is the same one, whatever the machine's clock says.
        words = ["bill_month", "-d", bench.database.name, "--month", MONTH]
        words += ["--unfinished", "--workers", self._workers]
        words += ["--out", bench.output, "--until", until]
        if with_files:
            words += ["--files", bench.input / "files"]
        extra = {"RESULT_PATH": str(self._parts_path)} if is_timed else None
        accepted = (0, _NOT_GREEN)
        return self._measure(until, words, extra, is_timed, accepted=accepted)

    @property
    def _parts_path(self):
        return self._bench.output.with_name("load_parts.json")

    def _script_result(self, name):
        """Run a script; return what it wrote and what it took."""
        path = self._bench.output / f"{name}.json"
        measured = self._script(name, path)
        return json.loads(path.read_text(encoding="utf-8")), measured

    def _script(self, name, result_path, **extra):
        words = ["shell", "-d", self._bench.database.name, "--no-http"]
        extra["RESULT_PATH"] = str(result_path)
        script = SCRIPTS / f"{name}.py"
        return self._measure(name, words, extra, stdin=script)

    def _measure(self, name, words, extra=None, is_timed=False, **options):
        command = self._instance.odoo_command(words)
        if is_timed:
            command[1] = SCRIPTS / "timed_odoo.py"
        with progress.step(f"Measure: {name.replace('_', ' ')}"):
            return measure(
                command,
                env=self._instance.environment(extra),
                cwd=self._instance.root,
                log=self._instance.logs / f"benchmark-{name}.log",
                database=self._bench.database.name,
                **options,
            )

    def _summary(self):
        path = self._bench.output / "summary.json"
        return json.loads(path.read_text(encoding="utf-8"))

    def _count_events(self):
        return self._query("count_events")[0]

    def _query(self, name):
        """Return the only row of ``queries/NAME.sql``."""
        statement = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
        connection = self._bench.database.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchone()
        finally:
            connection.close()
