package dev.headwater.bus;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.SensorNetwork;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// A network's forecasts as Kafka serialises them; see [ForecastCodec]. A record without a value is a bad forecast.
public final class ForecastSerde implements Serde<Forecast> {

    private final ForecastCodec codec;

    public ForecastSerde(SensorNetwork network) {
        this.codec = new ForecastCodec(network);
    }

    /// A forecast as a record: key sensor, record time = start of the slot it was issued for.
    public static ProducerRecord<String, Forecast> toRecord(String topic, Forecast forecast) {
        return new ProducerRecord<>(topic, null, forecast.issuedAt(), forecast.sensor(), forecast);
    }

    @Override
    public Serializer<Forecast> serializer() {
        return new Writer(codec);
    }

    @Override
    public Deserializer<Forecast> deserializer() {
        return new Reader(codec);
    }

    private record Writer(ForecastCodec codec) implements Serializer<Forecast> {
        @Override
        public byte @Nullable [] serialize(String topic, @Nullable Forecast forecast) {
            return forecast == null ? null : codec.encode(forecast); // null deletes a key from a store
        }
    }

    private record Reader(ForecastCodec codec) implements Deserializer<Forecast> {
        @Override
        public Forecast deserialize(String topic, byte @Nullable [] value) {
            return codec.decode(value);
        }
    }
}
