package dev.headwater.cli.demo;

import dev.headwater.backtest.LocalStream;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.KeywordCodec;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.FrameEnergy;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.ClipSource;
import dev.headwater.ingest.replay.FrameSource;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/// The live stream of the demo of a network with sound: words of a folder are played one after the other, and a line
/// tells of each what was heard.
final class SoundShow {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SS", Locale.ENGLISH);
    private static final String HEADS = "%-11s %-28s %-8s %-8s %6s   %7s %8s %8s %8s%n";
    private static final String LINE = "%-11s %-28s %-8s %-8s %6.2f   %7.1f %8s %8s %8s%n";

    private final SensorNetwork network;
    private final AudioSpec audio;
    private final ServedModel model;
    private final List<Clip> clips;
    private final Map<String, String> spoken = new HashMap<>();
    private final Map<String, Float> energies = new ConcurrentHashMap<>(); // dBFS, written by the sender
    private final Map<String, Forecast> forecasts = new HashMap<>();
    private int heard;
    private int right;

    SoundShow(SensorNetwork network, AudioSpec audio, ServedModel model, List<Clip> clips) {
        this.network = network;
        this.audio = audio;
        this.model = model;
        this.clips = clips;
        clips.forEach(clip -> spoken.put(clip.source(), clip.word()));
    }

    /// Runs until all is played, the time is over or it is stopped.
    ///
    /// @param folder for the files of broker and stream
    /// @param time   zero = until stopped
    void run(Path folder, PrintWriter out, Speed speed, Duration time, BooleanSupplier stopped)
            throws InterruptedException {
        try (LocalStream local = LocalStream.open(network, folder)) {
            Topics topics = Topics.of(network);
            try (StreamApp app = local.serve(model, Guarantee.AT_LEAST_ONCE, new SimpleMeterRegistry());
                    TopicReader words = local.read(topics.keywords());
                    TopicReader energy = local.read(topics.forecasts())) {
                show(local.client(), words, energy, out, speed, time, stopped);
            }
            out.printf(Locale.ROOT, "%n%s heard, %d of them right%n", Words.count(heard, "word"), right);
            out.flush();
        }
    }

    private void show(
            ClientConfig client,
            TopicReader words,
            TopicReader energy,
            PrintWriter out,
            Speed speed,
            Duration time,
            BooleanSupplier stopped) {
        ForecastCodec forecast = new ForecastCodec(network);
        KeywordCodec keyword = new KeywordCodec();
        heads(out);
        long end = time.isZero() ? Long.MAX_VALUE : System.nanoTime() + time.toNanos();
        try (ExecutorService sender = Executors.newSingleThreadExecutor()) {
            Future<?> sending = sender.submit(() -> play(client, speed));
            while (System.nanoTime() < end && !stopped.getAsBoolean() && !(sending.isDone() && heard >= clips.size())) {
                energy.poll().forEach(record -> forecasts.put(record.key(), forecast.decode(record.value())));
                words.poll().forEach(record -> line(out, keyword.decode(record.value())));
            }
            sender.shutdownNow(); // interrupts the replayer, which then waits for its acknowledgements
        }
    }

    private void play(ClientConfig client, Speed speed) {
        long now = network.clock().slotOf(System.currentTimeMillis());
        FrameSource source =
                new Watched(new ClipSource(network, audio, ClipSource.recordings(clips), 1, now), energies);
        ReplayOptions options = ReplayOptions.all(speed).withProgress(ReplayOptions.Progress.NEVER);
        new Replayer(client).replay(source, options);
    }

    private void heads(PrintWriter out) {
        int[] steps = ErrorTable.shownSteps(network.window().horizon());
        out.printf(
                HEADS,
                "time",
                "source",
                "spoken",
                "heard",
                "p",
                network.targetMeasure().unit(),
                lead(steps[0]),
                lead(steps[1]),
                lead(steps[2]));
        out.flush();
    }

    private String lead(int step) {
        return "+" + Words.time(network.minutes(step));
    }

    private void line(PrintWriter out, KeywordEvent event) {
        String word = spoken.getOrDefault(event.source(), "?");
        heard++;
        right += word.equals(event.word()) ? 1 : 0;
        int[] steps = ErrorTable.shownSteps(network.window().horizon());
        out.printf(
                Locale.ROOT,
                LINE,
                CLOCK.format(java.time.Instant.ofEpochMilli(event.to()).atZone(network.zone())),
                event.source(),
                word,
                event.word() + (word.equals(event.word()) ? "" : " !"),
                event.probability(),
                energies.getOrDefault(event.source(), Float.NaN),
                expected(event.source(), steps[0]),
                expected(event.source(), steps[1]),
                expected(event.source(), steps[2]));
        out.flush();
    }

    private String expected(String source, int step) {
        Forecast forecast = forecasts.get(source);
        return forecast == null || forecast.abstained()
                ? "-"
                : String.format(Locale.ROOT, "%.1f", forecast.values()[step - 1]);
    }

    /// Notes the energy of what is sent.
    private record Watched(FrameSource source, Map<String, Float> energies) implements FrameSource {

        @Override
        public SensorNetwork network() {
            return source.network();
        }

        @Override
        public AudioSpec audio() {
            return source.audio();
        }

        @Override
        public long firstSlot() {
            return source.firstSlot();
        }

        @Override
        public long endSlot() {
            return source.endSlot();
        }

        @Override
        public boolean emit(long slot, BiConsumer<String, short[]> sink) {
            return source.emit(slot, (name, frame) -> {
                if (frame.length > 0) {
                    energies.put(name, FrameEnergy.dbfs(frame, 0, frame.length));
                }
                sink.accept(name, frame);
            });
        }
    }
}
