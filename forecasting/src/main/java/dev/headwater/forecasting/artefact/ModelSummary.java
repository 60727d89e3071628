package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One published version in a listing; a version that cannot be read is listed too, with the reason.
///
/// @param id       `name@version`; null when it cannot be read
/// @param artefact [Artefact#identity()]; null when it cannot be read
/// @param created  when training ended; null when it cannot be read
/// @param meanMae  mean test MAE over the horizon, unit of the target; null when it cannot be read
/// @param latest   whether it is the newest version
/// @param champion whether it is the champion
/// @param pinned   whether it is protected from removal
/// @param problem  why it cannot be read; null when it can
public record ModelSummary(
        String network,
        int version,
        @Nullable String id,
        @Nullable String artefact,
        @Nullable String created,
        @Nullable Double meanMae,
        String path,
        boolean latest,
        boolean champion,
        boolean pinned,
        @Nullable String problem) {

    /// All versions in a folder.
    ///
    /// @param folder a registry, or a network's folder in one
    public static List<ModelSummary> list(Path folder) {
        return entries(folder).stream().map(ModelSummary::of).toList();
    }

    private static List<ModelRegistry.Entry> entries(Path folder) {
        List<ModelRegistry.Entry> all = new ModelRegistry(folder).list();
        Path parent = folder.toAbsolutePath().normalize().getParent();
        if (!all.isEmpty() || parent == null) {
            return all;
        }
        Path root = folder.getParent() == null ? parent : folder.getParent();
        return new ModelRegistry(root)
                .list().stream()
                        .filter(entry -> entry.file().startsWith(root.resolve(folder.getFileName())))
                        .toList();
    }

    private static ModelSummary of(ModelRegistry.Entry entry) {
        try {
            Artefact artefact = ModelRegistry.artefact(entry.file());
            return of(entry, artefact.identity(), ModelFile.read(artefact), null);
        } catch (InvalidInputException e) {
            return of(entry, null, null, e.getMessage());
        }
    }

    private static ModelSummary of(
            ModelRegistry.Entry entry,
            @Nullable String artefact,
            @Nullable ForecastModel model,
            @Nullable String problem) {
        return new ModelSummary(
                entry.network(),
                entry.version(),
                model == null ? null : model.manifest().id(),
                artefact,
                model == null ? null : model.manifest().provenance().created(),
                model == null ? null : model.metrics().test().mean().mae(),
                entry.file().toString(),
                entry.latest(),
                entry.champion(),
                entry.pinned(),
                problem);
    }
}
