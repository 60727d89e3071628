package dev.headwater.trainer.service;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.text.JsonFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The state of a trainer service in the registry, `ROOT/NETWORK/.service.json`: written whole or not at all.
final class StateFile {

    private static final String NAME = ".service.json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path file;

    StateFile(Path registry, String network) {
        this.file = registry.resolve(network).resolve(NAME);
    }

    /// @throws InvalidInputException when it cannot be read, or another version has written it
    ServiceState read() {
        if (!Files.exists(file)) {
            return ServiceState.NEW;
        }
        try {
            ServiceState state = JSON.readValue(Files.readAllBytes(file), ServiceState.class);
            if (state.format() != ServiceState.FORMAT) {
                throw new InvalidInputException("state " + file + ": format must be " + ServiceState.FORMAT + ", found "
                        + state.format() + "; without the file the service begins anew");
            }
            return state;
        } catch (IOException e) {
            throw InvalidInputException.unreadable("state " + file, file, e);
        } catch (JacksonException e) {
            throw new InvalidInputException(
                    "state " + file + ": " + JsonFault.of(e) + "; without the file the service begins anew", e);
        }
    }

    /// @throws InvalidInputException when it cannot be written
    void write(ServiceState state) {
        try {
            Files.createDirectories(file.getParent());
            Path temporary = file.resolveSibling(NAME + ".part");
            Files.write(temporary, JSON.writeValueAsBytes(state));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new InvalidInputException("state " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
