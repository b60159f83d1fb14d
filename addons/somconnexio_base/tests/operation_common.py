# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to write tests about operations on subscriptions."""

import base64

from freezegun import freeze_time

from .common import NOW, SomconnexioCommon

IBAN = "ES9121000418450200051332"
OTHER_IBAN = "ES7921000813610123456789"
DOCUMENTS = [{"name": "request.pdf", "content": base64.b64encode(b"x").decode()}]


class OperationCommon(SomconnexioCommon):
    """A cooperative on 15 October 2026; ``cls.subscription`` runs since September."""

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time(NOW))
        super().setUpClass()
        cls.Operation = cls.env["telecom.subscription.operation"]
        cls.account = cls._create_billing_account(collection_method="transfer")
        cls.subscription = cls._create_subscription(
            account=cls.account, state="active", msisdn="612345678"
        )
        cls.new_holder = cls._create_partner("Pere Pons", email="pere@example.org")

    @classmethod
    def _operations(cls, answers):
        """Return the operations that a request has answered."""
        return cls.Operation.browse([answer["id"] for answer in answers])

    def _lines(self, subscription=None):
        """Return (product, first day, last day) of each line, by its first day."""
        lines = (subscription or self.subscription).contract_line_ids
        return [
            (
                line.product_id.name,
                str(line.date_start),
                line.date_end and str(line.date_end),
            )
            for line in lines.sorted(lambda li: (li.date_start, li.id))
        ]

    def _held(self, subscription=None, kind="msisdn"):
        """Return the assignments of a kind of resource, by start."""
        assignments = (subscription or self.subscription).assignment_ids
        return assignments.filtered(lambda a: a.kind_id.code == kind).sorted("start_at")
