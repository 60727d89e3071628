package dev.headwater.streams;

import dev.headwater.bus.DeadLetterReason;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.truth.PendingLayout;
import dev.headwater.forecasting.window.SensorWindow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Metrics of readings and forecasts; those of models and keywords are in [ModelMetrics] and
/// [KeywordMetrics].
public final class StreamMetrics {

    /// Readings taken in, by what they did to the window.
    public static final String READINGS = "headwater.readings";
    /// Sensors remembered by an instance.
    public static final String KNOWN = "headwater.sensors.known";
    /// Sensors whose window is full, so that each reading brings a forecast.
    public static final String READY = "headwater.sensors.ready";
    /// Readings that were on the topic before the stream first started.
    static final String PAST = "headwater.backfill.records";
    /// Of these, those that have not been taken in.
    static final String PAST_REMAINING = "headwater.backfill.remaining";

    private static final double[] BATCH_BUCKETS = {1, 4, 16, 64, 256, 1024, 4096}; // windows
    private static final double[] SHARE_BUCKETS = {0.25, 0.5, 0.75, 0.9, 1}; // of observed slots

    final Meters meters;
    private final Map<SensorWindow.Arrival, Counter> readings;
    private final Map<DeadLetterReason, Counter> deadLetters;
    private final Map<Abstention, Counter> abstained;
    private final Map<Forgotten, Counter> forgotten;
    private final Map<Lost, Counter> lost;
    private final Map<Unscored, Counter> unscored;
    private final Counter forecasts;
    final Counter redelivered;
    private final DistributionSummary batchWindows;
    private final DistributionSummary observed;
    private final Timer inference;
    private final Timer latency;

