package dev.headwater.streams;

import dev.headwater.bus.ForecastCodec;
import dev.headwater.forecasting.Forecast;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Issues forecasts in micro-batches, and keeps those of a sensor that are pending within what its ring can
/// give back.
final class Issuer {

    private final SensorTable table;
    private final ProcessorContext<byte[], byte[]> context;
    private final ForecastCodec codec;
    private final MicroBatch batch;
    private final int maxPending;
    private final boolean crashRepeats;
    private boolean running;
    private int commitsAsked;

    Issuer(StreamParts parts, SensorTable table, ProcessorContext<byte[], byte[]> context) {
        this.table = table;
        this.context = context;
        this.codec = new ForecastCodec(parts.network());
        int batchSize = parts.settings().pace().batchSize();
        this.batch = new MicroBatch(parts.network(), parts.model(), batchSize, table, parts.metrics(), this::issue);
        this.maxPending = SensorState.maxPending(parts.network());
        this.crashRepeats = parts.settings().guarantee() == Guarantee.AT_LEAST_ONCE;
    }

    /// Takes over what the instance before left pending, before anything else changes the windows. The stream
    /// must run: nothing may be sent on from `init`, and there may be more of it than a batch holds.
    void start() {
        if (!running) {
            running = true;
            table.forEach((sensor, state) -> {
                for (long slot : state.pending()) {
                    batch.add(sensor, state.window(), slot);
                }
            });
        }
    }

    /// A forecast is pending from now on.
    void add(String sensor, SensorState state, long slot) {
        state.addPending(slot);
        batch.add(sensor, state.window(), slot);
    }

    void flush() {
        batch.flush();
    }

    /// A forecast of the batch, made at its slot, goes out.
    private void issue(Forecast forecast, long slot) {
        byte[] key = forecast.sensor().getBytes(StandardCharsets.UTF_8);
        context.forward(
                new Record<>(key, codec.encode(forecast), forecast.issuedAt()), ForecastTopology.FORECASTS_SINK);
        table.acknowledge(forecast.sensor(), slot);
    }

    /// Commits that were asked for so far.
    int commitsAsked() {
        return commitsAsked;
    }

    /// Lets no sensor get ahead of its ring, after a reading of it was stored. At least once, readings since
    /// the last commit come again after a crash, and their forecasts are made again from the ring. So no
    /// sensor may go on by more slots between two commits than its ring holds beyond the window.
    void keepUp(SensorState state) {
        if (state.pendingCount() >= maxPending) {
            batch.flush();
        }
        if (crashRepeats && state.uncommitted() >= maxPending / 2) {
            commitsAsked++;
            context.commit();
        }
    }
}
