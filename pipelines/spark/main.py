"""What is submitted to Spark: `main.py <job> --input … --output … --run-id …`; everything else is in the package."""

import sys

from trips_spark.cli import main

if __name__ == "__main__":
    sys.exit(main())
