package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.interval.ResidualBand;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.kernels.Seq2SeqShape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Description of a model artefact.
///
/// @param format       version of the artefact's layout
/// @param name         name of the architecture, `seq2seq-gru`
/// @param version      version within the registry, from 1; 0 before it is registered
/// @param network      the network at training time
/// @param sensors      the sensors it was trained on, in the order of their embedding rows
/// @param architecture sizes of the network and its packed rows
/// @param band         residual quantiles on the validation part; null when there was no data to fit them
/// @param range        of the target's values in the training part; in format 3 that of the climatology's means,
///                     which the file does not state here
/// @param provenance   origin of the model
/// @param parts        SHA-256 of every other part, by its name in the zip
public record ModelManifest(
        int format,
        String name,
        int version,
        SensorNetwork network,
        List<String> sensors,
        Seq2SeqShape architecture,
        @Nullable ResidualBand band,
        @Nullable TargetRange range,
        Provenance provenance,
        Map<String, String> parts) {

    /// The format that this code writes.
    public static final int FORMAT = 4;

    /// The oldest format that this code reads; it has a climatology instead of a range.
    static final int OLDEST_FORMAT = 3;

    /// Jackson passes null for a component that is missing in the file, and reports the exception thrown here.
    public ModelManifest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(provenance, "provenance");
        sensors = List.copyOf(sensors);
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /// `name@version`, as forecasts name their model.
    public String id() {
        return name + "@" + version;
    }

    ModelManifest withVersion(int other) {
        return new ModelManifest(format, name, other, network, sensors, architecture, band, range, provenance, parts);
    }

    ModelManifest withRange(TargetRange other) {
        return new ModelManifest(format, name, version, network, sensors, architecture, band, other, provenance, parts);
    }

    /// As it is written: in the format of this code.
    ModelManifest withParts(Map<String, String> other) {
        return new ModelManifest(FORMAT, name, version, network, sensors, architecture, band, range, provenance, other);
    }

    /// Origin of a model.
    ///
    /// @param source      file name of the history
    /// @param fingerprint SHA-256 of the history's bytes
    /// @param from        first slot of the history, ISO-8601
    /// @param to          last slot of the history, ISO-8601
    /// @param seed        random seed of the training
    /// @param settings    every hyper-parameter, by name
    /// @param commit      revision of the code
    /// @param created     when training ended, ISO-8601
    /// @param environment JDK, operating system and processor
    public record Provenance(
            String source,
            String fingerprint,
            String from,
            String to,
            long seed,
            Map<String, String> settings,
            String commit,
            String created,
            String environment) {}
}
