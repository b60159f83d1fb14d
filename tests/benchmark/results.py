# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What was measured, as rows: one a step."""

from dataclasses import asdict, dataclass, field

from .goals import GOALS


@dataclass
class StepResult:
    """One measured step; ``units`` of ``unit`` in ``seconds``."""

    name: str
    unit: str
    units: int
    seconds: float
    program_bytes: int = 0
    backend_bytes: int = 0

    @property
    def rate(self):
        """Units per second."""
        return self.units / self.seconds if self.seconds else 0.0

    @property
    def goal_seconds(self):
        """What the step may take, or None where nothing is asked."""
        goal = GOALS.get(self.name)
        return goal.seconds_for(self.units) if goal else None

    @property
    def is_met(self):
        """Whether the goals are reached; None where there is none."""
        goal = GOALS.get(self.name)
        if goal is None:
            return None
        is_small = not goal.program_bytes or self.program_bytes <= goal.program_bytes
        return is_small and self.seconds <= self.goal_seconds


@dataclass
class PartResult:
    """A part of a step; ``is_beside`` when it runs while others do."""

    name: str
    seconds: float
    is_beside: bool = False


@dataclass
class PlainResult:
    """What a bill of so many lines takes plain Odoo, in one process."""

    lines_per_bill: float
    milliseconds: float


@dataclass
class RatioResult:
    """Another way of doing a part of the month, measured on a sample of it.

    ``own_seconds`` is what the suite takes one process for all ``units``.
    """

    name: str
    unit: str
    sample: int
    sample_seconds: float
    units: int
    own_seconds: float
    note: str = ""

    @property
    def other_milliseconds(self):
        """What one unit takes the other way."""
        return 1_000 * self.sample_seconds / self.sample

    @property
    def other_seconds(self):
        """What all units would take the other way: the sample, extrapolated."""
        return self.sample_seconds * self.units / self.sample

    @property
    def ratio(self):
        """How many times faster the suite is."""
        return self.other_seconds / self.own_seconds


@dataclass
class BenchmarkResult:
    """A whole benchmark."""

    command: str
    machine: dict
    sizes: dict
    steps: list[StepResult] = field(default_factory=list)
    #: What the seconds of loading went into.
    load_parts: list[PartResult] = field(default_factory=list)
    #: Milliseconds to create and post a bill in one process, plain and by the run.
    plain: list[PlainResult] = field(default_factory=list)
    own_milliseconds: float = 0.0
    own_lines_per_bill: float = 0.0
    #: The month done in the usual ways, on samples.
    ratios: list[RatioResult] = field(default_factory=list)
    #: Records that became something else than they must: ``Difference``.
    wrong_records: list = field(default_factory=list)

    def ratio(self, plain):
        """Return how many times faster than plain Odoo the run makes a bill."""
        return plain.milliseconds / self.own_milliseconds

    def as_json(self):
        """Return the result as plain data, goals included."""
        data = asdict(self)
        for row, step in zip(data["steps"], self.steps, strict=True):
            row["rate"] = step.rate
            row["goal_seconds"] = step.goal_seconds
            row["is_met"] = step.is_met
        for row, plain in zip(data["plain"], self.plain, strict=True):
            row["ratio"] = self.ratio(plain)
        for row, ratio in zip(data["ratios"], self.ratios, strict=True):
            row["ratio"] = ratio.ratio
        return data
