package dev.headwater.forecasting.feature;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.kernels.Seq2SeqShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Turns raw windows into the packed rows that the sequence-to-sequence network reads. Trainer, offline
/// evaluation and stream share this code.
///
/// Per sample of the window: each measure scaled, with a vector's components instead of its measures (last
/// observation carried forward, the training mean before the first one); a 1 where the value was missing; and
/// sine and cosine of the network's calendar cycles. Per future step: the calendar, and with a daily cycle the
/// target at that time of day within the window. If the network is configured so, samples and steps also get
/// the sensor's profile, and steps its values of yesterday and a week ago. Per window: the rows of the
/// embeddings, if any (sensor, time of day and day of week of the issuing slot), and the base that the
/// network's output is added to: the last observed target.
///
/// Thread-safe.
public final class Features {

    /// Embedding row of a sensor that the model was not trained on.
    public static final int UNSEEN = 0;

    /// Inputs of a step from the daily cycle: the last day's value and the mean of all days.
    private static final int CYCLE_INPUTS = 2;

    private static final int DAYS = 7;
    private static final int MAX_TIMES_OF_DAY = 86_400; // rows of an embedding

    private final SensorNetwork network;
    private final Scaler scaler;
    private final Seq2SeqShape shape;
    private final SlotClock clock;
    private final Channels channels;
    private final CalendarInputs calendar;
    private final ProfileInputs profile;
    private final Map<String, Integer> sensorRows = new HashMap<>();

    /// @param sensors the sensors of the training data, in the order of their embedding rows (row 0 is for unseen ones)
    /// @throws IllegalArgumentException when the shape or the scaler does not fit this network and these sensors
    public Features(SensorNetwork network, Scaler scaler, List<String> sensors, Seq2SeqShape shape) {
        requireFit(network, scaler, sensors, shape);
        this.network = network;
        this.scaler = scaler;
        this.shape = shape;
        this.clock = network.clock();
        this.channels = new Channels(network);
        this.calendar = new CalendarInputs(network);
        this.profile = new ProfileInputs(network);
        for (int s = 0; s < sensors.size(); s++) {
            sensorRows.put(sensors.get(s), s + 1);
        }
    }

    /// The shape of a model that reads these features.
    ///
    /// @param sensors   sensors of the training data
    /// @param hidden    units of encoder and decoder
    /// @param embedding width of each of the three embeddings; 0 for none
    /// @throws InvalidInputException when the network has too many times of day for embeddings
    public static Seq2SeqShape shape(SensorNetwork network, int sensors, int hidden, int embedding) {
        int cycle = network.features().dailyCycle() ? CYCLE_INPUTS : 0;
        return new Seq2SeqShape(
                network.window().lookback(),
                network.window().horizon(),
                2 * new Channels(network).count() + CalendarInputs.count(network) + ProfileInputs.perSample(network),
                CalendarInputs.count(network) + cycle + ProfileInputs.perStep(network),
                hidden,
                embedding == 0 ? List.of() : embeddings(network, sensors, embedding));
    }

    private static List<Seq2SeqShape.Embedding> embeddings(SensorNetwork network, int sensors, int width) {
        if (network.clock().slotsPerDay() > MAX_TIMES_OF_DAY) {
            throw new InvalidInputException("network " + network.name() + ": training setting embedding must be 0 for"
                    + " intervals below a second, found " + width + " with an interval of " + network.interval());
        }
        return List.of(
                new Seq2SeqShape.Embedding("sensor", sensors + 1, width),
                new Seq2SeqShape.Embedding("time_of_day", network.clock().slotsPerDay(), width),
                new Seq2SeqShape.Embedding("day_of_week", DAYS, width));
    }

    private static void requireFit(SensorNetwork network, Scaler scaler, List<String> sensors, Seq2SeqShape shape) {
        int width = shape.embeddings().isEmpty() ? 0 : 1;
        Seq2SeqShape expected = shape(network, sensors.size(), shape.hidden(), width);
        if (!withUnitWidths(shape).equals(expected)) {
            throw new IllegalArgumentException("network " + network.name() + ": the model must read " + expected
                    + " (embeddings of any width), found " + shape);
        }
        if (scaler.mean().length != Scaler.size(network)) {
            throw new IllegalArgumentException("network " + network.name() + ": the scaler must have "
                    + Scaler.size(network) + " measures, found " + scaler.mean().length);
        }
    }

    private static Seq2SeqShape withUnitWidths(Seq2SeqShape shape) {
        return new Seq2SeqShape(
                shape.lookback(),
                shape.horizon(),
                shape.encoderInputs(),
                shape.decoderInputs(),
                shape.hidden(),
                shape.embeddings().stream()
                        .map(table -> new Seq2SeqShape.Embedding(table.name(), table.rows(), 1))
                        .toList());
    }

