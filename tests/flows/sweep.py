# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Bill the same small month again and again, killed each time at another point."""

from pathlib import Path

from bill_month_files import MONTH
from ordered_process import OrderedProcess

PROCESS = Path(__file__).parent / "sweep_process.py"


class Sweep:
    """Months of one database, which is made anew from ``world`` for each.

    :param Database world: the members, to be copied
    :param Database database: its copy, with the name that the months are billed in
    :param files: folder of the month's usage files
    """

    def __init__(self, world, database, files):
        self.world = world
        self.database = database
        self.arguments = ["--month", MONTH, "--unfinished", "--workers", "1"]
        self.arguments += ["--files", str(files)]
        self.process = OrderedProcess(PROCESS, database)

    def close(self):
        """End the process."""
        self.process.close()

    def bill(self, **order):
        """Bill the month in the database as it is; return the answer."""
        return self.process.order(arguments=self.arguments, **order)

    def count(self):
        """Bill the month from the start, and return what each stage asks for."""
        self.database.copy_from(self.world)
        answer = self.bill()
        assert answer["code"] == 0, answer
        return answer["counts"]

    def bill_killed(self, stage, nth, whole):
        """Bill the month from the start, killed at a point, then again to its end.

        :return: the two answers
        """
        self.database.copy_from(self.world)
        killed = self.bill(stage=stage, nth=nth, whole=whole)
        return killed, self.bill()


def points(total, wanted):
    """Return numbers from 1 to ``total``, spread evenly with both ends among them.

    >>> points(100, 3)
    [1, 50, 100]
    """
    if wanted == 1:
        return [max(1, total * 2 // 3)]
    spread = {1 + (total - 1) * step // (wanted - 1) for step in range(wanted)}
    return sorted(spread)
