package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import java.util.Optional;

/// What else is wished for the replicas of the same service, now and lately: the largest wish
/// counts. A person's request is no vote among others.
final class WishesGuard implements Guard {
    static final String NAME = "wishes";

    /// More replicas are wished at the same time.
    static final String OUTVOTED = "outvoted";

    /// More replicas were wished not long ago.
    static final String RECENT_WISH = "recent-wish";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        if (proposal.isRequest() || !(proposal.action() instanceof Action.ScaleService scale)) {
            return Optional.empty();
        }
        Wished rival = situation.rival(scale.service(), scale.isUp());
        if (rival != null && rival.replicas() > scale.to()) {
            return Optional.of(
                    Objection.of(
                            NAME,
                            Verdict.DENY,
                            OUTVOTED,
                            "%s is wished too, which is %d replicas and more than %d, and the largest wish counts"
                                    .formatted(rival.by(), rival.replicas(), scale.to()),
                            "%s is not wished any more".formatted(rival.by()),
                            scale.subject()));
        }
        return proposal.wish() instanceof Wish.ScaleTo && !scale.isUp()
                ? recent(scale, situation)
                : Optional.empty();
    }

    /// A number that was measured goes up and down by itself; a step that an alert asks for has its
    /// own pause.
    private static Optional<Objection> recent(Action.ScaleService scale, Situation situation) {
        Wished highest = situation.highestWish(scale.service());
        if (highest == null || highest.until() == null || highest.replicas() <= scale.to()) {
            return Optional.empty();
        }
        return Optional.of(
                Objection.waiting(
                        NAME,
                        RECENT_WISH,
                        "%d replicas of %s were wished within the last %s, and it is not scaled below that"
                                .formatted(
                                        highest.replicas(),
                                        scale.subject(),
                                        Wording.seconds(situation.limits().safety().wishWindow())),
                        Wording.clock(highest.until()) + " comes",
                        highest.until(),
                        scale.subject()));
    }
}
