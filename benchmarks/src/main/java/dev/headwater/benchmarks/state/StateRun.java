package dev.headwater.benchmarks.state;

import dev.headwater.benchmarks.stream.Answers;
import dev.headwater.benchmarks.stream.Folders;
import dev.headwater.benchmarks.stream.HostProcess;
import dev.headwater.benchmarks.stream.HostedStream;
import dev.headwater.benchmarks.stream.PacedRounds;
import dev.headwater.benchmarks.stream.ReadingFlow;
import dev.headwater.benchmarks.stream.RoadReadings;
import dev.headwater.benchmarks.stream.Steady;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// One measurement of a case on a build, with a broker of its own: heap before and after the sensors come, a start
/// with empty local state, and in this second process bytes and processor time in the steady state.
final class StateRun {

    private static final int FILL = 14; // readings a sensor: the window, and two forecasts more
    private static final int RING = 50; // readings a sensor until it keeps no empty slot
    private static final int GROUP = 10_000; // sensors whose starting states exist at the same time
    private static final int WARM_UP_SLOTS = 3_000; // by then the clients' buffers have their size
    private static final int QUIET_SLOTS = 5;

    private static final Map<String, String> PATIENCE = Map.of("admin.default.api.timeout.ms", "60000");

    private final StateCase one;
    private final int seconds;
    private final ReadingFlow flow;
    private final Changelogs changelogs;
    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);

    private StateRun(StateCase one, int seconds, ReadingFlow flow, Changelogs changelogs) {
        this.one = one;
        this.seconds = seconds;
        this.flow = flow;
        this.changelogs = changelogs;
    }

    /// @param seconds of the steady state that are measured
    /// @param folder  for the data of broker and stream; deleted before and after
    static Map<Figure, Double> of(Build build, StateCase one, int seconds, Path folder)
            throws IOException, InterruptedException, ExecutionException {
        Folders.delete(folder);
        SensorNetwork network = one.network();
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(folder.resolve("broker"))) {
            ClientConfig client = new ClientConfig(broker.bootstrapServers(), PATIENCE);
            TopicAdmin.ensure(client, Topics.of(network).specs(HostedStream.PARTITIONS));
            try (ReadingFlow flow = new ReadingFlow(network, client, ValueFormat.BINARY, Answers.IGNORED);
                    Changelogs changelogs = new Changelogs(client)) {
                StateRun run = new StateRun(one, seconds, flow, changelogs);
                run.run(build, broker.bootstrapServers(), folder);
                return run.figures;
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private void run(Build build, String servers, Path folder)
            throws IOException, InterruptedException, ExecutionException {
        try (HostProcess stream = start(build, servers, folder.resolve("first"))) {
            figures.put(Figure.START, stream.startSeconds());
            fill(stream);
        }
        figures.put(Figure.RESTORED, changelogs.bytes() / 1e6);
        try (HostProcess stream = start(build, servers, folder.resolve("second"))) {
            figures.put(Figure.RESTORE, stream.startSeconds());
            int next = FILL;
            if (one.canBePaced()) {
                next = atAPace();
            }
            if (one.canBusyTheStream()) {
                atFullSpeed(stream, next);
            }
        }
    }

    /// @param state folder of its local state
    private HostProcess start(Build build, String servers, Path state) throws IOException {
        return HostProcess.start(
                build.classPath(),
                List.of("-Xmx" + one.heapGib() + "g"),
                StreamHost.class,
                List.of(servers, state.toString(), Integer.toString(one.sensors()), one.state()));
    }

    /// Makes the stream know its sensors. A few others pass many readings through it before, so that the
    /// difference in heap is neither Kafka's buffers nor loaded classes.
    private void fill(HostProcess stream) throws IOException {
        warmUp(0, WARM_UP_SLOTS);
        long without = quietHeap(stream, WARM_UP_SLOTS);
        for (int from = 0; from < one.sensors(); from += GROUP) {
            int to = Math.min(from + GROUP, one.sensors());
            stream.giveStates(from, to);
            flow.send(from, to, 0, FILL);
            flow.awaitForecasts();
        }
        stream.forgetStates();
        long with = quietHeap(stream, WARM_UP_SLOTS + QUIET_SLOTS);
        figures.put(Figure.HEAP, (double) (with - without) / one.sensors());
    }

    /// Bytes of heap after a few readings that flow alone: Kafka's clients keep the last answers of the broker, which
    /// are large after many readings.
    private long quietHeap(HostProcess stream, int slot) throws IOException {
        for (int quiet = 0; quiet < QUIET_SLOTS; quiet++) {
            warmUp(slot + quiet, slot + quiet + 1);
        }
        return stream.heap();
    }

    private void warmUp(int fromSlot, int toSlot) {
        flow.send(one.sensors(), one.sensors() + RoadReadings.WARM_UP_SENSORS, fromSlot, toSlot);
        flow.awaitForecasts();
    }

    /// Fills the rings of the windows first: slots without a reading would compress to nothing.
    ///
    /// @return the next slot
    private int atAPace() throws InterruptedException {
        int from = RING + 2; // in the middle of the day, when half of what is kept of it is known
        flow.send(0, one.sensors(), FILL, RING);
        sendPaced(RING, from);
        flow.awaitForecasts();
        long bytes = changelogs.bytes();
        sendPaced(from, from + seconds);
        flow.awaitForecasts();
        figures.put(Figure.CHANGELOG, (double) (changelogs.bytes() - bytes) / one.sensors() / seconds);
        return from + seconds;
    }

    private void sendPaced(int fromSlot, int toSlot) {
        flow.sendPaced(new PacedRounds(one.sensors(), fromSlot, toSlot, PacedRounds.Spread.EVEN, System.nanoTime()));
    }

    private void atFullSpeed(HostProcess stream, int from)
            throws IOException, InterruptedException, ExecutionException {
        Steady steady = Steady.of(flow, stream, one.sensors(), from, seconds);
        figures.put(Figure.RATE, steady.rate());
        figures.put(Figure.STREAM_TIME, steady.streamMicros());
        figures.put(Figure.PROCESS_TIME, steady.processMicros());
        figures.put(Figure.ALLOCATED, steady.allocatedBytes());
    }
}
