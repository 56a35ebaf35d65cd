package io.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RulesCommandTest extends CommandsOnAServer {
    private static final String VIEW =
            """
            {'rulebook': '0123456789abcdef', 'since': '2026-11-23T10:00:00Z', 'source': '/etc/rules',
             'watched': true, 'undo': 'fedcba9876543210', 'isRefused': %s, 'earlier': [], 'faults': [],
             'rules': [
               {'name': 'scale up', 'version': 'aaaabbbbcccc', 'file': 'up.drl', 'line': 3,
                'autonomy': 'auto', 'cooldown': 'PT2M', 'owner': 'platform', 'putAside': null,
                'record': {'matched': 7, 'wished': 2, 'decisions': {'allow': 1, 'wait': 1},
                           'outcomes': {'healed': 1}, 'lastFired': '2026-11-23T10:05:00Z',
                           'minutesSaved': null}},
               {'name': 'restart', 'version': 'ddddeeeeffff', 'file': 'up.drl', 'line': 12,
                'autonomy': 'ask', 'owner': '', 'putAside': 'it threw', 'record': null}],
             'refusal': {'text': 'new rules are refused', 'reasons': ['up.drl:3:1: error: no']}}\
            """;

    @Test
    void rulesAreListedWithWhatCameOfThem() {
        answers.put("GET /api/v1/rules", ok(VIEW.formatted("false")));

        assertThat(run("rules")).isZero();

        assertThat(out.toString())
                .contains("scale up", "aaaabbbbcccc", "2026-11-23 10:05:00", "up.drl:3")
                .contains("PUT ASIDE")
                .contains("2 rules in rulebook 0123456789ab from /etc/rules")
                .contains("undo goes back to fedcba987654")
                .doesNotContain("refused");
    }

    @Test
    void oneRuleIsShownWithItsRecordAndWithoutMinutesThatNobodyKnows() {
        answers.put("GET /api/v1/rules", ok(VIEW.formatted("false")));

        run("rules", "scale");

        assertThat(out.toString())
                .contains("allow 1, wait 1", "healed 1", "PT2M", "platform")
                .doesNotContain("minutes saved", "restart");
    }

    @Test
    void whileRulesAreRefusedItSaysWhyAndEndsWithOne() {
        answers.put("GET /api/v1/rules", ok(VIEW.formatted("true")));

        assertThat(run("rules")).isEqualTo(1);

        assertThat(out.toString()).contains("not in force", "up.drl:3:1: error: no");
    }

    @Test
    void aReloadSaysWhatIsWishedOtherwise() {
        answers.put(
                "POST /api/v1/rules/reload",
                ok(
                        """
                        {'result': 'adopted', 'text': 'rulebook b takes over from a',
                         'differences': ['would be wished: restart service/web']}\
                        """));

        assertThat(run("rules", "reload")).isZero();

        assertThat(out.toString()).contains("takes over", "would be wished: restart service/web");
        assertThat(asked.getFirst()).contains("'by':'ann'".replace('\'', '"'));
    }

    @Test
    void anUndoThatIsRefusedSaysWhy() {
        answers.put(
                "POST /api/v1/rules/undo",
                new Answer(422, "{'detail': 'there are no rules before these'}"));

        assertThat(run("rules", "undo")).isEqualTo(1);

        assertThat(err.toString()).contains("there are no rules before these");
    }
}
