package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.incident.Account;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How often the store hears that an open alert is confirmed.
class MemoTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

    @ParameterizedTest
    @EnumSource(
            names = {"OBSERVED", "SUPPRESSED"},
            mode = EnumSource.Mode.EXCLUDE)
    void writesEachConfirmationDownWhereAnActionMayWaitForIt(Account account) {
        assertThat(memory(account, AT.plusSeconds(1)).isNews(memory(account, AT))).isTrue();
        assertThat(memory(account, AT).isNews(memory(account, AT))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"OBSERVED", "SUPPRESSED"})
    void writesConfirmationsDownOnceInHalfAMinuteWhereNothingWaitsForThem(Account account) {
        assertThat(memory(account, AT.plusSeconds(29)).isNews(memory(account, AT))).isFalse();
        assertThat(memory(account, AT.plusSeconds(30)).isNews(memory(account, AT.plusSeconds(29))))
                .isTrue();
    }

    @Test
    void writesEveryOtherChangeDownAtOnce() {
        Memo.AlertMemory observed = memory(Account.OBSERVED, AT);

        assertThat(memory(Account.SUPPRESSED, AT).isNews(observed)).isTrue();
        assertThat(memory(Account.OBSERVED, AT.plusSeconds(1)).isNews(memory(Account.NEW, AT)))
                .isTrue();
        assertThat(new Memo.Count("restarts", 2).isNews(new Memo.Count("restarts", 1))).isTrue();
        assertThat(new Memo.Count("restarts", 1).isNews(new Memo.Count("restarts", 1))).isFalse();
    }

    private static Memo.AlertMemory memory(Account account, Instant confirmedAt) {
        return new Memo.AlertMemory("f1", confirmedAt, account.word(), AT, null, null, List.of());
    }
}
