package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.KeywordClassifier;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.audio.Clip;
import dev.headwater.ingest.replay.ClipSource.Recording;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import dev.headwater.trainer.audio.ClipSplit;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;

/// Sends clips through the stream and holds the words that come out against those spoken, and against those that the
/// same classifier tells offline.
final class SoundBacktest {

    private static final int LANES = 8;

    private final SensorNetwork network;
    private final AudioSpec audio;
    private final ServedModel model;
    private final KeywordModel keywords;
    private final KeywordClassifier classifier;
    private final ChronologicalSplit.Part part;
    private final Guarantee guarantee;

    private SoundBacktest(
            SensorNetwork network,
            AudioSpec audio,
            ServedModel model,
            KeywordModel keywords,
            KeywordClassifier classifier,
            ChronologicalSplit.Part part,
            Guarantee guarantee) {
        this.network = network;
        this.audio = audio;
        this.model = model;
        this.keywords = keywords;
        this.classifier = classifier;
        this.part = part;
        this.guarantee = guarantee;
    }

    /// @throws InvalidInputException when the model does not fit the network, or knows no words
    static SoundBacktest of(
            SensorNetwork network,
            AudioSpec audio,
            ForecastModel model,
            ChronologicalSplit.Part part,
            Guarantee guarantee) {
        ServedModel served = ServedModel.of(model, network);
        if (model.keywords() == null || served.keywords() == null) {
            throw new InvalidInputException("model " + served.id() + ": must know words, network " + network.name()
                    + " listens for " + audio.words());
        }
        return new SoundBacktest(network, audio, served, model.keywords(), served.keywords(), part, guarantee);
    }

    /// Those of the part, parted as the model's training parted them.
    ///
    /// @param notice takes lines that a user should see
    List<Clip> clips(Path folder, Consumer<String> notice) {
        ClipSplit.By by = ClipSplit.By.valueOf(keywords.figures().split().toUpperCase(Locale.ROOT));
        ClipSplit split =
                SpeechTraining.clips(folder, network, by, keywords.figures().seed(), notice);
        return switch (part) {
            case TRAIN -> split.train();
            case VALIDATION -> split.validation();
            case TEST -> split.test();
        };
    }

    /// @param continuous whether to send the clips as one long sound too
    SoundReport judge(List<Clip> clips, boolean continuous) throws InterruptedException {
        SoundReplay.Outcome outcome = play(new SoundReplay(network, audio, model, guarantee), clips);
        Map<String, KeywordEvent> first = new HashMap<>();
        outcome.events().forEach(event -> first.putIfAbsent(event.source(), event));
        Heard heard = compare(clips, first);
        SoundReport.Flow flow = new SoundReport.Flow(
                outcome.frames(),
                clips.size(),
                clips.size() - heard.sources,
                outcome.events().size() - first.size(),
                (double) heard.sameAsOffline / clips.size(),
                guarantee.word(),
                outcome.frames() / outcome.seconds(),
                continuous ? continuous(clips) : null);
        return report(clips.size(), Confusion.of(audio.words(), heard.counts), flow);
    }

    /// What the stream heard of the clips.
    ///
    /// @param counts        `[said][heard]`
    /// @param sources       of which there is an event
    /// @param sameAsOffline of these, whose word is the one told offline
    private record Heard(int[][] counts, int sources, int sameAsOffline) {}

    /// @param first event by source
    private Heard compare(List<Clip> clips, Map<String, KeywordEvent> first) {
        int[][] counts = new int[audio.words().size()][audio.words().size()]; // [said][heard]
        int same = 0;
        Set<String> sources = new HashSet<>();
        for (Clip clip : clips) {
            KeywordEvent event = first.get(clip.source());
            if (event != null && sources.add(clip.source())) {
                counts[word(clip.word())][word(event.word())]++;
                same += event.word().equals(offline(clip)) ? 1 : 0;
            }
        }
        return new Heard(counts, sources.size(), same);
    }

    private SoundReport report(int clips, Confusion confusion, SoundReport.Flow flow) {
        return new SoundReport(
                network.name(),
                classifier.name(),
                part.label(),
                keywords.figures().split(),
                clips,
                confusion.accuracy(),
                confusion.labels(),
                confusion.counts(),
                confusion.hardest(),
                flow);
    }

    private int word(String word) {
        return audio.words().indexOf(word);
    }

    private String offline(Clip clip) {
        float[] probabilities = new float[audio.words().size()];
        classifier.classify(clip.samples(), 0, probabilities);
        return audio.words().get(KeywordEvent.likeliest(probabilities));
    }

    private SoundReplay.Outcome play(SoundReplay replay, List<Clip> clips) throws InterruptedException {
        return play(replay, "replay", SoundInput.recordings(clips), LANES, clips.size());
    }

    private Utterances.Score continuous(List<Clip> clips) throws InterruptedException {
        SoundReplay replay = new SoundReplay(network, audio, model, guarantee);
        Utterances utterances = new Utterances(clips, audio);
        SoundReplay.Outcome outcome = play(replay, "continuous", List.of(utterances.recording()), 1, clips.size());
        return utterances.score(outcome.events(), replay.begin());
    }

    /// @param words spoken in the recordings
    private static SoundReplay.Outcome play(
            SoundReplay replay, String name, List<Recording> recordings, int lanes, int words)
            throws InterruptedException {
        try (Stopping stopping = Stopping.onSignal();
                TemporaryFolder folder = TemporaryFolder.create("headwater-replay");
                ProgressBar bar = Output.bar(name, words, "words")) {
            return stopping.toTheEnd(
                    "replay",
                    () -> replay.run(recordings, lanes, folder.path(), done -> {
                        stopping.requireGoing("replay");
                        bar.stepTo(done);
                    }));
        }
    }
}
