select
    zone_id,
    coalesce(zone, 'Unknown') as zone,
    coalesce(borough, 'Unknown') as borough,
    coalesce(service_zone, 'Unknown') as service_zone,
    -- The contract's rules say which zones are on the map: 264 and 265 stand for places outside it.
    zone_id between 1 and 263 as is_on_the_map,
    _load_id
from {{ ref('stg_zones') }}
