package dev.headwater.streams;

import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ForecastEncoder;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.streams.state.SensorLayout;
import dev.headwater.streams.state.SensorState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Issues forecasts in micro-batches, and limits a sensor's pending forecasts to the older slots that its
/// ring keeps.
final class Issuer {

    private final SensorTable table;
    private final ProcessorContext<byte[], byte[]> context;
    private final ForecastEncoder encoder;
    private final Headers headers = new RecordHeaders(); // the form; copied into each record
    private final MicroBatch batch;
    private final int maxPending;
    private final boolean crashRepeats;
    private final EarlyCommit early;
    private boolean running;

    /// @param keeper gives forecasts their intervals
    Issuer(StreamParts parts, SensorTable table, ForecastKeeper keeper, ProcessorContext<byte[], byte[]> context) {
        this.table = table;
        this.context = context;
        ValueFormat form = parts.settings().form();
        this.encoder = new ForecastCodec(parts.network()).encoder(form);
        form.mark(headers);
        int batchSize = parts.settings().pace().batchSize();
        this.batch =
                new MicroBatch(parts.network(), parts.model(), batchSize, table, keeper, parts.metrics(), this::issue);
        this.maxPending = SensorLayout.maxPending(parts.network());
        this.crashRepeats = parts.settings().guarantee() == Guarantee.AT_LEAST_ONCE;
        Runnable commit = crashRepeats ? () -> {} : context::commit; // else forecasts are visible without one
        this.early = new EarlyCommit(parts.settings().pace().commitInterval(), commit);
    }

    /// Adds the forecasts that the previous instance left pending, before a reading changes the windows.
    /// This cannot happen in `init`: more than a batch may be pending, and `init` may not forward the
    /// forecasts of a full batch. They are added in the order of slots, so that the live accuracy of a slot
    /// is complete before that of the next begins.
    void start() {
        if (!running) {
            running = true;
            List<Pending> pending = new ArrayList<>();
            table.forEach(state -> state.forEachPending(slot -> pending.add(new Pending(state.sensor(), slot))));
            pending.sort(Comparator.comparingLong(Pending::slot));
            pending.forEach(this::addAgain);
        }
    }

    private record Pending(String sensor, long slot) {}

    private void addAgain(Pending pending) {
        SensorState state = table.find(pending.sensor);
        if (state != null) {
            batch.add(pending.sensor, state.window(), pending.slot);
        }
    }

    /// Marks the forecast at a slot as pending, and adds it to the batch.
    void add(SensorState state, long slot) {
        state.setPending(slot, true);
        batch.add(state.sensor(), state.window(), slot);
    }

    void flush() {
        batch.flush();
    }

    /// Flushes, and lets few forecasts become visible early; called at short intervals.
    ///
    /// @param now the clock, milliseconds
    void flush(long now) {
        batch.flush();
        early.look(now);
    }

    /// Forwards a forecast of the batch, and acknowledges its slot.
    private void issue(Forecast forecast, long slot) {
        byte[] key = forecast.sensor().getBytes(StandardCharsets.UTF_8);
        context.forward(
                new Record<>(key, encoder.encode(forecast), forecast.issuedAt(), headers),
                ForecastTopology.FORECASTS_SINK);
        table.acknowledge(forecast.sensor(), slot);
        early.issued();
    }

    /// Keeps a sensor within its ring; called after a reading was taken in. With at least once, a crash
    /// redelivers the readings since the last commit, and their forecasts are made again from the ring. So
    /// between two commits a sensor may not advance by more slots than its ring keeps beyond the window.
    void keepUp(SensorState state) {
        if (state.pendingCount() >= maxPending) {
            batch.flush();
        }
        if (crashRepeats && state.uncommitted() >= maxPending / 2) {
            context.commit();
        }
    }
}
