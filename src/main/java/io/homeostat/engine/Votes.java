package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Service;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Draft;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Tracked;
import io.homeostat.guard.Verdict;
import io.homeostat.guard.Wished;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which numbers of replicas are wished for each service in one step, the largest first, and which
/// were lately. What a rule wishes only in shadow has no vote.
final class Votes {
    /// A wish that stands is written down so many times in the window, not at each step.
    private static final int GRAINS = 10;

    private final Memory memory;
    private final Limits limits;
    private final Instant now;
    private final SortedSet<String> measured = new TreeSet<>();
    private final SortedMap<String, Wished> largest = new TreeMap<>();
    private final SortedMap<String, Wished> largestThatCanBe = new TreeMap<>();

    Votes(Memory memory, Limits limits, Instant now) {
        this.memory = memory;
        this.limits = limits;
        this.now = now;
    }

    /// Where nothing is remembered of what was wished, what runs now counts as wished.
    void open(Collection<Wanted> wanted) {
        for (Memo.Mark mark : memory.marks(Marks.WISHED)) {
            if (!mark.at().isAfter(now)) {
                memory.drop(Memo.Mark.class, mark.key());
            }
        }
        for (Wanted each : wanted) {
            if (hasVote(each)
                    && !isTracked(each)
                    && each.wish() instanceof Wish.ScaleTo(String name, int _)) {
                measured.add(name);
                Service service = memory.service(name);
                if (service != null && service.replicas() != null && highest(name) == null) {
                    memory.mark(Marks.wished(name, service.replicas()), now.plus(window()));
                }
            }
        }
    }

    /// Takes in what was decided of a wish.
    void count(Wanted wanted, Decision decision) {
        Wished wished = hasVote(wanted) ? wished(wanted, decision) : null;
        boolean isShadowed =
                decision.objections().stream().anyMatch(o -> o.verdict() == Verdict.SHADOW);
        if (wished == null || isShadowed) {
            return;
        }
        String service = decision.subject().name();
        largest.merge(service, wished, Votes::larger);
        boolean canBe =
                switch (decision.verdict()) {
                    case ALLOW, WAIT -> true;
                    case SHADOW, ASK -> false;
                    case DENY -> Accounting.isSatisfied(decision) || isAtMax(decision);
                };
        if (canBe) {
            largestThatCanBe.merge(service, wished, Votes::larger);
        }
        boolean isMeasured = measured.contains(service) && !isTracked(wanted);
        if (isMeasured && !(wanted.wish() instanceof Wish.ScaleDown)) {
            remember(service, wished.replicas());
        }
    }

    /// What a smaller wish gives way to. To grow, only to what can be: a wish that is refused or
    /// has to be asked for must not keep a service from growing at all. To shrink, to any: that
    /// more is needed is reason enough.
    @Nullable Wished rival(String service, boolean toGrow) {
        return (toGrow ? largestThatCanBe : largest).get(service);
    }

    /// The largest number that was wished within the window; null when none is remembered.
    @Nullable Wished highest(String service) {
        Wished highest = null;
        String prefix = Marks.wishedOf(service);
        for (Memo.Mark mark : memory.marks(prefix)) {
            int replicas = Integer.parseInt(mark.key().substring(prefix.length()));
            if (mark.at().isAfter(now) && (highest == null || replicas > highest.replicas())) {
                highest = new Wished(replicas, "", mark.at());
            }
        }
        return highest;
    }

    /// The wish as it may be done now: a measured number that fell leads down to the highest of the
    /// window, and no further.
    Wish steadied(Wanted wanted) {
        if (wanted.request() != null
                || !(wanted.wish() instanceof Wish.ScaleTo(String name, int replicas))) {
            return wanted.wish();
        }
        Service service = memory.service(name);
        Wished highest = highest(name);
        if (highest == null || service == null || service.replicas() == null) {
            return wanted.wish();
        }
        boolean leadsDown =
                highest.replicas() > replicas && highest.replicas() < service.replicas();
        return leadsDown ? new Wish.ScaleTo(name, highest.replicas()) : wanted.wish();
    }

    private static boolean hasVote(Wanted wanted) {
        return wanted.request() == null
                && wanted.wishers().values().stream()
                        .anyMatch(wisher -> wisher.autonomy() != Autonomy.SHADOW);
    }

    /// What metrics ask for has a window of its own.
    private boolean isTracked(Wanted wanted) {
        return Tracked.isSo(wanted.wish(), wanted.evidence(), memory::tracking);
    }

    private @Nullable Wished wished(Wanted wanted, Decision decision) {
        Service service =
                switch (wanted.wish()) {
                    case Wish.ScaleUp _, Wish.ScaleDown _, Wish.ScaleTo _, Wish.KeepReplicas _ ->
                            memory.service(wanted.wish().subject().name());
                    case Wish.Restart _,
                            Wish.Rollback _,
                            Wish.Deploy _,
                            Wish.Drain _,
                            Wish.Activate _,
                            Wish.Escalate _ ->
                            null;
                };
        if (service == null || service.replicas() == null) {
            return null;
        }
        int replicas =
                decision.action() instanceof Action.ScaleService scale
                        ? scale.to()
                        : service.replicas() + more(wanted.wish(), decision);
        return new Wished(replicas, wanted.wish().text(), null);
    }

    /// A step up that cannot be, since nobody said how far, still says that more is needed.
    private static int more(Wish wish, Decision decision) {
        return wish instanceof Wish.ScaleUp && !isAtMax(decision) ? 1 : 0;
    }

    private static boolean isAtMax(Decision decision) {
        return decision.objections().stream()
                .anyMatch(objection -> objection.code().equals(Draft.AT_MAX));
    }

    private static Wished larger(Wished one, Wished other) {
        return other.replicas() > one.replicas() ? other : one;
    }

    private void remember(String service, int replicas) {
        String key = Marks.wished(service, replicas);
        Instant until = memory.mark(key);
        if (until == null || until.isBefore(now.plus(window()))) {
            memory.mark(key, now.plus(window()).plus(window().dividedBy(GRAINS)));
        }
    }

    private Duration window() {
        return limits.safety().wishWindow();
    }
}
