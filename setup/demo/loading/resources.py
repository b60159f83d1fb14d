# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Numbers, SIM cards and lines, and who held them when."""

from .batch import create_all


def load_resources(env, rows):
    """Create the resources.

    :return: dict of (kind code, name) to telecom.resource id
    """
    kinds = {kind.code: kind.id for kind in env["telecom.resource.kind"].search([])}
    ids = create_all(
        env,
        "telecom.resource",
        rows,
        lambda row: {"kind_id": kinds[row["kind"]], "name": row["name"]},
    )
    keys = ((row["kind"], row["name"]) for row in rows)
    return dict(zip(keys, ids, strict=True))


def load_assignments(env, rows, resources, subscriptions):
    """Create the assignments, the earlier holders of a resource first.

    :param dict resources: as ``load_resources`` returns it
    :param dict subscriptions: subscription code to id
    """

    def prepare(row):
        return {
            "resource_id": resources[row["kind"], row["resource"]],
            "subscription_id": subscriptions[row["subscription"]],
            "start_at": _odoo_instant(row["start_at"]),
            "end_at": _odoo_instant(row["end_at"]),
        }

    # Both holders of a number in one batch, before it rests in quarantine.
    rows = sorted(rows, key=lambda r: (r["kind"], r["resource"], r["start_at"]))
    create_all(env, "telecom.resource.assignment", rows, prepare)


def _odoo_instant(text):
    """Return 2026-10-01T22:00:00Z as Odoo writes UTC instants, None as False."""
    return text.replace("T", " ").removesuffix("Z") if text else False
