package io.homeostat.slack;

import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.action.Clearance;
import io.homeostat.action.Notice;
import io.homeostat.action.Report;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Tells people where there is no Slack: the log says where the message would have gone, and what
/// it says.
public final class LoggedNotices implements Actuator<Action.ToPeople> {
    private static final String TRACE = "log";

    private final String channel;
    private final Consumer<String> log;

    /// @param channel the default channel; empty when none is set
    /// @param log where a line of the log goes
    public LoggedNotices(String channel, Consumer<String> log) {
        this.channel = channel;
        this.log = log;
    }

    @Override
    public Report perform(Action.ToPeople action, Clearance clearance) {
        Optional<String> refusal = clearance.request(TRACE);
        if (refusal.isPresent()) {
            return new Report.Withheld(refusal.get());
        }
        switch (action) {
            case Action.PostNotice(Notice notice) -> log.accept(text(notice));
        }
        return new Report.Taken(TRACE);
    }

    private String text(Notice notice) {
        String named = notice.channel().isEmpty() ? channel : notice.channel();
        StringBuilder text = new StringBuilder();
        text.append("To people (no Slack token, else in ")
                .append(named.isEmpty() ? "the default channel" : named)
                .append("): [%s] ".formatted(notice.severity()))
                .append(notice.phase().name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(oneLine(notice.title()));
        for (String line : notice.lines()) {
            text.append("\n    ").append(oneLine(line));
        }
        return text.append("\n    incident ").append(notice.incident()).toString();
    }

    /// Text from outside must not look like lines of our log.
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
