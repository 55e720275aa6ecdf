package streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("pickups and revenue per zone and hour")
class RidesPerZoneTest {
  private static final String END = "2019-03-01T23:00:00";
  private Application application;

  @BeforeEach
  void start(@TempDir Path state) {
    application = new Application(state);
  }

  @AfterEach
  void stop() {
    application.close();
  }

  private List<String> updates() {
    return application.answers(RidesPerZone.UPDATES);
  }

  private List<String> finals() {
    return application.answers(RidesPerZone.FINALS);
  }

  @Test
  @DisplayName("every change is told at once, and the final result once")
  void updatesAndFinal() {
    application.ride("a", 132, "2019-03-01T17:05:00", "10.50");
    application.ride("b", 132, "2019-03-01T17:06:00", "20.25");

    assertEquals(List.of("132|2019-03-01T17:00 1 10.50", "132|2019-03-01T17:00 2 30.75"), updates());
    assertEquals(List.of(), finals());

    application.mark(END);
    application.mark(END);
    assertEquals(List.of("132|2019-03-01T17:00 2 30.75"), finals());
    assertEquals(List.of(), updates());
  }

  @Test
  @DisplayName("a ride counts to the window that it began in: its beginning belongs to it, its end doesn't")
  void edges() {
    application.ride("a", 1, "2019-03-01T17:00:00", "1.00");
    application.ride("b", 1, "2019-03-01T17:59:59.999999", "2.00");
    application.ride("c", 1, "2019-03-01T18:00:00", "4.00");
    application.mark(END);

    assertEquals(List.of("1|2019-03-01T17:00 2 3.00", "1|2019-03-01T18:00 1 4.00"), finals());
  }

  @Test
  @DisplayName("the hour that clocks skip in spring, and the one that they repeat in autumn, are hours as any other")
  void daylightSaving() {
    application.ride("a", 1, "2019-03-10T02:30:00", "1.00");
    application.ride("b", 1, "2019-11-03T01:30:00", "2.00");
    application.mark("2019-11-03T09:00:00");

    assertEquals(List.of("1|2019-03-10T02:00 1 1.00", "1|2019-11-03T01:00 1 2.00"), finals());
  }

  @Test
  @DisplayName("rides out of order count as long as their window is open")
  void outOfOrder() {
    application.ride("a", 1, "2019-03-01T17:10:00", "1.00");
    application.ride("b", 2, "2019-03-01T19:59:59", "2.00");
    application.ride("c", 1, "2019-03-01T17:05:00", "4.00");
    application.mark(END);

    assertEquals(List.of("1|2019-03-01T17:00 2 5.00", "2|2019-03-01T19:00 1 2.00"), finals());
    assertEquals(0, application.count("late"));
  }

  @Test
  @DisplayName("when grace is over the window is final, and a late ride is dropped and counted as such")
  void late() {
    application.ride("a", 1, "2019-03-01T17:10:00", "1.00");
    application.ride("b", 2, "2019-03-01T20:00:00", "2.00");
    assertEquals(List.of("1|2019-03-01T17:00 1 1.00"), finals());
    updates();

    application.ride("c", 1, "2019-03-01T17:59:00", "4.00");
    application.mark(END);

    assertEquals(List.of(), updates());
    assertEquals(List.of("2|2019-03-01T20:00 1 2.00"), finals());
    assertEquals(1, application.count("late"));
  }

  @Test
  @DisplayName("a ride that comes again is counted once, in its window and in its grace, and whatever else it says")
  void repeated() {
    application.ride("a", 1, "2019-03-01T17:10:00", "1.00");
    application.ride("a", 1, "2019-03-01T17:10:00", "1.00");
    application.ride("b", 1, "2019-03-01T19:59:59", "2.00");
    application.ride("a", 1, "2019-03-01T17:10:00", "9.00");
    application.mark(END);

    assertEquals(List.of("1|2019-03-01T17:00 1 1.00", "1|2019-03-01T19:00 1 2.00"), finals());
    assertEquals(2, application.count("repeated"));
    assertEquals(2, application.count("counted"));
  }

