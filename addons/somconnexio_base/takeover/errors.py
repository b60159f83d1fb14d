# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What can be wrong with a cell or a layout."""


class ValueFault(Exception):
    """A cell cannot be used.

    :param str code: stable name of the fault, a key of ``faults.CODES``
    :param str expected: what would be right, in technical terms
    """

    def __init__(self, code, expected=""):
        super().__init__(f"{code} {expected}")
        self.code = code
        self.expected = expected


class LayoutError(Exception):
    """A layout contradicts itself or does not fit its file.

    :param str code: stable name of the fault
    :param values: what a message about it needs
    """

    def __init__(self, code, **values):
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values
