package dev.headwater.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.KeywordClassifier;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.audio.KeywordGru;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.Network;
import dev.headwater.ingest.audio.Clip;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/// Sends clips through the stream and holds the words that come out against those spoken, and against those that the
/// same classifier tells offline.
final class SoundJudgement {

    private static final int LANES = 8;

    private final Network network;
    private final AudioSpec audio;
    private final ServedModel model;
    private final KeywordClassifier classifier;
    private final Guarantee guarantee;

    /// What went through the stream.
    ///
    /// @param frames          sent, ends included
    /// @param expected        events that had to come: one per clip
    /// @param missing         clips without an event
    /// @param doubled         events beyond the first of a clip
    /// @param sameAsOffline   share of the clips whose word is the one told offline
    /// @param framesPerSecond from the first frame sent to the last word read
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

    /// What came out.
    ///
    /// @param confusion of what was spoken and what the stream heard; clips without an event are not in it
    record Result(Confusion confusion, Flow flow) {}

    /// @throws InvalidInputException when the model knows no words
    SoundJudgement(Network network, AudioSpec audio, ServedModel model, Guarantee guarantee) {
        if (model.keywords() == null) {
            throw new InvalidInputException("model " + model.id() + ": must know words, network " + network.name()
                    + " listens for " + audio.words());
        }
        this.network = network;
        this.audio = audio;
        this.model = model;
        this.classifier = model.keywords();
        this.guarantee = guarantee;
    }

    /// @param continuous whether to send the clips as one long sound too
    Result judge(List<Clip> clips, boolean continuous) throws InterruptedException {
        SoundReplay.Outcome outcome = play(new SoundReplay(network, audio, model, guarantee), clips);
        Map<String, KeywordEvent> first = new HashMap<>();
        outcome.events().forEach(event -> first.putIfAbsent(event.source(), event));
        int[][] counts = new int[audio.words().size()][audio.words().size()];
        int same = 0;
        Set<String> sources = new HashSet<>();
        for (Clip clip : clips) {
            KeywordEvent event = first.get(clip.source());
            if (event != null && sources.add(clip.source())) {
                counts[word(clip.word())][word(event.word())]++;
                same += event.word().equals(offline(clip)) ? 1 : 0;
            }
        }
        Flow flow = new Flow(
                outcome.frames(),
                clips.size(),
                clips.size() - sources.size(),
                outcome.events().size() - first.size(),
                (double) same / clips.size(),
                guarantee.word(),
                outcome.frames() / outcome.seconds(),
                continuous ? continuous(clips) : null);
        return new Result(Confusion.of(audio.words(), counts), flow);
    }

    private int word(String word) {
        return audio.words().indexOf(word);
    }

    private String offline(Clip clip) {
        float[] probabilities = new float[audio.words().size()];
        classifier.classify(clip.samples(), 0, probabilities);
        return audio.words().get(KeywordGru.best(probabilities));
    }

    private SoundReplay.Outcome play(SoundReplay replay, List<Clip> clips) throws InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create("headwater-replay");
                ProgressBar bar = Output.bar("replay", clips.size(), " words")) {
            return replay.run(SoundInput.recordings(clips), LANES, clips.size(), folder.path(), bar::stepTo);
        }
    }

    private Utterances.Score continuous(List<Clip> clips) throws InterruptedException {
        SoundReplay replay = new SoundReplay(network, audio, model, guarantee);
        Utterances utterances = new Utterances(clips, audio);
        try (TemporaryFolder folder = TemporaryFolder.create("headwater-replay");
                ProgressBar bar = Output.bar("continuous", clips.size(), " words")) {
            SoundReplay.Outcome outcome =
                    replay.run(List.of(utterances.recording()), 1, Long.MAX_VALUE, folder.path(), bar::stepTo);
            return utterances.score(outcome.events(), replay.begin());
        }
    }
}
