package dev.headwater.trainer.forecast;

import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.layer.Seq2SeqLayer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ISchedule;

/// The encoder-decoder GRU under masked MAE, as a DL4J network: AdamW on the learning rate that the settings ask for.
public final class Seq2SeqNetwork {

    private Seq2SeqNetwork() {}

    /// A fresh network with parameters drawn from the settings' seed.
    ///
    /// @param rates learning rate by update
    public static MultiLayerNetwork of(Seq2SeqShape shape, TrainingSettings settings, ISchedule rates) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
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
                .build());
        network.init();
        return network;
    }
}
