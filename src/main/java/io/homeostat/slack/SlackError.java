package io.homeostat.slack;

/// What Slack's error words mean to the person who has to put it right.
final class SlackError {
    private SlackError() {}

    /// A sentence: what Slack said, and what to do about it.
    static String explained(String error, String channel) {
        return "Slack refused the message for channel %s with %s: %s"
                .formatted(channel, error, advice(error));
    }

    /// True when the message to be edited is gone or is not ours, so that only a new one helps.
    static boolean asksForNewMessage(String error) {
        return switch (error) {
            case "message_not_found", "cant_update_message", "edit_window_closed" -> true;
            default -> false;
        };
    }

    private static String advice(String error) {
        return switch (error) {
            case "invalid_auth",
                    "not_authed",
                    "account_inactive",
                    "token_revoked",
                    "token_expired" ->
                    "the bot token is not valid any more; put a new one where the setting for it"
                            + " points and restart";
            case "missing_scope", "no_permission" ->
                    "the app needs the scope chat:write; add it and install the app anew";
            case "channel_not_found" ->
                    "there is no such channel, or it is private and the bot is not in it; correct"
                            + " the name, or invite the bot with /invite in that channel";
            case "not_in_channel" -> "invite the bot with /invite in that channel";
            case "is_archived" -> "the channel is archived; choose another one";
            case "ratelimited", "rate_limited", "message_limit_exceeded" ->
                    "too many messages in a short time; it is tried again later";
            case "restricted_action", "restricted_action_read_only_channel" ->
                    "the workspace does not let the bot post there; ask its owners, or choose"
                            + " another channel";
            case "msg_too_long", "invalid_blocks", "invalid_blocks_format" ->
                    "the message itself was not accepted, which is a defect of Homeostat; please"
                            + " report it";
            default -> "see https://docs.slack.dev/reference/methods/chat.postMessage";
        };
    }
}
