package io.homeostat.crash;

import static io.homeostat.crash.agent.Place.entering;
import static io.homeostat.crash.agent.Place.leaving;

import io.homeostat.crash.Edge.Fate;
import io.homeostat.crash.agent.Place;
import java.util.List;

/// All edges. Whoever renames a method that is named here hears of it from `EdgesTest`.
final class Edges {
    private static final String WEBHOOK = "io.homeostat.alertmanager.WebhookResource";
    private static final String REQUESTS = "io.homeostat.api.RequestsResource";
    private static final String STORE = "io.homeostat.store.SqlStore";
    private static final String TURN = "io.homeostat.store.TurnWriting";
    private static final String OLD = "io.homeostat.store.OldRows";
    private static final String SCHEMA = "io.homeostat.store.Schema";
    private static final String INBOX = "io.homeostat.store.InboxTable";
    private static final String HISTORY = "io.homeostat.store.HistoryTables";
    private static final String DATABASE = "org.sqlite.SQLiteConnection";
    private static final String JUDGING = "io.homeostat.engine.Judging";
    private static final String VERIFYING = "io.homeostat.engine.Verifying";
    private static final String EFFECTS = "io.homeostat.engine.Effects";
    private static final String UNDERTAKING = "io.homeostat.action.Undertaking";
    private static final String WRITING = "io.homeostat.swarm.ServiceWriting";
    private static final String SLACK = "io.homeostat.slack.SlackNotifier";

    private static final Place ALERT_COMES = entering(WEBHOOK, "taken");
    private static final Place SIGNAL_IS_WRITTEN = leaving(INBOX, "insert");
    private static final Place COMMIT_BEGINS = entering(DATABASE, "commit");
    private static final Place COMMIT_IS_DONE = leaving(DATABASE, "commit");
    private static final Place ACTION_IS_PLANNED = leaving(JUDGING, "plan");
    private static final Place TURN_COMES = entering(STORE, "commit");
    private static final Place TURN_IS_WRITTEN = leaving(TURN, "run");
    private static final Place TURN_IS_COMMITTED = leaving(STORE, "commit");
    private static final Place START_IS_RECORDED = leaving(STORE, "started");
    private static final Place REPORT_COMES = entering(EFFECTS, "store");

    static final Edge.Inside STARTED_NOT_SENT =
            inside("start recorded, not sent", START_IS_RECORDED);
    static final Edge.Inside ANSWER_READ =
            inside("answer read, outcome not recorded", leaving(WRITING, "perform"));
    private static final Edge.Inside EFFECT_UNSENT =
            inside("turn committed, effect unsent", entering(EFFECTS, "release"));

    private Edges() {}

    static final Edge ANY_INSTANT = new Edge.AnyInstant("any instant under load");

    static final List<Edge> ALL =
            List.of(
                    // intake
                    inside("alert received, not written", ALERT_COMES),
                    inside("alert written, commit not begun", ALERT_COMES, SIGNAL_IS_WRITTEN),
                    inside(
                            "alert's commit under way",
                            ALERT_COMES,
                            SIGNAL_IS_WRITTEN,
                            COMMIT_BEGINS),
                    inside("alert committed, answer lost", leaving(WEBHOOK, "taken")),
                    inside("request committed, answer lost", leaving(REQUESTS, "make")),
                    refused("alert's write refused", 4, ALERT_COMES, SIGNAL_IS_WRITTEN),
                    meanwhile("alert's write refused, killed meanwhile", SIGNAL_IS_WRITTEN),
                    // turns
                    inside("turn's step done, not committed", ACTION_IS_PLANNED, TURN_COMES),
                    inside("turn written, commit not begun", ACTION_IS_PLANNED, TURN_IS_WRITTEN),
                    refused("turn's write refused", 3, ACTION_IS_PLANNED, TURN_IS_WRITTEN),
                    refused("every commit refused for a while", 12, COMMIT_BEGINS),
                    meanwhile("every commit refused, killed meanwhile", COMMIT_BEGINS),
                    refused("commit done and reported as refused", 2, COMMIT_IS_DONE),
                    refused(
                            "turn's commit done and reported as refused",
                            1,
                            ACTION_IS_PLANNED,
                            TURN_IS_WRITTEN,
                            COMMIT_IS_DONE),
                    inside("old history looked for", leaving(OLD, "kinds")),
                    // actions
                    EFFECT_UNSENT,
                    inside("action picked up, start not recorded", entering(STORE, "started")),
                    refused("start's write refused", 1, leaving(HISTORY, "started")),
                    STARTED_NOT_SENT,
                    new Edge.AtDocker("sent, Docker has not taken it", Fate.NOT_TAKEN),
                    new Edge.AtDocker("sent, Docker takes it after the restart", Fate.TAKEN_LATE),
                    new Edge.AtDocker("Docker has taken it, answer lost", Fate.TAKEN),
                    ANSWER_READ,
                    refused("outcome's write refused", 3, REPORT_COMES, SIGNAL_IS_WRITTEN),
                    inside(
                            "outcome recorded, no turn has taken it",
                            leaving(EFFECTS, "store"),
                            TURN_COMES),
                    inside(
                            "outcome's turn committed",
                            entering(UNDERTAKING, "taken"),
                            TURN_IS_COMMITTED),
                    // people
                    inside("notice started, not sent", entering(SLACK, "post")),
                    new Edge.AtSlack(
                            "notice sent, Slack has not taken it",
                            "chat.postMessage",
                            Fate.NOT_TAKEN),
                    new Edge.AtSlack(
                            "Slack has taken a notice, answer lost",
                            "chat.postMessage",
                            Fate.TAKEN),
                    new Edge.AtSlack(
                            "Slack has taken an edit, answer lost", "chat.update", Fate.TAKEN),
                    inside("notice posted, outcome not recorded", leaving(SLACK, "tell")),
                    // starts
                    new Edge.WhileRecovering(
                            "twice while recovering what was started",
                            STARTED_NOT_SENT,
                            List.of(
                                    inside("state read", leaving(STORE, "recover")),
                                    inside(
                                            "what was under way looked at, turn not committed",
                                            leaving(VERIFYING, "restarted"),
                                            TURN_COMES))),
                    new Edge.WhileRecovering(
                            "twice while recovering what was planned",
                            EFFECT_UNSENT,
                            List.of(
                                    inside("schema looked at", leaving(SCHEMA, "migrate")),
                                    inside(
                                            "what was under way looked at, turn committed",
                                            leaving(VERIFYING, "restarted"),
                                            TURN_IS_COMMITTED))),
                    new Edge.AnyInstantOfAStart("any instant of a start"),
                    ANY_INSTANT);

    /// Every place that some edge needs, once.
    static List<Place> places() {
        return ALL.stream().flatMap(edge -> edge.places().stream()).distinct().toList();
    }

    private static Edge.Inside inside(String sentence, Place... path) {
        return new Edge.Inside(sentence, List.of(path));
    }

    private static Edge.Refused refused(String sentence, int times, Place... path) {
        return new Edge.Refused(sentence, List.of(path), times, false);
    }

    /// It would be refused for ever.
    private static Edge.Refused meanwhile(String sentence, Place... path) {
        return new Edge.Refused(sentence, List.of(path), Integer.MAX_VALUE, true);
    }
}
