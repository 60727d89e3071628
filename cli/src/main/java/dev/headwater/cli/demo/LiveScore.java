package dev.headwater.cli.demo;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.network.WindowSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Holds live forecasts against the truth as it comes in, beside persistence on the very same slots. Thread-safe:
/// readings are sent and forecasts received on different threads.
final class LiveScore {

    private final SlotClock clock;
    private final WindowSpec window;
    private final int horizon;
    private final Map<String, Sensor> sensors = new HashMap<>();
    private final HorizonErrors model;
    private final HorizonErrors persistence;
    private final Latencies latencies = new Latencies();
    private long sent;
    private long received;
    private long newestForecast = Long.MIN_VALUE;

    /// What is pending for one sensor, in rings by slot.
    private static final class Sensor {
        private final long[] slots; // [ring], slot for which a forecast was issued
        private final float[][] forecasts; // [ring][step]
        private final long[] truthSlots; // [ring]
        private final float[] truths; // [ring], NaN = missing
        private double absolute;
        private double absolutePersistence;
        private long counted;

        Sensor(int ring, int horizon) {
            slots = new long[ring];
            forecasts = new float[ring][horizon];
            truthSlots = new long[ring];
            truths = new float[ring];
            Arrays.fill(slots, Long.MIN_VALUE);
            Arrays.fill(truthSlots, Long.MIN_VALUE);
        }

        float truth(long slot) {
            int at = Math.floorMod(slot, truths.length);
            return truthSlots[at] == slot ? truths[at] : Float.NaN;
        }
    }

    LiveScore(Network network, List<String> ids) {
        this.clock = network.clock();
        this.window = network.window();
        this.horizon = window.horizon();
        this.model = new HorizonErrors(horizon);
        this.persistence = new HorizonErrors(horizon);
        for (String id : ids) {
            sensors.put(id, new Sensor(2 * window.lead(horizon) + 2, horizon));
        }
    }

    /// A reading is sent.
    synchronized void sent(String id, long slot, float value) {
        sent++;
        Sensor sensor = sensors.get(id);
        if (sensor == null) {
            return;
        }
        int at = Math.floorMod(slot, sensor.truths.length);
        sensor.truthSlots[at] = slot;
        sensor.truths[at] = value;
        latencies.sent(slot, System.nanoTime());
        judge(sensor, slot, value);
    }

    private void judge(Sensor sensor, long slot, float truth) {
        for (int step = 1; step <= horizon; step++) {
            long issued = slot - window.lead(step);
            int at = Math.floorMod(issued, sensor.slots.length);
            float last = sensor.truth(issued);
            if (sensor.slots[at] == issued && !Float.isNaN(truth) && !Float.isNaN(last)) {
                float forecast = sensor.forecasts[at][step - 1];
                model.add(step - 1, forecast, truth);
                persistence.add(step - 1, last, truth);
                sensor.absolute += Math.abs(forecast - truth);
                sensor.absolutePersistence += Math.abs(last - truth);
                sensor.counted++;
            }
        }
    }

    /// A forecast came off the topic.
    synchronized void received(Forecast forecast) {
        Sensor sensor = sensors.get(forecast.sensor());
        if (sensor == null) {
            return;
        }
        long slot = clock.slotOf(forecast.issuedAt());
        received++;
        newestForecast = Math.max(newestForecast, slot);
        latencies.received(slot, System.nanoTime());
        if (!forecast.abstained()) {
            int at = Math.floorMod(slot, sensor.slots.length);
            sensor.slots[at] = slot;
            System.arraycopy(forecast.values(), 0, sensor.forecasts[at], 0, horizon);
        }
    }

    /// One line of the table.
    ///
    /// @param forecast    `[horizon]`, unit of the target; empty before the first one
    /// @param mae         mean absolute error so far over all steps, NaN before the first truth
    /// @param persistence the same of persistence
    record Row(String sensor, float now, float[] forecast, double mae, double persistence) {}

    /// The newest state of a sensor.
    synchronized Row row(String id, long slot) {
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

    synchronized HorizonErrors model() {
        return model;
    }

    synchronized HorizonErrors persistence() {
        return persistence;
    }

    /// Readings sent.
    synchronized long sent() {
        return sent;
    }

    /// The newest slot for which a forecast came.
    synchronized long newestForecast() {
        return newestForecast;
    }

    synchronized long received() {
        return received;
    }

    /// Milliseconds from sending a slot's last reading to receiving a forecast of that slot.
    synchronized double latencyMillis(double quantile) {
        return latencies.quantile(quantile) / 1e6;
    }
}
