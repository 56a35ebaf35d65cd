package io.homeostat.guard;

import io.homeostat.fact.Node;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/// How the nodes are as a whole: when many are sick at once, the trouble is not theirs alone, and
/// whoever takes more out makes it worse.
///
/// A node that is drained or paused is out because somebody wanted it so, and not sick. One whose
/// state is UNKNOWN or DISCONNECTED is neither sick nor well: Swarm says so for a while after a
/// change of leader, and gives such a node's tasks to no other. What Swarm says is the only symptom
/// of a node that is looked at.
///
/// @param nodes how many nodes there are
/// @param down those that are down
/// @param sick those of them that have been down for long enough
/// @param unseen those of which Swarm itself does not know how they are
public record Weather(
        int nodes, SortedSet<Subject> down, SortedSet<Subject> sick, SortedSet<Subject> unseen) {
    public Weather {
        down = Sorted.copy(down);
        sick = Sorted.copy(sick);
        unseen = Sorted.copy(unseen);
    }

    public static Weather of(Situation situation) {
        List<Subject> down = new ArrayList<>();
        List<Subject> sick = new ArrayList<>();
        List<Subject> unseen = new ArrayList<>();
        for (Node node : situation.nodes()) {
            switch (node.state()) {
                case READY -> {}
                case DOWN -> {
                    if (node.availability() == Node.Availability.ACTIVE) {
                        down.add(node.subject());
                        if (isForLong(node, situation)) {
                            sick.add(node.subject());
                        }
                    }
                }
                case UNKNOWN, DISCONNECTED -> unseen.add(node.subject());
            }
        }
        return new Weather(
                situation.nodes().size(),
                Sorted.copy(down),
                Sorted.copy(sick),
                Sorted.copy(unseen));
    }

    private static boolean isForLong(Node node, Situation situation) {
        Instant since = situation.downSince(node.id());
        return since != null
                && !situation.now().isBefore(since.plus(situation.limits().safety().stormDown()));
    }

    /// So many are sick that nothing else may be taken out.
    public boolean isStorm(Limits.Safety limits) {
        return isStorm(sick.size(), limits);
    }

    /// No storm, and none that would be one if it lasted; and all of it can be seen.
    public boolean isCalm(Limits.Safety limits) {
        return !isStorm(down.size(), limits) && !isHidden(limits);
    }

    /// How many fewer would have to be sick for it to be no storm.
    int tooMany(Limits.Safety limits) {
        int fewer = 0;
        while (isStorm(sick.size() - fewer, limits)) {
            fewer++;
        }
        return fewer;
    }

    private boolean isStorm(int some, Limits.Safety limits) {
        return some >= limits.stormNodes() && isShare(some, limits);
    }

    /// So many may be sick, for all that is known, that it cannot be seen whether there is a storm.
    public boolean isHidden(Limits.Safety limits) {
        return !unseen.isEmpty() && isShare(sick.size() + unseen.size(), limits);
    }

    private boolean isShare(int some, Limits.Safety limits) {
        return some * 100 >= limits.stormPercent() * nodes;
    }

    /// As in `2 of 5 nodes are sick (40 %)`.
    public String text() {
        return share(sick.size(), "sick");
    }

    /// As in `2 of 5 nodes are sick or unknown (40 %)`.
    String doubt() {
        return share(sick.size() + unseen.size(), "sick or unknown");
    }

    private String share(int some, String how) {
        return "%d of %d nodes %s %s (%d %%)"
                .formatted(
                        some,
                        nodes,
                        some == 1 ? "is" : "are",
                        how,
                        nodes == 0 ? 0 : some * 100 / nodes);
    }
}
