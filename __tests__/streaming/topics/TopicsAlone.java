package broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** {@link Apply} for a cluster without log-ins, which has no users and no rights. */
public final class TopicsAlone {
  private TopicsAlone() {}

  /** Arguments: addresses of brokers, and topics as JSON. */
  public static void main(String[] args) throws Exception {
    var properties = new Properties();
    properties.put("bootstrap.servers", args[0]);
    try (var admin = Admin.create(properties)) {
      new Topics(admin, new Apply.Changes()).apply(new ObjectMapper().readTree(args[1]));
    }
  }
}
