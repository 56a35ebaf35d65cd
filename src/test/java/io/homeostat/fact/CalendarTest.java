package io.homeostat.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CalendarTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void saysTheHourAndTheDayInItsZone() {
        Instant lateOnTheLast = Instant.parse("2026-01-31T23:30:00Z");

        assertThat(Calendar.at(lateOnTheLast, ZoneOffset.UTC))
                .isEqualTo(new Calendar("Z", 2026, 1, 31, "saturday", false, 23, 0));
        assertThat(Calendar.at(lateOnTheLast, BERLIN))
                .isEqualTo(new Calendar("Europe/Berlin", 2026, 2, 1, "sunday", false, 0, 27));
    }

    @Test
    void isTheSameForAnHour() {
        Instant nine = Instant.parse("2026-01-05T09:00:00Z");

        assertThat(Calendar.at(nine.plusSeconds(3599), ZoneOffset.UTC))
                .isEqualTo(Calendar.at(nine, ZoneOffset.UTC));
        assertThat(Calendar.nextHour(nine.plusSeconds(5), ZoneOffset.UTC))
                .isEqualTo(nine.plusSeconds(3600));
    }

    @Test
    void theHourThatIsLeftOutInSpringIsNotWaitedFor() {
        Instant before = Instant.parse("2026-03-29T00:59:00Z");

        assertThat(Calendar.at(before, BERLIN).hour()).isEqualTo(1);
        Instant next = Calendar.nextHour(before, BERLIN);
        assertThat(next).isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
        assertThat(Calendar.at(next, BERLIN).hour()).isEqualTo(3);
    }
}
