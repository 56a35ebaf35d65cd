package io.homeostat.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Optional;

/// A service that nothing is wrong with, until a test changes it.
final class Sample {
    static final String IMAGE = "shop/api:1.2@sha256:0123";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode service =
            (ObjectNode)
                    json(
                            """
                            {"ID": "abc", "Spec": {
                              "Name": "shop_api",
                              "Labels": {"com.docker.stack.namespace": "shop"},
                              "Mode": {"Replicated": {"Replicas": 2}},
                              "UpdateConfig": {"Parallelism": 1, "Order": "start-first"},
                              "EndpointSpec": {"Ports": [
                                {"Protocol": "tcp", "TargetPort": 8080, "PublishedPort": 80, "PublishMode": "ingress"}]},
                              "TaskTemplate": {
                                "Networks": [{"Target": "net1"}],
                                "Resources": {"Limits": {"MemoryBytes": 67108864}},
                                "ContainerSpec": {
                                  "Image": "shop/api:1.2@sha256:0123",
                                  "Healthcheck": {"Test": ["CMD", "true"]}}}}}
                            """);

    static Sample well() {
        return new Sample();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    Sample order(String order) {
        return set("UpdateConfig", "{\"Parallelism\": 1, \"Order\": \"%s\"}".formatted(order));
    }

    Sample replicas(int replicas) {
        return set("Mode", "{\"Replicated\": {\"Replicas\": %d}}".formatted(replicas));
    }

    Sample ports(String ports) {
        return set("EndpointSpec", "{\"Ports\": %s}".formatted(ports));
    }

    Sample label(String name, String value) {
        spec().withObject("/Labels").put(name, value);
        return this;
    }

    Sample mount(String mount) {
        container().withArray("Mounts").add(json(mount));
        return this;
    }

    Sample image(String image) {
        container().put("Image", image);
        return this;
    }

    Sample container(String field, String value) {
        container().set(field, json(value));
        return this;
    }

    Sample template(String field, String value) {
        spec().withObject("/TaskTemplate").set(field, json(value));
        return this;
    }

    /// Sets a field of the specification.
    Sample set(String field, String value) {
        spec().set(field, json(value));
        return this;
    }

    DeployedService service() {
        return new DeployedService(service.deepCopy());
    }

    Optional<Finding> by(ServiceCheck check) {
        return check.of(service());
    }

    private ObjectNode spec() {
        return service.withObject("/Spec");
    }

    private ObjectNode container() {
        return spec().withObject("/TaskTemplate").withObject("/ContainerSpec");
    }
}
