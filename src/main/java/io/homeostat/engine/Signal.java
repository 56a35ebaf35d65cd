package io.homeostat.engine;

import io.homeostat.action.Report;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Node;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Request;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.Place;
import io.homeostat.tracking.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Anything that reaches the engine from outside.
public sealed interface Signal {
    /// What cannot be observed again: it is durable in the inbox before it is answered.
    sealed interface Durable extends Signal {}

    /// What can be looked at again: it is lost with the process, and that is no loss.
    sealed interface Volatile extends Signal {}

    /// One alert as it was reported.
    ///
    /// @param firing false when it was reported as resolved
    /// @param endsAt when it ended; null while it fires
    record ReportedAlert(
            String fingerprint,
            boolean firing,
            Instant startsAt,
            @Nullable Instant endsAt,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations) {
        public ReportedAlert {
            labels = Sorted.copy(labels);
            annotations = Sorted.copy(annotations);
        }
    }

    /// A webhook body of Alertmanager.
    ///
    /// @param receivedAt when it was received
    /// @param receiver Alertmanager's name for us
    /// @param truncated how many alerts Alertmanager left out
    /// @param unsound how many alerts of the body could not be read; they are kept raw in the inbox
    /// @param raw the unsound alerts as they came, empty when there are none
    record AlertsReceived(
            Instant receivedAt,
            String receiver,
            List<ReportedAlert> alerts,
            int truncated,
            int unsound,
            String raw)
            implements Durable {
        public AlertsReceived {
            alerts = List.copyOf(alerts);
        }
    }

    /// A person's wish.
    record RequestMade(Request request) implements Durable {}

    /// A service is to run another image.
    record DeploymentAsked(Deployment deployment) implements Durable {}

    /// Somebody tells of the world what no watcher sees.
    record FactPut(CustomFact fact) implements Durable {}

    /// Somebody takes back what was told.
    record FactRemoved(String kind, String key, String by, String why, Instant at)
            implements Durable {}

    /// A person undoes an action.
    ///
    /// @param action the action that is undone
    /// @param request the opposite
    /// @param freezes keep the rules that wished the action from doing it again
    record UndoOrdered(String action, Request request, List<Freeze> freezes) implements Durable {
        public UndoOrdered {
            freezes = List.copyOf(freezes);
        }
    }

    /// A person stops actions.
    record FreezeSet(Freeze freeze) implements Durable {}

    /// A person ends a freeze.
    record FreezeLifted(String freeze, String by, String why, Instant at) implements Durable {}

    /// A person answers a question.
    ///
    /// @param decision the decision that asked
    record ApprovalAnswered(String decision, boolean granted, String by, String why, Instant at)
            implements Durable {}

    /// What the actuator said of an action.
    record ActionReported(String undertaking, Report report, Instant at) implements Durable {}

    /// Alertmanager's own list of its alerts, all addresses merged.
    ///
    /// @param began when the look began
    /// @param upSince when the youngest of the Alertmanagers asked was started
    /// @param alerts the alerts for our receivers
    record AlertsListed(Instant began, Instant upSince, List<ListedAlert> alerts)
            implements Volatile {
        public AlertsListed {
            alerts = List.copyOf(alerts);
        }
    }

    /// One alert in Alertmanager's own list.
    ///
    /// @param suppressedBy the IDs of the silences or alerts that mute it, empty when it is active
    record ListedAlert(ReportedAlert alert, List<String> suppressedBy) {
        public ListedAlert {
            suppressedBy = List.copyOf(suppressedBy);
        }
    }

    /// A look at services.
    ///
    /// @param began when the look began: absence removes only what was last seen before
    /// @param whole true when all services are in it
    /// @param gone services that an event said are removed
    record ServicesSeen(Instant began, boolean whole, List<Service> services, List<String> gone)
            implements Volatile {
        public ServicesSeen {
            services = List.copyOf(services);
            gone = List.copyOf(gone);
        }
    }

    /// A service's specification was written by somebody. It comes before the view that shows it. A
    /// write that changed nothing is signalled as well, as nobody's: a stack that is deployed is
    /// known by it.
    ///
    /// @param service the name of the service
    /// @param at when Docker wrote it
    /// @param whose whose change it is
    /// @param paths what is different, as paths in Docker's `Spec`: `Mode.Replicated.Replicas`
    record ServiceChanged(String service, Instant at, Provenance whose, SortedSet<String> paths)
            implements Volatile {
        public ServiceChanged {
            paths = Sorted.copy(paths);
        }
    }

    /// A look at tasks.
    ///
    /// @param service the service whose tasks these are all of; null when they are all of the
    ///   cluster
    record TasksSeen(Instant began, @Nullable String service, List<Task> tasks)
            implements Volatile {
        public TasksSeen {
            tasks = List.copyOf(tasks);
        }
    }

    /// A look at nodes; all of them are in it.
    record NodesSeen(Instant began, List<Node> nodes) implements Volatile {
        public NodesSeen {
            nodes = List.copyOf(nodes);
        }
    }

    /// A look at the metrics of services that name some by their labels.
    ///
    /// @param began when the look began: it says nothing of what changed since
    /// @param goodFor how long it counts
    /// @param answers what each query answered, by service and metric; all services are in it
    record MetricsSeen(
            Instant began,
            Duration goodFor,
            SortedMap<String, SortedMap<String, MetricAnswer>> answers)
            implements Volatile {
        public MetricsSeen {
            answers = Sorted.copy(answers);
        }
    }

    /// What one query answered.
    ///
    /// @param query what was asked, which the labels may not say any more
    record MetricAnswer(String query, Measured measured) {}

    /// What metrics asked for at that time is known from the history, where their values are not.
    ///
    /// @param tracking null when the service followed no metric any more
    record TrackingRecorded(String service, @Nullable Tracking tracking) implements Volatile {}

    /// A watcher's look succeeded; it counts as seeing for `goodFor` from then on.
    record WatcherLooked(String watcher, Instant began, Duration goodFor) implements Volatile {}

    /// A watcher's look failed.
    record WatcherFailed(String watcher, Instant at, String reason) implements Volatile {}

    /// A durable signal made every step fail and was put aside in the inbox.
    record SignalQuarantined(long inboxId, String reason) implements Volatile {}

    /// A rule threw, or did not come to an end, and is not heard any more.
    record RulePutAside(String rule, String reason) implements Volatile {}

    /// What would hold back every action on the cluster right now, whoever wished it.
    ///
    /// @param reasons a sentence each, by code: `lease`, `stopped`; empty when nothing does
    record HindrancesSeen(SortedMap<String, String> reasons) implements Volatile {
        public HindrancesSeen {
            reasons = Sorted.copy(reasons);
        }
    }

    /// Whether the newest rules were refused, so that older ones are in force.
    ///
    /// @param reason why they were; empty when nothing is refused
    record RulesRefused(String reason) implements Volatile {}

    /// What the logs of tasks that failed say, for people.
    ///
    /// @param incident the ID of the incident that they were read for
    /// @param lines without secrets, a sentence or a line of a log each
    record LogsRead(String incident, List<String> lines) implements Volatile {
        public LogsRead {
            lines = List.copyOf(lines);
        }
    }

    /// Where we run.
    record PlaceFound(Place place) implements Volatile {}

    /// Nothing but time.
    record Ticked() implements Volatile {}
}
