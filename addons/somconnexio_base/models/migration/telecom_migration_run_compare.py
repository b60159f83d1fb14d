# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import models

from ... import sql_steps
from .writers import WRITERS

MOST_DIFFERENCES = 1_000


class TelecomMigrationRun(models.Model):
    """The files of a migration against the records that they became."""

    _inherit = "telecom.migration.run"

    def _reconcile(self):
        """Compare, kind by kind, the files with the records, and keep the result."""
        self.sudo().total_ids.unlink()
        self.sudo().issue_ids.filtered(lambda i: i.severity == "difference").unlink()
        self.env.flush_all()
        sql_steps.run(self.env, "migration/30_create_taken")
        sql_steps.run(self.env, "migration/31_create_facts")
        vals_list = [self._reconcile_step(step) for step in self.step_ids]
        self.env["telecom.migration.total"].sudo().create(vals_list)
        self._store_reports()

    def _reconcile_step(self, step):
        """Return the values of the total of one kind; differences become issues."""
        place = {"run_id": self.id, "kind": step.kind}
        self._read_facts(step)
        found = sql_steps.fetch(self.env, "migration/36_compare", **place)[0]
        if found["difference_count"]:
            sql_steps.run(
                self.env,
                "migration/37_list_differences",
                **place,
                row_limit=MOST_DIFFERENCES,
            )
        amounts = {k: float(v) for k, v in found.items() if isinstance(v, Decimal)}
        return {**place, "sequence": step.sequence, **found, **amounts}

    def _read_facts(self, step):
        """Have ``migration_fact`` say what the records of one kind say now."""
        profile = self.profile_id
        writer = WRITERS[step.kind]
        sql_steps.run(self.env, "migration/32_clear_comparison")
        sql_steps.run(
            self.env,
            "migration/33_fill_taken",
            run_id=self.id,
            kind=step.kind,
            model=writer.model_name,
            system=writer.system_of(profile),
        )
        sql_steps.run(self.env, "migration/34_analyze_taken")
        sql_steps.run(
            self.env, f"migration/facts/{step.kind}", base_system=profile.code
        )
        sql_steps.run(self.env, "migration/35_analyze_facts")
