package io.homeostat.fact;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// The hour it is, for rules that know business hours and the end of a month. It changes once an
/// hour, so that no rule is woken by time itself.
///
/// @param zone the time zone that all the rest is in
/// @param year the year, as in 2026
/// @param month from 1
/// @param day of the month, from 1
/// @param weekday in lower case: `monday`
/// @param workday true from Monday to Friday; holidays are not known
/// @param hour from 0 to 23
/// @param daysLeftInMonth how many days of the month come after this one: 0 on the last
public record Calendar(
        String zone,
        int year,
        int month,
        int day,
        String weekday,
        boolean workday,
        int hour,
        int daysLeftInMonth)
        implements Fact {
    public static Calendar at(Instant instant, ZoneId zone) {
        ZonedDateTime there = instant.atZone(zone);
        LocalDate date = there.toLocalDate();
        DayOfWeek weekday = date.getDayOfWeek();
        return new Calendar(
                zone.getId(),
                date.getYear(),
                date.getMonthValue(),
                date.getDayOfMonth(),
                weekday.name().toLowerCase(Locale.ROOT),
                weekday.compareTo(DayOfWeek.FRIDAY) <= 0,
                there.getHour(),
                date.lengthOfMonth() - date.getDayOfMonth());
    }

    /// When the next hour begins in that zone.
    public static Instant nextHour(Instant instant, ZoneId zone) {
        return instant.atZone(zone)
                .truncatedTo(ChronoUnit.HOURS)
                .plus(Duration.ofHours(1))
                .toInstant();
    }

    @Override
    public Subject subject() {
        return Subject.cluster("calendar");
    }
}