    public Seq2SeqShape shape() {
        return shape;
    }

    /// Number of channels per sample: the first inputs of each encoder step, scaled.
    public int channels() {
        return channels.count();
    }

    /// Whether the model was trained on this sensor.
    public boolean knows(String sensor) {
        return sensorRows.containsKey(sensor);
    }

    /// Encodes one window.
    ///
    /// @param rows `[window][shape.rowLength()]`; only row `row` is written
    public void encode(WindowBatch batch, int window, float[] rows, int row) {
        int at = row * shape.rowLength();
        long issuedAt = batch.issuedAt(window);
        float observed = batch.lastObserved(window);
        WindowScale target = targetScale(batch, window);
        float last = Float.isNaN(observed) ? target.mean() : observed;
        encodeSeasonalState(batch, window, target, rows, at + shape.encoderOffset());
        for (int step = 1; step <= shape.horizon(); step++) {
            int input = at + shape.decoderOffset() + (step - 1) * shape.decoderInputs();
            calendar.write(issuedAt + network.window().lead(step), rows, input);
            int next = input + CalendarInputs.count(network);
            if (network.features().dailyCycle()) {
                encodeCycle(batch, window, step, last, target.deviation(), rows, next);
                next += CYCLE_INPUTS;
            }
            if (network.features().readsSeasonalState()) {
                profile.writeStep(batch, window, step, last, target.deviation(), rows, next);
            }
        }
        if (!shape.embeddings().isEmpty()) {
            int ids = at + shape.idsOffset();
            rows[ids] = sensorRows.getOrDefault(batch.sensor(window), UNSEEN);
            rows[ids + 1] = clock.timeOfDay(issuedAt);
            rows[ids + 2] = clock.dayOfWeek(issuedAt);
        }
        rows[at + shape.baseOffset()] = last;
        rows[at + shape.scaleOffset()] = target.deviation();
    }

    private WindowScale scale(WindowBatch batch, int window, int channel) {
        return switch (network.features().scaledBy()) {
            case TRAINING -> WindowScale.ofTraining(scaler, channels.scaled(channel));
            case WINDOW -> WindowScale.ofWindow(channels, scaler, batch, window, channel);
        };
    }

    private WindowScale targetScale(WindowBatch batch, int window) {
        int channel = channels.indexOf(network.targetIndex());
        return channel < 0 ? WindowScale.ofTraining(scaler, network.targetIndex()) : scale(batch, window, channel);
    }

    private void encodeSeasonalState(WindowBatch batch, int window, WindowScale target, float[] rows, int at) {
        int count = channels.count();
        int targetChannel = channels.indexOf(network.targetIndex());
        for (int c = 0; c < count; c++) {
            WindowScale scale = scale(batch, window, c);
            float carried = 0; // the mean, scaled
            for (int sample = 0; sample < shape.lookback(); sample++) {
                float value = channels.value(batch, window, sample, c);
                boolean missing = Float.isNaN(value);
                carried = missing ? carried : scale.scale(value);
                int slot = at + sample * shape.encoderInputs();
                rows[slot + c] = carried;
                rows[slot + count + c] = missing ? 1 : 0;
            }
        }
        long oldest = batch.issuedAt(window) - network.window().span() + 1;
        for (int sample = 0; sample < shape.lookback(); sample++) {
            long slot = oldest + (long) sample * network.window().stride();
            int input = at + sample * shape.encoderInputs();
            int next = input + 2 * count;
            calendar.write(slot, rows, next);
            next += CalendarInputs.count(network);
            float carried = targetChannel < 0 ? 0 : rows[input + targetChannel];
            profile.writeSample(batch, window, sample, target, carried, rows, next);
        }
    }

    /// Writes the target at a step's time of day: on the last day before the step that lies in the window, and
    /// the mean over all days in the window; both as the difference from the last value, scaled.
    private void encodeCycle(
            WindowBatch batch, int window, int step, float last, float deviation, float[] rows, int at) {
        WindowSpec spec = network.window();
        int day = clock.slotsPerDay();
        int lead = spec.lead(step);
        float yesterday = Float.NaN;
        float sum = 0;
        int days = 0;
        int ago = Math.ceilDiv(lead, day) * day - lead; // slots before the newest one
        for (; ago < spec.span(); ago += day) {
            int sample = spec.lookback() - 1 - Math.ceilDiv(ago, spec.stride());
            float value = sample < 0 ? Float.NaN : batch.value(window, sample, network.targetIndex());
            if (!Float.isNaN(value)) {
                yesterday = days == 0 ? value : yesterday;
                sum += value;
                days++;
            }
        }
        rows[at] = days == 0 ? 0 : (yesterday - last) / deviation;
        rows[at + 1] = days == 0 ? 0 : (sum / days - last) / deviation;
    }
}
