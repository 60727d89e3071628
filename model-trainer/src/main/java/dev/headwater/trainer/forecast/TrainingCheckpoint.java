package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.forecasting.artefact.Safetensors;
import dev.headwater.forecasting.artefact.Safetensors.Tensor;
import dev.headwater.forecasting.artefact.SealedZip;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.text.JsonFault;
import dev.headwater.trainer.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// An unfinished training run on disk: `ROOT/NETWORK/.training/checkpoint.zip`, a sealed zip of
/// `checkpoint.json` and `state.safetensors`. A resumed run gives, with the same number of processors, the
/// model of an uninterrupted one, to the bit.
public final class TrainingCheckpoint {

    private static final int FORMAT = 1;
    private static final String HEAD = "checkpoint.json";
    private static final String TENSORS = "state.safetensors";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;

    private TrainingCheckpoint(Path file) {
        this.file = file;
    }

    /// The checkpoint of a network.
    ///
    /// @param registry folder of all models
    public static TrainingCheckpoint in(Path registry, String network) {
        return new TrainingCheckpoint(
                registry.resolve(network).resolve(".training").resolve("checkpoint.zip"));
    }

    /// The JSON beside the tensors.
    ///
    /// @param identity of the run, by name
    private record Head(
            int format,
            Map<String, String> identity,
            List<ModelMetrics.Epoch> epochs,
            List<Long> orders,
            long random,
            int updates,
            long trained,
            long nanos) {}

    public Path file() {
        return file;
    }

    /// Whether there is an unfinished run.
    public boolean exists() {
        return Files.exists(file);
    }

    /// Whether there is an unfinished run of these settings on this history, which can be resumed.
    public boolean isOf(Series series, TrainingSettings settings) {
        if (!exists()) {
            return false;
        }
        try {
            read(RunIdentity.of(series, settings));
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    /// Deletes the unfinished run.
    public void remove() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        } catch (IOException e) {
            throw new InvalidInputException("checkpoint " + file + " cannot be removed: " + e.getMessage(), e);
        }
    }

    /// @param identity of the run to start
    /// @param resume   whether to resume the unfinished run
    /// @throws InvalidInputException when there is none to resume, it is damaged, or its identity differs
    Checkpoints of(Map<String, String> identity, boolean resume) {
        TrainingState found = resume ? read(identity) : null;
        return new Checkpoints() {
            @Override
            public @Nullable TrainingState resume() {
                return found;
            }

            @Override
            public void save(TrainingState state) {
                write(identity, state);
            }
        };
    }

    private void write(Map<String, String> identity, TrainingState state) {
        Learner.State learner = state.learner();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("weights", tensor(learner.weights()));
        tensors.put("updater", tensor(learner.updater()));
        tensors.put("average", tensor(learner.average()));
        tensors.put("best", tensor(state.best()));
        Head head = new Head(
                FORMAT,
                identity,
                state.epochs(),
                state.orders(),
                state.random(),
                learner.updates(),
                state.trained(),
                state.nanos());
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(HEAD, JSON.writeValueAsBytes(head));
        parts.put(TENSORS, Safetensors.write(tensors));
        try {
            Files.createDirectories(file.getParent());
            Path temporary = file.resolveSibling("checkpoint.part");
            Files.write(temporary, SealedZip.write(parts, "checkpoint " + file));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new InvalidInputException("checkpoint " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static Tensor tensor(float[] values) {
        return new Tensor(List.of(values.length), values);
    }

    private TrainingState read(Map<String, String> identity) {
        if (!exists()) {
            throw new InvalidInputException(
                    "no unfinished training to resume: " + file + " must exist; train from the beginning instead");
        }
        try {
            Map<String, byte[]> parts =
                    SealedZip.read(Files.readAllBytes(file), List.of(HEAD, TENSORS), "checkpoint " + file);
            Head head = JSON.readValue(parts.getOrDefault(HEAD, new byte[0]), Head.class);
            if (head.format != FORMAT) {
                throw new InvalidInputException(
                        "checkpoint " + file + ": format must be " + FORMAT + ", found " + head.format);
            }
            requireSame(head.identity, identity);
            return state(head, Safetensors.read(parts.getOrDefault(TENSORS, new byte[0]), "checkpoint " + file));
        } catch (IOException e) {
            throw InvalidInputException.unreadable("checkpoint " + file, file, e);
        } catch (JacksonException e) {
            throw new InvalidInputException("checkpoint " + file + ": " + JsonFault.of(e), e);
        }
    }

    private void requireSame(Map<String, String> started, Map<String, String> wanted) {
        wanted.forEach((name, value) -> {
            String before = started.get(name);
            if (!value.equals(before)) {
                throw new InvalidInputException("checkpoint " + file + ": " + name + " must be that of the unfinished"
                        + " training, " + before + ", found " + value
                        + "; give it again, or train from the beginning");
            }
        });
    }

    private TrainingState state(Head head, Map<String, Tensor> tensors) {
        Learner.State learner = new Learner.State(
                values(tensors, "weights"), values(tensors, "updater"), values(tensors, "average"), head.updates);
        return new TrainingState(
                learner, head.epochs, head.orders, head.random, values(tensors, "best"), head.trained, head.nanos);
    }

    private float[] values(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InvalidInputException("checkpoint " + file + ": the tensor " + name + " is missing");
        }
        return tensor.values();
    }
}
