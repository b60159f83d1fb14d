# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Tell the story of the demo's money, and what came of it."""

from base64 import b64decode
from datetime import date

from bank_simulator.bank import Bank
from bank_simulator.server import BankServer

from .aftermath import tell_aftermath
from .bank_client import BankClient
from .story import FILE_DAY, RETURN_SHARE, Story


def tell(env, folder):
    """Let the bills of the demo become money, by a bank over HTTP; commits.

    :param env: Odoo environment of the superuser
    :param Path folder: gets the files for and from the bank
    :return: dict of what came of it, for ``demo.report``
    """
    bank = Bank(date.fromisoformat(FILE_DAY), seed=7)
    with BankServer(bank) as server:
        client = BankClient(server.url)
        client.set_up(return_share=RETURN_SHARE)
        story = Story(env, client)
        story.draw()
        env.cr.commit()
        transfer_count = story.pay_by_transfer() + story.pay_oddly()
        story.take_statements()
        env.cr.commit()
        story.remind()
        env.cr.commit()
        _keep_files(folder, story)
    summary = _summary(env, story, transfer_count)
    register = tell_aftermath(env, story)
    return summary | {
        "app_count": register.our_count,
        "app_difference_count": register.open_count,
    }


def _keep_files(folder, story):
    """Write what went to the bank and what came from it."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in story.run.order_ids.payment_file_id:
        (folder / file.name).write_bytes(file.raw)
    for file in story.files:
        (folder / file.name).write_bytes(b64decode(file.content))


def _summary(env, story, transfer_count):
    """Return the figures of the story; amounts as text."""
    parts = env["telecom.bank.transaction"].search(
        [("booking_file_id", "in", story.files.ids)]
    )
    returned = env["telecom.returned.debit"].search([])
    done = story.dunning.line_ids.filtered(lambda line: line.state == "done")
    return {
        "debit_run": story.run.name,
        "debit_count": story.run.line_count,
        "debit_amount": f"{story.run.amount_total:.2f}",
        "left_out_count": story.run.left_out_count,
        "returned_count": len(returned),
        "transfer_count": transfer_count,
        "file_count": len(story.files.filtered(lambda file: file.state == "booked")),
        "allocated_count": len(parts.filtered(lambda one: one.state != "exception")),
        "exception_count": len(parts.filtered(lambda one: one.state == "exception")),
        "reminded_count": len(done),
    }
