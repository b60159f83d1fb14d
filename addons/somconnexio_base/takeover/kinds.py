# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The kinds of row that are taken over, their columns, and in which order.

A kind comes after those that its rows refer to. ``fixed`` columns say what a record
is: a later delivery may not change them, because that would rewrite history.
"""

from dataclasses import dataclass
from graphlib import TopologicalSorter


@dataclass(frozen=True)
class Column:
    """One column of a kind.

    :ivar str type: a key of ``values.READERS``, or ``choice``
    :ivar str refers: kind whose external id the cell holds
    :ivar tuple choices: the values of a ``choice``
    :ivar str help: for the person who maps the columns
    """

    name: str
    type: str = "text"
    help: str = ""
    is_required: bool = False
    is_fixed: bool = False
    refers: str = ""
    choices: tuple = ()
    default: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of row.

    :ivar tuple facts: columns compared with the records afterwards
    :ivar str amount: column that is summed, empty for none
    :ivar tuple unique: columns that together name one thing, once in a delivery
    """

    name: str
    columns: tuple
    facts: tuple
    amount: str = ""
    unique: tuple = ()

    @property
    def by_name(self):
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def references(self):
        """The columns that hold external ids of other rows."""
        return tuple(column for column in self.columns if column.refers)


ID = Column("external_id", "key", "Its id in the source.", True, True)


def _ref(name, kind, text, is_required=True):
    return Column(name, "key", text, is_required, is_required, refers=kind)


PARTNER = Kind(
    "partner",
    (
        ID,
        Column("name", help="Full name or company name.", is_required=True),
        Column("is_company", "flag", "Company or association, not a person."),
        _ref("parent", "partner", "Whom a contact or address belongs to.", False),
        Column(
            "address_kind",
            "choice",
            "What a contact of a parent is.",
            choices=("contact", "invoice", "delivery", "other"),
        ),
        Column("tax_id", "tax_id", "NIF, NIE, CIF or European VAT number."),
        Column("email", "email"),
        Column("phone", "phone"),
        Column("street"),
        Column("street2"),
        Column("zip"),
        Column("city"),
        Column("state", help="Code of the province, such as B."),
        Column("country", "country", "Two letters, such as ES."),
        Column("lang", "key", "Language code, such as ca_ES."),
        Column("reference", "key", "Number that people know the customer by."),
        Column("note", "note"),
    ),
    ("name", "is_company", "email", "zip", "city"),
)
MEMBERSHIP = Kind(
    "membership",
    (
        ID,
        _ref("partner", "partner", "Who is the member."),
        Column("number", "key", "Number in the book of members.", True, True),
        Column(
            "kind",
            "choice",
            is_fixed=True,
            choices=("member", "sponsored", "agreement"),
            default="member",
        ),
        Column("admitted_date", "date", "Empty: the day of joining.", is_fixed=True),
        Column("joined_date", "date", "First day as a member.", True, True),
        Column("left_date", "date", "First day no longer a member.", is_fixed=True),
        Column("leaving_reason", "key", "Code of the reason.", is_fixed=True),
        Column("sponsor_code", "key", is_fixed=True),
        _ref("sponsor", "membership", "Who sponsors a sponsored user.", False),
        _ref("representative", "partner", "Who acts for an entity or minor.", False),
        Column("agreement", "key", "Code of the agreement.", is_fixed=True),
        Column("share_class", "key", "Empty: the first class.", is_fixed=True),
        Column("share_count", "integer", "Shares held.", is_fixed=True),
        Column("paid_amount", "decimal", "Empty: all of them.", is_fixed=True),
        Column("remaining_instalments", "integer", is_fixed=True),
        Column("next_due_date", "date", "Of the next instalment.", is_fixed=True),
        Column(
            "refundable_amount", "decimal", "Still owed to who left.", is_fixed=True
        ),
        Column("refund_due_date", "date", "Empty: after the term.", is_fixed=True),
    ),
    (
        "partner",
        "number",
        "kind",
        "joined_date",
        "left_date",
        "agreement",
        "share_count",
        "refundable_amount",
    ),
    amount="paid_amount",
    unique=("number",),
)
BILLING_ACCOUNT = Kind(
    "billing_account",
    (
        ID,
        _ref("partner", "partner", "Who pays."),
        Column("code", "key", "Empty: the next code.", is_fixed=True),
        Column("iban", "iban", "Where direct debits are drawn."),
        Column(
            "collection_method",
            "choice",
            choices=("direct_debit", "transfer"),
            default="direct_debit",
        ),
        Column(
            "bill_delivery",
            "choice",
            choices=("email", "portal", "post"),
            default="email",
        ),
        Column("bill_email", "email", "Empty: the payer's."),
        Column("lang", "key", "Language of the bills; empty: the payer's."),
    ),
    ("partner", "iban", "collection_method"),
    unique=("code",),
)
MANDATE = Kind(
    "mandate",
    (
        ID,
        _ref("billing_account", "billing_account", "Whose account is debited."),
        Column("reference", "key", "Unique mandate reference.", True, True),
        Column("iban", "iban", "If given, it must be the billing account's."),
        Column("signed_date", "date", "Day of signature.", True),
        Column("scheme", "choice", choices=("CORE", "B2B"), default="CORE"),
        Column("last_debit_date", "date", "Last collection under this mandate."),
        Column("is_used", "flag", "Debited before; empty: if it has a last debit."),
    ),
    ("billing_account", "reference", "signed_date", "scheme", "last_debit_date"),
    unique=("reference",),
)
SUBSCRIPTION = Kind(
    "subscription",
    (
        ID,
        _ref("partner", "partner", "The holder."),
        _ref("billing_account", "billing_account", "Who pays."),
        Column("service_type", "key", "Code of the service type.", True, True),
        Column("code", "key", "Empty: the next code.", is_fixed=True),
        Column(
            "state",
            "choice",
            is_required=True,
            is_fixed=True,
            choices=("pending", "active", "suspended", "terminated"),
        ),
        Column("activation_date", "date", "First day of service.", is_fixed=True),
        Column("suspension_date", "date", is_fixed=True),
        Column("suspension_reason", "key", "Code of the reason.", is_fixed=True),
        Column("termination_date", "date", "Last day of service.", is_fixed=True),
        Column("termination_reason", "key", "Code of the reason.", is_fixed=True),
        _ref("service_address", "partner", "Where it is delivered.", False),
        Column("note", "note"),
    ),
    (
        "partner",
        "billing_account",
        "service_type",
        "state",
        "activation_date",
        "suspension_date",
        "termination_date",
    ),
    unique=("code",),
)
LINE = Kind(
    "line",
    (
        ID,
        _ref("subscription", "subscription", "Whose tariff or add-on."),
        Column("product", "key", "Internal reference of the product.", True, True),
        Column("start_date", "date", "First day.", True, True),
        Column("end_date", "date", "Last day; empty: goes on."),
        Column("price", "decimal", "Monthly, without tax; empty: the catalogue's."),
        Column("quantity", "decimal", default="1"),
        Column("discount", "decimal", "Percent."),
        Column("description", help="Empty: the product's name."),
    ),
    ("subscription", "product", "start_date", "end_date"),
    amount="price",
)
RESOURCE = Kind(
    "resource",
    (
        ID,
        Column("kind", "key", "msisdn, iccid, fixed_number …", True, True),
        Column("value", "key", "The number itself.", True, True),
        Column("supplier_reference", "key"),
        Column("note", "note"),
    ),
    ("kind", "value"),
    unique=("kind", "value"),
)
ASSIGNMENT = Kind(
    "assignment",
    (
        ID,
        _ref("subscription", "subscription", "Who holds it."),
        _ref("resource", "resource", "What is held."),
        Column("start_date", "date", "First day.", True, True),
        Column("end_date", "date", "Last day; empty: still held."),
    ),
    ("subscription", "resource", "start_date", "end_date"),
)
#: A bill may have taxes of so many rates.
TAX_PLACES = (1, 2, 3)
TAX_PARTS = ("tax_rate", "tax_base", "tax_amount")


