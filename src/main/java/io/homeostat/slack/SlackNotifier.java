package io.homeostat.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.chat.ChatUpdateRequest;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.chat.ChatUpdateResponse;
import com.slack.api.util.http.SlackHttpClient;
import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.action.Clearance;
import io.homeostat.action.Notice;
import io.homeostat.action.Report;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// Tells people in Slack by a bot token: the first notice of an incident in a channel is posted,
/// every later one edits that message.
public final class SlackNotifier implements Actuator<Action.ToPeople> {
    /// Where Slack itself answers.
    public static final String ENDPOINT = "https://slack.com/api/";

    private final MethodsClient methods;
    private final String channel;

    /// @param token the bot token, `xoxb-…`
    /// @param channel where notices without a channel go
    /// @param endpoint what precedes the methods' names: [#ENDPOINT]
    /// @param timeout how long one call may take
    public SlackNotifier(String token, String channel, String endpoint, Duration timeout) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("the Slack bot token is empty");
        }
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(endpoint);
        config.setStatsEnabled(false);
        config.getHttpClientResponseHandlers()
                .clear(); // they log requests, and those hold the token
        if (URI.create(endpoint).getScheme().equals("http")) {
            config.setProxyUrl(null);
        }
        Slack slack = Slack.getInstance(config, new SlackHttpClient(client(config, timeout)));
        this.methods = slack.methods(token.strip());
        this.channel = channel;
    }

    /// A client that never sends twice by itself: a message that may have arrived is not repeated.
    private static OkHttpClient client(SlackConfig config, Duration timeout) {
        return SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .retryOnConnectionFailure(false)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .callTimeout(timeout)
                .build();
    }

    @Override
    public Report perform(Action.ToPeople action, Clearance clearance) throws InterruptedException {
        return switch (action) {
            case Action.PostNotice(Notice notice) -> tell(notice, clearance);
        };
    }

    private Report tell(Notice notice, Clearance clearance) throws InterruptedException {
        String named = notice.channel().isEmpty() ? channel : notice.channel();
        if (named.isEmpty()) {
            return new Report.Failed(
                    "no Slack channel is set for this notice; set the default channel");
        }
        Optional<Posted> posted = Posted.read(notice.posted());
        String trace = posted.isPresent() ? posted.get().toString() : "";
        Optional<String> refusal = clearance.request(trace);
        if (refusal.isPresent()) {
            return new Report.Withheld(refusal.get());
        }
        NoticeCard card = NoticeCard.of(notice);
        if (posted.isEmpty()) {
            return post(named, card);
        }
        Optional<Report> edited = edit(named, posted.get(), card);
        return edited.isPresent() ? edited.get() : post(named, card);
    }

    private Report post(String named, NoticeCard card) throws InterruptedException {
        try {
            ChatPostMessageResponse answer =
                    methods.chatPostMessage(
                            ChatPostMessageRequest.builder()
                                    .channel(named)
                                    .text(card.text())
                                    .blocks(card.blocks())
                                    .unfurlLinks(false)
                                    .unfurlMedia(false)
                                    .build());
            return answer.isOk()
                    ? new Report.Taken(new Posted(answer.getChannel(), answer.getTs()).toString())
                    : new Report.Failed(SlackError.explained(answer.getError(), named));
        } catch (SlackApiException refused) {
            return refusedByStatus(refused, named);
        } catch (IOException broken) {
            return broken(broken, true);
        }
    }

    /// The answer to an edit; empty when the message is gone and a new one is needed.
    private Optional<Report> edit(String named, Posted posted, NoticeCard card)
            throws InterruptedException {
        try {
            ChatUpdateResponse answer =
                    methods.chatUpdate(
                            ChatUpdateRequest.builder()
                                    .channel(posted.channel())
                                    .ts(posted.ts())
                                    .text(card.text())
                                    .blocks(card.blocks())
                                    .build());
            if (answer.isOk()) {
                return Optional.of(new Report.Taken(posted.toString()));
            }
            return SlackError.asksForNewMessage(answer.getError())
                    ? Optional.empty()
                    : Optional.of(
                            new Report.Failed(SlackError.explained(answer.getError(), named)));
        } catch (SlackApiException refused) {
            return Optional.of(refusedByStatus(refused, named));
        } catch (IOException broken) {
            return Optional.of(broken(broken, false));
        }
    }

    private static Report refusedByStatus(SlackApiException refused, String named) {
        int status = refused.getResponse().code();
        String wait = refused.getResponse().header("Retry-After");
        if (status == 429) {
            return new Report.Failed(
                    "Slack takes no more messages for channel %s now (429); it asks to wait %s s"
                            .formatted(named, wait == null ? "some" : wait));
        }
        if (status >= 500) {
            return new Report.Lost(
                    "Slack answered %d for channel %s; the message may or may not have been taken"
                            .formatted(status, named));
        }
        return new Report.Failed(
                ("Slack answered %d for channel %s, which is no answer of Slack's API; check the"
                                + " endpoint and any proxy")
                        .formatted(status, named));
    }

    /// @param once true when doing it again would do harm, so that it must not count as not done
    private static Report broken(IOException broken, boolean once) throws InterruptedException {
        if (broken instanceof InterruptedIOException && Thread.interrupted()) {
            InterruptedException stopping =
                    new InterruptedException("stopped while waiting for Slack");
            stopping.initCause(broken);
            throw stopping;
        }
        String what = "%s (%s)".formatted(broken.getMessage(), broken.getClass().getSimpleName());
        if (neverSent(broken)) {
            return new Report.Failed(
                    "Slack cannot be reached: " + what + "; check the network and any proxy");
        }
        return once
                ? new Report.Lost("no answer from Slack, the message may have been posted: " + what)
                : new Report.Failed("no answer from Slack to the edit of a message: " + what);
    }

    private static boolean neverSent(IOException broken) {
        return broken instanceof ConnectException
                || broken instanceof UnknownHostException
                || broken instanceof NoRouteToHostException
                || broken instanceof SSLHandshakeException;
    }

    /// Where a message is: what an edit needs.
    private record Posted(String channel, String ts) {
        static Optional<Posted> read(@Nullable String reference) {
            List<String> parts = reference == null ? List.of() : List.of(reference.split(":", -1));
            return parts.size() == 2 && !parts.get(0).isEmpty() && !parts.get(1).isEmpty()
                    ? Optional.of(new Posted(parts.get(0), parts.get(1)))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return channel + ":" + ts;
        }
    }
}
