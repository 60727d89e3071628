/// The web server: routes, events, and their JSON.
@NullMarked
package dev.headwater.dashboard.web;

import org.jspecify.annotations.NullMarked;
