# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date, timedelta
from xml.etree import ElementTree

from odoo.tests import HttpCase, new_test_user, tagged

from .debit_common import DebitCommon
from .payments_common import IBANS

NAMESPACE = "{urn:iso:std:iso:20022:tech:xsd:pain.008.001.08}"


@tagged("post_install", "-at_install")
class TestDebitTour(HttpCase, DebitCommon):
    """A debit run in the browser, from nothing to the file for the bank."""

    def test_accountant_proposes_looks_confirms_and_exports_a_run(self):
        new_test_user(
            self.env,
            "tour_accountant",
            groups="somconnexio_base.group_telecom_accountant",
            lang="en_US",
        )
        today = date.today()
        self._create_bills(today)
        self.start_tour(
            "/odoo/action-somconnexio_payments.action_telecom_debit_run",
            "somconnexio_payments_debit_run",
            login="tour_accountant",
        )
        run = self.Run.search([], limit=1)
        self.assertEqual(run.state, "filed")
        document = ElementTree.fromstring(self._file(run))
        sums = {element.text for element in document.iter(f"{NAMESPACE}CtrlSum")}
        self.assertEqual(sums, {"65.50"})

    def _create_bills(self, day):
        """Create two bills that can be debited, and one that cannot."""
        signed = {"signature_date": day - timedelta(days=90)}
        for name, iban, amount in (
            ("Maria Tour", IBANS[0], 25.5),
            ("Joan Tour", IBANS[1], 40),
        ):
            account = self._create_payer(name, iban)
            self._create_mandate(account, **signed)
            self._create_bill(account, amount, day, day)
        unsigned = self._create_payer("Anna Tour", IBANS[2])
        self._create_bill(unsigned, 10, day, day)
