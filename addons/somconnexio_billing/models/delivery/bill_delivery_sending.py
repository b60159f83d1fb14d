# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Send bills by mail: slice by slice, so many a minute, each one once.

A mail server can't take part in a transaction, so each bill goes through two that are
committed at once: *claimed* before the server is called, *noted* after it answered.
Whatever is killed in between leaves one bill "being sent"; the next sender finds it
and calls it unclear, for it may have arrived.
"""

import smtplib
from contextlib import contextmanager

from psycopg2 import OperationalError

from odoo import Command, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

SLICE_SIZE = 50
BUSY_RETRY_SECONDS = 10
LOCK_NAME = "telecom.bill.delivery"
TEMPLATE = "somconnexio_billing.mail_template_telecom_bill"


class TelecomBillDelivery(models.Model):
    _inherit = "telecom.bill.delivery"

    def _queue(self):
        """Queue these mails in slices, spread over time as each company allows."""
        for company, deliveries in self.grouped("company_id").items():
            per_minute = company.telecom_bill_mails_per_minute
            size = min(SLICE_SIZE, per_minute)
            for start in range(0, len(deliveries), size):
                slice_ = deliveries[start : start + size]
                slice_.with_delay(
                    eta=start * 60 // per_minute,
                    identity_key=f"{LOCK_NAME}:{slice_[0].id}:{slice_[-1].id}",
                    description=self.env._(
                        "%(run)s: send %(count)s bills by mail",
                        run=slice_[0].bill_run_id.name,
                        count=len(slice_),
                    ),
                )._job_send()

    def _job_send(self):
        """Send the mails of one slice that still wait.

        :raise RetryableJobError: while another slice of the company is sent, when the
            minute is full, or when the mail server can't be reached
        """
        self.env.flush_all()  # what this transaction wrote, those of its own read
        deliveries = self.sudo().exists()
        for company, mails in deliveries.grouped("company_id").items():
            mails._lock_sender(company)
            with mails._committed() as committed:
                committed._close_interrupted(company)
            mails._check_server()
            for delivery in mails:
                delivery._wait_for_turn(company)
                delivery._send_once()
        return self.env._("%s mails", len(deliveries))

    def _lock_sender(self, company):
        """Be the only one that sends bills of a company until the job ends."""
        ((is_locked,),) = self.env.execute_query(
            SQL(
                "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)",
                LOCK_NAME,
                company.id,
            )
        )
        if not is_locked:
            raise self._later(self.env._("Another slice is being sent."))

    def _later(self, reason, seconds=BUSY_RETRY_SECONDS):
        """Return the error that makes the queue try again, however often."""
        return RetryableJobError(reason, seconds=seconds, ignore_retry=True)

    @contextmanager
    def _committed(self):
        """Give these records in a transaction of its own, committed at the end."""
        with self.env.registry.cursor() as cr:
            yield self.with_env(self.env(cr=cr, su=True))

    def _close_interrupted(self, company):
        """Note the mails whose sender died: nobody else sends now."""
        interrupted = self.search(
            [("company_id", "=", company.id), ("state", "=", "sending")]
        )
        interrupted._note(
            "unclear",
            self.env._(
                "The sending was interrupted: the mail may have arrived. Ask, then"
                " send it again."
            ),
        )

    def _check_server(self):
        """Try the connection once, so that a server that is down fails no mail.

        :raise RetryableJobError: when it can't be reached
        """
        sender = self[:1].company_id.email or None
        try:
            session = self.env["ir.mail_server"]._connect__(smtp_from=sender)
        except (OSError, UserError, smtplib.SMTPException) as error:
            raise RetryableJobError(
                self.env._("The outgoing mail server cannot be reached: %s", error),
                seconds=60,
            ) from error
        if session:
            session.quit()

    def _wait_for_turn(self, company):
        """Put off the rest of the slice when this minute's mails are sent."""
        with self._committed() as committed:
            ((count,),) = committed.env.execute_query(
                SQL(
                    "SELECT count(*) FROM telecom_bill_delivery WHERE company_id = %s"
                    " AND sending_at > now() AT TIME ZONE 'UTC' - interval '1 minute'",
                    company.id,
                )
            )
        if count >= company.telecom_bill_mails_per_minute:
            raise self._later(self.env._("This minute's mails are sent."))

    def _send_once(self):
        """Send the mail of one bill that waits: claim, send, note."""
        try:
            with self._committed() as delivery:
                is_claimed = delivery._claim()
        except LockError as error:
            raise self._later(error) from error
        except UserError as error:  # a bill that can't be drawn, a template's slip
            with self._committed() as delivery:
                delivery._note("failed", error)
            return
        if not is_claimed:
            return
        try:
            with self._committed() as delivery:
                delivery._send_claimed()
        except (smtplib.SMTPException, OSError, OperationalError) as error:
            with self._committed() as delivery:
                delivery._note("unclear", error)

    def _claim(self):
        """Make the mail of a bill that waits; from now on nobody else sends it.

        :return: whether there is a mail to send
        """
        claimed = self.env.execute_query(
            SQL(
                "UPDATE telecom_bill_delivery SET state = 'sending',"
                " attempt_count = attempt_count + 1,"
                " sending_at = now() AT TIME ZONE 'UTC'"
                " WHERE id = %s AND state = 'waiting' RETURNING id",
                self.id,
            )
        )
        if not claimed:
            return False
        self.invalidate_recordset()
        addresses = self.billing_account_id._telecom_bill_addresses()
        if not addresses:
            self._note("failed", self.env._("The billing account has no address."))
            return False
        welcome = self._without_opted_out(addresses)
        if not welcome:
            self._note("opted_out", self.env._("The address wants no mail."))
            return False
        self.recipients = ", ".join(welcome)
        self.mail_id = self._create_mail()
        self._follow_notices()
        return True

    def _without_opted_out(self, addresses):
        """Return the addresses that aren't on Odoo's list of those who want no mail."""
        refused = self.env["mail.blacklist"].search([("email", "in", addresses)])
        refused = set(refused.mapped("email"))
        return [address for address in addresses if address.lower() not in refused]

    def _create_mail(self):
        """Return the mail, not yet for Odoo's own mail queue to see."""
        move = self.move_id
        values = {
            "email_to": self.recipients,
            "recipient_ids": [],
            "auto_delete": False,
            "state": "cancel",
        }
        if move.company_id.telecom_bill_mail_content == "pdf":
            values["attachment_ids"] = [Command.link(move._telecom_kept_pdf().id)]
        return self.env.ref(TEMPLATE).send_mail_batch(move.ids, email_values=values)

    def _send_claimed(self):
        """Hand the mail to the server and note what it said."""
        mail = self.mail_id
        mail.state = "outgoing"
        mail.send()
        if mail.state != "sent":
            self._note("failed", mail.failure_reason)
            return
        self._note("sent", sent_at=fields.Datetime.now())
        self.move_id.is_move_sent = True
