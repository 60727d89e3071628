package dev.headwater.streams;

import dev.headwater.bus.BadDriftException;
import dev.headwater.bus.DriftCodec;
import dev.headwater.bus.DriftReportCodec;
import dev.headwater.forecasting.drift.DriftEvent;
import dev.headwater.forecasting.drift.DriftGroups;
import dev.headwater.forecasting.drift.DriftReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Joins what the tasks report about drift into events. Their reports come on a topic of one partition, so one task
/// sees the whole network, whichever instance has it. It stores the reports that the open group needs.
final class DriftProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(DriftProcessor.class);
    private static final String PART = "part/"; // keys in the store: the newest report of a part
    private static final String SENSOR = "sensor/"; // and the reports of the open group

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
            all.forEachRemaining(stored -> groups.restore(reports.decode(stored.value)));
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
        groups.add(report).ifPresent(this::issue);
        store.put(PART + report.part(), record.value());
        if (report.sign() != null) {
            store.putIfAbsent(SENSOR + report.sign().sensor(), record.value());
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
        forgetGroup();
    }

    private void forgetGroup() {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            for (KeyValue<String, byte[]> stored : (Iterable<KeyValue<String, byte[]>>) () -> all) {
                if (stored.key.startsWith(SENSOR)) {
                    keys.add(stored.key);
                }
            }
        }
        keys.forEach(store::delete);
    }
}
