package dev.headwater.benchmarks.dashboard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a process uses while something is measured: a thread looks every second.
final class ServerUse implements AutoCloseable {

    private static final int PERCENT = 100;

    private final HeadwaterProcess server;
    private final long begun = System.nanoTime();
    private final double before;
    private final List<Double> residents = new ArrayList<>();
    private final Thread thread;

    ServerUse(HeadwaterProcess server) throws IOException {
        this.server = server;
        this.before = server.processorSeconds();
        this.thread = Thread.ofPlatform().daemon().start(this::look);
    }

    private void look() {
        try {
            while (true) {
                synchronized (residents) {
                    residents.add(server.resident());
                }
                Thread.sleep(1_000);
            }
        } catch (InterruptedException | IOException e) {
            // closed
        }
    }

    /// Processor time since the beginning, in per cent of a core.
    double share() throws IOException {
        return PERCENT * (server.processorSeconds() - before) / ((System.nanoTime() - begun) / 1e9);
    }

    /// Resident memory each second, in MiB.
    double[] residents() {
        synchronized (residents) {
            return residents.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
