package streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;

/** Runs the application until it is told to stop, or can't go on. */
public final class Main {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Main() {}

  /**
   * Argument: a file of a client's properties, at least `bootstrap.servers`; it may hold any setting of Kafka Streams', too. Environment:
   * SCHEMA_REGISTRY_URL; STATE_DIRECTORY, the folder for state, as systemd names it. Ends with 0 when told to stop (SIGTERM), with 1 in trouble.
   */
  public static void main(String[] args) throws Exception {
    try {
      var settings = Settings.of(args, System.getenv());
      var registry = new HttpSchemaRegistry(settings.registryUrl(), PATIENCE);
      run(new KafkaStreams(new RidesPerZone(Windows.ofContract(), registry).topology(), settings.streams()));
    } catch (IllegalArgumentException | IllegalStateException | SchemaRegistry.RegistryTrouble error) {
      System.err.println(error.getMessage());
      // Not by returning: threads may have been started.
      Runtime.getRuntime().halt(1);
    }
  }

  private static void run(KafkaStreams streams) throws InterruptedException {
    var ended = new CountDownLatch(1);
    var trouble = new Trouble();
    streams.setUncaughtExceptionHandler(trouble);
    streams.setStateListener(
        (now, before) -> {
          System.out.println(now);
          if (now == KafkaStreams.State.ERROR) ended.countDown();
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(streams), "stop"));
    streams.start();
    ended.await();
    System.err.println(trouble.last());
    stop(streams);
    Runtime.getRuntime().halt(1);
  }

  /** What was read is finished and written, and the next start needn't wait until this one is missed. */
  private static void stop(KafkaStreams streams) {
    System.out.println("Rides since the start: " + Counts.of(streams));
    streams.close(new KafkaStreams.CloseOptions().timeout(PATIENCE).leaveGroup(true));
  }

  /** Folder of the application's state below STATE_DIRECTORY. */
  static Path stateOf(Path folder) {
    return folder.resolve(RidesPerZone.APPLICATION);
  }
}
