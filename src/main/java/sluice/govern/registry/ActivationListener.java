package sluice.govern.registry;

import java.util.List;
import sluice.platform.state.Write;

/** Who has something to do whenever another version of a definition comes into force. */
public interface ActivationListener {

    /** Writes that note what is to be done, for the transaction that moves the pointer: none of it is forgotten. */
    List<Write> writes(Active next, Activation activation);
}
