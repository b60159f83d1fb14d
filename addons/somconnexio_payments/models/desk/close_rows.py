# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a figure of a month close is made of: rows, and what of them is summed."""

from dataclasses import dataclass

from odoo.tools.translate import LazyGettext

POSTED = ("parent_state", "=", "posted")


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows whose sum, or number, is a figure; the same rows are what its link opens.

    :ivar str model: of the rows
    :ivar str measure: stored field that is summed; empty: the rows are counted
    :ivar str less: stored field whose sum is taken off
    :ivar tuple domain: of the rows besides company and month; a value like
        ``@bank_accounts`` stands for the ids that ``_list_bank_accounts`` of the
        month close gives
    :ivar str day: field by which rows belong to the month; empty: all rows do
    :ivar bool is_instant: ``day`` is a UTC instant and no civil date
    :ivar bool is_until: rows of earlier months belong to it too
    :ivar int sign: -1 where the ledger's credit is the figure
    :ivar str company: field that says whose the rows are
    """

    model: str
    measure: str = ""
    domain: tuple = ()
    day: str = ""
    is_instant: bool = False
    is_until: bool = False
    sign: int = 1
    company: str = "company_id"
    less: str = ""


@dataclass(frozen=True, eq=False)
class Check:
    """One line of the checklist.

    :ivar str code: by which the line is kept
    :ivar str name: what should be so
    :ivar str remedy: what to do when it is not
    :ivar Rows figure: what there is
    :ivar Rows expected: what there should be; None: nothing
    """

    code: str
    name: LazyGettext
    remedy: LazyGettext
    figure: Rows
    expected: Rows | None = None

    @property
    def is_count(self):
        """Whether the figures are numbers of rows and no money."""
        return not self.figure.measure


def ledger(accounts, **more):
    """Return the journal items on some accounts until the end of the month.

    :param str accounts: name of a list, such as ``@bank_accounts``
    """
    domain = (("account_id", "in", accounts), POSTED)
    return Rows("account.move.line", "balance", domain, "date", is_until=True, **more)
