-- Rule 2: each code redeemed matches 1:1 the player with the affiliate's id, and was redeemed when that player was
-- created. The same code may be handed out again as another affiliate, so several players can use it.
-- An affiliate that is not redeemed has no player. (A redeemed one without any player breaks rule 3.)
with affiliate_players as (

    select
        players.affiliate_id,
        count(distinct players.id) as player_count,
        min(players.created_at) as player_created_at
    from {{ source('raw', 'players') }} as players
    where players.affiliate_id is not null
    group by players.affiliate_id

)

select
    affiliates.id,
    affiliates.redeemed_at,
    affiliate_players.player_count,
    affiliate_players.player_created_at
from {{ source('raw', 'affiliates') }} as affiliates
inner join affiliate_players
    on affiliate_players.affiliate_id = affiliates.id
where affiliates.redeemed_at is null
    or affiliate_players.player_count > 1
    or affiliates.redeemed_at <> affiliate_players.player_created_at
