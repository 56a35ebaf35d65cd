package io.homeostat.slack;

import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import io.homeostat.action.Notice;
import java.util.ArrayList;
import java.util.List;

/// A notice as Slack shows it: its title, how urgent it is, its lines and the incident's ID.
///
/// @param text what is shown where blocks cannot be: in notifications, and to screen readers
record NoticeCard(String text, List<LayoutBlock> blocks) {
    /// Slack refuses a message that is beyond one of these.
    private static final int HEADER = 150;

    private static final int SECTION = 3000;
    private static final int BLOCKS = 50;

    /// Longer than any line that people read, and short enough that several fit in a section.
    private static final int LINE = 1000;

    private static final int WORD = 60;

    static NoticeCard of(Notice notice) {
        String title =
                notice.phase() == Notice.Phase.RESOLVED
                        ? "Resolved: " + notice.title()
                        : notice.title();
        String severity = SlackText.line(notice.severity(), WORD);
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(header(SlackText.line(title, HEADER)));
        blocks.add(context("*%s* · %s".formatted(severity, phase(notice.phase()))));
        for (String section : sections(notice.lines())) {
            blocks.add(SectionBlock.builder().text(markdown(section)).build());
        }
        String about = SlackText.line(notice.subject().toString(), LINE);
        String incident = SlackText.line(notice.incident(), WORD);
        blocks.add(context("incident %s · %s".formatted(incident, about)));
        return new NoticeCard("[%s] %s".formatted(severity, SlackText.line(title, LINE)), blocks);
    }

    private static String phase(Notice.Phase phase) {
        return switch (phase) {
            case ESCALATED -> "needs an answer";
            case INFORMED -> "for your information";
            case RESOLVED -> "over";
        };
    }

    /// As many lines in a section as fit, and at the end how many lines were left out.
    private static List<String> sections(List<String> lines) {
        int most = BLOCKS - 4;
        List<String> sections = new ArrayList<>();
        StringBuilder section = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = SlackText.line(lines.get(i), LINE);
            if (!section.isEmpty() && section.length() + 1 + line.length() > SECTION) {
                sections.add(section.toString());
                section.setLength(0);
                if (sections.size() == most) {
                    sections.add("… and %d more lines".formatted(lines.size() - i));
                    return sections;
                }
            }
            if (!line.isEmpty()) {
                section.append(section.isEmpty() ? "" : "\n").append(line);
            }
        }
        if (!section.isEmpty()) {
            sections.add(section.toString());
        }
        return sections;
    }

    private static HeaderBlock header(String text) {
        return HeaderBlock.builder()
                .text(PlainTextObject.builder().text(text).emoji(false).build())
                .build();
    }

    private static ContextBlock context(String text) {
        return ContextBlock.builder().elements(List.of(markdown(text))).build();
    }

    private static MarkdownTextObject markdown(String text) {
        return MarkdownTextObject.builder().text(text).verbatim(true).build();
    }
}
