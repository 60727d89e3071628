package dev.headwater.streams;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.model.ForecastModel;
import dev.headwater.forecasting.model.GruForecaster;
import dev.headwater.forecasting.model.ModelFile;
import dev.headwater.forecasting.model.ResidualBand;
import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.profile.Pasts;
import org.jspecify.annotations.Nullable;

/// A model in service: what makes the forecasts, and the band around them.
///
/// @param forecaster makes the values
/// @param band       residual quantiles; null when the model states no interval
/// @param pasts      what the sensors begin with that the stream does not know yet
public record ServedModel(Forecaster forecaster, @Nullable ResidualBand band, Pasts pasts) {

    /// @throws InvalidInputException when the model was trained for another window or other measures
    public static ServedModel of(ForecastModel model, Network network) {
        Network trained = model.manifest().network();
        if (!trained.isComputedLike(network)) {
            throw new InvalidInputException("model " + model.manifest().id() + " of network " + trained.name()
                    + " does not fit network " + network.name()
                    + ": interval, window, measures and target must be the same");
        }
        return new ServedModel(
                GruForecaster.of(model, network), model.manifest().band(), model.pasts());
    }

    /// Reads an artefact and checks that it is sound and can serve a network.
    ///
    /// @param source what to call it in messages
    /// @throws InvalidInputException when it is damaged, or trained for another window or other measures
    public static ServedModel read(byte[] artefact, Network network, String source) {
        try {
            return of(ModelFile.read(artefact, source), network);
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException e) { // sealed, but made by someone else in a way that no check foresees
            throw new InvalidInputException(source + ": cannot be served: " + e, e);
        }
    }

    /// The same model for sensors that begin with something else.
    public ServedModel with(Pasts other) {
        return new ServedModel(forecaster, band, other);
    }

    /// `name@version`, as forecasts name it.
    public String id() {
        return forecaster.name();
    }

    Forecast.@Nullable Interval interval(float[] values) {
        return band == null ? null : band.around(values);
    }
}
