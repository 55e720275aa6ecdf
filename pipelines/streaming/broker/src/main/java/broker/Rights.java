package broker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What users may do: what is described, and nothing else. */
record Rights(Admin admin, Apply.Changes changes) {

  void apply(JsonNode users) throws ExecutionException, InterruptedException {
    var wanted = wanted(users);
    var there = new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
    var missing = difference(wanted, there);
    var tooMany = difference(there, wanted);
    if (!missing.isEmpty()) admin.createAcls(missing).all().get();
    if (!tooMany.isEmpty()) admin.deleteAcls(tooMany.stream().map(AclBinding::toFilter).toList()).all().get();
    missing.forEach(right -> changes.add("right " + told(right) + ": granted"));
    tooMany.forEach(right -> changes.add("right " + told(right) + ": taken away"));
  }

  private static Set<AclBinding> wanted(JsonNode users) {
    var wanted = new HashSet<AclBinding>();
    for (var user : users) {
      for (var right : user.get("rights")) {
        for (var operation : right.get("operations")) {
          var principal = "User:" + Apply.text(user, "name");
          var entry = new AccessControlEntry(principal, "*", AclOperation.valueOf(operation.asText()), AclPermissionType.ALLOW);
          wanted.add(new AclBinding(pattern(right), entry));
        }
      }
    }
    return wanted;
  }

  private static ResourcePattern pattern(JsonNode right) {
    var type = ResourceType.valueOf(Apply.text(right, "type"));
    var name = Apply.text(right, "name");
    return name.endsWith("*")
        ? new ResourcePattern(type, name.substring(0, name.length() - 1), PatternType.PREFIXED)
        : new ResourcePattern(type, name, PatternType.LITERAL);
  }

  private static Set<AclBinding> difference(Set<AclBinding> all, Set<AclBinding> without) {
    var rest = new HashSet<>(all);
    rest.removeAll(without);
    return rest;
  }

  private static String told(AclBinding right) {
    var pattern = right.pattern();
    var end = pattern.patternType() == PatternType.PREFIXED ? "*" : "";
    return "%s %s %s%s".formatted(right.entry().principal(), right.entry().operation(), pattern.name(), end);
  }
}
