package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.pipeline.StreamCase.Engine;
import dev.headwater.cli.bench.BenchRow;
import dev.headwater.cli.bench.BenchSuite;
import dev.headwater.streams.Guarantee;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Readings in, forecasts out, as fast as they go, beside a plain loop and a topology that scores record by record.
public final class PipelineSuite implements BenchSuite {

    private static final int SENSORS = 10_000;
    private static final int SECONDS = 15;
    private static final String EXACTLY_ONCE = "exactly-once";
    private static final String AT_LEAST_ONCE = "at-least-once";
    private static final String PLAIN_LOOP = "plain-loop";
    private static final String BINARY = EXACTLY_ONCE + ".binary";
    private static final String BINARY_LOOP = PLAIN_LOOP + ".binary";
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
        cases.put(BINARY, exactly.inBinary());
        cases.put(BINARY_LOOP, exactly.inBinary().by(Engine.PLAIN_LOOP));
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
        cases().keySet().stream()
                .filter(turns::has)
                .forEach(name -> peers(name).stream()
                        .filter(peer -> peer.isEmpty() || turns.has(peer))
                        .forEach(
                                peer -> rows.accept(turns.row("pipeline.sensors" + SENSORS + "." + name, name, peer))));
    }

    /// What a case is compared with; an empty name stands for nothing.
    private static List<String> peers(String name) {
        return switch (name) {
            case EXACTLY_ONCE -> List.of(PLAIN_LOOP, RECORD_BY_RECORD);
            case PLAIN_LOOP, BINARY_LOOP, RECORD_BY_RECORD -> List.of("");
            case BINARY -> List.of(EXACTLY_ONCE, BINARY_LOOP);
            default -> List.of(EXACTLY_ONCE);
        };
    }
}
