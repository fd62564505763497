package dev.meridian.chaos.route;

/**
 * What looking at a region again and again has come to.
 *
 * @param standing {@link Standing#LIVE}, {@link Standing#ISOLATED} or {@link Standing#DEAD}
 * @param against how many looks in a row have found it otherwise
 */
public record RegionHealth(Standing standing, int against) {

    /** Nothing has been seen yet: it is taken to be well. */
    public static final RegionHealth UNSEEN = new RegionHealth(Standing.LIVE, 0);

    /** After one more look. */
    public RegionHealth seen(Standing found, RouteSettings settings) {
        if (found == standing) {
            return new RegionHealth(standing, 0);
        }
        int needed = found == Standing.LIVE ? settings.passes() : settings.failures();
        return against + 1 >= needed ? new RegionHealth(found, 0) : new RegionHealth(standing, against + 1);
    }
}
