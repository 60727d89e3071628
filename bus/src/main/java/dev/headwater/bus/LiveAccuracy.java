package dev.headwater.bus;

import dev.headwater.forecasting.accuracy.AccuracyMerge;
import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The live accuracy of a network's models, as the newest records of its topic say it. Not thread-safe.
public final class LiveAccuracy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveAccuracy.class);

    private final TopicTail tail;
    private final AccuracyCodec codec = new AccuracyCodec();
    private final AccuracyMerge merge = new AccuracyMerge();

    private LiveAccuracy(TopicTail tail) {
        this.tail = tail;
    }

    /// @return empty when there is no such topic yet
    public static Optional<LiveAccuracy> open(ClientConfig client, SensorNetwork network) {
        return TopicTail.open(client, Topics.of(network).accuracy(), Map.of(), TopicTail.Begin.LAST)
                .map(LiveAccuracy::new);
    }

    /// Takes in what has come, without waiting for any.
    public void poll() {
        tail.poll(this::take);
    }

    private void take(byte[] value) {
        try {
            merge.take(codec.decode(value));
        } catch (BadAccuracyException e) {
            LOG.debug("no live accuracy, passed over: {}", e.getMessage());
        }
    }

    /// The figures of a model.
    ///
    /// @param artefact identity of the model
    public Optional<AccuracyReport.Model> model(String artefact) {
        return merge.models().stream()
                .filter(model -> model.artefact().equals(artefact))
                .findFirst();
    }

    /// The time up to which all partitions have reported, milliseconds since 1970; empty before the first
    /// report.
    public Optional<Long> time() {
        return merge.time();
    }

    @Override
    public void close() {
        tail.close();
    }
}
