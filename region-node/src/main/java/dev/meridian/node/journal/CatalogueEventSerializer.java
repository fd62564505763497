package dev.meridian.node.journal;

import dev.meridian.node.catalogue.CatalogueBytes;
import dev.meridian.node.catalogue.CatalogueEvent;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Catalogue events in their own bytes. */
public final class CatalogueEventSerializer extends SerializerWithStringManifest {

    private static final int IDENTIFIER = 4_711_001;
    private static final String MANIFEST = "catalogue-event-1";

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object event) {
        return MANIFEST;
    }

    @Override
    public byte[] toBinary(Object event) {
        return CatalogueBytes.encode((CatalogueEvent) event);
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        if (!manifest.equals(MANIFEST)) {
            throw new IllegalArgumentException("a journal entry of kind " + manifest);
        }
        return CatalogueBytes.decode(bytes);
    }
}
