package dev.headwater.forecasting.network;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network for tests, which set only the values they need. The other values are the defaults of a file; those
/// that a file must state are speed in mph (0 is missing), an interval of one minute, and UTC.
public final class NetworkBuilder {

    private final String name;
    private String domain = "traffic";
    private Duration interval = Duration.ofMinutes(1);
    private ZoneId zone = ZoneOffset.UTC;
    private List<Measure> measures = List.of(new Measure("speed", "mph", 0f));
    private @Nullable String target;
    private @Nullable WindowSpec window;
    private @Nullable GapPolicy gap;
    private List<Sensor> sensors = List.of();
    private @Nullable UnknownSensors unknownSensors;
    private @Nullable Integer maxSensors;
    private @Nullable FeatureSpec features;
    private @Nullable SplitSpec split;
    private @Nullable Map<String, String> training;
    private @Nullable AudioSpec audio;

    public NetworkBuilder(String name) {
        this.name = name;
    }

    /// A copy of another network, except for `stampZone` and `licence`.
    public static NetworkBuilder like(SensorNetwork other) {
        NetworkBuilder builder = new NetworkBuilder(other.name())
                .domain(other.domain())
                .interval(other.interval())
                .zone(other.zone())
                .measures(other.measures())
                .target(other.target())
                .window(other.window())
                .gap(other.gap())
                .sensors(other.sensors())
                .unknownSensors(other.unknownSensors())
                .maxSensors(other.maxSensors())
                .features(other.features())
                .split(other.split())
                .training(other.training());
        return other.audio() == null ? builder : builder.audio(other.audio());
    }

    public NetworkBuilder domain(String value) {
        domain = value;
        return this;
    }

    public NetworkBuilder interval(Duration value) {
        interval = value;
        return this;
    }

    public NetworkBuilder zone(ZoneId value) {
        zone = value;
        return this;
    }

    public NetworkBuilder measures(List<Measure> value) {
        measures = value;
        return this;
    }

    /// The target; the first measure by default.
    public NetworkBuilder target(String value) {
        target = value;
        return this;
    }

    public NetworkBuilder window(WindowSpec value) {
        window = value;
        return this;
    }

    public NetworkBuilder gap(GapPolicy value) {
        gap = value;
        return this;
    }

    public NetworkBuilder sensors(List<Sensor> value) {
        sensors = value;
        return this;
    }

    public NetworkBuilder unknownSensors(UnknownSensors value) {
        unknownSensors = value;
        return this;
    }

    public NetworkBuilder maxSensors(int value) {
        maxSensors = value;
        return this;
    }

    public NetworkBuilder features(FeatureSpec value) {
        features = value;
        return this;
    }

    public NetworkBuilder split(SplitSpec value) {
        split = value;
        return this;
    }

    public NetworkBuilder training(Map<String, String> value) {
        training = value;
        return this;
    }

    public NetworkBuilder audio(AudioSpec value) {
        audio = value;
        return this;
    }

    public SensorNetwork build() {
        return new SensorNetwork(
                name,
                domain,
                null,
                interval,
                zone,
                measures,
                target,
                window,
                gap,
                sensors,
                unknownSensors,
                maxSensors,
                features,
                split,
                training,
                audio,
                null,
                null);
    }
}
