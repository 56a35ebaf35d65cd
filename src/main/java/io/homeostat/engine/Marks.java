package io.homeostat.engine;

import io.homeostat.fact.Subject;
import java.util.List;

/// The keys under which instants and numbers are remembered.
final class Marks {
    static final String GAP_FROM = "gap/from";
    static final String GAP_TO = "gap/to";

    /// Requests that were heard, until they expire.
    static final String REQUESTED = "requested/";

    /// Actions on the cluster that were decided, as long as they count for the rate.
    static final String TAKEN = "taken/";

    /// When the storm began that is not over yet.
    static final String STORM = "storm/since";

    /// Since when it has calmed down.
    static final String CALM = "storm/calm";

    private Marks() {}

    /// How the keys of what is remembered of a subject by kind or rule begin.
    static List<String> of(Subject subject) {
        return List.of(
                "acted/" + subject + "/",
                "effect/" + subject + "/",
                "not-before/" + subject + "/",
                "attempts/" + subject + "/",
                "conflicts/" + subject + "/");
    }

    static String requested(String request) {
        return REQUESTED + request;
    }

    static String taken(String undertaking) {
        return TAKEN + undertaking;
    }

    static String acted(String rule, Subject subject) {
        return "acted/" + subject + "/" + rule;
    }

    static String effect(String kind, Subject subject) {
        return "effect/" + subject + "/" + kind;
    }

    static String scaled(String service) {
        return "scaled/" + service;
    }

    static String down(String node) {
        return "down/" + node;
    }

    static String notBefore(String kind, Subject subject) {
        return "not-before/" + subject + "/" + kind;
    }

    static String attempts(String kind, Subject subject) {
        return "attempts/" + subject + "/" + kind;
    }

    static String tries(String incident, String kind, Subject subject) {
        return "tries/" + incident + "/" + subject + "/" + kind;
    }

    static String triesOf(String incident) {
        return "tries/" + incident + "/";
    }

    static String deliveredOf(String incident) {
        return "delivered/" + incident + "/";
    }

    static String asked(String fingerprint) {
        return "asked/" + fingerprint;
    }

    static String unknown(Subject subject) {
        return "unknown/" + subject;
    }

    static String notice(String incident, String channel) {
        return "notice/" + incident + "/" + channel;
    }

    static String conflicts(String kind, Subject subject) {
        return "conflicts/" + subject + "/" + kind;
    }

    static String escalated(String fingerprint) {
        return "escalated/" + fingerprint;
    }

    static String delivered(String incident, String channel) {
        return "delivered/" + incident + "/" + channel;
    }
}
