package io.homeostat.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Journal;
import io.homeostat.engine.Names;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Why;
import io.homeostat.fact.Subject;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Why something is wished, and decided, about a subject; and why not.
@Path("/api/v1/why")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "present")
@Singleton
class WhyResource {
    private static final int DECISIONS = 200;
    private static final long RETRY_SECONDS = 5;

    private final EngineLoop loop;
    private final Why why;
    private final Journal journal;

    WhyResource(EngineLoop loop, Why why, Journal journal) {
        this.loop = loop;
        this.why = why;
        this.journal = journal;
    }

    @GET
    @Operation(
            summary = "Say why rules wish something about a subject or an alert, and why not",
            description =
                    "Subject or alert, by the name that Docker or Alertmanager shows, by ID or"
                            + " fingerprint, or by its beginning. The rules that came near, their"
                            + " conditions with the facts that match or come nearest, and the"
                            + " decisions with each guard; or the one rule that is asked for.")
    public JsonNode why(
            @QueryParam("subject") @DefaultValue("") String subject,
            @QueryParam("alert") @DefaultValue("") String alert,
            @QueryParam("rule") @Nullable String rule)
            throws StoreException {
        if (subject.isBlank() == alert.isBlank()) {
            throw new BadRequestException(
                    "say either subject or alert, as in /api/v1/why?subject=shop_web");
        }
        return alert.isBlank()
                ? answer(subject, null, rule)
                : answer(alert, Subject.Kind.ALERT, rule);
    }

    JsonNode answer(String name, Subject.@Nullable Kind kind, @Nullable String rule)
            throws StoreException {
        Why.Moment now = Why.Moment.of(loop.picture());
        if (now == null) {
            throw new ServiceUnavailableException(
                    "nothing is decided here now; /api/v1/status says who leads", RETRY_SECONDS);
        }
        try {
            return judged(Items.why(why.of(now, name, kind, rule)));
        } catch (Names.NotOne several) {
            String message = String.valueOf(several.getMessage());
            throw several.isSeveral()
                    ? new BadRequestException(message, several)
                    : new NotFoundException(message, several);
        }
    }

    /// Beside each wish the decision on it, and beside a rule that does not wish now the last one.
    private JsonNode judged(ObjectNode answer) throws StoreException {
        SortedMap<String, List<JsonNode>> decisions = new TreeMap<>();
        for (JsonNode rule : answer.path("rules")) {
            String name = rule.path("name").asText();
            for (JsonNode wish : rule.path("wishes")) {
                JsonNode decision =
                        newest(
                                decisions(wish.path("subject").asText(), decisions),
                                name,
                                wish.path("intent").asText());
                ((ObjectNode) wish).set("decision", decision);
            }
            JsonNode last =
                    rule.path("wishes").isEmpty()
                            ? newest(
                                    decisions(answer.path("decidedOn").asText(), decisions),
                                    name,
                                    null)
                            : null;
            ((ObjectNode) rule).set("last", last);
        }
        return answer;
    }

    private List<JsonNode> decisions(String subject, Map<String, List<JsonNode>> read)
            throws StoreException {
        List<JsonNode> decisions = read.get(subject);
        if (decisions == null) {
            decisions = new ArrayList<>();
            for (String item :
                    journal.page("decision", Map.of("subject", subject), null, DECISIONS).items()) {
                decisions.add(Items.stored(item));
            }
            read.put(subject, decisions);
        }
        return decisions;
    }

    private static @Nullable JsonNode newest(
            List<JsonNode> decisions, String rule, @Nullable String intent) {
        for (JsonNode decision : decisions) {
            boolean wanted = intent == null || decision.path("intent").asText().equals(intent);
            if (wanted && List.of(decision.path("rule").asText().split(", ", -1)).contains(rule)) {
                return decision;
            }
        }
        return null;
    }
}
