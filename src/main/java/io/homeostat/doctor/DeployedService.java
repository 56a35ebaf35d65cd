package io.homeostat.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A service as Docker's API shows it. It bears any JSON: what is not there counts as Docker's
/// default.
///
/// @param json what Docker answered
public record DeployedService(JsonNode json) {
    private static final String STACK = "com.docker.stack.namespace";

    /// The name that Docker shows.
    public String name() {
        String name = spec().path("Name").asText("");
        return name.isEmpty() ? json.path("ID").asText("(without a name)") : name;
    }

    /// The image with its tag, and with its digest when it was resolved.
    public String image() {
        return container().path("Image").asText("");
    }

    /// True when the service says itself how its health is checked, or that it is not to be.
    public boolean speaksOfHealth() {
        return !container().path("Healthcheck").path("Test").isEmpty();
    }

    /// True when it has a task at any time that could be asked how it is.
    public boolean serves() {
        return isGlobal() || replicas() > 0;
    }

    /// The stack that it is of; empty when it is of none.
    String stack() {
        return labels().getOrDefault(STACK, "");
    }

    /// What a stack file calls it.
    String nameInFile() {
        String prefix = stack() + "_";
        return name().startsWith(prefix) ? name().substring(prefix.length()) : name();
    }

    /// A replicated service's; 0 of any other.
    int replicas() {
        JsonNode replicated = spec().path("Mode").path("Replicated");
        return replicated.isObject() ? replicated.path("Replicas").asInt(1) : 0;
    }

    boolean isGlobal() {
        return spec().path("Mode").has("Global");
    }

    /// True when an update stops a task before its successor is started, as Docker does unless told
    /// otherwise.
    boolean stopsFirst() {
        return !spec().path("UpdateConfig").path("Order").asText("").equals("start-first");
    }

    /// True when an update takes all tasks at once.
    boolean updatesAllAtOnce() {
        int parallelism = spec().path("UpdateConfig").path("Parallelism").asInt(1);
        return parallelism == 0 || parallelism >= replicas();
    }

    boolean isOnANetwork() {
        return !template().path("Networks").isEmpty() || !spec().path("Networks").isEmpty();
    }

    JsonNode container() {
        return template().path("ContainerSpec");
    }

    JsonNode template() {
        return spec().path("TaskTemplate");
    }

    List<JsonNode> mounts() {
        return list(container().path("Mounts"));
    }

    List<JsonNode> ports() {
        return list(spec().path("EndpointSpec").path("Ports"));
    }

    SortedMap<String, String> labels() {
        return texts(spec().path("Labels"));
    }

    SortedMap<String, String> containerLabels() {
        return texts(container().path("Labels"));
    }

    Finding finding(Ailment ailment, String what, String change) {
        return new Finding(ailment, about(), what, change, true);
    }

    /// Of what cannot be settled from here.
    Finding suspicion(Ailment ailment, String what, String change) {
        return new Finding(ailment, about(), what, change, false);
    }

    Optional<Finding> found(Ailment ailment, String what, String change) {
        return Optional.of(finding(ailment, what, change));
    }

    /// Lines of a stack file below the service's own name.
    String inStackFile(String lines) {
        return nameInFile() + ":\n" + lines.strip().indent(2).stripTrailing();
    }

    private About about() {
        return new About(About.Kind.SERVICE, name());
    }

    private JsonNode spec() {
        return json.path("Spec");
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private static SortedMap<String, String> texts(JsonNode labels) {
        SortedMap<String, String> texts = new TreeMap<>();
        labels.properties().forEach(label -> texts.put(label.getKey(), label.getValue().asText()));
        return texts;
    }
}
