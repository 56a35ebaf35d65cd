package io.homeostat.engine;

import io.homeostat.fact.Alert;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Request;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedCollection;
import org.jspecify.annotations.Nullable;

/// The facts that are held to be true, and how they are found.
abstract sealed class KnownFacts permits Memory {
    final Indexes by = new Indexes();
    final Memos memos = new Memos(by.all());

    @Nullable Fact fact(Subject subject) {
        return memos.get(Memo.Known.class, subject.toString()) instanceof Memo.Known(Fact fact)
                ? fact
                : null;
    }

    @Nullable Service service(String name) {
        return !name.isEmpty() && fact(Subject.service(name)) instanceof Service service
                ? service
                : null;
    }

    @Nullable Node node(String id) {
        return !id.isEmpty() && fact(Subject.node(id)) instanceof Node node ? node : null;
    }

    @Nullable Alert alert(String fingerprint) {
        return fact(Subject.alert(fingerprint)) instanceof Alert alert ? alert : null;
    }

    @Nullable Watcher watcher(String name) {
        return fact(new Subject(Subject.Kind.WATCHER, name)) instanceof Watcher watcher
                ? watcher
                : null;
    }

    private <F extends Fact> List<F> facts(Class<F> type, Subject.Kind kind) {
        List<F> found = new ArrayList<>();
        for (Memo.Known known : memos.all(Memo.Known.class, kind.word() + "/")) {
            found.add(type.cast(known.fact()));
        }
        return found;
    }

    /// The kind of fact that is held of it.
    static Class<? extends Fact> type(Subject subject) {
        return switch (subject.kind()) {
            case SERVICE -> Service.class;
            case TASK -> Task.class;
            case NODE -> Node.class;
            case ALERT -> Alert.class;
            case WATCHER -> Watcher.class;
            case REQUEST -> Request.class;
            case CUSTOM -> CustomFact.class;
            case DEPLOYMENT -> Deployment.class;
            case CLUSTER, RULE -> throw new IllegalStateException("no fact is about " + subject);
        };
    }

    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        for (Memo.Known known : memos.all(Memo.Known.class)) {
            facts.add(known.fact());
        }
        return facts;
    }

    List<Service> services() {
        return facts(Service.class, Subject.Kind.SERVICE);
    }

    SequencedCollection<Node> nodes() {
        return facts(Node.class, Subject.Kind.NODE);
    }

    List<Task> tasks() {
        return facts(Task.class, Subject.Kind.TASK);
    }

    List<Alert> alerts() {
        return facts(Alert.class, Subject.Kind.ALERT);
    }

    List<Watcher> watchers() {
        return facts(Watcher.class, Subject.Kind.WATCHER);
    }

    List<Request> requests() {
        return facts(Request.class, Subject.Kind.REQUEST);
    }

    List<Deployment> deployments() {
        return facts(Deployment.class, Subject.Kind.DEPLOYMENT);
    }

    List<CustomFact> customFacts() {
        return facts(CustomFact.class, Subject.Kind.CUSTOM);
    }

    List<Task> tasks(String service) {
        List<Task> tasks = new ArrayList<>();
        for (String key : by.tasksOf.of(service)) {
            if (memos.get(Memo.Known.class, key) instanceof Memo.Known(Task task)) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    List<Task> tasksOn(String node) {
        List<Task> tasks = new ArrayList<>();
        for (String key : by.tasksOn.of(node)) {
            if (memos.get(Memo.Known.class, key) instanceof Memo.Known(Task task)) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    /// The open alerts whose incident is about this subject.
    List<Alert> alertsAbout(Subject subject) {
        List<Alert> alerts = new ArrayList<>();
        for (String key : by.alertsAbout.of(subject)) {
            if (memos.get(Memo.Known.class, key) instanceof Memo.Known(Alert alert)) {
                alerts.add(alert);
            }
        }
        return alerts;
    }
}
