package dev.headwater.benchmarks.stream;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/// What a stream did and used in some seconds at full speed.
///
/// @param seconds   measured
/// @param forecasts read in this time
/// @param bytes     of their keys and values
/// @param used      by the stream's process
/// @param driver    by this process: broker, producer and reader
public record Steady(double seconds, double forecasts, double bytes, Usage used, Usage driver) {

    private static final int WARM_UP_FORECASTS = 500_000; // by then the code is compiled

    /// Sends readings as fast as they are answered, and measures when the code is compiled. Returns when all are
    /// answered.
    ///
    /// @param fromSlot first round that is sent
    /// @param seconds  that are measured; half as many pass before at least
    public static Steady of(ReadingFlow flow, HostProcess stream, int sensors, int fromSlot, int seconds)
            throws IOException, InterruptedException, ExecutionException {
        AtomicBoolean on = new AtomicBoolean(true);
        FutureTask<Long> sender = new FutureTask<>(() -> flow.sendWhile(on::get, sensors, fromSlot));
        Thread.ofPlatform().name("sender").start(sender);
        Steady steady;
        try {
            long compiled = flow.forecasts() + WARM_UP_FORECASTS;
            for (int waited = 0; waited < seconds / 2 || flow.forecasts() < compiled; waited++) {
                requireRunning(sender);
                Thread.sleep(1_000);
            }
            steady = now(flow, stream, seconds);
            requireRunning(sender);
        } finally {
            on.set(false);
        }
        sender.get();
        flow.awaitForecasts();
        return steady;
    }

    private static void requireRunning(FutureTask<Long> sender) throws InterruptedException, ExecutionException {
        if (sender.isDone()) {
            sender.get(); // throws what ended it
        }
    }

    private static Steady now(ReadingFlow flow, HostProcess stream, int seconds)
            throws IOException, InterruptedException {
        Usage usage = stream.usage();
        Usage own = Usage.now();
        long forecasts = flow.forecasts();
        long bytes = flow.bytes();
        long begun = System.nanoTime();
        Thread.sleep(1_000L * seconds);
        double made = flow.forecasts() - forecasts;
        double read = flow.bytes() - bytes;
        Usage used = stream.usage().less(usage);
        return new Steady(
                (System.nanoTime() - begun) / 1e9, made, read, used, Usage.now().less(own));
    }

    /// Forecasts a second.
    public double rate() {
        return forecasts / seconds;
    }

    /// Processor time of the stream threads a forecast, us.
    public double streamMicros() {
        return used.streamNanos() / 1e3 / forecasts;
    }

    /// Processor time of the stream's process a forecast, us.
    public double processMicros() {
        return used.processNanos() / 1e3 / forecasts;
    }

    /// Processor time of broker, producer and reader a forecast, us.
    public double driverMicros() {
        return driver.processNanos() / 1e3 / forecasts;
    }

    /// Cores that both processes kept busy; fewer than the machine has when other work took the rest.
    public double cores() {
        return (used.processNanos() + driver.processNanos()) / 1e9 / seconds;
    }

    /// Bytes that the stream threads allocated a forecast.
    public double allocatedBytes() {
        return used.allocated() / forecasts;
    }

    /// Bytes of key and value of a forecast.
    public double forecastBytes() {
        return bytes / forecasts;
    }
}
