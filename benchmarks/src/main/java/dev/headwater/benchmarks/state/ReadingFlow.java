package dev.headwater.benchmarks.state;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.ReadingSerializer;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Sends readings in binary form, and counts the forecasts as a reader of committed records sees them. One
/// thread sends at a time.
final class ReadingFlow implements AutoCloseable {

    /// Readings that may wait in the stream and its topic: so many that it always has work.
    private static final int MAX_AHEAD = 50_000;

    private static final long LOOK_AGAIN = 1_000_000; // ns
    private static final long STUCK = 120_000_000_000L; // ns

    private final SensorNetwork network;
    private final String topic;
    private final long firstSlot;
    private final int fullAfter; // readings until a sensor's window is full
    private final KafkaProducer<String, float[]> producer;
    private final TopicReader reader;
    private final Thread counter;
    private final AtomicLong expected = new AtomicLong();
    private final AtomicLong forecasts = new AtomicLong();
    private volatile @Nullable Throwable fault;
    private volatile boolean closed;

    ReadingFlow(SensorNetwork network, ClientConfig client) {
        this.network = network;
        this.topic = Topics.of(network).readings();
        this.firstSlot = RoadReadings.firstSlot(network);
        this.fullAfter = network.window().span();
        this.producer = client.openProducer(
                "state-benchmark", new ReadingSerializer(new ReadingCodec(network), ValueFormat.BINARY));
        this.reader = TopicReader.open(client, Topics.of(network).forecasts());
        this.counter = Thread.ofPlatform().name("forecast-counter").start(this::count);
    }

    private void count() {
        try {
            while (!closed) {
                Iterator<ConsumerRecord<String, byte[]>> records = reader.poll().iterator();
                for (; records.hasNext(); records.next()) {
                    forecasts.incrementAndGet();
                }
            }
        } catch (RuntimeException e) {
            fault = e;
        }
    }

    /// Forecasts read so far.
    long forecasts() {
        return forecasts.get();
    }

    /// Sends rounds, the reading of each sensor `[from, to)` at a slot, counted from 0.
    void send(int from, int to, int fromSlot, int toSlot) {
        for (int slot = fromSlot; slot < toSlot; slot++) {
            for (int sensor = from; sensor < to; sensor++) {
                send(sensor, slot);
            }
        }
    }

    /// Sends rounds, spread evenly over a second each.
    void sendPaced(int sensors, int fromSlot, int toSlot) {
        long begun = System.nanoTime();
        for (int slot = fromSlot; slot < toSlot; slot++) {
            for (int sensor = 0; sensor < sensors; sensor++) {
                long due = begun + (long) ((slot - fromSlot + (double) sensor / sensors) * 1e9);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                send(sensor, slot);
            }
        }
    }

    /// Sends rounds as fast as the stream forecasts them. The last one may be cut short.
    void sendWhile(BooleanSupplier on, int sensors, int fromSlot) {
        for (int slot = fromSlot; on.getAsBoolean(); slot++) {
            for (int sensor = 0; sensor < sensors && on.getAsBoolean(); sensor++) {
                send(sensor, slot);
            }
        }
    }

    private void send(int sensor, int slot) {
        awaitBehind(MAX_AHEAD);
        long absolute = firstSlot + slot;
        producer.send(
                new ProducerRecord<>(
                        topic, null, network.clock().startMillis(absolute), RoadReadings.sensor(sensor), new float[] {
                            RoadReadings.value(sensor, absolute)
                        }),
                (sent, refused) -> fault = refused == null ? fault : refused);
        if (slot >= fullAfter - 1) {
            expected.incrementAndGet();
        }
    }

    /// Waits until the forecast of every reading was read.
    void awaitForecasts() {
        producer.flush();
        awaitBehind(1);
        if (forecasts.get() != expected.get()) {
            throw new IllegalStateException("expected " + expected + " forecasts, found " + forecasts);
        }
    }

    /// Waits until fewer than `most` forecasts are missing.
    private void awaitBehind(int most) {
        long last = forecasts.get();
        long since = System.nanoTime();
        while (expected.get() - forecasts.get() >= most) {
            if (fault != null) {
                throw new IllegalStateException("readings or forecasts cannot be sent or read", fault);
            }
            if (forecasts.get() > last) {
                last = forecasts.get();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STUCK) {
                throw new IllegalStateException("no more forecasts after " + last + " of " + expected);
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        counter.join();
        reader.close();
        producer.close();
    }
}
