package streams;

/** What a record of the rides' topic may be. */
sealed interface RideEvent {

  /** The event's time in milliseconds, its wall clock taken as if it were UTC's: hours of a day in spring and autumn stay as the batch has them. */
  long time();

  /**
   * A ride.
   *
   * @param id the same ride sent twice has the same
   * @param cents charged in all; null where the meter doesn't say
   * @param producedAt microseconds since 1970
   * @param bytes as they came
   */
  record Ride(String id, long zone, long time, Long cents, long producedAt, byte[] bytes) implements RideEvent {}

  /** Nothing follows in this partition: windows may be closed. */
  record Mark(long time) implements RideEvent {}

  /**
   * No ride event at all.
   *
   * @param bytes as they came; null where none came
   * @param reason for people
   */
  record Unreadable(byte[] bytes, String reason) implements RideEvent {
    @Override
    public long time() {
      return 0;
    }
  }
}
