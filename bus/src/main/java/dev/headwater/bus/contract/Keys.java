package dev.headwater.bus.contract;

import dev.headwater.bus.Admission;
import dev.headwater.bus.ModelRole;
import dev.headwater.bus.PartsHead;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Schemas of records' keys.
final class Keys {

    private Keys() {}

    /// @param whose what the sensor is in this network
    static ObjectNode sensor(String whose) {
        return Tree.string(whose + ", UTF-8, not blank.", "minLength", 1, "maxLength", Admission.LONGEST_KEY);
    }

    static ObjectNode partition() {
        return Tree.string("Number of the partition of the readings topic, in decimal.", "pattern", "^[0-9]+$");
    }

    static ObjectNode network(SensorNetwork network) {
        return Tree.string("Name of the network.", "const", network.name());
    }

    /// The keys of artefacts, one per network and role.
    static List<String> models(List<SensorNetwork> networks) {
        return networks.stream()
                .flatMap(network -> Arrays.stream(ModelRole.values()).map(role -> role.key(network.name())))
                .toList();
    }

    static ObjectNode model(List<SensorNetwork> networks) {
        String champion = ModelRole.CHAMPION.word();
        return Tree.string(
                "The network, and the role of the model unless it is the " + champion + ".", "enum", models(networks));
    }

    static ObjectNode part(List<SensorNetwork> networks) {
        String first = PartsHead.key(models(networks).getFirst(), 0);
        return Tree.string(
                "The key of the artefact, and the number of the part: " + first + " is the first.",
                "examples",
                List.of(first));
    }
}
