package dev.headwater.trainer.layer;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// What all layers on the vector kernels share.
public final class KernelLayers {

    private KernelLayers() {}

    /// @throws InvalidInputException when the data type is not FLOAT: the kernels support no other type
    static void requireFloat(BaseLayer layer, DataType found) {
        if (found != DataType.FLOAT) {
            throw new InvalidInputException(
                    "layer " + layer.getLayerName() + ": the network's data type must be FLOAT, found " + found);
        }
    }

    /// @throws InvalidInputException when the layer is not the first one: it passes no gradient on
    static void requireFirst(BaseLayer layer, int index) {
        if (index != 0) {
            throw new InvalidInputException("layer " + layer.getLayerName() + ": a "
                    + layer.getClass().getSimpleName() + " must be layer 0, found as layer " + index);
        }
    }

    /// Sets up a new layer with its part of the parameters.
    ///
    /// @param parameters the layer's part of the network's flat vector
    /// @param initialise whether to write initial values into the parameters
    static Layer assemble(
            Layer layer,
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise) {
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(configuration.getLayer().initializer().init(configuration, parameters, initialise));
        layer.setConf(configuration);
        return layer;
    }

    /// @param working floats that the layer keeps per example while training
    static LayerMemoryReport memory(BaseLayer layer, InputType input, long working) {
        long parameters = layer.initializer().numParams(layer);
        return new LayerMemoryReport.Builder(
                        layer.getLayerName(), layer.getClass(), input, layer.getOutputType(-1, input))
                .standardMemory(parameters, (int) layer.getIUpdater().stateSize(parameters))
                .workingMemory(0, 0, 0, working)
                .cacheMemory(0, 0)
                .build();
    }

    /// @param views the parts of `flat` by parameter
    static Gradient gradient(INDArray flat, Map<String, INDArray> views) {
        Gradient table = new DefaultGradient(flat);
        views.forEach((key, view) -> table.setGradientFor(key, view, 'c'));
        return table;
    }

    /// Frees the network's memory off the heap and ends the threads of its layers.
    public static void close(MultiLayerNetwork network) {
        for (Layer layer : network.getLayers()) {
            layer.close();
        }
        network.close();
    }
}
