package googlesql;

import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.Parser;
import com.google.zetasql.SqlException;
import com.google.zetasql.parser.ASTNode;
import com.google.zetasql.parser.ASTNodes.ASTAssignmentFromStruct;
import com.google.zetasql.parser.ASTNodes.ASTBeginEndBlock;
import com.google.zetasql.parser.ASTNodes.ASTBeginStatement;
import com.google.zetasql.parser.ASTNodes.ASTCommitStatement;
import com.google.zetasql.parser.ASTNodes.ASTExpression;
import com.google.zetasql.parser.ASTNodes.ASTIfStatement;
import com.google.zetasql.parser.ASTNodes.ASTRaiseStatement;
import com.google.zetasql.parser.ASTNodes.ASTRollbackStatement;
import com.google.zetasql.parser.ASTNodes.ASTScriptStatement;
import com.google.zetasql.parser.ASTNodes.ASTSingleAssignment;
import com.google.zetasql.parser.ASTNodes.ASTStatement;
import com.google.zetasql.parser.ASTNodes.ASTStatementList;
import com.google.zetasql.parser.ASTNodes.ASTVariableDeclaration;

/**
 * A statement or several. The analyzer itself knows single statements only: a script's blocks are
 * walked, and what stands in them is analysed in order, with the variables declared so far.
 */
final class Script {
  private final String text;
  private final Sql sql;
  private final Warehouse warehouse;
  private final AnalyzerOptions options;
  private int analysed;

  Script(String text, Warehouse warehouse, AnalyzerOptions options) {
    this.text = text;
    this.sql = new Sql(text);
    this.warehouse = warehouse;
    this.options = options;
  }

  /** Returns how many statements and expressions were analysed; throws at the first fault. */
  int analyse() throws Fault {
    ASTStatementList statements;
    try {
      statements = Parser.parseScript(text, Warehouse.LANGUAGE).getStatementListNode();
    } catch (SqlException exception) {
      throw Fault.of(exception, sql, 0, 0);
    }
    walk(statements);
    return analysed;
  }

  private void walk(ASTStatementList list) throws Fault {
    if (list != null) {
      for (ASTStatement statement : list.getStatementList()) {
        walk(statement);
      }
    }
  }

  private void walk(ASTStatement statement) throws Fault {
    if (statement instanceof ASTBeginEndBlock block) {
      walk(block.getStatementListNode());
      if (block.getHandlerList() != null) {
        for (var handler : block.getHandlerList().getExceptionHandlerList()) {
          walk(handler.getStatementList());
        }
      }
    } else if (statement instanceof ASTIfStatement choice) {
      walk(choice);
    } else if (statement instanceof ASTVariableDeclaration declaration) {
      declare(declaration);
    } else if (statement instanceof ASTRaiseStatement raise) {
      analyse(raise.getMessage());
    } else if (statement instanceof ASTSingleAssignment assignment) {
      analyse(assignment.getExpression());
    } else if (statement instanceof ASTAssignmentFromStruct assignment) {
      analyse(assignment.getStructExpression());
    } else if (statement instanceof ASTScriptStatement unknown) {
      throw new UnsupportedOperationException(
          "A script's " + unknown.nodeKindString() + " is unknown here: teach it to Script.java.");
    } else if (!isTransaction(statement)) {
      analyse(statement, "");
    }
  }

  private void walk(ASTIfStatement choice) throws Fault {
    analyse(choice.getCondition());
    walk(choice.getThenList());
    if (choice.getElseifClauses() != null) {
      for (var clause : choice.getElseifClauses().getElseifClauses()) {
        analyse(clause.getCondition());
        walk(clause.getBody());
      }
    }
    walk(choice.getElseList());
  }

  private void declare(ASTVariableDeclaration declaration) throws Fault {
    analyse(declaration.getDefaultValue());
    if (declaration.getType() == null) {
      throw new UnsupportedOperationException(
          "A variable without a type is unknown here: write its type in the declaration.");
    }
    String type = sql.of(declaration.getType());
    for (var variable : declaration.getVariableList().getIdentifierList()) {
      warehouse.declare(variable.getIdString(), Types.named(type));
    }
  }

  private void analyse(ASTExpression expression) throws Fault {
    if (expression != null) {
      analyse(expression, "select ");
    }
  }

  private void analyse(ASTNode node, String before) throws Fault {
    try {
      warehouse.analyse(before + sql.of(node), options);
      analysed++;
    } catch (SqlException exception) {
      throw Fault.of(exception, sql, node.getParseLocationRange().start(), before.length());
    }
  }

  private static boolean isTransaction(ASTStatement statement) {
    return statement instanceof ASTBeginStatement
        || statement instanceof ASTCommitStatement
        || statement instanceof ASTRollbackStatement;
  }
}
