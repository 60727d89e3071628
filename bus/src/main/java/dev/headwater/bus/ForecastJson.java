package dev.headwater.bus;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/// Writes forecasts as JSON; the form is that of `schemas/forecast.schema.json`. Not thread-safe.
///
/// It was a Jackson generator, which took twice the time: the digits of floats are most of it.
final class ForecastJson {

    static final String SENSOR = "sensor";
    static final String ISSUED_AT = "issuedAt";
    static final String INTERVAL_SECONDS = "intervalSeconds";
    static final String VALUES = "values";
    static final String LOWER = "lower";
    static final String UPPER = "upper";
    static final String LEVEL = "level";
    static final String WIDER = "wider";
    static final String OBSERVED = "observed";
    static final String LOOKBACK = "lookback";
    static final String MODEL = "model";
    static final String ARTEFACT = "artefact";
    static final String PROFILE = "profile";
    static final String BORROWED = "borrowed";
    static final String ABSTAINED = "abstained";

    private static final byte[] BEGIN = ascii("{\"" + SENSOR + "\":");
    private static final byte[] ISSUED_AT_FIELD = field(ISSUED_AT);
    private static final byte[] VALUES_FIELD = field(VALUES);
    private static final byte[] LOWER_FIELD = ascii("\"" + LOWER + "\":");
    private static final byte[] UPPER_FIELD = field(UPPER);
    private static final byte[] LEVEL_FIELD = field(LEVEL);
    private static final byte[] WIDER_FIELD = field(WIDER);
    private static final byte[] OBSERVED_FIELD = field(OBSERVED);
    private static final byte[] LOOKBACK_FIELD = field(LOOKBACK);
    private static final byte[] MODEL_FIELD = field(MODEL);
    private static final byte[] ARTEFACT_FIELD = field(ARTEFACT);
    private static final byte[] BORROWED_PROFILE = ascii(",\"" + PROFILE + "\":\"" + BORROWED + "\"");
    private static final byte[] ABSTAINED_FIELD = field(ABSTAINED);
    private static final int MILLIS = 1000;

    private final ForecastRules rules;
    private final byte[] interval; // the whole field
    private final Remembered issuedAt =
            new Remembered(millis -> Instant.ofEpochMilli(millis).toString());
    private final List<Remembered> levels = new ArrayList<>(); // of the intervals, the narrowest first

    /// The text of a number that seldom changes from one forecast to the next.
    private static final class Remembered {
        private final LongFunction<String> text;
        private long number;
        private byte[] bytes = {};

        Remembered(LongFunction<String> text) {
            this.text = text;
        }

        byte[] of(long next) {
            if (next != number || bytes.length == 0) {
                number = next;
                bytes = ascii(text.apply(next));
            }
            return bytes;
        }
    }

    ForecastJson(ForecastRules rules) {
        this.rules = rules;
        long millis = rules.intervalMillis();
        String seconds =
                millis % MILLIS == 0 ? Long.toString(millis / MILLIS) : Double.toString((double) millis / MILLIS);
        this.interval = ascii(",\"" + INTERVAL_SECONDS + "\":" + seconds);
    }

    private static byte[] field(String name) {
        return ascii(",\"" + name + "\":");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// @param forecast that [ForecastRules#requireWritable] has passed
    void write(Forecast forecast, ByteOutput out) {
        out.bytes(BEGIN);
        out.quoted(forecast.sensor());
        out.bytes(ISSUED_AT_FIELD);
        out.int8('"');
        out.bytes(issuedAt.of(forecast.issuedAt()));
        out.int8('"');
        out.bytes(interval);
        out.bytes(VALUES_FIELD);
        out.numbers(forecast.values());
        writeIntervals(forecast.intervals(), out);
        writeOrigin(forecast, out);
        out.int8('}');
    }

    private void writeIntervals(List<Interval> intervals, ByteOutput out) {
        if (!intervals.isEmpty()) {
            out.int8(',');
            writeBounds(intervals.getFirst(), 0, out);
        }
        if (intervals.size() > 1) {
            out.bytes(WIDER_FIELD);
            for (int i = 1; i < intervals.size(); i++) {
                out.int8(i == 1 ? '[' : ',');
                out.int8('{');
                writeBounds(intervals.get(i), i, out);
                out.int8('}');
            }
            out.int8(']');
        }
    }

    private void writeBounds(Interval interval, int index, ByteOutput out) {
        out.bytes(LOWER_FIELD);
        out.numbers(interval.lower());
        out.bytes(UPPER_FIELD);
        out.numbers(interval.upper());
        out.bytes(LEVEL_FIELD);
        out.bytes(level(index).of(Double.doubleToRawLongBits(interval.level())));
    }

    private Remembered level(int index) {
        if (index == levels.size()) {
            levels.add(new Remembered(bits -> Double.toString(Double.longBitsToDouble(bits))));
        }
        return levels.get(index);
    }

    /// What it is made from, and by which model.
    private void writeOrigin(Forecast forecast, ByteOutput out) {
        out.bytes(OBSERVED_FIELD);
        out.number(forecast.observed());
        out.bytes(LOOKBACK_FIELD);
        out.number(forecast.lookback());
        out.bytes(MODEL_FIELD);
        out.quoted(forecast.model());
        if (!forecast.artefact().isEmpty()) {
            out.bytes(ARTEFACT_FIELD);
            out.quoted(forecast.artefact());
        }
        if (forecast.borrowed()) {
            out.bytes(BORROWED_PROFILE);
        }
        if (forecast.abstained()) {
            out.bytes(ABSTAINED_FIELD);
            out.quoted(why(forecast));
        }
    }

    private String why(Forecast abstained) {
        return rules.isTooFew(abstained)
                ? abstained.observed() + " of " + abstained.lookback() + " slots observed"
                : "the model gave no numbers";
    }
}
