package dev.headwater.benchmarks.kernel;

import dev.headwater.benchmarks.turns.Allocation;
import dev.headwater.benchmarks.turns.Contest;
import dev.headwater.benchmarks.turns.Contest.Contestant;
import dev.headwater.benchmarks.turns.Halves;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The most floating-point operations a second that a core does in this JVM.
final class FmaPeak implements AutoCloseable {

    private static final Contest TRIAL = new Contest(0.3, 0.1, 1);
    private static final int TURNS = 3;
    private static final long FEW_BYTES = 100_000; // other threads may allocate meanwhile
    private static final long LONGEST_NANOS = 30_000_000_000L;

    private final Halves halves = new Halves();
    private final DoubleSupplier loop;
    private final double flop; // of a run of the loop
    private final Map<Integer, Double> byWidth = new TreeMap<>(); // operations a second by bits
    private volatile double sink;

    /// Tries all widths of vectors that this JVM has, and keeps the fastest: wide vectors slow some processors down.
    FmaPeak() {
        Stream.of(FloatVector.SPECIES_128, FloatVector.SPECIES_256, FloatVector.SPECIES_512)
                .filter(species -> species.length() <= FloatVector.SPECIES_PREFERRED.length())
                .forEach(species -> byWidth.put(species.vectorBitSize(), rate(species)));
        int best = byWidth.entrySet().stream()
                .max(Comparator.comparingDouble(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
        VectorSpecies<Float> species = VectorSpecies.of(float.class, VectorShape.forBitSize(best));
        loop = loop(species);
        flop = flop(species);
    }

    /// Operations a second by bits of a vector, on one thread.
    Map<Integer, Double> byWidth() {
        return byWidth;
    }

    /// The loop on this many threads, 1 or 2.
    Contestant on(int threads) {
        Runnable one = () -> sink = loop.getAsDouble();
        return threads == 1 ? new Contestant(one, flop) : new Contestant(() -> halves.run(one, one), 2 * flop);
    }

    private double rate(VectorSpecies<Float> species) {
        DoubleSupplier tried = loop(species);
        awaitCompiler(tried);
        Contestant contestant = new Contestant(() -> sink = tried.getAsDouble(), flop(species));
        return TRIAL.measure(List.of(contestant), TURNS).getFirst().median();
    }

    /// Until the loop is optimised its vectors are objects.
    private void awaitCompiler(DoubleSupplier tried) {
        long end = System.nanoTime() + LONGEST_NANOS;
        long allocated = Long.MAX_VALUE;
        while (allocated > FEW_BYTES && System.nanoTime() < end) {
            long before = Allocation.total();
            sink = tried.getAsDouble();
            allocated = Allocation.total() - before;
        }
    }

    private static double flop(VectorSpecies<Float> species) {
        return 2.0 * species.length() * FmaLoop.CHAINS * FmaLoop.PASSES;
    }

    private static DoubleSupplier loop(VectorSpecies<Float> species) {
        try (InputStream code = FmaLoop.class.getResourceAsStream("FmaLoop.class")) {
            byte[] bytes = Objects.requireNonNull(code, "FmaLoop.class").readAllBytes();
            return (DoubleSupplier) MethodHandles.lookup()
                    .defineHiddenClassWithClassData(bytes, species, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        halves.close();
    }
}
