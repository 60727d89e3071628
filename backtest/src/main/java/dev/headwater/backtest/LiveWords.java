package dev.headwater.backtest;

import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.KeywordCodec;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.FrameEnergy;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.ClipSource;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Plays clips through a [LocalStream] one after the other, and collects the words that it hears.
public final class LiveWords {

    private final LocalStream local;
    private final SensorNetwork network;
    private final AudioSpec audio;
    private final List<Clip> clips;
    private final KeywordCodec codec = new KeywordCodec();
    private final Map<String, String> spoken = new HashMap<>();
    private final Map<String, Float> energies = new ConcurrentHashMap<>(); // written by the sender
    private final Map<String, Forecast> forecasts = new HashMap<>();
    private int heard;

    /// A word heard, with what is known of its source.
    ///
    /// @param spoken   the word that was spoken; `?` for a source that is not a clip
    /// @param energy   of the newest frame sent, dBFS; NaN before the first one
    /// @param forecast the newest forecast of the energy; null before the first one
    public record Heard(
            KeywordEvent event,
            String spoken,
            float energy,
            @Nullable Forecast forecast) {

        public boolean isRight() {
            return spoken.equals(event.word());
        }
    }

    public LiveWords(LocalStream local, SensorNetwork network, AudioSpec audio, List<Clip> clips) {
        this.local = local;
        this.network = network;
        this.audio = audio;
        this.clips = clips;
        clips.forEach(clip -> spoken.put(clip.source(), clip.word()));
    }

    /// Plays until as many words were heard as there are clips, or the run is over.
    public void run(ServedModel model, Speed speed, LiveRun run, Consumer<Heard> listener) throws InterruptedException {
        Topics topics = Topics.of(network);
        ForecastCodec forecast = new ForecastCodec(network);
        try (StreamApp app = local.serve(model, Guarantee.AT_LEAST_ONCE, new SimpleMeterRegistry());
                TopicReader words = local.read(topics.keywords());
                TopicReader energy = local.read(topics.forecasts())) {
            run.play(
                    () -> send(speed),
                    () -> {
                        energy.poll()
                                .forEach(record ->
                                        forecasts.put(record.key(), forecast.decode(record.value(), record.headers())));
                        words.poll().forEach(record -> listener.accept(heard(codec.decode(record.value()))));
                    },
                    () -> heard >= clips.size());
        }
    }

    private void send(Speed speed) {
        long now = network.clock().slotOf(System.currentTimeMillis());
        new Replayer(local.client())
                .replay(
                        new ClipSource(network, audio, ClipSource.recordings(clips), 1, now),
                        ReplayOptions.all(speed).withProgress(ReplayOptions.Progress.NEVER),
                        (source, slot, frame) -> {
                            if (frame.length > 0) {
                                energies.put(source, FrameEnergy.dbfs(frame, 0, frame.length));
                            }
                        });
    }

    private Heard heard(KeywordEvent event) {
        heard++;
        String source = event.source();
        return new Heard(
                event,
                spoken.getOrDefault(source, "?"),
                energies.getOrDefault(source, Float.NaN),
                forecasts.get(source));
    }
}
