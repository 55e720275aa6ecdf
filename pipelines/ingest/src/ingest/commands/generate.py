"""Synthetic TLC files in a folder; needs no deployment."""

from __future__ import annotations

from ingest.commands.arguments import Arguments, names_in
from ingest.contract import ZONES
from ingest.delivery import Key
from ingest.generate import Recipe, generate
from ingest.months import parse_months
from ingest.sources.offer import ZONES_NAME


def run(arguments: Arguments) -> int:
    arguments.out.mkdir(parents=True, exist_ok=True)
    for service in names_in(arguments.services or ""):
        for month in parse_months(arguments.months or ""):
            target = arguments.out / f"{service}_tripdata_{month}.parquet"
            generate(Recipe(Key(service, month), arguments.rows, arguments.seed), target)
            print(target)
    generate(Recipe(Key(ZONES, None), 265), arguments.out / ZONES_NAME)
    print(arguments.out / ZONES_NAME)
    return 0
