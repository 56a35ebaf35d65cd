package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.Node;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import org.jspecify.annotations.Nullable;

/// What a wish would be now: an action, or why there is nothing to do for it.
///
/// @param action what would be done; null when there is nothing to do
/// @param nothing the code of the objection that [BoundsGuard] raises then; empty otherwise
public record Draft(@Nullable Action action, String nothing) {
    /// One step up is wished at the maximum.
    public static final String AT_MAX = "at-max";

    /// One step down is wished at the minimum.
    public static final String AT_MIN = "at-min";

    /// A step up is wished, and no readable maximum is given.
    public static final String NO_MAX = "no-max";

    /// A scaling is wished of a service that has no replicas: a global one, or a job.
    public static final String NOT_REPLICATED = "not-replicated";

    /// A step is wished of a service that was put to 0.
    public static final String ZERO_BY_HAND = "zero-by-hand";

    /// The service is not known.
    public static final String UNKNOWN_SERVICE = "unknown-service";

    /// The node is not known.
    public static final String UNKNOWN_NODE = "unknown-node";

    /// The service has as many replicas, or the node the availability, that is wished.
    public static final String IS_THERE = "is-there";

    /// A job runs once: a forced update would run it again.
    public static final String IS_A_JOB = "is-a-job";

    /// A rollback is wished of a service of which no specification is known to be good.
    public static final String NO_KNOWN_GOOD = "no-known-good";

    /// A rollback is wished of a service that is specified as it was when it was last known to be
    /// good.
    public static final String IS_KNOWN_GOOD = "is-known-good";

    /// The service is specified with the image that is wished.
    public static final String IS_DEPLOYED = "is-deployed";

    /// Turns a wish into what it would be in this situation.
    ///
    /// @throws IllegalArgumentException when it is a wish to tell people, which no guard judges
    public static Draft of(Wish wish, Situation situation) {
        return switch (wish) {
            case Wish.ScaleUp up -> of(up, situation.service(up.service()), situation.limits());
            case Wish.ScaleDown down -> of(down, situation.service(down.service()));
            case Wish.ScaleTo to -> of(to, situation.service(to.service()));
            case Wish.KeepReplicas keep -> of(keep, situation.service(keep.service()));
            case Wish.Restart restart -> of(restart, situation.service(restart.service()));
            case Wish.Rollback rollback -> of(rollback, situation);
            case Wish.Deploy deploy -> of(deploy, situation.service(deploy.service()));
            case Wish.Drain(String node) -> of(situation.node(node), Node.Availability.DRAIN);
            case Wish.Activate(String node) -> of(situation.node(node), Node.Availability.ACTIVE);
            case Wish.Escalate escalate ->
                    throw new IllegalArgumentException(
                            "telling people is not judged by guards, so it is not drafted: "
                                    + escalate.text());
        };
    }

    /// The most replicas that a step up may lead to: the label's maximum, or the cap over all.
    static int most(int max, Limits limits) {
        return Math.min(max, limits.replicasMax());
    }

    /// The fewest replicas that a step down may lead to. Never 0, whatever the labels say: a
    /// service at 0 is left there, so that step could not be undone by a step up.
    static int fewest(ScaleBounds bounds) {
        return Math.max(1, bounds.min());
    }

    private static Draft of(Wish.ScaleUp up, @Nullable Service service, Limits limits) {
        String nothing = notScalable(service);
        if (service == null || service.replicas() == null || !nothing.isEmpty()) {
            return none(nothing);
        }
        int now = service.replicas();
        ScaleBounds bounds = service.scale();
        if (now == 0) {
            return none(ZERO_BY_HAND);
        }
        if (bounds.max() == null) {
            return none(NO_MAX);
        }
        int most = most(bounds.max(), limits);
        if (now >= most) {
            return none(AT_MAX);
        }
        int to = bounds.up() > most - now ? most : now + bounds.up();
        return some(new Action.ScaleService(up.service(), now, to));
    }

