# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The books of a cooperative: the steps that list them, their columns, their words.

Columns stand in the order of the step's. Those without a share of the page are only
in the spreadsheet.
"""

from typing import NamedTuple

from ...register import PdfColumn
from ...spreadsheet import Column, Kind

TEXT, NUMBER, DATE = Kind.TEXT, Kind.NUMBER, Kind.DATE
#: Book -> (step that lists it, step that counts and sums it).
STEPS = {
    "member_book": ("membership/10_list_member_book", "membership/11_sum_member_book"),
    "capital_book": (
        "membership/20_list_capital_book",
        "membership/21_sum_capital_book",
    ),
    "movements": ("membership/25_list_movements", "membership/26_sum_movements"),
    "census": ("membership/30_list_census", "membership/31_sum_census"),
}


class BookColumn(NamedTuple):
    """One column of a book.

    :ivar name: of the step's column; a total of that name is printed below it
    :ivar share: of the page's width, 0 when the PDF leaves it out
    :ivar words: {value: text} for codes; None prints the value
    """

    name: str
    title: str
    kind: Kind = TEXT
    width: int = 14
    share: float = 1
    digits: int = 0
    words: dict | None = None

    @property
    def sheet_column(self):
        """The column of the spreadsheet."""
        return Column(self.title, self.kind, self.width, self.digits)

    @property
    def page_column(self):
        """The column of the PDF."""
        return PdfColumn(self.title, self.share, self.kind is NUMBER)


def title(env, book):
    """Return the name of a book in the user's language."""
    return {
        "member_book": env._("Book of members"),
        "capital_book": env._("Book of contributions to share capital"),
        "movements": env._("Movements of share capital"),
        "census": env._("Census of voters"),
    }[book]


def columns(env, book):
    """Return the columns of a book, their titles in the user's language."""
    make = {
        "member_book": _member_book,
        "capital_book": _capital_book,
        "movements": _movements,
        "census": _census,
    }[book]
    return make(env)


def _words(env, model_name, field_name):
    """Return {code: label} of a selection field."""
    field = env[model_name]._fields[field_name]
    return dict(field._description_selection(env))


def _member_book(env):
    kinds = _words(env, "cooperative.membership", "kind")
    reasons = _words(env, "cooperative.leaving", "reason")
    return (
        BookColumn("number", env._("No."), share=0.65),
        BookColumn("name", env._("Member"), width=32, share=2.2),
        BookColumn("vat", env._("Tax ID"), share=1.1),
        BookColumn("address", env._("Address"), width=48, share=4.3),
        BookColumn("kind", env._("Kind"), share=0.85, words=kinds),
        BookColumn("representative_name", env._("Represented by"), share=1.2, width=28),
        BookColumn("admitted_date", env._("Admitted"), DATE, 11, 1.12),
        BookColumn("joined_date", env._("Joined"), DATE, 11, 1.12),
        BookColumn("left_date", env._("Left"), DATE, 11, 1.12),
        BookColumn("leaving_reason", env._("Why"), share=1.0, width=24, words=reasons),
        BookColumn("share_count", env._("Shares"), NUMBER, 8, 0.6),
        BookColumn("subscribed_amount", env._("Subscribed"), NUMBER, 13, 0.95, 2),
        BookColumn("paid_amount", env._("Paid"), NUMBER, 13, 0.95, 2),
    )


def _balances(env):
    return (
        BookColumn("share_count", env._("Shares"), NUMBER, 8, 0.6),
        BookColumn("subscribed_amount", env._("Subscribed"), NUMBER, 13, 1, 2),
        BookColumn("called_amount", env._("Called"), NUMBER, 13, 1, 2),
        BookColumn("paid_amount", env._("Paid"), NUMBER, 13, 1, 2),
    )


def _capital_book(env):
    return (
        BookColumn("number", env._("No."), share=0.7),
        BookColumn("name", env._("Member"), width=32, share=2.6),
        BookColumn("vat", env._("Tax ID"), share=1.1),
        BookColumn("share_class", env._("Share class"), width=24, share=1.8),
        BookColumn("first_date", env._("Since"), DATE, 11, 0.95),
        *_balances(env),
        BookColumn("unpaid_amount", env._("Not paid"), NUMBER, 13, 1, 2),
        BookColumn("refundable_amount", env._("To be refunded"), NUMBER, 13, 1, 2),
    )


def _movements(env):
    kinds = _words(env, "cooperative.share.movement", "kind")
    return (
        BookColumn("id", env._("Movement"), NUMBER, 9, 0.7),
        BookColumn("date", env._("Date"), DATE, 11, 0.9),
        BookColumn("number", env._("No."), share=0.7),
        BookColumn("name", env._("Member"), width=32, share=2.2),
        BookColumn("share_class", env._("Share class"), width=24, share=1.5),
        BookColumn(
            "kind", env._("Movement of capital"), width=24, share=1.5, words=kinds
        ),
        BookColumn("other_member", env._("To or from"), width=32, share=1.6),
        *_balances(env),
        BookColumn("refundable_amount", env._("To be refunded"), NUMBER, 13, 1, 2),
        BookColumn("entry_number", env._("Journal entry"), width=18, share=1.4),
    )


def _census(env):
    yes = {True: env._("Yes"), False: ""}
    return (
        BookColumn("number", env._("No."), share=0.7),
        BookColumn("name", env._("Member"), width=32, share=2.6),
        BookColumn("vat", env._("Tax ID"), share=1.1),
        BookColumn("joined_date", env._("Joined"), DATE, 11, 0.9),
        BookColumn("representative_name", env._("Acts for them"), width=28, share=1.8),
        BookColumn("has_overdue_capital", env._("Owes capital"), share=0.8, words=yes),
        BookColumn("delegated_to", env._("Vote delegated to"), width=32, share=2.2),
        BookColumn("delegation_count", env._("Represents"), NUMBER, 10, 0.8),
        BookColumn("vote_count", env._("Votes"), NUMBER, 8, 0.6),
    )
