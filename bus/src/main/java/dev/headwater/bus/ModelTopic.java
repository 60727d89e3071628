package dev.headwater.bus;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Publishes artefacts to [Topics#MODELS]: key = name of the network, value = the sealed zip of the registry. The
/// newest record of a key is the model in service; publishing an older version again is therefore a rollback.
public final class ModelTopic {

    /// Header with the artefact's version in decimal, readable without unpacking. It is informative only: the
    /// version inside the artefact counts.
    public static final String VERSION_HEADER = "headwater-version";

    /// Largest artefact: leaves room for the headers and for what lz4 adds to a zip.
    private static final int MAX_BYTES = Topics.MAX_RECORD_BYTES - (128 << 10);

    private ModelTopic() {}

    /// An artefact that the broker has acknowledged.
    ///
    /// @param network key of the record
    /// @param model   `name@version`
    /// @param version of the artefact
    /// @param offset  of the record
    /// @param bytes   of the artefact
    public record Publication(String network, String model, int version, long offset, int bytes) {}

    /// Checks an artefact, publishes it, and waits until the broker has it; creates the topic when it is missing.
    ///
    /// @param artefact bytes of the sealed zip
    /// @param source   what to call it in messages
    /// @throws InvalidInputException when the artefact is damaged or too large for the topic, or no broker takes it
    public static Publication publish(ClientConfig client, byte[] artefact, String source) {
        ForecastModel model = ModelFile.read(artefact, source);
        requireRoom(artefact.length, source);
        TopicAdmin.ensure(client, List.of(Topics.models()));
        String network = model.manifest().network().name();
        int version = model.manifest().version();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.MODELS, network, artefact);
        record.headers().add(VERSION_HEADER, Integer.toString(version).getBytes(StandardCharsets.US_ASCII));
        long offset = send(client, record, source);
        return new Publication(network, model.manifest().id(), version, offset, artefact.length);
    }

    static void requireRoom(int bytes, String source) {
        if (bytes > MAX_BYTES) {
            throw new InvalidInputException(source + ": a model on " + Topics.MODELS + " must have at most " + MAX_BYTES
                    + " bytes, found " + bytes);
        }
    }

    private static long send(ClientConfig client, ProducerRecord<String, byte[]> record, String source) {
        try (KafkaProducer<String, byte[]> producer =
                client.openProducer("headwater-models", new ByteArraySerializer())) {
            return producer.send(record).get().offset();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TimeoutException timeout
                    ? client.unreachable(timeout)
                    : refused(source, requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the thread's flag again
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw refused(source, e);
        }
    }

    private static InvalidInputException refused(String source, Throwable cause) {
        return new InvalidInputException(
                source + ": the broker did not take the model on " + Topics.MODELS + ": " + cause.getMessage(), cause);
    }
}
