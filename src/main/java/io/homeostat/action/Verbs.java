package io.homeostat.action;

import io.homeostat.fact.AlertedNode;
import io.homeostat.fact.AlertedService;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Node;
import io.homeostat.fact.Request;
import io.homeostat.fact.Service;
import io.homeostat.fact.Unsolved;
import java.util.Collections;
import java.util.Objects;

/// What a rule may wish: the verbs of the right-hand side.
///
/// `insertLogical( scaleUp( $service ).because( $alert ) );`
public final class Verbs {
    /// The rule that is firing; bound by the rule session for as long as it fires rules.
    public static final ScopedValue<FiringRule> FIRING = ScopedValue.newInstance();

    /// Tells which rule is firing right now, so that an intent knows who wishes it.
    public interface FiringRule {
        String name();
    }

    private Verbs() {}

    /// One step more replicas; the step and the maximum are the service's labels.
    public static Intent scaleUp(AlertedService service) {
        return wished(new Wish.ScaleUp(there(service).name()));
    }

    public static Intent scaleUp(Service service) {
        return wished(new Wish.ScaleUp(there(service).name()));
    }

    /// One step fewer replicas; the step and the minimum are the service's labels.
    public static Intent scaleDown(AlertedService service) {
        return wished(new Wish.ScaleDown(there(service).name()));
    }

    public static Intent scaleDown(Service service) {
        return wished(new Wish.ScaleDown(there(service).name()));
    }

    /// So many replicas, within the service's bounds.
    public static Intent scaleTo(AlertedService service, int replicas) {
        return wished(new Wish.ScaleTo(there(service).name(), replicas));
    }

    public static Intent scaleTo(Service service, int replicas) {
        return wished(new Wish.ScaleTo(there(service).name(), replicas));
    }

    /// Fresh tasks, in the order and at the pace of the service's own update settings.
    public static Intent restart(AlertedService service) {
        return wished(new Wish.Restart(there(service).name()));
    }

    public static Intent restart(Service service) {
        return wished(new Wish.Restart(there(service).name()));
    }

    /// Back to the last known good specification; replicas and labels stay as they are now.
    public static Intent rollback(AlertedService service) {
        return wished(new Wish.Rollback(there(service).name()));
    }

    public static Intent rollback(Service service) {
        return wished(new Wish.Rollback(there(service).name()));
    }

    /// The image of that deployment, with its digest; all else of the service stays.
    public static Intent deploy(Deployment deployment) {
        return wished(new Wish.Deploy(deployment.service(), deployment.image(), deployment.id()));
    }

    /// The service of that deployment back to its last known good specification.
    public static Intent rollback(Deployment deployment) {
        return wished(new Wish.Rollback(deployment.service()));
    }

    /// No tasks on that node.
    public static Intent drain(AlertedNode node) {
        return wished(new Wish.Drain(there(node).id()));
    }

    public static Intent drain(Node node) {
        return wished(new Wish.Drain(there(node).id()));
    }

    /// That node takes tasks again.
    public static Intent activate(AlertedNode node) {
        return wished(new Wish.Activate(there(node).id()));
    }

    public static Intent activate(Node node) {
        return wished(new Wish.Activate(there(node).id()));
    }

    /// How people are told of what nobody solves.
    ///
    /// @param channel a channel's name; empty for the default one
    /// @param severity how urgent, the word people see
    /// @param wording what is wrong, in a sentence
    public static Intent escalate(
            Unsolved unsolved, String channel, String severity, String wording) {
        return wished(new Wish.Escalate(unsolved.alert().fingerprint(), channel, severity, wording))
                .because(unsolved);
    }

    /// What the firing rule has against a wish of any rule. Messages to people are not objected to.
    ///
    /// @param reason why, as people will read it
    public static PolicyObjection objection(Intent intent, String reason) {
        return objecting(intent.wish().text(), reason);
    }

    /// What the firing rule has against a person's request.
    public static PolicyObjection objection(Request request, String reason) {
        return objecting(request.subject().toString(), reason);
    }

    /// Rules are not compiled with our checks for null, and an alert often names no service.
    private static <T> T there(T subject) {
        return Objects.requireNonNull(
                subject,
                "there is no service or node to wish something for, as its alert names none that is"
                        + " known; ask for it in the pattern: $service : service != null");
    }

    private static PolicyObjection objecting(String about, String reason) {
        return new PolicyObjection(
                FIRING.get().name(), about, PolicyObjection.Strength.WAIT, reason);
    }

    private static Intent wished(Wish wish) {
        return new Intent(FIRING.get().name(), wish, Collections.emptySortedSet());
    }
}
