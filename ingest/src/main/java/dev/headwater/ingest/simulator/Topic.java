package dev.headwater.ingest.simulator;

/// The purposes of random numbers; see [Chance].
final class Topic {

    static final int PLACE = 1;
    static final int FREE_SPEED = 2;
    static final int RUSH = 3;
    static final int MOOD = 4;
    static final int DEMAND = 5;
    static final int PEAK = 6;
    static final int INCIDENT = 7;
    static final int INCIDENT_HOUR = 8;
    static final int INCIDENT_MILE = 9;
    static final int INCIDENT_LENGTH = 10;
    static final int INCIDENT_SEVERITY = 11;
    static final int OUTAGE = 12;
    static final int OUTAGE_START = 13;
    static final int OUTAGE_LENGTH = 14;
    static final int NOISE = 15;
    static final int ROAD_NOISE = 16;
    static final int LOST = 17;

    private Topic() {}
}
