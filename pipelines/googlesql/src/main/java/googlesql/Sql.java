package googlesql;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.zetasql.parser.ASTNode;

/** SQL by bytes of UTF-8, as the parser counts. */
final class Sql {
  private final byte[] bytes;

  Sql(String text) {
    this.bytes = text.getBytes(UTF_8);
  }

  /** A node's own text. */
  String of(ASTNode node) {
    int start = node.getParseLocationRange().start();
    return new String(bytes, start, node.getParseLocationRange().end() - start, UTF_8);
  }

  /** How many lines end before this byte. */
  int linesBefore(int position) {
    int lines = 0;
    for (int i = 0; i < position; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** How many characters of its line stand before this byte. */
  int columnOf(int position) {
    int start = position;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    return new String(bytes, start, position - start, UTF_8).length();
  }
}
