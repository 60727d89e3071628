package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.stream.Answers;
import dev.headwater.benchmarks.stream.Folders;
import dev.headwater.benchmarks.stream.HostProcess;
import dev.headwater.benchmarks.stream.HostedStream;
import dev.headwater.benchmarks.stream.ReadingFlow;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A case that runs: a broker with the network's topics, producer and reader in this process, and what answers the
/// readings in another.
final class Rig implements AutoCloseable {

    private static final Map<String, String> PATIENCE = Map.of("admin.default.api.timeout.ms", "60000");
    private static final int FILL = 14; // readings a sensor: the window, and two forecasts more
    private static final int GROUP = 10_000; // sensors whose starting states exist at the same time

    private final StreamCase one;
    private final Path folder;
    private final EmbeddedBroker broker;
    private final ReadingFlow flow;
    private final HostProcess host;

    private Rig(StreamCase one, Path folder, EmbeddedBroker broker, ReadingFlow flow, HostProcess host) {
        this.one = one;
        this.folder = folder;
        this.broker = broker;
        this.flow = flow;
        this.host = host;
    }

    /// Starts everything, and returns when it runs.
    ///
    /// @param folder  of the benchmark; the data of broker and stream in it are deleted before and after
    /// @param answers takes what was read
    static Rig open(StreamCase one, Path folder, Answers answers) throws IOException, InterruptedException {
        Folders.delete(data(folder));
        SensorNetwork network = one.network();
        EmbeddedBroker broker = EmbeddedBroker.startTemporary(data(folder).resolve("broker"));
        ReadingFlow flow = null;
        try {
            ClientConfig client = new ClientConfig(broker.bootstrapServers(), PATIENCE);
            TopicAdmin.ensure(client, Topics.of(network).specs(HostedStream.PARTITIONS));
            flow = new ReadingFlow(network, client, one.readings(), one.fullAfter(), answers);
            HostProcess host = host(one, broker, folder);
            host.watch(flow);
            return new Rig(one, folder, broker, flow, host);
        } catch (IOException | RuntimeException e) {
            if (flow != null) {
                flow.close();
            }
            broker.close();
            throw e;
        }
    }

    /// Where a case's data lie in the folder of the benchmark.
    static Path data(Path folder) {
        return folder.resolve("data");
    }

    private static HostProcess host(StreamCase one, EmbeddedBroker broker, Path folder) throws IOException {
        Class<?> main = switch (one.engine()) {
            case KERNELS, ONNX_RUNTIME -> StreamHost.class;
            case PLAIN_LOOP -> PlainLoop.class;
        };
        List<String> args = new ArrayList<>();
        args.add(broker.bootstrapServers());
        args.add(folder.toString());
        args.addAll(one.words());
        return HostProcess.start(System.getProperty("java.class.path"), one.javaOptions(), main, args);
    }

    ReadingFlow flow() {
        return flow;
    }

    HostProcess host() {
        return host;
    }

    /// Makes the stream know its sensors, with eight full days behind each.
    ///
    /// @return the next slot, counted from 0
    int fill() throws IOException {
        for (int from = 0; from < one.sensors(); from += GROUP) {
            int to = Math.min(from + GROUP, one.sensors());
            host.giveStates(from, to);
            flow.send(from, to, 0, FILL);
            flow.awaitForecasts();
        }
        host.forgetStates();
        return FILL;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            host.close();
            flow.close();
        } finally {
            broker.close();
            Folders.delete(data(folder));
        }
    }
}
