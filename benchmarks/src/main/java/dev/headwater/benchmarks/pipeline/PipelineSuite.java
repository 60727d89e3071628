package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.pipeline.StreamCase.Engine;
import dev.headwater.bus.ValueFormat;
import dev.headwater.cli.bench.BenchRow;
import dev.headwater.cli.bench.BenchSuite;
import dev.headwater.streams.Guarantee;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Readings in, forecasts out, as fast as they go, beside a plain loop and a topology that scores record by record.
public final class PipelineSuite implements BenchSuite {

    private static final int SENSORS = 10_000;
    private static final int SECONDS = 15;
    private static final String EXACTLY_ONCE = Guarantee.EXACTLY_ONCE.word();
    private static final String AT_LEAST_ONCE = Guarantee.AT_LEAST_ONCE.word();
    private static final String PLAIN_LOOP = "plain-loop";
    private static final String RECORD_BY_RECORD = "onnxruntime-record-by-record";

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String description() {
        return "readings in, forecasts out, at full speed: broker, producer, stream and reader on this machine";
    }

    /// By name, in the order of a turn: the plain loop writes the values of the first.
    private static Map<String, StreamCase> cases() {
        StreamCase exactly = StreamCase.of(Guarantee.EXACTLY_ONCE, SENSORS);
        Map<String, StreamCase> cases = new LinkedHashMap<>();
        cases.put(EXACTLY_ONCE, exactly);
        cases.put(PLAIN_LOOP, exactly.by(Engine.PLAIN_LOOP));
        cases.put(RECORD_BY_RECORD, exactly.by(Engine.ONNX_RUNTIME));
        cases.put(AT_LEAST_ONCE, StreamCase.of(Guarantee.AT_LEAST_ONCE, SENSORS));
        cases.put(EXACTLY_ONCE + ".binary-readings", exactly.with(ValueFormat.BINARY));
        cases.put(EXACTLY_ONCE + ".no-intervals", exactly.withoutIntervals());
        cases.put(EXACTLY_ONCE + ".no-scoring", exactly.unscored());
        return cases;
    }

    @Override
    public void run(int repeats, Consumer<BenchRow> rows, Consumer<String> progress) throws Exception {
        Turns turns = RateRun.turns(cases(), Bench.seconds(SECONDS), repeats, progress);
        put(turns, rows);
    }

    private static void put(Turns turns, Consumer<BenchRow> rows) {
        beside(turns, EXACTLY_ONCE, PLAIN_LOOP, rows);
        if (turns.has(RECORD_BY_RECORD)) {
            beside(turns, EXACTLY_ONCE, RECORD_BY_RECORD, rows);
        }
        cases().keySet().stream()
                .filter(name -> !name.equals(EXACTLY_ONCE))
                .forEach(name -> beside(turns, name, EXACTLY_ONCE, rows));
    }

    /// A row of a case that was measured, beside its peer if that was measured too.
    private static void beside(Turns turns, String name, String peer, Consumer<BenchRow> rows) {
        if (turns.has(name)) {
            rows.accept(turns.row("pipeline.sensors" + SENSORS + "." + name, name, peer));
        }
    }
}
