package dev.headwater.lab.definition;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headwater.forecasting.InvalidInputException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A row of the lab: a system of a seed document, and the figure that the document reports.
///
/// @param row      its name on the command line
/// @param title    what it is, in a few words
/// @param document number of the document: `001`
/// @param data     what it is trained and scored on; none for a check
/// @param layers   from input to output; none for a baseline or a check
/// @param training how the network is fitted; given with `layers`
/// @param metric   what is compared with the document
/// @param quick    what differs without the full setting
/// @param sweep    the learning rate grows while the network is trained
/// @param generate the trained network goes on from its own output
/// @param check    compares values that the document prints, without training
/// @param showData true: the data are drawn as well
/// @param seconds  about how long it takes on two cores
/// @param remark   what a reader of the table must know
public record RowSpec(
        String row,
        String title,
        String document,
        @Nullable DataSpec data,
        @Nullable List<LayerSpec> layers,
        @Nullable TrainingSpec training,
        Metric metric,
        @Nullable Quick quick,
        @Nullable Sweep sweep,
        @Nullable Generate generate,
        @Nullable Check check,
        @Nullable Boolean showData,
        int seconds,
        @Nullable String remark) {

    /// What is measured.
    public enum Figure {
        @JsonProperty("mae")
        MAE,
        @JsonProperty("mse")
        MSE,
        @JsonProperty("rmse")
        RMSE,
        @JsonProperty("accuracy")
        ACCURACY,
        /// The largest difference from the printed values.
        @JsonProperty("difference")
        DIFFERENCE,
        /// The learning rate that a sweep suggests.
        @JsonProperty("rate")
        RATE;

        /// Whether a larger figure is better.
        public boolean isHigherBetter() {
            return this == ACCURACY;
        }
    }

    /// The part of the data that the document's figure is about.
    public enum Part {
        @JsonProperty("validation")
        VALIDATION,
        @JsonProperty("test")
        TEST
    }

    /// What is compared with the document.
    ///
    /// @param epoch    the epoch whose figure is taken; the best when not given
    /// @param document the document's figure, in the unit of the data, accuracies as shares; none when it
    ///                 reports none
    /// @param told     the document's figure in its own words
    /// @param naive    the document's figure of the naive forecast on its data
    public record Metric(
            Figure figure,
            Part part,
            @Nullable Integer epoch,
            @Nullable Double document,
            String told,
            @Nullable Double naive) {

        public Metric {
            require(figure != null, "figure", "one of mae, mse, rmse, accuracy, difference, rate, found none");
            require(part != null, "part", "validation or test, found none");
            require(told != null && !told.isBlank(), "told", "a text, found none");
            Count.require("epoch", epoch);
        }
    }

    /// A shorter run than the document's.
    ///
    /// @param patience        as in [TrainingSpec]
    /// @param samplesPerEpoch as in [TrainingSpec]
    public record Quick(
            @Nullable Integer epochs,
            @Nullable Integer samplesPerEpoch,
            @Nullable Integer patience) {

        public Quick {
            Count.require("epochs", epochs);
            Count.require("samplesPerEpoch", samplesPerEpoch);
            Count.require("patience", patience);
        }
    }

    /// A learning rate that grows from epoch to epoch.
    ///
    /// @param from         rate of the first epoch
    /// @param perFactorTen epochs in which it grows ten-fold
    public record Sweep(double from, int perFactorTen) {

        public Sweep {
            require(from > 0, "from", "above 0, found " + from);
            Count.require("perFactorTen", perFactorTen);
        }
    }

    /// Feeding a network its own output.
    ///
    /// @param steps how many values are generated
    public record Generate(int steps) {

        public Generate {
            Count.require("steps", steps);
        }
    }

    /// What a check compares.
    public enum Check {
        /// The bare recurrent network of document 003 with the library's layer.
        @JsonProperty("rnnByHand")
        RNN_BY_HAND,
        /// The windows that document 001 prints.
        @JsonProperty("windows")
        WINDOWS
    }

    /// @throws InvalidInputException naming the key and its rule
    public RowSpec {
        require(row != null && row.matches("[a-z0-9][a-z0-9-]*"), "row", "lower-case letters, digits and hyphens");
        require(title != null && !title.isBlank(), "title", "a text");
        require(document != null, "document", "a number in quotes such as '001'");
        require(metric != null, "metric", "keys and values such as {figure: mae, part: test, told: 2.62}");
        require((data == null) != (check == null), "data", "given, unless there is a check");
        require((layers == null) == (training == null), "training", "given with layers, and only then");
        require(layers == null || data != null, "layers", "given with data only");
        require(sweep == null || training != null, "sweep", "given with layers only");
        require(generate == null || training != null, "generate", "given with layers only");
        layers = layers == null ? null : List.copyOf(layers);
    }

    private static void require(boolean holds, String key, String rule) {
        if (!holds) {
            throw new InvalidInputException(key + " must be " + rule);
        }
    }

    /// The settings of a run.
    ///
    /// @param full true for the document's own setting
    /// @throws NullPointerException when the row trains nothing
    public TrainingSpec training(boolean full) {
        TrainingSpec given = Objects.requireNonNull(training, row);
        if (full || quick == null) {
            return given;
        }
        return new TrainingSpec(
                given.loss(),
                given.updater(),
                given.batch(),
                quick.epochs() == null ? given.epochs() : quick.epochs(),
                quick.samplesPerEpoch() == null ? given.samplesPerEpoch() : quick.samplesPerEpoch(),
                quick.patience() == null ? given.patience() : quick.patience());
    }

    /// Whether the data are drawn as well.
    public boolean showsData() {
        return Boolean.TRUE.equals(showData);
    }

    /// True when the document's own setting is what runs anyway.
    public boolean isAlwaysFull() {
        return quick == null;
    }
}
