package dev.headwater.dashboard.board;

import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.drift.DriftEvent;
import dev.headwater.forecasting.drift.DriftKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a page shows beside the sensors, as JSON. Not thread-safe.
public final class EventJson {

    private static final int MAX_SILENT = 50;
    private static final int MAX_WORST = 20;

    private final NetworkBoard board;

    public EventJson(NetworkBoard board) {
        this.board = board;
    }

    /// One of the board's topics.
    public String of(NetworkBoard.Topic topic) {
        return switch (topic) {
            case ACCURACY -> accuracy();
            case MODELS -> models();
            case DRIFT ->
                JsonText.value(
                        Map.of("events", board.drift().stream().map(Drift::of).toList()));
            case DEAD_LETTERS -> deadLetters();
            case WORDS ->
                JsonText.value(
                        Map.of("events", board.words().stream().map(Word::of).toList()));
        };
    }

    /// The name of a topic as an event and as a field of a snapshot.
    public static String name(NetworkBoard.Topic topic) {
        return switch (topic) {
            case ACCURACY -> "accuracy";
            case MODELS -> "models";
            case DRIFT -> "drift";
            case DEAD_LETTERS -> "deadLetters";
            case WORDS -> "words";
        };
    }

    private record Drift(
            String scope, List<String> kinds, long from, long to, int concerned, int known, List<String> sensors) {

        static Drift of(DriftEvent event) {
            List<String> kinds =
                    event.kinds().stream().map(DriftKind::word).sorted().toList();
            return new Drift(
                    event.scope().word(),
                    kinds,
                    event.from(),
                    event.to(),
                    event.concerned(),
                    event.known(),
                    event.sensors());
        }
    }

    private record Word(String source, long from, long to, String word, float probability) {

        static Word of(KeywordEvent event) {
            return new Word(event.source(), event.from(), event.to(), event.word(), event.probability());
        }
    }

    private String accuracy() {
        byte[] merged = board.accuracy();
        return merged == null ? JsonText.value(null) : new String(merged, StandardCharsets.UTF_8);
    }

    private String models() {
        Map<String, @Nullable Object> models = new LinkedHashMap<>();
        models.put("champion", board.shelf().champion());
        models.put("challenger", board.shelf().challenger());
        models.put("changes", board.changes().list());
        models.put("cards", board.shelf().cards());
        return JsonText.value(models);
    }

    private String deadLetters() {
        Map<String, Object> letters = new LinkedHashMap<>();
        letters.put(
                "total",
                board.reasons().values().stream().mapToLong(Long::longValue).sum());
        letters.put("reasons", board.reasons());
        letters.put("newest", board.letters());
        return JsonText.value(letters);
    }

    private record Latency(double median, double p99) {}

    private record Health(
            double readingsPerSecond,
            double forecastsPerSecond,
            @Nullable Latency latencyMillis,
            int sensors,
            int silent,
            int[] silentSensors,
            int clients,
            boolean kafka) {}

    /// Rates, latencies and silent sensors.
    ///
    /// @param nanos   now, of `System.nanoTime()`
    /// @param clients pages that are open
    /// @param kafka   whether the broker answers
    public String health(long nanos, int clients, boolean kafka) {
        int[] silent = silent();
        double[] latency = board.meter().latencyMillis(0.5, 0.99);
        return JsonText.value(new Health(
                board.meter().readingsPerSecond(nanos),
                board.meter().forecastsPerSecond(nanos),
                latency.length == 0 ? null : new Latency(latency[0], latency[1]),
                board.sensors().size(),
                silent.length,
                IntStream.of(silent).limit(MAX_SILENT).toArray(),
                clients,
                kafka));
    }

    /// Sensors without a value in the newest window.
    private int[] silent() {
        long oldest = board.newestSlot() - board.network().window().span();
        return board.newestSlot() == Long.MIN_VALUE
                ? new int[0]
                : IntStream.range(0, board.sensors().size())
                        .filter(sensor -> board.at(sensor).valuedSlot() <= oldest)
                        .toArray();
    }

    private record Worst(int sensor, double mae, double persistence, long n) {}

    /// The sensors with the largest MAE over all steps.
    public String worst() {
        List<Worst> all = new ArrayList<>();
        for (int sensor = 0; sensor < board.sensors().size(); sensor++) {
            SensorErrors errors = SensorErrors.of(
                    board.at(sensor), board.memory(), board.network().window());
            long n = errors.count();
            if (n > 0) {
                all.add(new Worst(
                        sensor, SensorErrors.mean(errors.model(), n), SensorErrors.mean(errors.persistence(), n), n));
            }
        }
        all.sort(Comparator.comparingDouble(Worst::mae).reversed());
        return JsonText.value(Map.of("sensors", all.subList(0, Math.min(MAX_WORST, all.size()))));
    }
}
