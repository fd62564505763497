/**
 * What the control APIs over HTTP have in common: who may call, how they answer, and the flat JSON object they take. Uses
 * nothing else of chaos. Start with {@link dev.meridian.chaos.api.ControlExchange}.
 */
@NullMarked
package dev.meridian.chaos.api;

import org.jspecify.annotations.NullMarked;
