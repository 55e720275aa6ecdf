package googlesql;

import com.google.common.collect.ImmutableList;
import com.google.zetasql.Analyzer;
import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.Constant;
import com.google.zetasql.LanguageOptions;
import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.SimpleColumn;
import com.google.zetasql.SimpleConstantProtos.SimpleConstantProto;
import com.google.zetasql.SimpleTable;
import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.ZetaSQLBuiltinFunctionOptions;
import com.google.zetasql.ZetaSQLType.TypeKind;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateTableAsSelectStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateViewBase;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDropStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedOutputColumn;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import com.google.zetasql.toolkit.options.BigQueryLanguageOptions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the analyzer knows of: BigQuery's functions, tables, and whatever the statements so far have
 * created. It holds no rows; a statement changes it as it would change the warehouse.
 */
final class Warehouse {
  static final LanguageOptions LANGUAGE = language();

  // https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#integer_types
  private static final List<String> INTEGERS =
      List.of("INT", "SMALLINT", "INTEGER", "BIGINT", "TINYINT", "BYTEINT");

  private final Map<String, SimpleTable> tables = new HashMap<>();
  private SimpleCatalog catalog = functions();
  private boolean variables;

  /** Adds a table, or replaces the one of that name: project, dataset and table. */
  void addTable(String name, List<SimpleColumn> columns) {
    removeTable(name);
    SimpleTable table = new SimpleTable(name, columns);
    tables.put(key(name), table);
    place(name, table);
  }

  /** Makes a script's variable known. */
  void declare(String name, Type type) {
    // Like BigQuery's variables, constants are what a name means when no column is called so.
    SimpleConstantProto proto =
        SimpleConstantProto.newBuilder().addNamePath(name).setType(type.serialize()).build();
    TypeFactory types = TypeFactory.nonUniqueNames();
    catalog.addConstant(Constant.deserialize(proto, ImmutableList.of(), types));
    variables = true;
  }

  /** Forgets the variables: a script is at its end. A catalog can't, so it is made anew. */
  void forgetVariables() {
    if (variables) {
      catalog = functions();
      tables.forEach(this::place);
      variables = false;
    }
  }

  /** Analyses one statement; what it creates is there afterwards. */
  void analyse(String sql, AnalyzerOptions options) {
    ResolvedStatement statement = Analyzer.analyzeStatement(sql, options, catalog);
    if (statement instanceof ResolvedCreateTableAsSelectStmt table) {
      addTable(String.join(".", table.getNamePath()), table.getOutputColumnList());
    } else if (statement instanceof ResolvedCreateViewBase view) {
      addTable(String.join(".", view.getNamePath()), view.getOutputColumnList());
    } else if (statement instanceof ResolvedDropStmt drop) {
      removeTable(String.join(".", drop.getNamePath()));
    }
  }

  private void addTable(String name, ImmutableList<ResolvedOutputColumn> columns) {
    addTable(
        name,
        columns.stream()
            .map(column -> new SimpleColumn(name, column.getName(), column.getColumn().getType()))
            .toList());
  }

  private void removeTable(String name) {
    if (tables.remove(key(name)) != null) {
      catalog.removeSimpleTable(name);
      dataset(name).removeSimpleTable(last(name));
    }
  }

  // `project.dataset.table` is one name to the analyzer, `project`.`dataset`.`table` a path.
  private void place(String name, SimpleTable table) {
    catalog.addSimpleTable(name, table);
    dataset(name).addSimpleTable(last(name), table);
  }

  private SimpleCatalog dataset(String name) {
    SimpleCatalog found = catalog;
    String[] path = name.split("\\.");
    for (String part : Arrays.copyOf(path, path.length - 1)) {
      SimpleCatalog inner = found.getCatalog(part);
      found = inner == null ? found.addNewSimpleCatalog(part) : inner;
    }
    return found;
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static SimpleCatalog functions() {
    SimpleCatalog empty = new SimpleCatalog("warehouse");
    empty.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(LANGUAGE));
    Type integer = TypeFactory.createSimpleType(TypeKind.TYPE_INT64);
    INTEGERS.forEach(name -> empty.addType(name, integer));
    return empty;
  }

  private static LanguageOptions language() {
    LanguageOptions options = BigQueryLanguageOptions.get();
    options.setSupportsAllStatementKinds();
    return options;
  }
}
