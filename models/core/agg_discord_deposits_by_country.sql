-- Deposits by country, of the verified players who came through a Discord affiliate.
with discord_players as (

    select
        players.id as player_id,
        players.country_code
    from {{ source('raw', 'players') }} as players
    inner join {{ source('raw', 'affiliates') }} as affiliates
        on affiliates.id = players.affiliate_id
    where players.is_kyc_approved
        and affiliates.origin = 'Discord'

),

deposits as (

    select
        transactions.player_id,
        cast(transactions.amount as decimal(18, 2)) as amount
    from {{ source('raw', 'transactions') }} as transactions
    where transactions.type = 'Deposit'

)

select
    discord_players.country_code,
    sum(deposits.amount) as deposit_sum,
    count(*) as deposit_count
from deposits
inner join discord_players
    on discord_players.player_id = deposits.player_id
group by discord_players.country_code
