package dev.headwater.ingest.replay;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.FrameCodec;
import dev.headwater.bus.FrameSerializer;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.ReadingSerializer;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SlotClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Plays a source onto its network's readings topic in event-time order: slot by slot, all sensors of a slot,
/// key = sensor id, record time = start of the slot. One sensor's readings keep that order in their partition,
/// because the producer is idempotent. When the broker is slower than the source, the producer's full buffer
/// blocks the source.
public final class Replayer {

    private static final String CLIENT = "headwater-replayer";
    private static final long LOOK_AGAIN_NANOS = 200_000_000; // between checks for a failed send
    private static final long ACKNOWLEDGED_NANOS = 2_000_000;

    /// At that point nothing is left to send, or the broker is gone: without a limit an idempotent producer
    /// would wait for ever for a new producer id.
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    /// Longer than Kafka's own limit for a delivery (`delivery.timeout.ms`, 2 minutes), which does not apply
    /// while the producer waits for a producer id.
    private static final Duration SILENCE = Duration.ofSeconds(150);

    private final ClientConfig config;

    public Replayer(ClientConfig config) {
        this.config = config;
    }

    /// Plays until the range or the source ends, or the thread is interrupted; then waits for the broker's
    /// acknowledgements. The topic must exist (see `TopicAdmin`).
    ///
    /// @throws InvalidInputException when no broker answers, the topic does not exist, the range holds no slot
    ///                               of the source, or the broker refuses a reading
    public ReplayReport replay(SlotSource source, ReplayOptions options) {
        return replay(source, options, (sensor, slot, values) -> {});
    }

    /// Plays likewise, and calls the listener for each reading.
    ///
    /// @throws InvalidInputException see [#replay(SlotSource, ReplayOptions)]
    public ReplayReport replay(SlotSource source, ReplayOptions options, Listener<float[]> listener) {
        return replay(source, new Playback(source, options), listener);
    }

    /// Plays likewise, at the pace of a playback that others may control meanwhile.
    ///
    /// @param playback of this source, new for each replay
    /// @throws InvalidInputException see [#replay(SlotSource, ReplayOptions)]
    public ReplayReport replay(SlotSource source, Playback playback, Listener<float[]> listener) {
        ReadingSerializer serializer = new ReadingSerializer(
                new ReadingCodec(source.network()), playback.options().format());
        return replay(source, playback, serializer, Replayer::isMissing, (slot, sink) -> {
            source.emit(slot, (sensor, values) -> {
                listener.sending(sensor, slot, values);
                sink.accept(sensor, values);
            });
            return true;
        });
    }

    /// Plays frames of sound likewise; a source without a known end is played until it has ended.
    ///
    /// @param options the form is always binary
    /// @throws InvalidInputException see [#replay(SlotSource, ReplayOptions)]
    public ReplayReport replay(FrameSource source, ReplayOptions options) {
        return replay(source, options, (name, slot, frame) -> {});
    }

    /// Plays frames likewise, and calls the listener for each.
    ///
    /// @throws InvalidInputException see [#replay(SlotSource, ReplayOptions)]
    public ReplayReport replay(FrameSource source, ReplayOptions options, Listener<short[]> listener) {
        return replay(source, new Playback(source, options), listener);
    }

    /// Plays frames likewise, at the pace of a playback that others may control meanwhile.
    ///
    /// @param playback of this source, new for each replay
    /// @throws InvalidInputException see [#replay(SlotSource, ReplayOptions)]
    public ReplayReport replay(FrameSource source, Playback playback, Listener<short[]> listener) {
        FrameSerializer serializer = new FrameSerializer(new FrameCodec(source.network(), source.audio()));
        return replay(
                source,
                playback,
                serializer,
                frame -> false,
                (slot, sink) -> source.emit(slot, (name, frame) -> {
                    listener.sending(name, slot, frame);
                    sink.accept(name, frame);
                }));
    }

    private static boolean isMissing(float[] values) {
        for (float value : values) {
            if (!Float.isNaN(value)) {
                return false;
            }
        }
        return true;
    }

    /// Called just before each reading or frame is sent, on the thread that plays.
    ///
    /// @param <V> values of a reading, or samples of a frame
    @FunctionalInterface
    public interface Listener<V> {
        void sending(String sensor, long slot, V values);
    }

    /// Passes the values of a slot to `sink`, and returns whether more may follow.
    private interface Emitter<V> {
        boolean emit(long slot, BiConsumer<String, V> sink);
    }

