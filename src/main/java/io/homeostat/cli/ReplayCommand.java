package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.engine.StoreException;
import io.homeostat.replay.Replay;
import io.homeostat.replay.ReplayFault;
import io.homeostat.store.SqlPast;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description = {
            "What these rules would have decided on recorded history, against what was really"
                    + " decided.",
            "It reads the data directory, beside a running Homeostat or without one; with --server"
                    + " or HOMEOSTAT_URL a running one replays for you."
        })
final class ReplayCommand extends Remote {
    /// Longer than a server may replay.
    private static final Duration PATIENCE = Duration.ofMinutes(61);

    private final Home home;
    private final Map<String, String> environment;

    @Mixin private RecordedPast recorded = new RecordedPast();

    @Option(
            names = "--rules",
            paramLabel = "PATH",
            description =
                    "the rules to replay; rules/ when not given, or with --server those in use")
    private @Nullable Path rules;

    ReplayCommand(Console console, Home home, Map<String, String> environment) {
        super(console, environment);
        this.home = home;
        this.environment = environment;
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        recorded.back();
        JsonNode report = isNamed() ? there(server) : here();
        if (isJson()) {
            console.json(report);
        } else {
            show(report);
        }
        return 0;
    }

    private JsonNode there(Server server) throws Problem, InterruptedException {
        ObjectNode body = Console.JSON.createObjectNode().put("since", recorded.since());
        if (rules != null) {
            body.set("files", Console.JSON.valueToTree(sources()));
        }
        return server.post("rules/replay", body, PATIENCE);
    }

    private JsonNode here() throws Problem {
        try (SqlPast past = recorded.open(home, environment)) {
            return Console.JSON.valueToTree(
                    Replay.of(past, sources())
                            .run(
                                    recorded.back(),
                                    new ProgressBar(
                                            console.err(), !isJson() && ProgressBar.isTerminal()))
                            .plain());
        } catch (StoreException | ReplayFault refused) {
            throw RecordedPast.problem(refused);
        }
    }

    private SortedMap<String, String> sources() throws Problem {
        try {
            return (rules == null ? home.rules() : home.rules(rules)).sources();
        } catch (NoSuchFileException missing) {
            throw Problem.usage(
                    missing.getFile() + ": there is no such file or directory.", missing);
        } catch (IOException unreadable) {
            throw new Problem(
                    "The rules cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
    }

    // --- for people ---

    private void show(JsonNode report) {
        JsonNode totals = report.path("totals");
        console.line(
                "%s with %s, from %s to %s"
                        .formatted(
                                Count.of(report.path("turns").asLong(), "turn"),
                                Count.of(report.path("signals").asLong(), "signal"),
                                console.time(report.path("from")),
                                console.time(report.path("to"))));
        console.line(
                "Decided as it was %s (by rule, subject and incident); %d added, %d removed, %d changed."
                        .formatted(
                                Count.of(totals.path("same").asInt(), "time"),
                                totals.path("added").asInt(),
                                totals.path("removed").asInt(),
                                totals.path("changed").asInt()));
        console.line(
                "Actions on the cluster: %d really, %d in the replay."
                        .formatted(
                                totals.path("actions_really").asInt(),
                                totals.path("actions_now").asInt()));
        report.path("divergences").forEach(this::showDivergence);
        console.line("");
        report.path("remarks").forEach(remark -> console.line(remark.asText()));
    }

    private void showDivergence(JsonNode divergence) {
        String incident = divergence.path("incident").asText("");
        console.line("");
        console.line(
                "%s  %s: %s%s"
                        .formatted(
                                console.time(divergence.path("at")),
                                divergence.path("subject").asText(),
                                divergence.path("title").asText(),
                                incident.isEmpty() || incident.equals("null")
                                        ? ""
                                        : "  (incident " + incident + ")"));
        for (JsonNode difference : divergence.path("differences")) {
            console.line(
                    "    %-8s rule \"%s\" on %s"
                            .formatted(
                                    difference.path("kind").asText(),
                                    difference.path("rule").asText(),
                                    difference.path("subject").asText()));
            showVerdicts("really", difference.path("really"));
            showVerdicts("now", difference.path("now"));
        }
        if (divergence.path("more").asInt() > 0) {
            console.line("    and %d more".formatted(divergence.path("more").asInt()));
        }
        for (JsonNode done : divergence.path("really")) {
            console.line("    was done: " + done.asText());
        }
        console.line("    it ended:  " + divergence.path("ended").asText());
    }

    private void showVerdicts(String when, JsonNode verdicts) {
        List<String> shown = new ArrayList<>();
        verdicts.forEach(verdict -> shown.add(verdict.asText()));
        console.line(
                "             %-7s %s"
                        .formatted(when, shown.isEmpty() ? "nothing" : String.join("; ", shown)));
    }
}
