"""Counts the clean trips of one service and month."""

import sys

from pyspark.sql import SparkSession


def main(files: str) -> None:
    spark = SparkSession.builder.appName("count").getOrCreate()
    print(f"{files}: {spark.read.parquet(files).count()} trips")


if __name__ == "__main__":
    main(sys.argv[1])