  @Test
  @DisplayName("a ride that comes again when its id is forgotten is too late to count")
  void repeatedLate() {
    application.ride("a", 1, "2019-03-01T17:10:00", "1.00");
    application.mark(END);
    application.ride("a", 1, "2019-03-01T17:10:00", "1.00");
    application.mark("2019-03-02T23:00:00");

    assertEquals(List.of("1|2019-03-01T17:00 1 1.00"), finals());
    assertEquals(1, application.count("late"));
  }

  @Test
  @DisplayName("marks are counted nowhere, and the ride that follows one counts")
  void marks() {
    application.mark("2019-03-01T16:59:00");
    application.ride("a", 1, "2019-03-01T17:10:00", "1.00");
    application.mark(END);
    application.mark("2019-03-02T23:00:00");

    assertEquals(List.of("1|2019-03-01T17:00 1 1.00"), updates());
    assertEquals(List.of("1|2019-03-01T17:00 1 1.00"), finals());
    assertEquals(1, application.count("counted"));
  }

  @Test
  @DisplayName("amounts are exact: null adds nothing, and what is below zero is subtracted")
  void amounts() {
    for (var ride = 0; ride < 30; ride++) application.ride("a" + ride, 1, "2019-03-01T17:10:00", "0.10");
    application.ride("b", 1, "2019-03-01T17:11:00", null);
    application.ride("c", 1, "2019-03-01T17:12:00", "-52.80");
    application.ride("d", 2, "2019-03-01T17:12:00", null);
    application.ride("e", 3, "2019-03-01T17:12:00", "9999999999.99");
    application.mark(END);

    var expected = List.of("1|2019-03-01T17:00 32 -49.80", "2|2019-03-01T17:00 1 0.00", "3|2019-03-01T17:00 1 9999999999.99");
    assertEquals(expected, finals().stream().sorted().toList());
  }

  @Test
  @DisplayName("rides of both services count together")
  void services() {
    var green = AvroBytes.rideEvent("b", "ride", 7, "2019-03-01T17:20:00", "2.00");
    green.put("service", "green");
    application.ride("a", 7, "2019-03-01T17:10:00", "1.00");
    application.event(7, green);

    assertEquals("7|2019-03-01T17:00 2 3.00", updates().get(1));
  }

  @Test
  @DisplayName("an answer has its zone's names, its window's times, the newest ride's sending and its own")
  void answer() {
    application.zone(132, "Queens", "JFK Airport");
    var ride = AvroBytes.rideEvent("a", "ride", 132, "2019-03-01T17:05:00", "10.50");
    ride.put("produced_at", AvroBytes.SENT + 7);
    application.event(132, ride);
    application.ride("b", 132, "2019-03-01T17:05:00", "10.50");

    var record = application.records(RidesPerZone.UPDATES).get(1);
    var hour = application.read(record);
    assertEquals("Queens", hour.get("borough").toString());
    assertEquals("JFK Airport", hour.get("zone").toString());
    assertEquals(132L, hour.get("pickup_zone_id"));
    assertEquals(LocalDateTime.parse("2019-03-01T17:00"), AvroBytes.local(hour.get("window_start")));
    assertEquals(LocalDateTime.parse("2019-03-01T18:00"), AvroBytes.local(hour.get("window_end")));
    assertEquals(AvroBytes.SENT + 7, hour.get("ride_produced_at"));
    assertEquals(Application.NOW.toEpochMilli() * 1000, hour.get("updated_at"));
    assertEquals(Application.NOW, record.getRecordTime(), "else topics would drop a replayed month's answers by their age");
  }

