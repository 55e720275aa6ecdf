package streams;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** A record's time is the event's, not that at which it was sent. What is no event makes no time pass. */
final class EventTime implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    // An empty value isn't given to any deserializer.
    if (!(record.value() instanceof RideEvent event) || event instanceof RideEvent.Unreadable) return Math.max(0, partitionTime);
    return event.time();
  }
}
