# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What can be wrong with the settings of an endpoint."""


class SettingError(ValueError):
    """A setting that can't be used.

    ``code`` says what is wrong, ``value`` is what was written; whoever shows it
    to people finds the words.
    """

    def __init__(self, code, value=""):
        super().__init__(f"{code}: {value}")
        self.code = code
        self.value = value
