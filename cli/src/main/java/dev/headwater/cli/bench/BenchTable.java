package dev.headwater.cli.bench;

import dev.headwater.cli.bench.BenchRow.Peer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// A run of suites as a table for people, a line as each row is measured.
public final class BenchTable {

    private static final String ROW = "%-38s %-34s  %-36s %-26s %s%n";
    private static final int WHOLE = 100; // figures from here on are shown without decimals
    private static final double KILO = 1e3;

    private final PrintWriter out;

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

    public void print(BenchRow row) {
        Peer peer = row.peer();
        String value = figure(row.value()) + " " + row.unit() + " " + spread(row.min(), row.max());
        print(row.name(), value, peer(row), peer == null ? "" : times(peer), details(row.details()));
    }

    private void print(String name, String value, String peer, String times, String details) {
        out.print(String.format(Locale.ROOT, ROW, name, value, peer, times, details)
                .replaceFirst(" +(?=\\R)", ""));
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
            case "maxError" -> String.format(Locale.ROOT, "error %.1e", value);
            case "peakShare" -> String.format(Locale.ROOT, "%.0f %% of the peak", 100 * value);
            default -> name + " " + figure(value);
        };
    }

    private static String bytes(double bytes) {
        String text = "";
        double rest = bytes;
        for (String unit : List.of("B", "kB", "MB", "GB")) {
            text = String.format(Locale.ROOT, rest < KILO && !unit.equals("B") ? "%.1f %s" : "%.0f %s", rest, unit);
            if (rest < KILO) {
                break;
            }
            rest /= KILO;
        }
        return Objects.requireNonNull(text);
    }
}
