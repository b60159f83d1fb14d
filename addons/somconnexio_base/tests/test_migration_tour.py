# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from io import BytesIO

import openpyxl

from odoo.tests import HttpCase, tagged

from .migration_common import MigrationCommon


@tagged("post_install", "-at_install")
class TestMigrationTour(HttpCase, MigrationCommon):
    """A migration in the browser, from its files to its report."""

    def _download(self, field):
        """Return what a file of the migration holds, as the browser gets it."""
        url = f"/web/content/telecom.migration.run/{self.run_made.id}/{field}"
        answer = self.url_open(f"{url}?download=true")
        self.assertEqual(answer.status_code, 200)
        return answer.content

    def test_files_are_uploaded_tried_taken_over_and_reconciled(self):
        self.env.ref("base.user_admin").lang = "en_US"
        menu = "/odoo/telecom-subscriptions"
        Run = self.env["telecom.migration.run"]
        self.start_tour(menu, "somconnexio_base_migration_try", login="admin")
        self.run_made = Run.search([("name", "=", "Tour Migration")])
        self.assertEqual(self.run_made.state, "trial_queued")
        self._run_cron("cron_telecom_migration")

        self.start_tour(menu, "somconnexio_base_migration_take_over", login="admin")
        faults = self._download("errors_file").decode("utf-8-sig").splitlines()
        self.assertEqual(len(faults), 2)
        self.assertTrue(faults[1].startswith("recursos.csv,3,12,VALOR,12,"))
        self._run_cron("cron_telecom_migration")
        self.assertEqual(self.run_made.state, "done")

        self.start_tour(menu, "somconnexio_base_migration_report", login="admin")
        book = openpyxl.load_workbook(BytesIO(self._download("report_file")))
        [_header, total] = book.worksheets[1].values
        self.assertEqual(total[1:6], (2, 1, 1, 1, 0))
