package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenTest {
    @ParameterizedTest
    @CsvSource({"30s, PT30S", "2m, PT2M", "1h, PT1H", "5m30s, PT5M30S", "1d, PT24H", "90M, PT90M"})
    void readsDurationsAsPeopleWriteThem(String text, Duration duration) {
        assertThat(Spoken.duration(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0s", "5", "m", "-1m", "30s5m", "1.5h", "two minutes", "99999999999s"})
    void readsNothingIntoOtherTexts(String text) {
        assertThat(Spoken.duration(text)).isEmpty();
    }
}
