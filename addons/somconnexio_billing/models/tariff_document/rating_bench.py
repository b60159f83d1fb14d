# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A company of its own, made in a transaction, to rate usage by a document."""

from contextlib import closing, contextmanager

from ... import sql_steps
from ...tariff_document import Rated
from .bulk_rows import copy_rows, next_ids
from .document_rating import DocumentRating
from .subscription_rows import FIRST_DAY

NAMESPACE = "rate_usage:"
SHA256_OF_NOTHING = "0" * 64
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "active_test": False,
}


class RatingBench:
    """What every rating by a document starts from; used as a context.

    It makes a company, and one subscription with its account and line, of which the
    others are copied. The database's own prefixes and roaming countries are taken
    away. All of it is rolled back when the context ends.

    :param env: environment of the superuser
    :ivar str namespace: in front of the codes of records that all companies share
    """

    namespace = NAMESPACE

    def __init__(self, env):
        self.env = env

    def __enter__(self):
        self.savepoint = self.env.cr.savepoint()
        try:
            self._set_up()
        except BaseException:
            self.savepoint.close()
            raise
        return self

    def __exit__(self, *_exception):
        self.savepoint.close()

    def rate(self, document, rows, explain=True):
        """Rate usage and return its outcomes; nothing of it stays.

        :param TariffDocument document: the tariff
        :param rows: iterable of UsageRow, or of dicts of the usage file's columns
        :param bool explain: say why each event costs what it costs
        :return: Rated
        """
        with self.rating(document, rows) as reader:
            return Rated(list(reader.rows(explain)), list(reader.summary()))

    @contextmanager
    def rating(self, document, rows):
        """Rate usage and give an OutcomeReader of it, as long as the block lasts."""
        with closing(self.env.cr.savepoint()):
            yield DocumentRating(self, document).run(rows)

    def _set_up(self):
        env = self.env
        self.company_id = self._make_company()
        company = env["res.company"].browse(self.company_id)
        self.env = env = env(
            context={
                "lang": "en_US",
                **env.context,
                **QUIET,
                "allowed_company_ids": [self.company_id],
            }
        )
        self.company = company.with_env(env)
        sql_steps.run(env, "tariff_document/01_clear_numbering")
        env.invalidate_all()
        self.kind = env["telecom.resource.kind"].create(
            {"name": "Number", "code": NAMESPACE, "validator": "msisdn"}
        )
        self._make_file()
        self._make_prototypes()
        env.flush_all()

    def _make_company(self):
        """Copy the company's row alone: nothing of what Odoo adds to one is needed."""
        [company_id] = next_ids(self.env, "res_company", 1)
        name = f"{NAMESPACE}{company_id}"
        values = {"id": company_id, "name": name}
        copy_rows(self.env, "res_company", self.env.company.id, [values])
        return company_id

    def _make_file(self):
        """Make the usage file that events are of; its format names wholesale."""
        self.format = self.env["telecom.usage.format"].create(
            {"name": "Usage", "code": NAMESPACE, "company_id": self.company_id}
        )
        self.file = self.env["telecom.usage.file"].create(
            {
                "name": "usage.csv",
                "format_id": self.format.id,
                "company_id": self.company_id,
                "content_sha256": SHA256_OF_NOTHING,
            }
        )

    def _make_prototypes(self):
        """Make what subscriptions, accounts, lines and offerings are copies of."""
        env = self.env
        service_type = env["telecom.service.type"].create(
            {"name": "Service", "code": "rate_usage_document"}
        )
        self.product = env["product.product"].create(
            {
                "name": "Usage",
                "type": "service",
                "telecom_kind": "offering",
                "telecom_service_type_id": service_type.id,
            }
        )
        partner = env["res.partner"].create({"name": "Customer"})
        self.account = env["telecom.billing.account"].create(
            {
                "partner_id": partner.id,
                "company_id": self.company_id,
                "code": NAMESPACE,
            }
        )
        self.holder = env["contract.contract"].create(
            {
                "name": "Numbers",
                "code": NAMESPACE,
                "telecom_service_type_id": service_type.id,
                "telecom_billing_account_id": self.account.id,
                "telecom_state": "active",
                "contract_line_ids": [
                    (0, 0, {"product_id": self.product.id, "date_start": FIRST_DAY})
                ],
            }
        )
