# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the numbering modules have in common."""

from stdnum.exceptions import ValidationError


def tell_by(validate):
    """Return the verb ``is_valid`` that goes with a module's ``validate``.

    :param validate: function of one value that returns its normal form or raises
    :return: function of one value that returns bool and never raises for bad input
    """

    def is_valid(value):
        """Tell whether ``validate`` accepts the value."""
        try:
            return bool(validate(value))
        except ValidationError:
            return False

    return is_valid
