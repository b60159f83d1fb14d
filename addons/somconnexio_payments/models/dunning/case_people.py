# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What people decide about a case: wait, go on, a letter was handed over."""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.models.pdf_document import open_document

STAFF = ("agent", "accountant")


class TelecomDunningCase(models.Model):
    _inherit = "telecom.dunning.case"

    def action_hold(self):
        """Ask until when nothing is done, and why."""
        return self._open_decision("hold", self.env._("Put on hold"))

    def action_note_handed_over(self):
        """Ask on which day the last notice was handed over, and how."""
        return self._open_decision("proof", self.env._("Notice handed over"))

    def _open_decision(self, kind, title):
        """Open the dialog of a decision."""
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "telecom.dunning.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_kind": kind, "default_case_ids": self.ids},
        }

    def hold(self, until, reason):
        """Do nothing about cases before a day.

        :param until: civil date, the first day on which it goes on; date or ISO text
        :param str reason: for those who look at it later
        :return: True
        :raise UserError: without a reason, for a day that is over, or a case that is
            paid
        """
        self._require_group(*STAFF)
        until, reason = self._read_decision(until, reason)
        if not reason:
            raise UserError(self.env._("Say why nothing is to be done."))
        for case in self:
            case._check_live()
            if not until or until <= case.company_id._telecom_today():
                raise UserError(
                    self.env._("Choose a day after today until which to wait.")
                )
            case._write_guarded(hold_until_date=until, hold_reason=reason)
            case._log("held", note=f"{fields.Date.to_string(until)}: {reason}")
            case._refresh()
        self.env["telecom.dunning.run.line"].sudo()._note_hold(self)
        return True

    def action_release(self):
        """Let cases go on that were put on hold."""
        self._require_group(*STAFF)
        for case in self.filtered("hold_until_date"):
            case._write_guarded(hold_until_date=False, hold_reason=False)
            case._log("released")
            case._refresh()
        return True

    def note_handed_over(self, day, note):
        """Write down that the last notice was handed over, by letter or in person.

        It counts as the proof of that notice from then on.

        :param day: civil date, a date or ISO text
        :param str note: how, and what proves it, such as the number of the letter
        :return: True
        :raise UserError: without a notice or a note, for a day to come or one before
            the notice
        """
        self._require_group(*STAFF)
        day, note = self._read_decision(day, note)
        for case in self:
            case._check_live()
            today = case.company_id._telecom_today()
            if not (case.sudo().notice_id and note and day):
                raise UserError(
                    self.env._(
                        "%s: there must be a notice of this case, a day, and what "
                        "proves that it was handed over.",
                        case.display_name,
                    )
                )
            if not case.step_date <= day <= today:
                raise UserError(
                    self.env._(
                        "Choose a day from %(first)s to today.",
                        first=fields.Date.to_string(case.step_date),
                    )
                )
            case._write_guarded(handed_over_date=day)
            case.sudo().notice_id._hand_over(day, note)
            case._log("proof", date=day, note=note, notice_id=case.sudo().notice_id.id)
            case._refresh()
        return True

    def action_print_letters(self):
        """Make the letters of the last notices that wait for one, and open them.

        What did not arrive by mail or SMS goes by letter from then on.

        :return: action that opens one PDF file
        :raise UserError: when none of these cases waits for a letter
        """
        self._require_group(*STAFF)
        self.check_access("read")
        # The words of a notice are the machine's, whoever prints them.
        notices = self.filtered(lambda case: case.state != "clear").sudo().notice_id
        notices._go_by_post()
        letters = notices._letters_waiting()
        content = letters._write_letters()
        if not content:
            raise UserError(
                self.env._(
                    "None of these cases has a notice that waits for its letter, or "
                    "did not arrive: choose letters as the channel of the step."
                )
            )
        name = self.env._("Letters of %s.pdf", fields.Date.context_today(self))
        return open_document(self[:1], name, content)

    def action_retry(self):
        """Let cases go on whose cause of failure was mended."""
        self._require_group(*STAFF)
        for case in self.filtered("error"):
            case._write_guarded(error=False)
            case._log("retried")
            case._refresh()
        self.activity_unlink(["mail.mail_activity_data_todo"])
        return True

    def _read_decision(self, day, words):
        """Return the civil date and the words of a decision.

        :raise UserError: for what is neither a day nor a text
        """
        try:
            return fields.Date.to_date(day), (words or "").strip()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "%(day)s, %(words)s: give a day such as 2026-10-31, and a text.",
                    day=day,
                    words=words,
                )
            ) from error

    def _check_live(self):
        """Raise for a case that is paid."""
        if self.state == "clear":
            raise UserError(
                self.env._("%s has paid: there is nothing to do.", self.display_name)
            )

    def _refresh(self):
        """Look again, as something about the case has changed."""
        # The figures are read for the case, whatever bills the user may see.
        cases = self.sudo()
        for company, some in cases.grouped("company_id").items():
            today = company._telecom_today()
            rows = cases._decide(company, today, some.billing_account_id.ids)
            cases._write_down(company, today, rows)

    def action_view_bills(self):
        """Open the overdue bills of the cases."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        action["domain"] = [
            ("telecom_billing_account_id", "in", self.billing_account_id.ids),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("payment_state", "in", ("not_paid", "partial")),
        ]
        action["context"] = {"create": False}
        return action

    def action_new_plan(self):
        """Agree on a payment plan for what is overdue."""
        self.ensure_one()
        return self.billing_account_id.action_new_payment_plan()
