package dev.headwater.bus;

import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.accuracy.AccuracySums;
import dev.headwater.forecasting.accuracy.IntervalSums;
import dev.headwater.forecasting.accuracy.Scored;
import dev.headwater.forecasting.accuracy.Span;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.ByteArrayBuilder;

/// Turns live accuracy into JSON and back; the form is that of `schemas/accuracy.schema.json`. Thread-safe.
///
/// A record has the counts beside the means, so the records of several partitions can be added up
/// ([dev.headwater.forecasting.accuracy.AccuracyMerge]). Figures since start have the digits of a float32,
/// those of rolling spans five. Unknown fields are ignored.
public final class AccuracyCodec {

    static final String NETWORK = "network";
    static final String PARTITION = "partition";
    static final String TIME = "time";
    static final String MODELS = "models";
    static final String MODEL = "model";
    static final String ARTEFACT = "artefact";
    static final String ROLE = "role";
    static final String SPANS = "spans";
    static final String N = "n";
    static final String ZEROS = "zeros";
    static final String MAE = "mae";
    static final String RMSE = "rmse";
    static final String MAPE = "mape";
    static final String BIAS = "bias";
    static final String BASELINES = "baselines";
    static final String INTERVALS = "intervals";
    static final String LEVEL = "level";
    static final String COVERAGE = "coverage";
    static final String WIDTH = "width";
    static final String WINKLER = "winkler";
    static final String CRPS = "crps";

    private static final int EXPECTED_BYTES = 8192;
    private static final int DIGITS = 5;

    /// Writes a report as a JSON object.
    public byte[] encode(AccuracyReport report) {
        ByteArrayBuilder out = new ByteArrayBuilder(EXPECTED_BYTES);
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty(NETWORK, report.network());
            json.writeNumberProperty(PARTITION, report.partition());
            json.writeStringProperty(TIME, Instant.ofEpochMilli(report.time()).toString());
            json.writeArrayPropertyStart(MODELS);
            report.models().forEach(model -> write(json, model));
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, AccuracyReport.Model model) {
        json.writeStartObject();
        json.writeStringProperty(MODEL, model.model());
        json.writeStringProperty(ARTEFACT, model.artefact());
        json.writeStringProperty(ROLE, word(model.role()));
        json.writeObjectPropertyStart(SPANS);
        model.spans().forEach((span, sums) -> {
            json.writeObjectPropertyStart(span.word());
            new Figures(json, sums, span != Span.START).write();
            json.writeEndObject();
        });
        json.writeEndObject();
        json.writeEndObject();
    }

    static String word(AccuracyReport.Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /// @throws BadAccuracyException when the value breaks a rule; nothing else is thrown, whatever the bytes
    public AccuracyReport decode(byte @Nullable [] value) {
        return AccuracyFields.read(value);
    }

    /// Writes the figures of one span.
    ///
    /// @param rounded to a few digits
    private record Figures(JsonGenerator json, AccuracySums sums, boolean rounded) {

        void write() {
            HorizonErrors model = sums.errors(Scored.MODEL);
            counts(N, model::count);
            errors(model);
            json.writeObjectPropertyStart(BASELINES);
            baseline(Scored.PERSISTENCE);
            baseline(Scored.YESTERDAY);
            json.writeEndObject();
            json.writeArrayPropertyStart(INTERVALS);
            for (int level = 0; level < sums.levels().size(); level++) {
                interval(level);
            }
            json.writeEndArray();
            if (!sums.levels().isEmpty()) {
                numbers(CRPS, sums::crps);
            }
        }

        /// A baseline that has no forecast at all is left out.
        private void baseline(Scored whose) {
            HorizonErrors errors = sums.errors(whose);
            if (errors.group(whose.word()).n() > 0) {
                json.writeObjectPropertyStart(whose.word());
                countsUnlessAsModel(errors::count);
                errors(errors);
                json.writeEndObject();
            }
        }

        private void errors(HorizonErrors errors) {
            if (!isEvery(step -> errors.count(step) == errors.nonZero(step))) {
                counts(ZEROS, step -> errors.count(step) - errors.nonZero(step));
            }
            numbers(MAE, errors::mae);
            numbers(RMSE, errors::rmse);
            numbers(MAPE, errors::mape);
            numbers(BIAS, errors::bias);
        }

        private void interval(int level) {
            IntervalSums intervals = sums.intervals();
            json.writeStartObject();
            json.writeNumberProperty(LEVEL, sums.levels().get(level));
            countsUnlessAsModel(step -> intervals.count(level, step));
            numbers(COVERAGE, step -> intervals.coverage(level, step));
            numbers(WIDTH, step -> intervals.width(level, step));
            numbers(WINKLER, step -> intervals.winkler(level, step));
            json.writeEndObject();
        }

        private void countsUnlessAsModel(IntToLongFunction count) {
            HorizonErrors model = sums.errors(Scored.MODEL);
            if (!isEvery(step -> count.applyAsLong(step) == model.count(step))) {
                counts(N, count);
            }
        }

        private boolean isEvery(IntPredicate condition) {
            return IntStream.range(0, sums.horizon()).allMatch(condition);
        }

        private void counts(String name, IntToLongFunction count) {
            json.writeArrayPropertyStart(name);
            for (int step = 0; step < sums.horizon(); step++) {
                json.writeNumber(count.applyAsLong(step));
            }
            json.writeEndArray();
        }

        private void numbers(String name, IntToDoubleFunction number) {
            json.writeArrayPropertyStart(name);
            for (int step = 0; step < sums.horizon(); step++) {
                write(number.applyAsDouble(step));
            }
            json.writeEndArray();
        }

        private void write(double value) {
            if (!Double.isFinite(value)) {
                json.writeNull(); // nothing was counted
            } else if (rounded && value != 0) {
                double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) + 1 - DIGITS);
                json.writeNumber((float) (Math.rint(value / unit) * unit));
            } else {
                json.writeNumber((float) value);
            }
        }
    }

    /// The spans by their words.
    static Map<String, Span> spans() {
        return Map.of(
                Span.START.word(), Span.START,
                Span.HOUR.word(), Span.HOUR,
                Span.DAY.word(), Span.DAY,
                Span.WEEK.word(), Span.WEEK);
    }
}
