/**
 * The store on LevelDB: leveldbjni where its native library fits the machine, the pure-Java port elsewhere.
 * One writer thread puts every waiting batch into one synced LevelDB batch; a chain of checksums shows at open whether
 * anything acknowledged is missing. Start with {@link dev.meridian.storage.leveldb.LevelDbStore}.
 */
@NullMarked
package dev.meridian.storage.leveldb;

import org.jspecify.annotations.NullMarked;
