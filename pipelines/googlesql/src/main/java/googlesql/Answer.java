package googlesql;

/**
 * One line of output.
 *
 * @param id the request's
 * @param fault what the analyzer said; null when the statement is sound
 * @param line where in the request's SQL, from 1; 0 when the analyzer named no place
 * @param column in that line, from 1
 * @param statements how many statements and expressions were analysed
 */
record Answer(String id, String fault, int line, int column, int statements) {

  static Answer sound(String id, int statements) {
    return new Answer(id, null, 0, 0, statements);
  }
}
