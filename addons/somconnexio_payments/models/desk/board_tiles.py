# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The numbers of today's board. Each is one file of ``sql/desk/tiles/`` and a row here.

A tile's statement returns one row per company: ``company_id``, ``item_count`` and
``amount``. Its link opens the same rows.
"""

from dataclasses import dataclass, field

from odoo.tools.translate import LazyGettext, LazyTranslate

_lt = LazyTranslate(__name__)


@dataclass(frozen=True, eq=False)
class Tile:
    """One number with its link.

    :ivar str code: name of the file in ``sql/desk/tiles/``, without ``.sql``
    :ivar str model: what the number counts
    :ivar tuple domain: of the rows counted; ``today`` and ``today_start_at`` as texts
        stand for these values
    :ivar bool is_good: more of it is better; else a number above zero asks for work
    """

    code: str
    model: str
    name: LazyGettext
    domain: tuple
    is_good: bool = False
    context: dict = field(default_factory=dict)


TILES = (
    Tile(
        "debit_runs",
        "telecom.debit.run",
        _lt("Debit runs under way"),
        (("state", "in", ("draft", "proposed", "confirmed", "filed", "sent")),),
    ),
    Tile(
        "returns",
        "telecom.returned.debit",
        _lt("Returned debits to decide"),
        (("state", "=", "waiting"),),
    ),
    Tile(
        "bank_exceptions",
        "telecom.bank.transaction",
        _lt("Bank exceptions"),
        (("state", "=", "exception"),),
    ),
    Tile(
        "bills_overdue",
        "account.move",
        _lt("Bills overdue"),
        (
            ("telecom_billing_account_id", "!=", False),
            ("state", "=", "posted"),
            ("move_type", "=", "out_invoice"),
            ("payment_state", "in", ("not_paid", "partial")),
            ("invoice_date_due", "<", "today"),
        ),
    ),
    Tile(
        "dunning_cases",
        "telecom.dunning.case",
        _lt("Dunning cases"),
        (("state", "!=", "clear"),),
        context={"group_by": "step_id"},
    ),
    Tile(
        "disputes",
        "telecom.payment.dispute",
        _lt("Open claims"),
        (("state", "=", "open"),),
    ),
    Tile(
        "refunds_to_approve",
        "telecom.refund",
        _lt("Refunds to approve"),
        (("state", "=", "draft"),),
    ),
    Tile(
        "refunds_to_send",
        "telecom.refund",
        _lt("Refunds to send"),
        (("state", "in", ("approved", "ordered", "failed")),),
    ),
    Tile(
        "gateway_registers",
        "telecom.payment.gateway.register",
        _lt("Registers with differences"),
        (("state", "=", "open"),),
    ),
    Tile(
        "gateway_today",
        "telecom.payment.gateway.transaction",
        _lt("By bank app today"),
        (
            ("is_sandbox", "=", False),
            ("state", "=", "booked"),
            ("booked_at", ">=", "today_start_at"),
        ),
        is_good=True,
    ),
    Tile(
        "online_today",
        "payment.transaction",
        _lt("By card and Bizum today"),
        (("state", "=", "done"), ("last_state_change", ">=", "today_start_at")),
        is_good=True,
    ),
)
BY_CODE = {tile.code: tile for tile in TILES}
