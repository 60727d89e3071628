package dev.headwater.streams;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/// The instances of a stream, as they tell each other where their endpoints are. One that is not reachable from
/// other machines tells nothing, and is not among them.
final class Instances {

    private final KafkaStreams streams;
    private final @Nullable HostPort own;

    /// @param own of this instance; null when others cannot reach it
    Instances(KafkaStreams streams, @Nullable HostPort own) {
        this.streams = streams;
        this.own = own;
    }

    /// `host:port` of this instance; null when others cannot reach it.
    @Nullable
    String own() {
        return own == null ? null : own.toString();
    }

    /// `host:port` of all that can be reached, sorted.
    List<String> all() {
        return streams.metadataForAllStreamsClients().stream()
                .map(StreamsMetadata::hostInfo)
                .filter(Instances::isKnown)
                .map(Instances::text)
                .sorted()
                .toList();
    }

    /// `host:port` of the other instance that has a sensor, if it has sent readings by the partitioner of Kafka's
    /// Java producer: the key alone does not tell how else it was partitioned.
    Optional<String> otherWith(String sensor) {
        KeyQueryMetadata found =
                streams.queryMetadataForKey(ForecastTopology.SENSORS_STORE, sensor, new StringSerializer());
        return Optional.ofNullable(found)
                .map(KeyQueryMetadata::activeHost)
                .filter(Instances::isKnown)
                .map(Instances::text)
                .filter(host -> !host.equals(own()));
    }

    private static boolean isKnown(HostInfo host) {
        return !host.equals(HostInfo.unavailable());
    }

    private static String text(HostInfo host) {
        return host.host() + ":" + host.port();
    }
}
