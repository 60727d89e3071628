package dev.headwater.forecasting.seasonal;

import java.util.Arrays;

/// The range of some values without the three highest and the three lowest, which may be wrong readings; they
/// count where there are few values. Reused, without allocation.
final class ValueRange {

    private static final int OUTER = 3;
    private static final int FEW = 96;

    private final float[] highest = new float[OUTER + 1]; // descending
    private final float[] lowest = new float[OUTER + 1]; // ascending negatives, so descending too
    private int count;

    void clear() {
        Arrays.fill(highest, Float.NEGATIVE_INFINITY);
        Arrays.fill(lowest, Float.NEGATIVE_INFINITY);
        count = 0;
    }

    void add(float value) {
        insert(highest, value);
        insert(lowest, -value);
        count++;
    }

    private static void insert(float[] greatest, float value) {
        if (value > greatest[OUTER]) {
            int at = OUTER;
            while (at > 0 && greatest[at - 1] < value) {
                greatest[at] = greatest[at - 1];
                at--;
            }
            greatest[at] = value;
        }
    }

    int count() {
        return count;
    }

    float high() {
        return highest[count < FEW ? 0 : OUTER];
    }

    float low() {
        return -lowest[count < FEW ? 0 : OUTER];
    }
}
