package dev.headwater.cli;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Sends a series at a steady pace, a slot a second, its sensors spread over that second, whatever happens to
/// the brokers. The first window is sent immediately, so that forecasts come from the first second on.
final class SteadyFeed implements AutoCloseable {

    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final long TICK_NANOS = Duration.ofMillis(5).toNanos();

    private final ClientConfig client;
    private final Series series;
    private final int sensors;
    private final int lookback;
    private final AtomicReferenceArray<@Nullable Integer> partitions; // [sensor]
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final CompletableFuture<Void> done;
    private volatile long startNanos;
    private volatile int rows;
    private volatile boolean stopping;

    private SteadyFeed(ClientConfig client, Series series) {
        this.client = client;
        this.series = series;
        this.sensors = series.sensors().size();
        this.lookback = series.network().window().lookback();
        this.partitions = new AtomicReferenceArray<>(sensors);
        this.done = CompletableFuture.runAsync(this::send, Thread.ofPlatform().name("feed")::start);
    }

    static SteadyFeed start(ClientConfig client, Series series) {
        return new SteadyFeed(client, series);
    }

    /// When a reading was due on the clock of [System#nanoTime()]. Not when it was sent: a producer that is held up
    /// must not shorten the delay that a user sees.
    long dueNanos(int row, int sensor) {
        return startNanos + (long) ((row - lookback) * (double) PERIOD.toNanos() + sensor * gapNanos());
    }

    SensorNetwork network() {
        return series.network();
    }

    /// Number of rows handed to the producer in full.
    int rows() {
        return rows;
    }

    /// Partition of a sensor's readings; null before the first was acknowledged.
    @Nullable
    Integer partition(int sensor) {
        return partitions.get(sensor);
    }

    private double gapNanos() {
        return (double) PERIOD.toNanos() / sensors;
    }

    private void send() {
        ReadingCodec codec = new ReadingCodec(series.network());
        try (KafkaProducer<String, byte[]> producer = client.openProducer("chaos", new ByteArraySerializer())) {
            startNanos = System.nanoTime();
            for (int row = 0; row < series.slots() && !stopping; row++) {
                for (int s = 0; s < sensors; s++) {
                    awaitDue(row, s);
                    send(producer, codec, row, s);
                }
                rows = row + 1;
            }
            producer.flush();
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a reading was not acknowledged", failed);
        }
    }

    private void awaitDue(int row, int sensor) {
        long left = dueNanos(row, sensor) - System.nanoTime();
        while (row >= lookback && left > TICK_NANOS) {
            LockSupport.parkNanos(left);
            left = dueNanos(row, sensor) - System.nanoTime();
        }
    }

    private void send(KafkaProducer<String, byte[]> producer, ReadingCodec codec, int row, int sensor) {
        long time = series.network().clock().startMillis(series.firstSlot() + row);
        byte[] value = codec.encode(new float[] {series.target(sensor, row)}, ValueFormat.JSON);
        String topic = Topics.of(series.network()).readings();
        producer.send(
                new ProducerRecord<>(topic, null, time, series.sensors().get(sensor), value), (where, problem) -> {
                    if (problem == null) {
                        partitions.set(sensor, where.partition());
                    } else {
                        failure.set(problem);
                    }
                });
    }

    /// Ends after the current slot, and waits until all readings are acknowledged.
    ///
    /// @throws java.util.concurrent.CompletionException when a reading was not acknowledged
    @Override
    public void close() {
        stopping = true;
        done.join();
    }
}
