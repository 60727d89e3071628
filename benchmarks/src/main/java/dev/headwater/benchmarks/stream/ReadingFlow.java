package dev.headwater.benchmarks.stream;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.ReadingSerializer;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Sends readings, and reads the forecasts that answer them as a reader of committed records sees them. Of each
/// sensor every reading must be answered once and in order, from the one that fills its window on. One thread sends
/// at a time.
public final class ReadingFlow implements AutoCloseable {

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
    private final Answers answers;
    private final AnswerOrder order;
    private final Thread counter;
    private final AtomicLong expected = new AtomicLong();
    private final AtomicLong forecasts = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile @Nullable Throwable fault;
    private volatile boolean closed;

    /// @param form of the readings
    public ReadingFlow(SensorNetwork network, ClientConfig client, ValueFormat form, Answers answers) {
        this(network, client, form, network.window().span(), answers);
    }

    /// @param fullAfter readings of a sensor until the first that is answered
    public ReadingFlow(SensorNetwork network, ClientConfig client, ValueFormat form, int fullAfter, Answers answers) {
        this.network = network;
        this.topic = Topics.of(network).readings();
        this.firstSlot = RoadReadings.firstSlot(network);
        this.fullAfter = fullAfter;
        this.answers = answers;
        this.order = new AnswerOrder(network.maxSensors(), fullAfter - 1);
        this.producer =
                client.openProducer("benchmark-readings", new ReadingSerializer(new ReadingCodec(network), form));
        this.reader = TopicReader.open(client, Topics.of(network).forecasts());
        this.counter = Thread.ofPlatform().name("forecast-counter").start(this::count);
    }

    private void count() {
        try {
            while (!closed) {
                reader.poll().forEach(this::take);
            }
        } catch (RuntimeException e) {
            fault = e;
        }
    }

    /// @throws IllegalStateException when a forecast is missing or there twice
    private void take(ConsumerRecord<String, byte[]> record) {
        int sensor = RoadReadings.number(record.key());
        int slot = (int) (network.clock().slotOf(record.timestamp()) - firstSlot);
        order.take(sensor, slot);
        answers.add(sensor, slot, record.value());
        bytes.addAndGet(record.serializedKeySize() + record.serializedValueSize());
        forecasts.incrementAndGet();
    }

    /// Makes what waits for forecasts end.
    void fail(Throwable cause) {
        fault = cause;
    }

    /// Forecasts read so far.
    public long forecasts() {
        return forecasts.get();
    }

    /// Bytes of their keys and values.
    public long bytes() {
        return bytes.get();
    }

    /// Sends rounds, the reading of each sensor `[from, to)` at a slot, counted from 0.
    public void send(int from, int to, int fromSlot, int toSlot) {
        for (int slot = fromSlot; slot < toSlot; slot++) {
            for (int sensor = from; sensor < to; sensor++) {
                send(sensor, slot);
            }
        }
    }

    /// Sends rounds at a fixed pace, a second each, however long answers take.
    public void sendPaced(PacedRounds rounds) {
        for (int slot = rounds.fromSlot(); slot < rounds.toSlot(); slot++) {
            for (int sensor = 0; sensor < rounds.sensors(); sensor++) {
                long due = rounds.due(sensor, slot);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                send(sensor, slot);
            }
        }
    }

    /// Sends rounds as fast as the stream forecasts them. The last one may be cut short: then its other sensors are
    /// a slot behind.
    ///
    /// @return number of readings sent
    public long sendWhile(BooleanSupplier on, int sensors, int fromSlot) {
        long sent = 0;
        for (int slot = fromSlot; on.getAsBoolean(); slot++) {
            for (int sensor = 0; sensor < sensors && on.getAsBoolean(); sensor++) {
                send(sensor, slot);
                sent++;
            }
        }
        return sent;
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
    public void awaitForecasts() {
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
