package io.homeostat.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The database is sound, and each action has the decision and the incident that it names.
final class TheRecordsFitTogether implements Invariant {
    @Override
    public List<String> broken(Evidence evidence) {
        List<String> faults = new ArrayList<>();
        Set<String> allowing =
                evidence.decisions().stream()
                        .filter(decision -> decision.path("verdict").asText().equals("allow"))
                        .map(decision -> decision.path("id").asText())
                        .collect(Collectors.toSet());
        Set<String> incidents =
                evidence.incidents().stream()
                        .map(incident -> incident.path("id").asText())
                        .collect(Collectors.toSet());
        for (JsonNode action : evidence.actions()) {
            String id = action.path("id").asText();
            if (!Evidence.isNotice(action)
                    && !allowing.contains(action.path("decision").asText())) {
                faults.add(
                        "no decision %s allowed action %s"
                                .formatted(action.path("decision").asText(), id));
            }
            if (!incidents.contains(action.path("incident").asText())) {
                faults.add(
                        "there is no incident %s of action %s"
                                .formatted(action.path("incident").asText(), id));
            }
        }
        faults.addAll(damages(evidence));
        return faults;
    }

    private static List<String> damages(Evidence evidence) {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + evidence.database());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
            List<String> damages = new ArrayList<>();
            while (rows.next()) {
                damages.add(rows.getString(1));
            }
            return damages.equals(List.of("ok")) ? List.of() : damages;
        } catch (SQLException broken) {
            return List.of("the database could not be checked: " + broken);
        }
    }
}
