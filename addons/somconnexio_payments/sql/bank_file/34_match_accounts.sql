-- Step 34: allocate to the billing account or person that a payer names.
-- Grain:      one row per transaction.
-- Reads:      bank_part, bank_word, bank_payer, contract_contract,
--             telecom_billing_account, cooperative_membership, res_partner,
--             telecom_resource, telecom_resource_assignment, account_move,
--             account_move_line.
-- Writes:     telecom_bank_transaction, telecom_bank_transaction_line_rel
-- Params:     -
-- Rule:       the code of the account, the member's number, the tax ID, a line's number
--             or the code of a subscription; or a bill of the account that was paid
--             twice (step 33). What the account owes is paid, the oldest first; the
--             rest is credit on account. Who has several accounts is no candidate
--             unless only one of them owes; two persons named are none. It waits when
--             somebody else seems to have paid an own bill of this amount.
-- Idempotent: takes waiting transactions only.
with waiting as materialized (
    select
        part.id as transaction_id,
        part.company_id,
        part.day,
        bank_word.kind,
        bank_word.word
    from bank_part as part
    inner join bank_word on part.id = bank_word.transaction_id
    where
        part.amount > 0
        and bank_word.kind in ('text', 'end_to_end', 'member')
),

-- A tax ID without its country, a number without its prefix.
spelled as materialized (
    select
        waiting.transaction_id,
        waiting.company_id,
        waiting.day,
        given.word
    from waiting
    cross join
        lateral (
            values
            (waiting.word),
            (case when length(waiting.word) = 9 then 'ES' || waiting.word end),
            (case when waiting.word ~ '^[6-9][0-9]{8}$' then '34' || waiting.word end)
        ) as given (word)
    where waiting.kind = 'text' and length(given.word) >= 6
),

candidates as (
    select
        waiting.transaction_id,
        billing.id as billing_account_id,
        billing.commercial_partner_id
    from waiting
    inner join telecom_billing_account as billing
        on
            waiting.company_id = billing.company_id
            and waiting.word
            = upper(regexp_replace(billing.code, '[^A-Za-z0-9]', '', 'g'))
    where waiting.kind <> 'member' and length(billing.code) >= 4
    union distinct
    select
        waiting.transaction_id,
        billing.id as billing_account_id,
        billing.commercial_partner_id
    from waiting
    inner join cooperative_membership as membership
        on
            waiting.company_id = membership.company_id
            and waiting.word = ltrim(upper(membership.number), '0')
    inner join telecom_billing_account as billing
        on
            membership.partner_id = billing.partner_id
            and waiting.company_id = billing.company_id
    where waiting.kind = 'member'
    union distinct
    select
        spelled.transaction_id,
        billing.id as billing_account_id,
        billing.commercial_partner_id
    from spelled
    inner join res_partner as partner on spelled.word = partner.vat
    inner join telecom_billing_account as billing
        on
            partner.id = billing.commercial_partner_id
            and spelled.company_id = billing.company_id
    union distinct
    select
        spelled.transaction_id,
        billing.id as billing_account_id,
        billing.commercial_partner_id
    from spelled
    inner join telecom_resource as resource on spelled.word = resource.name
    inner join telecom_resource_assignment as assignment
        on
            resource.id = assignment.resource_id
            and assignment.start_at < spelled.day + 1
            and coalesce(assignment.end_at, 'infinity') > spelled.day
    inner join contract_contract as subscription
        on assignment.subscription_id = subscription.id
    inner join telecom_billing_account as billing
        on
            subscription.telecom_billing_account_id = billing.id
            and spelled.company_id = billing.company_id
    where length(spelled.word) >= 9
    union distinct
    select
        spelled.transaction_id,
        billing.id as billing_account_id,
        billing.commercial_partner_id
    from spelled
    inner join contract_contract as subscription on spelled.word = subscription.code
    inner join telecom_billing_account as billing
        on
            subscription.telecom_billing_account_id = billing.id
            and spelled.company_id = billing.company_id
    union distinct
    select
        part.id as transaction_id,
        billing.id as billing_account_id,
        billing.commercial_partner_id
    from bank_part as part
    inner join telecom_bank_transaction as kept on part.id = kept.id
    inner join telecom_billing_account as billing
        on kept.billing_account_id = billing.id
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
        array_remove(array_agg(distinct owed.line_id), null) as line_ids,
        count(distinct candidates.commercial_partner_id) as person_count,
        count(distinct concat_ws('/', owed.account_id, owed.partner_id)) filter (
            where owed.line_id is not null
        ) as owner_count,
        bool_or(
            payers.owes_exactly
            and candidates.commercial_partner_id <> all(payers.partner_ids)
        ) as is_another_payer
    from candidates
    left join owed
        on
            candidates.transaction_id = owed.transaction_id
            and candidates.billing_account_id = owed.billing_account_id
    cross join
        lateral (
            select
                array_agg(payer.partner_id) as partner_ids,
                bool_or(payer.owes_exactly) as owes_exactly
            from bank_payer as payer
            where payer.transaction_id = candidates.transaction_id
        ) as payers
    group by candidates.transaction_id
),

judged as (
    select
        summed.*,
        summed.person_count = 1
        and summed.owing_count = 1
        and summed.owner_count = 1
        and summed.is_another_payer is not true as is_paying,
        summed.person_count = 1
        and summed.owing_count = 0
        and summed.account_count = 1
        and summed.is_another_payer is not true as is_credit
    from summed
),

linked as (
    insert into telecom_bank_transaction_line_rel (transaction_id, line_id)
    select
        judged.transaction_id,
        unnest(judged.line_ids) as line_id
    from judged
    where judged.is_paying
    on conflict do nothing
)

-- Nothing owed: all of it is credit on account, which Python books (no account_id).
update telecom_bank_transaction as part
set
    state = case
        when judged.is_paying or judged.is_credit then 'matched' else 'exception'
    end,
    rule = case when judged.is_paying or judged.is_credit then 'account' end,
    reason = case
        when judged.is_paying or judged.is_credit then null
        when judged.is_another_payer is true then 'other_payer'
        else 'ambiguous'
    end,
    billing_account_id = case
        when judged.is_paying then judged.owing_id
        when judged.is_credit then judged.only_id
    end,
    account_id = case when judged.is_paying then judged.account_id end,
    partner_id = case when judged.is_paying then judged.partner_id end
from judged
where part.id = judged.transaction_id
