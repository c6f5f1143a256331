-- One row per player who ever deposited: the three largest deposits, side by side.
with deposits as (

    select
        transactions.id as transaction_id,
        transactions.player_id,
        cast(transactions.amount as decimal(18, 2)) as amount
    from {{ source('raw', 'transactions') }} as transactions
    where transactions.type = 'Deposit'

),

ranked_deposits as (

    select
        player_id,
        amount,
        row_number() over (partition by player_id order by amount desc, transaction_id) as deposit_rank
    from deposits

)

select
    player_id,
    max(case when deposit_rank = 1 then amount end) as largest_deposit,
    max(case when deposit_rank = 2 then amount end) as second_largest_deposit,
    max(case when deposit_rank = 3 then amount end) as third_largest_deposit
from ranked_deposits
where deposit_rank <= 3
group by player_id
