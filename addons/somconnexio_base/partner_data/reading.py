# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What reading one value found out."""

from dataclasses import dataclass

VALID = "valid"
INVALID = "invalid"
UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Reading:
    """One value as typed, and what is known about it.

    ``normal`` is the form that is proposed, empty when there is none. ``detail`` is a
    code: the kind of an identifier, or what is wrong with it.
    """

    value: str
    state: str
    normal: str = ""
    detail: str = ""

    @property
    def proposal(self):
        """The normal form where it differs from what was typed, else an empty text."""
        return self.normal if self.normal != self.value else ""


def valid(value, normal, detail=""):
    """Return the reading of a value that holds."""
    return Reading(value, VALID, normal, detail)


def invalid(value, detail, normal=""):
    """Return the reading of a value that does not hold; ``detail`` says why."""
    return Reading(value, INVALID, normal, detail)


def unverified(value, normal="", detail=""):
    """Return the reading of a value for which there is no rule."""
    return Reading(value, UNVERIFIED, normal, detail)
