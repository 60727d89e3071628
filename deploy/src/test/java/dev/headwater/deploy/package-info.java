/// Tests of what stands in `deploy/`: manifests, dashboards, rules and image.
@NullMarked
package dev.headwater.deploy;

import org.jspecify.annotations.NullMarked;
