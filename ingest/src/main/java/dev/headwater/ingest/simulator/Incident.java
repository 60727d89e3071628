package dev.headwater.ingest.simulator;

import dev.headwater.forecasting.InvalidInputException;

/// A crash or a breakdown that blocks lanes until it is cleared.
///
/// @param freeway        the road's name
/// @param direction      which of its carriageways
/// @param postmile       where, in miles along the freeway
/// @param start          when, milliseconds since 1970
/// @param blockedMinutes until it is cleared, above 0
/// @param severity       share of the capacity that is lost, above 0 and at most 1
public record Incident(
        String freeway, String direction, double postmile, long start, double blockedMinutes, double severity) {

    /// Speed at which a jam's tail, and later its head, moves upstream (mph). Kerner (2004) puts it at 15 to 20 km/h
    /// whatever the road.
    public static final double WAVE_MPH = 12;

    private static final double LONGEST_QUEUE_MILES = 9;
    private static final double EDGE_MILES = 0.3;

    public Incident {
        if (!(blockedMinutes > 0 && severity > 0 && severity <= 1)) {
            throw new InvalidInputException("incident: blockedMinutes must be above 0 and severity above 0 and at most"
                    + " 1, found " + blockedMinutes + " and " + severity);
        }
    }

    /// How deep a place is in the queue, 0 (free) to 1. The tail moves upstream at [#WAVE_MPH] up to the queue's
    /// maximum length. Once the lanes are clear, the head follows at the same speed until the queue is gone.
    ///
    /// @param upstream miles from the place downstream to the incident; negative beyond it
    /// @param time     milliseconds since 1970
    double depth(double upstream, long time) {
        double hours = (time - start) / 3_600_000.0;
        double tail = Math.min(hours * WAVE_MPH, longest());
        double head = Math.max(0, (hours - blockedMinutes / 60) * WAVE_MPH);
        if (hours < 0 || tail <= head) {
            return 0;
        }
        return edge(upstream - head) * edge(tail - upstream);
    }

    /// Maximum length of the queue in miles.
    double longest() {
        return Math.min(LONGEST_QUEUE_MILES * severity, WAVE_MPH * blockedMinutes / 60);
    }

    /// When the queue has dissolved, milliseconds since 1970.
    long gone() {
        return start + (long) (blockedMinutes * 60_000 + longest() / WAVE_MPH * 3_600_000);
    }

    /// Speed within the queue (mph).
    double queueSpeed() {
        return 42 - 30 * severity;
    }

    /// 0 before the edge, 1 behind it.
    private static double edge(double inside) {
        return Math.clamp(inside / EDGE_MILES + 0.5, 0, 1);
    }
}
