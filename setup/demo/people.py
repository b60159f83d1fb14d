# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who can log in to the demo: one person for each role."""

from typing import NamedTuple


class Person(NamedTuple):
    """A user of the demo; the groups are xml ids."""

    login: str
    password: str
    role: str
    name: str = ""
    groups: tuple[str, ...] = ()


LOGINS = (
    Person("admin", "admin", "administrator: everything"),
    Person(
        "agent",
        "agent",
        "customer care: members, subscriptions, why a call costs what it costs",
        "Aina Agent",
        ("somconnexio_base.group_telecom_agent",),
    ),
    Person(
        "billing",
        "billing",
        "billing manager: usage files, tariffs, bill runs",
        "Bernat Facturació",
        (
            "somconnexio_base.group_telecom_billing_manager",
            "account.group_account_invoice",
        ),
    ),
    Person(
        "accountant",
        "accountant",
        "accountant: bills and journals",
        "Clara Comptable",
        ("somconnexio_base.group_telecom_accountant", "account.group_account_user"),
    ),
    Person(
        "technician",
        "technician",
        "technician: numbers, SIM cards, lines",
        "Toni Tècnic",
        ("somconnexio_base.group_telecom_technician",),
    ),
)
