package io.homeostat.engine;

import io.homeostat.fact.Aspect;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
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

    /// Since when the newest rules are refused.
    static final String REFUSED_RULES = "rules/refused";

    /// Numbers of replicas that were wished, until when each counts.
    static final String WISHED = "wished/";

    private Marks() {}

    /// How the keys of what is remembered of a subject by kind or rule begin.
    static List<String> of(Subject subject) {
        return List.of(
                "acted/" + subject + "/",
                "effect/" + subject + "/",
                "not-before/" + subject + "/",
                "attempts/" + subject + "/",
                "conflicts/" + subject + "/",
                "by-hand/" + subject + "/",
                changed(subject),
                "hands-off-told/" + subject + "/",
                wishedOf(subject.name()));
    }

    /// The whole keys of what else is remembered of a subject.
    static List<String> alsoOf(Subject subject) {
        String name = subject.name();
        return subject.kind() == Subject.Kind.SERVICE
                ? List.of(
                        unknown(subject),
                        scaled(name),
                        written(name),
                        rewritten(name),
                        wanted(name),
                        setAside(name),
                        reset(name))
                : List.of(unknown(subject));
    }

    /// What healed an incident was ours.
    static String healed(String incident) {
        return "healed/" + incident;
    }

    /// People were told of an alert of this name, in an incident that is not over.
    static String people(String incident, String alert) {
        return people(incident) + alert;
    }

    static String people(String incident) {
        return "people/" + incident + "/";
    }

    static String wished(String service, int replicas) {
        return wishedOf(service) + replicas;
    }

    static String wishedOf(String service) {
        return WISHED + service + "/";
    }

    /// When a person last changed this side of it.
    static String byHand(Subject subject, Aspect aspect) {
        return "by-hand/" + subject + "/" + aspect.name();
    }

    /// When somebody else than a person last changed a side of what the tasks of a service are made
    /// of.
    static String changed(Subject subject, Provenance whose, Aspect aspect) {
        return changed(subject) + whose.name() + "/" + aspect.name();
    }

    /// How the keys of those begin.
    static String changed(Subject subject) {
        return "changed/" + subject + "/";
    }

    /// Until when that is left to people of which they were last told that it is.
    static String handsOffTold(Decision asking) {
        return "hands-off-told/" + asking.subject() + "/" + asking.wish().text();
    }

    /// When somebody else than we or Swarm last wrote a service.
    static String written(String service) {
        return "written/" + service;
    }

    /// When such a write was last more than another number of replicas.
    static String rewritten(String service) {
        return "rewritten/" + service;
    }

    /// The replicas that we set last and nobody took back.
    static String wanted(String service) {
        return "wanted/" + service;
    }

    /// Those that a person took back; they count again if it was a deployment after all.
    static String setAside(String service) {
        return "set-aside/" + service;
    }

    /// When a deployment or Swarm last set other replicas than those.
    static String reset(String service) {
        return "reset/" + service;
    }

    /// True for what tells of the changes that others made to services.
    static boolean isOfOthers(String key) {
        return key.startsWith("by-hand/service/")
                || key.startsWith("changed/service/")
                || key.startsWith("reset/");
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
