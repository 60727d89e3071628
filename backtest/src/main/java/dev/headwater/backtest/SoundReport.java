package dev.headwater.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// Result of a replay of a network with sound: the figures of an evaluation, computed from the stream's events.
public record SoundReport(
        @JsonUnwrapped WordScores words, @JsonUnwrapped Passage stream) {

    /// What went through the stream.
    ///
    /// @param frames          records sent, including those that end a source
    /// @param expected        expected events: one per clip
    /// @param missing         clips without an event
    /// @param doubled         events beyond the first of a clip
    /// @param sameAsOffline   share of the clips whose word is the same as offline
    /// @param framesPerSecond from the first frame sent until the stream has taken in the last one
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

    /// The same report, with the score of the clips as one long sound.
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
        return new SoundReport(words, all);
    }
}
