# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The database that is measured: a world loaded once, copied for each benchmark."""

import hashlib
import json
import shutil
from pathlib import Path

from demo.settings import source_digest
from instance import progress
from instance.demo import addons_state, make_database
from usage_generator.generate import generate
from usage_generator.settings import Settings, parse_month
from usage_generator.truth import SUMMARY_NAME

from .options import MONTH

RUN_DATABASE = "benchmark_run"
_WORLD_PREFIX = "benchmark_world_"


class Workbench:
    """Input and databases of one size.

    :param Instance instance: of this checkout
    :param options: as ``read_options`` returns them
    """

    def __init__(self, instance, options):
        self.instance = instance
        self._settings = Settings(
            options.seed, options.subscriptions, options.records, parse_month(MONTH)
        )
        input_mark = _digest(str(self._settings), source_digest("usage_generator"))
        addons_mark = addons_state(instance.addons)
        self._world = _WORLD_PREFIX + _digest(
            input_mark, source_digest("demo"), addons_mark
        )
        self.input = instance.out / "benchmark" / f"input-{input_mark}"
        self.output = instance.out / "benchmark" / "month"
        self.database = instance.database(RUN_DATABASE)

    def prepare(self, is_fresh):
        """Have the input there and a fresh copy of the world to work on.

        :return: dict, the generator's summary of the truth
        """
        truth = self._generate()
        world = self.instance.database(self._world)
        if is_fresh or not world.exists():
            self._drop_worlds()
            self._load_world()
        with progress.step("World: copy the database"):
            self.database.copy_from(world)
        self.database.analyze()
        shutil.rmtree(self.output, ignore_errors=True)
        return truth

    def _generate(self):
        summary = self.input / SUMMARY_NAME
        if not summary.is_file():
            self._drop_inputs()
            with progress.step("Input: generate world and files") as step:
                return generate(
                    self._settings,
                    self.input,
                    lambda done, total: step.update(f"{done:,} of {total:,} records"),
                )
        return json.loads(summary.read_text(encoding="utf-8"))

    def _load_world(self):
        passing = make_database(self.instance, f"{self._world}_load")
        setup = self.instance.root / "setup"
        passing.run_script(
            setup / "demo" / "scripts" / "load_world.py",
            title="World: load members, subscriptions, numbers",
            env={
                "PYTHONPATH": str(setup),
                "WORLD_PATH": str(self.input / "world.json"),
            },
        )
        passing.analyze()
        passing.rename(self._world)

    def _drop_worlds(self):
        connection = self.instance.connect("postgres")
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
                    [_WORLD_PREFIX],
                )
                names = [name for (name,) in cursor.fetchall()]
        finally:
            connection.close()
        for name in names:
            self.instance.database(name).drop()

    def _drop_inputs(self):
        for folder in Path(self.instance.out, "benchmark").glob("input-*"):
            shutil.rmtree(folder)


def _digest(*parts):
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
