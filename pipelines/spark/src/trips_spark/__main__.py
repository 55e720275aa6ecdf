import sys

from trips_spark.cli import main

sys.exit(main())
