package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "status", description = "How Homeostat is, and what it sees.")
final class StatusCommand extends Remote {
    StatusCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        JsonNode status = server.get("status", Map.of());
        if (isJson()) {
            console.json(status);
        } else {
            show(status);
        }
        return isWell(status) ? 0 : 1;
    }

    private static String store(JsonNode status) {
        JsonNode store = status.path("store");
        String warning = store.path("warning").asText("").replace("null", "");
        if (status.path("storeOk").asBoolean(true)) {
            return warning.isEmpty() ? "answers" : "answers, but " + warning;
        }
        String reason = store.path("reason").asText("");
        return reason.isEmpty() ? "FAILS" : "FAILS: " + reason;
    }

    private static boolean isWell(JsonNode status) {
        for (JsonNode watcher : status.path("watchers")) {
            if (watcher.path("sight").asText().equals("blind")) {
                return false;
            }
        }
        return status.path("storeOk").asBoolean(true)
                && status.path("putAside").isEmpty()
                && !status.path("lease").path("state").asText().equals("unsure");
    }

    private void show(JsonNode status) {
        List<List<String>> rows = new ArrayList<>();
        for (String key : List.of("cluster", "autonomy", "scope", "version")) {
            rows.add(List.of(key, status.path(key).asText()));
        }
        String hash = status.path("rulebook").asText();
        rows.add(List.of("rulebook", hash.substring(0, Math.min(12, hash.length()))));
        rows.add(List.of("lease", lease(status.path("lease"))));
        rows.add(List.of("store", store(status)));
        rows.add(List.of("last turn", console.time(status.path("loop").path("at"))));
        rows.add(List.of("lag", status.path("loop").path("lagMillis").asText("0") + " ms"));
        for (JsonNode watcher : status.path("watchers")) {
            String reason = watcher.path("reason").asText("");
            rows.add(
                    List.of(
                            "watcher " + watcher.path("name").asText(),
                            "%s since %s%s"
                                    .formatted(
                                            watcher.path("sight").asText(),
                                            console.time(watcher.path("since")),
                                            reason.isEmpty() || reason.equals("null")
                                                    ? ""
                                                    : ": " + reason)));
        }
        status.path("alerts")
                .properties()
                .forEach(account ->
                        rows.add(
                                List.of(
                                        "alerts " + account.getKey(),
                                        account.getValue().asText())));
        for (String key : List.of("incidents", "unsettled", "freezes")) {
            rows.add(List.of(key, status.path(key).asText("0")));
        }
        status.path("putAside")
                .properties()
                .forEach(rule ->
                        rows.add(
                                List.of(
                                        "rule put aside",
                                        rule.getKey() + ": " + rule.getValue().asText())));
        console.table(rows);
    }

    private String lease(JsonNode lease) {
        String text = lease.path("text").asText("");
        return lease.hasNonNull("until")
                ? "%s until %s unless renewed".formatted(text, console.time(lease.path("until")))
                : text;
    }
}
