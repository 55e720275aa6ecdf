package googlesql;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.SimpleColumn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;

/**
 * Analyses GoogleSQL: reads a {@link Request} a line, in JSON, and writes an {@link Answer} a line
 * for each that has an id. Nothing leaves the machine.
 */
public final class Analyse {
  private static final Gson GSON = new Gson();

  private Warehouse warehouse = new Warehouse();

  private Analyse() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    Analyse analyse = new Analyse();
    PrintStream output = new PrintStream(System.out, false, UTF_8);
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      Answer answer = analyse.answer(GSON.fromJson(line, Request.class));
      if (answer != null) {
        output.println(GSON.toJson(answer));
        output.flush();
      }
    }
    // The engine's own threads would keep the process alive.
    System.exit(0);
  }

  private Answer answer(Request request) {
    if (request.reset()) {
      warehouse = new Warehouse();
    }
    for (Request.Table table : request.tables()) {
      warehouse.addTable(
          table.name(),
          table.columns().stream()
              .map(c -> new SimpleColumn(table.name(), c.name(), Types.named(c.type())))
              .toList());
    }
    return request.id() == null ? null : analyse(request);
  }

  private Answer analyse(Request request) {
    AnalyzerOptions options = new AnalyzerOptions();
    options.setLanguageOptions(Warehouse.LANGUAGE);
    request
        .parameters()
        .forEach((name, type) -> options.addQueryParameter(name, Types.named(type)));
    request.variables().forEach((name, type) -> warehouse.declare(name, Types.named(type)));
    try {
      int statements = new Script(request.sql(), warehouse, options).analyse();
      return Answer.sound(request.id(), statements);
    } catch (Fault fault) {
      return new Answer(request.id(), fault.getMessage(), fault.line, fault.column, 0);
    } finally {
      warehouse.forgetVariables();
    }
  }
}
