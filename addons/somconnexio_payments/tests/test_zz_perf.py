from datetime import date, timedelta
from decimal import Decimal
from freezegun.api import real_time
class time:
    time=staticmethod(real_time)
from freezegun import freeze_time
from odoo import Command
from bank_simulator.model import Movement, Part
from .bank_common import COLLECTION, RETURN, BankCommon
from .debit_common import NOW
from .payments_common import IBANS
from .test_bank_returns import RETURNED

@freeze_time(NOW)
class TestZzPerf(BankCommon):
    def test_perf(self):
        N=int(__import__("os").environ.get("N","600"))
        t=time.time()
        accounts=[self._create_debtor(f"D{i}", IBANS[i%5]) for i in range(60)]
        bills=self.env["account.move"].create([{"move_type":"out_invoice","journal_id":self.sale_journal.id,"partner_id":accounts[i%60].partner_id.id,"telecom_billing_account_id":accounts[i%60].id,"invoice_date":"2026-10-03","invoice_date_due":"2026-10-10","invoice_line_ids":[Command.create({"name":"x","price_unit":10+i%50,"tax_ids":False,"account_id":self.account_income.id})]} for i in range(N)])
        bills.action_post(); self.env.flush_all()
        print("setup bills", time.time()-t); t=time.time()
        self.env.cr.execute("analyze"); run=self._create_run(); self._bring_to(run,"sent"); [s_._job_book() for s_ in run.slice_ids]; self.env.flush_all()
        print("run", time.time()-t, len(run.line_ids))
        lines=run.line_ids
        def parts(some): return [Movement(RETURNED, -Decimal(str(l.amount_currency)).quantize(Decimal("0.01")), RETURN, f"RET{l.name}", [Part(-Decimal(str(l.amount_currency)).quantize(Decimal("0.01")), l.name, reason="MS02")]) for l in some]
        with freeze_time("2026-10-14 20:00:00"):
            ours, theirs = lines[:500], lines[500:520]; self.env.cr.execute('analyze')
            content=self._bytes(parts(ours), day=RETURNED)
            t=time.time(); f=self._receive(content); print("check 500 returns", time.time()-t, f.state)
            import odoo.addons.somconnexio_payments.models.payment_return.returned_debit_following as m
            self.env.flush_all()
            t=time.time(); q=self.env.cr.sql_log_count
            ret=f.sudo()._take_returns(); self.env.flush_all(); print("returns opened", time.time()-t, self.env.cr.sql_log_count-q, len(ret), set(ret.mapped("state")))
            t=time.time(); f._book_statements(); self.env.flush_all(); print("statement", time.time()-t)
            t=time.time(); ret._follow(); self.env.flush_all(); print("follow", time.time()-t)
            print(f.matched_count, f.exception_count)
            oca=self.env["payment.return"].create({"journal_id":self.journal.id,"date":RETURNED,"line_ids":[Command.create({"reference":l.name}) for l in theirs]})
            t=time.time(); oca.button_match(); self.env.flush_all(); print("OCA match",len(theirs), time.time()-t)
            t=time.time(); oca.action_confirm(); self.env.flush_all(); print("OCA confirm", time.time()-t, len(theirs))
