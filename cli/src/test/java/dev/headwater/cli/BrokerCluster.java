package dev.headwater.cli;

import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.Uuid;

/// Three brokers on this machine, each also a controller. Every topic has three replicas and needs two in sync,
/// so one broker can be lost. Not thread-safe.
final class BrokerCluster implements AutoCloseable {

    static final int NODES = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;

    private final List<BrokerNode> nodes;
    private final ClientConfig client;
    private final Admin admin;

    private BrokerCluster(List<BrokerNode> nodes, ClientConfig client) {
        this.nodes = nodes;
        this.client = client;
        this.admin = client.openAdmin("chaos");
    }

    /// Formats and starts the three brokers, and returns when all have joined.
    static BrokerCluster start(Path folder) throws IOException {
        int[] ports = freePorts(2 * NODES); // [broker..., controller...]
        String clusterId = Uuid.randomUuid().toString();
        List<BrokerNode> nodes = IntStream.range(0, NODES)
                .parallel()
                .mapToObj(n ->
                        BrokerNode.format(n + 1, folder.resolve("broker-" + (n + 1)), clusterId, settings(ports, n)))
                .toList();
        String bootstrap =
                IntStream.range(0, NODES).mapToObj(n -> "localhost:" + ports[n]).collect(Collectors.joining(","));
        BrokerCluster cluster = new BrokerCluster(nodes, ClientConfig.of(bootstrap));
        for (BrokerNode node : nodes) {
            node.start();
        }
        cluster.awaitInSync();
        return cluster;
    }

    ClientConfig client() {
        return client;
    }

    Admin admin() {
        return admin;
    }

    BrokerNode node(int id) {
        return nodes.get(id - 1);
    }

    List<BrokerNode> nodes() {
        return nodes;
    }

    /// The node whose loss has most effect: it leads partitions and the controller quorum.
    BrokerNode activeController() throws ExecutionException, InterruptedException {
        return node(admin.describeMetadataQuorum().quorumInfo().get().leaderId());
    }

    /// Waits until each node is back and every replica has caught up.
    void awaitInSync() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(this::isInSync);
    }

    private boolean isInSync() throws ExecutionException, InterruptedException {
        if (admin.describeCluster().nodes().get().size() < NODES) {
            return false;
        }
        var topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        return admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .allMatch(partition -> partition.isr().size() == NODES);
    }

    private static Map<String, String> settings(int[] ports, int node) {
        Map<String, String> settings = new HashMap<>();
        String broker = "PLAINTEXT://localhost:" + ports[node];
        settings.put("process.roles", "broker,controller");
        settings.put("listeners", broker + ",CONTROLLER://localhost:" + ports[NODES + node]);
        settings.put("advertised.listeners", broker);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "controller.quorum.voters",
                IntStream.range(0, NODES)
                        .mapToObj(n -> (n + 1) + "@localhost:" + ports[NODES + n])
                        .collect(Collectors.joining(",")));
        settings.put("auto.create.topics.enable", "false");
        putReplication(settings);
        putFailover(settings);
        settings.put("log.cleaner.dedupe.buffer.size", "4194304"); // 128 MiB of heap by default
        return settings;
    }

    private static void putReplication(Map<String, String> settings) {
        settings.put("default.replication.factor", "3");
        settings.put("min.insync.replicas", "2");
        settings.put("offsets.topic.replication.factor", "3");
        settings.put("offsets.topic.num.partitions", "6"); // few: the machine is small
        settings.put("transaction.state.log.replication.factor", "3");
        settings.put("transaction.state.log.min.isr", "2");
        settings.put("transaction.state.log.num.partitions", "6");
    }

    /// The broker settings that docs/decisions/0007-failover.md requires.
    private static void putFailover(Map<String, String> settings) {
        settings.put("group.min.session.timeout.ms", "1000");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("controller.quorum.fetch.timeout.ms", "1000");
        settings.put("controller.quorum.election.timeout.ms", "500");
    }

    /// Ports below the ephemeral range: while a broker is down, a client that tries to connect to it must not
    /// get the same port.
    private static int[] freePorts(int count) throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        RandomGenerator random = RandomGenerator.getDefault();
        while (taken.size() < count) {
            ServerSocket socket = new ServerSocket();
            try {
                socket.bind(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), random.nextInt(LOWEST_PORT, HIGHEST_PORT)));
                taken.add(socket);
            } catch (IOException e) {
                socket.close(); // in use: try another one
            }
        }
        int[] ports = taken.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        for (ServerSocket socket : taken) {
            socket.close();
        }
        return ports;
    }

    @Override
    public void close() throws InterruptedException {
        admin.close(Duration.ofSeconds(1));
        for (BrokerNode node : nodes) {
            node.close();
        }
    }
}
