package dev.headwater.lab.plot;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// A series reduced to what a picture can show: the lowest and the highest value of each of its pieces, in
/// their order.
/// Peaks stay, as they would not with every n-th value.
///
/// @param x places of the values, in units of the axis
/// @param y values; NaN where a piece has none, which leaves a gap in the line
record Thinned(double[] x, double[] y) {

    /// Thins a series out.
    ///
    /// @param from   first value
    /// @param to     value after the last
    /// @param pieces about as many as the picture has pixels; a series of up to twice as many values stays as
    ///               it is
    /// @param perX   values in a unit of the x axis
    static Thinned of(float[] values, int from, int to, int pieces, double perX) {
        int[] kept = to - from <= 2 * pieces
                ? IntStream.range(from, to).toArray()
                : IntStream.range(0, pieces)
                        .flatMap(
                                piece -> extremes(values, at(from, to, piece, pieces), at(from, to, piece + 1, pieces)))
                        .toArray();
        DoubleStream x = IntStream.of(kept).mapToDouble(i -> i / perX);
        return new Thinned(
                x.toArray(), IntStream.of(kept).mapToDouble(i -> values[i]).toArray());
    }

    private static int at(int from, int to, int piece, int pieces) {
        return from + (int) ((long) (to - from) * piece / pieces);
    }

    private static IntStream extremes(float[] values, int from, int to) {
        int lowest = from;
        int highest = from;
        for (int i = from; i < to; i++) {
            lowest = values[i] < values[lowest] || Float.isNaN(values[lowest]) ? i : lowest;
            highest = values[i] > values[highest] || Float.isNaN(values[highest]) ? i : highest;
        }
        return IntStream.of(Math.min(lowest, highest), Math.max(lowest, highest));
    }
}
