package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.action.Wish;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import java.util.Locale;
import java.util.Optional;

/// One action per subject at a time, and none while Swarm itself is changing its tasks.
final class InFlightGuard implements Guard {
    static final String NAME = "in-flight";

    /// An action on the subject has no outcome yet.
    static final String UNSETTLED = "unsettled";

    /// Swarm updates the service or rolls it back.
    static final String UPDATING = "updating";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        if (proposal.action() == null) {
            return Optional.empty();
        }
        Subject subject = proposal.subject();
        Undertaking unsettled = situation.unsettled(subject);
        if (unsettled != null) {
            return Optional.of(
                    Objection.of(
                            NAME,
                            Verdict.WAIT,
                            UNSETTLED,
                            "%s (%s) is %s and has no outcome yet"
                                    .formatted(
                                            unsettled.action().text(),
                                            unsettled.id(),
                                            unsettled.state().name().toLowerCase(Locale.ROOT)),
                            "its outcome is known, at the latest at "
                                    + Wording.clock(unsettled.expectation().by()),
                            subject));
        }
        if (subject.kind() == Subject.Kind.SERVICE) {
            Service service = situation.service(subject.name());
            if (service != null
                    && service.updating()
                    && !endsUpdate(proposal, service)
                    && !isKept(proposal, service)) {
                return Optional.of(updating(service));
            }
        }
        return Optional.empty();
    }

    /// A rollback is what ends an update that goes wrong; it would come too late after it.
    private static boolean endsUpdate(Proposal proposal, Service service) {
        return proposal.action() instanceof Action.RollbackService
                && service.update() == Service.Update.UPDATING;
    }

    /// A deployment that resets the replicas takes tasks away in the middle of the load, and may
    /// take minutes: they are given back while it runs. Swarm takes a changed number up in a
    /// running update, and the new tasks are made from the new specification.
    ///
    /// The price is that Swarm's own way back then leads to the new image with fewer replicas. Not
    /// while it is on that way: then it would be given up.
    private static boolean isKept(Proposal proposal, Service service) {
        return proposal.wish() instanceof Wish.KeepReplicas
                && service.update() == Service.Update.UPDATING;
    }

    private static Objection updating(Service service) {
        return Objection.of(
                NAME,
                Verdict.WAIT,
                UPDATING,
                "Swarm is changing %s: %s"
                        .formatted(
                                service.subject(),
                                service.update().name().toLowerCase(Locale.ROOT)),
                "the update or rollback ends",
                service.subject());
    }
}
