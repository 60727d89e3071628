package dev.headwater.lab.engine;

import dev.headwater.forecasting.network.KnownKeys;
import dev.headwater.forecasting.text.YamlText;
import dev.headwater.trainer.study.Spread;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// An ordering of two rows that a document reports.
///
/// @param better    the row that is better on validation
/// @param than      the other row
/// @param notWorse  true when the document says no more than "not worse"
/// @param statement what the document says
public record Ordering(String better, String than, boolean notWorse, String statement) {

    private static final String FILE = "/lab/orderings.yaml";

    /// The file's one key.
    record All(List<Ordering> orderings) {}

    /// The orderings that come with Headwater.
    public static List<Ordering> shipped() {
        YAMLMapper yaml = YAMLMapper.builder().build();
        try (InputStream in = Ordering.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            byte[] bytes = in.readAllBytes();
            KnownKeys.require(YamlText.read(bytes, FILE, true, yaml), All.class, FILE, yaml);
            return yaml.readValue(bytes, All.class).orderings();
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " cannot be read", e);
        }
    }

    /// Whether it holds.
    ///
    /// @param better  figures of the better row by seed, ` / ` between them
    /// @param than    figures of the other row
    /// @param lead    mean lead of the better row, in the unit of the figure; above 0 when it is better
    /// @param spread  standard deviation of the lead over the seeds
    /// @param seeds   how many seeds both rows have
    /// @param holds   whether the means are in the order; for "not worse", within one standard deviation
    public record Verdict(
            Ordering ordering, String better, String than, double lead, double spread, int seeds, boolean holds) {}

    /// Compares the rows over the seeds that both have been run with.
    ///
    /// @return null when there is no such seed
    public @Nullable Verdict judge(List<RowResult> results) {
        List<RowResult[]> pairs = pairs(results);
        if (pairs.isEmpty()) {
            return null;
        }
        double[] leads =
                pairs.stream().mapToDouble(pair -> lead(pair[0], pair[1])).toArray();
        Spread spread = Spread.of(leads);
        return new Verdict(
                this,
                told(pairs, 0),
                told(pairs, 1),
                spread.mean(),
                spread.sd(),
                leads.length,
                notWorse ? spread.mean() >= -spread.sd() : spread.mean() > 0);
    }

    /// Results by seed in the same setting: the one with more seeds, of two the full one. A row may have one
    /// setting alone: then the settings differ.
    private List<RowResult[]> pairs(List<RowResult> results) {
        List<RowResult[]> full = pairs(results, true, true);
        List<RowResult[]> shorter = pairs(results, false, false);
        List<RowResult[]> same = full.size() >= shorter.size() ? full : shorter;
        if (!same.isEmpty()) {
            return same;
        }
        List<RowResult[]> mixed = pairs(results, true, false);
        return mixed.isEmpty() ? pairs(results, false, true) : mixed;
    }

    private List<RowResult[]> pairs(List<RowResult> results, boolean firstFull, boolean secondFull) {
        return results.stream()
                .filter(first -> first.row().equals(better) && first.full() == firstFull)
                .flatMap(first -> results.stream()
                        .filter(second -> second.row().equals(than)
                                && second.full() == secondFull
                                && second.randomSeed() == first.randomSeed())
                        .map(second -> new RowResult[] {first, second}))
                .toList();
    }

    private static double lead(RowResult first, RowResult second) {
        double difference = value(first) - value(second);
        return first.figure().isHigherBetter() ? difference : -difference;
    }

    private static double value(RowResult result) {
        Double validation = result.validation();
        return validation == null ? result.ours() : validation;
    }

    private static String told(List<RowResult[]> pairs, int which) {
        return pairs.stream()
                .map(pair -> String.format(Locale.ROOT, "%.3f", value(pair[which])))
                .collect(Collectors.joining(" / "));
    }
}
