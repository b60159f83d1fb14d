# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Print the table of drills for docs/proof.md: ``PYTHONPATH=tests:setup``."""

from .plan import all_drills


def lines():
    """Yield the lines of the table."""
    yield "| drill | the bug | where | red |"
    yield "|---|---|---|---|"
    for drill in all_drills():
        where = f"`{drill.step}`" if drill.step else "database"
        red = ", ".join(f"`{test.removesuffix('.py')}`" for test in drill.tests)
        yield f"| {drill.name} | {drill.bug} | {where} | {red} |"


if __name__ == "__main__":
    print("\n".join(lines()))
