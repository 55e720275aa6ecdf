package streams;

/** A window's tally with its zone's names, both null where no zone has that number. */
record ZoneHour(Tally tally, String borough, String zone) {}
