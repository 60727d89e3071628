package dev.headwater.bus;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Publishes artefacts to [Topics#MODELS]: key = network and [ModelRole], value = the sealed zip of the
/// registry, or the [PartsHead] of one that is too large for a record. The newest record of a key is the model
/// in that role; publishing an older champion again is therefore a rollback.
public final class ModelTopic {

    /// Header with the artefact's version in decimal, readable without unpacking. It is informative only: the
    /// version inside the artefact counts.
    public static final String VERSION_HEADER = "headwater-version";

    /// Sizes of records, in bytes.
    ///
    /// @param whole largest artefact that travels as one record
    /// @param part  of a larger one, in each record
    record Sizes(int whole, int part) {

        /// Leaves room for the headers and for what lz4 adds to a zip.
        static final Sizes DEFAULT = new Sizes(Topics.MAX_RECORD_BYTES - (128 << 10), 8 << 20);
    }

    /// An artefact has fewer than 4 GiB, in parts of 8 MiB.
    private static final int MOST_PARTS = 512;

    private static final String CLIENT = "headwater-models";
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(15); // what brokers allow by default
    private static final long SLOWEST = 1 << 20; // bytes a second

    private ModelTopic() {}

    /// An artefact that the broker has acknowledged.
    ///
    /// @param network  of the model
    /// @param role     `champion` or `challenger`
    /// @param model    `name@version`
    /// @param artefact [Artefact#identity()]
    /// @param version  of the artefact
    /// @param offset   of the record
    /// @param bytes    of the artefact
    public record Publication(
            String network, String role, String model, String artefact, int version, long offset, long bytes) {}

    /// Publishes the champion, see [#publish(ClientConfig, Artefact, ModelRole, LongConsumer)].
    public static Publication publish(ClientConfig client, Artefact artefact, LongConsumer progress) {
        return publish(client, artefact, ModelRole.CHAMPION, progress);
    }

    /// Checks an artefact, publishes it, and waits until the broker has it; creates the topic when it is
    /// missing.
    ///
    /// A large artefact is published in one transaction: a reader of committed records sees all of it or
    /// nothing, and so does compaction. Another publication of the same network ends one that has not been
    /// committed.
    ///
    /// @param progress receives the bytes of a large artefact that were sent so far
    /// @throws InvalidInputException when the artefact is damaged, no broker takes it, or another publication
    ///                               began meanwhile
    public static Publication publish(ClientConfig client, Artefact artefact, ModelRole role, LongConsumer progress) {
        return publish(client, artefact, role, progress, Sizes.DEFAULT);
    }

    static Publication publish(
            ClientConfig client, Artefact artefact, ModelRole role, LongConsumer progress, Sizes sizes) {
        ForecastModel model = ModelFile.read(artefact);
        TopicAdmin.ensure(client, List.of(Topics.models()));
        String network = model.manifest().network().name();
        int version = model.manifest().version();
        String key = role.key(network);
        long offset = taken(client, artefact.source(), () -> {
            byte[] header = Integer.toString(version).getBytes(StandardCharsets.US_ASCII);
            return artefact.size() <= sizes.whole
                    ? whole(client, key, artefact, header)
                    : inParts(client, key, artefact, header, progress, sizes.part);
        });
        return new Publication(
                network, role.word(), model.manifest().id(), artefact.identity(), version, offset, artefact.size());
    }

    /// Makes the challenger the champion: publishes it as that, then withdraws it as challenger. When this ends
    /// in between, the challenger is the champion already, and readers take it for none.
    ///
    /// @param challenger the artefact under the challenger's key
    /// @throws InvalidInputException as [#publish(ClientConfig, Artefact, ModelRole, LongConsumer)]
    public static Publication promote(ClientConfig client, Artefact challenger, LongConsumer progress) {
        Publication published = publish(client, challenger, ModelRole.CHAMPION, progress);
        withdraw(client, published.network());
        return published;
    }

    /// Withdraws the challenger of a network. There need not be one.
    ///
    /// @throws InvalidInputException when no broker takes it
    public static void withdraw(ClientConfig client, String network) {
        TopicAdmin.ensure(client, List.of(Topics.models()));
        String key = ModelRole.CHALLENGER.key(network);
        taken(client, "withdrawal of " + key, () -> {
            try (KafkaProducer<String, byte[]> producer = client.openProducer(CLIENT, new ByteArraySerializer())) {
                long offset = send(producer, key, null, null);
                deleteParts(producer, key, 0);
                producer.flush();
                return offset;
            }
        });
    }

    private static long whole(ClientConfig client, String key, Artefact artefact, byte[] version)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, byte[]> producer = client.openProducer(CLIENT, new ByteArraySerializer())) {
            return send(producer, key, artefact.copy(0, artefact.size()), version);
        }
    }

    private static long inParts(
            ClientConfig client, String key, Artefact artefact, byte[] version, LongConsumer progress, int part)
            throws ExecutionException, InterruptedException {
        long seconds = SHORTEST.toSeconds() + artefact.size() / SLOWEST;
        Duration timeout = Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
        try (KafkaProducer<String, byte[]> producer =
                client.openTransactionalProducer(CLIENT, CLIENT + "-" + key, timeout, new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            try {
                long offset = sendParts(producer, key, artefact, version, progress, part);
                producer.commitTransaction();
                return offset;
            } catch (Throwable e) {
                abort(producer, e);
                throw e;
            }
        }
    }

    private static void abort(KafkaProducer<?, ?> producer, Throwable cause) {
        try {
            producer.abortTransaction();
        } catch (ProducerFencedException e) {
            throw e; // the cause of the cause
        } catch (KafkaException e) {
            cause.addSuppressed(e);
        }
    }

    private static long sendParts(
            KafkaProducer<String, byte[]> producer,
            String key,
            Artefact artefact,
            byte[] version,
            LongConsumer progress,
            int part)
            throws ExecutionException, InterruptedException {
        int parts = Math.toIntExact(Math.ceilDiv(artefact.size(), part));
        for (int i = 0; i < parts; i++) { // one at a time: the producer's memory holds a few
            long end = Math.min(artefact.size(), (i + 1L) * part);
            send(producer, PartsHead.key(key, i), artefact.copy((long) i * part, end), null);
            progress.accept(end);
        }
        deleteParts(producer, key, parts); // an older artefact may have had more, which would stay for ever
        return send(producer, key, new PartsHead(artefact.sha256(), artefact.size(), parts).encode(), version);
    }

    private static void deleteParts(KafkaProducer<String, byte[]> producer, String key, int from) {
        for (int i = from; i < MOST_PARTS; i++) {
            producer.send(new ProducerRecord<>(Topics.MODELS, PartsHead.key(key, i), null));
        }
    }

    private static long send(
            KafkaProducer<String, byte[]> producer, String key, byte @Nullable [] value, byte @Nullable [] version)
            throws ExecutionException, InterruptedException {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.MODELS, key, value);
        if (version != null) {
            record.headers().add(VERSION_HEADER, version);
        }
        return producer.send(record).get().offset();
    }

    @FunctionalInterface
    private interface Sending {
        long offset() throws ExecutionException, InterruptedException;
    }

    private static long taken(ClientConfig client, String source, Sending sending) {
        try {
            return sending.offset();
        } catch (ExecutionException e) {
            throw failure(client, source, requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the thread's flag again
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw failure(client, source, e);
        }
    }

    private static InvalidInputException failure(ClientConfig client, String source, Throwable cause) {
        return switch (cause) {
            case TimeoutException timeout -> client.unreachable(timeout);
            case ProducerFencedException _, InvalidProducerEpochException _, InvalidTxnStateException _ ->
                new InvalidInputException(
                        source + ": not published on " + Topics.MODELS
                                + ": another publication of its network began, or" + " it took too long",
                        cause);
            default ->
                new InvalidInputException(
                        source + ": the broker did not take the model on " + Topics.MODELS + ": " + cause.getMessage(),
                        cause);
        };
    }
}
