# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Subscriptions with their dated lines, and what ended or paused of them."""

from datetime import date

from .batch import QUIET, batches, commit, create_all, show

#: Why the generated subscriptions end or pause; codes of lifecycle reasons.
END_REASON = "member_leaves"
PAUSE_REASON = "non_payment"


def load_subscriptions(env, rows, accounts):
    """Create the subscriptions as running ones (or pending), without lines.

    :param dict accounts: billing account code to id
    :return: dict of subscription code to contract.contract id
    """
    types = {kind.code: kind.id for kind in env["telecom.service.type"].search([])}

    def prepare(row):
        first_date = row["lines"][0]["date_start"]
        is_pending = row["state"] == "pending"
        return {
            "code": row["code"],
            "telecom_service_type_id": types[row["service_type"]],
            "telecom_billing_account_id": accounts[row["billing_account"]],
            "telecom_state": "pending" if is_pending else "active",
            "activation_date": row["activation_date"],
            "date_start": first_date,
            "recurring_next_date": first_date,
        }

    ids = create_all(env, "contract.contract", rows, prepare)
    return dict(zip((row["code"] for row in rows), ids, strict=True))


def load_lines(env, rows, subscriptions):
    """Create the dated lines of the subscriptions.

    :param dict subscriptions: subscription code to id
    :raise LookupError: naming the codes that the catalogue lacks
    """
    lines = [(row["code"], line) for row in rows for line in row["lines"]]
    products = _products(env, {line["offering"] for _code, line in lines})

    def prepare(pair):
        code, line = pair
        vals = {
            "contract_id": subscriptions[code],
            "product_id": products[line["offering"]],
            "date_start": line["date_start"],
            "recurring_next_date": line["date_start"],
            "date_end": line["date_end"],
        }
        if line["price"]:
            vals["specific_price"] = line["price"]
        return vals

    create_all(env, "contract.line", lines, prepare)


def _products(env, codes):
    """Return ``{default_code: product.product id}``."""
    found = env["product.product"].search([("default_code", "in", sorted(codes))])
    products = {product.default_code: product.id for product in found}
    if missing := codes - products.keys():
        raise LookupError(
            f"The catalogue lacks {', '.join(sorted(missing))}: load it, or mend "
            "setup/usage_generator/reference/offerings.csv."
        )
    return products


def follow_lives(env, rows, subscriptions):
    """Suspend and terminate what the world says, on its dates."""
    _apply(env, rows, subscriptions, ("suspended", "suspension_date"), _suspend)
    _apply(env, rows, subscriptions, ("terminated", "termination_date"), _terminate)


def _apply(env, rows, subscriptions, state_and_field, verb):
    state, field = state_and_field
    by_date = {}
    for row in rows:
        if row["state"] == state:
            by_date.setdefault(row[field], []).append(subscriptions[row["code"]])
    done = 0
    total = sum(map(len, by_date.values()))
    for day, ids in sorted(by_date.items()):
        for batch in batches(ids):
            contracts = env["contract.contract"].with_context(**QUIET).browse(batch)
            verb(contracts, date.fromisoformat(day))
            done += len(batch)
            commit(env)
        show(state, done, total)


def _suspend(contracts, day):
    contracts.suspend(_reason(contracts.env, PAUSE_REASON), day)


def _terminate(contracts, day):
    contracts.terminate(_reason(contracts.env, END_REASON), day)


def _reason(env, code):
    return env["telecom.lifecycle.reason"].search([("code", "=", code)], limit=1)
