package dev.headwater.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.headwater.cli.SoundWorkload;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.keyword.KeywordSettings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Model and clips of the demo of a network with sound. An existing model gets all clips in random order; a
/// model that is trained first gets the clips of its test speakers.
///
/// @param network  of sound
/// @param listener the model
/// @param clips    to play, in order
record SoundDemo(SensorNetwork network, Artefact listener, List<Clip> clips) {

    private static final Map<String, String> SHORTENED = Map.of("keyword.epochs", "15");

    /// @throws InvalidInputException when the named model does not exist
    static void requireModel(SensorNetwork network, @Nullable Path model, Path folder) {
        if (model != null && !Files.exists(model)) {
            throw new InvalidInputException(model + ": no model that listens: train one with headwater train --network "
                    + network.name() + " --from " + folder + ", or leave --model out");
        }
    }

    /// @param model null for the model that the local registry prefers, or a newly trained one if it has none
    static SoundDemo of(
            SoundWorkload sound, @Nullable Path model, Path folder, List<Clip> clips, long seed, PrintWriter out) {
        SensorNetwork network = sound.network();
        Optional<Path> known = Optional.ofNullable(model)
                .or(() -> new ModelRegistry(Path.of(ModelRegistry.DEFAULT_ROOT))
                        .preferred(network.name())
                        .map(ModelRegistry.Preferred::path));
        if (known.isPresent()) {
            return of(network, ModelRegistry.load(known.get()), clips, seed, out);
        }
        ClipSplit split = ClipSplit.of(clips, ClipSplit.By.SPEAKER, seed);
        out.printf(
                "%s: no model in models/%s, so a short training on %s%n",
                network.title(), network.name(), Words.count(split.train().size(), "clip"));
        out.flush();
        ForecastModel trained = train(sound, folder, split, seed);
        out.printf(
                Locale.ROOT,
                "%.1f %% of %s of unknown speakers told%n",
                100 * requireNonNull(trained.keywords()).figures().test().accuracy(),
                Words.count(split.test().size(), "word"));
        return of(network, trained, split.test(), seed, out);
    }

    private static SoundDemo of(
            SensorNetwork network, ForecastModel model, List<Clip> clips, long seed, PrintWriter out) {
        Artefact artefact = Artefact.of(ModelFile.write(model), "the model of the demo");
        List<Clip> drawn = new ArrayList<>(clips);
        Collections.shuffle(drawn, new Random(seed));
        out.printf(
                "%s: %s, %s listens%n",
                network.title(),
                Words.count(drawn.size(), "clip"),
                model.manifest().id());
        return new SoundDemo(network, artefact, drawn);
    }

    private static ForecastModel train(SoundWorkload sound, Path folder, ClipSplit split, long seed) {
        return sound.train(
                folder,
                split,
                TrainingSettings.DEFAULT.of(sound.network()).withSeed(seed),
                KeywordSettings.DEFAULT.of(sound.network()).with(SHORTENED).withSeed(seed));
    }

    SoundShow show(AudioSpec audio, Page page) {
        return new SoundShow(network, audio, listener, clips, page);
    }
}
