package dev.headwater.benchmarks.dashboard;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A made-up city of straight roads, and readings and forecasts that can be worked out again from sensor
/// and slot.
final class City {

    static final int HORIZON = 12;
    private static final int ON_A_ROAD = 100; // sensors
    private static final double LEVEL = 0.8;
    private static final double WIDER_LEVEL = 0.95;
    private static final int DAY = 288; // slots

    private final Path file;
    private final SensorNetwork network;

    private City(Path file, SensorNetwork network) {
        this.file = file;
        this.network = network;
    }

    /// Writes the network's file, and reads it.
    static City write(Path folder, int sensors) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "name: page-load",
                "domain: traffic",
                "title: A city of " + sensors + " sensors",
                "interval: PT5M",
                "zone: Europe/Berlin",
                "measures:",
                "  - {name: speed, unit: mph, min: 0, max: 200}",
                "window: {lookback: 12, horizon: " + HORIZON + "}",
                "sensors:"));
        for (int sensor = 0; sensor < sensors; sensor++) {
            lines.add(place(sensor, sensors));
        }
        Path file = Files.write(folder.resolve("page-load.yaml"), lines);
        return new City(file, NetworkFile.load(file.toString()));
    }

    /// Half of the roads lead north, half of them east.
    private static String place(int sensor, int sensors) {
        int roads = Math.max(2, sensors / ON_A_ROAD);
        int road = sensor % roads;
        double across = (road / 2 + 0.5) / (roads / 2.0);
        double along = sensor / roads / (double) Math.max(1, sensors / roads);
        boolean north = road % 2 == 0;
        return String.format(
                Locale.ROOT,
                "  - {id: %s, latitude: %.5f, longitude: %.5f, road: %s, position: %.3f}",
                id(sensor),
                52.3 + 0.4 * (north ? along : across),
                13.1 + 0.6 * (north ? across : along),
                (north ? "N" : "E") + road / 2,
                30 * along);
    }

    Path file() {
        return file;
    }

    SensorNetwork network() {
        return network;
    }

    static String id(int sensor) {
        return "s" + (10_000 + sensor);
    }

    /// Traffic that is slow in some hours, with noise; two decimal places.
    static float value(int sensor, long slot) {
        double hour = Math.sin(2 * Math.PI * (slot + sensor % 40) / DAY);
        double noise = Math.floorMod((sensor * 0x9E3779B97F4A7C15L + slot * 0xBF58476D1CE4E5B9L) >>> 40, 1_000) / 100.0;
        return Math.round((50 + 15 * hour + noise) * 100) / 100f;
    }

    /// With the full digits of a model's output and intervals of 80 and 95 %.
    Forecast forecast(int sensor, long slot) {
        float[] values = new float[HORIZON];
        float[][] bounds = new float[4][HORIZON];
        for (int step = 0; step < HORIZON; step++) {
            values[step] = 0.987654f * value(sensor, slot) + 0.3137f * step;
            float wide = 2.3456f + 0.4567f * step;
            bounds[0][step] = values[step] - wide;
            bounds[1][step] = values[step] + wide;
            bounds[2][step] = values[step] - 1.789f * wide;
            bounds[3][step] = values[step] + 1.789f * wide;
        }
        return new Forecast(
                id(sensor),
                network.clock().startMillis(slot),
                values,
                List.of(
                        new Forecast.Interval(LEVEL, bounds[0], bounds[1]),
                        new Forecast.Interval(WIDER_LEVEL, bounds[2], bounds[3])),
                HORIZON,
                HORIZON,
                "made-up@1",
                "0123456789abcdef",
                false);
    }
}
