package io.homeostat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoggedNoticesTest {
    private final List<String> log = new ArrayList<>();
    private final LoggedNotices notices = new LoggedNotices("#ops", log::add);

    @Test
    void saysWhereTheMessageWouldHaveGoneAndWhatItSays() {
        Report report = tell("web is at its maximum", Optional.empty());

        assertThat(report).isEqualTo(new Report.Taken("log"));
        assertThat(log.getFirst())
                .contains("#ops", "critical", "web is at its maximum", "5 of 5 run", "i-7");
    }

    @Test
    void keepsTextFromOutsideFromFakingLinesOfTheLog() {
        tell("bad\nERROR everything is lost", Optional.empty());

        assertThat(log.getFirst()).doesNotContain("\nERROR");
    }

    @Test
    void saysNothingWithoutClearance() {
        assertThat(tell("t", Optional.of("stopping"))).isEqualTo(new Report.Withheld("stopping"));
        assertThat(log).isEmpty();
    }

    private Report tell(String title, Optional<String> refusal) {
        return notices.perform(
                new Action.PostNotice(SlackNotifierTest.notice("", null, title, "5 of 5 run")),
                trace -> refusal);
    }
}
