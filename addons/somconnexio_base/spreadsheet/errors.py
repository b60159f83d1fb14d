# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is wrong with a table: in which line and column, and what to do."""

from .text import Text as _, english, told

# pylint: disable=prefer-env-translation  # there is no env in plain Python
SHOWN_COUNT = 20


class TableError(ValueError):
    """A table that can't be used.

    :ivar list faults: texts that name line and column: a ``Text``, or a str that is
        translated
    """

    def __init__(self, faults):
        self.faults = list(faults)
        super().__init__(self.told(english))

    def told(self, translate):
        """Return the first faults in another language, a line each.

        :param translate: function of a source and values, such as Odoo's ``env._``
        """
        shown = [str(told(fault, translate)) for fault in self.faults[:SHOWN_COUNT]]
        more = len(self.faults) - SHOWN_COUNT
        if more > 0:
            shown.append(_("… and %(count)s more", count=more).told(translate))
        return "\n".join(shown)
