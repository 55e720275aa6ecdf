"""Ingest's own verdict on every row of a file: a Parquet file of the cast rows, `reasons` and `warnings` beside them.

staged.py <contracts.json> <service> <YYYY-MM> <file, or "generate"> <target>
"""

import sys
from pathlib import Path

import duckdb

from ingest.contract import load_contracts
from ingest.delivery import Key
from ingest.generate import Recipe, generate
from ingest.months import FileMonth
from ingest.source_columns import match_columns, read_columns
from ingest.sql import literal
from ingest.staging import stage

contracts, service, month, given, target = sys.argv[1:]
file_month = FileMonth.parse(month)
table = load_contracts(Path(contracts)).of_service(service)
file = Path(target + ".received.parquet") if given == "generate" else Path(given)
if given == "generate":
    generate(Recipe(Key(service, file_month), 20_000), file)
connection = duckdb.connect(":memory:")
columns = read_columns(connection, file)
matching = match_columns(columns, table, file_month, str(file))
stage(connection, file, columns, matching, table, file_month, Path(target + ".staged.parquet"))
connection.execute(f"""
    COPY (SELECT * EXCLUDE (raw), DATE '{file_month.first_day}' AS file_month FROM staged)
    TO {literal(target)} (FORMAT parquet)
""")
