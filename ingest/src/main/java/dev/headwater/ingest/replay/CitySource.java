package dev.headwater.ingest.replay;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.ingest.simulator.SimulatedSensor;
import java.util.List;

/// Plays the simulated city, without end. Every sensor reports every slot; lost readings are sent as missing.
public final class CitySource implements SlotSource {

    private final CitySimulator city;
    private final List<String> sensors;
    private final long firstSlot;
    private final float[] speeds; // [sensor]

    public CitySource(CitySimulator city, long firstSlot) {
        this.city = city;
        this.sensors = city.sensors().stream().map(SimulatedSensor::id).toList();
        this.firstSlot = firstSlot;
        this.speeds = new float[sensors.size()];
    }

    @Override
    public SensorNetwork network() {
        return city.network();
    }

    @Override
    public long firstSlot() {
        return firstSlot;
    }

    @Override
    public long endSlot() {
        return Long.MAX_VALUE;
    }

    @Override
    public void emit(long slot, Sink sink) {
        city.speeds(slot, speeds);
        float[] value = new float[1];
        for (int s = 0; s < speeds.length; s++) {
            value[0] = speeds[s];
            sink.accept(sensors.get(s), value);
        }
    }
}
