package dev.headwater.backtest;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.EnergyHistory;
import dev.headwater.forecasting.audio.KeywordClassifier;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.audio.KeywordScores;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.evaluation.Scorer;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.audio.ClipFolder;
import dev.headwater.ingest.replay.ClipSource;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// One part of a folder of clips, split as in the model's training, with its seed: the data that models of a
/// network with sound are evaluated on.
public final class SoundBacktest {

    private static final int LANES = 8;

    private final SensorNetwork network;
    private final AudioSpec audio;
    private final ServedModel model;
    private final KeywordModel keywords;
    private final KeywordClassifier classifier;
    private final Part part;
    private final List<Clip> clips;
    private final EnergyHistory energy;

    private SoundBacktest(
            SensorNetwork network,
            AudioSpec audio,
            ServedModel model,
            KeywordModel keywords,
            KeywordClassifier classifier,
            ClipSplit split,
            Part part) {
        this.network = network;
        this.audio = audio;
        this.model = model;
        this.keywords = keywords;
        this.classifier = classifier;
        this.part = part;
        this.clips = split.part(part);
        this.energy = EnergyHistory.of(network, audio, split);
    }

    /// @param folder of clips, a folder per word
    /// @param notice receives lines that a user should see
    /// @throws InvalidInputException when the model does not fit the network or knows no words, or the folder
    ///                               holds no clips
    public static SoundBacktest of(
            SensorNetwork network,
            AudioSpec audio,
            ForecastModel model,
            Path folder,
            Part part,
            Consumer<String> notice) {
        ServedModel served = ServedModel.of(model, network);
        KeywordModel keywords = model.keywords();
        KeywordClassifier classifier = served.keywords();
        if (keywords == null || classifier == null) {
            throw new InvalidInputException("model " + served.id() + ": must know words, network " + network.name()
                    + " listens for " + audio.words());
        }
        KeywordModel.Figures figures = keywords.figures();
        ClipSplit split =
                ClipSplit.of(ClipFolder.read(folder, audio, notice), ClipSplit.By.of(figures.split()), figures.seed());
        return new SoundBacktest(network, audio, served, keywords, classifier, split, part);
    }

    /// Number of clips.
    public int clips() {
        return clips.size();
    }

    /// Number of windows of the frames' energy.
    public int windows() {
        return energy.split().range(part).count();
    }

    /// Evaluates words and energy offline.
    ///
    /// @param progress receives the number of windows of energy done so far
    public SoundEvaluation evaluate(LongConsumer progress) {
        long begun = System.nanoTime();
        Confusion confusion = KeywordScores.of(classifier, clips);
        ErrorTable errors = new Evaluation(energy.series(), energy.split().range(part))
                .errors(model.forecaster(), null, Scorer.Sink.NONE, progress)
                .errors()
                .table(network);
        double realTimeFactor = KeywordScores.realTimeFactor(classifier, clips, audio.sampleRate());
        return new SoundEvaluation(scores(confusion), realTimeFactor, (System.nanoTime() - begun) / 1e9, errors);
    }

    /// Sends the clips through the stream and compares the words heard with those spoken, and with those that
    /// the same classifier gives offline.
    ///
    /// @param folder   for the files of broker and stream
    /// @param progress told the number of words heard so far
    public SoundReport replay(Guarantee guarantee, Path folder, LongConsumer progress) throws InterruptedException {
        SoundReplay.Outcome outcome = new SoundReplay(network, audio, model, guarantee)
                .run(ClipSource.recordings(clips), LANES, folder, progress);
        Map<String, KeywordEvent> first = new HashMap<>(); // by source
        outcome.events().forEach(event -> first.putIfAbsent(event.source(), event));
        int[][] counts = new int[audio.words().size()][audio.words().size()]; // [said][heard]
        int same = 0;
        for (Clip clip : clips) {
            KeywordEvent event = first.get(clip.source());
            if (event != null) {
                int heard = word(event.word());
                counts[word(clip.word())][heard]++;
                same += heard == KeywordScores.heard(classifier, clip) ? 1 : 0;
            }
        }
        Confusion confusion = Confusion.of(audio.words(), counts);
        return new SoundReport(
                scores(confusion),
                new SoundReport.Passage(
                        outcome.frames(),
                        clips.size(),
                        clips.size() - first.size(),
                        outcome.events().size() - first.size(),
                        (double) same / clips.size(),
                        guarantee.word(),
                        outcome.frames() / outcome.seconds(),
                        null));
    }

    /// Sends the clips through the stream as one long sound.
    ///
    /// @param folder   for the files of broker and stream
    /// @param progress told the number of words heard so far
    public Utterances.Score replayAsOne(Guarantee guarantee, Path folder, LongConsumer progress)
            throws InterruptedException {
        SoundReplay replay = new SoundReplay(network, audio, model, guarantee);
        Utterances utterances = new Utterances(clips, audio);
        SoundReplay.Outcome outcome = replay.run(List.of(utterances.recording()), 1, folder, progress);
        return utterances.score(outcome.events(), replay.begin());
    }

    private WordScores scores(Confusion confusion) {
        return new WordScores(
                network.name(),
                classifier.name(),
                part.label(),
                keywords.figures().split(),
                clips.size(),
                confusion.accuracy(),
                confusion.labels(),
                confusion.counts(),
                confusion.hardest());
    }

    private int word(String word) {
        return audio.words().indexOf(word);
    }
}
