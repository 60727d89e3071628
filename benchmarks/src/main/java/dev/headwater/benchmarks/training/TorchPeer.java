package dev.headwater.benchmarks.training;

import dev.headwater.benchmarks.ReferenceModel;
import dev.headwater.kernels.Seq2SeqShape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// PyTorch in a process of its own (`benchmarks/peers/train.py`), which waits between its turns.
final class TorchPeer implements TrainingPeer {

    private static final String INTERPRETER = "HEADWATER_PYTHON";

    private final Process process;
    private final BufferedReader answers;
    private final double difference;

    private TorchPeer(Process process, Path folder, CheckBatch batch) throws IOException {
        this.process = process;
        this.answers = process.inputReader();
        answer(); // the version: the batch was read, and the first gradient is there
        difference = batch.difference(floats(Files.readAllBytes(gradient(folder))));
        Files.delete(gradient(folder));
        Files.delete(data(folder));
        Files.delete(folder);
    }

    private static String interpreter() {
        return System.getenv().getOrDefault(INTERPRETER, "python3");
    }

    /// The peer on this many threads, or null where PyTorch is missing.
    ///
    /// @param told takes the reason
    static @Nullable TorchPeer open(CheckBatch batch, int threads, Consumer<String> told) throws IOException {
        String missing = missing();
        if (!missing.isEmpty()) {
            told.accept("without PyTorch: " + missing + "; " + INTERPRETER + " names an interpreter that has it");
            return null;
        }
        Path folder = Files.createTempDirectory("headwater-bench");
        write(data(folder), batch);
        return new TorchPeer(start(command(folder, batch.windows(), threads)), folder, batch);
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("OMP_NUM_THREADS"); // set for the JVM
        return builder.start();
    }

    private static List<String> command(Path folder, int windows, int threads) {
        Seq2SeqShape shape = ReferenceModel.SHAPE;
        Stream<Integer> sizes = Stream.of(
                threads,
                shape.lookback(),
                shape.horizon(),
                shape.encoderInputs(),
                shape.decoderInputs(),
                shape.hidden(),
                windows);
        Stream<String> script =
                Stream.of(interpreter(), script().toString(), data(folder).toString());
        return Stream.concat(script, sizes.map(String::valueOf)).toList();
    }

    /// Why the interpreter has no PyTorch; empty when it has.
    private static String missing() {
        try {
            Process trial = new ProcessBuilder(interpreter(), "-c", "import torch")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return trial.waitFor() == 0
                    ? ""
                    : said.strip().lines().reduce((a, b) -> b).orElse("import failed");
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /// Beside the build of the benchmarks, which is never shipped: `benchmarks/target/X` is this class's place.
    private static Path script() {
        try {
            Path place = Path.of(TorchPeer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return place.resolveSibling("../peers/train.py").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path data(Path folder) {
        return folder.resolve("batch");
    }

    private static Path gradient(Path folder) {
        return folder.resolve("batch.gradient");
    }

    private static void write(Path file, CheckBatch batch) throws IOException {
        List<float[]> parts = List.of(batch.parameters(), batch.rows(), batch.truths());
        int length = parts.stream().mapToInt(part -> part.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.nativeOrder());
        parts.forEach(part -> IntStream.range(0, part.length).forEach(i -> bytes.putFloat(part[i])));
        Files.write(file, bytes.array());
    }

    private static float[] floats(byte[] bytes) {
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer().get(floats);
        return floats;
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("PyTorch's process ended, exit code "
                    + process.onExit().join().exitValue());
        }
        return line;
    }

    @Override
    public String name() {
        return "pytorch";
    }

    @Override
    public double gradientDifference() {
        return difference;
    }

    @Override
    public double train(double seconds) {
        try {
            process.outputWriter().write(seconds + "\n");
            process.outputWriter().flush();
            return Double.parseDouble(answer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
