-- The grain of the model: one row per player and day.
select
    player_id,
    transaction_date,
    count(*) as row_count
from {{ ref('daily_player_transactions') }}
group by player_id, transaction_date
having count(*) > 1
