-- One row per player and day: what came in, and (negative) what went out.
with dated_transactions as (

    select
        transactions.player_id,
        cast(transactions.timestamp as date) as transaction_date,
        transactions.type as transaction_type,
        cast(transactions.amount as decimal(18, 2)) as amount
    from {{ source('raw', 'transactions') }} as transactions

)

select
    player_id,
    transaction_date,
    sum(case when transaction_type = 'Deposit' then amount else 0 end) as deposits,
    sum(case when transaction_type = 'Withdraw' then -amount else 0 end) as withdrawals
from dated_transactions
group by player_id, transaction_date
