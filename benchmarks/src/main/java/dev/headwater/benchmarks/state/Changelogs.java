package dev.headwater.benchmarks.state;

import dev.headwater.bus.ClientConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.common.Node;

/// The changelog topics as they lie on the broker's disk: compressed, commit markers included.
final class Changelogs implements AutoCloseable {

    private final Admin admin;

    Changelogs(ClientConfig client) {
        this.admin = client.openAdmin("changelogs");
    }

    /// Bytes of all changelogs. Grows with every write: the broker never compacts the segment it writes to, and
    /// the logs of a measurement stay within the first.
    long bytes() throws InterruptedException {
        try {
            List<Integer> brokers =
                    admin.describeCluster().nodes().get().stream().map(Node::id).toList();
            return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                    .flatMap(folders -> folders.values().stream())
                    .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                    .filter(replica -> replica.getKey().topic().endsWith("-changelog"))
                    .map(Map.Entry::getValue)
                    .mapToLong(ReplicaInfo::size)
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not tell the size of its logs", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
