-- Show each bill's PDF first among the attachments of its journal entry.
--
-- grain:      one row per journal entry
-- reads:      ir_attachment
-- writes:     account_move.message_main_attachment_id
-- params:     move_ids
-- idempotent: sets the same again
--
-- Touching the entry also makes two transactions that print the same bill collide, so
-- that only one of them stores a PDF.
update account_move as move
set message_main_attachment_id = attachment.id
from ir_attachment as attachment
where
    attachment.res_model = 'account.move'
    and attachment.res_field = 'invoice_pdf_report_file'
    and attachment.res_id = move.id
    and move.id = any(%(move_ids)s)
