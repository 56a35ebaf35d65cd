package io.homeostat.guard;

import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import io.homeostat.fact.Subject;
import java.util.Optional;

/// Nothing is done to what we stand on, and to what others stand on only with a person's word.
final class SelfGuard implements Guard {
    static final String NAME = "self";

    /// The service or node that we run on.
    static final String SELF = "self";

    /// A service that its label calls vital.
    static final String VITAL = "vital";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        Subject subject = proposal.subject();
        if (isOurs(subject, situation.place())) {
            return Optional.of(
                    Objection.of(
                            NAME,
                            Verdict.DENY,
                            SELF,
                            "Homeostat itself runs on " + subject,
                            "run Homeostat elsewhere, or do it by hand",
                            subject));
        }
        if (!proposal.isRequest() && isVital(subject, situation)) {
            return Optional.of(
                    Objection.of(
                            NAME,
                            Verdict.ASK,
                            VITAL,
                            "%s is labelled %s".formatted(subject, ServiceLabels.VITAL),
                            "a person agrees, or the label %s is removed from it"
                                    .formatted(ServiceLabels.VITAL),
                            subject));
        }
        return Optional.empty();
    }

    private static boolean isOurs(Subject subject, Place place) {
        return switch (subject.kind()) {
            case SERVICE -> subject.name().equals(place.service());
            case NODE -> subject.name().equals(place.node());
            case TASK, ALERT, WATCHER, REQUEST, CUSTOM, TRACKING, CLUSTER, RULE, DEPLOYMENT ->
                    false;
        };
    }

    private static boolean isVital(Subject subject, Situation situation) {
        if (subject.kind() != Subject.Kind.SERVICE) {
            return false;
        }
        Service service = situation.service(subject.name());
        return service != null && ServiceLabels.vital(service.labels());
    }
}
