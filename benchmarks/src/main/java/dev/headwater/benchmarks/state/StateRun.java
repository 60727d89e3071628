package dev.headwater.benchmarks.state;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// One measurement of a case on a build, with a broker of its own: heap before and after the sensors come, a start
/// with empty local state, and in this second process bytes and processor time in the steady state.
final class StateRun {

    private static final int FILL = 14; // readings a sensor: the window, and two forecasts more
    private static final int RING = 50; // readings a sensor until it keeps no empty slot
    private static final int GROUP = 10_000; // sensors whose starting states exist at the same time
    private static final int WARM_UP_SLOTS = 3_000; // by then the clients' buffers have their size
    private static final int QUIET_SLOTS = 5;
    private static final int WARM_UP_FORECASTS = 500_000; // by then the code is compiled

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
        delete(folder);
        SensorNetwork network = one.network();
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(folder.resolve("broker"))) {
            ClientConfig client = new ClientConfig(broker.bootstrapServers(), PATIENCE);
            TopicAdmin.ensure(client, Topics.of(network).specs(StreamHost.PARTITIONS));
            try (ReadingFlow flow = new ReadingFlow(network, client);
                    Changelogs changelogs = new Changelogs(client)) {
                StateRun run = new StateRun(one, seconds, flow, changelogs);
                run.run(build, broker.bootstrapServers(), folder);
                return run.figures;
            }
        } finally {
            delete(folder);
        }
    }

    private void run(Build build, String servers, Path folder)
            throws IOException, InterruptedException, ExecutionException {
        try (StreamProcess stream = StreamProcess.start(build, one, servers, folder.resolve("first"))) {
            figures.put(Figure.START, stream.startSeconds());
            fill(stream);
        }
        figures.put(Figure.RESTORED, changelogs.bytes() / 1e6);
        try (StreamProcess stream = StreamProcess.start(build, one, servers, folder.resolve("second"))) {
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

    /// Makes the stream know its sensors. A few others pass many readings through it before, so that the
    /// difference in heap is neither Kafka's buffers nor loaded classes.
    private void fill(StreamProcess stream) throws IOException {
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
    private long quietHeap(StreamProcess stream, int slot) throws IOException {
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
        flow.sendPaced(one.sensors(), RING, from);
        flow.awaitForecasts();
        long bytes = changelogs.bytes();
        flow.sendPaced(one.sensors(), from, from + seconds);
        flow.awaitForecasts();
        figures.put(Figure.CHANGELOG, (double) (changelogs.bytes() - bytes) / one.sensors() / seconds);
        return from + seconds;
    }

    private void atFullSpeed(StreamProcess stream, int from)
            throws IOException, InterruptedException, ExecutionException {
        AtomicBoolean on = new AtomicBoolean(true);
        FutureTask<Void> sender = new FutureTask<>(() -> flow.sendWhile(on::get, one.sensors(), from), null);
        Thread.ofPlatform().name("sender").start(sender);
        try {
            long compiled = flow.forecasts() + WARM_UP_FORECASTS;
            for (int waited = 0; waited < seconds / 2 || flow.forecasts() < compiled; waited++) {
                requireRunning(sender);
                Thread.sleep(1_000);
            }
            putSteady(stream);
            requireRunning(sender);
        } finally {
            on.set(false);
        }
        sender.get();
        flow.awaitForecasts();
    }

    private static void requireRunning(FutureTask<Void> sender) throws InterruptedException, ExecutionException {
        if (sender.isDone()) {
            sender.get(); // throws what ended it
        }
    }

    private void putSteady(StreamProcess stream) throws IOException, InterruptedException {
        Usage usage = stream.usage();
        long forecasts = flow.forecasts();
        long begun = System.nanoTime();
        Thread.sleep(1_000L * seconds);
        double made = flow.forecasts() - forecasts;
        Usage used = stream.usage().less(usage);
        figures.put(Figure.RATE, made / (System.nanoTime() - begun) * 1e9);
        figures.put(Figure.STREAM_TIME, used.streamNanos() / 1e3 / made);
        figures.put(Figure.PROCESS_TIME, used.processNanos() / 1e3 / made);
        figures.put(Figure.ALLOCATED, used.allocated() / made);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
