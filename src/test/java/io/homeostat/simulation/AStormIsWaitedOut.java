package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Picture;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// While two fifths of the nodes are down, and until that has been over for a while, nothing of
/// ours takes out what is well, unless a person requests it.
final class AStormIsWaitedOut implements Invariant {
    private static final Duration SEEN = Duration.ofSeconds(60);

    private @Nullable Instant since;
    private @Nullable Instant lastStorm;

    @Override
    public List<String> broken(World world, Moment moment) {
        Instant now = world.time.now();
        Picture picture = moment.picture();
        boolean storms = storms(world.nodes().values());
        // Whoever did not see it does not wait for its end.
        boolean isSeen =
                picture != null
                        && storms(
                                picture.facts().stream()
                                        .filter(Node.class::isInstance)
                                        .map(Node.class::cast)
                                        .toList());
        since = storms && isSeen ? (since == null ? now : since) : null;
        if (since != null && world.time.since(since).compareTo(SEEN) > 0) {
            lastStorm = now;
        }
        Duration calm = World.LIMITS.safety().stormCalm().minus(SEEN);
        if (lastStorm == null
                || !world.time.isSteady()
                || world.time.since(lastStorm).compareTo(calm) > 0) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        for (Turn turn : moment.turns()) {
            for (Undertaking undertaking : turn.undertakings()) {
                if (undertaking.state() == Undertaking.State.PLANNED
                        && undertaking.request() == null
                        && costs(world, undertaking.action())) {
                    faults.add(
                            "%s is planned, and there was a storm until %s"
                                    .formatted(undertaking.action().text(), lastStorm));
                }
            }
        }
        return faults;
    }

    private static boolean costs(World world, Action action) {
        return switch (action) {
            case Action.RestartService restart -> runs(world, restart.service(), null);
            case Action.DeployService deploy -> runs(world, deploy.service(), null);
            case Action.RollbackService rollback -> runsItsImage(world, rollback.service());
            case Action.SetAvailability set ->
                    set.to() != Node.Availability.ACTIVE && isWell(world, set.node());
            case Action.ScaleService _, Action.PostNotice _ -> false;
        };
    }

    private static boolean storms(Collection<Node> nodes) {
        // Who is drained is out because somebody wanted it so.
        long down =
                nodes.stream()
                        .filter(node -> node.state() == Node.State.DOWN)
                        .filter(node -> node.availability() == Node.Availability.ACTIVE)
                        .count();
        return down >= 2 && down * 5 >= nodes.size() * 2L;
    }

    /// @param image what it runs that is taken out; null when that does not matter
    private static boolean runs(World world, String service, @Nullable String image) {
        return world.tasks().stream()
                .filter(task -> task.service().equals(service) && task.running())
                .filter(task -> image == null || task.image().equals(image))
                .anyMatch(task -> world.time.since(task.since()).compareTo(SEEN) > 0);
    }

    /// What runs the image before stays when that comes back.
    private static boolean runsItsImage(World world, String name) {
        Service service = world.services().get(name);
        return service != null && runs(world, name, service.image());
    }

    private static boolean isWell(World world, String id) {
        Node node = world.nodes().get(id);
        return node != null
                && node.state() == Node.State.READY
                && node.availability() == Node.Availability.ACTIVE;
    }
}
