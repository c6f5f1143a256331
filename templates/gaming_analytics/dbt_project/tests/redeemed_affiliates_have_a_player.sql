-- Rule 3: an affiliate redeemed must be linked to a player.
select
    affiliates.id,
    affiliates.redeemed_at
from {{ source('raw', 'affiliates') }} as affiliates
left join {{ source('raw', 'players') }} as players
    on players.affiliate_id = affiliates.id
where affiliates.redeemed_at is not null
    and players.id is null
