package dev.headwater.forecasting.truth;

/// Receives each step of each pending forecast once: with its truth, or when it can no longer get one. The
/// steps of a target slot come in order of their leads.
public interface Settled {

    /// Ignores everything.
    Settled NONE = new Settled() {
        @Override
        public void settled(SettledStep step) {}

        @Override
        public void missing(short model, long target, int step) {}
    };

    /// A step whose truth is known.
    ///
    /// @param step reused, valid during the call
    void settled(SettledStep step);

    /// A step of a forecast that left the ring before its target slot had a truth.
    ///
    /// @param model  as given when the forecast was issued
    /// @param target slot of the missing truth
    /// @param step   0 = the first
    void missing(short model, long target, int step);
}
