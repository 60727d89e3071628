package dev.headwater.bus.contract;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The topics of one or more networks, as programs outside may use them.
public final class Contract {

    private final List<SensorNetwork> networks;
    private final List<NetworkContract> parts;
    private final int partitions;

    private Contract(List<SensorNetwork> networks, int partitions) {
        this.networks = networks;
        this.parts = networks.stream().map(NetworkContract::new).toList();
        this.partitions = partitions;
    }

    /// @param partitions as in [dev.headwater.bus.Topics#specs(int)]
    /// @throws InvalidInputException when there is no network, or two have the same name
    public static Contract of(List<SensorNetwork> networks, int partitions) {
        if (networks.isEmpty()) {
            throw new InvalidInputException("networks: must be at least one, found none");
        }
        Set<String> names = new HashSet<>();
        for (SensorNetwork network : networks) {
            if (!names.add(network.name())) {
                throw new InvalidInputException("networks: must differ in name, found " + network.name() + " twice");
            }
        }
        return new Contract(List.copyOf(networks), partitions);
    }

    /// All topics, in the order of [dev.headwater.bus.Topics#specs(int)], network by network. The topic
    /// of models, which they share, is the last.
    public List<TopicContract> topics() {
        return Stream.concat(
                        parts.stream().flatMap(part -> part.topics(partitions).stream()),
                        Stream.of(new ModelForms(networks).contract()))
                .toList();
    }

    List<SensorNetwork> networks() {
        return networks;
    }

    List<ReadingForms> readings() {
        return parts.stream().map(NetworkContract::readingForms).toList();
    }
}
