package dev.headwater.benchmarks.kernel;

import java.lang.invoke.MethodHandles;
import java.util.function.DoubleSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Fused multiply-adds and nothing else, in as many independent chains as keep all units of a core busy. Defined
/// anew for each width of vectors ([FmaPeak]): the compiler must know the width as a constant.
final class FmaLoop implements DoubleSupplier {

    /// Each pass does chains times lanes times two operations.
    static final int CHAINS = 12;

    /// A millisecond or so, that handing the loop to another thread does not count.
    static final int PASSES = 500_000;

    private static final VectorSpecies<Float> SPECIES = species();
    private static final float FACTOR = 0.999f; // keeps the sums finite, and far from slow tiny numbers

    @SuppressWarnings("unchecked")
    private static VectorSpecies<Float> species() {
        try {
            return (VectorSpecies<Float>) MethodHandles.classData(MethodHandles.lookup(), "_", VectorSpecies.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @return something that depends on all of the sums
    @Override
    public double getAsDouble() {
        FloatVector x = FloatVector.broadcast(SPECIES, FACTOR);
        FloatVector y = FloatVector.broadcast(SPECIES, 1);
        FloatVector a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int pass = 0; pass < PASSES; pass++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        FloatVector sum = a.add(b)
                .add(c)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l);
        return sum.lane(0);
    }
}
