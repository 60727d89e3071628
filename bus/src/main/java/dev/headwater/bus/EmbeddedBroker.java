package dev.headwater.bus;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/// A single Kafka broker inside this process, for trials and tests: no replicas, no access control, reachable
/// on localhost only. What was acknowledged survives a restart and the death of the process (not of the
/// machine: like any Kafka broker it leaves writing to disk to the operating system). When its folder fails, by
/// a full disk for example, the whole process ends at once with one line and code 1.
///
/// The only class that uses Kafka's server, which is not a public API.
public final class EmbeddedBroker implements AutoCloseable {

    private static final String HOST = "localhost";
    private static final int NODE = 1;
    private static final int MAX_ATTEMPTS = 3;
    private static final String LOCK_FILE = ".headwater-broker.lock";
    private static final String FORMATTED = "meta.properties";
    private static final String METADATA_LOG = "__cluster_metadata-0";

    private final KafkaRaftServer server;
    private final FolderLock lock;
    private final int port;
    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, FolderLock lock, int port) {
        this.server = server;
        this.lock = lock;
        this.port = port;
    }

    /// Starts a broker and returns when it takes requests, after some 2 to 4 s.
    ///
    /// @param dataDir folder of its data, kept after it stops; created if missing, formatted if it never held a
    ///                broker's data
    /// @param port    port on localhost; 0 for any free one
    /// @throws InvalidInputException when the port is taken, another broker uses the folder, or the folder
    ///                               holds something else
    public static EmbeddedBroker start(Path dataDir, int port) {
        if (port < 0 || port > 65_535) {
            throw new InvalidInputException("port: must be from 0 to 65535, found " + port);
        }
        return start(dataDir, () -> Ports.find(port));
    }

    /// Starts a broker with temporary data on any free port. If the broker fails it deletes the data; otherwise
    /// the caller deletes them.
    public static EmbeddedBroker startTemporary(Path dataDir) {
        EmbeddedBroker broker = start(dataDir, 0);
        BrokerFailure.endsTheProcess(dataDir, true);
        return broker;
    }

    static EmbeddedBroker start(Path dataDir, Supplier<Ports> ports) {
        FolderLock lock = FolderLock.take(dataDir);
        try {
            formatOnce(dataDir);
            EmbeddedBroker broker = startWithFreePorts(dataDir, ports, lock);
            BrokerFailure.endsTheProcess(dataDir, false);
            return broker;
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /// A free port may be taken by someone else between finding and using it; then another pair is tried.
    private static EmbeddedBroker startWithFreePorts(Path dataDir, Supplier<Ports> finder, FolderLock lock) {
        for (int attempt = 1; ; attempt++) {
            Ports ports = finder.get();
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings(dataDir, ports), false), Time.SYSTEM);
            try {
                startUp(server);
                return new EmbeddedBroker(server, lock, ports.broker());
            } catch (RuntimeException e) {
                stop(server);
                if (attempt == MAX_ATTEMPTS || ports.free()) {
                    throw new IllegalStateException("the embedded broker did not start in " + dataDir, e);
                }
            }
        }
    }

    private static void startUp(KafkaRaftServer server) {
        synchronized (EmbeddedBroker.class) {
            BrokerFailure.isForTheCaller();
            server.startup();
        }
    }

    /// Where clients connect, `localhost:PORT`.
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /// The port of [#bootstrapServers()].
    public int port() {
        return port;
    }

    /// Stops the broker and waits until its files are closed. A second call does nothing.
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            stop(server);
            lock.close();
        }
    }

    private static void stop(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void formatOnce(Path dataDir) {
        if (Files.exists(dataDir.resolve(FORMATTED))) {
            return;
        }
        requireNothingElse(dataDir);
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream())) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(dataDir.toString())
                    .setMetadataLogDirectory(dataDir.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        } catch (Exception e) {
            throw new InvalidInputException(
                    "data folder " + dataDir + ": cannot be formatted for a broker: " + e.getMessage(), e);
        }
    }

    /// Kafka treats every other folder in its data folder as a partition and stops on the first that is not one.
    private static void requireNothingElse(Path dataDir) {
        try (Stream<Path> entries = Files.list(dataDir)) {
            entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.endsWith(METADATA_LOG))
                    .findFirst()
                    .ifPresent(entry -> {
                        throw new InvalidInputException("data folder " + dataDir
                                + ": must be empty or a broker's, found " + entry.getFileName()
                                + " in it: choose another folder");
                    });
        } catch (IOException e) {
            throw new InvalidInputException("data folder " + dataDir + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> settings(Path dataDir, Ports ports) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("log.dirs", dataDir.toString());
        String broker = "PLAINTEXT://" + HOST + ":" + ports.broker();
        settings.put("listeners", broker + ",CONTROLLER://" + HOST + ":" + ports.controller());
        settings.put("advertised.listeners", broker);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", NODE + "@" + HOST + ":" + ports.controller());
        settings.put("auto.create.topics.enable", "false");
        putSingleNode(settings);
        putQuickAndSmall(settings);
        return settings;
    }

    private static void putSingleNode(Map<String, String> settings) {
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
    }

    private static void putQuickAndSmall(Map<String, String> settings) {
        // After a crash the controller waits for the dead broker's session to expire, 9 s by default. A much
        // shorter session would fence a live broker on a busy machine.
        settings.put("broker.heartbeat.interval.ms", "250");
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("controller.quorum.election.timeout.ms", "100");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        settings.put("add.partitions.to.txn.retry.backoff.ms", "2"); // 20 by default, once in most transactions
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304"); // 128 MiB of heap by default
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
    }

    /// @param broker     where clients connect
    /// @param controller where the broker reaches its own controller
    record Ports(int broker, int controller) {

        /// @throws InvalidInputException when the wanted port is taken
        static Ports find(int wanted) {
            try (ServerSocket broker = bind(wanted);
                    ServerSocket controller = bind(0)) {
                return new Ports(broker.getLocalPort(), controller.getLocalPort());
            } catch (IOException e) {
                throw new InvalidInputException("no port on " + HOST + " can be used: " + e.getMessage(), e);
            }
        }

        /// False when one of the ports is taken now; Kafka's own exception does not always say so.
        boolean free() {
            try (ServerSocket first = new ServerSocket();
                    ServerSocket second = new ServerSocket()) {
                first.bind(new InetSocketAddress(HOST, broker));
                second.bind(new InetSocketAddress(HOST, controller));
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        private static ServerSocket bind(int port) throws IOException {
            ServerSocket socket = new ServerSocket();
            try {
                socket.bind(new InetSocketAddress(HOST, port));
                return socket;
            } catch (BindException e) {
                socket.close();
                throw new InvalidInputException(
                        "port " + port + " on " + HOST + " is in use: stop what listens there, or choose another port"
                                + " (" + e.getMessage() + ")",
                        e);
            }
        }
    }

    /// Held while the broker runs. Kafka locks the folder too, but only after it has opened the metadata log in it.
    private record FolderLock(FileChannel channel, FileLock held) {

        static FolderLock take(Path dataDir) {
            try {
                Files.createDirectories(dataDir);
                FileChannel channel = FileChannel.open(
                        dataDir.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = tryLock(channel);
                if (held == null) {
                    channel.close();
                    throw new InvalidInputException("data folder " + dataDir
                            + " is used by another broker: stop that one, or choose another folder");
                }
                return new FolderLock(channel, held);
            } catch (IOException e) {
                throw new InvalidInputException("data folder " + dataDir + " cannot be used: " + e, e);
            }
        }

        private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
            try {
                return channel.tryLock();
            } catch (OverlappingFileLockException e) {
                return null; // this process holds the lock
            }
        }

        void close() {
            try {
                channel.close(); // releases the lock
            } catch (IOException e) {
                throw new IllegalStateException("the lock of the data folder cannot be closed", e);
            }
        }
    }
}
