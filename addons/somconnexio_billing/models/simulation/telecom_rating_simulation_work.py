# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How a simulation is worked off: chunk after chunk, a background job each."""

import json

from odoo import models

from ... import sql_steps
from ..rating.rating_sandbox import RatingSandbox

CHUNK_SUBSCRIPTIONS = 2_000


class TelecomRatingSimulation(models.Model):
    _inherit = "telecom.rating.simulation"

    def _list_subscriptions(self):
        """Add a line for each subscription in question, in numbered chunks."""
        self.flush_recordset()
        month = self._month()
        sql_steps.run(
            self.env,
            "simulation/10_insert_lines",
            simulation_id=self.id,
            company_id=self.company_id.id,
            start_at=month.start_at,
            end_at=month.end_at,
            subscription_ids=self._scope_ids("subscriptions", self.subscription_ids),
            partner_ids=self._scope_ids("customers", self.partner_ids),
            chunk_size=CHUNK_SUBSCRIPTIONS,
        )
        self.invalidate_recordset()

    def _scope_ids(self, scope, records):
        """Return the ids that a scope is limited to, None when it is not this one."""
        return records.ids if self.scope == scope else None

    def _queue_next(self):
        """Queue a job for the first chunk that is not worked out, or end."""
        line = self.env["telecom.rating.simulation.line"].search(
            [("simulation_id", "=", self.id), ("is_done", "=", False)],
            order="chunk, id",
            limit=1,
        )
        if not line:
            self.state = "done"
            return
        self.with_delay(
            identity_key=f"telecom.rating.simulation:{self.id}:{line.chunk}",
            description=self.env._(
                "Simulation %(name)s, part %(number)s",
                name=self.name,
                number=line.chunk + 1,
            ),
        )._job_simulate(line.chunk)

    def _job_simulate(self, chunk):
        """Work one chunk out and queue the next one (called by the job queue).

        Doing a chunk twice gives the same amounts.

        :param int chunk: number of the chunk
        """
        self.ensure_one()
        if self.state != "running":
            return
        self._simulate_chunk(chunk)
        self._queue_next()

    def _on_simulate_failed(self, exc_message=None, exc_name=None, **_values):
        """Note why a job gave up (called by the job queue)."""
        message = str(exc_message or exc_name or "")
        self.sudo().write({"state": "failed", "message": message})

    def _simulate_chunk(self, chunk):
        """Price the usage of a chunk in a sandbox and note what it came to."""
        lines = self.env["telecom.rating.simulation.line"].search(
            [("simulation_id", "=", self.id), ("chunk", "=", chunk)]
        )
        month = self._month()
        with RatingSandbox(self.env, self.company_id) as sandbox:
            sandbox.copy_subscriptions(lines.subscription_id.ids)
            self._replace_prices(sandbox)
            sandbox.copy_usage(["telecom_usage_event"], month.start_at, month.end_at)
            sandbox.rate(month.start_date, month.end_date)
            simulated = sql_steps.fetch(sandbox.env, "simulation/30_sum_simulated")
        sql_steps.run(
            self.env,
            "simulation/40_update_lines",
            simulation_id=self.id,
            chunk=chunk,
            start_at=month.start_at,
            end_at=month.end_at,
            simulated=json.dumps(simulated),
        )
        self.env.invalidate_all()

    def _replace_prices(self, sandbox):
        """Let the sandbox's subscriptions have the other offering or tariff."""
        from_ids = self.from_product_ids.ids or None
        if self.target == "offering":
            sql_steps.run(
                sandbox.env,
                "simulation/20_replace_offering",
                product_id=self.product_id.id,
                from_product_ids=from_ids,
            )
            return
        sql_steps.run(sandbox.env, "simulation/21_copy_offerings")
        sql_steps.run(
            sandbox.env,
            "simulation/22_replace_tariff",
            tariff_id=self.tariff_id.id,
            from_product_ids=from_ids,
        )
