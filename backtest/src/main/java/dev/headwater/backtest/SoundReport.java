package dev.headwater.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `replay --json` prints of a network with sound: the figures of `evaluate`, and what went through the stream.
///
/// @param split     train, validation or test
/// @param by        how the clips were parted: `speaker` or `random`
/// @param accuracy  share of the words told right, of those that came
/// @param labels    the words, in the order of the confusion's rows and columns
/// @param confusion `[said][heard]`, what the stream heard; clips without an event are not in it
/// @param hardest   the two words most often taken for each other
public record SoundReport(
        String network,
        String model,
        String split,
        String by,
        int clips,
        double accuracy,
        List<String> labels,
        List<List<Integer>> confusion,
        List<String> hardest,
        @JsonUnwrapped Passage stream) {

    /// What went through the stream.
    ///
    /// @param frames          sent, ends included
    /// @param expected        events that had to come: one per clip
    /// @param missing         clips without an event
    /// @param doubled         events beyond the first of a clip
    /// @param sameAsOffline   share of the clips whose word is the one told offline
    /// @param framesPerSecond from the first frame sent to the last one taken in
    /// @param continuous      the clips as one long sound; null when not asked for
    public record Passage(
            long frames,
            int expected,
            int missing,
            int doubled,
            double sameAsOffline,
            String guarantee,
            double framesPerSecond,
            @JsonInclude(JsonInclude.Include.NON_NULL) Utterances.@Nullable Score continuous) {}

    /// The same, with what was heard in the clips as one long sound.
    public SoundReport with(Utterances.Score continuous) {
        Passage all = new Passage(
                stream.frames,
                stream.expected,
                stream.missing,
                stream.doubled,
                stream.sameAsOffline,
                stream.guarantee,
                stream.framesPerSecond,
                continuous);
        return new SoundReport(network, model, split, by, clips, accuracy, labels, confusion, hardest, all);
    }
}
