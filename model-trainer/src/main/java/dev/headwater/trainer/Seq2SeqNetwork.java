package dev.headwater.trainer;

import dev.headwater.forecasting.gru.Seq2SeqShape;
import dev.headwater.trainer.layer.OneCycleSchedule;
import dev.headwater.trainer.layer.Seq2SeqLayer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// The encoder-decoder GRU under masked MAE, as a DL4J network: AdamW on a one-cycle learning rate.
public final class Seq2SeqNetwork {

    private Seq2SeqNetwork() {}

    /// @param iterations parameter updates that the learning rate's cycle spans
    public static MultiLayerConfiguration configuration(Seq2SeqShape shape, TrainingSettings settings, int iterations) {
        return new NeuralNetConfiguration.Builder()
                .seed(settings.seed())
                .updater(Adam.builder()
                        .learningRateSchedule(new OneCycleSchedule(settings.learningRate(), iterations))
                        .build())
                .weightDecay(settings.weightDecay(), true)
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(settings.gradientClip())
                .list()
                .layer(new Seq2SeqLayer.Builder(shape).name("seq2seq").build())
                .layer(new LossLayer.Builder(LossFunction.MEAN_ABSOLUTE_ERROR)
                        .activation(Activation.IDENTITY)
                        .build())
                .build();
    }

    /// A fresh network with parameters drawn from the settings' seed.
    public static MultiLayerNetwork of(Seq2SeqShape shape, TrainingSettings settings, int iterations) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(shape, settings, iterations));
        network.init();
        return network;
    }

    /// Frees the network's memory off the heap and ends the threads of its layers.
    public static void close(MultiLayerNetwork network) {
        for (Layer layer : network.getLayers()) {
            layer.close();
        }
        network.close();
    }
}
