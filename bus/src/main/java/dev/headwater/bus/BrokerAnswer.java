package dev.headwater.bus;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/// The broker's answer to a request of an admin client.
public final class BrokerAnswer {

    private BrokerAnswer() {}

    /// Waits for the answer.
    ///
    /// @throws KafkaException Kafka's own exception, when the broker refuses or does not answer in time
    public static <T> T of(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException kafka) {
                throw kafka;
            }
            throw new IllegalStateException("request to the broker failed", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the thread's flag again
        }
    }
}
