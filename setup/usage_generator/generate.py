# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Make a month: world, files and truth, in one pass over its days."""

from .calendar_month import days_of
from .defects import DUPLICATES, defect_counts, plan_defects
from .errors import SettingsError
from .month_files import MonthFiles, remove_files
from .phone_numbers import PhoneBook
from .plants import plan_plants
from .rows import RowMaker
from .streams import random_stream, share
from .truth import TruthWriter
from .usage.clock_curve import day_weight
from .usage.drawer import EventDrawer
from .usage.habits import draw_lines
from .world.build import build_world
from .world.export import write_world
from .world.inventory import VOICE_KINDS

WORLD_NAME = "world.json"
FILES_FOLDER = "files"


def generate(settings, folder, on_progress=None):
    """Write ``world.json``, ``files/*``, ``truth.csv.gz`` and ``truth_summary.json``.

    :param Settings settings: what is asked for
    :param Path folder: made if missing; usage files that stand there are removed
    :param on_progress: called with (rows made, rows in all) after each day
    :return: dict, the summary of the truth
    :raise SettingsError: when the size leaves no room for what it must hold
    """
    remove_files(folder / FILES_FOLDER)
    world, changes = build_world(settings)
    write_world(folder / WORLD_NAME, settings, world)
    month = _Month(settings, world, changes, folder)
    del world
    month.run(on_progress or (lambda _done, _total: None))
    return month.truth.close(settings)


class _Month:
    def __init__(self, settings, world, changes, folder):
        self._settings = settings
        self._days = days_of(settings.month_start)
        self.truth = TruthWriter(folder)
        phone_book = PhoneBook(random_stream(settings.seed, "phone book"))
        lines = draw_lines(settings, world, phone_book)
        known = {row.name for row in world.resources if row.kind in VOICE_KINDS}
        self._drawer = EventDrawer(settings, lines, phone_book)
        self._rows = RowMaker(settings, self._days, self._drawer, lines, known)
        self._plants = plan_plants(settings, lines, changes)
        self._files = MonthFiles(
            settings, self._days, folder / FILES_FOLDER, self.truth
        )

    def run(self, on_progress):
        """Draw and write day by day."""
        counts = defect_counts(self._settings)
        draws = self._draws_by_day(counts)
        plan = plan_defects(self._settings, counts, sum(draws), sum(draws[:-1]))
        ordinal = done = 0
        for day, count in zip(self._days, draws, strict=True):
            self._begin(day, count)
            for _number in range(count):
                for row in self._rows.rows(plan.get(ordinal)):
                    self._files.add(row)
                    done += 1
                ordinal += 1
            done += self._plant(day)
            self._files.close_day(day)
            on_progress(done, self._settings.record_count)

    def _draws_by_day(self, counts):
        """Split what is left for draws, doubles and plants apart, over the days."""
        doubled = sum(counts.get(name, 0) for name in DUPLICATES)
        draw_count = self._settings.record_count - doubled - len(self._plants)
        if draw_count < 2 * sum(counts.values()):
            raise SettingsError(
                f"{self._settings.record_count} records are too few for "
                f"{self._settings.subscription_count} subscriptions with defects: "
                "give more records, fewer subscriptions, or --defects off."
            )
        return share(draw_count, [day_weight(day) for day in self._days])

    def _begin(self, day, count):
        if not self._drawer.begin_day(day) and count:
            raise SettingsError(
                f"Nobody uses a line on {day.date}: give more subscriptions."
            )

    def _plant(self, day):
        plants = [plant for plant in self._plants if plant.day == day]
        for plant in plants:
            self._files.add(self._rows.planted_row(plant))
        return len(plants)
