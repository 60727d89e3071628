package dev.headwater.backtest;

import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.SlotSource;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Sends readings through a [LocalStream] in paced time, and scores the forecasts that come back.
public final class LiveReadings {

    private static final Duration PRIME_WITHIN = Duration.ofSeconds(30);

    private final LocalStream local;
    private final SlotSource source;
    private final SensorNetwork network;
    private final List<String> sensors;
    private final long firstLive;
    private final LiveScore score;
    private final ForecastCodec codec;

    /// @param sensors   of the source
    /// @param firstLive first slot sent at the given speed; the source has a full window before it
    public LiveReadings(LocalStream local, SlotSource source, List<String> sensors, long firstLive) {
        this.local = local;
        this.source = source;
        this.network = source.network();
        this.sensors = sensors;
        this.firstLive = firstLive;
        this.score = new LiveScore(network, sensors);
        this.codec = new ForecastCodec(network);
    }

    /// Fills the windows with the slots just before the first live one, then sends slot after slot.
    ///
    /// @param look receives the score each time that forecasts may have arrived
    /// @return the score at the end
    public LiveScore run(ServedModel model, Speed speed, LiveRun run, Consumer<LiveScore> look)
            throws InterruptedException {
        try (StreamApp app = local.serve(model, Guarantee.AT_LEAST_ONCE, new SimpleMeterRegistry())) {
            send(Speed.MAX, firstLive - network.window().span() + 1, firstLive);
            try (TopicReader reader = local.read(Topics.of(network).forecasts())) {
                awaitPrimed(reader, run);
                run.play(
                        () -> send(speed, firstLive, Long.MAX_VALUE),
                        () -> {
                            take(reader);
                            look.accept(score);
                        },
                        () -> true);
            }
        }
        return score;
    }

    private void send(Speed speed, long from, long to) {
        int target = network.targetIndex();
        new Replayer(local.client())
                .replay(
                        source,
                        new ReplayOptions(speed, from, to, ValueFormat.JSON, ReplayOptions.Progress.NEVER),
                        (sensor, slot, values) -> score.sent(sensor, slot, values[target]));
    }

    /// The forecasts of the last slot before the live ones: with them the first slot shown has errors already.
    private void awaitPrimed(TopicReader reader, LiveRun run) {
        long end = System.nanoTime() + PRIME_WITHIN.toNanos();
        while (System.nanoTime() < end
                && !run.stopped().getAsBoolean()
                && score.newestComplete(sensors) < firstLive - 1) {
            take(reader);
        }
    }

    private void take(TopicReader reader) {
        reader.poll().forEach(record -> score.received(codec.decode(record.value())));
    }
}
