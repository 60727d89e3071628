package dev.headwater.streams;

import dev.headwater.bus.BadDriftException;
import dev.headwater.bus.DriftCodec;
import dev.headwater.bus.DriftReportCodec;
import dev.headwater.forecasting.drift.DriftEvent;
import dev.headwater.forecasting.drift.DriftGroups;
import dev.headwater.forecasting.drift.DriftReport;
import dev.headwater.forecasting.drift.DriftSign;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Joins what the tasks report about drift into events. Their reports come on a topic of one partition, so one task
/// sees the whole network, whichever instance has it. It stores the reports that open groups need.
final class DriftProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(DriftProcessor.class);
    private static final String PART = "part/"; // keys in the store: the newest report of a part
    private static final String SIGN = "sign/"; // and those with the signs of open groups

    private final DriftMetrics metrics;
    private final String network;
    private final DriftReportCodec reports = new DriftReportCodec();
    private final DriftCodec events = new DriftCodec();
    private final DriftGroups groups;

    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<String, byte[]> store;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    DriftProcessor(String network, DriftMetrics metrics) {
        this.metrics = metrics;
        this.network = network;
        this.groups = new DriftGroups(network);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        store = context.getStateStore(ForecastTopology.DRIFT_STORE);
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(stored -> groups.restore(reports.decode(stored.value), context.currentSystemTimeMs()));
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        DriftReport report;
        try {
            report = reports.decode(record.value());
        } catch (BadDriftException e) {
            LOG.warn("a report about drift is left out: {}", e.getMessage());
            return;
        }
        DriftReport withoutSign = new DriftReport(report.part(), report.reached(), report.sensors(), null);
        store.put(PART + report.part(), reports.encode(withoutSign));
        DriftSign sign = report.sign();
        if (sign != null) {
            store.put(SIGN + sign.time() + "/" + sign.sensor(), record.value());
        }
        List<DriftEvent> complete = groups.add(report, context.currentSystemTimeMs());
        complete.forEach(this::issue);
        if (!complete.isEmpty()) {
            forgetComplete();
        }
    }

    private void issue(DriftEvent event) {
        LOG.warn(
                "network {}: {} of {} sensors drift, found by {}: {}",
                network,
                event.concerned(),
                event.known(),
                event.kinds(),
                event.sensors());
        metrics.count(event);
        byte[] key = network.getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(key, events.encode(event), event.to()), ForecastTopology.DRIFT_SINK);
    }

    private void forgetComplete() {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(stored -> {
                DriftSign sign = reports.decode(stored.value).sign();
                if (stored.key.startsWith(SIGN) && sign != null && !groups.isOpen(sign)) {
                    keys.add(stored.key);
                }
            });
        }
        keys.forEach(store::delete);
    }
}
