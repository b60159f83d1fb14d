"""The one exception of the set-up: a clear sentence and its remedy."""


class SetupError(Exception):
    """Something a person can put right; printed without a traceback."""

    def __init__(self, problem: str, remedy: str = ""):
        super().__init__(f"{problem} {remedy}".strip())
        self.problem = problem
        self.remedy = remedy
