# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import io

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import PdfReader, PdfWriter

from ..bill_run import stages


def _merged(contents):
    """Return PDF files as one, in their order."""
    writer = PdfWriter()
    for content in contents:
        for page in PdfReader(io.BytesIO(content)).pages:
            writer.add_page(page)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


class TelecomBillRun(models.Model):
    """Hands out the bills of a run, and counts what became of them."""

    _inherit = "telecom.bill.run"

    delivery_ids = fields.One2many(
        "telecom.bill.delivery", "bill_run_id", readonly=True
    )
    delivery_count = fields.Integer(compute="_compute_delivery_counts")
    mail_waiting_count = fields.Integer(
        "Mails to send", compute="_compute_delivery_counts"
    )
    mail_sent_count = fields.Integer("Mails sent", compute="_compute_delivery_counts")
    mail_failed_count = fields.Integer(
        "Mails failed or unclear", compute="_compute_delivery_counts"
    )
    mail_bounced_count = fields.Integer(
        "Mails bounced", compute="_compute_delivery_counts"
    )
    mail_refused_count = fields.Integer(
        "Mails refused", compute="_compute_delivery_counts"
    )
    to_print_count = fields.Integer("To print", compute="_compute_delivery_counts")

    @api.depends("delivery_ids.state")
    def _compute_delivery_counts(self):
        groups = self.env["telecom.bill.delivery"]._read_group(
            [("bill_run_id", "in", self.ids)], ["bill_run_id", "state"], ["__count"]
        )
        counts = {(run, state): count for run, state, count in groups}

        def count(run, *states):
            return sum(counts.get((run, state), 0) for state in states)

        for run in self:
            run.delivery_count = sum(n for (one, _), n in counts.items() if one == run)
            run.mail_waiting_count = count(run, "waiting", "sending")
            run.mail_sent_count = count(run, "sent")
            run.mail_failed_count = count(run, "failed", "unclear")
            run.mail_bounced_count = count(run, "bounced")
            run.mail_refused_count = count(run, "opted_out")
            run.to_print_count = count(run, "to_print")

    def action_send_bills(self):
        """Send the posted bills that nobody sent yet, each as its account wishes.

        Pressed again, it goes on with what still waits and sends nothing twice.
        """
        queued = self.env["telecom.bill.delivery"]
        for run in self:
            run._check_role(stages.BY_CODE["deliver"])
            run = run._engine()
            run._lock()
            if not stages.has_reached(run.state, "posted"):
                raise UserError(
                    self.env._("The bills of %s are not posted yet.", run.name)
                )
            if run._sql("80_insert_deliveries"):
                run.delivery_ids._announce()
            waiting = run.delivery_ids.filtered(lambda one: one.state == "waiting")
            waiting._queue()
            queued += waiting
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("%s bills wait to be mailed.", len(queued)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_print_post(self):
        """Return one PDF with the bills that go by post, and count them as printed."""
        self.ensure_one()
        self._check_role(stages.BY_CODE["deliver"])
        run = self._engine()
        run._lock()
        deliveries = run.delivery_ids.filtered(lambda one: one.state == "to_print")
        if not deliveries:
            raise UserError(self.env._("No bill of %s is to be printed.", run.name))
        moves = deliveries.move_id
        moves._telecom_generate_bill_pdf()
        stored = moves._telecom_stored_bill_pdfs()
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": self.env._(
                        "%s for the post.pdf", run.name.replace("/", "_")
                    ),
                    "raw": _merged(stored[move].raw for move in moves),
                    "mimetype": "application/pdf",
                    "res_model": run._name,
                    "res_id": run.id,
                }
            )
        )
        deliveries._note("printed", sent_at=fields.Datetime.now())
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "new",
        }

    def action_view_deliveries(self):
        """Open what became of each bill of the run."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_bill_delivery"
        )
        action["domain"] = [("bill_run_id", "=", self.id)]
        return action
