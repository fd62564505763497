package dev.meridian.conflict;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When each attribute of an item was written last, beside the item's own {@link Stamp}. What two replicas know comes together by
 * taking the greater of everything, so every order of arrival, with any repetition, gives one result. Immutable.
 *
 * @param deleted the last delete of the item, or null; nothing older than that counts
 * @param written the attributes written or removed since, key attributes apart, and when
 */
public record AttributeVersions(@Nullable Version deleted, SortedMap<String, Version> written) {

    /** Of an item that never was. */
    public static final AttributeVersions NONE = new AttributeVersions(null, new TreeMap<>());

    public AttributeVersions {
        written = Collections.unmodifiableSortedMap(new TreeMap<>(written));
    }

    /** Of an item that was deleted. */
    public static AttributeVersions ofDelete(Version version) {
        return new AttributeVersions(version, new TreeMap<>());
    }

    /** After a write that set or removed these attributes. */
    public AttributeVersions after(Set<String> changed, Version version) {
        SortedMap<String, Version> now = new TreeMap<>(written);
        changed.forEach(name -> now.put(name, version));
        return new AttributeVersions(deleted, now);
    }

    /** All that either knows. */
    public AttributeVersions join(AttributeVersions other) {
        Version floor = later(deleted, other.deleted);
        SortedMap<String, Version> all = new TreeMap<>(written);
        other.written.forEach((name, version) -> all.merge(name, version, (a, b) -> a.compareTo(b) >= 0 ? a : b));
        all.values().removeIf(version -> floor != null && version.compareTo(floor) <= 0);
        return new AttributeVersions(floor, all);
    }

    /** Whether an item whose last write of any kind had that version is there. */
    public boolean leaves(Version last) {
        return deleted == null || last.compareTo(deleted) > 0;
    }

    /** Whether the attribute was last written then, and has not been deleted with its item. */
    public boolean stands(String attribute, Version version) {
        return version.equals(written.get(attribute));
    }

    private static @Nullable Version later(@Nullable Version one, @Nullable Version other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
