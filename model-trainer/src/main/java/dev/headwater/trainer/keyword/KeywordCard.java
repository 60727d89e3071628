package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.audio.RecurrentKeywordClassifier;
import dev.headwater.kernels.ClassifierShape;
import dev.headwater.trainer.SettingsMapper;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The section of a model card on the keyword classifier.
final class KeywordCard {

    private KeywordCard() {}

    static String of(KeywordModel model) {
        return String.join(
                "\n", purpose(model), figures(model), confusion(model.figures().test()), limits());
    }

    private static String purpose(KeywordModel model) {
        ClassifierShape shape = model.shape();
        KeywordModel.Figures figures = model.figures();
        String settings = figures.settings().entrySet().stream()
                .map(one -> "`" + one.getKey() + "` " + one.getValue())
                .collect(Collectors.joining(", "));
        return """
                # %s: which word is spoken

                Tells %s apart in clips of %d samples: %d spectra of %s, a convolution of %d filters, %d %s%s of %d
                units, %s pooling; %d parameters, %d bytes.

                Cross-entropy, AdamW, one-cycle learning rate, augmented anew in each epoch; epoch %d of %d was the best
                on the validation part. Trained on %d clips in %.0f s. Seed %d. Settings: %s.
                """.formatted(
                        RecurrentKeywordClassifier.architecture(model),
                        String.join(", ", model.words()),
                        model.spectrum().samples(),
                        model.spectrum().frames(),
                        model.spectrum().bands() == 0
                                ? model.spectrum().width() + " bins"
                                : model.spectrum().bands() + " mel bands",
                        shape.filters(),
                        shape.layers(),
                        shape.bidirectional() ? "bidirectional " : "",
                        shape.cell(),
                        shape.hidden(),
                        SettingsMapper.label(shape.pooling()),
                        model.parameters().length,
                        (long) model.parameters().length * Float.BYTES,
                        figures.bestEpoch(),
                        figures.epochs(),
                        figures.trainClips(),
                        figures.seconds(),
                        figures.seed(),
                        settings);
    }

    private static String figures(KeywordModel model) {
        KeywordModel.Figures figures = model.figures();
        return """
                | | clips | accuracy |
                |---|---|---|
                | validation, by %s | %d | %s |
                | **test, by %s** | %d | %s |

                Hardest to tell apart: %s. One core takes %.2g s for a second of sound.
                """.formatted(
                        figures.split(),
                        figures.validation().clips(),
                        percent(figures.validation().accuracy()),
                        figures.split(),
                        figures.test().clips(),
                        percent(figures.test().accuracy()),
                        String.join(" and ", figures.test().hardest()),
                        figures.realTimeFactor());
    }

    private static String confusion(Confusion confusion) {
        List<String> words = confusion.labels();
        StringBuilder table = new StringBuilder("Test clips, said (rows) and heard (columns):\n\n| | ");
        table.append(String.join(" | ", words)).append(" |\n|---|").append("---|".repeat(words.size()));
        IntStream.range(0, words.size())
                .forEach(said -> table.append("\n| ")
                        .append(words.get(said))
                        .append(" | ")
                        .append(confusion.counts().get(said).stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" | ")))
                        .append(" |"));
        return table.append('\n').toString();
    }

    private static String limits() {
        return """
                - It knows these words alone: other words and noise are taken for one of them, at lower probability.
                - Clips of one recording campaign, one language and mostly close microphones; far ones will fare worse.
                """;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
