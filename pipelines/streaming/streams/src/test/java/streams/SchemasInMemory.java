package streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** A registry in memory: the numbers are places in a list. */
final class SchemasInMemory implements SchemaRegistry {
  private final List<Schema> schemas = new ArrayList<>();

  @Override
  public Optional<Schema> schemaOf(int id) {
    return id < schemas.size() ? Optional.of(schemas.get(id)) : Optional.empty();
  }

  @Override
  public int idOf(String topic, Schema schema) {
    if (!schemas.contains(schema)) schemas.add(schema);
    return schemas.indexOf(schema);
  }
}
