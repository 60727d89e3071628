package dev.headwater.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.audio.Confusion;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `replay` prints of a network with sound: the figures of `evaluate`, and what went through the stream.
///
/// @param split     train, validation or test
/// @param by        how the clips were parted: `speaker` or `random`
/// @param accuracy  share of the words told right, of those that came
/// @param labels    the words, in the order of the confusion's rows and columns
/// @param confusion `[said][heard]`, what the stream heard; clips without an event are not in it
/// @param hardest   the two words most often taken for each other
record SoundReport(
        String network,
        String model,
        String split,
        String by,
        int clips,
        double accuracy,
        List<String> labels,
        List<List<Integer>> confusion,
        List<String> hardest,
        @JsonUnwrapped Flow stream) {

    /// What went through the stream.
    ///
    /// @param frames          sent, ends included
    /// @param expected        events that had to come: one per clip
    /// @param missing         clips without an event
    /// @param doubled         events beyond the first of a clip
    /// @param sameAsOffline   share of the clips whose word is the one told offline
    /// @param framesPerSecond from the first frame sent to the last one taken in
    /// @param continuous      the clips as one long sound; null when not asked for
    record Flow(
            long frames,
            int expected,
            int missing,
            int doubled,
            double sameAsOffline,
            String guarantee,
            double framesPerSecond,
            @JsonInclude(JsonInclude.Include.NON_NULL) Utterances.@Nullable Score continuous) {}

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s, %s split by %s: %s, %s tells %.2f %% of the words%n",
                network,
                split,
                by,
                Words.count(clips, "clip"),
                model,
                100 * accuracy);
        Confusions.print(out, new Confusion(labels, confusion));
        out.printf(
                Locale.ROOT,
                "%s through Kafka (%s), %.0f a second: %d of %s missing, %d doubled, %.2f %% as offline%n",
                Words.count(stream.frames, "frame"),
                stream.guarantee,
                stream.framesPerSecond,
                stream.missing,
                Words.count(stream.expected, "word"),
                stream.doubled,
                100 * stream.sameAsOffline);
        Utterances.Score score = stream.continuous;
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
}
