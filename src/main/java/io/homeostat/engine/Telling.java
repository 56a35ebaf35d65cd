package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Expectation;
import io.homeostat.action.Intent;
import io.homeostat.action.Notice;
import io.homeostat.action.Undertaking;
import io.homeostat.action.Wish;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Unsolved;
import io.homeostat.guard.Approval;
import io.homeostat.guard.Limits;
import io.homeostat.incident.Account;
import io.homeostat.incident.Incident;
import io.homeostat.incident.IncidentState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Moves incidents through their states and keeps one message per incident and channel up to date.
final class Telling {
    private static final String DEFAULT_SEVERITY = "warning";

    private final Memory memory;
    private final Limits limits;
    private final Evidence evidence;

    Telling(Memory memory, Limits limits, Evidence evidence) {
        this.memory = memory;
        this.limits = limits;
        this.evidence = evidence;
    }

    /// Brings unsolved alerts to people: where, how urgently and in which words the rules say; if
    /// they say nothing, the default channel hears of it in plain words.
    void escalate(List<Unsolved> unsolved, Collection<Intent> intents, Instant now) {
        SortedMap<String, List<Wish.Escalate>> wishes = byAlert(intents);
        int number = 0;
        for (Unsolved each : unsolved) {
            number++;
            Incident incident = incident(each.alert(), number, now);
            List<Wish.Escalate> mine = wishes.getOrDefault(each.alert().fingerprint(), List.of());
            for (Wish.Escalate wish : mine) {
                incident = incident.told(wish.channel(), wish.severity(), wish.wording());
            }
            if (mine.isEmpty()) {
                incident = incident.told("", severity(each.alert()), wording(each));
            }
            memory.keep(new Memo.Open(incident.with(each.alert().fingerprint())));
            memory.mark(Marks.people(incident.id(), each.alert().name()), now);
            boolean asked = each.cause() == Unsolved.Cause.ASKED;
            memory.mark(
                    asked
                            ? Marks.asked(each.alert().fingerprint())
                            : Marks.escalated(each.alert().fingerprint()),
                    now);
            memory.line(
                    incident.subject().toString(),
                    incident.id(),
                    "incident",
                    "%s comes to people (%s): %s"
                            .formatted(
                                    AlertIntake.named(each.alert()),
                                    each.cause().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                    each.detail()));
        }
    }

    private static SortedMap<String, List<Wish.Escalate>> byAlert(Collection<Intent> intents) {
        SortedMap<String, List<Wish.Escalate>> wishes = new TreeMap<>();
        for (Intent intent : intents) {
            if (intent.wish() instanceof Wish.Escalate wish) {
                wishes.computeIfAbsent(wish.alert(), _ -> new ArrayList<>()).add(wish);
            }
        }
        return wishes;
    }

    /// Tells people, in the default channel, of trouble with what we were sent ourselves. Trouble
    /// of the same kind joins the message that is still open.
    void inform(String about, String wording, Instant now) {
        Subject subject = Subject.cluster(about);
        Incident open = memory.incidentOf(subject);
        Incident incident =
                open != null
                        ? open
                        : new Incident(
                                "i%d.%s".formatted(memory.turn(), about),
                                subject,
                                IncidentState.OPEN,
                                now,
                                now,
                                null,
                                Sorted.copy(List.<String>of()),
                                wording,
                                "",
                                Sorted.copy(new TreeMap<String, String>()),
                                0,
                                "");
        memory.keep(new Memo.Open(incident.told("", "critical", wording)));
        memory.line(subject.toString(), incident.id(), "incident", "comes to people: " + wording);
    }

    /// Tells people of trouble of which only the newest matters: it takes the place of what the
    /// message that is still open said.
    void informAnew(String about, String wording, Instant now) {
        inform(about, wording, now);
        Incident open = memory.incidentOf(Subject.cluster(about));
        if (open != null) {
            memory.keep(new Memo.Open(open.titled(wording)));
        }
    }