    private static Draft of(Wish.ScaleDown down, @Nullable Service service) {
        String nothing = notScalable(service);
        if (service == null || service.replicas() == null || !nothing.isEmpty()) {
            return none(nothing);
        }
        int now = service.replicas();
        int fewest = fewest(service.scale());
        if (now == 0) {
            return none(ZERO_BY_HAND);
        }
        if (now <= fewest) {
            return none(AT_MIN);
        }
        int to = Math.max(fewest, now - service.scale().down());
        return some(new Action.ScaleService(down.service(), now, to));
    }

    private static Draft of(Wish.ScaleTo to, @Nullable Service service) {
        String nothing = notScalable(service);
        if (service == null || service.replicas() == null || !nothing.isEmpty()) {
            return none(nothing);
        }
        int now = service.replicas();
        return now == to.replicas()
                ? none(IS_THERE)
                : some(new Action.ScaleService(to.service(), now, to.replicas()));
    }

    private static Draft of(Wish.KeepReplicas keep, @Nullable Service service) {
        String nothing = notScalable(service);
        if (service == null || service.replicas() == null || !nothing.isEmpty()) {
            return none(nothing);
        }
        int now = service.replicas();
        return now >= keep.replicas()
                ? none(IS_THERE)
                : some(new Action.ScaleService(keep.service(), now, keep.replicas()));
    }

    private static Draft of(Wish.Restart restart, @Nullable Service service) {
        if (service == null) {
            return none(UNKNOWN_SERVICE);
        }
        return switch (service.mode()) {
            case REPLICATED, GLOBAL ->
                    some(new Action.RestartService(restart.service(), service.forceUpdate()));
            case REPLICATED_JOB, GLOBAL_JOB -> none(IS_A_JOB);
        };
    }

    private static Draft of(Wish.Rollback rollback, Situation situation) {
        Service service = situation.service(rollback.service());
        if (service == null) {
            return none(UNKNOWN_SERVICE);
        }
        return switch (service.mode()) {
            case REPLICATED, GLOBAL -> back(service, situation.knownGood(service.name()));
            case REPLICATED_JOB, GLOBAL_JOB -> none(IS_A_JOB);
        };
    }

    private static Draft of(Wish.Deploy deploy, @Nullable Service service) {
        if (service == null) {
            return none(UNKNOWN_SERVICE);
        }
        return switch (service.mode()) {
            case REPLICATED, GLOBAL ->
                    service.image().equals(deploy.image())
                            ? none(IS_DEPLOYED)
                            : some(
                                    new Action.DeployService(
                                            service.name(),
                                            service.specHash(),
                                            deploy.image(),
                                            deploy.deployment()));
            case REPLICATED_JOB, GLOBAL_JOB -> none(IS_A_JOB);
        };
    }

    private static Draft back(Service service, @Nullable KnownGood good) {
        if (good == null) {
            return none(NO_KNOWN_GOOD);
        }
        return good.content().equals(service.contentHash())
                ? none(IS_KNOWN_GOOD)
                : some(
                        new Action.RollbackService(
                                service.name(), service.specHash(), good.content()));
    }

    private static Draft of(@Nullable Node node, Node.Availability wanted) {
        if (node == null) {
            return none(UNKNOWN_NODE);
        }
        return node.availability() == wanted
                ? none(IS_THERE)
                : some(new Action.SetAvailability(node.id(), node.availability(), wanted));
    }

    private static String notScalable(@Nullable Service service) {
        if (service == null) {
            return UNKNOWN_SERVICE;
        }
        boolean replicated =
                service.mode() == Service.Mode.REPLICATED && service.replicas() != null;
        return replicated ? "" : NOT_REPLICATED;
    }

    private static Draft some(Action action) {
        return new Draft(action, "");
    }

    private static Draft none(String nothing) {
        return new Draft(null, nothing);
    }
}
