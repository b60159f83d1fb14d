# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What can be wrong with a format or a value; with a whole file: ``FileError``."""


class MediationError(Exception):
    """Root of the errors of this package."""


class SpecError(MediationError):
    """A format definition contradicts itself.

    :param str target: the field that is wrong, or the name of a format setting
    :param str code: stable name of the fault
    :param values: what a message about it needs
    """

    def __init__(self, target, code, **values):
        super().__init__(f"{target}: {code} {values}")
        self.target = target
        self.code = code
        self.values = values


class FieldError(MediationError):
    """One value of a line cannot be used; its line is rejected.

    :param str reason: a reason code of ``record.REJECTION_REASONS``
    :param str found: what the line holds
    :param str expected: what the format asks for, in technical terms
    :param str target: the field at fault, when who raises this knows it
    """

    def __init__(self, reason, found="", expected="", target=None):
        super().__init__(f"{reason} {found!r} {expected}")
        self.reason = reason
        self.found = found
        self.expected = expected
        self.target = target
