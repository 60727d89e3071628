package dev.headwater.cli.bench;

import dev.headwater.cli.bench.BenchRow.Peer;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A run of suites as a table for people, a line as each row is measured.
public final class BenchTable {

    private static final String ROW = "%-32s %-44s %-34s %-24s %s";
    private static final String OF_PEER = "peer"; // begins the names of details that are another for each peer
    private static final int WHOLE = 100; // figures from here on are shown without decimals
    private static final double KILO = 1e3;
    private static final List<String> BYTES = List.of("B", "kB", "MB", "GB");

    private final PrintWriter out;
    private @Nullable BenchRow before;

    public BenchTable(PrintWriter out) {
        this.out = out;
    }

    public void printHead(Machine machine) {
        out.printf(
                Locale.ROOT,
                "%s, %d cores, vectors of %d bits; %s on %s; load %.1f; %s%n%n",
                machine.processor(),
                machine.cores(),
                machine.vectorBits(),
                machine.jvm(),
                machine.system(),
                machine.load(),
                machine.revision());
        print("row", "median (least to most)", "peer", "times as good", "");
    }

    /// A row of the same name as the one before has the same figure beside another peer, so it says only what is new.
    public void print(BenchRow row) {
        boolean repeats = before != null && before.name().equals(row.name());
        Map<String, Double> details = new LinkedHashMap<>(row.details());
        if (repeats) {
            details.entrySet().removeIf(detail -> !detail.getKey().startsWith(OF_PEER));
        }
        Peer peer = row.peer();
        String value = figure(row.value()) + " " + row.unit() + " " + spread(row.min(), row.max());
        print(
                repeats ? "" : row.name(),
                repeats ? "" : value,
                peer(row),
                peer == null ? "" : times(peer),
                details(details));
        before = row;
    }

    private void print(String name, String value, String peer, String times, String details) {
        String line = String.format(Locale.ROOT, ROW, name, value, peer, times, details);
        out.println(line.stripTrailing());
        out.flush();
    }

    private static String peer(BenchRow row) {
        Peer peer = row.peer();
        return peer == null ? "" : peer.name() + ": " + figure(peer.value()) + " " + row.unit();
    }

    private static String times(Peer peer) {
        return figure(peer.ratio()) + " " + spread(peer.minRatio(), peer.maxRatio());
    }

    private static String spread(double min, double max) {
        return "(" + figure(min) + " to " + figure(max) + ")";
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < WHOLE ? "%.2f" : "%,.0f", value);
    }

    private static String details(Map<String, Double> details) {
        return details.entrySet().stream()
                .map(detail -> detail(detail.getKey(), detail.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String detail(String name, double value) {
        return switch (name) {
            case "allocatedBytes" -> bytes(value) + " a call";
            case "peerGradientDifference" -> String.format(Locale.ROOT, "gradients differ by %.1e", value);
            case "maxError" -> String.format(Locale.ROOT, "error %.1e", value);
            case "peerMaxError" -> String.format(Locale.ROOT, "the peer's error %.1e", value);
            case "peakGflops" -> String.format(Locale.ROOT, "peak %.0f GFLOP/s", value);
            case "peakShare" -> String.format(Locale.ROOT, "%.0f %% of the peak", 100 * value);
            default -> name + " " + figure(value);
        };
    }

    private static String bytes(double bytes) {
        int thousands = bytes < KILO ? 0 : Math.min(BYTES.size() - 1, (int) (Math.log(bytes) / Math.log(KILO)));
        String form = thousands == 0 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, form, bytes / Math.pow(KILO, thousands), BYTES.get(thousands));
    }
}
