package dev.headwater.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.headwater.backtest.Backtest;
import dev.headwater.backtest.EvaluationReport;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.Scorer;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.kernels.Seq2SeqGru;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// What reading a history and evaluating a model on it cost, beside what the model's kernel alone takes for as many
/// windows on all cores: turns of the three alternate in one JVM. Prints medians with the least and the most, and the
/// ratio of reading and evaluating together to the kernel, each turn by itself.
public final class EvaluationCost {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BATCH = 1024; // as in an evaluation

    private final SensorNetwork network;
    private final Path file;
    private final Path model;

    private EvaluationCost(SensorNetwork network, Path file, Path model) {
        this.network = network;
        this.file = file;
        this.model = model;
    }

    /// Seconds that something took, and what it returned.
    ///
    /// @param allocated bytes of all threads
    private record Timed<T>(T value, double seconds, double processor, long allocated) {

        static <T> Timed<T> of(Supplier<T> work) {
            long bytes = THREADS.getTotalThreadAllocatedBytes();
            long processor = SYSTEM.getProcessCpuTime();
            long begun = System.nanoTime();
            T value = work.get();
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Timed<>(
                    value,
                    seconds,
                    (SYSTEM.getProcessCpuTime() - processor) / 1e9,
                    THREADS.getTotalThreadAllocatedBytes() - bytes);
        }
    }

    /// @param args network, file, model, number of turns
    public static void main(String[] args) {
        if (args.length != 4) {
            throw new IllegalArgumentException(
                    "must be given NETWORK FILE MODEL TURNS, found " + args.length + " words");
        }
        SensorNetwork network = NetworkFile.load(args[0]);
        new EvaluationCost(network, Path.of(args[1]), Path.of(args[2])).run(Integer.parseInt(args[3]));
    }

    private void run(int turns) {
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.printf(Locale.ROOT, "load %.1f, %d cores%n", SYSTEM.getSystemLoadAverage(), cores);
        double[] kernels = new double[turns];
        double[] reads = new double[turns];
        double[] evaluations = new double[turns];
        for (int turn = -1; turn < turns; turn++) { // the first warms up
            Timed<Series> read =
                    Timed.of(() -> DatasetReader.read(file, network).series());
            Timed<EvaluationReport> evaluated = Timed.of(() -> evaluate(read.value));
            long windows = evaluated.value.forecasts();
            float[] rows = packed(read.value);
            Timed<Double> kernel = Timed.of(() -> forward(rows, windows, cores));
            System.out.printf(
                    Locale.ROOT,
                    "%s %,d windows: kernel %.2f s (cpu %.2f), read %.2f (%.2f), evaluate %.2f (%.2f, %d bytes a window),"
                            + " MAE %.6f%n",
                    turn < 0 ? "cold  " : "turn " + turn,
                    windows,
                    kernel.seconds,
                    kernel.processor,
                    read.seconds,
                    read.processor,
                    evaluated.seconds,
                    evaluated.processor,
                    evaluated.allocated / windows,
                    evaluated.value.mean().mae());
            if (turn >= 0) {
                kernels[turn] = kernel.seconds;
                reads[turn] = read.seconds;
                evaluations[turn] = evaluated.seconds;
            }
        }
        print(kernels, reads, evaluations);
    }

    /// As `headwater evaluate` does: baselines, intervals and all.
    private EvaluationReport evaluate(Series series) {
        Backtest backtest = new Backtest(series, ChronologicalSplit.Part.TEST);
        return backtest.evaluate(backtest.resolve(model.toString()), Scorer.Sink.NONE, done -> {});
    }

    /// `[BATCH][row length]`, windows of the test part of the first sensor.
    private float[] packed(Series series) {
        ForecastModel trained = ModelRegistry.load(model);
        Features features = new Features(
                network,
                trained.scaler(),
                trained.manifest().sensors(),
                trained.manifest().architecture());
        ChronologicalSplit.Range test = ChronologicalSplit.of(series).range(ChronologicalSplit.Part.TEST);
        WindowBatch batch = new WindowBatch(network, BATCH, new SeriesHistory(series));
        float[] rows = new float[BATCH * features.shape().rowLength()];
        for (int w = 0; w < BATCH; w++) {
            batch.add(series, 0, test.first() + w % test.count());
            features.encode(batch, w, rows, w);
        }
        return rows;
    }

    /// The kernel on as many windows as were evaluated, in equal parts on all cores.
    private double forward(float[] rows, long windows, int cores) {
        ForecastModel trained = ModelRegistry.load(model);
        Seq2SeqGru gru = new Seq2SeqGru(trained.manifest().architecture(), trained.parameters());
        long batches = Math.ceilDiv(windows, (long) BATCH * cores);
        return IntStream.range(0, cores)
                .parallel()
                .mapToDouble(core -> {
                    float[] out = new float[BATCH * gru.shape().horizon()];
                    for (long b = 0; b < batches; b++) {
                        gru.forward(rows, 0, BATCH, out, 0);
                    }
                    return out[0];
                })
                .sum();
    }

    private static void print(double[] kernels, double[] reads, double[] evaluations) {
        double[] ratios = IntStream.range(0, kernels.length)
                .mapToDouble(turn -> (reads[turn] + evaluations[turn]) / kernels[turn])
                .toArray();
        System.out.printf("%nmedian of %d turns (least to most)%n", kernels.length);
        print("kernel, s", kernels);
        print("read, s", reads);
        print("evaluate, s", evaluations);
        print("read and evaluate / kernel", ratios);
    }

    private static void print(String what, double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%-27s %7.2f (%.2f to %.2f)%n",
                what,
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }
}
