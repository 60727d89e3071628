package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.stream.Answers;
import dev.headwater.benchmarks.stream.HostedStream;
import dev.headwater.benchmarks.stream.RoadReadings;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The forecasts of a few sensors, kept as they were read, to be compared with those that are made offline from the
/// same readings.
final class Samples implements Answers {

    private static final double TOLERANCE = 1e-5; // of the value
    private static final int SENSORS = 20;

    /// @param slot counted from the first that was sent
    private record Sample(int sensor, int slot, byte[] value) {}

    private final SensorNetwork network;
    private final int every;
    private final List<Sample> samples = new ArrayList<>();

    /// @param sensors of which every n-th is kept
    Samples(SensorNetwork network, int sensors) {
        this.network = network;
        this.every = Math.ceilDiv(sensors, SENSORS);
    }

    @Override
    public void add(int sensor, int slot, byte[] value) {
        if (sensor % every == 0) {
            samples.add(new Sample(sensor, slot, value));
        }
    }

    /// The values, in the order of reading. Not while answers are taken.
    List<byte[]> values() {
        return samples.stream().map(Sample::value).toList();
    }

    int count() {
        return samples.size();
    }

    /// The largest difference from the offline forecasts, as a share of the value.
    ///
    /// @throws IllegalStateException when it is above 1e-5, or a forecast abstained
    double requireAsOffline() {
        int slots = samples.stream().mapToInt(Sample::slot).max().orElse(-1) + 1;
        IntStream sensors = samples.stream().mapToInt(Sample::sensor).distinct().sorted();
        Series series = RoadReadings.series(network, sensors, slots);
        float[] offline = offline(series);
        ForecastCodec codec = new ForecastCodec(network);
        double largest = 0;
        for (int i = 0; i < samples.size(); i++) {
            float[] found = codec.decode(samples.get(i).value).values();
            largest = Math.max(
                    largest, difference(found, offline, i * network.window().horizon()));
        }
        if (!(largest <= TOLERANCE)) {
            throw new IllegalStateException("forecasts must be those made offline, found a difference of " + largest);
        }
        return largest;
    }

    /// `[sample][horizon]`.
    private float[] offline(Series series) {
        Forecaster forecaster = HostedStream.forecaster(network);
        WindowBatch batch = new WindowBatch(network, Math.max(1, samples.size()), new SeriesHistory(series));
        long first = RoadReadings.firstSlot(network) - network.window().span() + 1 - series.firstSlot();
        for (Sample sample : samples) {
            int index = series.sensors().indexOf(RoadReadings.sensor(sample.sensor));
            batch.add(series, index, (int) first + sample.slot);
        }
        float[] out = new float[batch.capacity() * network.window().horizon()];
        forecaster.forecast(batch, out);
        return out;
    }

    private double difference(float[] found, float[] offline, int from) {
        if (found.length != network.window().horizon()) {
            return Double.NaN;
        }
        double largest = 0;
        for (int step = 0; step < found.length; step++) {
            double expected = offline[from + step];
            largest = Math.max(largest, Math.abs(found[step] - expected) / Math.max(1, Math.abs(expected)));
        }
        return largest;
    }
}
