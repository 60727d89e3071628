package dev.headwater.forecasting.accuracy;

import java.util.List;
import java.util.Map;

/// Live accuracy of the sensors of one partition, up to one slot.
///
/// @param network   name of the network
/// @param partition of the readings topic
/// @param time      end of the newest slot whose truths were compared, milliseconds since 1970
/// @param models    those whose forecasts were compared, the newest first
public record AccuracyReport(String network, int partition, long time, List<Model> models) {

    /// What a model is to the stream.
    public enum Role {
        /// Its forecasts are issued.
        CHAMPION,
        /// It forecasts in the shadow.
        CHALLENGER,
        /// It no longer forecasts.
        FORMER
    }

    /// The figures of one model.
    ///
    /// @param model    `name@version`
    /// @param artefact first digits of the SHA-256 of its artefact; empty when there is none
    /// @param spans    those in which something was counted
    public record Model(String model, String artefact, Role role, Map<Span, AccuracySums> spans) {

        /// Whether both are the same model.
        public boolean isSame(Model other) {
            return model.equals(other.model) && artefact.equals(other.artefact);
        }
    }

    public AccuracyReport {
        models = List.copyOf(models);
    }
}
