"""When and where New York rides: shares of hours, weekdays and taxi zones."""

from __future__ import annotations

from calendar import monthrange

from ingest.months import FileMonth

HOURS = (28, 19, 13, 9, 7, 9, 21, 37, 47, 46, 46, 49, 53, 54, 58, 59, 57, 64, 71, 65, 58, 57, 53, 41)
_WEEKDAYS = (13, 14, 15, 15, 16, 15, 12)
MANHATTAN = (
    4, 12, 13, 24, 41, 42, 43, 45, 48, 50, 68, 74, 75, 79, 87, 88, 90, 100, 103, 104, 105, 107, 113, 114, 116,
    120, 125, 127, 128, 137, 140, 141, 142, 143, 144, 148, 151, 152, 153, 158, 161, 162, 163, 164, 166, 170,
    186, 194, 202, 209, 211, 224, 229, 230, 231, 232, 233, 234, 236, 237, 238, 239, 243, 244, 246, 249, 261,
    262, 263,
)  # fmt: skip
_BUSY = {
    "yellow": (237, 236, 161, 132, 162, 186, 142, 230, 138, 170, 163, 239, 234, 48, 68, 79, 141, 238, 107, 164),
    "green": (74, 75, 41, 166, 95, 82, 43, 97, 7, 42, 244, 65, 226, 129, 24, 130, 116, 66, 33, 181),
    "fhv": (265, 132, 138, 129, 76, 213, 14, 242, 210, 250, 69, 212, 185, 22, 81, 136, 174, 3, 259, 20),
    "fhvhv": (132, 138, 61, 79, 37, 76, 48, 161, 230, 7, 42, 68, 234, 246, 249, 255, 231, 170, 181, 225),
}


def days_of(month: FileMonth) -> list[int]:
    """How many trips each day of the month has, as shares."""
    first = month.first_day
    return [_WEEKDAYS[(first.weekday() + day) % 7] for day in range(monthrange(month.year, month.month)[1])]


def zones_of(service: str) -> list[int]:
    """How many trips begin or end in each of the zones 1 to 263, as shares."""
    busy = {zone: 40 - place for place, zone in enumerate(_BUSY[service])}
    return [busy.get(zone, 3 if zone in MANHATTAN else 1) for zone in range(1, 264)]
