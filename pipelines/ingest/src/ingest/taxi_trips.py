"""Synthetic trips of yellow and green taxis, as SQL."""

from __future__ import annotations

from ingest.draw import Recipe
from ingest.months import FileMonth
from ingest.rhythm import HOURS, MANHATTAN, days_of, zones_of


def taxi_trips(recipe: Recipe, month: FileMonth) -> str:
    """A query of the month's trips, under the names that the TLC's newer files have."""
    green = recipe.key.service == "green"
    prefix = "lpep" if green else "tpep"
    first = month.first_day
    days, weights = days_of(month), zones_of(recipe.key.service)
    chance, pick = recipe.chance, recipe.pick
    fees = (
        "CAST(NULL AS DOUBLE) AS ehail_fee, CAST(if(street, 1, 2) AS BIGINT) AS trip_type"
        if green
        else 'CAST(if(pickup_zone IN (132, 138), 1.75, 0.0) * present AS DOUBLE) AS "Airport_fee"'
    )
    if str(month) >= "2025-01":
        fees += ", CAST(if(crowded, 0.75, 0.0) AS DOUBLE) AS cbd_congestion_fee"
    return f"""
        WITH numbered AS ({recipe.numbered}),
        drawn AS (
            SELECT {pick("day", days, 0)} AS day, {pick("hour", HOURS, 0)} AS hour, {chance("second")} AS second,
                {pick("from", weights, 1)} AS from_zone, {pick("to", weights, 1)} AS to_zone,
                {chance("miles")} AS far, {chance("speed")} AS speed, {chance("pay")} AS pay,
                {chance("tip")} AS generous, {chance("party")} AS party, {chance("fault")} AS fault,
                {chance("lost")} AS lost, {chance("vendor")} AS vendor
            FROM numbered),
        driven AS (
            SELECT *,
                if(fault BETWEEN 0.020 AND 0.026, 264 + CAST(fault * 1e5 AS BIGINT) % 2, from_zone) AS pickup_zone,
                if(fault BETWEEN 0.024 AND 0.030, 264 + CAST(fault * 1e5 AS BIGINT) % 2, to_zone) AS dropoff_zone,
                CASE WHEN fault < 0.0002
                    THEN TIMESTAMP '2008-12-31 23:00:00' + to_seconds(CAST(floor(second * 3600) AS BIGINT))
                    WHEN fault < 0.0005
                    THEN TIMESTAMP '{first}' - to_seconds(CAST(floor(second * 1800) AS BIGINT) + 1)
                    ELSE TIMESTAMP '{first}' + to_days(day) + to_hours(hour)
                        + to_seconds(CAST(floor(second * 3600) AS BIGINT))
                END AS pickup,
                from_zone IN (132, 138) OR to_zone IN (132, 138) AS airport,
                CASE WHEN lost < 0.04 THEN 0 WHEN pay < 0.78 THEN 1 WHEN pay < 0.98 THEN 2
                    WHEN pay < 0.99 THEN 3 ELSE 4 END AS paid,
                if(lost < 0.04, NULL, 1) AS present,
                from_zone IN {MANHATTAN} AND to_zone IN {MANHATTAN} AS crowded,
                party < 0.97 AS street,
                if(fault BETWEEN 0.040 AND 0.043, -1, 1) AS sign
            FROM drawn),
        measured AS (
            SELECT *, if(fault BETWEEN 0.030 AND 0.036, 0.0,
                round(0.4 - ln(1 - far) * 2.1 + if(airport, 9, 0), 2)) AS miles
            FROM driven),
        timed AS (
            SELECT *, CAST(60 + miles / (7 + 9 * speed + if(hour < 6, 6, 0)) * 3600 AS BIGINT) AS seconds,
                CASE WHEN hour BETWEEN 16 AND 19 THEN 2.5 WHEN hour >= 20 OR hour < 6 THEN 1.0 ELSE 0.0 END AS rush
            FROM measured),
        priced AS (
            SELECT *, CAST(sign * round(3.0 + 2.5 * miles + seconds / 60.0 * 0.35, 1) AS DOUBLE) AS fare,
                CAST(sign * 0.5 AS DOUBLE) AS tax, CAST(sign * 1.0 AS DOUBLE) AS improvement,
                CAST(if(far > 0.985, 6.94, 0.0) AS DOUBLE) AS tolls,
                CAST(if(crowded, 2.5, 0.0) AS DOUBLE) AS congestion,
                CAST(if(paid = 1, round((3.0 + 2.5 * miles) * (0.08 + 0.24 * generous), 2), 0.0) AS DOUBLE) AS tip
            FROM timed)
        SELECT CAST(if(vendor < 0.26, 1, 2) AS INTEGER) AS "VendorID",
            pickup AS {prefix}_pickup_datetime,
            pickup + to_seconds(if(fault BETWEEN 0.050 AND 0.0504, -300, seconds)) AS {prefix}_dropoff_datetime,
            CAST(present * CASE WHEN party < 0.75 THEN 1 WHEN party < 0.9 THEN 2 WHEN party < 0.94 THEN 3
                WHEN party < 0.97 THEN 4 ELSE 5 END AS BIGINT) AS passenger_count,
            CAST(miles AS DOUBLE) AS trip_distance,
            CAST(if(from_zone = 132 AND crowded, 2, 1) * present AS BIGINT) AS "RatecodeID",
            if(present = 1, if(vendor > 0.993, 'Y', 'N'), NULL) AS store_and_fwd_flag,
            CAST(if(fault BETWEEN 0.060 AND 0.0601, NULL, pickup_zone) AS INTEGER) AS "PULocationID",
            CAST(dropoff_zone AS INTEGER) AS "DOLocationID",
            CAST(paid AS BIGINT) AS payment_type,
            fare AS fare_amount, CAST(rush AS DOUBLE) AS extra, tax AS mta_tax,
            tip AS tip_amount, tolls AS tolls_amount,
            improvement AS improvement_surcharge,
            round(fare + rush + tax + tip + tolls + improvement + congestion, 2) AS total_amount,
            congestion * present AS congestion_surcharge, {fees}
        FROM priced
    """