    public StreamMetrics(MeterRegistry registry, String network) {
        meters = new Meters(registry, network);
        readings = meters.counters(
                READINGS,
                "Readings taken in, by what they did to the window",
                "arrival",
                Stream.of(SensorWindow.Arrival.values()),
                StreamMetrics::label);
        deadLetters = meters.counters(
                "headwater.dead.letters",
                "Records sent to the dead-letter topic, by reason",
                "reason",
                Stream.of(DeadLetterReason.values()),
                DeadLetterReason::code);
        abstained = meters.counters(
                "headwater.forecasts.abstained",
                "Windows without a forecast, by reason",
                "reason",
                Stream.of(Abstention.values()),
                StreamMetrics::label);
        forgotten = meters.counters(
                "headwater.sensors.forgotten",
                "Sensors whose state was removed, by reason",
                "reason",
                Stream.of(Forgotten.values()),
                StreamMetrics::label);
        lost = meters.counters(
                "headwater.state.unreadable",
                "Stored states that were dropped or rebuilt: stored by a newer version, or for other readings",
                "part",
                Stream.of(Lost.values()),
                StreamMetrics::label);
        unscored = meters.counters(
                "headwater.scoring.unscored",
                "Forecast steps that were not compared with a truth, by reason",
                "reason",
                Stream.of(Unscored.values()),
                StreamMetrics::label);
        forecasts = meters.counter("headwater.forecasts", "Forecasts issued");
        redelivered = meters.counter("headwater.readings.redelivered", "Readings delivered again after a crash");
        batchWindows = meters.distribution("headwater.batch.windows", null, "Windows forecast together", BATCH_BUCKETS);
        observed = meters.distribution(
                "headwater.window.observed", "ratio", "Share of a forecast's window that was observed", SHARE_BUCKETS);
        inference = meters.timer("headwater.inference", "Time to forecast one batch");
        latency = meters.timer(
                "headwater.latency", "Time from taking in a reading to issuing its forecast, oldest of a batch");
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Registers the gauges, which are read at each scrape.
    void watch(SensorCensus census) {
        meters.gauge(KNOWN, null, "Sensors remembered by this instance", census, SensorCensus::known);
        meters.gauge(READY, null, "Sensors with a full window", census, SensorCensus::ready);
        meters.gauge(
                "headwater.state.heap",
                "bytes",
                "Estimated heap that the states of the sensors take",
                census,
                SensorCensus::heapBytes);
        meters.gauge("headwater.state.heap.max", "bytes", "Heap that they may take", census, SensorCensus::maxBytes);
        meters.gauge(
                "headwater.sensors.silent",
                null,
                "Sensors whose newest reading lies too far behind what the others have reached",
                census,
                SensorCensus::silent);
        meters.gauge(
                "headwater.sensors.drifting",
                "Sensors that were found to drift, and have not calmed down since",
                census,
                SensorCensus::drifting);
        meters.gauge(
                "headwater.forecasts.owed",
                null,
                "Forecasts whose reading was taken in and which are not yet issued",
                census,
                SensorCensus::pending);
        meters.gauge(
                "headwater.event.time.lag",
                "seconds",
                "Clock minus the event time that the sensors have reached",
                census,
                this::lagSeconds);
    }

    /// Registers the gauges of the past.
    void watch(Backfill backfill) {
        meters.gauge(PAST, null, "Readings on the topic before the first start", backfill, Backfill::records);
        meters.gauge(PAST_REMAINING, null, "Of these, those not yet taken in", backfill, Backfill::remaining);
    }

    /// Registers the gauges of live accuracy.
    void watch(AccuracyBoard board, SensorNetwork network) {
        new AccuracyMetrics(meters, network, board).register(new PendingLayout(network).levels());
    }

    private double lagSeconds(SensorCensus census) {
        long reached = census.reached();
        return reached == SensorCensus.NOTHING
                ? Double.NaN
                : (meters.registry().config().clock().wallTime() - reached) / 1e3;
    }

    void reading(SensorWindow.Arrival arrival) {
        Meters.count(readings, arrival);
    }

    void deadLetter(DeadLetterReason reason) {
        Meters.count(deadLetters, reason);
    }

    /// Records the share of a forecast window's slots that had a value of the target.
    void window(int observedSlots, int lookback) {
        observed.record((double) observedSlots / lookback);
    }

    /// Why a sensor was forgotten; the label of its metric is derived from the name.
    enum Forgotten {
        /// It sent nothing for long.
        SILENT,
        /// It sent nothing for long, and never had a full window.
        NEWCOMER,
        /// It never had a full window, and there was no room for another sensor.
        ROOM
    }

    void forgotten(Forgotten reason, int sensors) {
        Meters.count(forgotten, reason, sensors);
    }

    /// What part of a stored state could not be read.
    enum Lost {
        WINDOW,
        SEASONAL,
        /// Forecasts whose truths were still to come, and what their intervals had learnt.
        PENDING,
        SOURCE
    }

    void lost(Lost part, int sensors) {
        Meters.count(lost, part, sensors);
    }

    /// Why a step of a forecast was not compared; the label of its metric is derived from the name.
    enum Unscored {
        /// No reading, or one without a value, came for its slot until the forecast's last step was over.
        NO_TRUTH,
        /// Its model was replaced so long ago that its figures are gone.
        MODEL
    }

    void unscored(Unscored reason) {
        Meters.count(unscored, reason);
    }

    /// Why a window got no forecast; the label of its metric is derived from the name.
    enum Abstention {
        /// Too few of its slots were observed.
        GAPS,
        /// The model gave values that are not finite.
        NOT_FINITE,
        /// The model failed, and no previous one could replace it.
        FAILED
    }

    void abstained(Abstention reason) {
        Meters.count(abstained, reason);
    }

    /// Records a batch of forecasts.
    ///
    /// @param windows      windows in it
    /// @param computeNanos time in the forecaster
    /// @param waitedNanos  time since the oldest of its readings was taken in
    void batch(int windows, long computeNanos, long waitedNanos) {
        forecasts.increment(windows);
        batchWindows.record(windows);
        inference.record(computeNanos, TimeUnit.NANOSECONDS);
        latency.record(waitedNanos, TimeUnit.NANOSECONDS);
    }
}
