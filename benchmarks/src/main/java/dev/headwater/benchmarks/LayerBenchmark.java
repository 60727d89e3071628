package dev.headwater.benchmarks;

import dev.headwater.trainer.layer.KernelLayers;
import dev.headwater.trainer.layer.LstmLayer;
import dev.headwater.trainer.layer.SequenceConvolutionLayer;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Time of `MultiLayerNetwork.fit` on a batch, updater included, with a layer on the kernels and with DL4J's own. Set
/// `OMP_NUM_THREADS=1`, as the launcher does.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class LayerBenchmark {

    /// A layer and its input.
    public enum Case {
        /// LSTM 16 on `[256, 14, 120]`: the row jena-lstm of the lab.
        LSTM_16(256, 14, 120),
        /// LSTM 32 on `[128, 32, 500]`: the row imdb-lstm.
        LSTM_32(128, 32, 500),
        /// 32 filters of 5 steps on `[128, 14, 240]`: the first layer of the row jena2-conv.
        CONVOLUTION(128, 14, 240);

        private final int batch;
        private final int width;
        private final int steps;

        Case(int batch, int width, int steps) {
            this.batch = batch;
            this.width = width;
            this.steps = steps;
        }

        private Layer layer(Library library) {
            return switch (library) {
                case HEADWATER ->
                    switch (this) {
                        case LSTM_16 -> new LstmLayer.Builder().nOut(16).build();
                        case LSTM_32 -> new LstmLayer.Builder().nOut(32).build();
                        case CONVOLUTION ->
                            new SequenceConvolutionLayer.Builder(5)
                                    .nOut(32)
                                    .activation(Activation.RELU)
                                    .build();
                    };
                case DL4J ->
                    switch (this) {
                        case LSTM_16 ->
                            new LSTM.Builder()
                                    .nOut(16)
                                    .activation(Activation.TANH)
                                    .build();
                        case LSTM_32 ->
                            new LSTM.Builder()
                                    .nOut(32)
                                    .activation(Activation.TANH)
                                    .build();
                        case CONVOLUTION ->
                            new Convolution1DLayer.Builder(5)
                                    .nOut(32)
                                    .activation(Activation.RELU)
                                    .build();
                    };
            };
        }
    }

    /// Whose layer.
    public enum Library {
        HEADWATER,
        DL4J
    }

    @Param
    public Case layer = Case.LSTM_16;

    @Param
    public Library library = Library.HEADWATER;

    private MultiLayerNetwork network = network();
    private DataSet data = new DataSet();

    @Setup
    public void batch() {
        network = network();
        data = new DataSet(
                Nd4j.randn(DataType.FLOAT, layer.batch, layer.width, layer.steps),
                Nd4j.randn(DataType.FLOAT, layer.batch, 1));
    }

    private MultiLayerNetwork network() {
        MultiLayerNetwork fresh = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-3))
                .list()
                .layer(layer.layer(library))
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.recurrent(layer.width, layer.steps))
                .build());
        fresh.init();
        return fresh;
    }

    @TearDown
    public void close() {
        KernelLayers.close(network);
    }

    @Benchmark
    public double fit() {
        network.fit(data);
        return network.score();
    }
}
