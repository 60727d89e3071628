package dev.headwater.trainer;

import dev.headwater.kernels.Seq2SeqShape;
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
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/// The encoder-decoder GRU under masked MAE, as a DL4J network: AdamW on the learning rate that the settings ask for.
public final class Seq2SeqNetwork {

    private Seq2SeqNetwork() {}

    /// @param rates learning rate by update
    public static MultiLayerConfiguration configuration(
            Seq2SeqShape shape, TrainingSettings settings, ISchedule rates) {
        return new NeuralNetConfiguration.Builder()
                .seed(settings.seed())
                .updater(Adam.builder().learningRateSchedule(rates).build())
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
    ///
    /// @param rates learning rate by update
    public static MultiLayerNetwork of(Seq2SeqShape shape, TrainingSettings settings, ISchedule rates) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(shape, settings, rates));
        network.init();
        return network;
    }

    /// Sets a learning rate that holds from now on, whatever the schedule said.
    static void setLearningRate(MultiLayerNetwork network, double rate) {
        network.setLearningRate(new FixedSchedule(rate));
    }

    /// Frees the network's memory off the heap and ends the threads of its layers.
    public static void close(MultiLayerNetwork network) {
        for (Layer layer : network.getLayers()) {
            layer.close();
        }
        network.close();
    }
}
