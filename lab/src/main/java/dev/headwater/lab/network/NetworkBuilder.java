package dev.headwater.lab.network;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.Shape;
import dev.headwater.lab.definition.Layer;
import dev.headwater.lab.definition.Layer.Activation;
import dev.headwater.lab.definition.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;

/// Turns the layers of a row into a configuration of DL4J.
final class NetworkBuilder {

    private final List<Layer> layers;
    private final Shape input;
    private final Shape target;
    private final TrainingSpec training;
    private final NeuralNetConfiguration.ListBuilder list;
    private final List<@Nullable Layer> built = new ArrayList<>(); // by DL4J's layer; null for one without parameters

    NetworkBuilder(List<Layer> layers, Shape input, Shape target, TrainingSpec training, long seed) {
        this.layers = layers;
        this.input = input;
        this.target = target;
        this.training = training;
        this.list = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(Updaters.of(training.updater()))
                .list();
    }
}
