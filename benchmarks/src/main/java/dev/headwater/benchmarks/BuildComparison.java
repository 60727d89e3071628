package dev.headwater.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Compares the kernels of two builds in one JVM, with alternating calls, so that other load on the machine
/// affects both alike. Figures of two consecutive runs differ by more than most changes gain.
///
/// The first argument is the older checkout, the second the newer one; both are built.
public final class BuildComparison {

    private static final double WARM_UP_SECONDS = 4;
    private static final double SECONDS = 10;
    private static final List<Case> CASES = List.of(
            new Case("forecast", "InferenceBenchmark", "forecast", 1, 100),
            new Case("forecast", "InferenceBenchmark", "forecast", 325, 1),
            new Case("forecast", "InferenceBenchmark", "forecast", 1024, 1),
            new Case("training", "TrainingBenchmark", "step", 1024, 1));

    private BuildComparison() {}

    /// @param calls number of calls timed together
    private record Case(String name, String type, String method, int batch, int calls) {}

    /// One build's share of a case.
    ///
    /// @param times microseconds a call, by round
    /// @param bytes allocated by a call
    private record Share(double[] times, double bytes) {}

    public static void main(String[] args) throws Throwable {
        for (Case one : CASES) {
            MethodHandle[] builds = {bound(args[0], one), bound(args[1], one)};
            for (MethodHandle build : builds) {
                run(build, one, WARM_UP_SECONDS);
            }
            double[][] times = alternately(builds, one);
            print(one, share(times, 0, builds[0]), share(times, 1, builds[1]));
        }
    }

    private static MethodHandle bound(String checkout, Case one) throws ReflectiveOperationException {
        ClassLoader loader = new URLClassLoader(classPath(Path.of(checkout)), ClassLoader.getPlatformClassLoader());
        Class<?> type = loader.loadClass(BuildComparison.class.getPackageName() + "." + one.type);
        Object benchmark = type.getConstructor().newInstance();
        type.getField("batch").setInt(benchmark, one.batch);
        type.getField("threads").setInt(benchmark, 1);
        type.getMethod("windows").invoke(benchmark);
        return MethodHandles.lookup()
                .findVirtual(type, one.method, MethodType.methodType(float[].class))
                .bindTo(benchmark);
    }

    private static URL[] classPath(Path checkout) {
        Path target = checkout.resolve("benchmarks/target");
        try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
            return Stream.concat(Stream.of(target.resolve("classes")), jars)
                    .map(Path::toFile)
                    .map(BuildComparison::url)
                    .toArray(URL[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(target + ": build the benchmarks first", e);
        }
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(MethodHandle build, Case one, double seconds) throws Throwable {
        for (long end = end(seconds); System.nanoTime() < end; ) {
            micros(build, one.calls);
        }
    }

    private static long end(double seconds) {
        return System.nanoTime() + (long) (seconds * 1e9);
    }

    /// `[build][round]`
    private static double[][] alternately(MethodHandle[] builds, Case one) throws Throwable {
        double[][] times = new double[builds.length][0];
        for (long end = end(SECONDS); System.nanoTime() < end; ) {
            for (int build = 0; build < builds.length; build++) {
                times[build] = Arrays.copyOf(times[build], times[build].length + 1);
                times[build][times[build].length - 1] = micros(builds[build], one.calls);
            }
        }
        return times;
    }

    private static double micros(MethodHandle build, int calls) throws Throwable {
        long begun = System.nanoTime();
        for (int call = 0; call < calls; call++) {
            float[] result = (float[]) build.invokeExact();
            if (result.length == 0) {
                throw new IllegalStateException("computed nothing");
            }
        }
        return (System.nanoTime() - begun) / 1e3 / calls;
    }

    private static Share share(double[][] times, int number, MethodHandle build) throws Throwable {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int calls = 10;
        long before = thread.getCurrentThreadAllocatedBytes();
        micros(build, calls);
        return new Share(times[number], (thread.getCurrentThreadAllocatedBytes() - before) / (double) calls);
    }

    private static void print(Case one, Share older, Share newer) {
        double[] ratios = IntStream.range(0, older.times.length)
                .mapToDouble(round -> older.times[round] / newer.times[round])
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%-9s %5d  %10.1f us %10.1f us   %5.2f times as fast (%.2f to %.2f)   %,14.0f B %,9.0f B%n",
                one.name,
                one.batch,
                quantile(older.times, 0.5),
                quantile(newer.times, 0.5),
                quantile(ratios, 0.5),
                quantile(ratios, 0.25),
                quantile(ratios, 0.75),
                older.bytes,
                newer.bytes);
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        return sorted[(int) (share * (sorted.length - 1))];
    }
}
