# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: the products and share class that a sample delivery names."""

from odoo.addons.somconnexio_base.takeover.sample.delivery import FIBRE, MOBILE


def create_products(env):
    """Create the offerings of the sample."""
    for service, products in (("mobile", MOBILE), ("fibre", FIBRE)):
        service_type = env.ref(f"somconnexio_base.service_type_{service}")
        env["product.product"].create(
            [
                {
                    "name": code,
                    "default_code": code,
                    "type": "service",
                    "telecom_kind": "offering",
                    "telecom_service_type_id": service_type.id,
                    "list_price": 1,
                }
                for code, _price in products
            ]
        )


def create_world(env):
    """Create what a delivery refers to and does not bring."""
    env.company.country_id = env.ref("base.es")
    env.company.telecom_timezone = "Europe/Madrid"
    create_products(env)
    ShareClass = env["cooperative.share.class"]
    if not ShareClass.search([("company_id", "=", env.company.id)]):
        ShareClass.create(
            {"name": "Contribution", "code": "contribution", "share_price": 100}
        )


create_world(env)  # noqa: F821
env.cr.commit()  # noqa: F821
