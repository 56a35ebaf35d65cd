package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.doctor.About;
import io.homeostat.doctor.Finding;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Findings as people and as machines read them.
///
/// @param docker where was looked
/// @param services how many were looked at
/// @param findings by what they are about
/// @param notLookedAt what nobody said where to find
record DoctorReport(URI docker, int services, List<Finding> findings, List<String> notLookedAt) {
    private static final String PLAIN = "\u001B[0m";
    private static final String BOLD = "\u001B[1m";
    private static final String RED = "\u001B[31m";
    private static final String YELLOW = "\u001B[33m";
    private static final String GREEN = "\u001B[32m";

    DoctorReport {
        findings = List.copyOf(findings);
        notLookedAt = List.copyOf(notLookedAt);
    }

    /// For people: a paragraph for each thing that something is wrong with.
    List<String> lines(boolean isColoured) {
        Ink ink = new Ink(isColoured);
        List<String> lines = new ArrayList<>();
        @Nullable About last = null;
        for (Finding finding : findings) {
            if (!finding.about().equals(last)) {
                if (last != null) {
                    lines.add("");
                }
                lines.add(ink.in(BOLD, finding.about().toString()));
                last = finding.about();
            }
            lines.add(
                    "  %s%s: %s"
                            .formatted(
                                    ink.in(
                                            finding.certain() ? RED : YELLOW,
                                            finding.ailment().code()),
                                    finding.certain() ? "" : " (perhaps)",
                                    clean(finding.what())));
            lines.add("    " + finding.ailment().why());
            finding.change().lines().forEach(line -> lines.add("      " + ink.in(GREEN, line)));
        }
        if (!findings.isEmpty()) {
            lines.add("");
        }
        lines.add("%d services at %s: %s".formatted(services, clean(docker.toString()), result()));
        notLookedAt.forEach(not -> lines.add("not looked at: " + not));
        return lines;
    }

    JsonNode json() {
        ObjectNode node = Console.JSON.createObjectNode();
        node.put("docker", docker.toString()).put("services", services);
        ArrayNode list = node.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("code", finding.ailment().code())
                    .put("kind", finding.about().kind().word())
                    .put("name", finding.about().name())
                    .put("what", finding.what())
                    .put("why", finding.ailment().why())
                    .put("change", finding.change())
                    .put("certain", finding.certain());
        }
        notLookedAt.forEach(node.putArray("notLookedAt")::add);
        return node;
    }

    private String result() {
        return switch (findings.size()) {
            case 0 -> "nothing found";
            case 1 -> "1 finding";
            default -> findings.size() + " findings";
        };
    }

    /// Text from outside must not steer the terminal.
    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /// Colours, where they are wanted.
    private record Ink(boolean isColoured) {
        String in(String colour, String text) {
            String safe = clean(text);
            return isColoured ? colour + safe + PLAIN : safe;
        }
    }
}
