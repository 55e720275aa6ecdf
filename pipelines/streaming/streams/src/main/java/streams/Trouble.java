package streams;

import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.LoggerFactory;

/** What to do when a thread fails: begin anew after trouble that passes, else stop and say why. Nothing is lost in either case, nor counted twice. */
final class Trouble implements StreamsUncaughtExceptionHandler {
  private volatile String last = "The application has stopped.";

  /** The last failure, for people. */
  String last() {
    return last;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable error) {
    var cause = error;
    while (cause.getCause() != null && !passes(cause)) cause = cause.getCause();
    var passes = passes(cause);
    last = "The stream application " + (passes ? "goes on after: " : "can't go on: ") + cause;
    var log = LoggerFactory.getLogger(Trouble.class);
    if (passes) log.warn(last);
    else log.error(last, error);
    return passes ? StreamThreadExceptionResponse.REPLACE_THREAD : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private static boolean passes(Throwable error) {
    return error instanceof RetriableException || error instanceof SchemaRegistry.RegistryTrouble;
  }
}
