-- Rule 1: players are not allowed to make any transaction before they are KYC verified.
-- A player is verified from updated_at on, when the row says approved. Of several versions of a player's row,
-- the latest stands.
with player_versions as (

    select
        players.id,
        players.is_kyc_approved,
        players.created_at,
        players.updated_at,
        row_number() over (partition by players.id order by players.updated_at desc) as version_rank
    from {{ source('raw', 'players') }} as players

)

select
    transactions.id,
    transactions.player_id,
    transactions.timestamp as transaction_at,
    player_versions.is_kyc_approved,
    player_versions.created_at as player_created_at,
    player_versions.updated_at as player_updated_at
from {{ source('raw', 'transactions') }} as transactions
left join player_versions
    on player_versions.id = transactions.player_id
    and player_versions.version_rank = 1
where player_versions.id is null
    or not player_versions.is_kyc_approved
    or transactions.timestamp < player_versions.updated_at
    or transactions.timestamp < player_versions.created_at
