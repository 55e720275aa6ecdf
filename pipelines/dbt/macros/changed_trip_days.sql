{#
    The pickup days that an increment of fct_trips must rebuild, found when the model is compiled.

    fct_trips and the landed tables are compared load by load: one delivery of one file month has one `_load_id`. A load is settled when
    fct_trips holds as many of its rows as landed, made with the zones of today. Every day touched by a load that isn't settled is rebuilt
    whole, on either side: days of a new load, and days that fct_trips holds from a load that is no longer landed. Because the comparison
    looks at what both tables hold and not at what the last run did, it doesn't matter in which order files come or where a run was killed.

    Arguments: `trips` has every landed trip, `zones` the taxi zones; both are relations.
    Returns {'days': […], 'file_months': […]}: the days, and the file months in which they have rows today (so that BigQuery reads no
    others), as SQL date literals. Both are empty at parse time, in a full refresh, and when nothing changed.
#}
{% macro changed_trip_days(trips, zones) %}
    {% set changed = {'days': [], 'file_months': []} %}
    {% if execute and is_incremental() %}
        {% for row in run_query(changed_trip_days_query(trips, zones)).rows %}
            {% do changed.days.append("date '" ~ row['pickup_date'] ~ "'") %}
            {% do changed.file_months.append("date '" ~ row['file_month'] ~ "'") if row['file_month'] is not none %}
        {% endfor %}
    {% endif %}
    {{ return({'days': changed.days | unique | list, 'file_months': changed.file_months | unique | sort}) }}
{% endmacro %}

{% macro changed_trip_days_query(trips, zones) %}
with

todays_zones as (
    select coalesce(max(_load_id), '') as _zones_load_id
    from {{ zones }}
),

landed as (
    select
        trips.service,
        trips.file_month,
        trips._load_id,
        todays_zones._zones_load_id,
        count(*) as trips
    from {{ trips }} as trips
    cross join todays_zones
    group by 1, 2, 3, 4
),

held as (
    select
        service,
        file_month,
        _load_id,
        _zones_load_id,
        count(*) as trips
    from {{ this }}
    group by 1, 2, 3, 4
),

unsettled as (
    select distinct
        service,
        file_month,
        _load_id
    from landed
    full outer join held using (service, file_month, _load_id, _zones_load_id)
    where landed.trips is distinct from held.trips
),

changed_days as (
    select pickup_date
    from {{ trips }}
    inner join unsettled using (service, file_month, _load_id)

    union distinct

    select pickup_date
    from {{ this }}
    inner join unsettled using (service, file_month, _load_id)
),

days_and_file_months as (
    select distinct
        pickup_date,
        file_month
    from {{ trips }}
)

select
    pickup_date,
    file_month
from changed_days
left join days_and_file_months using (pickup_date)
order by pickup_date, file_month
{% endmacro %}
