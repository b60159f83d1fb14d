# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rows of subscriptions, their accounts, tariff lines and one-shot allowances."""

from datetime import date, timedelta

from ...tariff_document.document import PlanLine, Subscription
from .bulk_rows import next_ids

#: First day of tariff lines that hold since ever.
FIRST_DAY = date(2000, 1, 1)
ONE_DAY = timedelta(days=1)
SHARED_ACCOUNT = "account "
TABLES = {
    "subscription": "contract_contract",
    "account": "telecom_billing_account",
    "line": "contract_line",
}


class SubscriptionRows:
    """The rows that a document's subscriptions need, in memory.

    :param env: where the ids are drawn from
    :param TariffDocument document: what it says of subscriptions
    :param codes: codes of those that have usage
    :param dict product_ids: product by code of the plan
    :param dict allowance_ids: allowance by codes of the plan and of the allowance
    :ivar dict account_codes: the document's code of each shared account, by id
    """

    def __init__(self, env, document, codes, product_ids, allowance_ids):
        self.env = env
        self.product_ids = product_ids
        self.allowance_ids = allowance_ids
        self.accounts, self.subscriptions, self.lines, self.grants = [], [], [], []
        self.account_ids, self.account_codes = {}, {}
        self._add_all(_subscriptions(document, codes))

    def _add_all(self, items):
        line_count = sum(len(item.lines) for item in items)
        accounts = {_account_code(item): item for item in items}
        ids = {
            "subscription": next_ids(self.env, TABLES["subscription"], len(items)),
            "account": next_ids(self.env, TABLES["account"], len(accounts)),
            "line": next_ids(self.env, TABLES["line"], line_count),
        }
        for code, account_id in zip(accounts, ids["account"], strict=True):
            self.account_ids[code] = account_id
            self.accounts.append({"id": account_id, "code": code})
            if code.startswith(SHARED_ACCOUNT):
                self.account_codes[account_id] = code.removeprefix(SHARED_ACCOUNT)
        line_ids = iter(ids["line"])
        for item, subscription_id in zip(items, ids["subscription"], strict=True):
            self._add(item, subscription_id, line_ids)

    def _add(self, item, subscription_id, line_ids):
        starts = [line.valid_from or FIRST_DAY for line in item.lines]
        self.subscriptions.append(
            {
                "id": subscription_id,
                "code": item.code,
                "name": item.code,
                "telecom_billing_account_id": self.account_ids[_account_code(item)],
                "activation_date": min(starts, default=FIRST_DAY),
                "termination_date": item.ends_on and item.ends_on - ONE_DAY,
            }
        )
        for line in item.lines:
            self.lines.append(
                {
                    "id": next(line_ids),
                    "contract_id": subscription_id,
                    "product_id": self.product_ids[line.plan],
                    "date_start": line.valid_from or FIRST_DAY,
                    "date_end": line.valid_to and line.valid_to - ONE_DAY,
                }
            )
        for grant in item.grants:
            self.grants.append(
                {
                    "subscription_id": subscription_id,
                    "allowance_id": self._allowance_id(item, grant.allowance),
                    "valid_from_at": grant.valid_from_at,
                    "expires_at": grant.expires_at,
                    "quantity": grant.quantity,
                    "turn": len(self.grants),
                }
            )

    def _allowance_id(self, item, code):
        """Return the allowance of that code of the first plan that has it."""
        found = (self.allowance_ids.get((line.plan, code)) for line in item.lines)
        return next(filter(None, found))


def _subscriptions(document, codes):
    """Return the document's subscriptions, or one for each code that has usage."""
    if document.subscriptions is not None:
        return document.subscriptions
    lines = (PlanLine(document.code, None, None),)
    return [Subscription(code, None, lines) for code in codes]


def _account_code(item):
    """Return the code of the account: shared ones can't meet a subscription's own."""
    if item.account is None:
        return f"subscription {item.code}"
    return f"{SHARED_ACCOUNT}{item.account}"