def tax_names(place):
    """Return the columns of one rate of a bill.

    >>> tax_names(1)
    ('tax_rate_1', 'tax_base_1', 'tax_amount_1')
    """
    return tuple(f"{part}_{place}" for part in TAX_PARTS)


def _tax_columns():
    helps = ("Percent.", "What this rate is on.", "The tax of this rate.")
    for place in TAX_PLACES:
        for name, text in zip(tax_names(place), helps, strict=True):
            yield Column(name, "decimal", text, is_fixed=True)


BILL = Kind(
    "bill",
    (
        ID,
        Column("number", "key", "As on the bill.", True, True),
        _ref("partner", "partner", "Whom it was for."),
        _ref("billing_account", "billing_account", "Whose bill.", False),
        Column(
            "bill_type",
            "choice",
            is_fixed=True,
            choices=("invoice", "refund"),
            default="invoice",
        ),
        Column("issue_date", "date", "Date of the bill.", True, True),
        Column("due_date", "date"),
        Column("period_start", "date", "First day billed.", is_fixed=True),
        Column("period_end", "date", "Last day billed.", is_fixed=True),
        Column("amount_untaxed", "decimal", "", True, True),
        Column("amount_tax", "decimal", "", True, True),
        Column("amount_total", "decimal", "", True, True),
        Column("amount_residual", "decimal", "Still unpaid; 0: paid.", True),
        *_tax_columns(),
        Column("tax_detail", "note", "What the bill says besides, such as exemptions."),
        Column("note", "note"),
    ),
    (
        "number",
        "partner",
        "bill_type",
        "issue_date",
        "amount_untaxed",
        "amount_tax",
        "amount_total",
        "amount_residual",
        *(name for place in TAX_PLACES for name in tax_names(place)),
    ),
    amount="amount_total",
    unique=("number",),
)

KINDS = {
    kind.name: kind
    for kind in (
        PARTNER,
        MEMBERSHIP,
        BILLING_ACCOUNT,
        MANDATE,
        SUBSCRIPTION,
        LINE,
        RESOURCE,
        ASSIGNMENT,
        BILL,
    )
}


def in_order(names):
    """Return kinds in an order in which each follows those it refers to.

    >>> in_order(["line", "partner", "subscription"])
    ['partner', 'subscription', 'line']

    :param names: names of kinds
    :raise KeyError: for a name that is no kind
    """
    wanted = set(names)
    graph = {
        name: sorted({column.refers for column in kind.references} - {name})
        for name, kind in KINDS.items()
    }
    if unknown := wanted - KINDS.keys():
        raise KeyError(", ".join(sorted(unknown)))
    return [name for name in TopologicalSorter(graph).static_order() if name in wanted]
