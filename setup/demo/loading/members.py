# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Members, their bank accounts and billing accounts."""

from .batch import create_all


def load_members(env, rows):
    """Create the members.

    :return: dict of member code to res.partner id
    """
    spain = env.ref("base.es").id
    states = {
        state.code: state.id
        for state in env["res.country.state"].search([("country_id", "=", spain)])
    }

    def prepare(row):
        return {
            "ref": row["code"],
            "name": row["name"],
            "is_company": row["is_company"],
            "vat": f"ES{row['vat']}",
            "lang": row["lang"],
            "street": row["street"],
            "zip": row["zip"],
            "city": row["town"],
            "state_id": states[row["state_code"]],
            "country_id": spain,
            "email": row["email"],
            "customer_rank": 1,
        }

    ids = create_all(env, "res.partner", rows, prepare)
    return dict(zip((row["code"] for row in rows), ids, strict=True))


def load_billing_accounts(env, rows, partners):
    """Create the bank accounts and the billing accounts that pay by them.

    :param dict partners: as ``load_members`` returns it
    :return: dict of account code to telecom.billing.account id
    """
    paying = [row for row in rows if row["iban"]]
    bank_ids = create_all(
        env,
        "res.partner.bank",
        paying,
        lambda row: {
            "acc_number": row["iban"],
            "partner_id": partners[row["member"]],
            "allow_out_payment": False,
        },
    )
    banks = dict(zip((row["code"] for row in paying), bank_ids, strict=True))

    def prepare(row):
        return {
            "code": row["code"],
            "partner_id": partners[row["member"]],
            "partner_bank_id": banks.get(row["code"], False),
            "collection_method": row["collection_method"],
            "bill_email": ", ".join(row["emails"]),
            "lang": row["lang"],
        }

    ids = create_all(env, "telecom.billing.account", rows, prepare)
    return dict(zip((row["code"] for row in rows), ids, strict=True))
