package dev.headwater.ingest.reader;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns the time stamps of a file into instants, by their own offset if they state one, else by a time zone.
///
/// Changes to and from daylight saving time are ambiguous. In the hour that autumn repeats, a stamp that is not
/// after the previous one belongs to the second pass. The hour that spring skips should not occur. If it does,
/// the stamp is read with the offset before the change, and [#remarks] says so, because the file probably uses
/// another clock.
final class StampClock {

    /// Plausible years of a time stamp: those that pandas can represent. A year 1 or 9999 stands for "unknown".
    static final String YEARS = "1678 to 2261";

    private static final long FIRST = Instant.parse("1678-01-01T00:00:00Z").toEpochMilli();
    private static final long END = Instant.parse("2262-01-01T00:00:00Z").toEpochMilli();
    private static final int DATE_LENGTH = 10;
    private static final int MAX_OFFSETS = 5;
    private static final String NO_OFFSET = "none";

    private final ZoneId zone;
    private final ZoneRules rules;
    private final Map<String, Long> offsets = new TreeMap<>(); // stamps by the offset that they state
    private long foreign; // stamps with an offset that the zone does not have then
    private long skippedHour;
    private @Nullable String lastText;
    private long lastMillis;

    StampClock(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
    }

    static boolean isPlausible(long millis) {
        return millis >= FIRST && millis < END;
    }

    /// The instant of a stamp such as `2017-01-31 23:55`, `2017-01-31T23:55:00.5`, `2017-02-01T07:55Z`, `2017-01-31`,
    /// or with the date as `31.01.2017`.
    ///
    /// @param previous the previous instant in the same sequence, `Long.MIN_VALUE` when there is none
    /// @return milliseconds since 1970
    /// @throws DateTimeException when the text is not a time stamp
    long millis(String text, long previous) {
        // Long files repeat a stamp for every sensor. If that would not be after `previous`, it may belong to
        // the second pass.
        if (text.equals(lastText) && lastMillis > previous) {
            return lastMillis;
        }
        String stamp = text.strip();
        long millis = stamp.length() > DATE_LENGTH && statesOffset(stamp)
                ? stated(OffsetDateTime.parse(iso(stamp)))
                : unstated(local(stamp), previous);
        lastText = text;
        lastMillis = millis;
        return millis;
    }

    private long stated(OffsetDateTime time) {
        offsets.merge(time.getOffset().getId(), 1L, Long::sum);
        foreign += rules.isValidOffset(time.toLocalDateTime(), time.getOffset()) ? 0 : 1;
        return time.toInstant().toEpochMilli();
    }

    private long unstated(LocalDateTime local, long previous) {
        offsets.merge(NO_OFFSET, 1L, Long::sum);
        return millis(local, previous);
    }

    /// The instant of a local time; `previous` as above.
    long millis(LocalDateTime local, long previous) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (offsets.size() == 1) {
            return at(local, offsets.getFirst());
        }
        ZoneOffsetTransition transition = rules.getTransition(local);
        long first = at(local, transition.getOffsetBefore());
        if (offsets.isEmpty()) {
            skippedHour++;
            return first;
        }
        return first > previous ? first : at(local, transition.getOffsetAfter());
    }

    /// A line when stamps lie in the skipped hour, and a line when their offsets do not fit one time zone;
    /// mostly empty.
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (skippedHour > 0) {
            remarks.add(skippedHour + " time stamps lie in the hour that " + zone
                    + " skips in spring: the file may be kept by another clock, UTC for example");
        }
        if (offsets.size() > 1 && (foreign > 0 || offsets.containsKey(NO_OFFSET))) {
            String found = offsets.entrySet().stream()
                    .limit(MAX_OFFSETS)
                    .map(one -> one.getKey() + " in " + one.getValue())
                    .collect(Collectors.joining(", "));
            remarks.add("time stamps state different offsets from UTC: " + found
                    + "; those without are by the clock of " + zone);
        }
        return remarks;
    }

    private static long at(LocalDateTime local, ZoneOffset offset) {
        return local.toInstant(offset).toEpochMilli();
    }

    private static boolean statesOffset(String stamp) {
        return stamp.endsWith("Z") || stamp.indexOf('+', DATE_LENGTH) > 0 || stamp.indexOf('-', DATE_LENGTH) > 0;
    }

    private static LocalDateTime local(String stamp) {
        return stamp.length() == DATE_LENGTH
                ? LocalDate.parse(date(stamp)).atStartOfDay()
                : LocalDateTime.parse(iso(stamp));
    }

    private static String iso(String stamp) {
        return stamp.length() > DATE_LENGTH && stamp.charAt(DATE_LENGTH) == ' '
                ? date(stamp) + 'T' + stamp.substring(DATE_LENGTH + 1)
                : stamp;
    }

    /// `31.01.2017` is written in much of Europe; no other order of day, month and year uses points.
    private static String date(String stamp) {
        return stamp.charAt(2) == '.' && stamp.charAt(5) == '.'
                ? stamp.substring(6, DATE_LENGTH) + '-' + stamp.substring(3, 5) + '-' + stamp.substring(0, 2)
                : stamp.substring(0, DATE_LENGTH);
    }
}
