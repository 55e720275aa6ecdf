from sinks.cli import main

raise SystemExit(main())
