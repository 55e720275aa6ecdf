package streams;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes.Decimal;
import org.apache.avro.Schema;

/** What Avro doesn't compare when it reads by another schema than it wrote by: it takes milliseconds for microseconds, and dollars for cents. */
final class Meanings {
  private Meanings() {}

  /** For people: the first field of these records whose numbers mean something else than is wanted; nothing where all agree. */
  static Optional<String> difference(Schema written, Schema wanted) {
    if (written.getType() != Schema.Type.RECORD) return Optional.of("it is no record");
    return wanted.getFields().stream().flatMap(field -> difference(written.getField(field.name()), field)).findFirst();
  }

  private static Stream<String> difference(Schema.Field written, Schema.Field wanted) {
    // Where it isn't written it has its default.
    if (written == null) return Stream.empty();
    var right = branches(wanted.schema()).filter(branch -> branch.getLogicalType() != null).map(Meanings::meaning).toList();
    if (right.isEmpty()) return Stream.empty();
    var wrong = branches(written.schema()).map(Meanings::meaning).filter(meaning -> !right.contains(meaning));
    return wrong.map(meaning -> wanted.name() + " is " + meaning + ", not " + String.join(" or ", right));
  }

  private static Stream<Schema> branches(Schema schema) {
    var all = schema.isUnion() ? schema.getTypes() : List.of(schema);
    return all.stream().filter(branch -> branch.getType() != Schema.Type.NULL);
  }

  private static String meaning(Schema schema) {
    var logical = schema.getLogicalType();
    if (logical == null) return "a mere " + schema.getType().getName();
    return logical instanceof Decimal decimal ? "decimal of scale " + decimal.getScale() : logical.getName();
  }
}
