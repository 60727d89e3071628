package dev.headwater.streams.state;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.accuracy.SensorScores;
import dev.headwater.forecasting.network.FeatureSpec;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.Normalisation;
import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.truth.PendingForecasts;
import dev.headwater.forecasting.truth.Settled;
import dev.headwater.forecasting.truth.SettledStep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Networks, readings and a changelog for tests of the state.
public final class Towns {

    /// A reading an hour, and a moving profile.
    public static final SensorNetwork PROFILED = network(List.of(new Measure("speed", "mph", null)), true, 3);

    /// A window of 100 slots of 14 measures, which is stored in areas.
    static final SensorNetwork LONG = network(
            IntStream.range(0, 14).mapToObj(m -> new Measure("m" + m, "", null)).toList(), false, 100);

    public static final long FIRST = 420_000;

    private Towns() {}

    private static SensorNetwork network(List<Measure> measures, boolean profiled, int lookback) {
        NetworkBuilder builder = new NetworkBuilder("old-town")
                .interval(Duration.ofHours(1))
                .zone(ZoneId.of("Europe/Berlin"))
                .measures(measures)
                .window(new WindowSpec(lookback, 2));
        if (profiled) {
            builder.features(new FeatureSpec(
                    FeatureSpec.DEFAULT.calendar(),
                    List.of(),
                    false,
                    Normalisation.TRAINING,
                    Profile.MOVING,
                    true,
                    List.of()));
        }
        return builder.build();
    }

    /// What a changelog would keep, and what was written to it last.
    static final class Changelog implements Sensors.Changes {
        final Map<String, byte @Nullable []> last = new LinkedHashMap<>(); // by hexadecimal key
        private final Map<String, byte[]> compacted = new TreeMap<>();

        @Override
        public void put(byte[] key, byte @Nullable [] value) {
            String hex = HexFormat.of().formatHex(key);
            last.put(hex, value);
            if (value == null) {
                compacted.remove(hex);
            } else {
                compacted.put(hex, value);
            }
        }

        void restore(Sensors sensors) {
            compacted.forEach((key, value) -> sensors.restore(HexFormat.of().parseHex(key), value));
        }
    }

    /// Adds a reading as the stream does.
    static void add(Sensors sensors, SensorState view, SensorNetwork network, String sensor, long slot, float value) {
        SensorState state = sensors.find(sensor, view);
        if (state == null) {
            state = sensors.create(sensor, view);
        }
        if (state.pushesOutPending(slot)) {
            SensorState full = state;
            full.forEachPending(pending -> full.setPending(pending, false)); // as when the batch is issued
        }
        int span = network.window().span();
        if (state.needsSeasonal(slot, span)) {
            state.beginSeasonal(SeasonalStates.of(network).unknown(), network.targetIndex());
        }
        float[] reading = new float[network.measures().size()];
        for (int m = 0; m < reading.length; m++) {
            reading[m] = value + m;
        }
        state.read(slot);
        state.add(slot, reading, network.targetIndex());
        state.setPending(slot, slot % 3 == 0);
        state.touch();
        if (state.window().covers(slot, span)) {
            forecast(state, slot, value);
        }
    }

    /// Compares the forecasts so far, and adds one more, or at times none.
    private static void forecast(SensorState state, long slot, float value) {
        if (state.pendingForecasts() == null) {
            state.beginTruth();
        }
        PendingForecasts pending = requireNonNull(state.pendingForecasts());
        SensorScores scores = requireNonNull(state.scores());
        pending.settle(slot, target -> state.window().value(target, 0), new Settled() {
            @Override
            public void settled(SettledStep step) {
                scores.add(step);
            }

            @Override
            public void missing(short model, long target, int step) {}
        });
        scores.through(Math.max(slot, scores.through()));
        if (slot % 5 == 0) {
            pending.abstain(slot);
        } else {
            float[] offsets = {-2, 1, -3, 2, -4, 3, -5, 4}; // [horizon][level][lower, upper]
            pending.issue(slot, (short) 7, value, new float[] {value + 1, value - 1}, 0, offsets);
        }
        state.touchTruth();
    }

    /// Mostly the next slot, at times a gap, a repetition or a late reading.
    static long next(Random random, long newest) {
        return switch (random.nextInt(12)) {
            case 0 -> newest;
            case 1 -> newest - random.nextInt(20);
            case 2 -> newest + 2 + random.nextInt(60);
            default -> newest + 1;
        };
    }

    /// The records of a store as commit 69ad5fd wrote them, by key.
    public static Map<String, byte[]> stored(String store) throws IOException {
        Map<String, byte[]> records = new TreeMap<>();
        try (InputStream in = Towns.class.getResourceAsStream("/state/69ad5fd.txt")) {
            new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" "))
                    .filter(line -> line[0].equals(store))
                    .forEach(line -> records.put(line[1], HexFormat.of().parseHex(line[2])));
        }
        return records;
    }

    /// A changelog with the sensor `s` after a hundred readings: 0 to 99.
    static Changelog changelog() {
        Sensors sensors = new Sensors(new SensorLayout(PROFILED));
        Changelog changelog = new Changelog();
        for (int slot = 0; slot < 100; slot++) {
            add(sensors, sensors.view(), PROFILED, "s", FIRST + slot, slot);
        }
        sensors.takeChanges(changelog);
        return changelog;
    }

    /// The newest slot and all bytes of each sensor, as text.
    static Map<String, String> dump(Sensors sensors) {
        Map<String, String> dump = new TreeMap<>();
        HexFormat hex = HexFormat.of();
        sensors.forEach(state -> {
            SensorBytes bytes = state.bytes();
            String seasonal = bytes.seasonal == null ? "" : hex.formatHex(bytes.seasonal);
            String truth = bytes.truth == null ? "" : hex.formatHex(bytes.truth);
            String scores = bytes.scores == null ? "" : hex.formatHex(bytes.scores);
            dump.put(
                    state.sensor(),
                    String.join(
                            " ",
                            Long.toString(state.window().newest()),
                            hex.formatHex(bytes.window),
                            seasonal,
                            truth,
                            scores));
        });
        return dump;
    }
}
