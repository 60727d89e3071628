/// The trainer as a service: it retrains when it is due, when accuracy drifts, or when asked, judges the new
/// model against the one that serves, and publishes it when it is better.
@NullMarked
package dev.headwater.trainer.service;

import org.jspecify.annotations.NullMarked;
