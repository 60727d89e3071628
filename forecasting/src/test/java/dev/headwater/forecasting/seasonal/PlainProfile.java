package dev.headwater.forecasting.seasonal;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// A plain version of the moving profile, in double precision and without a state: all days, one after the
/// other. Rows are Monday to Sunday, working day and day off, and the spread of these two.
final class PlainProfile {

    private static final int SPREAD = 9; // first row

    private final int bins;
    private final int width;
    private final int spreadWidth;
    private final double[][] rows = new double[11][];
    private final int[] seen = new int[11];

    /// @param width       bins per entry of a mean
    /// @param spreadWidth bins per entry of a spread, a multiple of `width`
    PlainProfile(int bins, int width, int spreadWidth) {
        this.bins = bins;
        this.width = width;
        this.spreadWidth = spreadWidth;
        for (int row = 0; row < rows.length; row++) {
            rows[row] = nothing(Math.ceilDiv(bins, row < SPREAD ? width : spreadWidth));
        }
    }

    private static double[] nothing(int entries) {
        double[] values = new double[entries];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /// Readings by day and bin, NaN = missing.
    static Map<LocalDate, double[]> days(Town town, float[] values) {
        Map<LocalDate, double[]> days = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            var time = town.local(town.first() + i);
            double[] day = days.computeIfAbsent(time.toLocalDate(), date -> nothing(town.slotsPerDay()));
            if (!Float.isNaN(values[i])) {
                int bin = (time.getHour() * 60 + time.getMinute()) / town.minutes();
                day[Math.min(bin, day.length - 1)] = values[i];
            }
        }
        return days;
    }

    /// Adds a day.
    ///
    /// @param values `[bin]`, NaN = missing
    void add(LocalDate date, double[] values) {
        if (Arrays.stream(values).allMatch(Double::isNaN)) {
            return;
        }
        double[] smooth = smoothed(values);
        int weekday = date.equals(Town.HOLIDAY) ? 6 : date.getDayOfWeek().getValue() - 1;
        int kind = weekday >= 5 ? 8 : 7;
        double[] distances = new double[smooth.length];
        for (int entry = 0; entry < smooth.length; entry++) {
            double usual = Double.isNaN(rows[kind][entry]) ? rows[15 - kind][entry] : rows[kind][entry];
            distances[entry] = Math.abs(smooth[entry] - usual);
        }
        fold(weekday, smooth, 0.25);
        fold(kind, smooth, 0.12);
        fold(kind + 2, means(distances), 0.12);
    }

    private double[] smoothed(double[] day) {
        double[] smooth = nothing(rows[0].length);
        for (int entry = 0; entry < smooth.length; entry++) {
            double sum = 0;
            double weights = 0;
            for (int bin = 0; bin < bins; bin++) {
                int beyond = Math.max(0, Math.max(entry * width - bin, bin - (entry * width + width - 1)));
                double weight = width == 1 ? Math.max(0, 3 - beyond) : beyond == 0 ? 3 : beyond == 1 ? 1 : 0;
                if (!Double.isNaN(day[bin])) {
                    sum += weight * day[bin];
                    weights += weight;
                }
            }
            smooth[entry] = sum / weights;
        }
        return smooth;
    }

    private double[] means(double[] distances) {
        int each = spreadWidth / width;
        double[] means = nothing(rows[SPREAD].length);
        for (int entry = 0; entry < means.length; entry++) {
            int to = Math.min(distances.length, (entry + 1) * each);
            means[entry] = Arrays.stream(distances, entry * each, to)
                    .filter(distance -> !Double.isNaN(distance))
                    .average()
                    .orElse(Double.NaN);
        }
        return means;
    }

    private void fold(int row, double[] day, double rate) {
        double share = Math.max(rate, 1.0 / ++seen[row]);
        for (int entry = 0; entry < day.length; entry++) {
            if (!Double.isNaN(day[entry])) {
                double before = rows[row][entry];
                rows[row][entry] = Double.isNaN(before) ? day[entry] : before + share * (day[entry] - before);
            }
        }
    }

    double weekday(int weekday, int kind, int bin) {
        double own = read(weekday, bin, width);
        return Double.isNaN(own) ? kind(kind, bin) : own;
    }

    double kind(int kind, int bin) {
        double own = read(7 + kind, bin, width);
        return Double.isNaN(own) ? read(8 - kind, bin, width) : own;
    }

    double spread(int kind, int bin) {
        return read(SPREAD + kind, bin, spreadWidth);
    }

    /// Linear between the centres of the entries.
    private double read(int row, int bin, int each) {
        double at = (bin - (each - 1) / 2.0) / each;
        int entry = bin / each;
        int other = at < entry ? entry - 1 : at > entry ? entry + 1 : entry;
        double own = rows[row][entry];
        boolean alone = other < 0 || other >= rows[row].length || Double.isNaN(rows[row][other]);
        return alone ? own : own + Math.abs(at - entry) * (rows[row][other] - own);
    }
}
