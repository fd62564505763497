/**
 * The service's published model: operations, shapes and their constraints, and how request bytes become checked values.
 * The model is compiled from the published jar when this module is built. Start with {@link dev.meridian.table.model.ApiModel}.
 */
@NullMarked
package dev.meridian.table.model;

import org.jspecify.annotations.NullMarked;
