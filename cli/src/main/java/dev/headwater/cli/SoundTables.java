package dev.headwater.cli;

import dev.headwater.backtest.SoundEvaluation;
import dev.headwater.backtest.SoundReport;
import dev.headwater.backtest.Utterances;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.trainer.keyword.SpeechTrainingReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Prints the figures of networks with sound as text.
final class SoundTables {

    private static final int MIN_WIDTH = 5;

    private SoundTables() {}

    /// What `evaluate` prints.
    static void print(PrintWriter out, SensorNetwork network, SoundEvaluation report) {
        out.printf(
                Locale.ROOT,
                "%s, %s split by %s: %.1f %% of %s right, real-time factor %.4f, %.1f s%n",
                report.words().network(),
                report.words().split(),
                report.words().by(),
                100 * report.words().accuracy(),
                Words.count(report.words().clips(), "clip"),
                report.realTimeFactor(),
                report.seconds());
        print(out, new Confusion(report.words().labels(), report.words().confusion()));
        Output.table(out, network.targetMeasure().unit(), Map.of(report.words().model(), report.energy()));
    }

    /// What `replay` prints.
    static void print(PrintWriter out, SoundReport report) {
        SoundReport.Passage stream = report.stream();
        out.printf(
                Locale.ROOT,
                "%s, %s split by %s: %s, %s tells %.2f %% of the words%n",
                report.words().network(),
                report.words().split(),
                report.words().by(),
                Words.count(report.words().clips(), "clip"),
                report.words().model(),
                100 * report.words().accuracy());
        print(out, new Confusion(report.words().labels(), report.words().confusion()));
        out.printf(
                Locale.ROOT,
                "%s through Kafka (%s), %.0f/s: %d of %s missing, %d doubled, %.2f %% as offline%n",
                Words.count(stream.frames(), "frame"),
                stream.guarantee(),
                stream.framesPerSecond(),
                stream.missing(),
                Words.count(stream.expected(), "word"),
                stream.doubled(),
                100 * stream.sameAsOffline());
        Utterances.Score score = stream.continuous();
        if (score != null) {
            out.printf(
                    Locale.ROOT,
                    "as one long sound: %s for %s, %d heard, %d of them right (%.2f %%), %d extra%n",
                    Words.count(score.events(), "event"),
                    Words.count(score.utterances(), "utterance"),
                    score.heard(),
                    score.right(),
                    100.0 * score.right() / Math.max(1, score.heard()),
                    score.extra());
        }
        out.flush();
    }

    /// What `train` prints.
    ///
    /// @param plots folder of the plots
    static void print(PrintWriter out, SensorNetwork network, SpeechTrainingReport report, Path plots) {
        out.printf(
                Locale.ROOT,
                "%s in %s%s: %s (best %d), seed %d, %.0f s; plots in %s%n",
                report.model(),
                report.path(),
                report.published() ? " and on " + Topics.MODELS : "",
                Words.count(report.epochs(), "epoch"),
                report.bestEpoch(),
                report.seed(),
                report.seconds(),
                plots);
        out.printf(
                Locale.ROOT,
                "words, split by %s: %.1f %% of %s right (validation %.1f %%), %d parameters, real-time"
                        + " factor %.4f%n",
                report.split(),
                100 * report.accuracy(),
                Words.count(report.clips().getOrDefault("test", 0), "test clip"),
                100 * report.validationAccuracy(),
                report.parameters(),
                report.realTimeFactor());
        print(out, new Confusion(report.labels(), report.confusion()));
        ReadingsTables.errors(out, network, report.model(), report.energy(), report.baselines());
    }

    private static void print(PrintWriter out, Confusion confusion) {
        List<String> words = confusion.labels();
        int width = Math.max(
                MIN_WIDTH, words.stream().mapToInt(String::length).max().orElse(0) + 1);
        out.print(" ".repeat(width));
        words.forEach(word -> out.print(right(word, width)));
        out.println("  <- heard");
        for (int said = 0; said < words.size(); said++) {
            out.print(right(words.get(said), width));
            confusion.counts().get(said).forEach(count -> out.print(right(String.valueOf(count), width)));
            out.println();
        }
        out.printf(
                Locale.ROOT,
                "hardest to tell apart: %s and %s%n",
                confusion.hardest().getFirst(),
                confusion.hardest().getLast());
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
