package googlesql;

import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.ZetaSQLType.TypeKind;
import java.util.Locale;

/** BigQuery's types by name, as its API and its SQL spell them. */
final class Types {
  private Types() {}

  static Type named(String name) {
    String upper = name.trim().toUpperCase(Locale.ROOT);
    if (upper.startsWith("ARRAY<") && upper.endsWith(">")) {
      return TypeFactory.createArrayType(named(upper.substring(6, upper.length() - 1)));
    }
    return TypeFactory.createSimpleType(kind(upper.replaceAll("\\(.*\\)$", "")));
  }

  private static TypeKind kind(String name) {
    return switch (name) {
      case "INTEGER", "INT64", "INT", "BIGINT", "SMALLINT", "TINYINT" -> TypeKind.TYPE_INT64;
      case "FLOAT", "FLOAT64" -> TypeKind.TYPE_DOUBLE;
      case "BOOLEAN", "BOOL" -> TypeKind.TYPE_BOOL;
      case "NUMERIC", "DECIMAL" -> TypeKind.TYPE_NUMERIC;
      case "BIGNUMERIC", "BIGDECIMAL" -> TypeKind.TYPE_BIGNUMERIC;
      case "STRING",
              "BYTES",
              "DATE",
              "DATETIME",
              "TIME",
              "TIMESTAMP",
              "JSON",
              "GEOGRAPHY",
              "INTERVAL" ->
          TypeKind.valueOf("TYPE_" + name);
      default ->
          throw new IllegalArgumentException(
              "The type \"" + name + "\" is unknown here: teach it to Types.java.");
    };
  }
}