    /// Tells people that what they were informed of is over, in the message that told them.
    void allClear(String about, String wording, Instant now) {
        Subject subject = Subject.cluster(about);
        Incident open = memory.incidentOf(subject);
        if (open != null) {
            Incident over =
                    open.state() == IncidentState.QUIET ? open : open.in(IncidentState.QUIET, now);
            memory.keep(new Memo.Open(over.in(IncidentState.RESOLVED, now).titled(wording)));
            memory.line(subject.toString(), open.id(), "incident", "resolved: " + wording);
        }
    }

    private static String severity(Alert alert) {
        return alert.labels().getOrDefault("severity", DEFAULT_SEVERITY);
    }

    private String wording(Unsolved unsolved) {
        return Titles.of(unsolved.alert(), unsolved.alert().about()) + "; " + unsolved.detail();
    }

    private Incident incident(Alert alert, int number, Instant now) {
        Subject about = alert.about();
        Incident open = memory.incidentOf(about);
        if (open != null) {
            return open;
        }
        Incident opened =
                new Incident(
                        "i%d.e%d".formatted(memory.turn(), number),
                        about,
                        IncidentState.OPEN,
                        now,
                        now,
                        null,
                        Sorted.copy(List.of(alert.fingerprint())),
                        Titles.of(alert, about),
                        "",
                        Sorted.copy(new TreeMap<String, String>()),
                        0,
                        "");
        memory.keep(new Memo.Open(opened));
        memory.line(about.toString(), opened.id(), "incident", "opened: " + opened.title());
        return opened;
    }

    /// Gives every incident the state that its alerts and actions show.
    void advance(Instant now) {
        for (Incident incident : memory.incidents()) {
            Incident current = incident;
            boolean symptoms = false;
            boolean escalated =
                    Storms.isStorm(incident, memory) || Conditions.isOfRules(incident, memory);
            for (Alert alert : memory.alertsAbout(incident.subject())) {
                Account account = account(alert);
                symptoms |= account.isSymptom() || account == Account.NEW;
                escalated |= account == Account.ESCALATED || account == Account.ASKED;
                current = account.isSymptom() ? current.with(alert.fingerprint()) : current;
            }
            IncidentState state = state(current, symptoms, escalated, now);
            if (state != current.state()) {
                memory.line(
                        current.subject().toString(),
                        current.id(),
                        "incident",
                        state.name().toLowerCase(Locale.ROOT) + ": " + current.title());
            }
            memory.keep(new Memo.Open(current.in(state, now)));
            if (state == IncidentState.RESOLVED) {
                current.alerts().forEach(this::tellAnew);
                PeopleHistory.over(current, memory);
            }
        }
    }

    /// People hear that it is over. When the same alert fires on, such as after a silence, they
    /// have to hear of it again.
    private void tellAnew(String fingerprint) {
        memory.drop(Memo.Mark.class, Marks.escalated(fingerprint));
        memory.drop(Memo.Mark.class, Marks.asked(fingerprint));
    }

    private IncidentState state(
            Incident incident, boolean symptoms, boolean escalated, Instant now) {
        if (memory.unsettled(incident.subject()) != null) {
            return IncidentState.ACTING;
        }
        if (escalated) {
            return IncidentState.ESCALATED;
        }
        if (symptoms) {
            return IncidentState.OPEN;
        }
        boolean over =
                incident.state() == IncidentState.QUIET
                        && !now.isBefore(incident.stateSince().plus(limits.quiet()));
        return over ? IncidentState.RESOLVED : IncidentState.QUIET;
    }

    private Account account(Alert alert) {
        Memo.AlertMemory remembered = memory.alertMemory(alert.fingerprint());
        return remembered == null ? Account.NEW : Account.of(remembered.account());
    }

    /// Plans a message for each channel whose newest message is not the newest notice.
    void tell(Instant now) {
        int number = 0;
        for (Incident incident : memory.told()) {
            Incident current = incident;
            List<String> lines = lines(current);
            String text = current.title() + "\n" + String.join("\n", lines);
            if (!text.equals(current.notice())) {
                current = current.reading(text);
                memory.keep(new Memo.Open(current));
            }
            for (String channel : current.channels().keySet()) {
                number++;
                if (isDue(current, channel, now)) {
                    post(current, channel, lines, number, now);
                }
            }
        }
    }

