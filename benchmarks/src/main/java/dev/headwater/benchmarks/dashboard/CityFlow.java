package dev.headwater.benchmarks.dashboard;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Puts readings and forecasts of a [City] onto its topics, all sensors in turn.
final class CityFlow implements AutoCloseable {

    private final City city;
    private final int sensors;
    private final int rate;
    private final KafkaProducer<String, byte[]> producer;
    private final ReadingCodec readings;
    private final ForecastCodec forecasts;
    private final Topics topics;
    private final long first; // slot
    private volatile boolean closed;
    private volatile long sent; // readings, as many forecasts
    private volatile @Nullable Exception fault;
    private @Nullable Thread thread;

    /// @param rate readings a second
    CityFlow(City city, int sensors, int rate, ClientConfig client) {
        this.city = city;
        this.sensors = sensors;
        this.rate = rate;
        this.producer = client.openProducer("page-benchmark", new ByteArraySerializer());
        this.readings = new ReadingCodec(city.network());
        this.forecasts = new ForecastCodec(city.network());
        this.topics = Topics.of(city.network());
        this.first = city.network().clock().slotOf(1_700_000_000_000L);
    }

    /// Sends slots of all sensors as fast as possible.
    void fill(int slots) {
        long until = sent + (long) slots * sensors;
        while (sent < until) {
            send();
        }
        producer.flush();
        requireSent();
    }

    /// Sends from now on, evenly, until [#stop()].
    void start() {
        thread = Thread.ofPlatform().name("city").start(() -> {
            long before = sent;
            long begun = System.nanoTime();
            while (!closed && fault == null) {
                long due = begun + (long) ((sent - before) * 1e9 / rate);
                if (due > System.nanoTime()) {
                    LockSupport.parkNanos(Math.max(2_000_000, due - System.nanoTime()));
                } else {
                    send();
                }
            }
            producer.flush();
        });
    }

    private void send() {
        int sensor = (int) (sent % sensors);
        long slot = slot(sent);
        long time = city.network().clock().startMillis(slot);
        String id = City.id(sensor);
        byte[] reading = readings.encode(new float[] {City.value(sensor, slot)}, ValueFormat.JSON);
        put(new ProducerRecord<>(topics.readings(), null, time, id, reading));
        put(new ProducerRecord<>(topics.forecasts(), null, time, id, forecasts.encode(city.forecast(sensor, slot))));
        sent++;
    }

    private void put(ProducerRecord<String, byte[]> message) {
        producer.send(message, (metadata, refused) -> fault = refused == null ? fault : refused);
    }

    private long slot(long number) {
        return first + number / sensors;
    }

    /// Readings sent so far, and as many forecasts.
    long sent() {
        return sent;
    }

    /// The slot of a sensor's newest reading.
    long newest(int sensor) {
        return slot(sent - 1 - Math.floorMod(sent - 1 - sensor, (long) sensors));
    }

    /// Ends the sending; what was sent is on the topics afterwards.
    void stop() throws InterruptedException {
        closed = true;
        if (thread != null) {
            thread.join();
        }
        requireSent();
    }

    private void requireSent() {
        if (fault != null) {
            throw new IllegalStateException("readings cannot be sent", fault);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        producer.close();
    }
}
