package googlesql;

import java.util.List;
import java.util.Map;

/**
 * One line of input. Either it adds to the catalog, or it asks about a statement.
 *
 * @param reset whether the catalog starts over, empty, before anything else
 * @param tables tables that are there from now on; one of the same name is replaced
 * @param id what the answer is to be known by; null for a line that asks nothing
 * @param sql a statement, or a script of several
 * @param parameters types of its query parameters, by name
 * @param variables types of what a script may use though it declares it nowhere (a procedure's
 *     arguments)
 */
record Request(
    boolean reset,
    List<Table> tables,
    String id,
    String sql,
    Map<String, String> parameters,
    Map<String, String> variables) {

  /** A table or view; {@code name} is whole: project, dataset and table. */
  record Table(String name, List<Column> columns) {}

  /** A column; {@code type} is one of BigQuery's, by any of its names. */
  record Column(String name, String type) {}

  Request {
    tables = tables == null ? List.of() : tables;
    parameters = parameters == null ? Map.of() : parameters;
    variables = variables == null ? Map.of() : variables;
  }
}