    private boolean isDue(Incident incident, String channel, Instant now) {
        if (memory.count(Marks.delivered(incident.id(), channel)) >= incident.revision()) {
            return false;
        }
        if (memory.isTelling(incident.id(), channel)) {
            return false;
        }
        Instant notBefore = notBefore(incident, channel);
        return notBefore == null || !now.isBefore(notBefore);
    }

    private @Nullable Instant notBefore(Incident incident, String channel) {
        return memory.mark(
                Marks.notBefore(Marks.notice(incident.id(), channel), incident.subject()));
    }

    private List<String> lines(Incident incident) {
        List<String> lines = new ArrayList<>();
        for (String fingerprint : incident.alerts()) {
            Alert alert = memory.alert(fingerprint);
            if (alert != null) {
                lines.add(
                        "%s fires since %s: %s"
                                .formatted(
                                        AlertIntake.named(alert),
                                        alert.startsAt(),
                                        account(alert).word()));
                // Nobody else can tell people what it was told by.
                lines.addAll(alert.isOwn() ? OwnAlerts.evidence(alert) : List.of());
            }
        }
        for (Memo.Asked asked : memory.all(Memo.Asked.class, incident.id() + "/")) {
            if (asked.approval().state() == Approval.State.ASKED) {
                lines.add(
                        "to be approved or rejected until %s (%s): %s"
                                .formatted(
                                        asked.approval().expires(),
                                        asked.approval().id(),
                                        asked.approval().action().text()));
            }
        }
        Undertaking acting = memory.unsettled(incident.subject());
        if (acting != null) {
            lines.add("under way: " + acting.action().text());
        }
        lines.addAll(evidence.lines(incident));
        lines.add(
                "incident %s is %s"
                        .formatted(
                                incident.id(), incident.state().name().toLowerCase(Locale.ROOT)));
        return lines;
    }

    private void post(
            Incident incident, String channel, List<String> lines, int number, Instant now) {
        String reference = incident.channels().getOrDefault(channel, "");
        Notice notice =
                new Notice(
                        incident.id(),
                        incident.revision(),
                        incident.subject(),
                        channel,
                        incident.severity(),
                        phase(incident.state()),
                        incident.title(),
                        lines,
                        reference.isEmpty() ? null : reference);
        String tries = Marks.tries(incident.id(), "notice/" + channel, incident.subject());
        int attempt = memory.count(tries) + 1;
        memory.count(tries, attempt);
        memory.keep(
                new Memo.Undertaken(
                        new Undertaking(
                                "n%d.%d".formatted(memory.turn(), number),
                                "",
                                incident.id(),
                                "escalation",
                                new Action.PostNotice(notice),
                                null,
                                attempt,
                                Undertaking.State.PLANNED,
                                now,
                                now.plus(limits.noticeBy()),
                                new Expectation.Delivered(now.plus(limits.noticeBy())),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null)));
    }

    private static Notice.Phase phase(IncidentState state) {
        return switch (state) {
            case OPEN, ACTING, ESCALATED -> Notice.Phase.ESCALATED;
            case QUIET -> Notice.Phase.INFORMED;
            case RESOLVED -> Notice.Phase.RESOLVED;
        };
    }

    /// When an incident changes or a message is due by time alone; null when none.
    @Nullable Instant nextChange(Instant now) {
        Instant next = null;
        for (Incident incident : memory.incidents()) {
            if (incident.state() == IncidentState.QUIET) {
                next = earlier(next, incident.stateSince().plus(limits.quiet()), now);
            }
        }
        for (Incident incident : memory.told()) {
            if (!memory.isDelivered(incident)) {
                for (String channel : incident.channels().keySet()) {
                    next = earlier(next, notBefore(incident, channel), now);
                }
            }
        }
        return next;
    }

    private static @Nullable Instant earlier(
            @Nullable Instant next, @Nullable Instant other, Instant now) {
        if (other == null || !other.isAfter(now)) {
            return next;
        }
        return next == null || other.isBefore(next) ? other : next;
    }
}