  @Test
  @DisplayName("a zone that nobody knows, or that can't be read, has no names, and its rides count")
  void unknownZone() {
    application.zoneBytes(265, new byte[] {9, 9});
    application.ride("a", 264, "2019-03-01T17:10:00", "1.00");
    application.ride("b", 265, "2019-03-01T17:10:00", "2.00");
    application.mark(END);

    var records = application.records(RidesPerZone.FINALS);
    assertEquals(2, records.size());
    for (var record : records) {
      assertNull(application.read(record).get("zone"));
      assertNull(application.read(record).get("borough"));
    }
  }

  @Test
  @DisplayName("what can't be read goes to the dead letters as it came, with where from and why; what follows counts")
  void deadLetter() {
    var poison = "no Avro at all".getBytes(UTF_8);
    application.bytes(132, poison);
    application.ride("a", 132, "2019-03-01T17:10:00", "1.00");

    var letters = application.records(RidesPerZone.DEAD_LETTERS);
    assertEquals(1, letters.size());
    assertArrayEquals(poison, letters.get(0).value());
    assertEquals("132", letters.get(0).key());
    assertEquals("trips.rides", header(letters.get(0), "topic"));
    assertEquals("0", header(letters.get(0), "partition"));
    assertEquals("0", header(letters.get(0), "offset"));
    assertTrue(header(letters.get(0), "reason").contains("schema's number"));
    assertEquals(List.of("132|2019-03-01T17:00 1 1.00"), updates());
    assertEquals(1, application.count("unreadable"));
  }

  @Test
  @DisplayName("each kind of bad record is a dead letter with a reason of its own, and makes no time pass")
  void deadLetters() {
    application.ride("a", 1, "2019-03-01T17:10:00", "1.00");
    var good = AvroBytes.rideEvent("b", "ride", 1, "2019-03-01T17:10:00", "1.00");
    var bytes = AvroBytes.of(application.schema(Schemas.RIDE_EVENT), Schemas.RIDE_EVENT, good);
    var longer = java.util.Arrays.copyOf(bytes, bytes.length + 3);
    var shorter = java.util.Arrays.copyOf(bytes, bytes.length - 3);
    application.bytes(1, AvroBytes.of(99, Schemas.RIDE_EVENT, good));
    application.bytes(1, longer);
    application.bytes(1, shorter);
    application.bytes(1, null);
    application.bytes(1, AvroBytes.of(application.schema(Schemas.ZONE), Schemas.ZONE, AvroBytes.zone(1, "Queens", "JFK Airport")));
    application.bytes(2, bytes);
    application.event(1, AvroBytes.rideEvent("c", "stroll", 1, "2019-03-01T17:10:00", "1.00"));
    application.event(1, AvroBytes.rideEvent("d", "ride", 1, "2098-01-01T00:00:00", "1.00"));
    application.event(1, AvroBytes.rideEvent("e", "ride", 1, "1969-12-31T23:59:59", "1.00"));

    var reasons = application.records(RidesPerZone.DEAD_LETTERS).stream().map(letter -> header(letter, "reason")).toList();
    assertEquals(9, reasons.size());
    assertEquals("the registry has no schema 99", reasons.get(0));
    assertEquals("bytes follow the end of the record", reasons.get(1));
    assertTrue(reasons.get(2).startsWith("the value isn't what its schema says"), reasons.get(2));
    assertEquals("there is no value", reasons.get(3));
    assertTrue(reasons.get(4).startsWith("the value isn't what its schema says"), reasons.get(4));
    assertEquals("its key is \"2\", its zone 1", reasons.get(5));
    assertEquals("event_type is \"stroll\"", reasons.get(6));
    assertEquals("the ride begins after it was sent", reasons.get(7));
    assertEquals("pickup_datetime lies before 1970", reasons.get(8));
    application.mark(END);
    assertEquals(List.of("1|2019-03-01T17:00 1 1.00"), finals());
  }

  private static String header(org.apache.kafka.streams.test.TestRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
