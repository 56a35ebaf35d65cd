package io.homeostat.api;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.History;
import io.homeostat.engine.Picture;
import io.homeostat.engine.Why;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Approval;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.Scope;
import java.util.List;
import java.util.Locale;

/// What the engine holds, as the API shows it: records by their components, subjects as text,
/// instants in ISO 8601.
final class Items {
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Subject.class, ToStringSerializer.instance)
                                    .addSerializer(Scope.class, ToStringSerializer.instance))
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
                    .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                    .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                    .build();

    private Items() {}

    static JsonNode fact(Fact fact, Picture picture) {
        ObjectNode item = JSON.createObjectNode();
        item.put("type", fact.getClass().getSimpleName());
        item.put("subject", fact.subject().toString());
        item.setAll((ObjectNode) JSON.valueToTree(fact));
        if (fact instanceof Alert alert) {
            item.put("account", picture.accounts().getOrDefault(alert.fingerprint(), "new"));
        }
        return item;
    }

    static JsonNode deployment(Deployment deployment) {
        ObjectNode item = JSON.valueToTree(deployment);
        return item.put(
                "state", deployment.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    static JsonNode freeze(Freeze freeze) {
        ObjectNode item = JSON.valueToTree(freeze);
        item.put("scope", freeze.scope().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return item.put("text", freeze.text());
    }

    /// An action without an outcome, and what becomes of it now that it is frozen.
    static JsonNode inTheAir(Undertaking undertaking) {
        String fate =
                switch (undertaking.state()) {
                    case PLANNED ->
                            "it was not sent yet and is held back, unless it is sent this moment";
                    case STARTED ->
                            "it was sent or is being sent; the cluster is asked whether it arrived,"
                                    + " and it is not sent again while this is frozen";
                    case TAKEN ->
                            "Docker carries it out, which the freeze does not stop; it is watched"
                                    + " until %s at the latest"
                                            .formatted(undertaking.expectation().by());
                    case FINAL -> "it has ended";
                };
        return unsettled(undertaking).put("fate", fate);
    }

    private static ObjectNode unsettled(Undertaking undertaking) {
        return JSON.createObjectNode()
                .put("id", undertaking.id())
                .put("decision", undertaking.decision())
                .put("kind", undertaking.action().kind())
                .put("subject", undertaking.subject().toString())
                .put("state", undertaking.state().name().toLowerCase(Locale.ROOT))
                .put("text", undertaking.action().text());
    }

    /// A question to people.
    static JsonNode asked(Picture.Asked asked) {
        Approval approval = asked.approval();
        ObjectNode item =
                JSON.createObjectNode()
                        .put("id", approval.id())
                        .put("incident", approval.incident())
                        .put("subject", approval.subject().toString())
                        .put("kind", approval.action().kind())
                        .put("rule", approval.rule())
                        .put("intent", approval.wish().text())
                        .put("action", approval.action().text())
                        .put("reason", approval.reason())
                        .put("askedAt", approval.askedAt().toString())
                        .put("expires", approval.expires().toString());
        Decision now = asked.now();
        return item.set("now", now == null ? null : decision(now));
    }

    /// A decision that was not recorded.
    static JsonNode decision(Decision decision) {
        return JSON.valueToTree(io.homeostat.engine.Items.decision(decision));
    }

    /// Why rules wish something or do not.
    static ObjectNode why(Why.Answer answer) {
        ObjectNode said = JSON.valueToTree(answer);
        ObjectNode item = JSON.createObjectNode();
        for (String field : List.of("at", "subject", "decidedOn")) {
            item.set(field, said.path(field));
        }
        return item.setAll((ObjectNode) said.path("why"));
    }

    static JsonNode shadowed(History.Shadowed shadowed) {
        return JSON.valueToTree(shadowed);
    }

    /// An item that the store keeps as text.
    static JsonNode stored(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the store holds an item that is not JSON", broken);
        }
    }
}
