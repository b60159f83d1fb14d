# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What can be wrong with a place that files are fetched from."""


class CollectionError(Exception):
    """A code and values; models/collection/messages.py has the words.

    :ivar str code: such as ``folder_missing``
    :ivar dict values: what the words name
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self):
        return f"{self.code} {self.values}"


class BoxError(CollectionError):
    """The whole place cannot be used: none of its files can be fetched."""


class FetchError(CollectionError):
    """One file cannot be fetched now; the others can."""


class PatternError(CollectionError):
    """A name pattern contradicts itself."""
