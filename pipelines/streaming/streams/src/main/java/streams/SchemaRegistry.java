package streams;

import java.util.Optional;
import org.apache.avro.Schema;

/** Where schemas lie by their numbers. */
interface SchemaRegistry {
  /**
   * The schema of a number; nothing where there is none.
   *
   * @throws RegistryTrouble when it doesn't answer
   */
  Optional<Schema> schemaOf(int id);

  /**
   * The number of a schema that a topic's values are written by; registered where it isn't yet.
   *
   * @throws RegistryTrouble when it doesn't answer
   * @throws IllegalStateException when it refuses the schema
   */
  int idOf(String topic, Schema schema);

  /** The registry doesn't answer; it may do so later. */
  final class RegistryTrouble extends RuntimeException {
    RegistryTrouble(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