    private <V> ReplayReport replay(
            Timeline source, Playback playback, Serializer<V> serializer, Predicate<V> missing, Emitter<V> emitter) {
        try {
            String topic = Topics.of(source.network()).readings();
            requireTopic(topic);
            KafkaProducer<String, V> producer = config.openProducer(CLIENT, serializer);
            return play(source, new Run<>(source, topic, producer, playback, missing, emitter));
        } finally {
            playback.end();
        }
    }

    private static <V> ReplayReport play(Timeline source, Run<V> run) {
        Playback playback = run.playback;
        long slots = playback.to() == Long.MAX_VALUE ? -1 : playback.to() - playback.from();
        String task = source.network().name();
        try (SlotProgress progress =
                SlotProgress.shown(task, slots, playback.options().progress())) {
            return run.play(progress);
        } finally {
            run.producer.close(CLOSE_WITHIN);
            if (run.interrupted) {
                Thread.currentThread().interrupt(); // not sooner: an interrupted thread can't close a producer
            }
        }
    }

    private void requireTopic(String topic) {
        try (Admin admin = config.openAdmin(CLIENT)) {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new InvalidInputException(
                        "topic " + topic + " does not exist at " + config.bootstrapServers() + ": create it first", e);
            }
            throw e.getCause() instanceof TimeoutException timeout
                    ? config.unreachable(timeout)
                    : new InvalidInputException("topic " + topic + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the thread's flag again
        }
    }

    /// One replay.
    private static final class Run<V> {

        private final SlotClock clock;
        private final String topic;
        private final KafkaProducer<String, V> producer;
        private final Playback playback;
        private final Predicate<V> isMissing;
        private final Emitter<V> emitter;
        private volatile @Nullable Exception failure; // set by the producer's thread
        private final AtomicLong acknowledged = new AtomicLong(); // counted by the producer's thread
        private boolean interrupted;
        private long sent;
        private long missing;

        Run(
                Timeline source,
                String topic,
                KafkaProducer<String, V> producer,
                Playback playback,
                Predicate<V> isMissing,
                Emitter<V> emitter) {
            this.clock = source.network().clock();
            this.topic = topic;
            this.producer = producer;
            this.playback = playback;
            this.isMissing = isMissing;
            this.emitter = emitter;
        }

        ReplayReport play(SlotProgress progress) {
            long start = System.nanoTime();
            long slot = playback.from();
            playback.begin();
            try {
                boolean more = true;
                while (more && slot < playback.to() && awaitDue(slot)) {
                    long time = clock.startMillis(slot);
                    more = emitter.emit(slot, (sensor, values) -> send(sensor, time, values));
                    slot++;
                    progress.at(slot - playback.from());
                }
                awaitAcknowledged();
            } catch (InterruptException e) {
                awaitAcknowledged();
            } catch (KafkaException e) {
                throw failed(e);
            }
            return new ReplayReport(topic, slot - playback.from(), sent, missing, (System.nanoTime() - start) / 1e9);
        }

        /// Waits until everything sent is acknowledged. An interrupt is remembered and does not end the wait.
        private void awaitAcknowledged() {
            long before = -1;
            long since = System.nanoTime();
            while (acknowledged.get() < sent) {
                interrupted |= Thread.interrupted();
                requireSent();
                if (acknowledged.get() != before) {
                    before = acknowledged.get();
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > SILENCE.toNanos()) {
                    throw new InvalidInputException("topic " + topic + ": the broker has acknowledged " + before
                            + " of " + sent + " readings and nothing more for " + SILENCE.toSeconds() + " s");
                }
                LockSupport.parkNanos(ACKNOWLEDGED_NANOS);
            }
            interrupted |= Thread.interrupted();
        }

        /// False when the thread was interrupted meanwhile.
        private boolean awaitDue(long slot) {
            try {
                while (!playback.awaitDue(slot, LOOK_AGAIN_NANOS)) {
                    requireSent();
                }
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // remembered once all is acknowledged
                return false;
            }
        }

        private void send(String sensor, long time, V values) {
            requireSent();
            producer.send(new ProducerRecord<>(topic, null, time, sensor, values), (metadata, e) -> {
                if (e == null) {
                    acknowledged.incrementAndGet();
                } else {
                    failure = e;
                }
            });
            sent++;
            missing += isMissing.test(values) ? 1 : 0;
        }

        private void requireSent() {
            Exception e = failure;
            if (e != null) {
                throw failed(e);
            }
        }

        private InvalidInputException failed(Exception e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return new InvalidInputException(
                    "topic " + topic + ": sending readings failed: "
                            + e.getClass().getSimpleName() + ": " + reason,
                    e);
        }
    }
}
