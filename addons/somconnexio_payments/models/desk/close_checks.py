# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The lines of a month close, in the order of the screen."""

from . import close_checks_bank, close_checks_owed

CHECKS = (*close_checks_bank.CHECKS, *close_checks_owed.CHECKS)
BY_CODE = {check.code: check for check in CHECKS}
