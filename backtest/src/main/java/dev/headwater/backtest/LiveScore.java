package dev.headwater.backtest;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.forecasting.evaluation.Scorer;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.window.History;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares live forecasts with the truth as it arrives, beside persistence on the same slots. Thread-safe:
/// readings are sent and forecasts received on different threads.
public final class LiveScore {

    private static final int PATIENCE_SLOTS = 2;

    private final SlotClock clock;
    private final WindowSpec window;
    private final int horizon;
    private final long firstTimed; // slot
    private final Map<String, Sensor> sensors = new HashMap<>();
    private final Scorer model;
    private final Scorer persistence;
    private final Latencies latencies;
    private long sent;
    private long received;
    private long newestSent = Long.MIN_VALUE;
    private long firstForecast = Long.MAX_VALUE;
    private long newestForecast = Long.MIN_VALUE;

    /// Readings and forecasts of one sensor, in rings by slot.
    private static final class Sensor {
        private final long[] answered; // [ring], slot for which a forecast arrived, even an abstaining one
        private final long[] slots; // [ring], slot for which a forecast was issued
        private final float[][] forecasts; // [ring][step]
        private final long[] truthSlots; // [ring]
        private final float[] truths; // [ring], NaN = missing
        private boolean hasAnswered;
        private double absolute;
        private double absolutePersistence;
        private long counted;

        Sensor(int ring, int horizon) {
            answered = new long[ring];
            slots = new long[ring];
            forecasts = new float[ring][horizon];
            truthSlots = new long[ring];
            truths = new float[ring];
            Arrays.fill(answered, Long.MIN_VALUE);
            Arrays.fill(slots, Long.MIN_VALUE);
            Arrays.fill(truthSlots, Long.MIN_VALUE);
        }

        float truth(long slot) {
            return isSent(slot) ? truths[Math.floorMod(slot, truths.length)] : Float.NaN;
        }

        boolean isSent(long slot) {
            return truthSlots[Math.floorMod(slot, truths.length)] == slot;
        }

        boolean isAnswered(long slot) {
            return answered[Math.floorMod(slot, answered.length)] == slot;
        }
    }

    /// @param firstTimed first slot whose latency counts: what is sent at once before it says nothing of one
    public LiveScore(SensorNetwork network, List<String> ids, long firstTimed) {
        this.firstTimed = firstTimed;
        this.clock = network.clock();
        this.window = network.window();
        this.horizon = window.horizon();
        this.model = new Scorer(window, History.NONE, Scorer.Sink.NONE);
        this.persistence = new Scorer(window, History.NONE, Scorer.Sink.NONE);
        int ring = 2 * window.lead(horizon) + 2;
        this.latencies = new Latencies(ring);
        for (String id : ids) {
            sensors.put(id, new Sensor(ring, horizon));
        }
    }

    /// Takes a reading when it is sent.
    public synchronized void sent(String id, long slot, float value) {
        sent++;
        newestSent = Math.max(newestSent, slot);
        Sensor sensor = sensors.get(id);
        if (sensor == null) {
            return;
        }
        int at = Math.floorMod(slot, sensor.truths.length);
        sensor.truthSlots[at] = slot;
        sensor.truths[at] = value;
        if (slot >= firstTimed) {
            latencies.sent(slot, System.nanoTime());
        }
        judge(id, sensor, slot, value);
    }

    private void judge(String id, Sensor sensor, long slot, float truth) {
        for (int step = 1; step <= horizon; step++) {
            long issued = slot - window.lead(step);
            int at = Math.floorMod(issued, sensor.slots.length);
            float last = sensor.truth(issued);
            if (sensor.slots[at] == issued && !Float.isNaN(truth) && !Float.isNaN(last)) {
                float forecast = sensor.forecasts[at][step - 1];
                model.addStep(id, slot, step - 1, forecast, truth);
                persistence.addStep(id, slot, step - 1, last, truth);
                sensor.absolute += Math.abs(forecast - truth);
                sensor.absolutePersistence += Math.abs(last - truth);
                sensor.counted++;
            }
        }
    }

    /// Takes a forecast read from the topic.
    public synchronized void received(Forecast forecast) {
        Sensor sensor = sensors.get(forecast.sensor());
        if (sensor == null) {
            return;
        }
        long slot = clock.slotOf(forecast.issuedAt());
        received++;
        firstForecast = Math.min(firstForecast, slot);
        newestForecast = Math.max(newestForecast, slot);
        latencies.received(slot, System.nanoTime());
        int at = Math.floorMod(slot, sensor.slots.length);
        sensor.answered[at] = slot;
        sensor.hasAnswered = true;
        if (!forecast.abstained()) {
            sensor.slots[at] = slot;
            System.arraycopy(forecast.values(), 0, sensor.forecasts[at], 0, horizon);
        }
    }

    /// One line of the table.
    ///
    /// @param forecast    `[horizon]`, unit of the target; empty before the first one
    /// @param mae         mean absolute error so far over all steps, NaN before the first truth
    /// @param persistence the same for persistence
    public record Row(String sensor, float now, float[] forecast, double mae, double persistence) {}

    /// The newest state of a sensor.
    public synchronized Row row(String id, long slot) {
        Sensor sensor = sensors.get(id);
        if (sensor == null) {
            return new Row(id, Float.NaN, new float[0], Double.NaN, Double.NaN);
        }
        int at = Math.floorMod(slot, sensor.slots.length);
        float[] forecast = sensor.slots[at] == slot ? sensor.forecasts[at].clone() : new float[0];
        return new Row(
                id,
                sensor.truth(slot),
                forecast,
                sensor.absolute / sensor.counted,
                sensor.absolutePersistence / sensor.counted);
    }

    public synchronized HorizonErrors model() {
        return model.errors();
    }

    public synchronized HorizonErrors persistence() {
        return persistence.errors();
    }

    /// Readings sent.
    public synchronized long sent() {
        return sent;
    }

    /// The newest slot that is complete for these sensors: each of them has its forecast, or sent no reading of
    /// that slot. [Long#MIN_VALUE] before there is one.
    public synchronized long newestComplete(List<String> ids) {
        long oldest = Math.max(firstForecast, newestForecast - window.lead(horizon));
        for (long slot = newestForecast; received > 0 && slot >= oldest; slot--) {
            if (isComplete(ids, slot)) {
                return slot;
            }
        }
        return Long.MIN_VALUE;
    }

    /// A sensor that never got a forecast, because its window is not full, is waited for only during the first
    /// slots.
    private boolean mayAnswer(Sensor sensor, long slot) {
        boolean sends = sensor.isSent(slot) || slot == newestSent;
        return sends && (sensor.hasAnswered || newestForecast - firstForecast < PATIENCE_SLOTS);
    }

    private boolean isComplete(List<String> ids, long slot) {
        int came = 0;
        for (String id : ids) {
            Sensor sensor = sensors.get(id);
            boolean answered = sensor != null && sensor.isAnswered(slot);
            if (!answered && sensor != null && mayAnswer(sensor, slot)) {
                return false;
            }
            came += answered ? 1 : 0;
        }
        return came > 0;
    }

    public synchronized long received() {
        return received;
    }

    /// Milliseconds from sending a slot's last reading to receiving a forecast of that slot.
    public synchronized double latencyMillis(double quantile) {
        return latencies.quantile(quantile) / 1e6;
    }
}
