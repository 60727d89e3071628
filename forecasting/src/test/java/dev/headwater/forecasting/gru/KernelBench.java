package dev.headwater.forecasting.gru;

/// Prints windows per second of inference and training on the road shape. Run by hand; timings are no test.
final class KernelBench {
    private static final double SECONDS = 1.0;

    private KernelBench() {}

    public static void main(String[] arguments) {
        Seq2SeqShape shape = Windows.roadShape();
        float[] parameters = Windows.parameters(shape, 1);
        float[] rows = Windows.rows(shape, 4096, 2);
        float[] out = new float[4096 * shape.horizon()];
        Seq2SeqGru network = new Seq2SeqGru(shape, parameters);
        for (int batch : new int[] {1, 2, 4, 8, 16, 32, 325, 1024}) {
            measure("inference, 1 thread", batch, () -> network.forward(rows, 0, batch, out, 0));
        }
        measure("inference, 2 threads", 1024, () -> network.forwardParallel(rows, 0, 1024, out, 0, 2));
        for (int threads = 1; threads <= 2; threads++) {
            try (Seq2SeqTraining training = new Seq2SeqTraining(shape, threads)) {
                float[] gradients = new float[shape.parameterCount()];
                for (int batch : new int[] {256, 1024}) {
                    measure("training, " + threads + " threads", batch, () -> {
                        training.setParameters(parameters);
                        training.forward(rows, batch, out);
                        training.backward(out, gradients);
                    });
                }
            }
        }
    }

    private static void measure(String what, int batch, Runnable pass) {
        double best = 0;
        for (int round = 0; round < 6; round++) {
            long start = System.nanoTime();
            long end = start + (long) (SECONDS * 1e9);
            long passes = 0;
            while (System.nanoTime() < end) {
                pass.run();
                passes++;
            }
            best = Math.max(best, passes * batch / ((System.nanoTime() - start) * 1e-9));
        }
        System.out.printf(
                "%-22s batch %5d: %,9.0f windows/s, %8.1f us a batch%n", what, batch, best, 1e6 * batch / best);
    }
}
