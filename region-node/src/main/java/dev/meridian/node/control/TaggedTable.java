package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.ServiceException;
import java.util.Optional;

/** The table that a request on tags is about. */
final class TaggedTable {

    private static final String INVALID = "One or more parameter values were invalid: ";

    private TaggedTable() {}

    /** The table of an ARN, which must be one of this region; throws the service's errors. */
    static TableState of(ControlSetting setting, CatalogueState state, String arn) {
        if (!arn.startsWith("arn:")) {
            throw ServiceException.validation(INVALID + "ARNs must start with 'arn:': " + arn);
        }
        if (!arn.startsWith("arn:aws:dynamodb:")) {
            throw ServiceException.validation(INVALID + "Provided Arn is not a DynamoDB resource arn: " + arn);
        }
        Optional<TableArns.Parts> parts = TableArns.parse(arn);
        if (parts.isEmpty() || !parts.get().region().equals(setting.region())) {
            throw ServiceException.validation("Invalid TableArn: Invalid ResourceArn provided as input " + arn);
        }
        if (parts.get().table().contains("/")) {
            throw ServiceException.validation(INVALID
                    + "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: " + arn);
        }
        return setting.find(state, arn)
                .orElseThrow(() -> ServiceException.dynamodb(
                        "ResourceNotFoundException",
                        "Requested resource not found: ResourcArn: " + arn + " not found"));
    }
}
