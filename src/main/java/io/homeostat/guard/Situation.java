package io.homeostat.guard;

import io.homeostat.action.PolicyObjection;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Aspect;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import io.homeostat.fact.Watcher;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What the guards may look at: all that is known at one instant, earlier decisions of the same
/// step included.
public interface Situation {
    Instant now();

    Limits limits();

    Place place();

    /// What would hold back every action on the cluster right now, a sentence each by code.
    SortedMap<String, String> hindrances();

    @Nullable Service service(String name);

    @Nullable Node node(String id);

    SequencedCollection<Node> nodes();

    /// Since when this node is down; null when it is not, or is not known.
    @Nullable Instant downSince(String node);

    /// When the storm began that is not over yet; null when there is none.
    @Nullable Instant stormSince();

    /// Since when that storm has calmed down; null while it has not.
    @Nullable Instant calmSince();

    /// The tasks of a service that are known, in the order of their IDs.
    List<Task> tasks(String service);

    /// The tasks that are known to be on a node, in the order of their IDs.
    List<Task> tasksOn(String node);

    @Nullable Alert alert(String fingerprint);

    /// What the metrics of a service ask for; null when it follows none.
    @Nullable Tracking tracking(String service);

    /// The watcher of that name; null when there is none, which is as good as blind.
    @Nullable Watcher watcher(String name);

    Collection<Freeze> freezes();

    /// What people were asked in this incident.
    List<Approval> approvals(String incident);

    /// The action on this subject that has no outcome yet; null when there is none.
    @Nullable Undertaking unsettled(Subject subject);

    /// The actions on the cluster that have no outcome yet, in the order of their IDs; those of the
    /// same step that were decided before are among them.
    List<Undertaking> underWay();

    /// When actions on the cluster were decided since that instant, earliest first; those of the
    /// same step that were decided before are among them.
    List<Instant> actionsSince(Instant since);

    /// What operators' own rules have against what is judged, in order.
    List<PolicyObjection> policyObjections();

    /// When this rule last acted on this subject, in shadow or not as asked; null when never.
    @Nullable Instant lastAction(String rule, Subject subject, boolean inShadow);

    /// When the replicas of this service were last changed by anybody; null when not seen to
    /// change.
    @Nullable Instant lastScaled(String service);

    /// When the last action of this kind on this subject took effect, in shadow or not as asked;
    /// null when none did.
    @Nullable Instant lastEffect(String kind, Subject subject, boolean inShadow);

    /// When this alert was last confirmed to be firing; null when it is not open.
    @Nullable Instant confirmedAt(String fingerprint);

    /// When this custom fact was last told; null when it does not hold.
    @Nullable Instant toldAt(Subject fact);

    /// How many actions of this kind on this subject ended without healing since the last that did.
    int attempts(String kind, Subject subject);

    /// When the last of those ended; null when there is none.
    @Nullable Instant lastAttempt(String kind, Subject subject);

    /// Not before this instant may this kind of action be tried again on this subject; null when it
    /// may.
    @Nullable Instant notBefore(String kind, Subject subject);

    /// When a person last changed this side of it; null when none is known to have.
    @Nullable Instant changedByHand(Subject subject, Aspect aspect);

    /// The largest number wished for the service and judged before in this step, which a smaller
    /// one gives way to that would let it grow or shrink, as asked; null when there is none.
    @Nullable Wished rival(String service, boolean toGrow);

    /// The largest number wished for the service not long ago; null when none is remembered.
    @Nullable Wished highestWish(String service);

    /// What a rollback of this service leads back to; null when nothing of it is known to be good.
    @Nullable KnownGood knownGood(String service);

    /// True when we wrote to the subject and no look that began later has seen it.
    boolean awaitsSight(Subject subject);
}
