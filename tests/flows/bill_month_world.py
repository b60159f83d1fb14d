# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: five members whose usage is small enough to price by hand.

The month is in the environment variable BILL_MONTH, by its first day. Numbers are the
ones of bill_month_files. Two accounts make a slice, so that the month takes three.
"""

import os

from bill_month_files import LANDLINE, MOBILES

MONTH_START = os.environ["BILL_MONTH"]
PREFIX = "somconnexio_billing"
#: usage type, direction, destination, zone, price, per so many units, category
RATES = (
    ("voice", "outgoing", "es_mobile", "", "0.06", 60, "voice_national"),
    ("voice", "outgoing", "es_fixed", "", "0.06", 60, "voice_national"),
    ("voice", "incoming", "", "", "0", 60, "voice_incoming"),
    ("sms", "outgoing", "es_mobile", "", "0.1", 1, "sms_national"),
    ("data", "outgoing", "", "", "0.01", 1048576, "data_national"),
    ("data", "outgoing", "", "eu", "0.02", 1048576, "data_roaming"),
)


def set_up_company(env):
    """Account by the Spanish chart for cooperatives, if the template does not yet."""
    company = env.company
    company.country_id = env.ref("base.es")
    if company.chart_template != "es_coop_pymes":
        env["account.chart.template"].try_loading(
            "es_coop_pymes", company=company, install_demo=False
        )
    company.tax_calculation_rounding_method = "round_globally"
    company.telecom_timezone = "Europe/Madrid"
    env["ir.default"].set("telecom.bill.run", "slice_size", 2)
    tax = env["account.chart.template"].ref("account_tax_template_s_iva21s")
    categories = env["telecom.usage.category"].search([])
    categories.product_id.taxes_id = tax
    return tax


def create_tariff(env):
    """Return the one tariff of the world."""
    ref = env.ref
    tariff = env["telecom.tariff"].create({"name": "Small", "code": "SMALL"})
    env["telecom.tariff.rate"].create(
        [
            {
                "tariff_id": tariff.id,
                "usage_type_id": ref(f"{PREFIX}.usage_type_{usage_type}").id,
                "direction": direction,
                "destination_id": destination
                and ref(f"{PREFIX}.destination_{destination}").id,
                "zone_id": zone and ref(f"{PREFIX}.roaming_zone_{zone}").id,
                "unit_price": price,
                "price_unit": price_unit,
                "first_increment": 1,
                "next_increment": 1,
                "category_id": ref(f"{PREFIX}.usage_category_{category}").id,
            }
            for (
                usage_type,
                direction,
                destination,
                zone,
                price,
                price_unit,
                category,
            ) in RATES
        ]
    )
    return tariff


def create_offering(env, tax, tariff, name, price, service):
    """Return the product of an offering."""
    service_type = env.ref(f"somconnexio_base.service_type_{service}")
    return env["product.product"].create(
        {
            "name": name,
            "default_code": name.upper(),
            "type": "service",
            "telecom_kind": "offering",
            "telecom_service_type_id": service_type.id,
            "telecom_tariff_id": tariff.id,
            "list_price": price,
            "taxes_id": tax.ids,
        }
    )


def include_two_minutes(env, offering):
    """Give an offering an allowance of national calls."""
    env["telecom.allowance"].create(
        {
            "name": "2 minutes",
            "product_tmpl_id": offering.product_tmpl_id.id,
            "usage_type_id": env.ref(f"{PREFIX}.usage_type_voice").id,
            "quantity": 120,
        }
    )


def create_account(env, name):
    """Return the billing account of a new member."""
    partner = env["res.partner"].create(
        {"name": name, "email": "member@example.org", "lang": "en_US"}
    )
    return env["telecom.billing.account"].create(
        {"partner_id": partner.id, "collection_method": "transfer"}
    )


def subscribe(env, account, offering, resources):
    """Create a subscription in service since the month's first day.

    :param dict resources: value by code of the kind of resource
    """
    subscription = env["contract.contract"].create(
        {
            "telecom_service_type_id": offering.telecom_service_type_id.id,
            "telecom_billing_account_id": account.id,
            "contract_line_ids": [
                (0, 0, {"product_id": offering.id, "date_start": MONTH_START})
            ],
        }
    )
    for kind, name in resources.items():
        resource = env["telecom.resource"].create(
            {
                "kind_id": env.ref(f"somconnexio_base.resource_kind_{kind}").id,
                "name": name,
            }
        )
        env["telecom.resource.assignment"].create(
            {
                "subscription_id": subscription.id,
                "resource_id": resource.id,
                "start_at": env.company._telecom_day_start_at(MONTH_START),
            }
        )
    subscription.activate(MONTH_START)


def create_world(env):
    """Create members, catalogue and subscriptions."""
    from stdnum import luhn

    tax = set_up_company(env)
    tariff = create_tariff(env)
    mobile = create_offering(env, tax, tariff, "Mobile", 10, "mobile")
    landline = create_offering(env, tax, tariff, "Landline", 5, "fixed")
    include_two_minutes(env, mobile)
    for number, (name, msisdn) in enumerate(MOBILES.items()):
        account = create_account(env, name)
        body = f"89340499{number:010d}"
        iccid = body + luhn.calc_check_digit(body)
        subscribe(env, account, mobile, {"msisdn": msisdn, "iccid": iccid})
        if name in LANDLINE:
            subscribe(env, account, landline, {"fixed_number": LANDLINE[name]})


create_world(env)  # noqa: F821
env.cr.commit()  # noqa: F821
