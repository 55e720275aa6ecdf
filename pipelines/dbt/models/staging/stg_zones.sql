select
    zone_id,
    zone,
    borough,
    service_zone,
    _source_file,
    _load_id
from {{ source('landed', 'zones') }}
