-- Step 32: allocate to the billing account or member that a payer names.
-- Grain:      one row per transaction.
-- Reads:      telecom_bank_transaction, bank_word, telecom_billing_account,
--             cooperative_membership, account_move, account_move_line.
-- Writes:     telecom_bank_transaction, telecom_bank_transaction_line_rel
-- Params:     company_id.
-- Rule:       what the account owes is paid, the oldest first; the rest is credit on
--             account. A member with several billing accounts is no candidate unless
--             only one of them owes.
-- Idempotent: takes waiting transactions only.
with candidates as (
    select
        part.id as transaction_id,
        billing.id as billing_account_id
    from telecom_bank_transaction as part
    inner join bank_word on part.id = bank_word.transaction_id
    inner join telecom_billing_account as billing
        on
            part.company_id = billing.company_id
            and bank_word.word
            = upper(regexp_replace(billing.code, '[^A-Za-z0-9]', '', 'g'))
    where
        part.state = 'waiting' and part.amount > 0
        and bank_word.kind in ('text', 'end_to_end')
        and length(billing.code) >= 4
    union distinct
    select
        part.id as transaction_id,
        billing.id as billing_account_id
    from telecom_bank_transaction as part
    inner join bank_word on part.id = bank_word.transaction_id
    inner join cooperative_membership as membership
        on
            part.company_id = membership.company_id
            and bank_word.word = upper(membership.number)
    inner join telecom_billing_account as billing
        on
            membership.partner_id = billing.partner_id
            and part.company_id = billing.company_id
    where
        part.state = 'waiting' and part.amount > 0
        and bank_word.kind = 'member'
),

owed as (
    select
        candidates.transaction_id,
        candidates.billing_account_id,
        line.id as line_id,
        line.account_id,
        line.partner_id
    from candidates
    inner join account_move as move
        on candidates.billing_account_id = move.telecom_billing_account_id
    inner join account_move_line as line on move.id = line.move_id
    inner join account_account as account on line.account_id = account.id
    where
        move.state = 'posted'
        and move.move_type = 'out_invoice'
        and account.account_type = 'asset_receivable'
        and line.reconciled is not true
        and line.amount_residual > 0
),

summed as (
    select
        candidates.transaction_id,
        count(distinct candidates.billing_account_id) as account_count,
        count(distinct owed.billing_account_id) as owing_count,
        min(candidates.billing_account_id) as only_id,
        min(owed.billing_account_id) as owing_id,
        min(owed.account_id) as account_id,
        min(owed.partner_id) as partner_id,
        count(distinct concat_ws('/', owed.account_id, owed.partner_id)) filter (
            where owed.line_id is not null
        ) as owner_count
    from candidates
    left join owed
        on
            candidates.transaction_id = owed.transaction_id
            and candidates.billing_account_id = owed.billing_account_id
    group by candidates.transaction_id
),

linked as (
    insert into telecom_bank_transaction_line_rel (transaction_id, line_id)
    select
        owed.transaction_id,
        owed.line_id
    from owed
    inner join summed on owed.transaction_id = summed.transaction_id
    where summed.owing_count = 1 and summed.owner_count = 1
    on conflict do nothing
)

-- Nothing owed: all of it is credit on account, which Python books (no account_id).
update telecom_bank_transaction as part
set
    state = case
        when summed.owing_count = 1 and summed.owner_count = 1 then 'matched'
        when summed.owing_count = 0 and summed.account_count = 1 then 'matched'
        else 'exception'
    end,
    rule = case
        when summed.owing_count = 1 and summed.owner_count = 1 then 'account'
        when summed.owing_count = 0 and summed.account_count = 1 then 'account'
    end,
    reason = case
        when summed.owing_count = 1 and summed.owner_count = 1 then null
        when summed.owing_count = 0 and summed.account_count = 1 then null
        else 'ambiguous'
    end,
    billing_account_id = case
        when summed.owing_count = 1 then summed.owing_id
        when summed.account_count = 1 then summed.only_id
    end,
    account_id = case
        when summed.owing_count = 1 and summed.owner_count = 1 then summed.account_id
    end,
    partner_id = case
        when summed.owing_count = 1 and summed.owner_count = 1 then summed.partner_id
    end
from summed
where part.id = summed.transaction_id and part.state = 'waiting'
