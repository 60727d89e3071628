package dev.headwater.cli;

import dev.headwater.forecasting.Words;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.lab.engine.Figures;
import dev.headwater.lab.engine.Ordering;
import dev.headwater.lab.engine.RowResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Tables of the lab for people.
final class LabTables {

    private static final String RESULT = "%-18s %-21s %9s %9s %9s %8s%n";
    private static final String ROW = "%-18s %6s  %s%n    %s%n";
    private static final String OTHER = "*";
    private static final int MINUTE = 60;

    private LabTables() {}

    static void print(PrintWriter out, List<RowSpec> rows) {
        out.printf(ROW, "row", "about", "the document's figure", "what it is");
        rows.forEach(row ->
                out.printf(ROW, row.row(), time(row.seconds()), row.metric().told(), row.title()));
    }

    private static String time(int seconds) {
        return seconds < MINUTE ? seconds + " s" : Math.round(seconds / (double) MINUTE) + " min";
    }

    static void printHead(PrintWriter out) {
        out.printf(RESULT, "row", "figure", "document", "ours", "naive", "seconds");
        out.flush();
    }

    /// @param kept true when it was run earlier
    static void print(PrintWriter out, RowResult result, boolean kept) {
        String document = Figures.of(result.figure(), result.seed()) + (result.sameData() ? " " : OTHER);
        out.printf(
                RESULT,
                result.row(),
                result.metric(),
                document,
                Figures.of(result.figure(), result.ours()),
                Figures.of(result.figure(), result.naive()),
                kept ? "kept" : String.format(Locale.ROOT, "%.1f", result.seconds()));
        out.flush();
    }

    static void printFoot(PrintWriter out, List<RowResult> results, Path folder) {
        if (results.stream().anyMatch(result -> !result.sameData())) {
            out.println(OTHER + " on the document's own data, which are others: compare the gains over naive");
        }
        out.println("results in " + folder + "; `headwater lab report` writes the pages");
        out.flush();
    }

    static void printOrderings(PrintWriter out, List<Ordering.Verdict> verdicts) {
        verdicts.forEach(verdict -> out.printf(
                Locale.ROOT,
                "%-8s %s: %s against %s (%s)%n",
                verdict.holds() ? "holds" : "not so",
                verdict.ordering().statement(),
                verdict.better(),
                verdict.than(),
                Words.count(verdict.seeds(), "seed")));
    }
}
