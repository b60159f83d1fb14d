# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What may go wrong in the generator, as types."""


class GeneratorError(Exception):
    """Root of the generator's errors; its text says what to do."""


class SettingsError(GeneratorError):
    """The size, month or seed asked for cannot be made."""
