package dev.headwater.backtest;

import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.Playback;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Sends readings through a [LocalStream] in paced time, and scores the forecasts that come back.
public final class LiveReadings {

    private static final Duration PRIME_WITHIN = Duration.ofSeconds(30);
    private static final Duration HISTORY = Duration.ofHours(12);

    private final LocalStream local;
    private final SlotSource source;
    private final SensorNetwork network;
    private final List<String> sensors;
    private final long firstLive;
    private final LiveScore score;
    private final ForecastCodec codec;

    /// Slots before the first live one that are sent at once. What a model knows of its sensors should end before
    /// them: a state that knows a reading already is not used for it.
    public static int primed(SensorNetwork network) {
        return (int) Math.max(network.window().span(), HISTORY.dividedBy(network.interval()));
    }

    /// @param sensors   of the source
    /// @param firstLive first slot of the playback; the source has a full window before it
    public LiveReadings(LocalStream local, SlotSource source, List<String> sensors, long firstLive) {
        this.local = local;
        this.source = source;
        this.network = source.network();
        this.sensors = sensors;
        this.firstLive = firstLive;
        this.score = new LiveScore(network, sensors, firstLive);
        this.codec = new ForecastCodec(network);
    }

    /// Sends the hours before the first live slot at once, so that windows are full, then plays slot after slot.
    ///
    /// @param playback of the source from the first live slot on
    /// @param look receives the score each time that forecasts may have arrived
    /// @return the score at the end
    public LiveScore run(ServedModel model, Playback playback, LiveRun run, Consumer<LiveScore> look)
            throws InterruptedException {
        try (StreamApp app = local.serve(model, Guarantee.AT_LEAST_ONCE, new SimpleMeterRegistry())) {
            sendHistory();
            try (TopicReader reader = local.read(Topics.of(network).forecasts())) {
                awaitPrimed(reader, run);
                run.play(
                        () -> new Replayer(local.client()).replay(source, playback, this::sent),
                        () -> {
                            take(reader);
                            look.accept(score);
                        },
                        () -> true);
            }
        }
        return score;
    }

    /// What lies before the windows is not scored; a page shows it.
    private void sendHistory() {
        long window = firstLive - network.window().span() + 1;
        long first = Math.max(source.firstSlot(), firstLive - primed(network));
        Replayer replayer = new Replayer(local.client());
        if (first < window) {
            replayer.replay(source, options(first, window));
        }
        replayer.replay(source, options(window, firstLive), this::sent);
    }

    private static ReplayOptions options(long from, long to) {
        return new ReplayOptions(Speed.MAX, from, to, ValueFormat.JSON, ReplayOptions.Progress.NEVER);
    }

    private void sent(String sensor, long slot, float[] values) {
        score.sent(sensor, slot, values[network.targetIndex()]);
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
        long first = network.clock().startMillis(firstLive - 1);
        for (ConsumerRecord<String, byte[]> record : reader.poll()) {
            if (record.timestamp() >= first) {
                score.received(codec.decode(record.value(), record.headers()));
            }
        }
    }
}
