package broker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.errors.SaslAuthenticationException;

/** Users as described; below the folder, each one's password (passwords/NAME) and the properties of a client that logs in with it. */
record Users(Admin admin, Apply.Changes changes, Path folder) {
  private static final ScramCredentialInfo KIND = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);

  void apply(JsonNode described) throws ExecutionException, InterruptedException, IOException {
    var wanted = StreamSupport.stream(described.spliterator(), false).map(user -> Apply.text(user, "name")).toList();
    var there = admin.describeUserScramCredentials().all().get();
    var alterations = new ArrayList<UserScramCredentialAlteration>();
    for (var name : wanted) {
      var isThere = there.containsKey(name);
      if (isThere && logsIn(name)) continue;
      var password = Files.readString(folder.resolve("passwords").resolve(name)).strip();
      alterations.add(new UserScramCredentialUpsertion(name, KIND, password));
      changes.add("user " + name + (isThere ? ": new password" : ": made"));
    }
    for (var name : there.keySet()) {
      if (wanted.contains(name)) continue;
      alterations.add(new UserScramCredentialDeletion(name, ScramMechanism.SCRAM_SHA_512));
      changes.add("user " + name + ": deleted");
    }
    if (!alterations.isEmpty()) admin.alterUserScramCredentials(alterations).all().get();
  }

  /** Kafka tells nobody which password it has, but whether one is right. */
  private boolean logsIn(String name) throws ExecutionException, InterruptedException, IOException {
    try (var user = Admin.create(Apply.properties(folder.resolve("clients").resolve(name + ".properties")))) {
      user.describeCluster().nodes().get();
      return true;
    } catch (ExecutionException error) {
      if (error.getCause() instanceof SaslAuthenticationException) return false;
      throw error;
    }
  }
}
