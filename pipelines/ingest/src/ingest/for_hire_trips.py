"""Synthetic trips of for-hire vehicles (fhv) and high-volume services (fhvhv), as SQL.

Columns, their order and types are those of the TLC's files of the month (contracts/eras.ts; a test compares them).
"""

from __future__ import annotations

from ingest.draw import Recipe
from ingest.months import FileMonth
from ingest.rhythm import HOURS, MANHATTAN, days_of, zones_of

#: First file months. Later ones differ from earlier ones by the types of columns.
FIRST_MONTHS = {"fhv": "2015-01", "fhvhv": "2019-02"}
_NARROW_SINCE = "2023-02"  # until then pandas wrote the files


def for_hire_trips(recipe: Recipe, month: FileMonth) -> str:
    """A query of the month's trips, under the names that the TLC's file has."""
    select = _fhv(str(month)) if recipe.key.service == "fhv" else _fhvhv(str(month))
    first, zones = month.first_day, zones_of(recipe.key.service)
    chance, pick = recipe.chance, recipe.pick
    return f"""
        WITH numbered AS ({recipe.numbered}),
        drawn AS (
            SELECT {pick("day", days_of(month), 0)} AS day, {pick("hour", HOURS, 0)} AS hour,
                {chance("second")} AS second, {pick("from", zones, 1)} AS from_zone, {pick("to", zones, 1)} AS to_zone,
                {chance("miles")} AS far, {chance("speed")} AS speed, {chance("tip")} AS generous,
                {chance("company")} AS company, {chance("shared")} AS shared, {chance("wheelchair")} AS wheelchair,
                {chance("fault")} AS fault, {chance("lost")} AS lost
            FROM numbered),
        driven AS (
            SELECT *,
                CASE WHEN fault < 0.0006
                    THEN TIMESTAMP '2008-12-31 23:00:00' + to_seconds(CAST(floor(second * 3600) AS BIGINT))
                    WHEN fault < 0.0012
                    THEN TIMESTAMP '{first}' - to_seconds(CAST(floor(second * 1800) AS BIGINT) + 1)
                    ELSE TIMESTAMP '{first}' + to_days(day) + to_hours(hour)
                        + to_seconds(CAST(floor(second * 3600) AS BIGINT))
                END AS pickup,
                if(fault BETWEEN 0.020 AND 0.026, 265, to_zone) AS dropoff_zone,
                if(fault BETWEEN 0.030 AND 0.034, 0.0, round(0.5 - ln(1 - far) * 3.2, 3)) AS miles,
                from_zone IN {MANHATTAN} AND to_zone IN {MANHATTAN} AS crowded,
                from_zone IN (132, 138) OR to_zone IN (132, 138) AS airport
            FROM drawn),
        timed AS (
            SELECT *, CAST(90 + miles / (8 + 10 * speed + if(hour < 6, 6, 0)) * 3600 AS BIGINT) AS seconds FROM driven),
        priced AS (
            SELECT *, if(fault BETWEEN 0.040 AND 0.041, -1, 1)
                * CAST(round(4.0 + 1.9 * miles + seconds / 60.0 * 0.45, 2) AS DOUBLE) AS fare
            FROM timed)
        {select} FROM priced
    """


def _fhv(month: str) -> str:
    narrow = month >= _NARROW_SINCE
    zone = "BIGINT" if narrow else "DOUBLE"
    # Between 2019-03 and 2023-01 not one row has a value.
    flag = "BIGINT" if narrow else "DOUBLE" if month <= "2019-02" else None
    base = "'B' || lpad(CAST(CAST(13 + floor({} * 2900) AS BIGINT) AS VARCHAR), 5, '0')"
    return f"""
        SELECT {base.format("company")} AS dispatching_base_num,
            pickup AS pickup_datetime,
            if(lost < 0.01, NULL, pickup + to_seconds(if(fault BETWEEN 0.05 AND 0.0504, -300, seconds)))
                AS "dropOff_datetime",
            CAST(if(lost < 0.6, NULL, from_zone) AS {zone}) AS "PUlocationID",
            CAST(if(lost BETWEEN 0.005 AND 0.2, NULL, dropoff_zone) AS {zone}) AS "DOlocationID",
            {f"CAST(if(shared < 0.02, 1, NULL) AS {flag})" if flag else "CAST(NULL AS INTEGER)"} AS "SR_Flag",
            if(lost > 0.97, NULL, {base.format("company")}) AS "Affiliated_base_number"
    """


def _fhvhv(month: str) -> str:
    zone = "INTEGER" if month >= _NARROW_SINCE else "BIGINT"
    wav_match = "if(wheelchair < 0.07, 'Y', 'N')" if month >= "2019-04" else "CAST(NULL AS INTEGER)"
    airport = "CAST(if(airport, 2.5, 0.0) AS DOUBLE)" if month >= "2019-07" else "CAST(NULL AS INTEGER)"
    cbd = ", CAST(if(crowded, 1.5, 0.0) AS DOUBLE) AS cbd_congestion_fee" if month >= "2025-01" else ""
    return f"""
        SELECT if(company < 0.73, 'HV0003', 'HV0005') AS hvfhs_license_num,
            if(company < 0.73, 'B03404', 'B03406') AS dispatching_base_num,
            if(company < 0.73, 'B03404', NULL) AS originating_base_num,
            pickup - to_seconds(CAST(120 + floor(speed * 420) AS BIGINT)) AS request_datetime,
            if(company < 0.73, pickup - to_seconds(CAST(floor(speed * 90) AS BIGINT)), NULL) AS on_scene_datetime,
            pickup AS pickup_datetime,
            pickup + to_seconds(if(fault BETWEEN 0.05 AND 0.0504, -300, seconds)) AS dropoff_datetime,
            CAST(if(fault BETWEEN 0.060 AND 0.0601, NULL, from_zone) AS {zone}) AS "PULocationID",
            CAST(dropoff_zone AS {zone}) AS "DOLocationID",
            CAST(miles AS DOUBLE) AS trip_miles, seconds AS trip_time, fare AS base_passenger_fare,
            CAST(if(far > 0.985, 6.94, 0.0) AS DOUBLE) AS tolls, round(fare * 0.0275, 2) AS bcf,
            round(fare * 0.08875, 2) AS sales_tax, CAST(if(crowded, 2.75, 0.0) AS DOUBLE) AS congestion_surcharge,
            {airport} AS airport_fee,
            CAST(if(generous > 0.82, round(fare * (generous - 0.7), 2), 0.0) AS DOUBLE) AS tips,
            round(fare * (0.68 + 0.2 * speed), 2) AS driver_pay,
            if(shared < 0.03, 'Y', 'N') AS shared_request_flag, if(shared < 0.01, 'Y', 'N') AS shared_match_flag,
            if(company < 0.73, ' ', 'N') AS access_a_ride_flag, if(wheelchair < 0.002, 'Y', 'N') AS wav_request_flag,
            {wav_match} AS wav_match_flag{cbd}
    """
