package sluice.govern.registry;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Who has something to do whenever another version of a definition comes into force. */
public interface ActivationListener {

    /** Writes that note what is to be done, for the transaction that moves the pointer: none of it is forgotten. */
    List<TransactWriteItem> writes(Active next, Activation activation);
}
