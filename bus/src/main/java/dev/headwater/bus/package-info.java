/// Topic names, serdes with their schemas, client configuration and the embedded broker.
@NullMarked
package dev.headwater.bus;

import org.jspecify.annotations.NullMarked;
