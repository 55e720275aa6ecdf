-- Load by load, fct_trips has as many trips as were landed: none lost between files that share a day, none kept from a withdrawn one.
with

landed as (
    {%- for service in trip_services() %}
    select
        '{{ service }}' as service,
        file_month,
        _load_id,
        count(*) as trips
    from {{ source('landed', service ~ '_trips') }}
    where {{ every_file_month() }}
    group by file_month, _load_id
    {% if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
),

held as (
    select
        service,
        file_month,
        _load_id,
        count(*) as trips
    from {{ ref('fct_trips') }}
    group by service, file_month, _load_id
)

select
    service,
    file_month,
    _load_id,
    landed.trips as landed_trips,
    held.trips as held_trips
from landed
full outer join held using (service, file_month, _load_id)
where landed.trips is distinct from held.trips
