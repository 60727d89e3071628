package dev.headwater.bus;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Printable;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The newest forecast of each sensor among the records of a topic. Not thread-safe.
public final class NewestForecasts {

    private final ForecastCodec codec;
    private final TreeMap<String, Forecast> newest = new TreeMap<>(); // by sensor
    private long leftOut;
    private String lastFault = "";

    public NewestForecasts(SensorNetwork network) {
        this.codec = new ForecastCodec(network);
    }

    /// @return the record's forecast; empty when the record holds none, which is counted
    public Optional<Forecast> take(ConsumerRecord<String, byte[]> record) {
        try {
            Forecast forecast = codec.decode(record.value(), record.headers());
            newest.merge(forecast.sensor(), forecast, (old, one) -> one.issuedAt() < old.issuedAt() ? old : one);
            return Optional.of(forecast);
        } catch (BadForecastException e) {
            leftOut++;
            lastFault = Printable.shortened(String.valueOf(e.getMessage()), 80);
            return Optional.empty();
        }
    }

    public Set<String> sensors() {
        return newest.keySet();
    }

    /// @param only the sensors to return; empty for all
    public Collection<Forecast> of(List<String> only) {
        return newest.values().stream()
                .filter(one -> only.isEmpty() || only.contains(one.sensor()))
                .toList();
    }

    /// Records that hold no forecast of the network.
    public long leftOut() {
        return leftOut;
    }

    /// Why the last such record is not a forecast.
    public String lastFault() {
        return lastFault;
    }
}
