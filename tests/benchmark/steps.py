# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The measured steps, each in processes of its own."""

import json

from demo.truth import check_truth
from instance import progress

from .measure import ProgramFailed, measure
from .options import MONTH
from .results import StepResult

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
        measured = self._bill_month(name, with_files=name == "load")
        summary = self._summary()
        step = next(row for row in summary["steps"] if row["code"] == name)
        units = {
            "records": record_count,
            "events": step["rows"],
            "controls": step["rows"],
            "bills": summary["counters"]["account_count"],
        }[unit]
        seconds = measured.seconds if name == "load" else step["seconds"]
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
        """Measure a second rating of the whole month."""
        path = self._bench.output / "rate_again.json"
        measured = self._script("rate_again", path)
        result = json.loads(path.read_text(encoding="utf-8"))
        return StepResult(
            "rate again", "events", result["rated"], result["seconds"], *measured[1:]
        )

    def plain_moves(self):
        """Measure plain Odoo's way to make and post bills.

        :return: milliseconds a bill, in one process
        """
        path = self._bench.output / "plain_moves.json"
        self._script("plain_moves", path)
        result = json.loads(path.read_text(encoding="utf-8"))
        seconds = result["create_seconds"] + result["post_seconds"]
        return 1_000 * seconds / result["moves"]

    def wrong_records(self):
        """Return how many records became something else than the generator knows."""
        connection = self._bench.database.connect()
        try:
            with progress.step("Truth: compare what became of each record"):
                check = check_truth(connection, self._bench.input / "truth.csv.gz")
        finally:
            connection.close()
        return len(check.differences)

    def _bill_month(self, until, with_files):
        bench = self._bench
        words = ["bill_month", "-d", bench.database.name, "--month", MONTH]
        words += ["--out", bench.output, "--workers", self._workers, "--until", until]
        if with_files:
            words += ["--files", bench.input / "files"]
        return self._measure(until, words, accepted=(0, _NOT_GREEN))

    def _script(self, name, result_path):
        script = self._instance.root / "tests" / "benchmark" / "scripts" / f"{name}.py"
        words = ["shell", "-d", self._bench.database.name, "--no-http"]
        extra = {"RESULT_PATH": str(result_path)}
        return self._measure(name, words, stdin=script, extra=extra)

    def _measure(self, name, words, extra=None, **options):
        with progress.step(f"Measure: {name.replace('_', ' ')}"):
            return measure(
                self._instance.odoo_command(words),
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
        connection = self._bench.database.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM telecom_usage_event")
                return cursor.fetchone()[0]
        finally:
            connection.close()
