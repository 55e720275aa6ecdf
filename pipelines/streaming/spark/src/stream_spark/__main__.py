from stream_spark.cli import main

raise SystemExit(main())
