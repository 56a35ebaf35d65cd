package io.homeostat.app;

/// The settings that say how people are told by Slack.
final class SlackSettings {
    private SlackSettings() {}

    static Settings.Slack read(SettingsTable table) {
        return new Settings.Slack(
                table.text(
                        "homeostat.slack.token",
                        "",
                        "bot token of Slack (xoxb-…); without one, the log says what would have been told"),
                table.text(
                        "homeostat.slack.token-file",
                        "",
                        "file with that token, better than the token itself"),
                table.text(
                        "homeostat.slack.channel", "#homeostat", "channel for what names no other"),
                table.text(
                        "homeostat.slack.url",
                        "https://slack.com/api/",
                        "where Slack's Web API answers"));
    }
}
