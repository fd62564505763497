/** How closely a region follows the service. Start with {@link dev.meridian.node.settings.ServiceSettings}. */
@NullMarked
package dev.meridian.node.settings;

import org.jspecify.annotations.NullMarked;
