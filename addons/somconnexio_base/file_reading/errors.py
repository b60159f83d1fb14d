# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What can be wrong with a whole file."""


class FileError(Exception):
    """The whole file is unusable.

    :param str code: stable name of the fault, such as ``zip_corrupt``
    :param values: what a message about it needs
    """

    def __init__(self, code, **values):
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values
