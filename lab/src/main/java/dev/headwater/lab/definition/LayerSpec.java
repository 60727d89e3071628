package dev.headwater.lab.definition;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.definition.Layer.Activation;
import dev.headwater.lab.definition.Layer.Cell;
import dev.headwater.lab.definition.Layer.Recurrent;
import dev.headwater.lab.definition.Layer.Units;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A layer as the file names it: exactly one of these keys.
public record LayerSpec(
        Layer.@Nullable Normalise normalise,
        Layer.@Nullable Embedding embedding,
        Layer.@Nullable Convolution convolution,
        Layer.@Nullable MaxPooling maxPooling,
        Layer.@Nullable GlobalMaxPooling globalMaxPooling,
        Layer.@Nullable GlobalAveragePooling globalAveragePooling,
        Layer.@Nullable Flatten flatten,
        Layer.@Nullable Dense dense,
        Layer.@Nullable Dropout dropout,
        Layer.@Nullable Repeat repeat,
        Layer.@Nullable Scale scale,
        @Nullable Units rnn,
        @Nullable Units lstm,
        @Nullable Units gru) {

    /// @throws InvalidInputException when not exactly one key is given, or a cell has no such activation
    public LayerSpec {
        OneKey.require(
                "a layer",
                normalise,
                embedding,
                convolution,
                maxPooling,
                globalMaxPooling,
                globalAveragePooling,
                flatten,
                dense,
                dropout,
                repeat,
                scale,
                rnn,
                lstm,
                gru);
        requireActivation("rnn", rnn, List.of(Activation.TANH, Activation.RELU));
        requireActivation("lstm", lstm, List.of(Activation.TANH));
        requireActivation("gru", gru, List.of(Activation.TANH, Activation.RELU));
    }

    private static void requireActivation(String cell, @Nullable Units units, List<Activation> possible) {
        if (units != null && units.activation() != null && !possible.contains(units.activation())) {
            String rule = possible.stream()
                    .map(activation -> activation.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
            throw new InvalidInputException(cell + ".activation must be " + rule + ", found "
                    + units.activation().name().toLowerCase(Locale.ROOT));
        }
    }

    /// The layer.
    public Layer layer() {
        Stream<@Nullable Layer> plain = Stream.of(
                normalise,
                embedding,
                convolution,
                maxPooling,
                globalMaxPooling,
                globalAveragePooling,
                flatten,
                dense,
                dropout,
                repeat,
                scale,
                recurrent(Cell.RNN, rnn),
                recurrent(Cell.LSTM, lstm),
                recurrent(Cell.GRU, gru));
        return plain.filter(Objects::nonNull).findFirst().orElseThrow();
    }

    private static @Nullable Layer recurrent(Cell cell, @Nullable Units units) {
        return units == null ? null : new Recurrent(cell, units);
    }
}
