package dev.headwater.forecasting.feature;

import dev.headwater.forecasting.gru.Seq2SeqShape;
import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Turns raw windows into the packed rows that the sequence-to-sequence network reads. The trainer, the offline
/// evaluation and the stream all call this one.
///
/// Per window slot: each measure scaled (last observation carried forward, the training mean before the first one), a
/// 1 where each was missing, and the time of day on the circle. Per future slot: the time of day. Per window: the rows
/// of the embeddings (sensor, time of day and day of week of the issuing slot), and what the network's answer is added
/// to: the last observed target.
///
/// Thread-safe.
public final class Features {

    /// Embedding row of a sensor that the model was not trained on.
    public static final int UNSEEN = 0;

    /// Inputs for each of the future slots: the time of day on the circle.
    private static final int CLOCK_INPUTS = 2;

    private static final int DAYS = 7;

    private final Network network;
    private final Scaler scaler;
    private final Seq2SeqShape shape;
    private final SlotClock clock;
    private final float[] sine; // [time of day]
    private final float[] cosine; // [time of day]
    private final Map<String, Integer> sensorRows = new HashMap<>();

    /// @param sensors the sensors of the training data, in the order of their embedding rows (row 0 is for unseen ones)
    /// @throws IllegalArgumentException when the shape or the scaler is not one for this network and these sensors
    public Features(Network network, Scaler scaler, List<String> sensors, Seq2SeqShape shape) {
        requireFit(network, scaler, sensors, shape);
        this.network = network;
        this.scaler = scaler;
        this.shape = shape;
        this.clock = network.clock();
        int slots = clock.slotsPerDay();
        this.sine = new float[slots];
        this.cosine = new float[slots];
        for (int i = 0; i < slots; i++) {
            sine[i] = (float) Math.sin(2 * Math.PI * i / slots);
            cosine[i] = (float) Math.cos(2 * Math.PI * i / slots);
        }
        for (int s = 0; s < sensors.size(); s++) {
            sensorRows.put(sensors.get(s), s + 1);
        }
    }

    /// The shape of a network that reads these features.
    ///
    /// @param sensors   sensors of the training data
    /// @param hidden    units of encoder and decoder
    /// @param embedding width of each of the three embeddings
    public static Seq2SeqShape shape(Network network, int sensors, int hidden, int embedding) {
        return new Seq2SeqShape(
                network.window().lookback(),
                network.window().horizon(),
                2 * network.measures().size() + CLOCK_INPUTS,
                CLOCK_INPUTS,
                hidden,
                List.of(
                        new Seq2SeqShape.Embedding("sensor", sensors + 1, embedding),
                        new Seq2SeqShape.Embedding(
                                "time_of_day", network.clock().slotsPerDay(), embedding),
                        new Seq2SeqShape.Embedding("day_of_week", DAYS, embedding)));
    }

    private static void requireFit(Network network, Scaler scaler, List<String> sensors, Seq2SeqShape shape) {
        Seq2SeqShape expected = shape(network, sensors.size(), shape.hidden(), 1);
        if (!withUnitWidths(shape).equals(expected)) {
            throw new IllegalArgumentException("network " + network.name() + ": the model must read " + expected
                    + " (embeddings of any width), found " + shape);
        }
        if (scaler.mean().length != network.measures().size()) {
            throw new IllegalArgumentException("network " + network.name() + ": the scaler must have "
                    + network.measures().size() + " measures, found " + scaler.mean().length);
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

    /// True when the model was trained on this sensor.
    public boolean knows(String sensor) {
        return sensorRows.containsKey(sensor);
    }

    /// Encodes one window.
    ///
    /// @param rows `[window][shape.rowLength()]`, of which row `row` is written
    public void encode(WindowBatch batch, int window, float[] rows, int row) {
        int at = row * shape.rowLength();
        long issuedAt = batch.issuedAt(window);
        encodePast(batch, window, rows, at + shape.encoderOffset());
        for (int step = 1; step <= shape.horizon(); step++) {
            encodeClock(issuedAt + step, rows, at + shape.decoderOffset() + (step - 1) * shape.decoderInputs());
        }
        int ids = at + shape.idsOffset();
        rows[ids] = sensorRows.getOrDefault(batch.sensor(window), UNSEEN);
        rows[ids + 1] = clock.timeOfDay(issuedAt);
        rows[ids + 2] = clock.dayOfWeek(issuedAt);
        int target = network.targetIndex();
        float last = batch.lastObserved(window);
        rows[at + shape.baseOffset()] = Float.isNaN(last) ? scaler.mean()[target] : last;
        rows[at + shape.scaleOffset()] = scaler.deviation()[target];
    }

    private void encodePast(WindowBatch batch, int window, float[] rows, int at) {
        int measures = network.measures().size();
        long oldest = batch.issuedAt(window) - shape.lookback() + 1;
        for (int m = 0; m < measures; m++) {
            float carried = 0; // the mean, scaled
            for (int step = 0; step < shape.lookback(); step++) {
                float value = batch.value(window, step, m);
                boolean missing = Float.isNaN(value);
                carried = missing ? carried : scaler.scale(value, m);
                int slot = at + step * shape.encoderInputs();
                rows[slot + m] = carried;
                rows[slot + measures + m] = missing ? 1 : 0;
            }
        }
        for (int step = 0; step < shape.lookback(); step++) {
            encodeClock(oldest + step, rows, at + step * shape.encoderInputs() + 2 * measures);
        }
    }

    private void encodeClock(long slot, float[] rows, int at) {
        int timeOfDay = clock.timeOfDay(slot);
        rows[at] = sine[timeOfDay];
        rows[at + 1] = cosine[timeOfDay];
    }
}
