package io.homeostat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.action.Notice;
import io.homeostat.action.Report;
import io.homeostat.fact.Subject;
import io.homeostat.standin.SlackStandIn;
import io.homeostat.standin.SlackStandIn.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlackNotifierTest {
    private static final String OPS = "C0OPS";

    private SlackStandIn slack;

    @BeforeEach
    void start() throws IOException {
        slack =
                SlackStandIn.start()
                        .withChannel("ops", OPS)
                        .withChannelThatTheBotIsNotIn("closed", "C0CLOSED");
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    @Test
    void postsTheFirstNoticeOfAnIncidentAndRemembersWhere() throws Exception {
        Report report = tell(notice("", null, "web is at its maximum", "5 of 5 run"));

        assertThat(report).isInstanceOf(Report.Taken.class);
        assertThat(((Report.Taken) report).trace()).startsWith(OPS + ":1605853601");
        Message message = slack.channel(OPS).getFirst();
        assertThat(message.text()).isEqualTo("[critical] web is at its maximum");
        assertThat(message.blocks().toString())
                .contains("web is at its maximum", "5 of 5 run", "incident i-7", "critical");
    }

    @Test
    void editsThePostedMessageInsteadOfPostingAnother() throws Exception {
        String posted = ((Report.Taken) tell(notice("ops", null, "first"))).trace();

        Report report = tell(notice("ops", posted, "second"));

        assertThat(report).isEqualTo(new Report.Taken(posted));
        assertThat(slack.channel(OPS)).hasSize(1);
        assertThat(slack.channel(OPS).getFirst().text()).endsWith("second");
        assertThat(slack.channel(OPS).getFirst().edits()).isEqualTo(1);
    }

    @Test
    void postsAnewWhenThePostedMessageIsGone() throws Exception {
        String posted = ((Report.Taken) tell(notice("ops", null, "first"))).trace();
        slack.forget(OPS);

        Report report = tell(notice("ops", posted, "second"));

        assertThat(((Report.Taken) report).trace()).isNotEqualTo(posted);
        assertThat(slack.channel(OPS)).hasSize(1);
    }

    @Test
    void keepsTextFromOutsideFromCallingPeopleOrFormattingLinks() throws Exception {
        tell(notice("ops", null, "<!channel> & @here", "<https://evil.example|click>"));

        Message message = slack.channel(OPS).getFirst();
        assertThat(message.text()).contains("&lt;!channel&gt; &amp; @\u2060here");
        assertThat(message.blocks().toString()).doesNotContain("<!channel>", "<https", "@here");
    }

    @Test
    void keepsWithinSlacksLimitsWhateverTheLength() throws Exception {
        List<String> lines = Collections.nCopies(2000, "x&".repeat(400));

        Report report = tell(notice("ops", null, "<".repeat(500), lines.toArray(String[]::new)));

        assertThat(report).isInstanceOf(Report.Taken.class);
        assertThat(slack.channel(OPS).getFirst().blocks().toString()).contains("more lines");
    }

    @Test
    void saysWhatToDoWhenSlackRefuses() throws Exception {
        assertThat(tell(notice("nowhere", null, "t"))).asString().contains("channel_not_found");
        assertThat(tell(notice("closed", null, "t")))
                .isInstanceOf(Report.Failed.class)
                .asString()
                .contains("invite the bot");
    }

    @Test
    void saysThatTheTokenIsNotValidWithoutShowingIt() throws Exception {
        Report report =
                new SlackNotifier("xoxb-wrong", "ops", slack.endpoint(), Duration.ofSeconds(5))
                        .perform(new Action.PostNotice(notice("", null, "t")), trace -> cleared());

        assertThat(report).isInstanceOf(Report.Failed.class);
        assertThat(report.toString()).contains("invalid_auth").doesNotContain("xoxb-wrong");
    }

    @Test
    void failsWithTheTimeToWaitWhenItsMessagesAreTooMany() throws Exception {
        slack.limit(17);

        assertThat(tell(notice("ops", null, "t")))
                .isInstanceOf(Report.Failed.class)
                .asString()
                .contains("17 s");
    }

    @Test
    void doesNotKnowWhetherAPostArrivedWhenNoAnswerComes() throws Exception {
        slack.hangUp();

        assertThat(tell(notice("ops", null, "t"))).isInstanceOf(Report.Lost.class);
        assertThat(tell(notice("ops", OPS + ":1.0", "t"))).isInstanceOf(Report.Failed.class);
    }

    @Test
    void doesNotKnowWhetherAPostArrivedWhenSlackBreaks() throws Exception {
        slack.answerWith(500);

        assertThat(tell(notice("ops", null, "t"))).isInstanceOf(Report.Lost.class);
    }

    @Test
    void failsWhenSlackCannotBeReached() throws Exception {
        slack.close();

        assertThat(tell(notice("ops", null, "t"))).isInstanceOf(Report.Failed.class);
    }

    @Test
    void sendsNothingWithoutClearance() throws Exception {
        Report report =
                notifier()
                        .perform(
                                new Action.PostNotice(notice("ops", null, "t")),
                                trace -> Optional.of("no lease"));

        assertThat(report).isEqualTo(new Report.Withheld("no lease"));
        assertThat(slack.posts()).isZero();
    }

    private Report tell(Notice notice) throws InterruptedException {
        return notifier().perform(new Action.PostNotice(notice), trace -> cleared());
    }

    private SlackNotifier notifier() {
        return new SlackNotifier(
                SlackStandIn.TOKEN, "ops", slack.endpoint(), Duration.ofSeconds(5));
    }

    private static Optional<String> cleared() {
        return Optional.empty();
    }

    static Notice notice(String channel, @Nullable String posted, String title, String... lines) {
        return new Notice(
                "i-7",
                1,
                Subject.service("demo_web"),
                channel,
                "critical",
                Notice.Phase.ESCALATED,
                title,
                List.of(lines),
                posted);
    }
}
