package io.homeostat.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Journal;
import io.homeostat.engine.Names;
import io.homeostat.engine.Past;
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
import java.time.Instant;
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

    /// So far it looks back for what was decided by a moment that is past.
    private static final int PAGES = 50;

    private static final long RETRY_SECONDS = 5;

    private final EngineLoop loop;
    private final Why why;
    private final Journal journal;
    private final Past past;

    WhyResource(EngineLoop loop, Why why, Journal journal, Past past) {
        this.loop = loop;
        this.why = why;
        this.journal = journal;
        this.past = past;
    }

    @GET
    @Operation(
            summary = "Say why rules wish something about a subject or an alert, and why not",
            description =
                    "Subject or alert, by the name that Docker or Alertmanager shows, by ID or"
                            + " fingerprint, or by its beginning. The rules that came near, their"
                            + " conditions with the facts that match or come nearest, and the"
                            + " decisions with each guard; or the one rule that is asked for;"
                            + " at a past moment, when `at` is an instant or says how long ago, as 2h.")
    public JsonNode why(
            @QueryParam("subject") @DefaultValue("") String subject,
            @QueryParam("alert") @DefaultValue("") String alert,
            @QueryParam("rule") @Nullable String rule,
            @QueryParam("at") @Nullable String at)
            throws StoreException {
        if (subject.isBlank() == alert.isBlank()) {
            throw new BadRequestException(
                    "say either subject or alert, as in /api/v1/why?subject=shop_web");
        }
        return alert.isBlank()
                ? answer(subject, null, rule, at)
                : answer(alert, Subject.Kind.ALERT, rule, at);
    }

    /// @param at the moment, as an instant or as how long ago it was; null for now
    JsonNode answer(
            String name, Subject.@Nullable Kind kind, @Nullable String rule, @Nullable String at)
            throws StoreException {
        Why.Moment now = Why.Moment.of(loop.picture());
        if (now == null) {
            throw new ServiceUnavailableException(
                    "nothing is decided here now; /api/v1/status says who leads", RETRY_SECONDS);
        }
        Why.Moment moment = at == null ? now : past(Said.moment("at", at, now.at()), now);
        try {
            return judged(Items.why(why.of(moment, name, kind, rule)), moment.at());
        } catch (Names.NotOne several) {
            String message = String.valueOf(several.getMessage());
            throw several.isSeveral()
                    ? new BadRequestException(message, several)
                    : new NotFoundException(message, several);
        }
    }

    private Why.Moment past(Instant at, Why.Moment now) throws StoreException {
        if (at.isAfter(now.at())) {
            throw new BadRequestException(
                    "%s is not over yet; the last turn was at %s".formatted(at, now.at()));
        }
        Instant from = past.extent(Instant.EPOCH).map(Past.Extent::from).orElse(now.at());
        if (at.isBefore(from)) {
            throw new NotFoundException(
                    "what was known at %s is forgotten or was not recorded; history begins at %s"
                            .formatted(at, from));
        }
        return Why.Moment.of(at, past.knownAt(at));
    }

    /// Beside each wish the decision on it, and beside a rule that does not wish now the last one.
    private JsonNode judged(ObjectNode answer, Instant at) throws StoreException {
        SortedMap<String, List<JsonNode>> decisions = new TreeMap<>();
        for (JsonNode rule : answer.path("rules")) {
            String name = rule.path("name").asText();
            for (JsonNode wish : rule.path("wishes")) {
                JsonNode decision =
                        newest(
                                decisions(wish.path("subject").asText(), at, decisions),
                                name,
                                wish.path("intent").asText());
                ((ObjectNode) wish).set("decision", decision);
            }
            JsonNode last =
                    rule.path("wishes").isEmpty()
                            ? newest(
                                    decisions(answer.path("decidedOn").asText(), at, decisions),
                                    name,
                                    null)
                            : null;
            ((ObjectNode) rule).set("last", last);
        }
        return answer;
    }

    /// The newest decisions on a subject that were taken by then.
    private List<JsonNode> decisions(String subject, Instant at, Map<String, List<JsonNode>> read)
            throws StoreException {
        List<JsonNode> decisions = read.get(subject);
        if (decisions == null) {
            decisions = new ArrayList<>();
            String cursor = null;
            int pages = 0;
            do {
                Journal.Page page =
                        journal.page("decision", Map.of("subject", subject), cursor, DECISIONS);
                for (String item : page.items()) {
                    JsonNode decision = Items.stored(item);
                    if (!Instant.parse(decision.path("at").asText()).isAfter(at)) {
                        decisions.add(decision);
                    }
                }
                cursor = page.next();
                pages++;
            } while (decisions.isEmpty() && cursor != null && pages < PAGES);
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
