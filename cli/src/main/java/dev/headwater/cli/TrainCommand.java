package dev.headwater.cli;

import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ChampionVerdict;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Trains a model and puts it into the registry.
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Train an encoder-decoder GRU on history, and keep the parameters that are best on"
                + " validation, also after Ctrl-C. A second Ctrl-C stops at once. Each epoch leaves a"
                + " checkpoint, from which --resume continues.",
        footer = {
            "",
            "Examples:",
            "  headwater train --network pems-bay --from pems-bay.h5",
            "  headwater train --network pems-bay --from topic --bootstrap localhost:9092",
            "  headwater train --network pems-bay --from pems-bay.h5 --publish",
            "  headwater train --network pems-bay --from pems-bay.h5 --resume",
            "  headwater train --network pems-bay --from pems-bay.h5 --seeds 3 --setting dropout=0.1",
            "  headwater train --network pems-bay --from pems-bay.h5 --lr-range-test --plots plots/",
            "  headwater train --network pems-bay --from pems-bay.h5 --ablate --seeds 1,2,3",
            "  headwater train --network pems-bay --from topic --service --every P7D --history P120D",
            "  headwater train --network speech --from speech-commands/ --split speaker"
        })
final class TrainCommand implements Runnable {

    @Mixin
    NetworkOption network = new NetworkOption();

    @Mixin
    HistoryOption from = new HistoryOption();

    @Mixin
    SensorsOption sensors = new SensorsOption();

    @Option(
            names = {"--registry", "--out"},
            defaultValue = ModelRegistry.DEFAULT_ROOT,
            paramLabel = "DIR",
            description = "Registry of models; default: ${DEFAULT-VALUE}.")
    Path out = Path.of(ModelRegistry.DEFAULT_ROOT);

    @Mixin
    TrainingOptions training = new TrainingOptions();

    @Option(names = "--resume", description = "Continue the training that was interrupted.")
    boolean resume;

    @Option(
            names = "--lr-range-test",
            description = "Train no model: raise the learning rate over some hundred updates, and suggest one.")
    boolean rangeTest;

    @Option(
            names = "--ablate",
            description = "Keep no model: train with and without each group of inputs, with each of --seeds,"
                    + " and print a table.")
    boolean ablate;

    @Option(
            names = "--split",
            converter = WordConverter.OfClipSplit.class,
            defaultValue = "speaker",
            paramLabel = "speaker|random",
            description = "How to split clips of sound: speaker (no speaker is in two parts) or random (by the"
                    + " seed); default: ${DEFAULT-VALUE}.")
    ClipSplit.By split = ClipSplit.By.SPEAKER;

    @Option(
            names = "--plots",
            paramLabel = "DIR",
            description = "Where --lr-range-test, or a network of sound, writes its plots as PNG; default for"
                    + " sound: beside the model.")
    @Nullable
    Path plots;

    @Option(
            names = "--licence",
            paramLabel = "TEXT",
            description = "Licence of the history, for the model card; default: the network's.")
    private @Nullable String licence;

    @Option(
            names = "--publish",
            description = "Also put the model on " + Topics.MODELS + ": every running `serve` switches to it.")
    boolean publish;

    @Mixin
    ServiceOptions service = new ServiceOptions();

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Mixin
    Answer answer = new Answer();

    @Override
    public void run() {
        requireOneWay();
        service.check(this);
        SensorNetwork definition = network.load(licence == null ? Map.of() : Map.of("licence", quoted(licence)));
        if (publish) {
            TopicAdmin.ensure(kafka.client(), List.of(Topics.models())); // a fault shows now, not after training
        }
        Workload.of(definition).train(this);
    }

    private void requireOneWay() {
        int ways = (rangeTest ? 1 : 0) + (ablate ? 1 : 0) + (resume ? 1 : 0);
        if (ways > 1 || (training.hasSeeds() && (rangeTest || resume))) {
            throw answer.wrong(
                    "--resume, --lr-range-test and --ablate exclude each other, and --seeds goes with --ablate alone");
        }
        if (publish && (rangeTest || ablate)) {
            throw answer.wrong("--publish: --lr-range-test and --ablate give no model to publish");
        }
    }

    /// As a YAML string, whatever is in it.
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// Makes the model champion if it beats the current one.
    ChampionVerdict promote(ModelRegistry.Published registered) {
        return new ModelRegistry(out).promote(registered);
    }

    ModelRegistry.Published register(ForecastModel model) {
        ModelRegistry.Published registered = new ModelRegistry(out).publish(model);
        if (publish) {
            publish(registered.file());
        }
        return registered;
    }

    /// Publishes the model. When that fails, the model and its figures stay in the registry: `models show`
    /// prints them.
    void publish(Path file) {
        try {
            ModelsPublishCommand.publish(kafka, ModelRegistry.artefact(file));
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    e.getMessage() + "; the model is kept: `headwater models publish " + file + "` tries again", e);
        }
    }
}
