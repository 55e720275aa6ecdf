package googlesql;

import com.google.zetasql.SqlException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the analyzer refuses, and where. */
final class Fault extends Exception {
  private static final long serialVersionUID = 1L;
  private static final Pattern PLACE =
      Pattern.compile("^(?:INVALID_ARGUMENT: )?(.*?) \\[at (\\d+):(\\d+)\\]$", Pattern.DOTALL);

  /** From 1, in the request's SQL; 0 when unknown. */
  final int line;

  final int column;

  private Fault(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /**
   * Of a piece that starts at the given byte of the whole.
   *
   * @param added how many characters were put before it to make a statement of it
   */
  static Fault of(SqlException exception, Sql whole, int start, int added) {
    Matcher matcher = PLACE.matcher(exception.getMessage());
    if (!matcher.matches()) {
      return new Fault(exception.getMessage(), 0, 0);
    }
    int line = Integer.parseInt(matcher.group(2));
    int column = Integer.parseInt(matcher.group(3));
    int before = whole.linesBefore(start);
    int indent = line == 1 ? whole.columnOf(start) - added : 0;
    return new Fault(matcher.group(1), before + line, indent + column);
  }
}
