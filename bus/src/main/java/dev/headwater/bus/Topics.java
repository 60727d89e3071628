package dev.headwater.bus;

import static java.util.Map.entry;

import dev.headwater.forecasting.network.SensorNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The names and settings of a network's topics, `DOMAIN.NETWORK.WHAT.v1`. They are defined only here.
///
/// Records carry **event time** as their time stamp, and Kafka deletes by record time: with any
/// `retention.ms` a replay of the year 2017 would be deleted as soon as it is written. So topics are
/// bounded by size (`retention.bytes`, per partition, oldest first). For the same reason segments are not
/// rolled by time (`segment.ms`: a replay would create a file per week of history), and time stamps ahead
/// of the wall clock are accepted (`message.timestamp.after.max.ms`: simulated time may run ahead).
///
/// @param prefix `DOMAIN.NETWORK`
/// @param sound  true where the readings are frames of sound, in which keywords are detected
public record Topics(String prefix, boolean sound) {

    /// Model artefacts of all networks, keyed by network and role: `NETWORK`, `NETWORK/challenger` (see
    /// [ModelRole]). Compacted, so the newest of each stays. The parts of large artefacts have the keys
    /// `KEY#00000`, `KEY#00001`, ...
    public static final String MODELS = "headwater.models.v1";

    /// Default number of partitions of a network's topics.
    public static final int DEFAULT_PARTITIONS = 4;

    /// Largest record in bytes: a model artefact travels as one record, unless it is larger.
    public static final int MAX_RECORD_BYTES = 16 << 20;

    private static final String GIB_4 = Long.toString(4L << 30);
    private static final String MIB_512 = Long.toString(512L << 20);
    private static final String NEVER = Long.toString(Long.MAX_VALUE);

    /// The topics of a network.
    public static Topics of(SensorNetwork network) {
        return new Topics(network.domain() + "." + network.name(), network.audio() != null);
    }

    /// Readings in: key sensor id, record time = event time.
    public String readings() {
        return prefix + ".readings.v1";
    }

    /// Forecasts out: key sensor id, record time = start of the slot they were issued for.
    public String forecasts() {
        return prefix + ".forecasts.v1";
    }

    /// Keyword events, of networks with sound: key source, record time = begin of the clip.
    public String keywords() {
        return prefix + ".keywords.v1";
    }

    /// Live accuracy: key partition of the readings, record time = end of the newest slot compared with its
    /// truths.
    public String accuracy() {
        return prefix + ".accuracy.v1";
    }

    /// Drift events: groups of sensors that have changed. Key network, record time = when the last of them was found.
    public String drift() {
        return prefix + ".drift.v1";
    }

    /// What the tasks of the stream tell each other about drift: of no use to others.
    public String driftReports() {
        return prefix + ".drift-reports.v1";
    }

    /// Dead letters: records that were rejected as readings.
    public String deadReadings() {
        return prefix + ".readings.dlq.v1";
    }

    /// The topics that the network needs, with [#DEFAULT_PARTITIONS].
    public List<TopicSpec> specs() {
        return specs(DEFAULT_PARTITIONS);
    }

    /// The topics that the network needs, the models topic included.
    ///
    /// @param partitions partitions of readings, forecasts and keyword events: the maximum number of
    ///                   parallel tasks
    public List<TopicSpec> specs(int partitions) {
        List<TopicSpec> specs = new ArrayList<>();
        specs.add(new TopicSpec(readings(), partitions, keptBySize(GIB_4)));
        specs.add(new TopicSpec(forecasts(), partitions, keptBySize(GIB_4)));
        if (sound) {
            specs.add(new TopicSpec(keywords(), partitions, keptBySize(MIB_512)));
        } else {
            specs.add(new TopicSpec(drift(), 1, keptBySize(MIB_512)));
            specs.add(new TopicSpec(driftReports(), 1, keptBySize(MIB_512)));
        }
        specs.add(new TopicSpec(accuracy(), 1, keptBySize(MIB_512)));
        specs.add(new TopicSpec(deadReadings(), 1, keptBySize(MIB_512)));
        specs.add(models());
        return List.copyOf(specs);
    }

    /// The topic of model artefacts: one partition, so that publications have one order.
    public static TopicSpec models() {
        return new TopicSpec(
                MODELS,
                1,
                Map.of("cleanup.policy", "compact", "max.message.bytes", Integer.toString(MAX_RECORD_BYTES)),
                true);
    }

    private static Map<String, String> keptBySize(String bytes) {
        return Map.ofEntries(
                entry("cleanup.policy", "delete"),
                entry("retention.ms", "-1"),
                entry("retention.bytes", bytes),
                entry("segment.bytes", Integer.toString(128 << 20)),
                entry("segment.ms", NEVER),
                entry("message.timestamp.type", "CreateTime"),
                entry("message.timestamp.after.max.ms", NEVER));
    }
}
