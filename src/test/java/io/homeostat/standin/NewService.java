package io.homeostat.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/// A replicated service as Docker shows it right after it was created.
final class NewService {
    private NewService() {}

    static ObjectNode of(String name, int replicas, Map<String, String> labels, long version) {
        ObjectNode service = JsonNodeFactory.instance.objectNode();
        service.put("ID", "id_" + name);
        service.put("CreatedAt", Instant.now().toString());
        service.put("UpdatedAt", Instant.now().toString());
        service.putObject("Version").put("Index", version);
        ObjectNode spec = service.putObject("Spec").put("Name", name);
        ObjectNode labelled = spec.putObject("Labels");
        labels.forEach(labelled::put);
        ObjectNode template = spec.putObject("TaskTemplate").put("ForceUpdate", 0);
        template.putObject("ContainerSpec").put("Image", "demo/web:1.0");
        spec.putObject("Mode").putObject("Replicated").put("Replicas", replicas);
        return service;
    }
}
