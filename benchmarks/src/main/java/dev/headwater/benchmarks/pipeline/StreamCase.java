package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.stream.RoadReadings;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.Guarantee;
import java.util.List;
import java.util.Map;

/// What answers readings, and how.
///
/// @param engine    computes the answers
/// @param guarantee of the stream
/// @param sensors   number of sensors, each with eight full days behind it
/// @param threads   stream threads
/// @param scored    whether forecasts are compared with their truths
/// @param intervals whether the model states intervals, at the default levels
/// @param readings  form of the readings
/// @param forecasts form of the forecasts
record StreamCase(
        Engine engine,
        Guarantee guarantee,
        int sensors,
        int threads,
        boolean scored,
        boolean intervals,
        ValueFormat readings,
        ValueFormat forecasts) {

    enum Engine {
        /// The product.
        KERNELS,
        /// The product's topology, whose windows ONNX Runtime scores one by one.
        ONNX_RUNTIME,
        /// A loop that reads and writes, and computes nothing.
        PLAIN_LOOP
    }

    static final int THREADS = 2;

    private static final int WORDS = 8;

    /// The product as it is by default, with two stream threads.
    static StreamCase of(Guarantee guarantee, int sensors) {
        return new StreamCase(
                Engine.KERNELS, guarantee, sensors, THREADS, true, true, ValueFormat.JSON, ValueFormat.JSON);
    }

    StreamCase by(Engine other) {
        return new StreamCase(other, guarantee, sensors, threads, scored, intervals, readings, forecasts);
    }

    StreamCase on(int streamThreads) {
        return new StreamCase(engine, guarantee, sensors, streamThreads, scored, intervals, readings, forecasts);
    }

    StreamCase inBinary() {
        return new StreamCase(
                engine, guarantee, sensors, threads, scored, intervals, ValueFormat.BINARY, ValueFormat.BINARY);
    }

    StreamCase unscored() {
        return new StreamCase(engine, guarantee, sensors, threads, false, intervals, readings, forecasts);
    }

    StreamCase withoutIntervals() {
        return new StreamCase(engine, guarantee, sensors, threads, scored, false, readings, forecasts);
    }

    /// For the command line of the process that runs it.
    List<String> words() {
        return List.of(
                engine.name(),
                guarantee.name(),
                Integer.toString(sensors),
                Integer.toString(threads),
                Boolean.toString(scored),
                Boolean.toString(intervals),
                readings.name(),
                forecasts.name());
    }

    /// The case that [#words()] tells.
    static StreamCase of(List<String> words) {
        if (words.size() != WORDS) {
            throw new IllegalArgumentException("a case must be " + WORDS + " words, found " + words);
        }
        return new StreamCase(
                Engine.valueOf(words.get(0)),
                Guarantee.valueOf(words.get(1)),
                Integer.parseInt(words.get(2)),
                Integer.parseInt(words.get(3)),
                Boolean.parseBoolean(words.get(4)),
                Boolean.parseBoolean(words.get(5)),
                ValueFormat.valueOf(words.get(6)),
                ValueFormat.valueOf(words.get(7)));
    }

    /// The shipped traffic network: a single measure, 12 slots in and 12 out, moving profile, the last eight days.
    SensorNetwork network() {
        int most = sensors + RoadReadings.WARM_UP_SENSORS;
        return NetworkFile.load("pems-bay", Map.of("maxSensors", Integer.toString(most)));
    }

    /// Readings of a sensor until the first that is answered.
    int fullAfter() {
        return switch (engine) {
            case KERNELS, ONNX_RUNTIME -> network().window().span();
            case PLAIN_LOOP -> 1;
        };
    }

    /// Options of the process's virtual machine. Its heap is several times what a stream remembers, so that it is
    /// seldom collected. ONNX Runtime has been seen to die without a word (signal 11) on stream threads with the
    /// default stack of 1 MiB.
    List<String> javaOptions() {
        String heap = "-Xmx" + (2 + sensors / 16_000) + "g";
        return engine == Engine.ONNX_RUNTIME ? List.of(heap, "-Xss8m") : List.of(heap);
    }
}
