package dev.meridian.table.definition;

/** Finds tables by what clients call them. */
@FunctionalInterface
public interface TableLookup {

    /**
     * The table of that name or ARN, if it may be read and written now.
     *
     * @throws dev.meridian.table.model.ServiceException ResourceNotFoundException where there is none, or it is still
     *     being created
     */
    TableSchema find(String nameOrArn);
}
