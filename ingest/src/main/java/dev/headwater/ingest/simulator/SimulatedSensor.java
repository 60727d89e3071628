package dev.headwater.ingest.simulator;

import dev.headwater.forecasting.network.Sensor;

/// A detector of the made-up city, described as PEMS describes its own.
///
/// @param id        its key on the bus: freeway, direction and its number in the direction of travel (`3N-07`)
/// @param latitude  degrees north
/// @param longitude degrees east
/// @param freeway   the road's name
/// @param direction where the traffic goes: N, S, E or W
/// @param postmile  miles along the freeway, the same for both directions; grows to the north or east
public record SimulatedSensor(
        String id, double latitude, double longitude, String freeway, String direction, double postmile) {

    /// The sensor as an entry of a network's list: its road is the carriageway (`3N`), its position the
    /// postmile.
    public Sensor sensor() {
        return new Sensor(id, latitude, longitude, freeway + direction, postmile);
    }
}
