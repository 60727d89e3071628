package dev.headwater.streams;

import dev.headwater.bus.ModelAssembly;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.artefact.ModelManifest;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.forecasting.artefact.SampleWindow;
import dev.headwater.forecasting.artefact.TargetRange;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.interval.ResidualBand;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.kernels.Seq2SeqShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// Real artefacts with random weights: for tests of transport and loading, not of accuracy.
final class Artefacts {

    private static final int SLOTS = 40;

    private Artefacts() {}

    /// The artefact of a version, trained on made-up sensors `old-0`, `old-1`, ...
    static byte[] of(SensorNetwork network, int version, int sensors) {
        return ModelFile.write(model(network, version, sensors));
    }

    /// As large as a city's model: some megabytes of weights.
    static byte[] large(SensorNetwork network, int version) {
        return ModelFile.write(model(network, version, 2, 256));
    }

    /// The model of a version, with the sensors' seasonal states where the network has any.
    static ForecastModel model(SensorNetwork network, int version, int sensors) {
        return model(network, version, sensors, 4);
    }

    private static ForecastModel model(SensorNetwork network, int version, int sensors, int hidden) {
        Series series = series(network, sensors, version);
        Seq2SeqShape shape = Features.shape(network, sensors, hidden, 2);
        int horizon = shape.horizon();
        ErrorTable none = new ErrorTable(List.of(), new ErrorTable.Mean(0, 0, 0));
        ModelManifest manifest = new ModelManifest(
                ModelManifest.FORMAT,
                GruForecaster.NAME,
                version,
                network,
                series.sensors(),
                shape,
                new ResidualBand(0.8, new float[horizon], new float[horizon]),
                TargetRange.of(series, SLOTS),
                new ModelManifest.Provenance("test", "", "", "", version, Map.of(), "", "", ""),
                Map.of());
        return new ForecastModel(
                manifest,
                shape.initialise(version),
                Scaler.fit(series, SLOTS),
                new ModelMetrics(none, none, Map.of()),
                SeriesSeasonalStates.after(series, SLOTS, SeasonalStates.of(network)),
                SampleWindow.of(series, 0, SLOTS - network.window().span()),
                "# Untrained\n");
    }

    private static Series series(SensorNetwork network, int sensors, long seed) {
        Random random = new Random(seed);
        Series.Builder builder = new Series.Builder(network);
        for (int s = 0; s < sensors; s++) {
            for (int slot = 0; slot < SLOTS; slot++) {
                float[] values = new float[network.measures().size()];
                for (int m = 0; m < values.length; m++) {
                    values[m] = 30 + 40 * random.nextFloat();
                }
                builder.add("old-" + s, 1_000 + slot, values);
            }
        }
        return builder.build();
    }

    /// A small sealed artefact with a part of zeros that unpacks to the given number of megabytes.
    static byte[] bomb(int megabytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("manifest.json"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
            zip.setComment("0".repeat(64));
        }
        byte[] sealed = bytes.toByteArray();
        byte[] sum = Artefact.of(Arrays.copyOf(sealed, sealed.length - 64), "bomb")
                .sha256()
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sum, 0, sealed, sealed.length - 64, 64);
        return sealed;
    }

    /// What a record of the models topic brings for a network; null for nothing.
    static ModelAssembly.@Nullable Arrival arrival(
            String network, @Nullable String key, long offset, byte @Nullable [] value) {
        try (ModelAssembly assembly = new ModelAssembly(network, Path.of("unused"))) {
            return assembly.take(key, offset, value);
        }
    }

    /// A copy with one byte changed in the middle.
    static byte[] damaged(byte[] artefact) {
        byte[] damaged = artefact.clone();
        damaged[damaged.length / 2] ^= 0x10;
        return damaged;
    }
}
