-- Desk, month close: the ledger says of each bank what its statements say.
--
-- grain:      one row
-- reads:      account_journal, account_bank_statement_line, account_bank_statement,
--             account_move_line
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
with

bank as (
    select
        journal.id,
        journal.default_account_id as account_id
    from account_journal as journal
    where
        journal.company_id = %(company_id)s
        and journal.type = 'bank'
        and exists (
            select 1
            from account_bank_statement_line as line
            where line.journal_id = journal.id
        )
),

last_statement as (
    select distinct on (statement.journal_id)
        statement.journal_id,
        statement.balance_end_real as balance
    from account_bank_statement as statement
    inner join bank
        on statement.journal_id = bank.id
    where statement.date < %(next_date)s
    order by statement.journal_id asc, statement.date desc, statement.id desc
)

select
    (
        select coalesce(sum(item.balance), 0)
        from account_move_line as item
        inner join bank
            on item.account_id = bank.account_id
        where
            item.parent_state = 'posted'
            and item.company_id = %(company_id)s
            and item.date < %(next_date)s
    ) as figure,
    coalesce(sum(last_statement.balance), 0) as expected
from last_statement
