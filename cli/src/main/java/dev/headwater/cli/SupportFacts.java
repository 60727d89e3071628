package dev.headwater.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ClusterReport;
import dev.headwater.bus.ModelHistory;
import dev.headwater.bus.TopicReport;
import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.artefact.ModelManifest;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.artefact.ModelSummary;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.StreamSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the files of a support bundle say.
final class SupportFacts {

    private SupportFacts() {}

    /// @param cluster of Kafka's metadata; empty when no broker answers
    record Versions(
            String headwater,
            String revision,
            String java,
            String machine,
            String system,
            int processors,
            String kafkaClients,
            String cluster) {

        static Versions of(String cluster) {
            return new Versions(
                    Headwater.Version.current(),
                    Revision.current(),
                    Runtime.version().toString(),
                    System.getProperty("java.vm.name") + " of " + System.getProperty("java.vendor"),
                    System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                            + System.getProperty("os.arch"),
                    Runtime.getRuntime().availableProcessors(),
                    ClusterReport.clientVersion(),
                    cluster);
        }
    }

    /// @param expected what Headwater needs, and how the broker's topics differ
    /// @param found    those and the stream's internal topics
    record TopicFacts(List<TopicReport> expected, List<ClusterReport.Topic> found) {

        static TopicFacts of(ClientConfig client, List<TopicSpec> specs, ClusterReport cluster) {
            return new TopicFacts(TopicReport.list(client, specs), cluster.topics());
        }
    }

    /// @param listed    all versions of the network in the registry
    /// @param manifests by path: of the newest, the champion and pinned ones
    record ModelFacts(List<ModelSummary> listed, Map<String, ModelManifest> manifests) {

        static ModelFacts of(SensorNetwork network, Path registry) {
            List<ModelSummary> listed = ModelSummary.list(registry).stream()
                    .filter(row -> row.network().equals(network.name()))
                    .toList();
            Map<String, ModelManifest> manifests = new LinkedHashMap<>();
            for (ModelSummary row : listed) {
                if (row.problem() == null && (row.latest() || row.champion() || row.pinned())) {
                    manifests.put(
                            row.path(), ModelRegistry.load(Path.of(row.path())).manifest());
                }
            }
            return new ModelFacts(listed, manifests);
        }
    }

    /// The manifests of the models on the models topic, by role; none on a cluster without that topic, which
    /// this does not create.
    static Map<String, ModelManifest> onTopic(
            ClientConfig client, SensorNetwork network, Path registry, ClusterReport cluster) {
        Map<String, ModelManifest> models = new LinkedHashMap<>();
        if (cluster.topics().stream().anyMatch(topic -> topic.name().equals(Topics.MODELS))) {
            ModelHistory history = ModelHistory.read(client, network, registry);
            history.champion()
                    .ifPresent(found -> models.put("champion", found.model().manifest()));
            history.challenger()
                    .ifPresent(found -> models.put("challenger", found.model().manifest()));
        }
        return models;
    }

    /// The ends of a range are readings.
    @JsonIgnoreProperties("range")
    interface WithoutRange {}

    /// The network's topics, and the internal ones of its stream.
    static ClusterReport cluster(StreamSettings settings, List<TopicSpec> specs) {
        Set<String> names = specs.stream().map(TopicSpec::name).collect(Collectors.toSet());
        String internal = settings.applicationId() + "-";
        return ClusterReport.of(settings.client(), name -> names.contains(name) || name.startsWith(internal));
    }
}
