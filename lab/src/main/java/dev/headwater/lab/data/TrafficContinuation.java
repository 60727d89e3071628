package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.feature.Scaler;
import java.util.Arrays;

/// Feeds a model of all sensors its own forecasts.
final class TrafficContinuation implements Continuation {

    private final TrafficData traffic;
    private final int first; // slot of the oldest reading of the first window
    private final int sensors;
    private final int lookback;
    private int slot; // of the oldest reading of the current input

    TrafficContinuation(TrafficData traffic, int first) {
        this.traffic = traffic;
        this.first = first;
        this.slot = first;
        this.sensors = traffic.sensors().size();
        this.lookback = traffic.inputScale().mean().length - 1;
    }

    @Override
    public float[] start() {
        Dataset data = traffic.dataset();
        float[] input = new float[data.input().length()];
        data.test().load(0, input, 0, new float[data.target().length()], 0);
        return input;
    }

    @Override
    public float[] given() {
        return readings(first, lookback);
    }

    @Override
    public float[] advance(float[] input, float[] output) {
        Scaler in = traffic.inputScale();
        Scaler out = traffic.targetScale();
        int horizon = out.mean().length;
        float[] speeds = new float[(lookback + horizon) * sensors]; // [slot][sensor], mph
        for (int i = 0; i < speeds.length; i++) {
            int step = i / sensors;
            speeds[i] = step < lookback
                    ? in.unscale(input[sensors + i], step + 1)
                    : out.unscale(output[i - lookback * sensors], step - lookback);
        }
        slot += horizon;
        int known = Math.min(slot, traffic.slots() - 1); // the last input of all is not used
        Arrays.fill(input, 0, sensors, in.scale(traffic.timeOfDay(known), 0));
        for (int i = 0; i < lookback * sensors; i++) {
            input[sensors + i] = in.scale(speeds[horizon * sensors + i], i / sensors + 1);
        }
        float[] generated = new float[horizon];
        for (int step = 0; step < horizon; step++) {
            generated[step] = speeds[(lookback + step) * sensors];
        }
        return generated;
    }

    @Override
    public float[] truth(int count) {
        int most = traffic.slots() - first - lookback;
        if (count > most) {
            throw new InvalidInputException("generate.steps: must be at most " + most + ", found " + count);
        }
        return readings(first + lookback, count);
    }

    private float[] readings(int from, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = traffic.firstSensor(from + i);
        }
        return values;
    }
}
